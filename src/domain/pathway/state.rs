//! Where each pathway of a person stands, folded from their history: open or closed, followed by whom, in which cell.

use super::event::{Event, MemberRole, Origin, Outcome, Readiness};
use crate::codes::Cell;
use crate::fact::Fact;
use crate::history::History;
use crate::ids::{EventId, OrganisationId, PathwayId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The pathways of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every pathway that was opened.
    pub pathways: BTreeMap<PathwayId, Pathway>,
}

/// One pathway with an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pathway {
    /// With which organisation.
    pub organisation: OrganisationId,
    /// How it began.
    pub origin: Origin,
    /// First day.
    pub opened_on: NaiveDate,
    /// Every closure, in order of day; the last one holds unless it was followed by a reopening.
    pub closures: Vec<Closure>,
    /// Everyone who followed it, in order of their first day.
    pub members: Vec<Member>,
    /// Every judgement of readiness, in order of day.
    pub readiness: Vec<(NaiveDate, Readiness)>,
    /// Every stay in a cell, in order of day; no two overlap.
    pub stays: Vec<Stay>,
    /// Every suspension, in order of day; no two overlap.
    pub suspensions: Vec<Suspension>,
}

/// A time during which a pathway is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// First day.
    pub from: NaiveDate,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    pub until: Option<NaiveDate>,
    /// First day on which the pathway went on, or closed, before that.
    pub resumed_on: Option<NaiveDate>,
    /// The record that began it.
    pub begun_by: EventId,
    /// The record that ended it, if one did.
    pub ended_by: Option<EventId>,
}

impl Suspension {
    /// True if the pathway is suspended on that day or later.
    pub(super) fn reaches(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|last| day <= last) && self.resumed_on.is_none_or(|again| day < again)
    }

    /// True if the pathway is suspended on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.reaches(day)
    }
}

/// A time during which a pathway was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// First day out of the pathway.
    pub on: NaiveDate,
    /// How it ended.
    pub outcome: Outcome,
    /// First day in it again.
    pub reopened_on: Option<NaiveDate>,
}

/// Somebody who follows a pathway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The worker, as a user id.
    pub user: String,
    /// What they do.
    pub role: MemberRole,
    /// True for the one who answers for the pathway.
    pub referent: bool,
    /// First day.
    pub from: NaiveDate,
    /// First day without them.
    pub until_exclusive: Option<NaiveDate>,
}

/// A stay of the file in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The cell.
    pub cell: Cell,
    /// First day in it.
    pub from: NaiveDate,
    /// First day out of it.
    pub until_exclusive: Option<NaiveDate>,
}

impl Stay {
    /// True if the file is in the cell on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until_exclusive.is_none_or(|until| day < until)
    }
}

impl Member {
    /// True if they follow the pathway on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until_exclusive.is_none_or(|until| day < until)
    }
}

impl State {
    /// Folds a person's history.
    ///
    /// Openings are folded first: a pathway may be closed on the day of its opening.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        let events = history.entries().filter_map(|entry| match entry.fact {
            Fact::Pathway(event) => Some((entry.on, entry.id, event)),
            _ => None,
        });
        for (on, _, event) in events.clone() {
            if let Event::Opened { pathway, organisation, origin, .. } = event {
                state.pathways.entry(*pathway).or_insert_with(|| Pathway::new(on, organisation.clone(), *origin));
            }
        }
        for (on, id, event) in events {
            if let Some(pathway) = state.pathways.get_mut(&event.pathway()) {
                pathway.evolve(on, id, event);
            }
        }
        state
    }

    /// The pathway with an organisation that is open on that day.
    #[must_use]
    pub fn open_with(&self, organisation: &OrganisationId, day: NaiveDate) -> Option<PathwayId> {
        let mut all = self.pathways.iter();
        all.find(|(_, pathway)| pathway.organisation == *organisation && pathway.open_on(day)).map(|(id, _)| *id)
    }
}

impl Pathway {
    const fn new(opened_on: NaiveDate, organisation: OrganisationId, origin: Origin) -> Self {
        Self {
            organisation,
            origin,
            opened_on,
            closures: Vec::new(),
            members: Vec::new(),
            readiness: Vec::new(),
            stays: Vec::new(),
            suspensions: Vec::new(),
        }
    }

