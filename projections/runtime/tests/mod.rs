//! What the runtime promises, tried on views made for it and on every view of the house.
//!
//! [`synthetic`] makes histories from a seed; a failing test tells it, and `TRAJET_SEED=… cargo test` runs it again.

mod boundaries;
mod commands;
mod failures;
mod merging;
mod past;
mod promises;
mod saving;
mod synthetic;
mod trial;

use crate::runtime::{Limits, Runtime, silent};
use crate::snapshot::Snapshot;
use crate::translate::{read_history, stream_of};
use crate::{SavedViews, ViewSet, Wanted};
use domain::fact::StreamKind;
use domain::history::Cut;
use domain::law::Law;
use std::sync::Arc;
use std::time::Duration;
use store::{EventStore, MemoryStore, Position};
use synthetic::{Random, Ticking, World};

const PATIENCE: Duration = Duration::from_secs(20);

/// Runs a test under some seeds, or under the one in the environment, and tells which one fails.
fn under_seeds(test: impl Fn(u64)) {
    let given = std::env::var("TRAJET_SEED").ok().and_then(|seed| seed.parse().ok());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let mut random = Random(now.as_nanos() as u64);
    let seeds: Vec<u64> = given.map_or_else(|| (0..6).map(|_| random.next()).collect(), |seed| vec![seed]);
    for seed in seeds {
        println!("TRAJET_SEED={seed}");
        test(seed);
    }
}

/// Limits at which every boundary is met.
fn tiny(random: &mut Random) -> Limits {
    Limits {
        page_records_max: 1 + random.below(5),
        pass_records_max: random.pick(&[3, 17, 1_000_000]),
        refold_share: random.pick(&[0, 1, 8]),
        workers: 1 + random.below(3),
        refold_streams_min: 1 + random.below(3),
        recent_records_max: random.pick(&[0, 10, 40, 100_000]),
        cuts_kept_max: 2,
        cuts_waiting_max: 4,
        chunk_streams_max: 1 + random.below(3),
        save_records: random.pick(&[1, 20, 1_000_000]),
        save_every: Duration::from_millis(random.pick(&[1, 50, 100_000])),
    }
}

fn empty_store() -> Arc<MemoryStore> {
    Arc::new(MemoryStore::new(Arc::new(Ticking::default())))
}

fn start<V: ViewSet>(store: &Arc<MemoryStore>, limits: Limits) -> Runtime<MemoryStore, V> {
    saved_start(store, limits, None)
}

fn saved_start<V: ViewSet>(
    store: &Arc<MemoryStore>,
    limits: Limits,
    place: Option<Box<dyn SavedViews>>,
) -> Runtime<MemoryStore, V> {
    Runtime::start_within(limits, store.clone(), Arc::new(Law::default()), place, &silent).unwrap()
}

/// The views by the shortest way: one stream after the other, straight from the store.
fn plain<V: ViewSet>(store: &MemoryStore, cut: Cut) -> V {
    let law = Law::default();
    let mut folded = V::Folded::default();
    for kind in StreamKind::ALL {
        for stream in store.streams(kind as u8) {
            let (history, _) = read_history(store, stream_of(stream).unwrap(), cut).unwrap();
            V::fold(&history, &law, Wanted::All, &mut folded);
        }
    }
    V::of_folded(vec![folded], &V::default())
}

/// The cut of a snapshot: what it must be, folded by the shortest way.
fn cut_of<V>(snapshot: &Snapshot<V>) -> Cut {
    Cut { as_of: snapshot.as_of, as_known_at: None, before: Some(snapshot.position.0 + 1) }
}

fn head(store: &MemoryStore) -> Position {
    *store.head().borrow()
}

/// A world in which many files are merged and taken apart.
fn merging_world(seed: u64, persons: usize) -> World {
    let mut world = World::new(seed, persons);
    world.merges = 12;
    world
}

/// A store in which a world recorded some commits.
async fn lived(world: &mut World, commits: usize) -> Arc<MemoryStore> {
    let store = empty_store();
    live_on(&store, world, commits).await;
    store
}

async fn live_on(store: &MemoryStore, world: &mut World, commits: usize) {
    for _ in 0..commits {
        store.append(world.commit()).await.unwrap();
    }
}

fn block_on<T>(task: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap().block_on(task)
}
