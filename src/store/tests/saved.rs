//! Whatever happens to the sled directory, nothing recorded is lost, and a saved view is whole or absent.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::Path;
use std::sync::{Arc, Mutex};
use store::conformance::{commit, event, stream};
use store::embedded::Progress;
use store::{EmbeddedStore, EventStore, Options, Position, Record, Revision, StoreError, SystemClock};

type Heard = Arc<Mutex<Vec<Progress>>>;

fn open(dir: &Path) -> (EmbeddedStore, Vec<Progress>) {
    let heard = Heard::default();
    let on_progress = {
        let heard = heard.clone();
        Arc::new(move |step| heard.lock().unwrap().push(step))
    };
    let options =
        Options { segment_bytes: 1 << 20, on_progress: Some(on_progress), ..Options::new(dir, Arc::new(SystemClock)) };
    let store = EmbeddedStore::open(options).unwrap();
    let heard = heard.lock().unwrap().clone();
    (store, heard)
}

async fn fill(store: &EmbeddedStore, from: u128, count: u128) {
    for first in (from..from + count).step_by(500) {
        let events = (first..first + 500).map(|id| event(id, &[stream(id % 701), stream(10_000 + id % 13)]));
        store.append(commit(events.collect(), &[])).await.unwrap();
    }
}

fn all(store: &EmbeddedStore) -> Vec<Record> {
    let mut records = Vec::new();
    store.for_each(Position(0), Position(u64::MAX), &mut |record| records.push(record)).unwrap();
    assert_eq!(store.read(Position(0), usize::MAX).unwrap(), records);
    for id in [1, 77, 5000] {
        assert_eq!(store.find(records[id].event.id).unwrap(), Some(Position(id as u64 + 1)));
        let of = store.read_stream(stream(id as u128 % 701), Revision(0), usize::MAX).unwrap();
        assert!(of.iter().all(|record| record.event.about[0].stream == stream(id as u128 % 701)) && !of.is_empty());
    }
    store.verify(&mut |_, _| ()).unwrap();
    records
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn a_saved_index_spares_reading_the_log_and_a_lost_one_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path());
    fill(&store, 1, 10_000).await;
    let records = all(&store);
    drop(store);

    let (store, heard) = open(dir.path());
    let read = heard.iter().filter(|step| matches!(step, Progress::Reading { .. })).count();
    assert!(read <= 3 && !heard.iter().any(|step| matches!(step, Progress::Warning(_))), "{heard:?}");
    assert_eq!(all(&store), records);
    fill(&store, 40_001, 2_000).await;
    let records = all(&store);
    drop(store);

    // An older copy of the sled directory lags; a newer one runs ahead of an older log.
    let older = tempfile::tempdir().unwrap();
    copy(&dir.path().join("sled"), &older.path().join("sled"));
    copy(dir.path(), &older.path().join("whole"));
    let (store, _) = open(dir.path());
    fill(&store, 50_001, 9_000).await;
    let more = all(&store);
    drop(store);
    copy(&dir.path().join("sled"), &older.path().join("ahead"));
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    copy(&older.path().join("sled"), &dir.path().join("sled"));
    let (store, _) = open(dir.path());
    assert_eq!(all(&store), more);
    drop(store);
    let whole = older.path().join("whole");
    std::fs::remove_dir_all(whole.join("sled")).unwrap();
    copy(&older.path().join("ahead"), &whole.join("sled"));
    let (store, heard) = open(&whole);
    assert!(heard.iter().any(|step| matches!(step, Progress::Warning(_))));
    assert_eq!(all(&store), records);
    drop(store);

    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    let (store, _) = open(dir.path());
    assert_eq!(all(&store), more);
    drop(store);
    for nth in 0..4 {
        let db = dir.path().join("sled/db");
        let mut bytes = std::fs::read(&db).unwrap();
        let from = bytes.len() / 4 * nth;
        bytes[from..].iter_mut().take(3000).for_each(|byte| *byte ^= 0x55);
        std::fs::write(&db, bytes).unwrap();
        let (store, _) = open(dir.path());
        assert_eq!(store.read(Position(0), usize::MAX).unwrap(), more);
        assert_eq!(store.find(more[500].event.id).unwrap(), Some(Position(501)));
    }
}

