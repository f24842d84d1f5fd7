//! Reads the whole log back from disk and compares it with itself, with the index, and with the tree.

use super::log::frame::{self, Header};
use super::log::reader::{FrameReader, Next, Rest};
use super::log::segment::Segment;
use super::read::{locked, records};
use super::tiles::TILE_RECORDS;
use super::writer::Shared;
use crate::audit::tree::Tree;
use crate::audit::{Hash, empty_root, leaf_hash};
use crate::codec;
use crate::shapes::Shapes;
use crate::{Inside, Position, Record, StoreError, StreamId};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use uuid::Uuid;

/// Records between two tellings of how far it is.
const TELL_RECORDS: u64 = 4096;
/// How long, and how often, bytes behind the end are looked at again: somebody may be appending, which takes milliseconds.
const WRITING: Duration = Duration::from_millis(50);
const WRITING_LOOKS: usize = 20;

/// What was verified: every frame, checksum, link, position, revision, instant, event id, index entry and leaf up to `head`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// The last record verified.
    pub head: Position,
    /// Segment files read.
    pub segments: usize,
    /// Frames, that is group commits.
    pub frames: u64,
    /// Streams that hold a record.
    pub streams: usize,
    /// Bytes of all frames.
    pub bytes: u64,
    /// The root of the tree over all these records, hashed anew.
    pub root: Hash,
    /// The root over the first so many records, for each number that was asked for and is not beyond `head`.
    pub roots: BTreeMap<u64, Hash>,
}

struct Verify<'a> {
    shared: &'a Shared,
    report: VerifyReport,
    revisions: HashMap<StreamId, u64>,
    link: u32,
    recorded_at_us: i64,
    inside: Inside,
    shapes: Shapes,
    tree: Tree,
    sizes: &'a [u64],
    progress: &'a mut dyn FnMut(Position, Position),
}

/// Verifies the log up to its present head, and tells the roots at `sizes`; `progress` hears the positions done and to do.
pub(super) fn verify(
    shared: &Shared,
    inside: Inside,
    sizes: &[u64],
    progress: &mut dyn FnMut(Position, Position),
) -> Result<VerifyReport, StoreError> {
    let (segments, head): (Vec<Segment>, u64) = {
        let index = locked(&shared.index);
        (index.segments.iter().map(|placed| placed.segment.clone()).collect(), index.last)
    };
    let report = VerifyReport {
        head: Position(0),
        segments: segments.len(),
        frames: 0,
        streams: 0,
        bytes: 0,
        root: empty_root(),
        roots: BTreeMap::new(),
    };
    let (revisions, shapes, tree) = (HashMap::new(), Shapes::default(), Tree::default());
    let (link, recorded_at_us) = (0, i64::MIN);
    let mut verify = Verify { shared, report, revisions, link, recorded_at_us, inside, shapes, tree, sizes, progress };
    verify.tell_root();
    for (nth, segment) in segments.iter().enumerate() {
        let end = verify.segment(segment, head).map_err(|error| verify.expecting(error))?;
        verify.behind(segment, end, nth + 1 == segments.len())?;
    }
    verify.report.streams = verify.revisions.len();
    verify.report.root = root(&verify.tree);
    verify.compare(head)?;
    verify.compare_tiles(&segments)?;
    Ok(verify.report)
}

/// The root of a tree that is being grown: each whole tile has its hash, so no leaf is asked for again.
fn root(tree: &Tree) -> Hash {
    tree.root(tree.size(), &mut |_| Ok(Vec::new())).unwrap_or_else(|_| empty_root())
}