    /// Days come in order; what no day of the pathway could hold is passed over, since history is never refused.
    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Opened { .. } => {}
            Event::MemberAssigned { user, role, referent, .. } => {
                self.release(user, on);
                let member =
                    Member { user: user.clone(), role: *role, referent: *referent, from: on, until_exclusive: None };
                self.members.push(member);
            }
            Event::MemberReleased { user, .. } => self.release(user, on),
            Event::CellEntered { cell, .. } => self.enter(*cell, on),
            Event::CellLeft { cell, .. } => {
                if self.stays.last().is_some_and(|stay| stay.cell == *cell) {
                    self.leave(on);
                }
            }
            Event::ReadinessJudged { level, .. } => self.readiness.push((on, *level)),
            Event::Suspended { until, .. } => {
                if self.open_on(on) && !self.suspensions.iter().any(|each| each.covers(on)) {
                    let begun = Suspension { from: on, until: *until, resumed_on: None, begun_by: id, ended_by: None };
                    self.suspensions.push(begun);
                }
            }
            Event::Resumed { .. } => self.resume(on, id),
            Event::Closed { outcome, .. } => {
                if self.closed_on().is_none() {
                    self.leave(on);
                    self.resume(on, id);
                    self.closures.push(Closure { on, outcome: *outcome, reopened_on: None });
                }
            }
            Event::Reopened { .. } => {
                if let Some(closure) = self.closures.last_mut() {
                    closure.reopened_on.get_or_insert(on);
                }
            }
        }
    }

    fn release(&mut self, user: &str, on: NaiveDate) {
        for member in self.members.iter_mut().filter(|member| member.user == user) {
            member.until_exclusive.get_or_insert(on);
        }
    }

    fn enter(&mut self, cell: Cell, on: NaiveDate) {
        let there = self.stays.last().is_some_and(|stay| stay.cell == cell && stay.until_exclusive.is_none());
        if self.open_on(on) && !there {
            self.leave(on);
            self.stays.push(Stay { cell, from: on, until_exclusive: None });
        }
    }

    fn resume(&mut self, on: NaiveDate, id: EventId) {
        if let Some(suspension) = self.suspensions.iter_mut().find(|each| each.covers(on)) {
            suspension.resumed_on = Some(on);
            suspension.ended_by = Some(id);
        }
    }

    fn leave(&mut self, on: NaiveDate) {
        if let Some(stay) = self.stays.last_mut() {
            stay.until_exclusive.get_or_insert(on);
        }
    }

    /// First day out of the pathway; none while it is open.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        self.closures.last().filter(|closure| closure.reopened_on.is_none()).map(|closure| closure.on)
    }

    /// How the pathway ended; none while it is open.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.closures.last().filter(|closure| closure.reopened_on.is_none()).map(|closure| closure.outcome)
    }

    /// True if the pathway is open on that day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        let closed = |closure: &Closure| closure.on <= day && closure.reopened_on.is_none_or(|again| day < again);
        self.opened_on <= day && !self.closures.iter().any(closed)
    }

    /// The first day from that one on on which the pathway is open.
    pub(super) fn next_open_day(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut days = std::iter::once(day.max(self.opened_on))
            .chain(self.closures.iter().filter_map(|closure| closure.reopened_on.filter(|again| day <= *again)));
        days.find(|day| self.open_on(*day))
    }

    /// The first day on which the pathway can close without leaving a stay in a cell behind.
    pub(super) fn first_day_to_close(&self) -> NaiveDate {
        // On one day what ends comes before what is reopened, so a reopened pathway is open for a day at least.
        let reopened = self.closures.last().and_then(|closure| closure.reopened_on?.succ_opt());
        let stays = self.stays.iter().filter_map(|stay| stay.until_exclusive.or_else(|| stay.from.succ_opt()));
        let suspensions = self.suspensions.iter().filter_map(|each| each.resumed_on.or_else(|| each.from.succ_opt()));
        stays.chain(suspensions).chain(reopened).fold(self.opened_on, NaiveDate::max)
    }

    /// The cell in which the file is on that day.
    #[must_use]
    pub fn cell_on(&self, day: NaiveDate) -> Option<Cell> {
        self.stay_on(day).map(|stay| stay.cell)
    }

    /// The stay that covers that day.
    #[must_use]
    pub fn stay_on(&self, day: NaiveDate) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.covers(day))
    }

    /// True if the pathway is open and suspended on that day.
    #[must_use]
    pub fn suspended_on(&self, day: NaiveDate) -> bool {
        self.suspensions.iter().any(|each| each.covers(day))
    }

    /// The one who answers for the pathway on that day.
    #[must_use]
    pub fn referent_on(&self, day: NaiveDate) -> Option<&Member> {
        self.members.iter().find(|member| member.referent && member.covers(day))
    }

    /// The last judgement of readiness up to that day.
    #[must_use]
    pub fn readiness_on(&self, day: NaiveDate) -> Option<Readiness> {
        self.readiness.iter().rev().find(|(on, _)| *on <= day).map(|(_, level)| *level)
    }
}
