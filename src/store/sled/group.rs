//! Decides on the commits of one group, each seeing those before it, and fills the frame that will hold them.
//!
//! Nothing here is visible to readers: the index is changed when the frame is durable.

use super::hash::IdMap;
use super::index::{Index, POSITION_MAX};
use super::log::frame::{Builder, Entry};
use super::queue::{Answer, Pending};
use super::read;
use crate::codec::{self, Encoded, Stamp};
use crate::{Appended, Guard, Position, Revision, StoreError, StreamId};
use chrono::{DateTime, Utc};
use std::sync::RwLock;
use uuid::Uuid;

/// One record of the group, with what the index will need.
pub(super) struct Planned {
    /// Where it stands in the frame.
    pub at: usize,
    /// Which commit of the group, and which event of that.
    pub of: (usize, usize),
}

/// What a group needs while it is decided on; used again by the next one.
#[derive(Default)]
pub(super) struct Scratch {
    frame: Vec<u8>,
    /// Revisions of the streams that the group asked for, as they are after its commits so far.
    revisions: IdMap<StreamId, u64>,
    /// Event ids of the group, with the commit that brought them.
    ids: IdMap<Uuid, usize>,
}

/// The commits of one group on their way into one frame.
pub(super) struct Group<'a> {
    index: &'a RwLock<Index>,
    pub frame: Builder,
    pub planned: Vec<Planned>,
    pub commits: Vec<(Pending, Answer)>,
    scratch: Scratch,
    pub first: u64,
    pub recorded_at_us: i64,
    recorded_at: DateTime<Utc>,
}

impl<'a> Group<'a> {
    /// Begins a group; all its commits are recorded at `now_us`, or later if the clock went back.
    pub fn new(index: &'a RwLock<Index>, mut scratch: Scratch, now_us: i64) -> Self {
        let (first, recorded_at_us) = {
            let index = read::locked(index);
            (index.last + 1, index.last_recorded_at_us.max(now_us))
        };
        Self {
            index,
            frame: Builder::new(std::mem::take(&mut scratch.frame)),
            planned: Vec::new(),
            commits: Vec::new(),
            first,
            recorded_at_us,
            recorded_at: DateTime::from_timestamp_micros(recorded_at_us).unwrap_or_default(),
            scratch,
        }
    }

    /// Gives back what the next group uses again, with `frame` as its buffer.
    pub fn into_scratch(mut self, frame: Vec<u8>) -> Scratch {
        self.scratch.revisions.clear();
        self.scratch.ids.clear();
        Scratch { frame, ..self.scratch }
    }

    /// Takes a commit in, or settles at once what it will be answered.
    pub fn add(&mut self, pending: Pending) {
        let answer = match self.decide(&pending) {
            Ok(None) => Ok(self.write(&pending)),
            Ok(Some(first_answer)) => Ok(first_answer),
            Err(refused) => Err(refused),
        };
        self.commits.push((pending, answer));
    }

    /// The first answer if the commit is known, nothing if it is to be written.
    fn decide(&mut self, pending: &Pending) -> Result<Option<Appended>, StoreError> {
        if let Some(first_answer) = self.repeated_in_group(&pending.events)? {
            return Ok(Some(first_answer));
        }
        if let Some(first_answer) = self.repeated_in_log(&pending.events)? {
            return Ok(Some(first_answer));
        }
        self.check(&pending.guards)?;
        let last = self.next() - 1 + pending.events.len() as u64;
        if last > POSITION_MAX {
            let (what, limit) = ("number of records in the log", usize::try_from(POSITION_MAX).unwrap_or(usize::MAX));
            return Err(StoreError::TooLarge { what, found: usize::try_from(last).unwrap_or(usize::MAX), limit });
        }
        Ok(None)
    }

    fn next(&self) -> u64 {
        self.first + self.planned.len() as u64
    }

    fn repeated_in_group(&self, events: &[Encoded]) -> Result<Option<Appended>, StoreError> {
        let known = events.iter().find_map(|event| Some((event.id, *self.scratch.ids.get(&event.id)?)));
        let Some((id, commit)) = known else { return Ok(None) };
        let (pending, answer) = &self.commits[commit];
        let Ok(first_answer) = answer else { return Ok(None) };
        if pending.events == events {
            return Ok(Some(Appended { repeated: true, ..first_answer.clone() }));
        }
        let nth = pending.events.iter().position(|event| event.id == id).unwrap_or(0);
        Err(StoreError::IdReused { id, position: Position(first_answer.first.0 + nth as u64) })
    }

