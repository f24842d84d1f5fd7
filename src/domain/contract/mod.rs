//! The engagement: a contract or placement under any measure (art. 60, ACS, school placement, Service Citoyen …).
//!
//! Its records stand in the streams of the person, of the post and of the agreement.
//! Read [`event`] (what can happen), [`state`] (where an engagement stands), [`command`] (what can be asked),
//! `decide` (the answer) and `occupancy` (who holds a post, who runs under an agreement).

pub mod command;
mod decide;
pub mod event;
mod occupancy;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{AbsenceReason, EndCause, Event, Place, Terms};
pub use refusal::Refusal;
pub use state::{Absence, Engagement, Placement, Schedule, State};
