//! An engagement: its start and its term.

use super::{Count, Deadline, Kind, Mark};
use crate::contract::{Event, Terms};
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::EngagementId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is watched of an engagement.
struct Watch {
    terms: Terms,
    start: Deadline,
    term: Option<Deadline>,
}

pub(super) fn deadlines(history: &History) -> Vec<Deadline> {
    let mut watched: BTreeMap<EngagementId, Watch> = BTreeMap::new();
    for entry in history.entries() {
        if let Fact::Contract(event) = entry.fact {
            watch(&mut watched, &entry, event);
        }
    }
    watched.into_values().flat_map(Watch::all).collect()
}

fn watch(watched: &mut BTreeMap<EngagementId, Watch>, entry: &Entry<'_>, event: &Event) {
    let mark = Mark::of(entry);
    if let Event::Signed { engagement, terms, .. } = event {
        watched.insert(*engagement, Watch::new(*engagement, mark, terms.clone()));
    }
    let Some(watch) = watched.get_mut(&event.engagement()) else { return };
    match event {
        Event::Started { .. } => watch.start.close(mark, true),
        Event::Extended { engagement, planned_until, .. } | Event::Replanned { engagement, planned_until, .. } => {
            watch.planned(*engagement, mark, *planned_until)
        }
        Event::Ended { .. } => watch.ended(mark),
        Event::Cancelled { .. } => watch.start.close(mark, false),
        Event::Signed { .. }
        | Event::SkillsPlanSigned { .. }
        | Event::WorkplaceChanged { .. }
        | Event::HoursScheduled { .. }
        | Event::AbsenceRecorded { .. }
        | Event::Amended { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::HoursWorked { .. }
        | Event::BenefitDaysProposed { .. }
        | Event::BenefitDaysConfirmed { .. } => {}
    }
}

impl Watch {
    fn new(engagement: EngagementId, signed: Mark, terms: Terms) -> Self {
        let from = terms.planned_from;
        let start = Deadline::new(Kind::EngagementStart, engagement.0, signed, Count::given(from), from);
        let term = terms.planned_until.map(|last| (signed, last));
        let mut watch = Self { start: start.at(Some(&terms.organisation)), terms, term: None };
        term.into_iter().for_each(|(mark, last)| watch.planned(engagement, mark, last));
        watch
    }

    /// The record that set the last planned day is the one that started the clock.
    fn planned(&mut self, engagement: EngagementId, mark: Mark, last: NaiveDate) {
        let term = Deadline::new(Kind::EngagementTerm, engagement.0, mark, Count::given(last), last);
        self.term = Some(term.at(Some(&self.terms.organisation)));
    }

    fn ended(&mut self, mark: Mark) {
        self.term.iter_mut().for_each(|term| term.close(mark, true));
    }

    fn all(self) -> impl Iterator<Item = Deadline> {
        std::iter::once(self.start).chain(self.term)
    }
}
