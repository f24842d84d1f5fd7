//! What an auditor takes along: one person's records with the proofs that nobody changed them.
//!
//! Read [`reading`] (a stored record in words), [`bundle`] (the records, the proofs and the signed checkpoint as one file),
//! then [`report`] (the same for people). `examples/verify_bundle.py` checks a bundle without trajet; whatever changes here
//! changes there, and the bundle's version with it.

pub mod bundle;
pub mod plain;
pub mod reading;
pub mod report;

pub use bundle::{Asked, Bundle};

use crate::queries::QueryError;
use reading::ReadingError;
use store::StoreError;
use store::audit::NoteError;

/// Why there is no proof or no bundle. Texts are fit for the screen; none holds a personal value.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// Nothing is known of the person at that moment.
    #[error("nothing was recorded of participant {0} by then")]
    Unknown(domain::ids::PersonId),
    /// The person's file is read as part of another.
    #[error("the file of participant {absorbed} is read as part of {survivor}: ask for that one")]
    Absorbed {
        /// The one asked for.
        absorbed: domain::ids::PersonId,
        /// The one that goes on.
        survivor: domain::ids::PersonId,
    },
    /// A checkpoint of another log.
    #[error("the checkpoint is of the log {found}, this one is {expected}")]
    OtherLog {
        /// What the checkpoint names.
        found: String,
        /// The name of this log.
        expected: String,
    },
    /// A note that is no signed checkpoint of the expected key.
    #[error("the checkpoint: {0}")]
    Note(#[from] NoteError),
    /// The log cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A stored record cannot be put in words.
    #[error(transparent)]
    Reading(#[from] ReadingError),
}

impl From<StoreError> for AuditError {
    fn from(error: StoreError) -> Self {
        Self::Query(error.into())
    }
}
