//! What was saved and caught up is what a rebuild makes; what does not fit is never used.

use super::trial::{Renewed, Trial};
use super::*;
use crate::runtime::saved::Unfit;
use crate::{Saved, SavedError};
use std::collections::HashMap;
use std::sync::Mutex;

/// Saved views in memory, which can be spoilt.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<HashMap<(String, u32), Saved>>>);

impl SavedViews for Shelf {
    fn save(
        &self,
        name: &str,
        version: u32,
        position: Position,
        chunks: &mut dyn Iterator<Item = Vec<u8>>,
    ) -> Result<(), SavedError> {
        let saved = Saved { position, chunks: chunks.collect() };
        self.0.lock().unwrap().insert((name.to_owned(), version), saved);
        Ok(())
    }

    fn load(&self, name: &str, version: u32) -> Result<Option<Saved>, SavedError> {
        Ok(self.0.lock().unwrap().get(&(name.to_owned(), version)).cloned())
    }
}

impl Shelf {
    fn boxed(&self) -> Option<Box<dyn SavedViews>> {
        Some(Box::new(self.clone()))
    }
}

fn why<V: ViewSet>(runtime: &Runtime<MemoryStore, V>) -> Vec<(&'static str, Unfit)> {
    runtime.health().rebuilt.into_iter().map(|rebuilt| (rebuilt.view, rebuilt.why)).collect()
}

fn saved_and_caught_up_is_rebuilt<V: ViewSet>(seed: u64) {
    let mut world = World::new(seed, 10);
    block_on(async {
        let shelf = Shelf::default();
        let store = lived(&mut world, 30).await;
        for _ in 0..4 {
            let limits = tiny(&mut world.random);
            let runtime = saved_start::<V>(&store, limits, shelf.boxed());
            let opened = runtime.snapshot();
            assert_eq!(opened.views, plain::<V>(&store, cut_of(&opened)));
            let commits = world.random.below(12);
            live_on(&store, &mut world, commits).await;
            if world.random.chance(50) {
                runtime.shut_down().unwrap();
            }
        }
    });
}

#[test]
fn what_was_saved_and_caught_up_is_what_a_rebuild_makes() {
    under_seeds(saved_and_caught_up_is_rebuilt::<Trial>);
}

#[test]
fn every_view_of_the_house_comes_back_from_where_it_was_saved() {
    under_seeds(saved_and_caught_up_is_rebuilt::<crate::Views>);
}

#[test]
fn a_shut_down_saves_and_the_next_start_folds_nothing_anew() {
    let mut world = World::new(7, 10);
    block_on(async {
        let (shelf, store) = (Shelf::default(), lived(&mut world, 30).await);
        let runtime = saved_start::<Trial>(&store, Limits::default(), shelf.boxed());
        assert_eq!(why(&runtime).len(), 4);
        runtime.shut_down().unwrap();
        let again = saved_start::<Trial>(&store, Limits::default(), shelf.boxed());
        assert_eq!(why(&again), []);
        assert_eq!(again.health().saved, head(&store));
        assert_eq!(again.snapshot(), runtime.snapshot());
    });
}

#[test]
fn views_are_saved_while_they_follow() {
    let mut world = World::new(8, 10);
    block_on(async {
        let (shelf, store) = (Shelf::default(), empty_store());
        let limits = Limits { save_records: 10, ..Limits::default() };
        let runtime = saved_start::<Trial>(&store, limits, shelf.boxed());
        live_on(&store, &mut world, 30).await;
        runtime.at_least(head(&store), PATIENCE).await.unwrap();
        let deadline = std::time::Instant::now() + PATIENCE;
        while runtime.health().saved.0 + 10 < head(&store).0 {
            assert!(std::time::Instant::now() < deadline, "{:?}", runtime.health());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
}

/// Spoils the saved view `counts` and starts again.
fn spoilt(spoil: impl Fn(&mut Saved)) -> Vec<(&'static str, Unfit)> {
    let mut world = World::new(9, 10);
    block_on(async {
        let (shelf, store) = (Shelf::default(), lived(&mut world, 30).await);
        let limits = Limits { chunk_streams_max: 3, ..Limits::default() };
        saved_start::<Trial>(&store, limits.clone(), shelf.boxed()).shut_down().unwrap();
        spoil(shelf.0.lock().unwrap().get_mut(&("counts".to_owned(), 1)).unwrap());
        let runtime = saved_start::<Trial>(&store, limits, shelf.boxed());
        let opened = runtime.snapshot();
        assert_eq!(opened.views, plain::<Trial>(&store, cut_of(&opened)));
        why(&runtime)
    })
}

#[test]
fn a_damaged_view_is_folded_again_and_the_others_are_not() {
    let flipped = spoilt(|saved| saved.chunks[1][5] ^= 1);
    assert_eq!(flipped, [("counts", Unfit::Damaged("a checksum does not hold".into()))]);
    let cut = spoilt(|saved| drop(saved.chunks.pop()));
    assert!(matches!(&cut[..], [("counts", Unfit::Damaged(_))]), "{cut:?}");
    let empty = spoilt(|saved| saved.chunks.clear());
    assert_eq!(empty, [("counts", Unfit::Damaged("it is empty".into()))]);
}

#[test]
fn a_view_that_stands_elsewhere_in_the_log_is_folded_again() {
    assert_eq!(spoilt(|saved| saved.position.0 -= 1), [("counts", Unfit::AnotherLog)]);
    assert_eq!(spoilt(|saved| saved.position.0 += 1), [("counts", Unfit::AnotherLog)]);
}

#[test]
fn a_view_of_another_version_is_folded_beside_the_others() {
    let mut world = World::new(10, 10);
    block_on(async {
        let (shelf, store) = (Shelf::default(), lived(&mut world, 30).await);
        saved_start::<Trial>(&store, Limits::default(), shelf.boxed()).shut_down().unwrap();
        let runtime = saved_start::<Renewed>(&store, Limits::default(), shelf.boxed());
        assert_eq!(why(&runtime), [("counts", Unfit::Missing)]);
        let opened = runtime.snapshot();
        assert_eq!(opened.views, plain::<Renewed>(&store, cut_of(&opened)));
    });
}

#[test]
fn a_log_restored_to_another_past_is_not_mixed_with_what_was_saved() {
    block_on(async {
        let shelf = Shelf::default();
        let store = lived(&mut World::new(11, 10), 30).await;
        saved_start::<Trial>(&store, Limits::default(), shelf.boxed()).shut_down().unwrap();
        let other = lived(&mut World::new(12, 10), 60).await;
        let runtime = saved_start::<Trial>(&other, Limits::default(), shelf.boxed());
        assert!(why(&runtime).iter().all(|(_, why)| *why == Unfit::AnotherLog));
        assert_eq!(runtime.snapshot().views, plain::<Trial>(&other, Cut::default()));
    });
}