impl Verify<'_> {
    /// Reads the frames of one segment; gives the place behind the last.
    fn segment(&mut self, segment: &Segment, head: u64) -> Result<u64, StoreError> {
        segment.check_header()?;
        let mut reader = FrameReader::new(segment.clone(), 0);
        while self.report.head.0 < head {
            let told = self.report.head.0 / TELL_RECORDS;
            match reader.next()? {
                Next::End => break,
                Next::Bad(what) => return Err(segment.damaged(reader.at(), what)),
                Next::Frame { at, header, bytes } => self.frame(segment, at, &header, bytes)?,
            }
            if self.report.head.0 / TELL_RECORDS != told {
                (self.progress)(self.report.head, Position(head));
            }
        }
        Ok(reader.at())
    }

    /// Says of damage which position was expected there, unless it names one.
    fn expecting(&self, error: StoreError) -> StoreError {
        let next = self.report.head.0 + 1;
        match error {
            StoreError::Damaged { path, offset, what } if !what.contains("position") => {
                StoreError::Damaged { path, offset, what: format!("{what}, where position {next} is expected") }
            }
            other => other,
        }
    }

    /// Nothing but zeros stands behind the last frame of a segment, unless somebody is appending there.
    fn behind(&self, segment: &Segment, end: u64, is_last: bool) -> Result<(), StoreError> {
        let last = self.report.head;
        for _ in 0..if is_last { WRITING_LOOKS } else { 1 } {
            let rest = FrameReader::new(segment.clone(), end).rest()?;
            if rest == Rest::Zeros || (is_last && locked(&self.shared.index).last > last.0) {
                return Ok(());
            }
            std::thread::sleep(WRITING);
        }
        Err(segment.damaged(end, format!("behind position {last} stand bytes that nobody wrote")))
    }

    /// Tells the root of what was read, if it is asked for at this size.
    fn tell_root(&mut self) {
        let size = self.tree.size();
        if self.sizes.contains(&size) {
            self.report.roots.insert(size, root(&self.tree));
        }
    }

    /// The kept tree must say what the records say; a tile that does not is one that sled or memory holds wrong.
    fn compare_tiles(&self, segments: &[Segment]) -> Result<(), StoreError> {
        let kept = self.shared.tree();
        let differs = self.tree.tiles().iter().zip(kept.tiles()).position(|(found, kept)| found != kept);
        let missing = kept.size() < self.tree.size();
        drop(kept);
        match (differs, segments.last()) {
            (Some(tile), Some(segment)) => {
                let (first, last) = (tile as u64 * TILE_RECORDS + 1, (tile as u64 + 1) * TILE_RECORDS);
                let what = format!("the saved tree has other records from position {first} to {last}");
                Err(segment.damaged(0, what))
            }
            (None, Some(segment)) if missing => {
                Err(segment.damaged(0, format!("the tree ends before position {}", self.tree.size())))
            }
            (_, _) => Ok(()),
        }
    }

    fn frame(&mut self, segment: &Segment, at: u64, header: &Header, bytes: &[u8]) -> Result<(), StoreError> {
        if header.first != self.report.head.0 + 1 || header.link != self.link {
            let what = format!("the frame of position {} does not follow position {}", header.first, self.report.head);
            return Err(segment.damaged(at, what));
        }
        for entry in frame::entries(bytes, header) {
            let entry = entry.map_err(|what| segment.damaged(at, what))?;
            let here = at + entry.at as u64;
            let bad = |what: String| segment.damaged(here, format!("position {}: {what}", self.report.head.0 + 1));
            let record = codec::decode_record(entry.record).map_err(&bad)?;
            let place = locked(&self.shared.index).place(self.report.head.0 + 1);
            if place.is_none_or(|place| place.at != here) {
                return Err(bad("the index has another place".into()));
            }
            if let Some(what) = self.record(&record)? {
                return Err(segment.damaged(here, format!("position {}: {what}", self.report.head.0 + 1)));
            }
            self.report.head = record.position;
            self.tree.push(leaf_hash(entry.record));
            self.tell_root();
        }
        self.link = header.crc;
        self.report.frames += 1;
        self.report.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Says what is wrong with a record that decodes, if anything.
    fn record(&mut self, record: &Record) -> Result<Option<String>, StoreError> {
        let position = self.report.head.0 + 1;
        if record.position.0 != position {
            return Ok(Some(format!("it says position {}", record.position)));
        }
        let at = record.recorded_at.timestamp_micros();
        if at < self.recorded_at_us {
            return Ok(Some("it was recorded before the record in front of it".into()));
        }
        self.recorded_at_us = at;
        let event = &record.event;
        self.shapes.add(&event.kind, event.version, position);
        let within = (self.inside)(&event.kind, &event.fact);
        within.into_iter().for_each(|shape| self.shapes.add(&shape.kind, shape.version, position));
        let index = locked(&self.shared.index);
        for (about, revision) in record.event.about.iter().zip(&record.revisions) {
            let before = self.revisions.entry(about.stream).or_insert(0);
            *before += 1;
            if revision.0 != *before {
                return Ok(Some(format!("it has revision {revision} in stream {}, not {before}", about.stream)));
            }
            let nth = usize::try_from(*before - 1).unwrap_or(usize::MAX);
            if index.positions(about.stream).get(nth).is_none_or(|known| u64::from(*known) != position) {
                return Ok(Some(format!("the index has another record of stream {}", about.stream)));
            }
        }
        drop(index);
        self.id(record.event.id, position)
    }

    /// The table of ids must propose this position; other proposals must be other ids.
    fn id(&self, id: Uuid, position: u64) -> Result<Option<String>, StoreError> {
        let candidates: Vec<u64> = {
            let index = locked(&self.shared.index);
            index.ids.candidates(index.key.hash(id)).map(u64::from).collect()
        };
        if !candidates.contains(&position) {
            return Ok(Some(format!("the index does not know event id {id}")));
        }
        let others = candidates.into_iter().filter(|candidate| *candidate < position);
        let twice = records(&self.shared.index, others)?.into_iter().find(|other| other.event.id == id);
        Ok(twice.map(|other| format!("its event id {id} stands at position {} already", other.position)))
    }

    fn compare(&self, head: u64) -> Result<(), StoreError> {
        let index = locked(&self.shared.index);
        let last = index.segments.last().map(|placed| placed.segment.clone());
        // What was recorded meanwhile is in the index and not in what was read.
        let other_shapes = index.last == head && index.shapes != self.shapes;
        drop(index);
        match last {
            Some(segment) if other_shapes => Err(segment.damaged(0, "the index counts other kinds of events")),
            Some(segment) if self.report.head.0 != head => {
                Err(segment.damaged(0, format!("the log on disk ends at position {}, not {head}", self.report.head)))
            }
            Some(_) | None => Ok(()),
        }
    }
}
