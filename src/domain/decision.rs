//! What every decision is made of: the past that it reads, the desk at which it is made, and its answer.

use crate::fact::{About, Fact, Stream};
use crate::history::History;
use crate::ids::EventId;
use crate::law::Law;
use crate::personal::Personal;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The histories that a decision reads.
#[derive(Debug, Clone, Default)]
pub struct Past(BTreeMap<Stream, History>);

impl Past {
    /// Takes a stream's history in.
    pub fn insert(&mut self, history: History) {
        self.0.insert(history.stream(), history);
    }

    /// True if the stream was read.
    #[must_use]
    pub fn holds(&self, stream: Stream) -> bool {
        self.0.contains_key(&stream)
    }

    /// The history of a stream that was read; `None` if it was not, or if nothing ever happened to it.
    #[must_use]
    pub fn get(&self, stream: impl Into<Stream>) -> Option<&History> {
        self.0.get(&stream.into())
    }

    /// The history in which a file's records count: its own, or that of the survivor who absorbed it.
    #[must_use]
    pub fn counting(&self, stream: Stream) -> Option<&History> {
        let history = self.get(stream)?;
        history.merged().map_or(Some(history), |merged| self.get(merged.into))
    }

    /// Those who absorbed a file that was read.
    pub fn survivors(&self) -> impl Iterator<Item = Stream> {
        self.0.values().filter_map(|history| Some(history.merged()?.into.into()))
    }

    /// The histories read, in order of stream.
    pub fn histories(&self) -> impl Iterator<Item = &History> {
        self.0.values()
    }
}

/// What a decision may know beside the past: the law, and the day on which it is made.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Every rule, with its dates in force.
    pub law: &'a Law,
    /// Today in Brussels.
    pub today: NaiveDate,
}

/// How far ahead of today a command may be dated, in days: planned events, never distant ones.
pub const HORIZON_DAYS: i64 = 366;

/// The day of a command is not one that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayRefused {
    /// The day lies too far ahead.
    #[error("{on} is more than {HORIZON_DAYS} days after today ({today})")]
    TooFarAhead {
        /// The day given.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// The day lies before anything that this field knows.
    #[error("{on} is before 1900-01-01")]
    TooLongAgo {
        /// The day given.
        on: NaiveDate,
    },
}

impl Rule for DayRefused {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::TooFarAhead { .. } => ("DAY_TOO_FAR_AHEAD", Some("on")),
            Self::TooLongAgo { .. } => ("DAY_TOO_LONG_AGO", Some("on")),
        }
    }
}

impl Desk<'_> {
    /// Refuses a day that is out of all proportion (domain.md, invariant G2).
    ///
    /// # Errors
    /// [`DayRefused`] as a [`Refusal`].
    pub fn allows_day(&self, on: NaiveDate) -> Result<(), Refusal> {
        if (on - self.today).num_days() > HORIZON_DAYS {
            return Err(DayRefused::TooFarAhead { on, today: self.today }.into());
        }
        if on.year() < 1900 {
            return Err(DayRefused::TooLongAgo { on }.into());
        }
        Ok(())
    }

    /// Refuses a day that is out of all proportion in another field than `on`.
    ///
    /// # Errors
    /// [`DayRefused`] as a [`Refusal`] that names the field.
    pub fn allows_field(&self, field: &'static str, day: NaiveDate) -> Result<(), Refusal> {
        self.allows_day(day).map_err(|refusal| Refusal { field: Some(field), ..refusal })
    }
}

/// An event that a decision asks to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The streams in which it will stand, the primary one first.
    pub about: Vec<About>,
    /// The day on which it happened or took effect.
    pub effective_on: NaiveDate,
    /// The plain part.
    pub fact: Fact,
    /// The part to seal.
    pub personal: Personal,
    /// The record that it answers.
    pub corrects: Option<EventId>,
    /// The rule set that swayed the decision, if the law did.
    pub rule_set: Option<&'static str>,
}

impl Event {
    /// A fact on a day, in the streams that it is about.
    #[must_use]
    pub fn new(effective_on: NaiveDate, fact: impl Into<Fact>) -> Self {
        let fact = fact.into();
        Self { about: fact.about(), effective_on, fact, personal: Personal::default(), corrects: None, rule_set: None }
    }

    /// With this personal part.
    #[must_use]
    pub fn with(mut self, personal: Personal) -> Self {
        self.personal = personal;
        self
    }

    /// Decided under this rule set.
    #[must_use]
    pub const fn under(mut self, rule_set: &'static str) -> Self {
        self.rule_set = Some(rule_set);
        self
    }
}

/// A rule forbids the command; an answer, not a failure. Holds no personal value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The rule, as a stable code such as `DELAY_UNEXPLAINED`.
    pub rule: &'static str,
    /// The field of the command that offends, in the command's own spelling.
    pub field: Option<&'static str>,
    /// What a person reads.
    pub message: String,
}

/// What each step's own refusals tell of themselves.
pub trait Rule: std::error::Error {
    /// The stable code of the rule, and the field of the command that offends.
    fn rule(&self) -> (&'static str, Option<&'static str>);
}

impl<R: Rule> From<R> for Refusal {
    fn from(refusal: R) -> Self {
        let (rule, field) = refusal.rule();
        Self { rule, field, message: refusal.to_string() }
    }
}
