//! Reads the frames of one segment in order, through a window of a few MiB.

use super::frame::{self, HEADER_BYTES, Header};
use super::segment::{self, Segment};
use crate::StoreError;

/// Bytes read at a time; a longer frame is read whole.
const WINDOW_BYTES: usize = 4 << 20;

/// What stands at the reader's place.
pub(in crate::embedded) enum Next<'a> {
    /// A whole frame; the reader has moved behind it.
    Frame { at: u64, header: Header, bytes: &'a [u8] },
    /// The end of the file, or zeros where a header would stand. The reader stays.
    End,
    /// Anything else. The reader stays.
    Bad(&'static str),
}

pub(in crate::embedded) struct FrameReader {
    segment: Segment,
    /// Where the next frame is expected.
    at: u64,
    window: Vec<u8>,
    window_at: u64,
}

impl FrameReader {
    /// Reads `segment` from `at` on; 0 means its first frame.
    pub fn new(segment: Segment, at: u64) -> Self {
        let at = at.max(segment::HEADER_BYTES as u64);
        Self { segment, at, window: Vec::new(), window_at: at }
    }

    pub fn at(&self) -> u64 {
        self.at
    }

    pub fn segment(&self) -> &Segment {
        &self.segment
    }

    /// Reads the next frame and checks it.
    pub fn next(&mut self) -> Result<Next<'_>, StoreError> {
        let start = self.ensure(HEADER_BYTES)?;
        let Some(bytes) = self.window[start..].first_chunk::<HEADER_BYTES>() else {
            let rest = &self.window[start..];
            return Ok(if rest.iter().all(|byte| *byte == 0) { Next::End } else { Next::Bad("a frame is cut off") });
        };
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(Next::End);
        }
        let Some(header) = Header::read(bytes) else { return Ok(Next::Bad("no frame stands here")) };
        let start = self.ensure(header.frame_bytes())?;
        let Some(bytes) = self.window.get(start..start + header.frame_bytes()) else {
            return Ok(Next::Bad("a frame is cut off"));
        };
        if !frame::is_whole(bytes, &header, self.segment.salt) {
            return Ok(Next::Bad("a frame has a wrong checksum"));
        }
        let at = self.at;
        self.at += header.frame_bytes() as u64;
        Ok(Next::Frame { at, header, bytes })
    }

    /// Makes the window hold `len` bytes from the reader's place on, or all there are; returns where they begin in it.
    fn ensure(&mut self, len: usize) -> Result<usize, StoreError> {
        let start = usize::try_from(self.at - self.window_at).unwrap_or(usize::MAX);
        if start.checked_add(len).is_some_and(|end| end <= self.window.len()) {
            return Ok(start);
        }
        let left = self.segment.file.size().map_err(self.segment.io())?.saturating_sub(self.at);
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(len.max(WINDOW_BYTES));
        self.window.resize(wanted, 0);
        let read = self.segment.file.read_at(&mut self.window, self.at).map_err(self.segment.io())?;
        self.window.truncate(read);
        self.window_at = self.at;
        Ok(0)
    }

    /// Tells what stands from the reader's place to the end of the file.
    pub fn rest(&self) -> Result<Rest, StoreError> {
        let size = self.segment.file.size().map_err(self.segment.io())?;
        let mut bytes = vec![0; usize::try_from(size.saturating_sub(self.at)).unwrap_or(0)];
        let read = self.segment.file.read_at(&mut bytes, self.at).map_err(self.segment.io())?;
        bytes.truncate(read);
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(Rest::Zeros);
        }
        let holds_frame = (0..bytes.len()).any(|at| is_frame(&bytes[at..], self.segment.salt));
        Ok(if holds_frame { Rest::Frames } else { Rest::Debris })
    }
}

/// What stands behind the last good frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::embedded) enum Rest {
    /// Nothing, or zeros.
    Zeros,
    /// Bytes of no whole frame.
    Debris,
    /// At least one whole frame.
    Frames,
}

fn is_frame(bytes: &[u8], salt: u32) -> bool {
    let Some(header) = bytes.first_chunk().and_then(Header::read) else { return false };
    bytes.get(..header.frame_bytes()).is_some_and(|whole| frame::is_whole(whole, &header, salt))
}
