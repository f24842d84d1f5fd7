//! A place for saved views and checkpoints: whole or absent, never wrong.
//!
//! Tree `heads`: name -> checksum, then MessagePack [version, position, generation, pieces, chunks].
//! Tree `views`: length of the name (u8), name, generation (u64), piece (u32) -> checksum, piece.
//! The pieces of one generation, put together, are the chunks: length of the key (u32), of the value (u32), key, value.
//! A new generation is written beside the old one and durable before the head names it, and only then the old one goes.

use super::derived::{Derived, PIECE_BYTES, Warn, guarded, with_checksum, without_checksum};
use crate::{Position, StoreError};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of the name of a view.
pub const NAME_BYTES_MAX: usize = 200;

/// One entry of a saved view: its key and its value, of any length.
pub type Chunk = (Vec<u8>, Vec<u8>);

/// Views as they were at some position, kept beside the log. They can all be made again from it.
#[derive(Clone)]
pub struct SavedViews {
    derived: Option<Derived>,
    warn: Warn,
    dir: PathBuf,
    /// One save at a time: two of one view must not take the same generation.
    saving: Arc<Mutex<()>>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    position: u64,
    generation: u64,
    pieces: u32,
    chunks: u64,
}

impl SavedViews {
    pub(super) fn new(derived: Option<Derived>, warn: Warn, dir: PathBuf) -> Self {
        Self { derived, warn, dir, saving: Arc::default() }
    }

    /// Saves a view as of `position`, in place of what was saved under this name.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for a name; [`StoreError::Io`] if it could not be saved: what was there before stays.
    pub fn save(
        &self,
        name: &str,
        version: u32,
        position: Position,
        chunks: impl Iterator<Item = Chunk>,
    ) -> Result<(), StoreError> {
        if name.len() > NAME_BYTES_MAX {
            let what = "length of the name of a view in bytes";
            return Err(StoreError::TooLarge { what, found: name.len(), limit: NAME_BYTES_MAX });
        }
        let Some(derived) = &self.derived else { return Ok(()) };
        let _one_at_a_time = self.saving.lock().unwrap_or_else(PoisonError::into_inner);
        write(derived, name, version, position, chunks)
            .map_err(|why| StoreError::io(&self.dir)(std::io::Error::other(why)))
    }

    /// Gives a view back, if one of this name and version was saved and is undamaged.
    #[must_use]
    pub fn load(&self, name: &str, version: u32) -> Option<(Position, SavedChunks)> {
        let derived = self.derived.as_ref()?;
        match read(derived, name, version) {
            Ok(found) => found,
            Err(why) => {
                (self.warn)(format!("the saved view {name} is made again: {why}"));
                None
            }
        }
    }

    /// Forgets every saved view.
    ///
    /// # Errors
    /// [`StoreError::Io`] if they are still there.
    pub fn drop_all(&self) -> Result<(), StoreError> {
        let Some(derived) = &self.derived else { return Ok(()) };
        let cleared = ["heads", "views"].into_iter().try_for_each(|name| {
            let tree = derived.tree(name)?;
            guarded(|| tree.clear())
        });
        cleared.and_then(|()| derived.flush()).map_err(|why| StoreError::io(&self.dir)(std::io::Error::other(why)))
    }
}

