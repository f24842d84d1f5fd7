//! Aid: the decision on a request, and the person's appeal against it.

use super::{Count, Deadline, Kind, Mark};
use crate::aid::Event;
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::{GrantId, OrganisationId};
use crate::law::{Law, add_months, days::add_days};
use std::collections::BTreeMap;

/// What is watched of a grant. Aid may begin on the day of its request or before: the order of the two says nothing.
#[derive(Default)]
struct Watch {
    organisation: Option<OrganisationId>,
    requested: Option<Mark>,
    /// The record of the decision, and the day of its notification.
    decided: Option<Mark>,
    /// The record of the transfer: whoever took it over decides.
    transferred: Option<Mark>,
}

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let mut grants: BTreeMap<GrantId, Watch> = BTreeMap::new();
    for entry in history.entries() {
        if let Fact::Aid(event) = entry.fact {
            watch(&mut grants, &entry, event);
        }
    }
    grants
        .iter()
        .flat_map(|(grant, watch)| {
            [watch.decision(*grant, law), watch.transfer(*grant, law), watch.appeal(*grant, law)].into_iter().flatten()
        })
        .collect()
}

fn watch(grants: &mut BTreeMap<GrantId, Watch>, entry: &Entry<'_>, event: &Event) {
    match event {
        Event::Requested { grant, organisation, .. } => {
            let watch = grants.entry(*grant).or_default();
            watch.organisation.get_or_insert_with(|| organisation.clone());
            watch.requested = Some(Mark::of(entry));
        }
        Event::Granted { grant, organisation, notified_on, .. } => {
            let watch = grants.entry(*grant).or_default();
            watch.organisation = Some(organisation.clone());
            watch.decided = Some(Mark { event: entry.id, on: *notified_on });
        }
        // The record of a refusal bears the day of the decision; its notification is not recorded apart.
        Event::Refused { grant, .. } => grants.entry(*grant).or_default().decided = Some(Mark::of(entry)),
        Event::Transferred { grant, .. } => grants.entry(*grant).or_default().transferred = Some(Mark::of(entry)),
        Event::Revised { .. } | Event::Ended { .. } | Event::PaymentSuspended { .. } | Event::PaymentResumed { .. } => {
        }
    }
}

impl Watch {
    /// Calendar days from the receipt of the request; the decision is known from its notification.
    fn decision(&self, grant: GrantId, law: &Law) -> Option<Deadline> {
        let clock = self.requested?;
        let rules = law.on(clock.on);
        let counted = Count::days(rules.aid.decision_days, clock.on);
        let due_on = add_days(clock.on, counted.amount);
        let mut decision = Deadline::new(Kind::AidDecision, grant.0, clock, counted, due_on).under(rules.id);
        self.decided.into_iter().for_each(|by| decision.close(by, true));
        self.transferred.into_iter().for_each(|by| decision.close(by, false));
        Some(decision.at(self.organisation.as_ref()))
    }

    /// Calendar days from the receipt of a request that is for another centre; told once it was passed on, in time or not.
    fn transfer(&self, grant: GrantId, law: &Law) -> Option<Deadline> {
        let (clock, by) = (self.requested?, self.transferred?);
        let rules = law.on(clock.on);
        let counted = Count::days(rules.aid.transfer_days, clock.on);
        let due_on = add_days(clock.on, counted.amount);
        let mut transfer = Deadline::new(Kind::AidTransfer, grant.0, clock, counted, due_on).under(rules.id);
        transfer.close(by, true);
        Some(transfer.at(self.organisation.as_ref()))
    }

    /// Months from the notification: a right of the person.
    fn appeal(&self, grant: GrantId, law: &Law) -> Option<Deadline> {
        let clock = self.decided?;
        let rules = law.on(clock.on);
        let counted = Count::months(rules.aid.appeal_months, clock.on);
        let due_on = add_months(clock.on, counted.amount);
        let appeal = Deadline::new(Kind::AidAppeal, grant.0, clock, counted, due_on).under(rules.id);
        Some(appeal.at(self.organisation.as_ref()))
    }
}
