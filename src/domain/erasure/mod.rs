//! Erasure and retention (GDPR articles 5.1.e and 17; effacement, conservation / wissing, bewaring).
//!
//! Somebody asks that a person be forgotten, or the time is over for which the house keeps a closed file.
//! The house refuses on a legal ground, or executes: the keys of the person's personal parts are destroyed, and nobody can
//! read them any more, in no copy. What happened stays, without anybody in it: figures and proofs are what they were.
//! Later facts about the person may still be recorded where the law asks for them, without any personal part.
//!
//! Read `event`, `state`, `command`, `refusal`, `decide`.

mod command;
mod decide;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{closed_from, last_act};
pub use event::{ErasureGround, ErasureRefusalGround, ErasureRequester, Event};
pub use refusal::Refusal;
pub use state::{Request, Retained, State};
