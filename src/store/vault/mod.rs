//! The keys: one per subject and class, so that destroying a key destroys every copy of what it sealed.
//!
//! Read `slot` (the bytes of the file), `seal` (the arithmetic), then [`Vault`].
//!
//! - A data key stands in one place only: its slot, wrapped. It is unwrapped when first used and wiped when let go.
//! - A new key is written at once and made durable by [`Vault::sync`], which comes before the append of what it sealed.
//! - A destroyed key leaves a tombstone in its place: that subject and class never get another.
//! - A slot that is damaged below the mark of durable slots stops the vault. Above it, it can only be a key that a
//!   power cut took before `sync` returned, so nothing recorded was sealed under it: it becomes void.
//!   (The mark is written after each sync and made durable by the next one, so it never runs ahead.)
//!
//! All calls block on the disk at most for one write or one sync; call them from a thread that may block.

mod error;
mod file;
mod kek;
mod seal;
mod slot;
#[cfg(test)]
mod tests;

pub use error::VaultError;
pub use kek::{KEY_BYTES, Kek};

use crate::disk::{Disk, DiskFile, Lock};
use crate::limits::RECORD_BYTES_MAX;
use crate::mark;
use crate::{Class, Sealed, Subject};
use kek::Key;
use slot::{MARK_AT, SLOT_BYTES, Slot};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Keys in one vault: 128 bytes each make 8 GiB, seven classes of nine million people.
pub const SLOTS_MAX: u32 = 1 << 26;
/// Slots by which the file grows: 64 KiB of zeros, so that few syncs have to write a new length.
const SLOTS_PER_STEP: u32 = 512;

/// What [`Vault::derive`] gives, wiped from memory when it is let go.
pub type Derived = Zeroizing<[u8; KEY_BYTES]>;

/// The file of keys, open.
pub struct Vault {
    path: PathBuf,
    file: Box<dyn DiskFile>,
    wrapping: Key,
    keys: Mutex<Keys>,
    syncing: Mutex<Syncing>,
    synced: Condvar,
    _lock: Lock,
}

#[derive(Default)]
struct Keys {
    by_owner: HashMap<(Subject, Class), Entry>,
    /// The next slot that was never used.
    next: u32,
    /// Slots that the file has room for.
    room: u32,
    /// Slot writes so far; what [`Vault::sync`] counts in.
    writes: u64,
    broken: Option<String>,
}

enum Entry {
    /// Not used since the vault was opened.
    Wrapped(u32),
    Open(u32, Arc<Key>),
    Shredded,
}

#[derive(Default)]
struct Syncing {
    /// Slot writes known to be durable.
    durable: u64,
    busy: bool,
    marks: usize,
    broken: Option<String>,
}

impl Vault {
    /// Opens the vault at `path`, or makes it.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] if `kek` is not the one it was made with; [`VaultError::InUse`];
    /// [`VaultError::Damaged`] and [`VaultError::NewerFormat`], with nothing changed.
    pub fn open(disk: &dyn Disk, path: &Path, kek: &Kek) -> Result<Self, VaultError> {
        let io = VaultError::io(path);
        disk.create_dir(path.parent().unwrap_or(Path::new(""))).map_err(&io)?;
        let lock_path = path.with_extension("lock");
        let lock = disk.lock(&lock_path).map_err(&io)?.ok_or(VaultError::InUse { path: lock_path })?;
        let (file, wrapping) = file::open(disk, path, kek)?;
        let vault = Self {
            path: path.to_owned(),
            file,
            wrapping,
            keys: Mutex::default(),
            syncing: Mutex::default(),
            synced: Condvar::new(),
            _lock: lock,
        };
        vault.load()?;
        Ok(vault)
    }

