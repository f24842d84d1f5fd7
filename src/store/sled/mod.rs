//! The embedded engine: the log in segment files, beside it in sled what can be made again from the log.
//!
//! Read `log` (the bytes), `open` (what is damage), `group` and `writer` (an append), `index` and `read` (a read),
//! then what is saved: `derived`, `saved`, `views`.
//!
//! ```text
//! <dir>/lock                          held while the store is open
//! <dir>/mark                          highest acknowledged position
//! <dir>/log/00000000000000000001.seg  frames, one per group commit
//! <dir>/sled/                         index blocks and saved views; may be deleted at any time
//! ```
//!
//! A backup copies `mark` first, then the segments: a log may be ahead of its mark, never behind it.

mod bulk;
mod derived;
mod group;
mod hash;
mod ids;
mod index;
mod log;
mod open;
mod queue;
mod read;
mod restore;
mod saved;
mod tiles;
mod verify;
mod views;
mod writer;

pub use index::POSITION_MAX;
pub use log::segment::{SEGMENT_BYTES, SEGMENT_BYTES_MAX, SEGMENT_BYTES_MIN};
pub use verify::VerifyReport;
pub use views::{Chunk, NAME_BYTES_MAX, SavedChunks, SavedViews};

use crate::audit::tree::Tree;
use crate::audit::{Consistency, Hash, Inclusion};
use crate::disk::{Disk, Lock, RealDisk};
use crate::{
    Appended, Clock, Commit, EventStore, Inside, Occurrence, Position, Record, Revision, StoreError, StreamId,
    nothing_inside,
};
use crate::{codec, limits};
use derived::{Derived, Warn};
use ids::HashKey;
use index::Index;
use open::Cut;
use queue::{Queue, Stopped};
use read::locked;
use saved::{Recorder, keeper};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use tokio::sync::watch;
use uuid::Uuid;
use writer::{Shared, Writer};

/// What the store tells while it works; fit for the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Something that can be made again was lost, or is not saved any more. Nothing recorded is.
    Warning(String),
    /// The log is being read, because the saved index does not cover it.
    Reading {
        /// Segments read so far.
        segment: usize,
        /// Segments in all.
        of: usize,
    },
}

/// Hears of progress; called from several threads.
pub type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// How to open an [`EmbeddedStore`].
#[derive(Clone)]
pub struct Options {
    /// The data directory; made if it is missing.
    pub dir: PathBuf,
    /// Gives each commit its instant.
    pub clock: Arc<dyn Clock>,
    /// Where the log is kept.
    pub disk: Arc<dyn Disk>,
    /// Size of a segment, from [`SEGMENT_BYTES_MIN`] to [`SEGMENT_BYTES_MAX`].
    pub segment_bytes: u64,
    /// Hears of progress and warnings.
    pub on_progress: Option<OnProgress>,
    /// Whether the index and views are saved in sled. Without it opening reads the whole log, and no view is saved.
    pub save_index: bool,
    /// Tells what stands inside a fact, for [`EventStore::shapes`].
    pub inside: Inside,
    /// False to measure what the Merkle tree costs; roots and proofs are then refused. No program for users has it.
    #[cfg(any(test, feature = "testing"))]
    pub keep_tree: bool,
}

impl Options {
    /// The usual ones, for a directory on the machine's own disk.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        Self {
            dir: dir.into(),
            clock,
            disk: Arc::new(RealDisk),
            segment_bytes: SEGMENT_BYTES,
            on_progress: None,
            save_index: true,
            inside: nothing_inside,
            #[cfg(any(test, feature = "testing"))]
            keep_tree: true,
        }
    }

    #[cfg(any(test, feature = "testing"))]
    const fn keeps_tree(&self) -> bool {
        self.keep_tree
    }

    #[cfg(not(any(test, feature = "testing")))]
    #[allow(clippy::unused_self, reason = "with the feature it is asked")]
    const fn keeps_tree(&self) -> bool {
        true
    }
}

/// The embedded engine. Cloning it is cheap; the last clone dropped closes it.
#[derive(Clone)]
pub struct EmbeddedStore {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    /// What opening cut from the end of the log.
    cut: Option<Cut>,
    inside: Inside,
    views: SavedViews,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Let go when the threads have ended.
    lock: Mutex<Option<Lock>>,
}

