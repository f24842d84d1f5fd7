//! Damage is told, never swallowed: no flipped byte, missing file or cut log loses a record in silence.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;

use common::{Book, append_some, open, segments};
use std::path::Path;
use store::faulty::{Chance, FaultyDisk};
use store::{EventStore, Position, Record, StoreError};

async fn filled() -> (FaultyDisk, Vec<Record>) {
    let disk = FaultyDisk::new();
    let store = open(&disk).unwrap();
    append_some(&store, &mut Book::default(), 20, &mut Chance(7)).await;
    let records = store.read(Position(0), usize::MAX).unwrap();
    store.close().unwrap();
    assert!(segments(&disk).len() > 3);
    (disk, records)
}

fn damaged(disk: &FaultyDisk) -> (std::path::PathBuf, u64, String) {
    match open(disk) {
        Err(StoreError::Damaged { path, offset, what }) => (path, offset, what),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test]
async fn a_flipped_byte_is_told_or_changes_nothing() {
    let mut chance = Chance(Chance::seed());
    let (disk, records) = filled().await;
    let mut told = 0;
    for path in segments(&disk).into_iter().chain([Path::new("/data/mark").to_owned()]) {
        let len = disk.bytes(&path).unwrap().len() as u64;
        for _ in 0..60 {
            let flipped = disk.after_kill();
            let at = usize::try_from(chance.below(len)).unwrap();
            assert!(flipped.flip(&path, at, 1 << chance.below(8)));
            match open(&flipped) {
                Err(StoreError::Damaged { path: of, .. } | StoreError::NewerFormat { path: of, .. }) => {
                    assert_eq!(of, path);
                    told += 1;
                }
                Err(other) => panic!("{other}"),
                Ok(store) => assert_eq!(store.read(Position(0), usize::MAX).unwrap(), records, "{path:?} at {at}"),
            }
        }
    }
    assert!(told > 100, "most bytes hold something");
}

#[tokio::test]
async fn a_byte_flipped_while_the_store_is_open_is_told_by_reading_and_by_verify() {
    let (disk, records) = filled().await;
    let store = open(&disk).unwrap();
    let first = segments(&disk).remove(0);
    assert!(disk.flip(&first, 200, 1));
    assert!(matches!(store.verify(&mut |_, _| ()), Err(StoreError::Damaged { path, offset: 64, .. }) if path == first));
    assert!(matches!(store.read(Position(0), 1), Err(StoreError::Damaged { path, .. }) if path == first));
    let mut seen = 0;
    let all = store.for_each(Position(0), Position(u64::MAX), &mut |_| seen += 1);
    assert!(matches!(all, Err(StoreError::Damaged { .. })) && seen < records.len());
}

#[tokio::test]
async fn a_missing_segment_is_damage() {
    let (disk, _) = filled().await;
    let all = segments(&disk);
    for (nth, path) in all.iter().enumerate() {
        let without = disk.after_kill();
        store::disk::Disk::remove(&without, path).unwrap();
        let (of, _, what) = damaged(&without);
        let expected = if nth == 0 { path } else { all.get(nth + 1).unwrap_or(&all[all.len() - 2]) };
        assert_eq!(&of, expected, "{what}");
    }
}

#[tokio::test]
async fn a_log_that_ends_before_the_mark_is_damage_and_is_left_as_it_is() {
    let (disk, _) = filled().await;
    let last = segments(&disk).pop().unwrap();
    let bytes = disk.bytes(&last).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    let cut = disk.after_kill();
    cut.put(&last, bytes[..end - 1].to_vec());
    assert!(damaged(&cut).2.contains("acknowledged"));
    assert_eq!(cut.bytes(&last).unwrap().len(), end - 1);
    let without_mark = disk.after_kill();
    store::disk::Disk::remove(&without_mark, Path::new("/data/mark")).unwrap();
    assert_eq!(damaged(&without_mark).0, Path::new("/data/mark"));
}

#[tokio::test]
async fn a_torn_tail_is_cut_and_told_by_one_verify_and_the_log_goes_on() {
    let (disk, records) = filled().await;
    let last = segments(&disk).pop().unwrap();
    let mut bytes = disk.bytes(&last).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    bytes.truncate(end);
    // The beginning of a frame that was never finished.
    bytes.extend_from_slice(b"TFRM\xff\x02\0\0 and some of what followed");
    disk.put(&last, bytes);
    let store = open(&disk).unwrap();
    assert_eq!(store.read(Position(0), usize::MAX).unwrap(), records);
    let mut book = Book { next: 10_000, ..Book::default() };
    append_some(&store, &mut book, 5, &mut Chance(3)).await;
    // A hand may have left those bytes: whoever verifies after the opening that cut them must hear of it.
    match store.verify(&mut |_, _| ()) {
        Err(StoreError::TornTail { path, offset, last: behind }) => {
            assert_eq!((path, offset, behind.0), (last, end as u64, records.len() as u64));
        }
        other => panic!("{other:?}"),
    }
    drop(store);
    let again = open(&disk).unwrap();
    let kept = again.read(Position(0), usize::MAX).unwrap();
    assert!(kept.len() >= records.len() + 20);
    assert_eq!(kept[..records.len()], records);
    assert_eq!(again.verify(&mut |_, _| ()).unwrap().head.0, kept.len() as u64);
}

#[tokio::test]
async fn a_segment_of_another_history_is_damage() {
    let (disk, _) = filled().await;
    let other = FaultyDisk::new();
    let store = open(&other).unwrap();
    append_some(&store, &mut Book::default(), 20, &mut Chance(7)).await;
    drop(store);
    // The same commits in another order of arrival end in other frames.
    let stranger = segments(&other).remove(0);
    disk.put(&segments(&disk)[0], other.bytes(&stranger).unwrap());
    damaged(&disk);
}

#[tokio::test]
async fn a_newer_format_and_a_second_process_are_told() {
    let (disk, _) = filled().await;
    let store = open(&disk).unwrap();
    assert!(matches!(open(&disk), Err(StoreError::InUse { .. })));
    drop(store);
    let newer = disk.after_kill();
    assert!(newer.flip(&segments(&disk)[0], 8, 3));
    assert!(matches!(open(&newer), Err(StoreError::NewerFormat { found: 2, known: 1, .. })));
}
