//! Nobody changes the log unseen: not a disk that forgets a bit, not a hand that moves records, and, with a checkpoint
//! kept elsewhere, not a forger who rewrites everything.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;

use chrono::{DateTime, Datelike, Months, Utc};
use common::{Book, append_some, open, segments};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use store::audit::{Checkpoint, Consistency, Hash, leaf_hash};
use store::conformance::{commit, event, stream};
use store::faulty::{Chance, FaultyDisk};
use store::{Clock, Commit, EmbeddedStore, EventStore, Options, Position, Record, StoreError};

/// Flips of one bit that must all be found.
const FLIPS: usize = 1_200;

async fn filled() -> (FaultyDisk, EmbeddedStore) {
    let disk = FaultyDisk::new();
    let store = open(&disk).unwrap();
    append_some(&store, &mut Book::default(), 60, &mut Chance(7)).await;
    (disk, store)
}

/// What stands in the way of a changed log: opening it, or verifying it.
fn found(disk: &FaultyDisk) -> Option<StoreError> {
    open(disk).and_then(|store| store.verify(&mut |_, _| ()).map(drop)).err()
}

fn names_a_place(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged { what, path, .. } => !what.is_empty() && path.starts_with("/data/log"),
        StoreError::TornTail { path, .. } | StoreError::NewerFormat { path, .. } => path.starts_with("/data/log"),
        _ => false,
    }
}

#[tokio::test]
async fn any_single_bit_flipped_in_any_segment_is_found_and_its_place_named() {
    let mut chance = Chance(Chance::seed());
    let (disk, store) = filled().await;
    store.close().unwrap();
    drop(store);
    let files = segments(&disk);
    assert!(files.len() > 5, "several segments");
    assert!(found(&disk.after_kill()).is_none(), "the log itself is whole");
    let sizes: Vec<u64> = files.iter().map(|file| disk.bytes(file).unwrap().len() as u64).collect();
    let all: u64 = sizes.iter().sum();
    for _ in 0..FLIPS {
        let (path, at) = place(&files, &sizes, chance.below(all));
        let bit = 1 << chance.below(8);
        let flipped = disk.after_kill();
        assert!(flipped.flip(&path, at, bit));
        let error = found(&flipped).unwrap_or_else(|| panic!("byte {at} of {}, bit {bit}", path.display()));
        assert!(names_a_place(&error), "{error}");
    }
}

#[tokio::test]
async fn a_bit_flipped_behind_a_store_that_is_open_is_found_with_its_position() {
    let mut chance = Chance(Chance::seed());
    let (disk, store) = filled().await;
    let head = *store.head().borrow();
    let files = segments(&disk);
    let sizes: Vec<u64> = files.iter().map(|file| disk.bytes(file).unwrap().len() as u64).collect();
    for _ in 0..FLIPS {
        let (path, at) = place(&files, &sizes, chance.below(sizes.iter().sum()));
        let bit = 1 << chance.below(8);
        assert!(disk.flip(&path, at, bit));
        // What lies behind the end may be an append under way, for which verify waits a second: the other test has it.
        let is_end = Some(&path) == files.last();
        let result = if is_end { None } else { Some(store.verify(&mut |_, _| ())) };
        match result {
            Some(Err(StoreError::Damaged { what, path: of, .. })) => {
                assert_eq!(of, path);
                assert!(what.contains("position"), "{what}");
            }
            Some(Err(StoreError::NewerFormat { path: of, .. })) => assert_eq!(of, path),
            Some(other) => panic!("byte {at} of {}, bit {bit}: {other:?}", path.display()),
            None => {}
        }
        assert!(disk.flip(&path, at, bit));
    }
    assert_eq!(store.verify(&mut |_, _| ()).unwrap().head, head);
}

fn place(files: &[PathBuf], sizes: &[u64], mut at: u64) -> (PathBuf, usize) {
    for (file, size) in files.iter().zip(sizes) {
        if at < *size {
            return (file.clone(), usize::try_from(at).unwrap());
        }
        at -= size;
    }
    panic!("no file holds it")
}

/// The frames of a segment, by the bytes of the format.
fn frames(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut at, mut frames) = (64, Vec::new());
    while bytes.get(at..at + 4) == Some(b"TFRM") {
        let follows = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().unwrap()) as usize;
        frames.push(bytes[at..at + 32 + follows].to_vec());
        at += 32 + follows;
    }
    frames
}

