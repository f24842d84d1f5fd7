//! Bytes, streams, positions and keys: where records are kept, and nothing about what they mean.
//!
//! Read [`record`] first (what is kept), then [`EventStore`] (what can be asked of an engine),
//! then [`memory`] (the reference) and the embedded engine, which is held against it by the conformance suite.
//! [`vault`] keeps the keys; [`disk`] is the only way to a file.

pub mod audit;
mod codec;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::unwrap_used, clippy::panic, reason = "it is made of tests")]
pub mod conformance;
pub mod disk;
#[path = "sled/mod.rs"]
pub mod embedded;
#[cfg(any(test, feature = "testing"))]
pub mod faulty;
pub mod limits;
mod mark;
pub mod memory;
pub mod record;
mod shapes;
pub mod vault;

pub use embedded::{EmbeddedStore, Options};
pub use memory::MemoryStore;
pub use record::{
    About, Actor, Class, Commit, Event, Guard, Inside, Occurrence, Position, Record, Revision, Role, Sealed, Shape,
    StreamId, Subject, nothing_inside,
};

use chrono::{DateTime, Utc};
use std::path::PathBuf;
use tokio::sync::watch;
use uuid::Uuid;

/// Tells the instant at which a record is made. Injected, so that a history can be rehearsed.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// What an engine answers to an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Position of the first record of the commit.
    pub first: Position,
    /// Position of the last record of the commit.
    pub last: Position,
    /// When the store recorded it; of a repeated commit, when it did so the first time.
    pub recorded_at: DateTime<Utc>,
    /// True if this very commit had been recorded before and nothing was written now.
    pub repeated: bool,
}

/// An append-only log of records. Engines differ in where the bytes lie, in nothing else.
pub trait EventStore: Send + Sync + 'static {
    /// Adds `commit` whole or not at all.
    ///
    /// When the future resolves the commit is durable (it survives a power cut) and visible to every reader.
    /// A commit whose event ids are all known, with the same content in the same order, is answered as it was the first time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a guard no longer holds: read again, decide again.
    /// [`StoreError::IdReused`] if an event id is known with other content: nothing was written, choose another id.
    /// [`StoreError::TooLarge`] and [`StoreError::Malformed`] name what is wrong with the commit.
    /// [`StoreError::Broken`] after a failed write: the engine takes no more commits until it is opened again.
    fn append(&self, commit: Commit) -> impl Future<Output = Result<Appended, StoreError>> + Send;

    /// Returns the records after `after`, in order of position, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Io`] if the bytes cannot be read back.
    fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, StoreError>;

    /// Returns the records of one stream after `after`, in order of revision, at most `limit` of them.
    ///
    /// # Errors
    /// As [`EventStore::read`].
    fn read_stream(&self, stream: StreamId, after: Revision, limit: usize) -> Result<Vec<Record>, StoreError>;

    /// Returns the position of the record with this event id, if it was recorded.
    ///
    /// # Errors
    /// As [`EventStore::read`].
    fn find(&self, event: Uuid) -> Result<Option<Position>, StoreError>;

    /// Returns every stream of one kind that holds at least one record, in no particular order.
    fn streams(&self, kind: u8) -> Vec<StreamId>;

    /// Returns every shape of event that the log holds, those inside other events included, in order of kind and version.
    ///
    /// A record counts once for its own shape, and once for that of what it holds inside.
    fn shapes(&self) -> Vec<Occurrence>;

    /// The position of the last durable record, or 0 for an empty log; the receiver rings when it moves.
    fn head(&self) -> watch::Receiver<Position>;
}

/// Why the store could not do what was asked. Texts are fit for the screen; none holds a personal value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote to a stream that the decision had read.
    #[error("stream {stream} is at revision {found}, the decision was made at {expected}")]
    Conflict {
        /// The stream that moved on.
        stream: StreamId,
        /// The revision that the guard named.
        expected: Revision,
        /// The revision found.
        found: Revision,
    },
    /// An event id came again with another content.
    #[error("event id {id} is already recorded at position {position} with other content")]
    IdReused {
        /// The id.
        id: Uuid,
        /// Where it is recorded.
        position: Position,
    },
    /// A commit is over a limit.
    #[error("{what} is {found}, the limit is {limit}")]
    TooLarge {
        /// What was measured, with its unit.
        what: &'static str,
        /// The number found.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A commit is not one: no event, no stream, a stream named twice in one event.
    #[error("malformed commit: {0}")]
    Malformed(&'static str),
    /// Another process owns the data directory.
    #[error("{path} is in use by another process; stop it, or choose another data directory", path = .path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The files were written by a newer program.
    #[error("{path} has format {found}, this program reads up to {known}; use a newer trajet", path = .path.display())]
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// The format it declares.
        found: u8,
        /// The newest format known here.
        known: u8,
    },
    /// Bytes are not what was written. Never repaired in silence.
    #[error("{path} is damaged at byte {offset}: {what}; restore this file from a backup, nothing was changed", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// What is wrong there.
        what: String,
    },
    /// Bytes of no whole record stood behind the last one, and were cut when the log was opened.
    #[error(
        "{path}: behind position {last} stood bytes of no whole record from byte {offset} on, which were cut at the opening: \
a crash leaves such, and so does a hand; nothing acknowledged was in them", path = .path.display()
    )]
    TornTail {
        /// The file.
        path: PathBuf,
        /// Where they began.
        offset: u64,
        /// The last record in front of them.
        last: Position,
    },
    /// The operating system refused.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// A write failed earlier, so what is on disk is not known any more.
    #[error("the log stopped after a failed write ({0}); restart trajet: it opens at the last acknowledged record")]
    Broken(String),
    /// The store was closed.
    #[error("the log is closed")]
    Closed,
}

impl StoreError {
    pub(crate) fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    pub(crate) fn damaged(path: &std::path::Path, offset: u64, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), offset, what: what.into() }
    }
}
