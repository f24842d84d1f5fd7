//! How fast views are folded: whole, one commit after the other, at a moment of the past, saved and loaded.
//!
//! `cargo bench -p projections --bench rebuild -- [memory|embedded] [records]`; a million records made from a seed,
//! about thirty for each person.

#[path = "../runtime/tests/synthetic.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod synthetic;

use domain::history::Cut;
use domain::law::Law;
use projections::{Limits, Phase, Runtime, SavedViews, ViewSet, Views};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::{Commit, EmbeddedStore, EventStore, MemoryStore, Options, Position};
use synthetic::{Ticking, World};

/// Records of one commit while the log is made: an import.
const IMPORT: usize = 500;
/// Commits of one event each that are followed live.
const LIVE: u32 = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    let records = arguments.iter().find_map(|one| one.parse().ok()).unwrap_or(1_000_000);
    let executor = tokio::runtime::Builder::new_multi_thread().enable_time().build().expect("an executor starts");
    if arguments.iter().any(|one| one == "embedded") {
        let dir = tempfile::tempdir().expect("a directory can be made");
        let options = Options::new(dir.path(), Arc::new(Ticking::default()));
        let store = Arc::new(EmbeddedStore::open(options).expect("the store opens"));
        let place = store.views().clone();
        executor.block_on(measure(store, Some(place), records));
    } else {
        let store = Arc::new(MemoryStore::new(Arc::new(Ticking::default())));
        executor.block_on(measure(store, None::<store::embedded::SavedViews>, records));
    }
}

async fn measure<S: EventStore>(store: Arc<S>, place: Option<impl SavedViews + Clone>, records: usize) {
    let mut world = World::new(1, records / 30);
    world.corrections = 2;
    let begun = Mark::now();
    for _ in 0..records / IMPORT {
        let events = (0..IMPORT).map(|_| world.event()).collect();
        store.append(Commit { events, guards: Vec::new() }).await.expect("the log takes it");
    }
    tell("append", records, begun, Mark::now());

    let law = Arc::new(Law::default());
    let boxed = || place.clone().map(|place| Box::new(place) as Box<dyn SavedViews>);
    let runtime: Runtime<S, Views> = phases(records, |report| {
        Runtime::start_within(Limits::default(), store.clone(), law.clone(), boxed(), report).expect("views start")
    });
    let snapshot = runtime.snapshot();
    for table in snapshot.tables() {
        println!("  {:14} {:8} streams", table.name(), table.streams());
    }
    drop(snapshot);

    live("append, then see it", &*store, &runtime, &mut world).await;
    live("the same, of 50 busy people", &*store, &runtime, &mut World::new(2, 50)).await;

    let as_of = Cut { as_of: Some(synthetic::day(700)), ..Cut::default() };
    timed("asOf, whole fold", records, async || runtime.at(as_of).await).await;
    let commit = Commit { events: vec![world.event()], guards: Vec::new() };
    let last = store.append(commit).await.expect("the log takes it").last;
    runtime.at_least(last, Duration::from_secs(60)).await.expect("the views follow");
    timed("asOf, one commit later", records, async || runtime.at(as_of).await).await;
    let then = Cut { before: Some(last.0 - 1_000), ..Cut::default() };
    timed("asKnownAt, 1,000 ago", records, async || runtime.at(then).await).await;

    let begun = Instant::now();
    runtime.shut_down().expect("views are saved");
    if place.is_some() {
        println!("{:28} {:10.3} s", "save", begun.elapsed().as_secs_f64());
        drop(runtime);
        let begun = Instant::now();
        let again: Runtime<S, Views> =
            Runtime::start(store.clone(), law, boxed(), &projections::silent).expect("views start");
        println!("{:28} {:10.3} s", "start with saved views", begun.elapsed().as_secs_f64());
        assert!(again.health().rebuilt.is_empty(), "{:?}", again.health().rebuilt);
        assert_eq!(again.snapshot().position, last.max(Position(0)));
    }
    println!("{:28} {:10.0} MB", "most memory held", peak_mb());
}

/// Records one event after the other, each as soon as the one before is seen in the views.
async fn live<S: EventStore>(what: &str, store: &S, runtime: &Runtime<S, Views>, world: &mut World) {
    world.corrections = 0;
    let begun = Instant::now();
    for _ in 0..LIVE {
        let commit = Commit { events: vec![world.event()], guards: Vec::new() };
        let last = store.append(commit).await.expect("the log takes it").last;
        runtime.at_least(last, Duration::from_secs(60)).await.expect("the views follow");
    }
    println!("{what:28} {:8.1} µs each", begun.elapsed().as_secs_f64() * 1e6 / f64::from(LIVE));
}

async fn timed<T, E: std::fmt::Debug>(what: &str, records: usize, ask: impl AsyncFnOnce() -> Result<T, E>) {
    let begun = Mark::now();
    ask().await.expect("the past is told");
    tell(what, records, begun, Mark::now());
}

/// Runs a whole fold and tells how long each phase took.
fn phases<T>(records: usize, fold: impl FnOnce(projections::Report<'_>) -> T) -> T {
    let folding = Mutex::new(None);
    let folded = Mutex::new(None);
    let begun = Mark::now();
    let done = fold(&|progress| {
        if progress.phase == Phase::Folding {
            folding.lock().expect("nobody panics").get_or_insert_with(Mark::now);
            *folded.lock().expect("nobody panics") = Some(Mark::now());
        }
    });
    let end = Mark::now();
    let folding = folding.into_inner().expect("nobody panics").unwrap_or(end);
    let folded = folded.into_inner().expect("nobody panics").unwrap_or(end);
    tell("read, decode and group", records, begun, folding);
    tell("fold", records, folding, folded);
    tell("make tables", records, folded, end);
    tell("rebuild of all views", records, begun, end);
    done
}

/// An instant on the wall, and the processor time that this process had taken by then.
#[derive(Clone, Copy)]
struct Mark(Instant, Duration);

impl Mark {
    fn now() -> Self {
        Self(Instant::now(), processor_time())
    }
}

/// Tells wall and processor time: on a machine that others use too, only the latter can be compared.
fn tell(what: &str, records: usize, from: Mark, to: Mark) {
    let (wall, processor) = ((to.0 - from.0).as_secs_f64(), (to.1 - from.1).as_secs_f64());
    let per_second = records as f64 / wall;
    let per_core = records as f64 / processor;
    println!("{what:28} {wall:8.3} s {processor:8.2} s cpu {per_second:12.0} records/s {per_core:12.0} per core");
}

/// Processor time taken by all threads, in hundredths of a second, where the system tells.
fn processor_time() -> Duration {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = status.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}

/// The most memory that this process held, in megabytes, where the system tells.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1_024.0
}
