//! Where records stand: position -> segment and offset, stream -> positions, event id -> position; and their shapes.
//!
//! Everything here follows from the log. It lives in memory, is changed by the writer only, and only for what is
//! durable. Positions are kept in 32 bits: [`POSITION_MAX`] records fit, and the writer refuses one more.

use super::hash::IdMap;
use super::ids::{HashKey, Ids};
use super::log::segment::Segment;
use crate::shapes::Shapes;
use crate::{Position, Revision, StreamId};

/// The highest position: 4.2 thousand million records, 900 years of 100,000 participants with 40 events each.
pub const POSITION_MAX: u64 = u32::MAX as u64 - 1;

/// One segment with the places of its records.
pub(super) struct Placed {
    pub segment: Segment,
    pub offsets: Vec<u32>,
    /// Where the last frame ends.
    pub end: u64,
}

/// Where to read one record: at most `len` bytes hold it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub segment: usize,
    pub at: u64,
    pub len: usize,
}

pub(super) struct Index {
    pub segments: Vec<Placed>,
    pub numbers: IdMap<StreamId, u32>,
    /// Positions of each stream, by its number.
    pub postings: Vec<Vec<u32>>,
    pub ids: Ids,
    pub key: HashKey,
    pub shapes: Shapes,
    pub last_recorded_at_us: i64,
    /// Position of the last record.
    pub last: u64,
}

impl Index {
    pub fn new(key: HashKey) -> Self {
        Self {
            segments: Vec::new(),
            numbers: IdMap::default(),
            postings: Vec::new(),
            ids: Ids::with_room(0),
            key,
            shapes: Shapes::default(),
            last_recorded_at_us: i64::MIN,
            last: 0,
        }
    }

    /// The revision of a stream; 0 if it holds nothing.
    pub fn revision(&self, stream: StreamId) -> u64 {
        self.numbers.get(&stream).map_or(0, |number| self.postings[*number as usize].len() as u64)
    }

    pub fn positions(&self, stream: StreamId) -> &[u32] {
        self.numbers.get(&stream).map_or(&[], |number| &self.postings[*number as usize])
    }

    /// Starts a segment behind the others.
    pub fn begin_segment(&mut self, segment: Segment) {
        let end = super::log::segment::HEADER_BYTES as u64;
        self.segments.push(Placed { segment, offsets: Vec::new(), end });
    }

    /// Adds the record that stands at `offset` of the last segment, behind all others.
    pub fn insert(&mut self, offset: u32, hash: u32) -> u32 {
        self.last += 1;
        let position = u32::try_from(self.last).unwrap_or(u32::MAX);
        if let Some(placed) = self.segments.last_mut() {
            placed.offsets.push(offset);
        }
        self.ids.insert(hash, position);
        position
    }

    /// Adds a position to a stream, and gives the number of the stream.
    pub fn post(&mut self, stream: StreamId, position: u32) -> u32 {
        let next = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(stream).or_insert(next);
        if number == next {
            self.postings.push(Vec::new());
        }
        self.postings[number as usize].push(position);
        number
    }

    /// Says where the last frame of the last segment ends.
    pub fn end_frame(&mut self, end: u64, recorded_at_us: i64) {
        if let Some(placed) = self.segments.last_mut() {
            placed.end = end;
        }
        self.last_recorded_at_us = recorded_at_us;
    }

    /// Where a record stands; `None` for a position that is not there.
    pub fn place(&self, position: u64) -> Option<Place> {
        if position == 0 || position > self.last {
            return None;
        }
        let segment = self.segments.partition_point(|placed| placed.segment.first <= position).checked_sub(1)?;
        let placed = &self.segments[segment];
        let nth = usize::try_from(position - placed.segment.first).ok()?;
        let at = u64::from(*placed.offsets.get(nth)?);
        let end = placed.offsets.get(nth + 1).map_or(placed.end, |next| u64::from(*next));
        Some(Place { segment, at, len: usize::try_from(end.checked_sub(at)?).ok()? })
    }

    /// Positions of a stream after a revision.
    pub fn after(&self, stream: StreamId, after: Revision, limit: usize) -> Vec<u64> {
        let from = usize::try_from(after.0).unwrap_or(usize::MAX);
        self.positions(stream).iter().skip(from).take(limit).map(|position| u64::from(*position)).collect()
    }

    /// The head of the log.
    pub fn head(&self) -> Position {
        Position(self.last)
    }
}
