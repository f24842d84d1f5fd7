//! The bytes of a frame: the commits of one group, which became durable with one sync.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | magic `TFRM` |
//! | 4 | 4 | length of what follows the header, in bytes |
//! | 8 | 4 | CRC32C, starting from the salt of the segment, of the header but for this field, then of what follows |
//! | 12 | 4 | link: the CRC of the frame before, also across segments; 0 for the first frame of the log |
//! | 16 | 8 | position of the first record |
//! | 24 | 4 | number of records |
//! | 28 | 4 | zero |
//! | 32 | | the records: length (u32, highest bit set on the last record of a commit), CRC32C of the record, record |
//!
//! Numbers are little-endian. The record has a checksum of its own, so that reading one does not read its frame.
//! The salt is random: nobody can plant bytes in an event that pass for a frame. The link makes each frame stand for
//! everything before it, so that segments of two histories are not taken for one.

use crate::limits::{ABOUT_MAX, COMMIT_BYTES_MAX, COMMIT_EVENTS_MAX};

pub(in crate::embedded) const HEADER_BYTES: usize = 32;
/// Bytes in front of each record.
pub(in crate::embedded) const ENTRY_BYTES: usize = 8;
/// Bytes that a group of small commits may have; the next commit then waits for the next group.
pub(in crate::embedded) const GROUP_BYTES: usize = 4 << 20;
/// Bytes of the longest stamp: three headers, position, instant, and nine for each revision.
pub(in crate::embedded) const STAMP_BYTES_MAX: usize = 24 + 9 * ABOUT_MAX;
/// Bytes that follow the header at most: one commit at its limits, with its stamps.
pub(in crate::embedded) const FRAME_BYTES_MAX: usize =
    COMMIT_BYTES_MAX + COMMIT_EVENTS_MAX * (ENTRY_BYTES + STAMP_BYTES_MAX);
/// Records of one frame at most: a small record has more than 64 bytes.
pub(in crate::embedded) const FRAME_RECORDS_MAX: usize = FRAME_BYTES_MAX / 32;

const MAGIC: [u8; 4] = *b"TFRM";
const LAST_OF_COMMIT: u32 = 1 << 31;

/// A frame being filled.
pub(in crate::embedded) struct Builder {
    bytes: Vec<u8>,
    entry_at: usize,
}

impl Builder {
    /// Starts an empty frame in a buffer that is used again.
    pub fn new(mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        buffer.resize(HEADER_BYTES, 0);
        Self { bytes: buffer, entry_at: 0 }
    }

    /// Bytes so far, the header included; where the next record will stand in the frame.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a record, whose stamp is written by `stamp`.
    pub fn add(&mut self, event: &[u8], last_of_commit: bool, stamp: impl FnOnce(&mut Vec<u8>)) {
        self.entry_at = self.bytes.len();
        self.bytes.resize(self.entry_at + ENTRY_BYTES, 0);
        stamp(&mut self.bytes);
        self.bytes.extend_from_slice(event);
        let (head, record) = self.bytes[self.entry_at..].split_at_mut(ENTRY_BYTES);
        let flag = if last_of_commit { LAST_OF_COMMIT } else { 0 };
        head[..4].copy_from_slice(&(length(record.len()) | flag).to_le_bytes());
        head[4..].copy_from_slice(&crc32c::crc32c(record).to_le_bytes());
    }

    /// Writes the header and gives the bytes, with the CRC to which the next frame links.
    pub fn finish(mut self, salt: u32, link: u32, first: u64, count: u32) -> (Vec<u8>, u32) {
        let follows = length(self.bytes.len() - HEADER_BYTES);
        self.bytes[..4].copy_from_slice(&MAGIC);
        self.bytes[4..8].copy_from_slice(&follows.to_le_bytes());
        self.bytes[12..16].copy_from_slice(&link.to_le_bytes());
        self.bytes[16..24].copy_from_slice(&first.to_le_bytes());
        self.bytes[24..28].copy_from_slice(&count.to_le_bytes());
        let crc = checksum(&self.bytes, salt);
        self.bytes[8..12].copy_from_slice(&crc.to_le_bytes());
        (self.bytes, crc)
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a frame is far below 2 GiB: its commits were admitted")
}

fn checksum(frame: &[u8], salt: u32) -> u32 {
    let crc = crc32c::crc32c_append(salt, &frame[..8]);
    crc32c::crc32c_append(crc, &frame[12..])
}

/// The header of a frame; its checksum is not known to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::embedded) struct Header {
    pub follows: usize,
    pub crc: u32,
    pub link: u32,
    pub first: u64,
    pub count: u32,
}

impl Header {
    /// Reads a header; `None` if it cannot be one.
    pub fn read(bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let header = Self {
            follows: number(bytes, 4) as usize,
            crc: number(bytes, 8),
            link: number(bytes, 12),
            first: u64::from(number(bytes, 16)) | u64::from(number(bytes, 20)) << 32,
            count: number(bytes, 24),
        };
        let fits = header.follows <= FRAME_BYTES_MAX && (1..=FRAME_RECORDS_MAX).contains(&(header.count as usize));
        (bytes[..4] == MAGIC && fits && bytes[28..] == [0; 4]).then_some(header)
    }

    /// Bytes of the whole frame.
    pub fn frame_bytes(&self) -> usize {
        HEADER_BYTES + self.follows
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

/// Tells whether `frame`, which is as long as its header says, is what was written.
pub(in crate::embedded) fn is_whole(frame: &[u8], header: &Header, salt: u32) -> bool {
    checksum(frame, salt) == header.crc
}

/// One record in its frame.
#[derive(Debug, Clone, Copy)]
pub(in crate::embedded) struct Entry<'a> {
    /// Where it stands, from the start of what was read.
    pub at: usize,
    pub last_of_commit: bool,
    pub record: &'a [u8],
}

impl<'a> Entry<'a> {
    /// Reads the record that stands at `at`.
    pub fn read(bytes: &'a [u8], at: usize) -> Result<Self, &'static str> {
        let head = bytes.get(at..at.saturating_add(ENTRY_BYTES)).ok_or("a record is cut off")?;
        let from = at + ENTRY_BYTES;
        let len = (number(head, 0) & !LAST_OF_COMMIT) as usize;
        let record = bytes.get(from..from.saturating_add(len)).ok_or("a record is cut off")?;
        if crc32c::crc32c(record) != number(head, 4) {
            return Err("a record has a wrong checksum");
        }
        Ok(Self { at, last_of_commit: number(head, 0) & LAST_OF_COMMIT != 0, record })
    }

    /// Where the next record stands.
    pub fn end(&self) -> usize {
        self.at + ENTRY_BYTES + self.record.len()
    }
}

/// The records of a whole frame, in order; an error says why they are not what the header tells.
pub(in crate::embedded) fn entries<'a>(
    frame: &'a [u8],
    header: &Header,
) -> impl Iterator<Item = Result<Entry<'a>, &'static str>> + use<'a> {
    let (mut at, mut left) = (HEADER_BYTES, header.count);
    std::iter::from_fn(move || {
        if left == 0 {
            let rest = at < frame.len();
            at = frame.len();
            return rest.then_some(Err("bytes follow the last record of a frame"));
        }
        left -= 1;
        let entry = Entry::read(frame, at);
        match &entry {
            Ok(entry) => at = entry.end(),
            Err(_) => (left, at) = (0, frame.len()),
        }
        Some(entry)
    })
}
