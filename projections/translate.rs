//! A record of the store as the domain knows it, and a stream of the domain as the store names it.
//!
//! The two crates do not know each other; this is the one place where their numbers meet.
//! A number or a fact that this program does not know is an error, never a gap: no view may skip a record.

use chrono::{DateTime, Utc};
use domain::fact::{About, Fact, Role, Stream, StreamKind};
use domain::history::{Cut, History, Known};
use domain::ids::EventId;
use domain::kin::Kin;
use domain::wire::{self, WireError};
use std::collections::BTreeMap;
use store::{EventStore, Position, Record, Revision, StoreError, StreamId};

/// Records of one stream read at a time: a few thousand bytes each, so some megabytes in memory.
pub const STREAM_PAGE_RECORDS_MAX: usize = 4_096;

/// Why a record cannot be understood. It stays in the log; a newer program may read it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranslateError {
    /// The fact is of a kind, version or shape that this program does not read.
    #[error("record {position} (kind {kind}, version {version}): {source}")]
    Fact {
        /// Where the record stands.
        position: Position,
        /// The kind that it declares.
        kind: String,
        /// The version that it declares.
        version: u16,
        /// What is wrong.
        source: WireError,
    },
    /// The record stands in a stream of a kind that this program does not know.
    #[error(
        "record {position} stands in a stream of kind {found}, which this program does not know; use a newer trajet"
    )]
    StreamKind {
        /// Where the record stands.
        position: Position,
        /// The number found.
        found: u8,
    },
    /// A stream is to the record something that this program does not know.
    #[error("record {position} names role {found}, which this program does not know; use a newer trajet")]
    Role {
        /// Where the record stands.
        position: Position,
        /// The number found.
        found: u8,
    },
}

/// Why a history cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store could not read it back.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of its records cannot be understood.
    #[error(transparent)]
    Record(#[from] TranslateError),
}

/// The store's name of a stream.
#[must_use]
pub const fn stream_id(stream: Stream) -> StreamId {
    StreamId { kind: stream.kind as u8, id: stream.id }
}

/// The domain's name of a stream; `None` if its kind is not known to this program.
#[must_use]
pub fn stream_of(id: StreamId) -> Option<Stream> {
    Some(Stream { kind: StreamKind::of(id.kind)?, id: id.id })
}

/// The record as the domain sees it.
///
/// # Errors
/// [`TranslateError`] names the position and what is not known; the caller stops, because a record is never skipped.
pub fn known(record: &Record) -> Result<Known, TranslateError> {
    let event = &record.event;
    let fact = fact(record.position, &event.kind, event.version, &event.fact)?;
    let about = event.about.iter().map(|one| about(record.position, one)).collect::<Result<_, _>>()?;
    Ok(Known {
        position: record.position.0,
        id: EventId(event.id),
        recorded_at: record.recorded_at,
        effective_on: event.effective_on,
        about,
        fact,
    })
}

/// The fact of the record at a position.
pub(crate) fn fact(position: Position, kind: &str, version: u16, bytes: &[u8]) -> Result<Fact, TranslateError> {
    wire::decode(kind, version, bytes).map_err(|source| TranslateError::Fact {
        position,
        kind: kind.to_owned(),
        version,
        source,
    })
}

/// One of the things that the record at a position is about.
pub(crate) fn about(position: Position, about: &store::About) -> Result<About, TranslateError> {
    let stream = stream_of(about.stream).ok_or(TranslateError::StreamKind { position, found: about.stream.kind })?;
    let role = Role::of(about.role.0).ok_or(TranslateError::Role { position, found: about.role.0 })?;
    Ok(About { stream, role })
}

/// One stream's whole history as far as the cut reaches, and the revision up to which the store was read.
///
/// Of a person it is the history of all files merged into theirs ([`domain::kin`]); the revision is that of their own.
/// It counts every record of the stream, those beyond the cut included: it is what a guard must name.
///
/// # Errors
/// [`ReadError::Store`] if the bytes cannot be read back, [`ReadError::Record`] if a record is not known.
pub fn read_history<S: EventStore>(store: &S, stream: Stream, cut: Cut) -> Result<(History, Revision), ReadError> {
    let (kin, revisions) = read_kin(store, stream)?;
    let revision = revisions.get(&stream).copied().unwrap_or_default();
    Ok((kin.history(stream, cut), revision))
}

/// One stream with every file that was ever merged with it, and the revision up to which each was read.
///
/// # Errors
/// As [`read_history`].
pub fn read_kin<S: EventStore>(store: &S, stream: Stream) -> Result<(Kin, BTreeMap<Stream, Revision>), ReadError> {
    let mut revisions = BTreeMap::new();
    let mut read = |stream: Stream| {
        let (records, revision) = read_records(store, stream)?;
        revisions.insert(stream, revision);
        Ok::<_, ReadError>(records)
    };
    let records = read(stream)?;
    let kin = Kin::gather(stream, records, read)?;
    Ok((kin, revisions))
}

/// Every record of one stream, and the revision of the last of them.
///
/// # Errors
/// As [`read_history`].
pub fn read_records<S: EventStore>(store: &S, stream: Stream) -> Result<(Vec<Known>, Revision), ReadError> {
    read_stream(store, stream, Revision(0), STREAM_PAGE_RECORDS_MAX)
}

/// One stream's records after a revision, and the revision of the last of them.
pub(crate) fn read_stream<S: EventStore>(
    store: &S,
    stream: Stream,
    after: Revision,
    page: usize,
) -> Result<(Vec<Known>, Revision), ReadError> {
    let mut records = Vec::new();
    let mut revision = after;
    loop {
        let read = store.read_stream(stream_id(stream), revision, page)?;
        revision.0 += read.len() as u64;
        for record in &read {
            records.push(known(record)?);
        }
        if read.len() < page {
            return Ok((records, revision));
        }
    }
}

/// The place of the last record that was known at an instant, 0 if there was none.
///
/// `recorded_at` never goes back, so the log is searched by halves: about twenty records are read of a million.
/// The records of one commit bear one instant, so the place is always the end of a commit.
///
/// # Errors
/// [`StoreError`] if the bytes cannot be read back.
pub fn position_at<S: EventStore>(store: &S, instant: DateTime<Utc>) -> Result<Position, StoreError> {
    let (mut known, mut unknown) = (0, store.head().borrow().0 + 1);
    while unknown - known > 1 {
        let middle = known + (unknown - known) / 2;
        if recorded_at(store, Position(middle))?.is_some_and(|at| at <= instant) {
            known = middle;
        } else {
            unknown = middle;
        }
    }
    Ok(Position(known))
}

/// When the record at a position was recorded; `None` before the first and behind the last.
pub(crate) fn recorded_at<S: EventStore>(store: &S, at: Position) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(before) = at.0.checked_sub(1) else { return Ok(None) };
    Ok(store.read(Position(before), 1)?.first().map(|record| record.recorded_at))
}