impl EmbeddedStore {
    /// Opens the store, or makes it; takes its directory for this process.
    ///
    /// # Errors
    /// [`StoreError::InUse`]; [`StoreError::Damaged`] and [`StoreError::NewerFormat`], with nothing changed;
    /// [`StoreError::TooLarge`] for a segment size out of bounds.
    pub fn open(options: Options) -> Result<Self, StoreError> {
        let keep_tree = options.keeps_tree();
        let Options { dir, clock, disk, segment_bytes, on_progress, save_index, inside, .. } = options;
        check_segment_bytes(segment_bytes)?;
        disk.create_dir(&dir).map_err(StoreError::io(&dir))?;
        let lock_path = dir.join("lock");
        let lock = disk.lock(&lock_path).map_err(StoreError::io(&lock_path))?;
        let lock = lock.ok_or(StoreError::InUse { path: lock_path })?;
        let on_progress = on_progress.unwrap_or_else(|| Arc::new(|_| ()));
        let warn: Warn = {
            let on_progress = on_progress.clone();
            Arc::new(move |why| on_progress(Progress::Warning(why)))
        };
        let derived = if save_index { Derived::open(&dir.join("sled"), &warn) } else { None };
        let key = hash_key(derived.as_ref()).map_err(StoreError::io(&dir))?;
        let mut threads = Vec::new();
        let keeping = match &derived {
            Some(derived) => {
                let (keeping, thread) = keeper::start(derived.clone(), warn.clone()).map_err(StoreError::io(&dir))?;
                threads.push(thread);
                Some(keeping)
            }
            None => None,
        };
        let saved = (Index::new(key), derived.as_ref());
        let opened =
            open::open(disk, &dir, segment_bytes, saved, || Recorder::new(keeping), inside, &|step| on_progress(step))?;
        let head = watch::Sender::new(opened.index.head());
        let cut = opened.cut;
        let index = RwLock::new(opened.index);
        let tree = if keep_tree { tiles::restore(&index, derived.as_ref(), &*warn)? } else { Tree::default() };
        let (tail, mark, recorder) = (opened.tail, opened.mark, opened.recorder);
        let groups = tiles::Groups::new(&tree, &recorder, &index);
        let shared = Arc::new(Shared { index, tree: RwLock::new(tree), queue: Queue::new(), head });
        let writer = Writer { shared: shared.clone(), clock, tail, mark, recorder, groups, keep_tree };
        let thread = std::thread::Builder::new().name("store-writer".into()).spawn(move || writer.run());
        threads.insert(0, thread.map_err(StoreError::io(&dir))?);
        let views = SavedViews::new(derived, warn, dir.join("sled"));
        let inner = Inner { shared, cut, inside, views, threads: Mutex::new(threads), lock: Mutex::new(Some(lock)) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Takes no more commits, finishes those that wait, and lets the directory go. Reading goes on.
    ///
    /// # Errors
    /// [`StoreError::Broken`] if a write had failed; what was acknowledged is safe all the same.
    pub fn close(&self) -> Result<(), StoreError> {
        self.inner.close();
        match self.inner.shared.queue.stopped() {
            Some(stopped @ Stopped::Broken(_)) => Err(stopped.error()),
            Some(Stopped::Closed) | None => Ok(()),
        }
    }

    /// The place for saved views and checkpoints.
    #[must_use]
    pub fn views(&self) -> &SavedViews {
        &self.inner.views
    }

    /// Hands over every record after `after` up to `upto`, in order, as fast as the machine reads and decodes.
    ///
    /// # Errors
    /// As [`EventStore::read`]; `f` has then seen the records before the bad one, or fewer.
    pub fn for_each(&self, after: Position, upto: Position, f: &mut dyn FnMut(Record)) -> Result<(), StoreError> {
        let decode = |position: u64, bytes: &[u8]| {
            let record = codec::decode_record(bytes)?;
            if record.position.0 == position { Ok(record) } else { Err("a record stands at another's place".into()) }
        };
        bulk::for_each(&self.inner.shared.index, after, upto, decode, f)
    }

    /// As [`EmbeddedStore::for_each`], but hands over what `make` makes of each record, in threads beside the caller's.
    ///
    /// # Errors
    /// As [`EmbeddedStore::for_each`].
    pub fn map_each<T: Send>(
        &self,
        after: Position,
        upto: Position,
        make: impl Fn(Record) -> T + Sync,
        f: &mut dyn FnMut(T),
    ) -> Result<(), StoreError> {
        let decode = |_: u64, bytes: &[u8]| codec::decode_record(bytes).map(&make);
        bulk::for_each(&self.inner.shared.index, after, upto, decode, f)
    }

    /// As [`EmbeddedStore::for_each`], but hands over the stored bytes: what a proof is made of.
    ///
    /// # Errors
    /// As [`EmbeddedStore::for_each`].
    pub fn for_each_stored(
        &self,
        after: Position,
        upto: Position,
        f: &mut dyn FnMut(Position, &[u8]),
    ) -> Result<(), StoreError> {
        let take = |position: u64, bytes: &[u8]| Ok((Position(position), bytes.to_vec()));
        bulk::for_each(&self.inner.shared.index, after, upto, take, &mut |(position, bytes)| f(position, &bytes))
    }

    /// How many records the tree over the log has: the position of the last one.
    #[must_use]
    pub fn tree_size(&self) -> u64 {
        locked(&self.inner.shared.index).last
    }

    /// The root of the tree over the first `size` records (RFC 6962).
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] if there are less; otherwise as [`EventStore::read`].
    pub fn root(&self, size: u64) -> Result<Hash, StoreError> {
        self.inner.shared.ask(size, |tree, leaves| tree.root(size, leaves))
    }

    /// The proof that the record at `position` is one of the first `size`.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] if there are less, or if the record is not among them; otherwise as [`EventStore::read`].
    pub fn inclusion(&self, position: Position, size: u64) -> Result<Inclusion, StoreError> {
        let Some(index) = position.0.checked_sub(1).filter(|index| *index < size) else {
            return Err(out_of_reach("position of a record to prove, from 1", position.0, size));
        };
        let path = self.inner.shared.ask(size, |tree, leaves| tree.inclusion(index, size, leaves))?;
        Ok(Inclusion { index, size, path })
    }

    /// The proof that the first `to` records begin with the first `from`.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] if `from` is more than `to`, or `to` more than there are; otherwise as [`EventStore::read`].
    pub fn consistency(&self, from: u64, to: u64) -> Result<Consistency, StoreError> {
        if from > to {
            return Err(out_of_reach("number of records before", from, to));
        }
        let path = self.inner.shared.ask(to, |tree, leaves| tree.consistency(from, to, leaves))?;
        Ok(Consistency { from, to, path })
    }

    /// The bytes of a record as they are stored, of which its leaf is the hash.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] if no record stands there; otherwise as [`EventStore::read`].
    pub fn stored(&self, position: Position) -> Result<Vec<u8>, StoreError> {
        let mut found = None;
        read::each(&self.inner.shared.index, std::iter::once(position.0), |_, _, entry| {
            found = Some(entry.record.to_vec());
            Ok(())
        })?;
        found.ok_or_else(|| out_of_reach("position of a record, from 1", position.0, self.tree_size()))
    }

    /// Reads everything back from disk and compares it with itself and with the index.
    ///
    /// `progress` hears the last position verified and the last to verify.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for the first thing that is not right: file, offset and position.
    pub fn verify(&self, progress: &mut dyn FnMut(Position, Position)) -> Result<VerifyReport, StoreError> {
        self.verify_at(&[], progress)
    }

    /// As [`EmbeddedStore::verify`], and tells the root of the tree at these sizes, hashed anew.
    ///
    /// # Errors
    /// As [`EmbeddedStore::verify`]. A size beyond the head has no root in the report, which is no error here.
    pub fn verify_at(
        &self,
        sizes: &[u64],
        progress: &mut dyn FnMut(Position, Position),
    ) -> Result<VerifyReport, StoreError> {
        self.inner.cut.iter().try_for_each(|cut| Err(cut.told()))?;
        verify::verify(&self.inner.shared, self.inner.inside, sizes, progress)
    }
}

fn check_segment_bytes(found: u64) -> Result<(), StoreError> {
    if (SEGMENT_BYTES_MIN..=SEGMENT_BYTES_MAX).contains(&found) {
        return Ok(());
    }
    let number = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
    let what = "size of a segment in bytes (at least 4096)";
    Err(StoreError::TooLarge { what, found: number(found), limit: number(SEGMENT_BYTES_MAX) })
}

fn out_of_reach(what: &'static str, found: u64, limit: u64) -> StoreError {
    let number = |count| usize::try_from(count).unwrap_or(usize::MAX);
    StoreError::TooLarge { what, found: number(found), limit: number(limit) }
}

fn hash_key(derived: Option<&Derived>) -> std::io::Result<HashKey> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    let fresh = HashKey(bytes);
    Ok(derived.map_or(fresh, |derived| derived.hash_key(fresh)))
}

