//! The work penalty (peine de travail / werkstraf), Penal Code article 37quinquies. All of it is judicial data.
//!
//! It stands in a file of its own, under an id and a key of its own: only the key of the person's judicial data leads from
//! the person to it, and nothing leads back. Once that key is destroyed, hours and persons can still be counted.
//!
//! Read [`event`] (what can happen), [`state`] (where a penalty stands), [`command`] (what can be asked),
//! [`refusal`] (which rule forbids it) and `decide` (the answer).

pub mod command;
mod decide;
pub mod event;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use command::{Command, FILE_LABEL};
pub use event::Event;
pub use refusal::Refusal;
pub use state::{Absence, Assignment, Penalty, State};
