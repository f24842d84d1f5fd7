//! The files of the log: `log/<position of its first record, 20 digits>.seg`.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | magic `TRAJSEGM` |
//! | 8 | 1 | format version, 1; the next 7 bytes are zero |
//! | 16 | 8 | position of the first record |
//! | 24 | 4 | salt of the checksums, random |
//! | 28 | 32 | zeros |
//! | 60 | 4 | CRC32C of the bytes before |
//! | 64 | | frames, then zeros |
//!
//! The last segment is filled with zeros ahead of the frames, so that a sync finds the blocks allocated and writes data
//! only. A segment gets its name when its header is durable; it is cut to its frames and synced before the next begins.

use crate::StoreError;
use crate::disk::{Disk, DiskFile, Open, read_exact};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

pub(in crate::embedded) const HEADER_BYTES: usize = 64;
/// A segment smaller than this holds hardly a frame.
pub const SEGMENT_BYTES_MIN: u64 = 4 << 10;
/// Offsets in a segment, one frame over its size included, must fit in 32 bits.
pub const SEGMENT_BYTES_MAX: u64 = 1 << 30;
/// What a segment has unless told otherwise.
pub const SEGMENT_BYTES: u64 = 64 << 20;
const MAGIC: &[u8; 8] = b"TRAJSEGM";
/// The newest format known here.
pub const VERSION: u8 = 1;

/// One segment file, open. Shared by the writer and all readers.
#[derive(Clone)]
pub(in crate::embedded) struct Segment {
    pub path: Arc<Path>,
    pub file: Arc<dyn DiskFile>,
    pub first: u64,
    pub salt: u32,
}

impl Segment {
    /// Makes the segment that begins with position `first`, filled with zeros up to `fill`; durable in name and content.
    pub fn make(disk: &dyn Disk, dir: &Path, first: u64, fill: u64) -> Result<Self, StoreError> {
        let path = dir.join(name(first));
        let unfinished = path.with_extension("new");
        let mut salt = [0; 4];
        getrandom::fill(&mut salt).map_err(|error| StoreError::io(&path)(std::io::Error::other(error.to_string())))?;
        let salt = u32::from_le_bytes(salt);
        let mut start = vec![0; usize::try_from(fill).unwrap_or(0).max(HEADER_BYTES)];
        start[..HEADER_BYTES].copy_from_slice(&header(first, salt));
        let make = || {
            let file = disk.open(&unfinished, Open::Create)?;
            file.set_len(0)?;
            file.write_at(&start, 0)?;
            file.sync_data()?;
            disk.rename(&unfinished, &path)?;
            disk.sync_dir(dir)?;
            Ok(file)
        };
        let file = make().map_err(StoreError::io(&path))?;
        Ok(Self { path: path.into(), file: file.into(), first, salt })
    }

    /// Opens the segment of that name; the last one is opened for writing.
    pub fn open(disk: &dyn Disk, dir: &Path, first: u64, how: Open) -> Result<Self, StoreError> {
        let path = dir.join(name(first));
        let file = disk.open(&path, how).map_err(StoreError::io(&path))?;
        let salt = read_header(file.as_ref(), &path, first)?;
        Ok(Self { path: path.into(), file: file.into(), first, salt })
    }

    /// Reads the header again.
    pub fn check_header(&self) -> Result<(), StoreError> {
        read_header(self.file.as_ref(), &self.path, self.first).map(drop)
    }

    pub fn io(&self) -> impl Fn(std::io::Error) -> StoreError + '_ {
        StoreError::io(&self.path)
    }

    pub fn damaged(&self, offset: u64, what: impl Into<String>) -> StoreError {
        StoreError::damaged(&self.path, offset, what)
    }
}

/// The name of the segment that begins with a position.
pub(in crate::embedded) fn name(first: u64) -> String {
    format!("{first:020}.seg")
}

/// The first positions of the segments in a directory, in order. A file that a crash left unnamed is not one.
pub(in crate::embedded) fn list(disk: &dyn Disk, dir: &Path) -> Result<Vec<u64>, StoreError> {
    let mut firsts = Vec::new();
    for name in disk.list(dir).map_err(StoreError::io(dir))? {
        firsts.extend(name.strip_suffix(".seg").and_then(|digits| digits.parse::<u64>().ok()));
    }
    firsts.sort_unstable();
    Ok(firsts)
}

fn header(first: u64, salt: u32) -> [u8; HEADER_BYTES] {
    let mut bytes = [0; HEADER_BYTES];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8] = VERSION;
    bytes[16..24].copy_from_slice(&first.to_le_bytes());
    bytes[24..28].copy_from_slice(&salt.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..60]);
    bytes[60..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Reads and checks the header; gives the salt.
fn read_header(file: &dyn DiskFile, path: &Path, first: u64) -> Result<u32, StoreError> {
    let mut bytes = [0; HEADER_BYTES];
    match read_exact(file, &mut bytes, 0) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(StoreError::damaged(path, 0, "the header is cut off"));
        }
        Err(error) => return Err(StoreError::io(path)(error)),
    }
    if bytes[..8] != *MAGIC {
        return Err(StoreError::damaged(path, 0, "this is no segment of a log"));
    }
    if bytes[8] > VERSION {
        return Err(StoreError::NewerFormat { path: path.to_owned(), found: bytes[8], known: VERSION });
    }
    if bytes[60..] != crc32c::crc32c(&bytes[..60]).to_le_bytes() {
        return Err(StoreError::damaged(path, 0, "the header has a wrong checksum"));
    }
    if bytes[16..24] != first.to_le_bytes() {
        return Err(StoreError::damaged(path, 16, "the file bears the name of another segment"));
    }
    Ok(bytes[24..28].first_chunk().map_or(0, |salt| u32::from_le_bytes(*salt)))
}
