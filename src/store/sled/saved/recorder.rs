//! Puts records into the index, and the same into the block that will be saved.

use super::block::{Block, write_number};
use super::keeper::Keeping;
use crate::About;
use crate::embedded::index::Index;
use uuid::Uuid;

/// Records after which a block is saved: about 100 KB.
const BLOCK_RECORDS: u64 = 8192;

/// What to do when blocks come faster than sled takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::embedded) enum Pressure {
    /// Wait: nobody waits for us while the log is opened.
    Wait,
    /// Save no more: an append never waits for an index.
    Drop,
}

/// Where a frame stands, and what the next one has to know.
pub(in crate::embedded) struct FrameEnd {
    pub at: u64,
    pub end: u64,
    pub crc: u32,
    pub recorded_at_us: i64,
}

pub(in crate::embedded) struct Recorder {
    keeping: Option<Keeping>,
    block: Option<Block>,
    offset_before: u32,
}

impl Recorder {
    /// Saves nothing if `keeping` is missing.
    pub fn new(keeping: Option<Keeping>) -> Self {
        Self { keeping, block: None, offset_before: 0 }
    }

    /// Adds the record that stands at `at` of the last segment, behind all others.
    pub fn add(&mut self, index: &mut Index, at: u64, id: Uuid, about: &[About]) {
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        let hash = index.key.hash(id);
        let position = index.insert(offset, hash);
        let Some(keeping) = &self.keeping else {
            about.iter().for_each(|about| _ = index.post(about.stream, position));
            return;
        };
        let block = self.block.get_or_insert_with(|| {
            self.offset_before = 0;
            keeping.begin(index, position)
        });
        block.last = position.into();
        block.body.extend_from_slice(&hash.to_le_bytes());
        write_number(&mut block.body, offset - self.offset_before);
        self.offset_before = offset;
        write_number(&mut block.body, u32::try_from(about.len()).unwrap_or(0));
        for about in about {
            let number = index.post(about.stream, position);
            if number as usize == block.streams_before as usize + block.streams.len() {
                block.streams.push(about.stream);
            }
            write_number(&mut block.body, number);
        }
    }

    /// Counts a shape of the record added last.
    pub fn shape(&mut self, index: &mut Index, kind: &str, version: u16) {
        index.shapes.add(kind, version, index.last);
        self.block.iter_mut().for_each(|block| block.shapes.add(kind, version, index.last));
    }

    /// Ends a frame; a block that is full goes to be saved.
    pub fn end_frame(&mut self, index: &mut Index, frame: &FrameEnd, pressure: Pressure) {
        index.end_frame(frame.end, frame.recorded_at_us);
        let Some(block) = &mut self.block else { return };
        (block.frame_at, block.end, block.crc) = (frame.at, frame.end, frame.crc);
        block.recorded_at_us = frame.recorded_at_us;
        if block.last - block.first + 1 >= BLOCK_RECORDS {
            self.save(pressure);
        }
    }

    /// Saves the hashes of a group of tiles.
    pub fn tiles(&self, group: u64, hashes: Vec<u8>, pressure: Pressure) {
        if let Some(keeping) = &self.keeping {
            keeping.tiles(group, hashes, pressure);
        }
    }

    /// Saves the block begun, whatever its size: the next record stands in another segment, or none follows.
    pub fn save(&mut self, pressure: Pressure) {
        let Some(block) = self.block.take() else { return };
        if self.keeping.as_ref().is_some_and(|keeping| !keeping.give(block, pressure)) {
            self.keeping = None;
        }
    }
}
