//! A sanction: the person's appeal against it.

use super::{Count, Deadline, Kind, Mark};
use crate::fact::Fact;
use crate::history::History;
use crate::ids::SanctionId;
use crate::law::{Law, add_months};
use crate::sanction::Event;
use std::collections::BTreeMap;

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let mut decided: BTreeMap<SanctionId, Deadline> = BTreeMap::new();
    for entry in history.entries() {
        let Fact::Sanction(event) = entry.fact else { continue };
        match event {
            Event::Decided { sanction, notified_on, .. } => {
                let rules = law.on(*notified_on);
                let counted = Count::months(rules.aid.appeal_months, *notified_on);
                let clock = Mark { event: entry.id, on: *notified_on };
                let due_on = add_months(*notified_on, counted.amount);
                let appeal = Deadline::new(Kind::SanctionAppeal, sanction.0, clock, counted, due_on);
                decided.insert(*sanction, appeal.under(rules.id));
            }
            Event::Annulled { sanction, .. } => {
                decided.get_mut(sanction).into_iter().for_each(|appeal| appeal.close(Mark::of(&entry), false));
            }
            Event::FormalNoticeSent { .. } | Event::HearingOffered { .. } | Event::PersonHeard { .. } => {}
        }
    }
    decided.into_values().collect()
}
