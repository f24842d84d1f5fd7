//! The engagement: a contract or placement under any measure (art. 60, ACS, school placement, Service Citoyen …).
//!
//! Its records stand in the streams of the person, of the post and of the agreement.
//! Read [`event`] (what can happen), then [`state`] (where an engagement stands).

pub mod event;
pub mod state;

pub use event::{AbsenceReason, EndCause, Event, Place, Terms};
pub use state::{Absence, Engagement, Placement, Schedule, State};
