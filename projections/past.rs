//! A small past for the tests of views.

use chrono::NaiveDate;
use domain::fact::{Fact, Stream};
use domain::history::{Cut, History, Known};
use domain::ids::{EventId, OrganisationId};
use uuid::Uuid;

/// The day written as `2022-12-31`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The organisation of this name.
pub fn organisation(name: &str) -> OrganisationId {
    OrganisationId::new(name).unwrap()
}

/// The history of one thing, each fact recorded on its own day.
pub fn history(stream: impl Into<Stream>, facts: &[(&str, Fact)]) -> History {
    let known = |(index, (on, fact)): (usize, &(&str, Fact))| Known {
        position: index as u64 + 1,
        id: EventId(Uuid::from_u128(index as u128 + 1)),
        recorded_at: day(on).and_time(chrono::NaiveTime::MIN).and_utc(),
        effective_on: day(on),
        about: fact.about(),
        fact: fact.clone(),
    };
    History::new(stream.into(), facts.iter().enumerate().map(known).collect(), Cut::default())
}
