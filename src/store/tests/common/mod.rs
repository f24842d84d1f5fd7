//! A store over the simulated disk, and what was acknowledged of it.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::conformance::{SetClock, commit, event, stream};
use store::faulty::{Chance, FaultyDisk};
use store::{Appended, EmbeddedStore, EventStore, Options, Position, Revision, StoreError};

/// Small segments, so that a short run begins several.
pub const SEGMENT_BYTES: u64 = 8 << 10;

pub fn options(disk: &FaultyDisk) -> Options {
    Options {
        disk: Arc::new(disk.clone()),
        segment_bytes: SEGMENT_BYTES,
        save_index: false,
        ..Options::new("/data", Arc::new(SetClock::default()))
    }
}

pub fn open(disk: &FaultyDisk) -> Result<EmbeddedStore, StoreError> {
    EmbeddedStore::open(options(disk))
}

/// Commits by the id of their first event: how many events they have, and the answer if one came.
#[derive(Clone, Default)]
pub struct Book {
    pub commits: BTreeMap<u128, (u128, Option<Appended>)>,
    pub next: u128,
}

/// Appends from four tasks at once until each has made `each` commits or was refused; books what was answered.
pub async fn append_some(store: &EmbeddedStore, book: &mut Book, each: u64, chance: &mut Chance) {
    let shared = Arc::new(Mutex::new(std::mem::take(book)));
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (store, shared, mut chance) = (store.clone(), shared.clone(), Chance(chance.next()));
        tasks.push(tokio::spawn(async move {
            for _ in 0..each {
                let count = u128::from(1 + chance.below(5));
                let first = {
                    let mut book = shared.lock().unwrap();
                    let first = book.next + 1;
                    book.next += count;
                    book.commits.insert(first, (count, None));
                    first
                };
                let streams = [stream(u128::from(chance.below(9))), stream(100 + u128::from(chance.below(9)))];
                let events = (first..first + count).map(|id| {
                    let mut event = event(id, &streams);
                    event.fact.resize(usize::try_from(chance.below(700)).unwrap(), 7);
                    event
                });
                match store.append(commit(events.collect(), &[])).await {
                    Ok(answer) => shared.lock().unwrap().commits.get_mut(&first).unwrap().1 = Some(answer),
                    Err(StoreError::Broken(_)) => return,
                    Err(other) => panic!("{other}"),
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    *book = std::mem::take(&mut *shared.lock().unwrap());
}

/// Checks that every answered commit is there where it was answered, that no commit is there in part, and the rest.
pub fn check(store: &EmbeddedStore, book: &Book) {
    let records = store.read(Position(0), usize::MAX).unwrap();
    let mut places: BTreeMap<u128, u64> = BTreeMap::new();
    for (nth, record) in records.iter().enumerate() {
        assert_eq!(record.position.0, nth as u64 + 1, "positions are dense");
        assert!(places.insert(record.event.id.as_u128(), record.position.0).is_none(), "no event is there twice");
        for (about, revision) in record.event.about.iter().zip(&record.revisions) {
            let before = Revision(revision.0 - 1);
            assert_eq!(store.read_stream(about.stream, before, 1).unwrap(), std::slice::from_ref(record));
        }
    }
    for (first, (count, answer)) in &book.commits {
        let found: Vec<u64> = (*first..first + count).filter_map(|id| places.get(&id).copied()).collect();
        assert!(found.is_empty() || found.len() as u128 == *count, "commit {first} is there in part");
        assert!(found.windows(2).all(|pair| pair[0] + 1 == pair[1]), "commit {first} is out of order");
        if let Some(answer) = answer {
            assert_eq!(found.first(), Some(&answer.first.0), "commit {first} was answered and is not there");
        }
    }
    assert_eq!(*store.head().borrow(), Position(records.len() as u64));
    match store.verify(&mut |_, _| ()) {
        Ok(report) => assert_eq!(report.head.0, records.len() as u64),
        // A crash left bytes of a commit that nobody was answered: the opening cut them, and it is told.
        Err(StoreError::TornTail { last, .. }) => assert!(last.0 <= records.len() as u64),
        Err(other) => panic!("{other}"),
    }
}

/// The segment files of the log, in order.
pub fn segments(disk: &FaultyDisk) -> Vec<std::path::PathBuf> {
    use store::disk::Disk;
    let log = Path::new("/data/log");
    disk.list(log).unwrap().into_iter().map(|name| log.join(name)).collect()
}