    /// Reads every slot, and makes void what a power cut left of keys that nobody used.
    fn load(&self) -> Result<(), VaultError> {
        let durable = file::durable_slots(self.file.as_ref(), &self.path)?;
        let mut keys = self.keys();
        let (mut lost, mut holes) = (Vec::new(), Vec::new());
        file::each_slot(self.file.as_ref(), &self.path, |number, slot| {
            keys.room = number + 1;
            match slot {
                Some(Slot::Empty) if u64::from(number) >= durable => holes.push(number),
                None if u64::from(number) >= durable => {
                    lost.append(&mut holes);
                    lost.push(number);
                }
                None | Some(Slot::Empty) => return Err(self.damaged(number, "a key is lost")),
                Some(slot) => {
                    keys.next = number + 1;
                    lost.append(&mut holes);
                    self.remember(&mut keys, number, slot)?;
                }
            }
            Ok(())
        })?;
        if u64::from(keys.room) < durable {
            return Err(self.damaged(keys.room, "the file ends before its last key"));
        }
        keys.next = keys.next.max(lost.last().map_or(0, |last| last + 1));
        for number in &lost {
            self.write_slot(*number, Slot::Void)?;
        }
        self.file.sync_data().map_err(VaultError::io(&self.path))?;
        self.write_mark(&mut self.syncing(), keys.next)
    }

    fn remember(&self, keys: &mut Keys, number: u32, slot: Slot) -> Result<(), VaultError> {
        let (owner, entry) = match slot {
            Slot::Empty | Slot::Void => return Ok(()),
            Slot::Live { subject, class, .. } => ((subject, class), Entry::Wrapped(number)),
            Slot::Shredded { subject, class } => ((subject, class), Entry::Shredded),
        };
        match keys.by_owner.insert(owner, entry) {
            None => Ok(()),
            Some(_) => Err(self.damaged(number, "a subject has two keys of one class")),
        }
    }

    /// Seals a value of one event under the key of its subject and class, which is made if there is none.
    ///
    /// The same value of the same event is always sealed to the same bytes. Call [`Vault::sync`] before it is recorded.
    ///
    /// # Errors
    /// [`VaultError::Shredded`] if the key was destroyed; [`VaultError::TooLarge`]; [`VaultError::Broken`] after a
    /// failed write.
    pub fn seal(&self, subject: Subject, class: Class, event: Uuid, plain: &[u8]) -> Result<Sealed, VaultError> {
        if plain.len() > RECORD_BYTES_MAX {
            return Err(VaultError::TooLarge { found: plain.len(), limit: RECORD_BYTES_MAX });
        }
        let key = self.key_or_new(subject, class)?;
        Ok(Sealed { subject, class, bytes: seal::seal(&key, subject, class, event, plain) })
    }

