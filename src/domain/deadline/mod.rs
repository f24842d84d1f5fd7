//! What must be done by when, and which record started the clock.
//!
//! A deadline is folded from a history like anything else, so a late entry or a correction moves it by itself.
//! It holds days only: whether it is overdue is asked of it with a day, see [`Deadline::status_on`].
//! Read this file, then [`aid`], [`project`], [`engagement`], [`accompaniment`], [`sanction`],
//! [`place`], [`penalty`] and [`house`], each of which lists what it watches.

mod accompaniment;
mod aid;
mod engagement;
mod explain;
mod house;
mod kind;
mod penalty;
mod place;
mod project;
mod sanction;

#[cfg(test)]
mod tests;

pub use explain::Language;
pub use kind::{DeadlineKind, DeadlineStatus, Nature, PeriodUnit};

use kind::{DeadlineKind as Kind, DeadlineStatus as Status, PeriodUnit as Unit};

use crate::codes::CodeList;
use crate::fact::{Fact, StreamKind};
use crate::history::{Entry, History};
use crate::ids::{EventId, OrganisationId};
use crate::law::{Law, RuleEntry};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// Something that has to be done, or may be done, by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What has to be done.
    pub kind: Kind,
    /// Which deadline of the house, by its code.
    pub house: Option<String>,
    /// The grant, project, engagement, post … that it is about.
    pub of: Uuid,
    /// The record that started the clock.
    pub clock: Mark,
    /// What was counted from which day.
    pub counted: Count,
    /// The last day in time, inclusive. A Saturday, Sunday or holiday is not moved (`choices.md`, working days).
    pub due_on: NaiveDate,
    /// Times during which nothing is owed; the last day inclusive, if there is one.
    pub paused: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// What closed it.
    pub closed: Option<Closing>,
    /// Whose task it is, as far as the history names an organisation.
    pub organisation: Option<OrganisationId>,
    /// The referent of the person's pathway there, as a user id.
    pub worker: Option<String>,
    /// The rule set that gave the period, if the law or the house did.
    pub rule_set: Option<Cow<'static, str>>,
}

/// A record, and the day of what it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The record.
    pub event: EventId,
    /// The day.
    pub on: NaiveDate,
}

impl Mark {
    const fn of(entry: &Entry<'_>) -> Self {
        Self { event: entry.id, on: entry.on }
    }
}

/// A period as it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
    /// From which day; that day itself is not counted.
    pub from: NaiveDate,
}

impl Count {
    /// A day that was agreed on, not counted.
    const fn given(day: NaiveDate) -> Self {
        Self { amount: 0, unit: Unit::Given, from: day }
    }

    const fn months(amount: u32, from: NaiveDate) -> Self {
        Self { amount, unit: Unit::Months, from }
    }

    const fn days(amount: u32, from: NaiveDate) -> Self {
        Self { amount, unit: Unit::CalendarDays, from }
    }
}

/// The record that closed a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The record, and the day on which it was done.
    pub by: Mark,
    /// True if what was due was done; false if it was no longer wanted.
    pub met: bool,
}

impl Deadline {
    fn new(kind: Kind, of: Uuid, clock: Mark, counted: Count, due_on: NaiveDate) -> Self {
        let (paused, closed, organisation, worker, rule_set) = (Vec::new(), None, None, None, None);
        Self { kind, house: None, of, clock, counted, due_on, paused, closed, organisation, worker, rule_set }
    }