/// The records of a frame, each with the eight bytes in front of it.
fn entries(frame: &[u8]) -> Vec<Vec<u8>> {
    let (mut at, mut entries) = (32, Vec::new());
    while at < frame.len() {
        let len = (u32::from_le_bytes(frame[at..at + 4].try_into().unwrap()) & 0x7fff_ffff) as usize;
        entries.push(frame[at..at + 8 + len].to_vec());
        at += 8 + len;
    }
    entries
}

/// Writes a segment of other frames, each with a right checksum; links as they stand.
fn rewritten(header: &[u8], frames: &[Vec<u8>], len: usize) -> Vec<u8> {
    let salt = u32::from_le_bytes(header[24..28].try_into().unwrap());
    let mut bytes = header[..64].to_vec();
    for frame in frames {
        let mut frame = frame.clone();
        let follows = u32::try_from(frame.len() - 32).unwrap();
        frame[4..8].copy_from_slice(&follows.to_le_bytes());
        let crc = crc32c::crc32c_append(crc32c::crc32c_append(salt, &frame[..8]), &frame[12..]);
        frame[8..12].copy_from_slice(&crc.to_le_bytes());
        bytes.extend(frame);
    }
    bytes.resize(len.max(bytes.len()), 0);
    bytes
}

#[tokio::test]
async fn records_frames_and_segments_removed_reordered_or_swapped_are_found() {
    let mut chance = Chance(Chance::seed());
    let (disk, store) = filled().await;
    store.close().unwrap();
    drop(store);
    let files = segments(&disk);
    for round in 0..300 {
        let changed = disk.after_kill();
        let path = &files[usize::try_from(chance.below(files.len() as u64)).unwrap()];
        let before = disk.bytes(path).unwrap();
        let mut frames = frames(&before);
        let one = usize::try_from(chance.below(frames.len() as u64)).unwrap();
        let two = usize::try_from(chance.below(frames.len() as u64)).unwrap();
        match round % 4 {
            0 => drop(frames.remove(one)),
            1 if one != two => frames.swap(one, two),
            2 => {
                let mut records = entries(&frames[one]);
                records.swap_remove(usize::try_from(chance.below(records.len() as u64)).unwrap());
                frames[one][24..28].copy_from_slice(&u32::try_from(records.len()).unwrap().to_le_bytes());
                let head = frames[one][..32].to_vec();
                frames[one] = std::iter::once(head).chain(records).flatten().collect();
            }
            3 => {
                let mut records = entries(&frames[one]);
                let last = records.len() - 1;
                records.swap(0, last);
                let head = frames[one][..32].to_vec();
                frames[one] = std::iter::once(head).chain(records).flatten().collect();
            }
            _ => continue,
        }
        let after = rewritten(&before, &frames, before.len());
        if after == before {
            continue;
        }
        changed.put(path, after);
        let error = found(&changed).unwrap_or_else(|| panic!("round {round}, {}", path.display()));
        assert!(names_a_place(&error), "{error}");
    }
    for pair in files.windows(2) {
        let changed = disk.after_kill();
        changed.put(&pair[0], disk.bytes(&pair[1]).unwrap());
        changed.put(&pair[1], disk.bytes(&pair[0]).unwrap());
        assert!(found(&changed).is_some_and(|error| names_a_place(&error)));
    }
}

/// A clock that repeats the instants of another log.
struct Rehearsed(Mutex<DateTime<Utc>>);

