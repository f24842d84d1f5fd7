//! Opening the log: what the saved index covers is taken from there, what follows is read, and the end is judged.
//!
//! - An incomplete last frame with no whole frame behind it, at or after the mark, is a torn tail: it is cut.
//! - A bad frame with a good one behind it, positions that jump, a missing segment, frames that do not link, or an end
//!   before the mark is damage: nothing is changed and the store does not open.
//! - What stands behind the mark is written and synced again before anyone sees it: a sync that failed, or a process
//!   that was killed before it, may have left it in memory only.

use super::Progress;
use super::derived::Derived;
use super::index::Index;
use super::log::frame::{self, Header};
use super::log::mark::Mark;
use super::log::reader::{FrameReader, Next, Rest};
use super::log::segment::{self, Segment};
use super::restore::{self, Resume};
use super::saved::{FrameEnd, Pressure, Recorder};
use super::writer::{FILL_BYTES, Tail};
use crate::codec;
use crate::disk::{Disk, Open};
use crate::{Inside, Position, StoreError};
use std::path::Path;
use std::sync::Arc;

/// An open log, before its writer starts.
pub(super) struct Opened {
    pub index: Index,
    pub tail: Tail,
    pub mark: Mark,
    pub recorder: Recorder,
    /// What was cut from its end.
    pub cut: Option<Cut>,
}

/// Bytes of no whole frame that stood behind the last record and were cut. A crash leaves such; so does a hand.
#[derive(Clone)]
pub(super) struct Cut {
    segment: Segment,
    at: u64,
    last: u64,
}

impl Cut {
    /// What there is to say of it.
    pub fn told(&self) -> StoreError {
        StoreError::TornTail { path: self.segment.path.to_path_buf(), offset: self.at, last: Position(self.last) }
    }
}

/// Opens the log in `dir`, or makes it.
pub(super) fn open(
    disk: Arc<dyn Disk>,
    dir: &Path,
    segment_bytes: u64,
    saved: (Index, Option<&Derived>),
    recorder: impl FnOnce() -> Recorder,
    inside: Inside,
    progress: &dyn Fn(Progress),
) -> Result<Opened, StoreError> {
    let log_dir = dir.join("log");
    disk.create_dir(&log_dir).map_err(StoreError::io(&log_dir))?;
    let firsts = segment::list(disk.as_ref(), &log_dir)?;
    if firsts.is_empty() {
        never_held_any(&log_dir, saved.1)?;
    }
    let mark = Mark::open(disk.as_ref(), &dir.join("mark"), firsts.is_empty())?;
    mark.warning().into_iter().for_each(|text| progress(Progress::Warning(text)));
    let segments = segments(disk.as_ref(), &log_dir, &firsts, segment_bytes, &mark)?;
    let (index, resume) = restore::restore(saved, &segments, progress);
    let mut scan = Scan { index, recorder: recorder(), link: resume.link, mark: mark.position(), unsure: None, inside };
    let reader = scan.run(&segments, &resume, progress)?;
    let (at, segment) = (reader.at(), reader.segment().clone());
    let rest = judge(&reader, &scan)?;
    let filled = settle(&segment, at, rest, scan.unsure)?;
    let cut = (rest == Rest::Debris).then(|| Cut { segment: segment.clone(), at, last: scan.index.last });
    cut.iter().for_each(|cut| progress(Progress::Warning(cut.told().to_string())));
    let mut mark = mark;
    if scan.index.last > mark.position() {
        mark.write(scan.index.last)?;
    }
    let tail = Tail { disk, dir: log_dir, segment, segment_bytes, at, filled, link: scan.link };
    Ok(Opened { index: scan.index, tail, mark, recorder: scan.recorder, cut })
}

/// Refuses to begin a log where the saved index tells of one: it is lost, mark and all.
fn never_held_any(log_dir: &Path, derived: Option<&Derived>) -> Result<(), StoreError> {
    let blocks = derived.map(|derived| derived.blocks(&|_| ())).unwrap_or_default();
    let Some(last) = blocks.last() else { return Ok(()) };
    let what = format!(
        "the log is missing, the saved index tells of {} records: restore it, or remove the index to begin an empty one",
        last.last
    );
    Err(StoreError::damaged(&log_dir.join(segment::name(1)), 0, what))
}

fn segments(
    disk: &dyn Disk,
    dir: &Path,
    firsts: &[u64],
    segment_bytes: u64,
    mark: &Mark,
) -> Result<Vec<Segment>, StoreError> {
    let first_path = dir.join(segment::name(1));
    match firsts {
        [] if mark.position() == 0 => Ok(vec![Segment::make(disk, dir, 1, FILL_BYTES.min(segment_bytes))?]),
        [] => Err(StoreError::damaged(&first_path, 0, format!("the log is missing, it held {}", mark.position()))),
        [1, ..] => {
            let last = firsts.len() - 1;
            let how = |nth| if nth == last { Open::Write } else { Open::Read };
            firsts.iter().enumerate().map(|(nth, first)| Segment::open(disk, dir, *first, how(nth))).collect()
        }
        [_, ..] => Err(StoreError::damaged(&first_path, 0, "the first segment of the log is missing")),
    }
}

