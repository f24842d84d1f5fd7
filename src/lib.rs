//! The counter of trajet: what stands between the people who ask and the log that remembers.
//!
//! Read [`commands`] and `queries` (the two journeys), then the ways in: `graphql`, `http`, `cli`.

pub mod clock;
pub mod commands;
pub mod sealing;
pub mod simulation;

use domain::law::Law;
use std::sync::Arc;
use store::vault::Vault;
use store::{Clock, MemoryStore};

/// The storage engine of this program.
pub type Log = MemoryStore;

/// Everything that a command or a query needs, in one place.
#[derive(Clone)]
pub struct Engine {
    /// The log.
    pub store: Arc<Log>,
    /// The keys.
    pub vault: Arc<Vault>,
    /// Every rule with its dates.
    pub law: Arc<Law>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
}
