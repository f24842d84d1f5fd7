//! The individual integration project (PIIS / GPMI), law of 26 May 2002 articles 11 and 13.
//!
//! Read [`event`] (what can happen), [`state`] (where a project stands), [`command`] (what can be asked),
//! [`refusal`] (which rule forbids it) and `decide` (the answer).

pub mod command;
mod decide;
pub mod event;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{Event, Party, PiisEnd, PiisKind, WaiverGround};
pub use refusal::Refusal;
pub use state::{Evaluation, Gap, Project, State, Waiver};