struct Scan {
    index: Index,
    recorder: Recorder,
    link: u32,
    mark: u64,
    /// Where, in the last segment, the first frame stands that may be in memory only.
    unsure: Option<u64>,
    inside: Inside,
}

impl Scan {
    /// Reads every segment from the place where the saved index ends; gives the reader at the end of the last.
    fn run(
        &mut self,
        segments: &[Segment],
        resume: &Resume,
        progress: &dyn Fn(Progress),
    ) -> Result<FrameReader, StoreError> {
        let mut at = resume.at;
        let rest = &segments[resume.segment.min(segments.len() - 1)..];
        for (nth, segment) in rest.iter().enumerate() {
            if at == 0 {
                self.begin(segment)?;
            }
            let mut reader = FrameReader::new(segment.clone(), at);
            let bad = self.read(&mut reader)?;
            if nth + 1 == rest.len() {
                return Ok(reader);
            }
            progress(Progress::Reading { segment: resume.segment + nth + 1, of: segments.len() });
            if let Some(what) = bad {
                return Err(segment.damaged(reader.at(), what));
            }
            if reader.rest()? != Rest::Zeros {
                return Err(segment.damaged(reader.at(), "no frame stands here, and the log goes on"));
            }
            at = 0;
        }
        Err(StoreError::Malformed("a log has at least one segment"))
    }

    fn begin(&mut self, segment: &Segment) -> Result<(), StoreError> {
        if segment.first != self.index.last + 1 {
            return Err(segment.damaged(0, format!("the log before it ends at position {}", self.index.last)));
        }
        self.recorder.save(Pressure::Wait);
        self.index.begin_segment(segment.clone());
        self.unsure = None;
        Ok(())
    }

    /// Reads frames up to the first that is none; says what is wrong there, unless it is the end.
    fn read(&mut self, reader: &mut FrameReader) -> Result<Option<&'static str>, StoreError> {
        let segment = reader.segment().clone();
        loop {
            match reader.next()? {
                Next::End => return Ok(None),
                Next::Bad(what) => return Ok(Some(what)),
                Next::Frame { at, header, bytes } => self.take(&segment, at, &header, bytes)?,
            }
        }
    }

    fn take(&mut self, segment: &Segment, at: u64, header: &Header, bytes: &[u8]) -> Result<(), StoreError> {
        if header.first != self.index.last + 1 {
            let what = format!("position {} follows position {}", header.first, self.index.last);
            return Err(segment.damaged(at, what));
        }
        if header.link != self.link {
            return Err(segment.damaged(at, "the frame does not belong behind the one before it"));
        }
        let mut recorded_at_us = self.index.last_recorded_at_us;
        for entry in frame::entries(bytes, header) {
            let entry = entry.map_err(|what| segment.damaged(at, what))?;
            let here = at + entry.at as u64;
            let (stamp, keys) = codec::decode_keys(entry.record).map_err(|what| segment.damaged(here, what))?;
            if stamp.position.0 != self.index.last + 1 {
                return Err(segment.damaged(here, format!("position {} stands here", stamp.position)));
            }
            self.recorder.add(&mut self.index, here, keys.id, &keys.about);
            self.recorder.shape(&mut self.index, keys.kind, keys.version);
            let within = (self.inside)(keys.kind, keys.fact);
            within.into_iter().for_each(|shape| self.recorder.shape(&mut self.index, &shape.kind, shape.version));
            recorded_at_us = stamp.recorded_at_us;
        }
        self.link = header.crc;
        if self.index.last > self.mark {
            self.unsure.get_or_insert(at);
        }
        let end = FrameEnd { at, end: at + bytes.len() as u64, crc: header.crc, recorded_at_us };
        self.recorder.end_frame(&mut self.index, &end, Pressure::Wait);
        Ok(())
    }
}

/// Tells a torn tail, or none, from damage. Changes nothing.
fn judge(reader: &FrameReader, scan: &Scan) -> Result<Rest, StoreError> {
    let rest = reader.rest()?;
    let segment = reader.segment();
    if rest == Rest::Frames {
        return Err(segment.damaged(reader.at(), "a bad frame, with good ones behind it"));
    }
    if scan.index.last < scan.mark {
        let what = format!("the log ends at position {}, {} was acknowledged", scan.index.last, scan.mark);
        return Err(segment.damaged(reader.at(), what));
    }
    Ok(rest)
}

/// Cuts a torn tail and makes the rest certainly durable; tells up to where the file is filled.
fn settle(segment: &Segment, at: u64, rest: Rest, unsure: Option<u64>) -> Result<u64, StoreError> {
    let size = segment.file.size().map_err(segment.io())?;
    let settle = || {
        if rest == Rest::Debris {
            segment.file.set_len(at)?;
        }
        if let Some(from) = unsure {
            let mut bytes = vec![0; usize::try_from(at - from).unwrap_or(0)];
            crate::disk::read_exact(segment.file.as_ref(), &mut bytes, from)?;
            segment.file.write_at(&bytes, from)?;
        }
        segment.file.sync_data()
    };
    settle().map_err(segment.io())?;
    Ok(if rest == Rest::Debris { at } else { size.max(at) })
}
