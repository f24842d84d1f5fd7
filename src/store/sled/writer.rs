//! The one thread that writes: it takes every waiting commit, makes them durable with one sync, then answers.
//!
//! Order of a group: decide, write the frame, sync, show it to readers, write the mark, move the head, answer.
//! A failed write or sync stops it: what is on disk is unknown, and trying again could make a lost page look written.

use super::group::{Group, Planned, Scratch};
use super::index::Index;
use super::log::frame::{Builder, ENTRY_BYTES, GROUP_BYTES, STAMP_BYTES_MAX};
use super::log::mark::Mark;
use super::log::segment::{self, Segment};
use super::queue::{Answer, Pending, Queue, Stopped, Taken};
use super::saved::{FrameEnd, Pressure, Recorder};
use super::tiles::Groups;
use crate::audit::tree::Tree;
use crate::audit::{Hash, leaf_hash};
use crate::disk::Disk;
use crate::{Clock, Position, StoreError};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Instant;
use tokio::sync::watch;

/// Bytes of zeros written ahead of the frames at a time. A step costs one dearer sync.
pub(super) const FILL_BYTES: u64 = 1 << 20;
/// A group is written when the frame has this many records, whatever waits: it bounds how long a group takes.
const GROUP_RECORDS: usize = 16 << 10;

/// What the writer shares with everybody else.
pub(super) struct Shared {
    pub index: RwLock<Index>,
    /// As far as the index, or further: whoever sees a record finds it in the tree.
    pub tree: RwLock<Tree>,
    pub queue: Queue,
    pub head: watch::Sender<Position>,
}

impl Shared {
    pub fn index_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The end of the log, where the next frame goes.
pub(super) struct Tail {
    pub disk: Arc<dyn Disk>,
    pub dir: PathBuf,
    pub segment: Segment,
    pub segment_bytes: u64,
    /// Where the next frame goes.
    pub at: u64,
    /// The file is written up to here, with zeros behind `at`.
    pub filled: u64,
    /// CRC of the last frame.
    pub link: u32,
}

impl Tail {
    /// Writes a frame that begins with position `first` and makes it durable.
    fn append(&mut self, frame: &[u8]) -> Result<(), StoreError> {
        let end = self.at + frame.len() as u64;
        self.segment.file.write_at(frame, self.at).map_err(self.segment.io())?;
        if end > self.filled {
            let fill_to = end.next_multiple_of(FILL_BYTES).min(self.segment_bytes.max(end));
            let zeros = vec![0; usize::try_from(fill_to - end).unwrap_or(0)];
            self.segment.file.write_at(&zeros, end).map_err(self.segment.io())?;
            self.filled = fill_to;
        }
        self.segment.file.sync_data().map_err(self.segment.io())?;
        self.at = end;
        Ok(())
    }

    /// Begins another segment if a frame of `len` bytes does not fit; tells whether it did.
    fn make_room(&mut self, len: usize, first: u64) -> Result<bool, StoreError> {
        let begun = self.at > segment::HEADER_BYTES as u64;
        if !begun || self.at + len as u64 <= self.segment_bytes {
            return Ok(false);
        }
        self.segment.file.set_len(self.at).map_err(self.segment.io())?;
        self.segment.file.sync_data().map_err(self.segment.io())?;
        let fill = FILL_BYTES.min(self.segment_bytes);
        self.segment = Segment::make(self.disk.as_ref(), &self.dir, first, fill)?;
        (self.at, self.filled) = (segment::HEADER_BYTES as u64, fill);
        Ok(true)
    }
}

pub(super) struct Writer {
    pub shared: Arc<Shared>,
    pub clock: Arc<dyn Clock>,
    pub tail: Tail,
    pub mark: Mark,
    pub recorder: Recorder,
    pub groups: Groups,
    /// False in a measurement of what the tree costs, and nowhere else.
    pub keep_tree: bool,
}

impl Writer {
    /// Works until the queue is stopped. The last mark is synced on the way out.
    pub fn run(mut self) {
        let shared = self.shared.clone();
        let mut waiting = VecDeque::new();
        let mut scratch = Scratch::default();
        loop {
            match shared.queue.take(&mut waiting, self.mark.due()) {
                Taken::Commits => {}
                Taken::Nothing => self.sync_mark(),
                Taken::Stopped => break,
            }
            while !waiting.is_empty() {
                let mut group = Group::new(&shared.index, scratch, self.clock.now().timestamp_micros());
                self.gather(&mut waiting, &mut group);
                match self.commit(group) {
                    Ok(used) => scratch = used,
                    // Whatever waits is let go unanswered, and asks the queue why.
                    Err(()) => return,
                }
                if self.mark.due().is_some_and(|due| due <= Instant::now()) {
                    self.sync_mark();
                }
            }
        }
        self.sync_mark();
    }

