//! A process that is killed at any moment leaves every acknowledged commit behind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::conformance::{commit, event, stream};
use store::faulty::Chance;
use store::{EmbeddedStore, EventStore, Options, Position, StoreError, SystemClock};

const DIR: &str = "TRAJET_KILLED_IN";
const ROUNDS: u64 = 5;

fn options(dir: &std::path::Path) -> Options {
    Options { segment_bytes: 1 << 20, ..Options::new(dir, Arc::new(SystemClock)) }
}

/// Not a test of its own: the process that is killed. Appends for ever and prints what was acknowledged.
#[test]
fn the_process_that_is_killed() {
    let Some(dir) = std::env::var_os(DIR) else { return };
    let store = EmbeddedStore::open(options(dir.as_ref())).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let head = u128::from(store.head().borrow().0);
        let mut tasks = Vec::new();
        for writer in 0..16u128 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                for n in 0.. {
                    let id = (head << 64) + (writer << 32) + n * 2;
                    let events = vec![event(id, &[stream(writer)]), event(id + 1, &[stream(99)])];
                    let answer = store.append(commit(events, &[])).await.unwrap();
                    // One write of one line: a killed process leaves no half line behind its acknowledgement.
                    let line = format!("\nack {} {id}\n", answer.first);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
    });
}

#[test]
fn a_killed_process_loses_no_acknowledged_commit() {
    let mut chance = Chance(Chance::seed());
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged: Vec<(u64, u128)> = Vec::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_process_that_is_killed", "--nocapture"])
            .env(DIR, dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || {
            let acks = lines.map_while(Result::ok).filter_map(|line| {
                let (first, id) = line.strip_prefix("ack ")?.split_once(' ')?;
                Some((first.parse().ok()?, id.parse().ok()?))
            });
            acks.collect::<Vec<(u64, u128)>>()
        });
        std::thread::sleep(Duration::from_millis(150 + chance.below(500)));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(reader.join().unwrap());
        let store = EmbeddedStore::open(options(dir.path())).unwrap();
        let head = store.head().borrow().0;
        println!("round {round}: {} acknowledged, head {head}", acknowledged.len());
        assert_eq!(head % 2, 0, "a commit of two is there whole");
        let records = store.read(Position(0), usize::MAX).unwrap();
        assert_eq!(records.len() as u64, head);
        for (first, id) in &acknowledged {
            let at = usize::try_from(*first).unwrap() - 1;
            assert_eq!((records[at].event.id.as_u128(), records[at + 1].event.id.as_u128()), (*id, id + 1));
        }
        // What a kill left behind the last commit is told by the opening that cut it, and by no later one.
        if matches!(store.verify(&mut |_, _| ()), Err(StoreError::TornTail { .. })) {
            drop(store);
            let again = EmbeddedStore::open(options(dir.path())).unwrap();
            assert_eq!(again.verify(&mut |_, _| ()).unwrap().head.0, head);
        } else {
            store.verify(&mut |_, _| ()).unwrap();
        }
    }
    assert!(acknowledged.len() > 100, "the processes had time to work");
}
