//! The sanction: a suspension of payment of the integration income, law of 26 May 2002, article 30.
//!
//! One sanction is one procedure: a formal notice (for a project that is not respected), the offer of a hearing, the
//! decision. The person stays a beneficiary: no grant ends here.
//! Read [`event`] (what can happen), [`state`] (where a procedure stands), [`command`] (what can be asked),
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

pub use command::Command;
pub(crate) use decide::unlawful;
pub use event::{AnnulledBy, Event, SanctionFamily, SanctionGround, Suspension};
pub use refusal::Refusal;
pub use state::{Sanction, State};
