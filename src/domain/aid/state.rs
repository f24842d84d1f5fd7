//! Where each grant of a person stands, folded from their history.

use super::event::{AidCategory, AidEndMotive, Event};
use crate::codes::AidKind;
use crate::fact::Fact;
use crate::history::History;
use crate::ids::{EventId, GrantId, OrganisationId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The grants of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every grant that was asked for or given.
    pub grants: BTreeMap<GrantId, Grant>,
}

/// One grant, from the request to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which aid.
    pub kind: AidKind,
    /// The category last given, where the aid knows one.
    pub category: Option<AidCategory>,
    /// Every category with its first day, in order of day.
    pub categories: Vec<(NaiveDate, AidCategory)>,
    /// Day of the request.
    pub requested_on: Option<NaiveDate>,
    /// First day of aid.
    pub from: Option<NaiveDate>,
    /// When the decision was notified.
    pub notified_on: Option<NaiveDate>,
    /// First day without it, or without it here: the end or the transfer.
    pub ended_on: Option<NaiveDate>,
    /// Day of the refusal.
    pub refused_on: Option<NaiveDate>,
    /// Why it was refused or ended.
    pub motive: Option<AidEndMotive>,
    /// Every suspension of the payment, in order of day; no two overlap. The aid runs all the same.
    pub suspensions: Vec<Suspension>,
    /// Where it went, if it was handed over.
    pub transferred: Option<Transfer>,
}

/// A time during which aid is not paid, or in part only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// First day that is not paid.
    pub from: NaiveDate,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    pub until: Option<NaiveDate>,
    /// First day that is paid again, before that.
    pub resumed_on: Option<NaiveDate>,
    /// The share that is not paid, in percent.
    pub share: u16,
    /// The record that began it, with the motive, sealed.
    pub begun_by: EventId,
    /// The record that ended it, if one did.
    pub ended_by: Option<EventId>,
}

/// A request or grant that went to another organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// First day on which it is the other's.
    pub on: NaiveDate,
    /// Which organisation took it over.
    pub receiver: OrganisationId,
    /// The record that tells it.
    pub by: EventId,
}

impl Suspension {
    /// True if the payment is suspended on that day or later.
    pub(super) fn reaches(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|last| day <= last) && self.resumed_on.is_none_or(|again| day < again)
    }

    /// True if the payment is suspended on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.reaches(day)
    }
}

impl State {
    /// Folds a person's history.
    ///
    /// What begins a grant is folded first: a request may be refused, and a grant ended, on its own first day.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        let events = history.entries().filter_map(|entry| match entry.fact {
            Fact::Aid(event) => Some((entry.on, entry.id, event)),
            _ => None,
        });
        for (on, _, event) in events.clone() {
            state.begin(on, event);
        }
        for (on, id, event) in events {
            state.evolve(on, id, event);
        }
        state
    }

    fn begin(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Requested { grant, organisation, kind, .. } => {
                let grant = self.grants.entry(*grant).or_insert_with(|| Grant::new(organisation.clone(), *kind));
                grant.requested_on.get_or_insert(on);
            }
            Event::Granted { grant, organisation, kind, category, notified_on, .. } => {
                let grant = self.grants.entry(*grant).or_insert_with(|| Grant::new(organisation.clone(), *kind));
                grant.organisation = organisation.clone();
                grant.kind = *kind;
                grant.category = *category;
                grant.categories = category.iter().map(|category| (on, *category)).collect();
                grant.from = Some(on);
                grant.notified_on = Some(*notified_on);
            }
            Event::Refused { .. }
            | Event::Revised { .. }
            | Event::Ended { .. }
            | Event::PaymentSuspended { .. }
            | Event::PaymentResumed { .. }
            | Event::Transferred { .. } => {}
        }
    }

    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Requested { .. } | Event::Granted { .. } => {}
            Event::Refused { grant, motive, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.refused_on = Some(on);
                    grant.motive = Some(*motive);
                }
            }
            Event::Revised { grant, category, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.category = Some(*category);
                    grant.categories.push((on, *category));
                }
            }
            Event::Ended { grant, motive, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.ended_on = Some(on);
                    grant.motive = Some(*motive);
                }
            }
            Event::PaymentSuspended { grant, share, until, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.suspend(on, id, *share, *until);
                }
            }
            Event::PaymentResumed { grant, .. } => {
                let grant = self.grants.get_mut(grant);
                let suspended = grant.and_then(|grant| grant.suspensions.iter_mut().find(|each| each.covers(on)));
                if let Some(suspension) = suspended {
                    suspension.resumed_on = Some(on);
                    suspension.ended_by = Some(id);
                }
            }
            Event::Transferred { grant, receiver, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.transferred.get_or_insert_with(|| Transfer { on, receiver: receiver.clone(), by: id });
                    grant.ended_on = grant.ended_on.or(grant.from.map(|_| on));
                }
            }
        }
    }
}

impl Grant {
    const fn new(organisation: OrganisationId, kind: AidKind) -> Self {
        Self {
            organisation,
            kind,
            category: None,
            categories: Vec::new(),
            requested_on: None,
            from: None,
            notified_on: None,
            ended_on: None,
            refused_on: None,
            motive: None,
            suspensions: Vec::new(),
            transferred: None,
        }
    }

    fn suspend(&mut self, on: NaiveDate, id: EventId, share: u16, until: Option<NaiveDate>) {
        if !self.suspended_on(on) {
            let (resumed_on, ended_by) = (None, None);
            self.suspensions.push(Suspension { from: on, until, resumed_on, share, begun_by: id, ended_by });
        }
    }

    /// True if the payment is suspended on that day, in whole or in part.
    #[must_use]
    pub fn suspended_on(&self, day: NaiveDate) -> bool {
        self.suspensions.iter().any(|each| each.covers(day))
    }

    /// True if aid runs on that day: from its first day on, before the first day without it.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.ended_on.is_none_or(|ended| day < ended)
    }

    /// The category on that day.
    #[must_use]
    pub fn category_on(&self, day: NaiveDate) -> Option<AidCategory> {
        self.categories.iter().rev().find(|(from, _)| *from <= day).map(|(_, category)| *category)
    }

    /// True if it was asked for and neither granted, nor refused, nor handed over.
    #[must_use]
    pub const fn pending(&self) -> bool {
        self.requested_on.is_some() && self.from.is_none() && self.refused_on.is_none() && self.transferred.is_none()
    }
}