    /// Opens what was sealed for `event`, or returns `None` if its key was destroyed.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] if the bytes, the subject, the class or the event are not those it was sealed with;
    /// [`VaultError::KeyMissing`] if the vault never had the key, being older than the log.
    pub fn open_sealed(&self, sealed: &Sealed, event: Uuid) -> Result<Option<Vec<u8>>, VaultError> {
        let (subject, class) = (sealed.subject, sealed.class);
        let key = match self.key(&mut self.keys(), subject, class) {
            Ok(Some(key)) => key,
            Ok(None) => return Err(VaultError::KeyMissing { subject, class }),
            Err(VaultError::Shredded { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let plain = seal::open(&key, subject, class, event, &sealed.bytes);
        plain.map(Some).ok_or(VaultError::Tampered { subject, class })
    }

    /// Derives 32 bytes from a subject's key of one class, for an index that only this vault can make.
    ///
    /// The same subject, class and label always give the same bytes; nobody without the key can tell which subject they
    /// belong to, and nobody at all once it is destroyed. The key is made, and made durable, if there is none.
    ///
    /// # Errors
    /// [`VaultError::Shredded`] once the key was destroyed; as [`Vault::seal`] and [`Vault::sync`] else.
    pub fn derive(&self, subject: Subject, class: Class, label: &[u8]) -> Result<Derived, VaultError> {
        let key = self.key_or_new(subject, class)?;
        // What is derived may be recorded at once, so the key comes first. With nothing new this costs nothing.
        self.sync()?;
        Ok(seal::derive(&key, b"trajet derive 1", label))
    }

    /// As [`Vault::derive`], but makes no key: `None` if there never was one, or if it was destroyed.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] or [`VaultError::Io`] if the key cannot be read.
    pub fn derive_existing(&self, subject: Subject, class: Class, label: &[u8]) -> Result<Option<Derived>, VaultError> {
        match self.key(&mut self.keys(), subject, class) {
            Ok(key) => Ok(key.map(|key| seal::derive(&key, b"trajet derive 1", label))),
            Err(VaultError::Shredded { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes every key made so far durable. Callers at the same time share one sync; with nothing new it costs nothing.
    ///
    /// # Errors
    /// [`VaultError::Broken`] if a write or sync failed, now or before: record nothing that was sealed under a new key.
    pub fn sync(&self) -> Result<(), VaultError> {
        let wanted = self.keys().writes;
        let mut syncing = self.syncing();
        loop {
            if let Some(why) = &syncing.broken {
                return Err(VaultError::Broken(why.clone()));
            }
            if syncing.durable >= wanted {
                return Ok(());
            }
            if !syncing.busy {
                break;
            }
            syncing = self.synced.wait(syncing).unwrap_or_else(PoisonError::into_inner);
        }
        syncing.busy = true;
        drop(syncing);
        self.sync_for_all()
    }

    /// One sync for all who wait. Only one thread at a time comes here.
    fn sync_for_all(&self) -> Result<(), VaultError> {
        let (writes, slots) = {
            let keys = self.keys();
            (keys.writes, keys.next)
        };
        let result = self.file.sync_data().map_err(VaultError::io(&self.path));
        let mut syncing = self.syncing();
        let result = result.and_then(|()| self.write_mark(&mut syncing, slots));
        syncing.busy = false;
        match &result {
            Ok(()) => syncing.durable = writes,
            Err(error) => syncing.broken = Some(error.to_string()),
        }
        drop(syncing);
        self.synced.notify_all();
        result.inspect_err(|error| self.keys().broken = Some(error.to_string()))
    }

    /// Destroys the keys of a subject for some classes: their slots are overwritten in place and synced.
    ///
    /// Returns how many keys were destroyed. A class that never had a key gets a tombstone too, so none is made later.
    /// Doing it again changes nothing.
    ///
    /// # Errors
    /// [`VaultError::Io`] or [`VaultError::Broken`]: some keys may still be on disk; open the vault and ask again.
    pub fn shred(&self, subject: Subject, classes: &[Class]) -> Result<usize, VaultError> {
        let mut destroyed = 0;
        {
            let mut keys = self.keys();
            for class in classes {
                let number = match keys.by_owner.get(&(subject, *class)) {
                    Some(Entry::Shredded) => continue,
                    Some(Entry::Wrapped(number) | Entry::Open(number, _)) => {
                        destroyed += 1;
                        *number
                    }
                    None => self.take_slot(&mut keys)?,
                };
                self.put(&mut keys, number, Slot::Shredded { subject, class: *class })?;
                keys.by_owner.insert((subject, *class), Entry::Shredded);
            }
        }
        self.sync()?;
        Ok(destroyed)
    }

    /// True if the key of a subject and class was destroyed. Opens nothing.
    #[must_use]
    pub fn is_shredded(&self, subject: Subject, class: Class) -> bool {
        matches!(self.keys().by_owner.get(&(subject, class)), Some(Entry::Shredded))
    }

    fn key_or_new(&self, subject: Subject, class: Class) -> Result<Arc<Key>, VaultError> {
        let mut keys = self.keys();
        if let Some(key) = self.key(&mut keys, subject, class)? {
            return Ok(key);
        }
        let (mut key, mut nonce) = (Zeroizing::new([0; KEY_BYTES]), [0; seal::NONCE_BYTES]);
        kek::fill(key.as_mut()).and_then(|()| kek::fill(&mut nonce)).map_err(VaultError::io(&self.path))?;
        let mut wrapped = [0; KEY_BYTES + seal::TAG_BYTES];
        let aad = seal::key_aad(subject, class);
        wrapped.copy_from_slice(&seal::encrypt(&self.wrapping, &nonce, &aad, key.as_slice()));
        let number = self.take_slot(&mut keys)?;
        self.put(&mut keys, number, Slot::Live { subject, class, nonce, wrapped })?;
        let key = Arc::new(key);
        keys.by_owner.insert((subject, class), Entry::Open(number, key.clone()));
        Ok(key)
    }

    /// The key of a subject and class, unwrapped on first use; `None` if there never was one.
    fn key(&self, keys: &mut Keys, subject: Subject, class: Class) -> Result<Option<Arc<Key>>, VaultError> {
        let number = match keys.by_owner.get(&(subject, class)) {
            None => return Ok(None),
            Some(Entry::Shredded) => return Err(VaultError::Shredded { subject, class }),
            Some(Entry::Open(_, key)) => return Ok(Some(key.clone())),
            Some(Entry::Wrapped(number)) => *number,
        };
        let key = Arc::new(self.unwrap_slot(number, subject, class)?);
        keys.by_owner.insert((subject, class), Entry::Open(number, key.clone()));
        Ok(Some(key))
    }

    fn unwrap_slot(&self, number: u32, subject: Subject, class: Class) -> Result<Key, VaultError> {
        let damaged = || self.damaged(number, "a key cannot be unwrapped");
        let mut bytes = [0; SLOT_BYTES];
        crate::disk::read_exact(self.file.as_ref(), &mut bytes, slot::slot_at(number))
            .map_err(VaultError::io(&self.path))?;
        let Some(Slot::Live { subject: owner, class: of, nonce, wrapped }) = Slot::from_bytes(&bytes) else {
            return Err(damaged());
        };
        if (owner, of) != (subject, class) {
            return Err(damaged());
        }
        let aad = seal::key_aad(subject, class);
        let plain = seal::decrypt(&self.wrapping, &nonce, &aad, &wrapped).ok_or_else(damaged)?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if plain.len() != KEY_BYTES {
            return Err(damaged());
        }
        key.copy_from_slice(&plain);
        Ok(key)
    }

    /// Takes the next unused slot, and makes room for it.
    fn take_slot(&self, keys: &mut Keys) -> Result<u32, VaultError> {
        if keys.next >= SLOTS_MAX {
            return Err(VaultError::Full(SLOTS_MAX));
        }
        if keys.next >= keys.room {
            let zeros = vec![0; SLOTS_PER_STEP as usize * SLOT_BYTES];
            self.written(keys, self.file.write_at(&zeros, slot::slot_at(keys.room)))?;
            keys.room += SLOTS_PER_STEP;
        }
        keys.next += 1;
        Ok(keys.next - 1)
    }

    fn put(&self, keys: &mut Keys, number: u32, slot: Slot) -> Result<(), VaultError> {
        if let Some(why) = &keys.broken {
            return Err(VaultError::Broken(why.clone()));
        }
        self.written(keys, self.file.write_at(&slot.to_bytes(), slot::slot_at(number)))?;
        keys.writes += 1;
        Ok(())
    }

    /// After a failed write the vault takes no new key: what stands in the file is not known.
    fn written(&self, keys: &mut Keys, result: std::io::Result<()>) -> Result<(), VaultError> {
        result.inspect_err(|error| keys.broken = Some(error.to_string())).map_err(VaultError::io(&self.path))
    }

    fn write_slot(&self, number: u32, slot: Slot) -> Result<(), VaultError> {
        self.file.write_at(&slot.to_bytes(), slot::slot_at(number)).map_err(VaultError::io(&self.path))
    }

    fn write_mark(&self, syncing: &mut Syncing, slots: u32) -> Result<(), VaultError> {
        syncing.marks += 1;
        let at = MARK_AT[syncing.marks % MARK_AT.len()];
        self.file.write_at(&mark::to_bytes(slots.into()), at).map_err(VaultError::io(&self.path))
    }

    fn damaged(&self, number: u32, what: &'static str) -> VaultError {
        VaultError::Damaged { path: self.path.clone(), offset: slot::slot_at(number), what }
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        // A thread that panicked here left at worst a slot taken and unused.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn syncing(&self) -> MutexGuard<'_, Syncing> {
        self.syncing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