    fn place(&self) -> impl Ord + use<'_> {
        (self.due_on, self.kind, &self.house, self.of)
    }

    fn at(mut self, organisation: Option<&OrganisationId>) -> Self {
        self.organisation = organisation.cloned();
        self
    }

    fn under(mut self, rule_set: &'static str) -> Self {
        self.rule_set = Some(Cow::Borrowed(rule_set));
        self
    }

    /// Closes it, unless something did so before.
    fn close(&mut self, by: Mark, met: bool) {
        self.closed.get_or_insert(Closing { by, met });
    }

    /// How it stands at the end of a day.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> Status {
        match self.closed.filter(|closing| closing.by.on <= day) {
            Some(Closing { met: true, by }) if by.on <= self.due_on => Status::Met,
            Some(Closing { met: true, .. }) => Status::MetLate,
            Some(Closing { met: false, .. }) => Status::Void,
            None if self.paused_on(day) => Status::Suspended,
            None if day <= self.due_on => Status::Due,
            None => match self.kind.nature() {
                Nature::Duty => Status::Overdue,
                Nature::Right => Status::Lapsed,
            },
        }
    }

    /// The rule of the register that set the period, as it held when the clock started.
    #[must_use]
    pub fn rule(&self, law: &Law) -> Option<RuleEntry> {
        let code = self.kind.rule().map(|rule| rule.code()).or(self.house.as_deref())?;
        law.register_on(self.clock.on).into_iter().find(|entry| entry.code == code)
    }

    /// What people read of it, in French, Dutch and English.
    #[must_use]
    pub fn labels(&self, law: &Law) -> [Cow<'static, str>; 3] {
        let of_kind = || [self.kind.labels().fr, self.kind.labels().nl, self.kind.labels().en].map(Cow::Borrowed);
        let of_house = self.house.as_ref().and_then(|_| self.rule(law)).map(|rule| rule.labels);
        of_house.unwrap_or_else(of_kind)
    }

    /// True if the clock runs by that day. An appointment is expected as soon as it is on record.
    #[must_use]
    pub fn begun_on(&self, day: NaiveDate) -> bool {
        self.clock.on <= day || self.kind == Kind::Appointment
    }

    /// A name of it that stays the same when days are corrected: the same thing, for the same record, of the same kind.
    #[must_use]
    pub fn id(&self) -> Uuid {
        Uuid::new_v5(
            &self.clock.event.0,
            format!("{}:{}:{}", self.kind.code(), self.house.as_deref().unwrap_or_default(), self.of).as_bytes(),
        )
    }

    /// True if nothing is owed on that day.
    #[must_use]
    pub fn paused_on(&self, day: NaiveDate) -> bool {
        self.paused.iter().any(|(from, until)| *from <= day && until.is_none_or(|last| day <= last))
    }
}

/// Every deadline that a history tells, in order of its last day.
#[must_use]
pub fn of(history: &History, law: &Law) -> Vec<Deadline> {
    let mut all = match history.stream().kind {
        StreamKind::Person => of_person(history, law),
        StreamKind::Post => place::vacancies(history, law),
        StreamKind::Agreement => place::terms(history),
        StreamKind::Judicial => penalty::deadlines(history, law),
        StreamKind::Course
        | StreamKind::Organisation
        | StreamKind::Alias
        | StreamKind::Governance
        | StreamKind::Access
        | StreamKind::Reader => Vec::new(),
    };
    all.sort_by(|one, other| one.place().cmp(&other.place()));
    all
}

fn of_person(history: &History, law: &Law) -> Vec<Deadline> {
    let mut all = aid::deadlines(history, law);
    all.extend(project::deadlines(history, law));
    all.extend(engagement::deadlines(history));
    all.extend(sanction::deadlines(history, law));
    all.extend(accompaniment::deadlines(history, law));
    all.extend(house::deadlines(history, law));
    end_with_death(history, &mut all);
    let pathways = pathway::State::of(history);
    for deadline in &mut all {
        deadline.worker = referent(&pathways, deadline.organisation.as_ref());
    }
    all
}

/// Nothing is owed of somebody who died (domain.md, E.1: a death ends expectations).
fn end_with_death(history: &History, all: &mut [Deadline]) {
    let death = history.entries().find(|entry| matches!(entry.fact, Fact::Person(person::Event::DeathRecorded { .. })));
    if let Some(entry) = death {
        for deadline in all {
            deadline.close(Mark::of(&entry), false);
        }
    }
}

/// Who answers for the person there, else for the person anywhere.
fn referent(pathways: &pathway::State, organisation: Option<&OrganisationId>) -> Option<String> {
    let open = || pathways.pathways.values().filter(|one| one.closed_on().is_none());
    let there = open().find(|one| Some(&one.organisation) == organisation);
    let named = |one: &pathway::Pathway| {
        let present = one.members.iter().rfind(|member| member.referent && member.until_exclusive.is_none());
        present.map(|member| member.user.clone())
    };
    there.and_then(named).or_else(|| open().find_map(named))
}
