//! The reference engine: everything in plain vectors behind one lock, nothing on disk.
//!
//! It is written to be read, not to be fast; the other engines are held against it by the conformance suite.

use crate::codec::Encoded;
use crate::limits;
use crate::shapes::Shapes;
use crate::{
    Appended, Clock, Commit, EventStore, Guard, Inside, Occurrence, Position, Record, Revision, StoreError, StreamId,
    nothing_inside,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use uuid::Uuid;

/// An engine that forgets everything when it is dropped.
pub struct MemoryStore {
    clock: Arc<dyn Clock>,
    inside: Inside,
    log: Mutex<Log>,
    head: watch::Sender<Position>,
}

#[derive(Default)]
struct Log {
    records: Vec<Record>,
    /// The encoded event of each record, to tell a repeated commit from a reused id.
    bytes: Vec<Vec<u8>>,
    /// First and last position of the commit of each record.
    commits: Vec<(u64, u64)>,
    streams: BTreeMap<StreamId, Vec<u64>>,
    ids: HashMap<Uuid, u64>,
}

impl MemoryStore {
    /// Opens an empty log.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, inside: nothing_inside, log: Mutex::default(), head: watch::Sender::new(Position(0)) }
    }

    /// With somebody who can tell what stands inside a fact.
    #[must_use]
    pub fn told_by(self, inside: Inside) -> Self {
        Self { inside, ..self }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        // The log is changed in one step that cannot panic half-way, so a poisoned one is whole.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append_now(&self, commit: Commit) -> Result<Appended, StoreError> {
        let encoded = limits::admit(&commit, self.inside)?;
        let mut log = self.log();
        if let Some(first_answer) = log.repeated(&encoded)? {
            return Ok(first_answer);
        }
        log.check(&commit.guards)?;
        let appended = log.add(commit, encoded, truncate(self.clock.now()));
        // Under the lock, so that the head never moves back.
        self.head.send_replace(appended.last);
        Ok(appended)
    }
}

/// Cuts an instant to what is stored of it, microseconds.
fn truncate(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

impl Log {
    /// The first answer, if this commit is recorded already.
    fn repeated(&self, encoded: &[Encoded]) -> Result<Option<Appended>, StoreError> {
        let Some((known, position)) = encoded.iter().find_map(|event| Some((event.id, *self.ids.get(&event.id)?)))
        else {
            return Ok(None);
        };
        let (first, last) = self.commits[index(position)];
        let recorded = &self.bytes[index(first)..=index(last)];
        if recorded.len() != encoded.len() || recorded.iter().zip(encoded).any(|(old, new)| *old != new.bytes) {
            return Err(StoreError::IdReused { id: known, position: Position(position) });
        }
        let recorded_at = self.records[index(first)].recorded_at;
        Ok(Some(Appended { first: Position(first), last: Position(last), recorded_at, repeated: true }))
    }

    fn check(&self, guards: &[Guard]) -> Result<(), StoreError> {
        for guard in guards {
            let found = self.revision(guard.stream);
            if found != guard.revision {
                return Err(StoreError::Conflict { stream: guard.stream, expected: guard.revision, found });
            }
        }
        Ok(())
    }

    fn revision(&self, stream: StreamId) -> Revision {
        Revision(self.streams.get(&stream).map_or(0, |positions| positions.len() as u64))
    }

    fn add(&mut self, commit: Commit, encoded: Vec<Encoded>, now: DateTime<Utc>) -> Appended {
        let recorded_at = self.records.last().map_or(now, |last| last.recorded_at.max(now));
        let first = self.records.len() as u64 + 1;
        let last = self.records.len() as u64 + commit.events.len() as u64;
        for (position, (event, encoded)) in (first..=last).zip(commit.events.into_iter().zip(encoded)) {
            let mut revisions = Vec::with_capacity(event.about.len());
            for about in &event.about {
                let positions = self.streams.entry(about.stream).or_default();
                positions.push(position);
                revisions.push(Revision(positions.len() as u64));
            }
            self.ids.insert(event.id, position);
            self.bytes.push(encoded.bytes);
            self.commits.push((first, last));
            self.records.push(Record { position: Position(position), recorded_at, revisions, event });
        }
        Appended { first: Position(first), last: Position(last), recorded_at, repeated: false }
    }
}

/// Where the record at a position, which is from 1, stands in a vector.
fn index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX).saturating_sub(1)
}

impl EventStore for MemoryStore {
    async fn append(&self, commit: Commit) -> Result<Appended, StoreError> {
        self.append_now(commit)
    }

    fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, StoreError> {
        let log = self.log();
        let from = usize::try_from(after.0).unwrap_or(usize::MAX);
        Ok(log.records.iter().skip(from).take(limit).cloned().collect())
    }

    fn read_stream(&self, stream: StreamId, after: Revision, limit: usize) -> Result<Vec<Record>, StoreError> {
        let log = self.log();
        let from = usize::try_from(after.0).unwrap_or(usize::MAX);
        let positions = log.streams.get(&stream).map_or(&[][..], Vec::as_slice);
        Ok(positions.iter().skip(from).take(limit).map(|position| log.records[index(*position)].clone()).collect())
    }

    fn find(&self, event: Uuid) -> Result<Option<Position>, StoreError> {
        Ok(self.log().ids.get(&event).copied().map(Position))
    }

    fn streams(&self, kind: u8) -> Vec<StreamId> {
        self.log().streams.keys().filter(|stream| stream.kind == kind).copied().collect()
    }

    fn shapes(&self) -> Vec<Occurrence> {
        let mut shapes = Shapes::default();
        for record in &self.log().records {
            let event = &record.event;
            shapes.add(&event.kind, event.version, record.position.0);
            let within = (self.inside)(&event.kind, &event.fact);
            within.into_iter().for_each(|shape| shapes.add(&shape.kind, shape.version, record.position.0));
        }
        shapes.occurrences()
    }

    fn head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }
}