#[tokio::test]
async fn a_saved_view_comes_back_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path());
    let chunks = |salt: u8| (0..300u32).map(move |n| (n.to_be_bytes().to_vec(), vec![salt; 1000 * (n as usize % 7)]));
    let large = || std::iter::once((vec![1; 300_000], vec![2; 1_000_000]));
    let views = store.views();
    assert!(views.load("standing", 1).is_none());
    views.save("standing", 1, Position(7), chunks(1)).unwrap();
    views.save("stand", 1, Position(5), std::iter::empty()).unwrap();
    views.save("large", 2, Position(9), large()).unwrap();
    views.save("standing", 1, Position(8), chunks(2)).unwrap();
    let loaded = |store: &EmbeddedStore, name, version| {
        store.views().load(name, version).map(|(position, chunks)| (position, chunks.collect::<Vec<_>>()))
    };
    assert_eq!(loaded(&store, "standing", 2), None);
    drop(store);
    let (store, _) = open(dir.path());
    assert_eq!(loaded(&store, "standing", 1), Some((Position(8), chunks(2).collect())));
    assert_eq!(loaded(&store, "stand", 1), Some((Position(5), vec![])));
    assert_eq!(loaded(&store, "large", 2), Some((Position(9), large().collect())));
    let blobs = std::fs::read_dir(dir.path().join("sled/blobs")).map_or(0, Iterator::count);
    assert_eq!(blobs, 0, "a value became a file");
    store.views().drop_all().unwrap();
    assert_eq!(loaded(&store, "standing", 1), None);
    let name = "n".repeat(store::embedded::NAME_BYTES_MAX + 1);
    store.views().save(&name[1..], 1, Position(1), chunks(1)).unwrap();
    assert!(store.views().save(&name, 1, Position(1), chunks(1)).is_err());
}

#[tokio::test]
async fn a_damaged_mark_is_told_while_the_other_one_counts() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path());
    fill(&store, 1, 1_000).await;
    drop(store);
    let mark = dir.path().join("mark");
    let whole = std::fs::read(&mark).unwrap();
    let warned = |bytes: &[u8]| {
        std::fs::write(&mark, bytes).unwrap();
        let (store, heard) = open(dir.path());
        assert_eq!(store.head().borrow().0, 1_000);
        drop(store);
        heard.iter().any(|step| matches!(step, Progress::Warning(text) if text.contains("mark at byte")))
    };
    for at in [0, 11, 512, 523] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        assert!(warned(&flipped), "byte {at}");
    }
    assert!(warned(&whole[..512]), "cut in half");
    assert!(!warned(&whole));
}

#[tokio::test]
async fn a_log_gone_with_its_mark_is_missed_by_the_saved_index() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path());
    fill(&store, 1, 20_000).await;
    drop(store);
    std::fs::remove_dir_all(dir.path().join("log")).unwrap();
    std::fs::remove_file(dir.path().join("mark")).unwrap();
    match EmbeddedStore::open(Options::new(dir.path(), Arc::new(SystemClock))) {
        Err(StoreError::Damaged { what, .. }) => assert!(what.contains("the saved index tells of"), "{what}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("an empty log was begun in the place of a lost one"),
    }
}

#[tokio::test]
async fn what_is_made_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path());
    fill(&store, 1, 500).await;
    store.close().unwrap();
    let segments = std::fs::read_dir(dir.path().join("log")).unwrap().map(|entry| entry.unwrap().path());
    for path in segments.chain([dir.path().join("mark")]) {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}
