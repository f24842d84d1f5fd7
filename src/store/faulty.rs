//! A disk in memory that loses power and fails on purpose, for tests.
//!
//! Each file has two states: what everybody reads, and what is durable. A sync makes the first the second.
//! At a power cut every write since the last sync may be there, be missing, or be there in some of its sectors of 512
//! bytes, independently of the others; and so may every new, changed or removed name since its directory was synced.
//! After a failed sync what was written before it may be lost whatever later syncs say, as on a real machine.

use crate::disk::{Disk, DiskFile, Lock, Open};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const SECTOR: usize = 512;

/// A simulated disk. Clones share it.
#[derive(Clone, Default)]
pub struct FaultyDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    files: Vec<Content>,
    dirs: BTreeSet<PathBuf>,
    locks: BTreeSet<PathBuf>,
    /// Writes, syncs and changes of names so far.
    steps: u64,
    syncs: u64,
    dead_after: Option<u64>,
    failing_step: Option<u64>,
    failing_sync: Option<u64>,
}

#[derive(Default, Clone)]
struct Content {
    present: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    SetLen(usize),
}

impl FaultyDisk {
    /// An empty disk without faults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes made so far (writes, syncs, names); a power cut can be placed between any two.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.state().steps
    }

    /// From now on the disk makes `steps` more changes; then the power is gone and every call fails.
    pub fn cut_power_after(&self, steps: u64) {
        let mut state = self.state();
        state.dead_after = Some(state.steps + steps);
    }

    /// Fails the write, sync or change of names that comes after `steps` more, once.
    pub fn fail_step_after(&self, steps: u64) {
        let mut state = self.state();
        state.failing_step = Some(state.steps + steps);
    }

    /// Fails the sync that comes after `syncs` more, once; what it should have made durable may be lost.
    pub fn fail_sync_after(&self, syncs: u64) {
        let mut state = self.state();
        state.failing_sync = Some(state.syncs + syncs);
    }

    /// The disk as it is found after a power cut now; `seed` chooses what of the unsynced is there.
    #[must_use]
    pub fn after_power_cut(&self, seed: u64) -> Self {
        let state = self.state();
        let mut chance = Chance(seed);
        let mut names = state.durable_names.clone();
        let touched: BTreeSet<_> = state.names.keys().chain(state.durable_names.keys()).collect();
        for path in touched {
            if state.names.get(path) != state.durable_names.get(path) && chance.once_in(2) {
                match state.names.get(path) {
                    Some(file) => names.insert(path.clone(), *file),
                    None => names.remove(path),
                };
            }
        }
        let files = state.files.iter().map(|file| file.after_power_cut(&mut chance)).collect();
        Self::from_state(State {
            durable_names: names.clone(),
            names,
            files,
            dirs: state.dirs.clone(),
            ..State::default()
        })
    }

    /// The disk as the next process finds it when this one is killed: everything written is there.
    #[must_use]
    pub fn after_kill(&self) -> Self {
        let state = self.state();
        Self::from_state(State {
            names: state.names.clone(),
            durable_names: state.durable_names.clone(),
            files: state.files.clone(),
            dirs: state.dirs.clone(),
            ..State::default()
        })
    }

    fn from_state(state: State) -> Self {
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// Flips bits of one byte of a file, in what is read and in what is durable. False if the file is not so long.
    pub fn flip(&self, path: &Path, at: usize, bits: u8) -> bool {
        let mut state = self.state();
        let Some(file) = state.names.get(path).copied() else { return false };
        let content = &mut state.files[file];
        let Some(byte) = content.present.get_mut(at) else { return false };
        *byte ^= bits;
        if let Some(byte) = content.durable.get_mut(at) {
            *byte ^= bits;
        }
        true
    }

    /// The bytes of a file as they are read.
    #[must_use]
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).map(|file| state.files[*file].present.clone())
    }

    /// Replaces the bytes of a file, durably; makes it if it is missing.
    pub fn put(&self, path: &Path, bytes: Vec<u8>) {
        let mut state = self.state();
        let file = state.files.len();
        state.files.push(Content { present: bytes.clone(), durable: bytes, pending: Vec::new() });
        state.names.insert(path.to_owned(), file);
        state.durable_names.insert(path.to_owned(), file);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a change, and fails it if it was to fail.
    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.alive()?;
        state.steps += 1;
        if state.failing_step.is_some_and(|step| state.steps > step) {
            state.failing_step = None;
            return Err(io::Error::other("the simulated disk fails a write"));
        }
        Ok(state)
    }
}

impl State {
    fn alive(&self) -> io::Result<()> {
        if self.dead_after.is_some_and(|step| self.steps >= step) {
            return Err(io::Error::other("the simulated power is gone"));
        }
        Ok(())
    }
}

