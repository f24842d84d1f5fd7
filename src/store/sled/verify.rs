//! Reads the whole log back from disk and compares it with itself and with the index.

use super::log::frame::{self, Header};
use super::log::reader::{FrameReader, Next};
use super::log::segment::Segment;
use super::read::{locked, records};
use super::writer::Shared;
use crate::codec;
use crate::shapes::Shapes;
use crate::{Inside, Position, Record, StoreError, StreamId};
use std::collections::HashMap;
use uuid::Uuid;

/// What was verified: every frame, checksum, link, position, revision, instant, event id and index entry up to `head`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
}

struct Verify<'a> {
    shared: &'a Shared,
    report: VerifyReport,
    revisions: HashMap<StreamId, u64>,
    link: u32,
    recorded_at_us: i64,
    inside: Inside,
    shapes: Shapes,
}

/// Verifies the log up to its present head; `progress` hears the positions done and to do.
pub(super) fn verify(
    shared: &Shared,
    inside: Inside,
    progress: &mut dyn FnMut(Position, Position),
) -> Result<VerifyReport, StoreError> {
    let (segments, head): (Vec<Segment>, u64) = {
        let index = locked(&shared.index);
        (index.segments.iter().map(|placed| placed.segment.clone()).collect(), index.last)
    };
    let report = VerifyReport { segments: segments.len(), ..VerifyReport::default() };
    let (revisions, shapes) = (HashMap::new(), Shapes::default());
    let mut verify = Verify { shared, report, revisions, link: 0, recorded_at_us: i64::MIN, inside, shapes };
    for segment in segments {
        verify.segment(&segment, head)?;
        progress(verify.report.head, Position(head));
    }
    verify.report.streams = verify.revisions.len();
    verify.compare(head)?;
    Ok(verify.report)
}

impl Verify<'_> {
    fn segment(&mut self, segment: &Segment, head: u64) -> Result<(), StoreError> {
        segment.check_header()?;
        let mut reader = FrameReader::new(segment.clone(), 0);
        while self.report.head.0 < head {
            let expected = self.report.head.0 + 1;
            match reader.next()? {
                Next::End => return Ok(()),
                Next::Bad(what) => {
                    return Err(segment.damaged(reader.at(), format!("{what}, where position {expected} is expected")));
                }
                Next::Frame { at, header, bytes } => self.frame(segment, at, &header, bytes)?,
            }
        }
        Ok(())
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
