//! What every command about a person asks first: is the participant registered, and alive on that day?

use crate::decision::{Past, Rule};
use crate::fact::Fact;
use crate::ids::PersonId;
use crate::person;
use chrono::NaiveDate;

/// Why nothing can be recorded about a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Nothing stands in the person's file.
    #[error("participant {0} is not registered")]
    Unknown(PersonId),
    /// The person had died by then.
    #[error("the participant died on {died_on}, the day given is {on}")]
    Deceased {
        /// The day given.
        on: NaiveDate,
        /// The day of death.
        died_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("PARTICIPANT_UNKNOWN", Some("participant")),
            Self::Deceased { .. } => ("PARTICIPANT_DIED", Some("on")),
        }
    }
}

/// Refuses a person of whom nothing is recorded.
pub(crate) fn known(past: &Past, person: PersonId) -> Result<(), Refusal> {
    match past.get(person) {
        Some(history) if !history.is_empty() => Ok(()),
        _ => Err(Refusal::Unknown(person)),
    }
}

/// Refuses a person of whom nothing is recorded, or who had died before that day; the day of death still counts.
pub(crate) fn alive(past: &Past, person: PersonId, on: NaiveDate) -> Result<(), Refusal> {
    known(past, person)?;
    let deaths = past.get(person).into_iter().flat_map(|history| {
        history.entries().filter(|e| matches!(e.fact, Fact::Person(person::Event::DeathRecorded { .. })))
    });
    match deaths.map(|entry| entry.on).min() {
        Some(died_on) if died_on < on => Err(Refusal::Deceased { on, died_on }),
        _ => Ok(()),
    }
}