    fn repeated_in_log(&self, events: &[Encoded]) -> Result<Option<Appended>, StoreError> {
        for (nth, event) in events.iter().enumerate() {
            let Some(position) = find(self.index, event.id)? else { continue };
            let first = if nth == 0 { same_commit(self.index, position, events)? } else { None };
            return match first {
                Some(first_answer) => Ok(Some(first_answer)),
                None => Err(StoreError::IdReused { id: event.id, position: Position(position) }),
            };
        }
        Ok(None)
    }

    fn check(&mut self, guards: &[Guard]) -> Result<(), StoreError> {
        let index = read::locked(self.index);
        for guard in guards {
            let revisions = &mut self.scratch.revisions;
            let found = *revisions.entry(guard.stream).or_insert_with(|| index.revision(guard.stream));
            if found != guard.revision.0 {
                let (stream, expected) = (guard.stream, guard.revision);
                return Err(StoreError::Conflict { stream, expected, found: Revision(found) });
            }
        }
        Ok(())
    }

    fn write(&mut self, pending: &Pending) -> Appended {
        let (first, commit) = (self.next(), self.commits.len());
        let index = read::locked(self.index);
        for (nth, event) in pending.events.iter().enumerate() {
            let revisions = event.about.iter().map(|about| {
                let revision =
                    self.scratch.revisions.entry(about.stream).or_insert_with(|| index.revision(about.stream));
                *revision += 1;
                Revision(*revision)
            });
            let position = Position(self.first + self.planned.len() as u64);
            let stamp = Stamp { position, recorded_at_us: self.recorded_at_us, revisions: revisions.collect() };
            self.planned.push(Planned { at: self.frame.len(), of: (commit, nth) });
            let last_of_commit = nth + 1 == pending.events.len();
            self.frame.add(&event.bytes, last_of_commit, |out| codec::write_stamp(out, &stamp));
            self.scratch.ids.insert(event.id, commit);
        }
        drop(index);
        let (first, last) = (Position(first), Position(self.next() - 1));
        Appended { first, last, recorded_at: self.recorded_at, repeated: false }
    }
}

/// The position of the record with this id.
pub(super) fn find(index: &RwLock<Index>, id: Uuid) -> Result<Option<u64>, StoreError> {
    let candidates: Vec<u32> = {
        let index = read::locked(index);
        index.ids.candidates(index.key.hash(id)).collect()
    };
    let mut found = None;
    // One by one: nearly always there is none, or the one.
    for candidate in candidates {
        read::each(index, std::iter::once(candidate.into()), |segment, position, entry| {
            let (_, keys) = codec::decode_keys(entry.record).map_err(|what| segment.damaged(entry.at as u64, what))?;
            if keys.id == id {
                found = Some(position);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The first answer, if exactly these events are the commit that begins at `first`.
fn same_commit(index: &RwLock<Index>, first: u64, events: &[Encoded]) -> Result<Option<Appended>, StoreError> {
    let last = first + events.len() as u64 - 1;
    let (mut same, mut recorded_at, mut seen) = (true, None, 0);
    // The record before, if there is one, must end another commit.
    read::each(index, first.saturating_sub(1).max(1)..=last, |segment, position, entry: Entry<'_>| {
        if position < first {
            same &= entry.last_of_commit;
            return Ok(());
        }
        let (stamp, event) = codec::split(entry.record).map_err(|what| segment.damaged(entry.at as u64, what))?;
        let nth = usize::try_from(position - first).unwrap_or(usize::MAX);
        same &= events.get(nth).is_some_and(|known| known.bytes == event) && entry.last_of_commit == (position == last);
        recorded_at = recorded_at.or(DateTime::from_timestamp_micros(stamp.recorded_at_us));
        seen += 1;
        Ok(())
    })?;
    let recorded_at = recorded_at.filter(|_| same && seen == events.len());
    let (first, last) = (Position(first), Position(last));
    Ok(recorded_at.map(|recorded_at| Appended { first, last, recorded_at, repeated: true }))
}
