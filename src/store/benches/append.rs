//! The embedded engine beside its limit, in the same run: durable append, reading the whole log, opening again.
//!
//! The limit is a plain file with group commit: the same tasks hand the same bytes to one thread, which writes all that
//! wait and calls `fdatasync` once. It checks nothing and keeps no index.
//! `cargo bench -p store [-- <directory> [<events per round>]]`; rounds alternate and medians count.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::{
    About, Actor, Commit, EmbeddedStore, Event, EventStore, Guard, Options, Position, Record, Revision, Role, StreamId,
    SystemClock,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

const ROUNDS: usize = 5;
const ROUND_TIME: Duration = Duration::from_millis(1500);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let base = args.first().map_or_else(std::env::temp_dir, PathBuf::from);
    let records = args.get(1).and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let dir = tempfile::tempdir_in(base).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    if args.get(2).is_none_or(|part| part != "bulk") {
        appends(&runtime, dir.path());
    }
    bulk(&runtime, dir.path(), records);
}

fn appends(runtime: &tokio::runtime::Runtime, dir: &Path) {
    println!("one event: {} bytes encoded", encoded(&one(0, 0)).len());
    println!(
        "writers | plain growing | plain filled | store | without tree | store / growing | store / filled | with / without tree | CPU us: plain, store, without tree"
    );
    for writers in std::env::var("WRITERS").map_or(vec![1, 16, 64, 256], |only| vec![only.parse().unwrap()]) {
        let (mut growing, mut filled, mut store, mut bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let at = dir.join(format!("{writers}-{round}"));
            std::fs::create_dir(&at).unwrap();
            growing.push(runtime.block_on(plain(&at.join("growing"), writers, false)));
            filled.push(runtime.block_on(plain(&at.join("filled"), writers, true)));
            store.push(runtime.block_on(engine(&at.join("store"), writers, true)));
            bare.push(runtime.block_on(engine(&at.join("bare"), writers, false)));
            std::fs::remove_dir_all(&at).unwrap();
        }
        let cpu = [&filled, &store, &bare].map(|rounds| median(rounds.iter().map(|round| round.1)));
        let [growing, filled, store, bare] =
            [growing, filled, store, bare].map(|rounds| median(rounds.into_iter().map(|round| round.0)));
        println!(
            "{writers:>7} | {growing:>11.0}/s | {filled:>10.0}/s | {store:>7.0}/s | {bare:>7.0}/s | {:.2} | {:.2} | {:.2} | {:.1}, {:.1}, {:.1}",
            store / growing,
            store / filled,
            store / bare,
            cpu[0],
            cpu[1],
            cpu[2]
        );
    }
}

/// CPU time of this process so far, in seconds: what counts on a machine that others use too.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn median(rounds: impl IntoIterator<Item = f64>) -> f64 {
    let mut rounds: Vec<f64> = rounds.into_iter().collect();
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn one(writer: u64, n: u64) -> Commit {
    let stream = StreamId { kind: 1, id: Uuid::from_u64_pair(writer, 1) };
    let event = Event {
        id: Uuid::from_u64_pair(0x0190_0000_0000_7000 + writer, n),
        about: vec![About { stream, role: Role(0) }],
        kind: "contract-started".into(),
        version: 1,
        effective_on: chrono::NaiveDate::default(),
        actor: Actor {
            user: "01900000-0000-7000-8000-0000000000aa".into(),
            role: "case-worker".into(),
            organisation: "01900000-0000-7000-8000-0000000000bb".into(),
        },
        on_behalf_of: None,
        source: "api".into(),
        batch: None,
        causation: None,
        correlation: Some(Uuid::from_u64_pair(1, n)),
        rule_set: Some("2026-01".into()),
        legal_basis: None,
        corrects: None,
        fact: vec![7; 80],
        sealed: Vec::new(),
    };
    Commit { events: vec![event], guards: vec![Guard { stream, revision: Revision(n) }] }
}

fn encoded(commit: &Commit) -> Vec<u8> {
    rmp_serde::to_vec_named(&commit.events[0]).unwrap()
}

