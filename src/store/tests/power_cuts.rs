//! Whatever a power cut or a failing disk does, an acknowledged commit is there afterwards, whole.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod common;

use common::{Book, append_some, check, open};
use store::faulty::{Chance, FaultyDisk};
use store::{EventStore, StoreError};

const RUNS: u64 = 60;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap()
}

#[test]
fn no_power_cut_loses_an_acknowledged_commit() {
    let seed = Chance::seed();
    let runtime = runtime();
    for run in 0..RUNS {
        println!("run {run}");
        let mut chance = Chance(seed.wrapping_add(run));
        let (mut disk, mut book) = (FaultyDisk::new(), Book::default());
        // Three lives of one log, each ended by a power cut somewhere between two changes of the disk.
        for _ in 0..3 {
            disk.cut_power_after(chance.below(120));
            if let Ok(store) = open(&disk) {
                runtime.block_on(append_some(&store, &mut book, 12, &mut chance));
            }
            disk = disk.after_power_cut(chance.next());
            let store = open(&disk).unwrap();
            check(&store, &book);
            drop(store);
        }
    }
}

#[test]
fn no_failed_write_or_sync_loses_an_acknowledged_commit() {
    let seed = Chance::seed();
    let runtime = runtime();
    for run in 0..RUNS {
        println!("run {run}");
        let mut chance = Chance(seed.wrapping_add(run));
        let (disk, mut book) = (FaultyDisk::new(), Book::default());
        let store = open(&disk).unwrap();
        if chance.once_in(2) {
            disk.fail_sync_after(chance.below(30));
        } else {
            disk.fail_step_after(chance.below(60));
        }
        runtime.block_on(append_some(&store, &mut book, 12, &mut chance));
        let head = store.head().borrow().0;
        let answered = book.commits.values().filter_map(|(_, answer)| Some(answer.as_ref()?.last.0)).max();
        assert!(head >= answered.unwrap_or(0), "what was answered is readable");
        drop(store);
        // The process is started again on the same machine: it reads what was written, durable or not.
        let disk = disk.after_kill();
        let store = open(&disk).unwrap();
        check(&store, &book);
        runtime.block_on(append_some(&store, &mut book, 3, &mut chance));
        drop(store);
        let store = open(&disk.after_power_cut(chance.next())).unwrap();
        check(&store, &book);
    }
}

#[tokio::test]
async fn after_a_failed_sync_no_commit_is_taken_and_the_rest_is_readable() {
    let disk = FaultyDisk::new();
    let store = open(&disk).unwrap();
    let mut book = Book::default();
    append_some(&store, &mut book, 2, &mut Chance(1)).await;
    let before = store.head().borrow().0;
    disk.fail_sync_after(0);
    for id in 900..902 {
        let commit =
            store::conformance::commit(vec![store::conformance::event(id, &[store::conformance::stream(1)])], &[]);
        assert!(matches!(store.append(commit).await, Err(StoreError::Broken(_))));
    }
    assert_eq!(store.read(store::Position(0), 1000).unwrap().len() as u64, before);
    assert!(matches!(store.close(), Err(StoreError::Broken(_))));
    assert_eq!(store.head().borrow().0, before);
}
