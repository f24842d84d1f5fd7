//! The journey of a query: choose the moment, read a view or the log, reveal what is asked for.
//!
//! Read [`Engine::views`] (every view at a moment), then [`events`] (the log itself),
//! [`changes`], [`chains`] and [`difference`] (what a record did, what it led to, what was learnt),
//! [`deadlines`] and [`caseload`] (what is due, and to whom), and [`reveal`] (personal fields).
//! Nothing here blocks a thread that serves others: folding and long reads run on threads of their own.

pub mod caseload;
pub mod chains;
pub mod changes;
pub mod deadlines;
pub mod difference;
pub mod events;
pub mod reveal;

pub use caseload::Caseload;
pub use chains::{Chains, Link};
pub use changes::{Answered, Effect};
pub use deadlines::{FoundDeadline, WantedDeadlines};
pub use difference::FileDifference;
pub use events::{Span, Told, Wanted};
pub use reveal::Revealed;

use crate::Engine;
use crate::sealing::SealingError;
use domain::history::Cut;
use projections::translate::{ReadError, TranslateError};
use projections::{ProjectionError, Snapshot};
use std::sync::Arc;
use std::time::Duration;
use store::{EventStore, Position, StoreError};

/// How long a query waits for the views to reach a position that is recorded: they follow within milliseconds.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How long a query that insists on no position waits for the views to count what was recorded when it came: some
/// hundred times what they need, and not so long that anybody would notice if they are behind.
pub const GRACE: Duration = Duration::from_millis(500);

/// Why a query has no answer. Texts are fit for the screen; none holds a personal value.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The views cannot answer.
    #[error(transparent)]
    Views(#[from] ProjectionError),
    /// The log cannot be read, or not understood.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A personal part cannot be opened.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// The thread that read for this query ended before it was done.
    #[error("a reader stopped before it was done: {0}")]
    Stopped(String),
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> Self {
        Self::Read(error.into())
    }
}

impl From<TranslateError> for QueryError {
    fn from(error: TranslateError) -> Self {
        Self::Read(error.into())
    }
}

impl Engine {
    /// Every view at one moment: as of a day, as known at an instant, and counting the record at `not_before`.
    ///
    /// Without a cut it is now: everything recorded when the question came is counted, unless the views are behind for
    /// longer than [`GRACE`]. An instant to come is now too.
    ///
    /// # Errors
    /// [`QueryError::Views`]: the position is not recorded, or not counted in time, or too many moments of the past are
    /// being folded: ask again; or the views have stopped.
    pub async fn views(&self, mut cut: Cut, not_before: Option<Position>) -> Result<Arc<Snapshot>, QueryError> {
        let live = match not_before {
            Some(position) => self.runtime.at_least(position, PATIENCE).await?,
            None => self.latest().await,
        };
        // What is known at an instant to come is what is known now, and what is known now is in no need of a fold.
        cut.as_known_at = cut.as_known_at.filter(|instant| *instant < self.clock.now());
        if cut == Cut::default() { Ok(live) } else { Ok(self.runtime.at(cut).await?) }
    }

    /// The views as they are now. Who asks after a command was answered, on whichever connection, sees what it recorded.
    ///
    /// Views that are behind for long or have stopped still answer, as far as they came: `notBefore` insists.
    async fn latest(&self) -> Arc<Snapshot> {
        let head = self.ledger.counts(*self.store.head().borrow());
        let live = self.runtime.snapshot();
        if live.position >= head {
            return live;
        }
        self.runtime.at_least(head, GRACE).await.unwrap_or_else(|_| self.runtime.snapshot())
    }
}

/// Does work that reads or computes for long on a thread where it keeps nobody waiting.
///
/// # Errors
/// What the work says, or [`QueryError::Stopped`] if it panicked or the program is shutting down.
pub async fn aside<T, F>(work: F) -> Result<T, QueryError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, QueryError> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(QueryError::Stopped(error.to_string())))
}
