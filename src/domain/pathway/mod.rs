//! The ISP pathway (parcours ISP / SPI-traject) and the cell in which the file is.
//!
//! Read [`event`] (what can happen), [`state`] (where a pathway stands), [`command`] (what can be asked),
//! [`refusal`] (which rule forbids it) and `decide` (the answer).

pub mod command;
mod decide;
pub mod event;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod tests;

pub use command::Command;
pub(crate) use decide::within;
pub use event::{CellMotive, Event, MemberRole, Origin, Outcome, Readiness, SuspensionMotive};
pub use refusal::Refusal;
pub use state::{Closure, Member, Pathway, State, Stay, Suspension};
