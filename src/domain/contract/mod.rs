//! The engagement: a contract or placement under any measure (art. 60, ACS, school placement, Service Citoyen …).
//!
//! Its records stand in the streams of the person, of the post and of the agreement.
//! Read [`event`] (what can happen), [`state`] (where an engagement stands), [`command`] (what can be asked),
//! `decide` (the answer, with `later` for what follows the signature and `measure` for the limits of a measure) and `occupancy` (who holds a post, who runs under an agreement, who works full-time twice).

pub mod command;
mod decide;
pub mod event;
mod later;
mod measure;
mod occupancy;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod later_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{
    AbsenceReason, BenefitBasis, BenefitProposal, EndCause, EngagementSuspensionMotive, Event, Place, ReplanReason,
    Terms,
};
pub use measure::EngagementWarning;
pub(crate) use occupancy::{Claims, full_time_overlaps};
pub use refusal::Refusal;
pub use state::{Absence, Amendment, Engagement, Placement, Schedule, State};