fn write(
    derived: &Derived,
    name: &str,
    version: u32,
    position: Position,
    chunks: impl Iterator<Item = Chunk>,
) -> Result<(), String> {
    let (heads, views) = (derived.tree("heads")?, derived.tree("views")?);
    // Above every generation that left a trace, so that pieces of an unfinished save are never taken for ours.
    let newest = guarded(|| views.scan_prefix(prefix(name)).keys().next_back().transpose())?;
    let of = |key: &[u8]| key[prefix(name).len()..].first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    let generation = newest.map_or(0, |key| of(&key)) + 1;
    let (mut head, mut buffer) = (Head { version, position: position.0, generation, pieces: 0, chunks: 0 }, Vec::new());
    let put = |piece: &[u8], head: &mut Head| {
        guarded(|| views.insert(piece_key(name, generation, head.pieces), with_checksum(piece)))?;
        head.pieces += 1;
        Ok::<(), String>(())
    };
    for (key, value) in chunks {
        for part in [&key, &value] {
            let len = u32::try_from(part.len()).map_err(|_| "a chunk is over 4 GiB")?;
            buffer.extend_from_slice(&len.to_le_bytes());
        }
        buffer.extend_from_slice(&key);
        buffer.extend_from_slice(&value);
        head.chunks += 1;
        if buffer.len() >= PIECE_BYTES {
            let whole = buffer.len() - buffer.len() % PIECE_BYTES;
            buffer[..whole].chunks(PIECE_BYTES).try_for_each(|piece| put(piece, &mut head))?;
            buffer.drain(..whole);
        }
    }
    buffer.chunks(PIECE_BYTES).try_for_each(|piece| put(piece, &mut head))?;
    derived.flush()?;
    let bytes = rmp_serde::to_vec(&head).map_err(|error| error.to_string())?;
    guarded(|| heads.insert(name, with_checksum(&bytes)))?;
    derived.flush()?;
    guarded(|| {
        for key in views.range(prefix(name)..piece_key(name, generation, 0)).keys() {
            views.remove(key?)?;
        }
        Ok(())
    })
}

fn read(derived: &Derived, name: &str, version: u32) -> Result<Option<(Position, SavedChunks)>, String> {
    let (heads, views) = (derived.tree("heads")?, derived.tree("views")?);
    let Some(bytes) = guarded(|| heads.get(name))? else { return Ok(None) };
    let head: Option<Head> = without_checksum(&bytes).and_then(|bytes| rmp_serde::from_slice(bytes).ok());
    let head = head.ok_or("its head is damaged")?;
    if head.version != version {
        return Ok(None);
    }
    let mut pieces = Vec::new();
    for piece in 0..head.pieces {
        let value = guarded(|| views.get(piece_key(name, head.generation, piece)))?;
        let value = value.filter(|value| without_checksum(value).is_some());
        pieces.push(value.ok_or("a piece is missing or damaged")?);
    }
    let chunks = SavedChunks { pieces: pieces.into_iter(), rest: Vec::new(), at: 0 };
    let (count, left) = chunks.clone().count_all();
    if count != head.chunks || left {
        return Err("its pieces do not fit together".into());
    }
    Ok(Some((Position(head.position), chunks)))
}

fn prefix(name: &str) -> Vec<u8> {
    let mut prefix = vec![u8::try_from(name.len()).unwrap_or(u8::MAX)];
    prefix.extend_from_slice(name.as_bytes());
    prefix
}

fn piece_key(name: &str, generation: u64, piece: u32) -> Vec<u8> {
    [&prefix(name)[..], &generation.to_be_bytes(), &piece.to_be_bytes()].concat()
}

/// The chunks of a saved view, in the order in which they were saved; every one was checked before the first is given.
#[derive(Clone)]
pub struct SavedChunks {
    pieces: std::vec::IntoIter<::sled::IVec>,
    rest: Vec<u8>,
    at: usize,
}

impl SavedChunks {
    fn count_all(mut self) -> (u64, bool) {
        let count = self.by_ref().count() as u64;
        (count, self.at < self.rest.len())
    }

    /// Makes `len` bytes stand behind `at`, if there are so many.
    fn ensure(&mut self, len: usize) -> Option<()> {
        while self.rest.len() - self.at < len {
            let piece = self.pieces.next()?;
            self.rest.drain(..self.at);
            self.at = 0;
            self.rest.extend_from_slice(without_checksum(&piece)?);
        }
        Some(())
    }

    fn length(&self, at: usize) -> usize {
        self.rest[self.at + at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
    }
}

impl Iterator for SavedChunks {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        self.ensure(8)?;
        let (key, value) = (self.length(0), self.length(4));
        self.ensure(8 + key + value)?;
        let bytes = &self.rest[self.at + 8..][..key + value];
        let chunk = (bytes[..key].to_vec(), bytes[key..].to_vec());
        self.at += 8 + key + value;
        Some(chunk)
    }
}
