//! A work penalty: to be performed within the time of the law, or what the probation commission made of it.
//!
//! Its deadline stands in the judicial file and names no person: who may open that file knows whose it is.

use super::{Count, Deadline, Kind, Mark};
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::{OrganisationId, PenaltyId};
use crate::law::Law;
use crate::penalty::Event;
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let mut penalties: BTreeMap<PenaltyId, Deadline> = BTreeMap::new();
    for entry in history.entries() {
        if let Fact::Penalty(event) = entry.fact {
            watch(&mut penalties, &entry, event, law);
        }
    }
    penalties.into_values().collect()
}

fn watch(penalties: &mut BTreeMap<PenaltyId, Deadline>, entry: &Entry<'_>, event: &Event, law: &Law) {
    let mark = Mark::of(entry);
    if let Event::Assigned { penalty, organisation, final_on, deadline, .. } = event {
        penalties.insert(*penalty, assigned(*penalty, mark, organisation, (*final_on, *deadline), law));
    }
    let Some(open) = penalties.get_mut(&event.penalty()) else { return };
    match event {
        Event::Completed { .. } => open.close(mark, true),
        Event::Interrupted { .. } => open.close(mark, false),
        Event::DeadlineExtended { until, .. } => {
            open.clock = mark;
            open.counted = Count::given(*until);
            open.due_on = *until;
            open.rule_set = None;
        }
        Event::Assigned { .. } | Event::HoursPerformed { .. } | Event::Absent { .. } => {}
    }
}

/// The last day is the one that was recorded; it is told as counted where the law counts to the same day.
fn assigned(
    penalty: PenaltyId,
    mark: Mark,
    organisation: &OrganisationId,
    (final_on, last): (NaiveDate, NaiveDate),
    law: &Law,
) -> Deadline {
    let rules = law.on(final_on);
    let counted = Count::months(rules.penalty.months, final_on);
    let by_law = crate::law::add_months(final_on, counted.amount) == last;
    let counted = if by_law { counted } else { Count::given(last) };
    let clock = Mark { event: mark.event, on: final_on };
    let deadline = Deadline::new(Kind::PenaltyTime, penalty.0, clock, counted, last).at(Some(organisation));
    if by_law { deadline.under(rules.id) } else { deadline }
}