impl Content {
    fn after_power_cut(&self, chance: &mut Chance) -> Self {
        let mut bytes = self.durable.clone();
        for change in &self.pending {
            match change {
                Change::SetLen(len) if chance.once_in(2) => bytes.resize(*len, 0),
                Change::SetLen(_) => {}
                Change::Write(at, written) => match chance.next() % 4 {
                    0 => {}
                    1 | 2 => write(&mut bytes, *at, written),
                    _ => tear(&mut bytes, *at, written, chance),
                },
            }
        }
        Self { present: bytes.clone(), durable: bytes, pending: Vec::new() }
    }
}

/// Writes some of the sectors that a write touches.
fn tear(bytes: &mut Vec<u8>, at: usize, written: &[u8], chance: &mut Chance) {
    let mut from = 0;
    while from < written.len() {
        let to = ((at + from) / SECTOR * SECTOR + SECTOR - at).min(written.len());
        if chance.once_in(2) {
            write(bytes, at + from, &written[from..to]);
        }
        from = to;
    }
}

fn write(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    if bytes.len() < at + written.len() {
        bytes.resize(at + written.len(), 0);
    }
    bytes[at..at + written.len()].copy_from_slice(written);
}

/// A small generator: the same seed gives the same run everywhere.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next number (SplitMix64).
    #[allow(clippy::should_implement_trait, reason = "it never ends, and has no use as an iterator")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A seed from `TRAJET_SEED`, or from the machine; printed, so that a run can be repeated.
    #[must_use]
    pub fn seed() -> u64 {
        let given = std::env::var("TRAJET_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.or_else(|| getrandom::u64().ok()).unwrap_or(1);
        println!("TRAJET_SEED={seed}");
        seed
    }
}

impl Disk for FaultyDisk {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.alive()?;
        let file = match state.names.get(path) {
            Some(file) => *file,
            None if how == Open::Create => {
                state.files.push(Content::default());
                let file = state.files.len() - 1;
                state.names.insert(path.to_owned(), file);
                file
            }
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        Ok(Box::new(FaultyFile { disk: self.clone(), file }))
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.state().dirs.insert(path.to_owned());
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let state = &mut *state;
        let inside = |name: &PathBuf| name.parent() == Some(path);
        state.durable_names.retain(|name, _| !inside(name));
        let now = state.names.iter().filter(|(name, _)| inside(name)).map(|(name, file)| (name.clone(), *file));
        state.durable_names.extend(now);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let file = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), file);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        state.names.remove(path).map(drop).ok_or(io::ErrorKind::NotFound.into())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        state.alive()?;
        let inside = state.names.keys().filter(|name| name.parent() == Some(path));
        Ok(inside.filter_map(|name| Some(name.file_name()?.to_str()?.to_owned())).collect())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Lock>> {
        let mut state = self.state();
        state.alive()?;
        if !state.locks.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(Held { disk: self.clone(), path: path.to_owned() })))
    }
}

struct Held {
    disk: FaultyDisk,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.path);
    }
}

struct FaultyFile {
    disk: FaultyDisk,
    file: usize,
}

impl DiskFile for FaultyFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.disk.state().files[self.file].present.len() as u64)
    }

    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        let state = self.disk.state();
        let bytes = &state.files[self.file].present;
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let len = into.len().min(bytes.len() - from);
        into[..len].copy_from_slice(&bytes[from..from + len]);
        Ok(len)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let mut state = self.disk.step()?;
        let content = &mut state.files[self.file];
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        write(&mut content.present, at, bytes);
        content.pending.push(Change::Write(at, bytes.to_vec()));
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.disk.step()?;
        let content = &mut state.files[self.file];
        let len = usize::try_from(len).unwrap_or(usize::MAX);
        content.present.resize(len, 0);
        content.pending.push(Change::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.disk.step()?;
        state.syncs += 1;
        let fails = state.failing_sync.is_some_and(|sync| state.syncs > sync);
        let mut chance = Chance(state.steps);
        let content = &mut state.files[self.file];
        if fails {
            content.durable = content.after_power_cut(&mut chance).durable;
            content.pending.clear();
            state.failing_sync = None;
            return Err(io::Error::other("the simulated disk fails a sync"));
        }
        // Not a copy of what is read: what an earlier failed sync lost stays lost.
        for change in std::mem::take(&mut content.pending) {
            match change {
                Change::Write(at, written) => write(&mut content.durable, at, &written),
                Change::SetLen(len) => content.durable.resize(len, 0),
            }
        }
        Ok(())
    }
}