    /// Takes what fits into one frame from the front of `waiting`.
    fn gather(&self, waiting: &mut VecDeque<Pending>, group: &mut Group<'_>) {
        while let Some(pending) = waiting.pop_front() {
            let bytes: usize = pending.events.iter().map(|event| event.bytes.len() + STAMP_BYTES_MAX).sum();
            let full = group.frame.len() + bytes > GROUP_BYTES || group.planned.len() >= GROUP_RECORDS;
            if full && !group.planned.is_empty() {
                waiting.push_front(pending);
                return;
            }
            group.add(pending);
        }
    }

    /// Makes a group durable and answers it; gives back its scratch. An error has stopped the queue.
    fn commit(&mut self, mut group: Group<'_>) -> Result<Scratch, ()> {
        let commits = std::mem::take(&mut group.commits);
        let result = if group.planned.is_empty() { Ok(Vec::new()) } else { self.record(&mut group, &commits) };
        match result {
            Ok(buffer) => {
                for (pending, answer) in commits {
                    // Nobody listens any more if the caller let go; the commit stands all the same.
                    drop(pending.answer.send(answer));
                }
                Ok(group.into_scratch(buffer))
            }
            Err(error) => {
                self.shared.queue.stop(Stopped::Broken(error.to_string()));
                Err(())
            }
        }
    }

    fn record(&mut self, group: &mut Group<'_>, commits: &[(Pending, Answer)]) -> Result<Vec<u8>, StoreError> {
        let frame = std::mem::replace(&mut group.frame, Builder::new(Vec::new()));
        let (planned, first, recorded_at_us) = (&group.planned, group.first, group.recorded_at_us);
        let begun = self.tail.make_room(frame.len(), first)?;
        let count = u32::try_from(planned.len()).unwrap_or(u32::MAX);
        let (bytes, crc) = frame.finish(self.tail.segment.salt, self.tail.link, first, count);
        let at = self.tail.at;
        self.tail.append(&bytes)?;
        self.tail.link = crc;
        self.grow(&bytes, planned, first);
        self.show(begun, at, planned, commits, recorded_at_us);
        let last = first + planned.len() as u64 - 1;
        self.mark.write(last)?;
        self.shared.head.send_replace(Position(last));
        Ok(bytes)
    }

    /// Makes a durable frame visible to readers.
    fn show(&mut self, begun: bool, at: u64, planned: &[Planned], commits: &[(Pending, Answer)], recorded_at_us: i64) {
        let mut index = self.shared.index_mut();
        if begun {
            self.recorder.save(Pressure::Drop);
            index.begin_segment(self.tail.segment.clone());
        }
        for record in planned {
            let event = &commits[record.of.0].0.events[record.of.1];
            self.recorder.add(&mut index, at + record.at as u64, event.id, &event.about);
            for shape in &event.shapes {
                self.recorder.shape(&mut index, &shape.kind, shape.version);
            }
        }
        let end = FrameEnd { at, end: self.tail.at, crc: self.tail.link, recorded_at_us };
        self.recorder.end_frame(&mut index, &end, Pressure::Drop);
    }

    /// Adds a durable frame's records to the tree, before anyone sees them.
    fn grow(&mut self, frame: &[u8], planned: &[Planned], first: u64) {
        if !self.keep_tree {
            return;
        }
        let ends = planned.iter().skip(1).map(|next| next.at).chain([frame.len()]);
        let leaf = |(record, end): (&Planned, usize)| leaf_hash(&frame[record.at + ENTRY_BYTES..end]);
        let leaves: Vec<Hash> = planned.iter().zip(ends).map(leaf).collect();
        let mut tree = self.shared.tree.write().unwrap_or_else(PoisonError::into_inner);
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        let leaf = |position: u64| leaves.get(usize::try_from(position.checked_sub(first)?).ok()?).copied();
        self.groups.save(&tree, &self.recorder, Pressure::Drop, leaf);
    }

    fn sync_mark(&mut self) {
        if let Err(error) = self.mark.sync() {
            self.shared.queue.stop(Stopped::Broken(error.to_string()));
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Should the thread ever end by a panic, nobody may wait for it for ever.
        self.shared.queue.stop(if std::thread::panicking() {
            Stopped::Broken("the writing thread panicked".into())
        } else {
            Stopped::Closed
        });
    }
}
