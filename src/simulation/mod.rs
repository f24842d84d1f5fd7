//! A demonstration history, made through the real commands: three organisations, and every figure that they published.
//!
//! Read `plan` (what an act is), `story` and `schedule` (how acts find their order), then one file per organisation,
//! and `play`. [`demonstration`] is pure; [`play()`] is the only part that touches an engine.

mod molenbeek;
mod people;
mod plan;
mod play;
mod random;
mod saint_lo;
mod samusocial;
mod schedule;
mod story;
#[cfg(test)]
mod tests;

pub use plan::{Act, Example, Plan};
pub use play::{PlayError, Played, Why, play};

use chrono::NaiveDate;
use story::Story;

/// Which demonstration this is. Another plan for the same seed is another version: a directory made by one is not
/// continued by the other.
pub const PLAN_VERSION: u32 = 1;

/// The plan of the demonstration: Molenbeek 2009–2012, Saint-Lô 2019, Samusocial 2020–2022.
///
/// The same seed gives the same acts with the same ids, days and instants. Every seed gives the published figures.
#[must_use]
pub fn demonstration(seed: u64) -> Plan {
    let (stories, examples) = samusocial::stories(seed);
    let all = molenbeek::stories(seed).into_iter().chain(saint_lo::stories(seed)).chain(stories);
    Plan::new(seed, all.flat_map(Story::tell).collect(), examples)
}

/// A day that is written in this folder.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}
