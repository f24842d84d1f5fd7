//! The mark: the highest acknowledged position, in a file of its own.
//!
//! It tells a torn tail from a lost one. A log that ends at or behind the mark with an incomplete last frame was cut by
//! a crash in a commit that nobody was answered for; a log that ends before the mark has lost answered records.
//!
//! The mark is written after the sync of each group and before its answers, without a sync of its own:
//! - after the end of the process (`kill -9`) it is exact, because what is written survives;
//! - after a power cut it may be older, but never newer, than the log: the last second of it, at most, since it is
//!   synced at least each second and at close. In that window only the very last frame can be mistaken: if the disk
//!   returns it damaged, it looks like a torn one. Every frame before it has a good one behind it, which is damage.
//!
//! The file has two places, at 0 and 512 (two sectors), written by turns; the higher valid one counts.
//! It is made durable before the first segment, so a log without a mark has lost it.

use crate::StoreError;
use crate::disk::{Disk, DiskFile, Open, read_exact};
use crate::mark::{self, MARK_BYTES};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PLACES: [u64; 2] = [0, 512];
const FILE_BYTES: usize = 1024;
/// How long a mark may stay written and not synced.
pub(in crate::embedded) const SYNC_EVERY: Duration = Duration::from_secs(1);

pub(in crate::embedded) struct Mark {
    path: PathBuf,
    file: Box<dyn DiskFile>,
    position: u64,
    turn: usize,
    /// The place that holds neither a mark nor nothing.
    damaged: Option<u64>,
    /// When the first unsynced mark was written.
    dirty_since: Option<Instant>,
}

impl Mark {
    /// Opens the mark; makes it if it is missing and `fresh` says that there is no log yet.
    pub fn open(disk: &dyn Disk, path: &Path, fresh: bool) -> Result<Self, StoreError> {
        let file = match disk.open(path, Open::Write) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound && fresh => Self::make(disk, path)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(StoreError::damaged(path, 0, "the mark of the last acknowledged position is missing"));
            }
            Err(error) => return Err(StoreError::io(path)(error)),
        };
        let (mut highest, mut damaged) = (None, None);
        for (turn, at) in PLACES.into_iter().enumerate() {
            let mut bytes = [0; MARK_BYTES];
            match read_exact(file.as_ref(), &mut bytes, at) {
                Ok(()) => match mark::from_bytes(&bytes) {
                    Some(position) => highest = highest.max(Some((position, turn))),
                    // A place is empty until it is written for the first time.
                    None if bytes == [0; MARK_BYTES] => {}
                    None => damaged = Some(at),
                },
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => damaged = Some(at),
                Err(error) => return Err(StoreError::io(path)(error)),
            }
        }
        let (position, turn) =
            highest.ok_or_else(|| StoreError::damaged(path, 0, "neither mark has a right checksum"))?;
        Ok(Self { path: path.to_owned(), file, position, turn, damaged, dirty_since: None })
    }

    fn make(disk: &dyn Disk, path: &Path) -> Result<Box<dyn DiskFile>, StoreError> {
        let unfinished = path.with_extension("new");
        let directory = path.parent().unwrap_or(Path::new(""));
        let mut bytes = [0; FILE_BYTES];
        bytes[..MARK_BYTES].copy_from_slice(&mark::to_bytes(0));
        let make = || {
            let file = disk.open(&unfinished, Open::Create)?;
            file.set_len(0)?;
            file.write_at(&bytes, 0)?;
            file.sync_data()?;
            disk.rename(&unfinished, path)?;
            disk.sync_dir(directory)?;
            Ok(file)
        };
        make().map_err(StoreError::io(path))
    }

    /// The highest position that is known to have been acknowledged.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// What is wrong with one of the places, if something is: the other one counts, and may be older.
    ///
    /// A power cut while it is written does it too, so it is told and refuses nothing.
    pub fn warning(&self) -> Option<String> {
        let at = self.damaged?;
        let (path, position) = (self.path.display(), self.position);
        Some(format!(
            "{path}: the mark at byte {at} is damaged, the other one tells of {position} acknowledged records; \
             unless the power failed, compare the log with a backup: a lost last record cannot be told"
        ))
    }

    /// Writes a higher position.
    pub fn write(&mut self, position: u64) -> Result<(), StoreError> {
        // The place that does not hold the present mark: a torn write must leave that one.
        self.turn = (self.turn + 1) % PLACES.len();
        self.file.write_at(&mark::to_bytes(position), PLACES[self.turn]).map_err(StoreError::io(&self.path))?;
        self.position = position;
        self.dirty_since.get_or_insert_with(Instant::now);
        Ok(())
    }

    /// When the mark has to be synced, if something was written.
    pub fn due(&self) -> Option<Instant> {
        self.dirty_since.map(|since| since + SYNC_EVERY)
    }

    /// Makes the mark durable.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        if self.dirty_since.is_some() {
            self.file.sync_data().map_err(StoreError::io(&self.path))?;
            self.dirty_since = None;
        }
        Ok(())
    }
}
