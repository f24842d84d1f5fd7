//! What sled holds: things that follow from the log. Whatever is wrong with it, it is thrown away and made again.
//!
//! Rules that keep sled 0.34 out of trouble: no value over [`PIECE_BYTES`] (larger ones become files that are never
//! synced), segments of 8 MiB for the same reason, no flushing thread, an own sync behind each flush, and no call outside
//! `catch_unwind`, since it panics on damage.
//!
//! | tree | key | value |
//! |---|---|---|
//! | `meta` | `format` | one byte, [`FORMAT`] |
//! | `meta` | `hash` | the 16 bytes of the key of the id table |
//! | `index` | first position of the block (u64), piece (u16), big-endian | CRC32C (u32), piece of the block |
//! | `views`, `heads` | see `views` | |

use super::ids::HashKey;
use super::saved::block::Block;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of one value in sled, under a 17th of a quarter of its segment: a leaf of 17 such still is no file.
pub(super) const PIECE_BYTES: usize = 96 << 10;
/// Raised whenever anything in sled changes its shape: what is there is then thrown away.
const FORMAT: u8 = 2;
const SLED_SEGMENT_BYTES: usize = 8 << 20;
const SLED_CACHE_BYTES: u64 = 16 << 20;

/// Says that something is slower or was made again; never that something is lost.
pub(super) type Warn = Arc<dyn Fn(String) + Send + Sync>;

/// The sled directory, open.
#[derive(Clone)]
pub(super) struct Derived {
    db: ::sled::Db,
    index: ::sled::Tree,
    dir: PathBuf,
}

impl Derived {
    /// Opens sled in `dir`, or throws away what is there and begins anew.
    pub fn open(dir: &Path, warn: &Warn) -> Option<Self> {
        match Self::try_open(dir) {
            Ok(derived) => Some(derived),
            Err(why) => {
                warn(format!("{} is made again from the log: {why}", dir.display()));
                if let Err(error) = std::fs::remove_dir_all(dir) {
                    warn(format!("{}: {error}", dir.display()));
                }
                Self::try_open(dir).map_err(|why| warn(format!("nothing is saved beside the log: {why}"))).ok()
            }
        }
    }

    fn try_open(dir: &Path) -> Result<Self, String> {
        guarded(|| {
            let db = ::sled::Config::new()
                .path(dir)
                .segment_size(SLED_SEGMENT_BYTES)
                .cache_capacity(SLED_CACHE_BYTES)
                .flush_every_ms(None)
                .open()?;
            let meta = db.open_tree("meta")?;
            if meta.get("format")?.is_none_or(|format| format != [FORMAT]) {
                for name in db.tree_names().into_iter().filter(|name| *name != b"__sled__default") {
                    db.open_tree(name)?.clear()?;
                }
                meta.insert("format", &[FORMAT])?;
            }
            let index = db.open_tree("index")?;
            Ok(Self { index, db, dir: dir.to_owned() })
        })
    }

    /// A tree of its own for something else that can be made again.
    pub fn tree(&self, name: &str) -> Result<::sled::Tree, String> {
        guarded(|| self.db.open_tree(name))
    }

    /// The key of the id table, made when first asked for.
    pub fn hash_key(&self, fresh: HashKey) -> HashKey {
        let key = guarded(|| {
            let meta = self.db.open_tree("meta")?;
            if let Some(key) = meta.get("hash")?.and_then(|bytes| bytes.as_ref().try_into().ok()) {
                return Ok(HashKey(key));
            }
            self.index.clear()?;
            meta.insert("hash", &fresh.0)?;
            Ok(fresh)
        });
        key.unwrap_or(fresh)
    }

    /// Makes what was written durable: `flush`, and the sync that sled leaves out.
    pub fn flush(&self) -> Result<(), String> {
        guarded(|| self.db.flush().map(|_| ()))?;
        let synced = std::fs::File::open(self.dir.join("db")).and_then(|file| file.sync_data());
        synced.map_err(|error| error.to_string())
    }

    pub fn save_block(&self, first: u64, bytes: &[u8]) -> Result<(), String> {
        guarded(|| {
            for (piece, part) in bytes.chunks(PIECE_BYTES).enumerate() {
                self.index.insert(piece_key(first, piece), with_checksum(part))?;
            }
            Ok(())
        })
    }

    /// The blocks that follow each other from position 1 on; what comes behind the first fault is removed.
    pub fn blocks(&self, warn: &dyn Fn(String)) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let read = guarded(|| {
            let mut pieces = self.index.iter().peekable();
            while let Some(first) = pieces.next() {
                let (key, value) = first?;
                let Some(next) = key.first_chunk().map(|first| u64::from_be_bytes(*first)) else { break };
                let mut whole = without_checksum(&value).filter(|_| key[8..] == [0, 0]).map(<[u8]>::to_vec);
                while let Some(Ok((key, value))) = pieces.next_if(|piece| {
                    piece.as_ref().is_ok_and(|(key, _)| key.first_chunk() == Some(&next.to_be_bytes()))
                }) {
                    let nth = key[8..].first_chunk().map(|piece| u16::from_be_bytes(*piece));
                    let expected = whole.as_ref().map_or(0, |bytes| bytes.len().div_ceil(PIECE_BYTES));
                    whole = whole.zip(without_checksum(&value)).map(|(bytes, part)| [&bytes[..], part].concat());
                    whole = whole.filter(|_| nth.is_some_and(|nth| usize::from(nth) == expected));
                }
                let block = whole.and_then(|bytes| Block::from_bytes(&bytes));
                let expected = blocks.last().map_or(1, |block| block.last + 1);
                match block.filter(|block| block.first == expected && next == expected) {
                    Some(block) => blocks.push(block),
                    None => break,
                }
            }
            Ok(())
        });
        if let Err(why) = read {
            warn(format!("part of the saved index is made again from the log: {why}"));
        }
        blocks
    }

    /// Removes the blocks from a position on.
    pub fn forget_blocks(&self, from: u64) -> Result<(), String> {
        guarded(|| {
            for key in self.index.range(from.to_be_bytes()..).keys() {
                self.index.remove(key?)?;
            }
            Ok(())
        })
    }
}

fn piece_key(first: u64, piece: usize) -> [u8; 10] {
    let mut key = [0; 10];
    key[..8].copy_from_slice(&first.to_be_bytes());
    key[8..].copy_from_slice(&u16::try_from(piece).unwrap_or(u16::MAX).to_be_bytes());
    key
}

/// A value with its checksum in front; sled has none of its own for what it hands out.
pub(super) fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    [&crc32c::crc32c(bytes).to_le_bytes()[..], bytes].concat()
}

/// The value without its checksum; `None` if that is wrong.
pub(super) fn without_checksum(bytes: &[u8]) -> Option<&[u8]> {
    let (crc, rest) = bytes.split_first_chunk()?;
    (u32::from_le_bytes(*crc) == crc32c::crc32c(rest)).then_some(rest)
}

/// Calls sled; its panics become errors.
pub(super) fn guarded<T>(call: impl FnOnce() -> ::sled::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("sled panicked".into()),
    }
}