impl Clock for Rehearsed {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Writes a log of its own, whole and right in itself, that says what `records` say.
async fn forge(records: &[Record]) -> (FaultyDisk, EmbeddedStore) {
    let disk = FaultyDisk::new();
    let clock = Arc::new(Rehearsed(Mutex::new(DateTime::UNIX_EPOCH)));
    let store = EmbeddedStore::open(Options { clock: clock.clone(), ..common::options(&disk) }).unwrap();
    for record in records {
        *clock.0.lock().unwrap() = record.recorded_at;
        store.append(Commit { events: vec![record.event.clone()], guards: Vec::new() }).await.unwrap();
    }
    (disk, store)
}

/// What an auditor does who kept a checkpoint: verify, compare the root at that size.
fn holds_against(store: &EmbeddedStore, kept: &Checkpoint) -> bool {
    let report = store.verify_at(&[kept.size], &mut |_, _| ()).unwrap();
    assert_eq!(report.root, store.root(store.tree_size()).unwrap());
    report.roots.get(&kept.size) == Some(&kept.root)
}

#[tokio::test]
async fn a_forged_log_is_whole_in_itself_and_found_against_a_checkpoint_kept_elsewhere() {
    let mut chance = Chance(Chance::seed());
    let (_, store) = filled().await;
    let records = store.read(Position(0), usize::MAX).unwrap();
    let (_, same) = forge(&records).await;
    let size = store.tree_size() * 3 / 4;
    let kept = Checkpoint { origin: "trajet/test".into(), size, root: same.root(size).unwrap() };
    assert!(holds_against(&same, &kept), "an honest log");
    let growth = same.consistency(size, same.tree_size()).unwrap();
    assert!(growth.proves(&kept.root, &same.root(same.tree_size()).unwrap()));
    let at = usize::try_from(chance.below(size)).unwrap();
    let forgeries: [fn(&mut Record); 4] = [
        |record| record.recorded_at = record.recorded_at.checked_sub_months(Months::new(12)).unwrap(),
        |record| record.event.actor.user = "somebody-else".into(),
        |record| record.event.fact.push(1),
        |record| record.event.effective_on = record.event.effective_on.with_day(28).unwrap() + chrono::Days::new(1),
    ];
    for (nth, forgery) in forgeries.into_iter().enumerate() {
        let mut forged = records.clone();
        // A record that goes back in time takes those before it along: a forger keeps the instants in order.
        let from = if nth == 0 { 0 } else { at };
        forged[from..=at].iter_mut().for_each(forgery);
        let (disk, forged) = forge(&forged).await;
        assert!(forged.verify(&mut |_, _| ()).is_ok(), "it is right in itself");
        assert!(!holds_against(&forged, &kept), "forgery {nth}");
        let growth = forged.consistency(size, forged.tree_size()).unwrap();
        assert!(!growth.proves(&kept.root, &forged.root(forged.tree_size()).unwrap()));
        drop(forged);
        assert!(found(&disk.after_kill()).is_none());
    }
    let (_, cut) = forge(&records[..usize::try_from(size).unwrap() - 1]).await;
    assert!(cut.verify(&mut |_, _| ()).is_ok() && !holds_against(&cut, &kept), "a log cut before the checkpoint");
}

#[tokio::test]
async fn a_tree_opened_anew_is_the_one_that_grew_with_what_was_saved_and_without() {
    let dir = tempfile::tempdir().unwrap();
    let options = |save_index| Options { save_index, ..Options::new(dir.path(), Arc::new(store::SystemClock)) };
    let store = EmbeddedStore::open(options(true)).unwrap();
    for first in 0..18u128 {
        let events = (1..=1_000).map(|n| event(first * 1_000 + n, &[stream(n % 7)])).collect();
        store.append(commit(events, &[])).await.unwrap();
    }
    let (size, half) = (store.tree_size(), store.tree_size() / 2 + 3);
    let roots = [store.root(size).unwrap(), store.root(half).unwrap()];
    let proof = store.inclusion(Position(777), half).unwrap();
    drop(store);
    for save_index in [true, false, true] {
        let store = EmbeddedStore::open(options(save_index)).unwrap();
        assert_eq!([store.root(size).unwrap(), store.root(half).unwrap()], roots);
        assert_eq!(store.inclusion(Position(777), half).unwrap(), proof);
        assert!(proof.proves(&leaf_hash(&store.stored(Position(777)).unwrap()), &roots[1]));
        let mut leaves: Vec<Hash> = Vec::new();
        store.for_each_stored(Position(0), Position(size), &mut |_, bytes| leaves.push(leaf_hash(bytes))).unwrap();
        assert_eq!(leaves.len() as u64, size);
        assert_eq!(store.verify_at(&[half], &mut |_, _| ()).unwrap().roots[&half], roots[1]);
        assert!(store.root(size + 1).is_err() && store.inclusion(Position(0), size).is_err());
        assert!(store.consistency(size + 1, size).is_err() && store.stored(Position(size + 1)).is_err());
        assert!(Consistency { ..store.consistency(half, size).unwrap() }.proves(&roots[1], &roots[0]));
    }
    let empty = Path::new("empty");
    let store = EmbeddedStore::open(Options::new(dir.path().join(empty), Arc::new(store::SystemClock))).unwrap();
    assert_eq!(store.root(0).unwrap(), store::audit::empty_root());
    assert!(store.inclusion(Position(1), 0).is_err());
}
