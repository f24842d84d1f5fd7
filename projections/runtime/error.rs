//! Why the views cannot answer.

use crate::translate::{ReadError, TranslateError};
use domain::fact::Stream;
use std::sync::Arc;
use store::{Position, StoreError};

/// Why the views cannot answer. Texts are fit for the screen; none holds a personal value.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ProjectionError {
    /// The views did not reach the position in time; ask again.
    #[error("the views stand at position {found}, position {wanted} is not in them yet; ask again")]
    TooSlow {
        /// The position asked for.
        wanted: Position,
        /// Where the views stand.
        found: Position,
    },
    /// Nothing is recorded at that position yet, so waiting for it makes no sense.
    #[error("position {wanted} is not recorded; the log ends at position {head}")]
    NotYetRecorded {
        /// The position asked for.
        wanted: Position,
        /// The end of the log.
        head: Position,
    },
    /// A record cannot be understood, so the views stop before it: none is ever skipped.
    #[error("the views stopped: {0}")]
    Unreadable(#[from] TranslateError),
    /// The store left a record out.
    #[error("the views stopped: the store gives {found:?} where record {expected} must stand; run trajet verify")]
    Gap {
        /// The position that must come next.
        expected: Position,
        /// The position given; none if nothing was.
        found: Option<Position>,
    },
    /// The store could not read something back.
    #[error("the views stopped: {0}")]
    Store(Arc<StoreError>),
    /// A view gave up on a history; this is a fault of the program.
    #[error("the views stopped: {what} while folding stream {} of kind {:?}", .stream.id, .stream.kind)]
    Fault {
        /// The stream that was folded.
        stream: Stream,
        /// What the view said.
        what: String,
    },
    /// A thread could not be started, or was lost.
    #[error("a thread of the views failed: {0}")]
    Thread(String),
    /// Too many other moments of the past are being folded; ask again.
    #[error("{limit} other moments of the past are being folded; ask again")]
    Busy {
        /// How many may be folded or wait at a time.
        limit: usize,
    },
    /// The runtime was shut down.
    #[error("the views are shut down")]
    ShutDown,
}

impl From<StoreError> for ProjectionError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<ReadError> for ProjectionError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Store(error) => error.into(),
            ReadError::Record(error) => error.into(),
        }
    }
}