/// Runs `writers` tasks, each waiting for one append before the next; gives appends per second and CPU microseconds per append.
async fn drive<F: Future<Output = ()> + Send + 'static>(
    writers: u64,
    append: impl Fn(u64, u64) -> F + Send + Clone + 'static,
) -> (f64, f64) {
    let (begun, cpu_before) = (Instant::now(), cpu());
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let append = append.clone();
            tokio::spawn(async move {
                let mut n = 0;
                while begun.elapsed() < ROUND_TIME {
                    append(writer, n).await;
                    n += 1;
                }
                n
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    let done = done as f64;
    (done / begun.elapsed().as_secs_f64(), (cpu() - cpu_before) / done * 1e6)
}

async fn engine(dir: &Path, writers: u64, keep_tree: bool) -> (f64, f64) {
    let options = Options { keep_tree, ..Options::new(dir, Arc::new(SystemClock)) };
    let store = EmbeddedStore::open(options).unwrap();
    let shared = store.clone();
    let rate = drive(writers, move |writer, n| {
        let store = shared.clone();
        async move { assert!(!store.append(one(writer, n)).await.unwrap().repeated) }
    })
    .await;
    store.close().unwrap();
    rate
}

async fn plain(path: &Path, writers: u64, filled: bool) -> (f64, f64) {
    let file = OpenOptions::new().create_new(true).read(true).write(true).open(path).unwrap();
    if filled {
        for at in 0..1024 {
            file.write_all_at(&[0; 1 << 20], at << 20).unwrap();
        }
        file.sync_all().unwrap();
    }
    let (give, take) = mpsc::unbounded_channel();
    let thread = std::thread::spawn(move || group_commit(&file, take));
    let give = Arc::new(give);
    let rate = drive(writers, move |writer, n| {
        let give = give.clone();
        async move {
            let (answer, answered) = oneshot::channel();
            assert!(give.send((encoded(&one(writer, n)), answer)).is_ok());
            answered.await.unwrap();
        }
    })
    .await;
    thread.join().unwrap();
    rate
}

fn group_commit(file: &File, mut take: mpsc::UnboundedReceiver<(Vec<u8>, oneshot::Sender<()>)>) {
    let (mut at, mut buffer, mut answers) = (0, Vec::new(), Vec::new());
    while let Some((bytes, answer)) = take.blocking_recv() {
        buffer.extend_from_slice(&bytes);
        answers.push(answer);
        while let Ok((bytes, answer)) = take.try_recv() {
            buffer.extend_from_slice(&bytes);
            answers.push(answer);
        }
        file.write_all_at(&buffer, at).unwrap();
        file.sync_data().unwrap();
        at += buffer.len() as u64;
        buffer.clear();
        answers.drain(..).for_each(|answer: oneshot::Sender<()>| assert!(answer.send(()).is_ok()));
    }
}

fn bulk(runtime: &tokio::runtime::Runtime, dir: &Path, records: u64) {
    let options = Options::new(dir.join("bulk"), Arc::new(SystemClock));
    let store = EmbeddedStore::open(options.clone()).unwrap();
    let begun = begin();
    runtime.block_on(async {
        for batch in 0..records / 1000 {
            let events = (0..1000).map(|n| one((batch * 1000 + n) % 100_003, batch * 1000 + n).events.remove(0));
            store.append(Commit { events: events.collect(), guards: Vec::new() }).await.unwrap();
        }
    });
    report("load, commits of 1000", records, begun);
    let size: u64 =
        std::fs::read_dir(dir.join("bulk/log")).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    let sled = std::fs::metadata(dir.join("bulk/sled/db")).map_or(0, |db| db.len());
    let raw = encoded(&one(0, 0)).len() as u64 * records;
    println!(
        "disk: log {:.2} and sled {:.2} of the encoded events",
        size as f64 / raw as f64,
        sled as f64 / raw as f64
    );
    for _ in 0..3 {
        let begun = begin();
        let mut seen = 0u64;
        store
            .for_each(Position(0), Position(u64::MAX), &mut |record: Record| seen += u64::from(record.position.0 > 0))
            .unwrap();
        assert_eq!(seen, records);
        report("read and decode the whole log", records, begun);
    }
    let times = Mutex::new(Vec::new());
    for n in 0..1000u64 {
        let begun = Instant::now();
        let found = store
            .read_stream(StreamId { kind: 1, id: Uuid::from_u64_pair(n * 97 % 100_003, 1) }, Revision(0), 100)
            .unwrap();
        times.lock().unwrap().push(begun.elapsed().as_secs_f64() * 1e6 / found.len() as f64);
    }
    println!("one record of a scattered stream: {:.2} us", median(times.into_inner().unwrap()));
    store.close().unwrap();
    drop(store);
    let begun = begin();
    let store = EmbeddedStore::open(options.clone()).unwrap();
    report("open with the saved index", records, begun);
    drop(store);
    std::fs::remove_dir_all(dir.join("bulk/sled")).unwrap();
    let begun = begin();
    let store = EmbeddedStore::open(options).unwrap();
    report("open without it", records, begun);
    let begun = begin();
    store.verify(&mut |_, _| ()).unwrap();
    report("verify", records, begun);
}

fn begin() -> (Instant, f64) {
    (Instant::now(), cpu())
}

fn report(what: &str, records: u64, (begun, cpu_before): (Instant, f64)) {
    let (seconds, each) = (begun.elapsed().as_secs_f64(), (cpu() - cpu_before) / records as f64 * 1e6);
    println!(
        "{what}: {:.0} ms, {:.2} M records/s, CPU {each:.2} us each",
        seconds * 1e3,
        records as f64 / seconds / 1e6
    );
}
