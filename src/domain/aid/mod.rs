//! The aid file (dossier d'aide / hulpdossier): requests, grants and their end.
//!
//! Read [`event`] (what can happen), [`state`] (where a grant stands), [`command`] (what can be asked),
//! [`refusal`] (which rule forbids it) and `decide` (the answer).

pub mod command;
mod decide;
pub mod event;
mod owed;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{AidCategory, AidEndMotive, Event, PaymentSuspensionMotive};
pub use refusal::Refusal;
pub use state::{Grant, State, Suspension, Transfer};