impl Inner {
    fn close(&self) {
        self.shared.queue.stop(Stopped::Closed);
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            // A thread that panicked has said so, and stopped the queue.
            drop(thread.join());
        }
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

impl EventStore for EmbeddedStore {
    async fn append(&self, commit: Commit) -> Result<Appended, StoreError> {
        let events = limits::admit(&commit, self.inner.inside)?;
        self.inner.shared.queue.append(events, commit.guards).await
    }

    fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, StoreError> {
        let last = locked(&self.inner.shared.index).last.min(after.0.saturating_add(limit as u64));
        read::records(&self.inner.shared.index, after.0.saturating_add(1)..=last)
    }

    fn read_stream(&self, stream: StreamId, after: Revision, limit: usize) -> Result<Vec<Record>, StoreError> {
        let positions = locked(&self.inner.shared.index).after(stream, after, limit);
        read::records(&self.inner.shared.index, positions.into_iter())
    }

    fn find(&self, event: Uuid) -> Result<Option<Position>, StoreError> {
        Ok(group::find(&self.inner.shared.index, event)?.map(Position))
    }

    fn streams(&self, kind: u8) -> Vec<StreamId> {
        locked(&self.inner.shared.index).numbers.keys().filter(|stream| stream.kind == kind).copied().collect()
    }

    fn shapes(&self) -> Vec<Occurrence> {
        locked(&self.inner.shared.index).shapes.occurrences()
    }

    fn head(&self) -> watch::Receiver<Position> {
        self.inner.shared.head.subscribe()
    }
}
