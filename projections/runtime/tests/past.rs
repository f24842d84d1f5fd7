//! A moment of the past is what a runtime would have shown then.

use super::trial::{Counted, FOLDS, Trial};
use super::*;
use chrono::TimeDelta;
use std::sync::atomic::Ordering;
use store::Commit;

/// A store with the first commits only, recorded at the same instants.
async fn again(commits: &[Commit]) -> Arc<MemoryStore> {
    let store = empty_store();
    for commit in commits {
        store.append(commit.clone()).await.unwrap();
    }
    store
}

#[test]
fn as_known_at_is_a_log_that_ends_there() {
    under_seeds(|seed| {
        let mut world = merging_world(seed, 8);
        let commits: Vec<_> = (0..40).map(|_| world.commit()).collect();
        block_on(async {
            let store = again(&commits).await;
            let runtime = start::<Trial>(&store, tiny(&mut world.random));
            for _ in 0..10 {
                let then = again(&commits[..world.random.below(commits.len())]).await;
                let ended = start::<Trial>(&then, Limits::default()).snapshot();
                // The clock ticks once a commit, so half a second later nothing more is known.
                let instant = ended.known_at.unwrap_or_default() + TimeDelta::milliseconds(500);
                assert_eq!(runtime.position_at(instant).unwrap(), head(&then));
                let at_once = ended.known_at.unwrap_or_default();
                let cut = Cut { as_known_at: Some(world.random.pick(&[at_once, instant])), ..Cut::default() };
                assert_eq!(runtime.at(cut).await.unwrap(), ended, "as known at {instant}");
            }
        });
    });
}

#[test]
fn as_of_a_day_counts_what_took_effect_by_then() {
    under_seeds(|seed| {
        let mut world = merging_world(seed, 8);
        block_on(async {
            let store = lived(&mut world, 30).await;
            let runtime = start::<Trial>(&store, tiny(&mut world.random));
            let day = world.day();
            for _ in 0..8 {
                let cut = Cut { as_of: Some(world.random.pick(&[day, day.succ_opt().unwrap()])), ..Cut::default() };
                let moment = runtime.at(cut).await.unwrap();
                assert_eq!(moment.views, plain::<Trial>(&store, cut_of(&moment)));
                assert_eq!(moment.as_of, cut.as_of);
                live_on(&store, &mut world, 1).await;
                runtime.at_least(head(&store), PATIENCE).await.unwrap();
            }
            let before = 1 + world.random.below(30) as u64;
            let cut = Cut { as_of: Some(day), as_known_at: None, before: Some(before) };
            assert_eq!(runtime.at(cut).await.unwrap().views, plain::<Trial>(&store, cut));
        });
    });
}

#[test]
fn the_same_question_is_folded_once_however_many_ask() {
    let mut world = World::new(5, 8);
    block_on(async {
        let store = lived(&mut world, 40).await;
        let runtime = Arc::new(start::<Counted>(&store, Limits::default()));
        let before = FOLDS.load(Ordering::SeqCst);
        let cut = Cut { as_of: Some(world.day()), ..Cut::default() };
        let asked: Vec<_> = (0..30)
            .map(|_| {
                let runtime = runtime.clone();
                tokio::spawn(async move { runtime.at(cut).await.unwrap() })
            })
            .collect();
        for one in asked {
            one.await.unwrap();
        }
        let persons = store.streams(StreamKind::Person as u8).len();
        assert_eq!(FOLDS.load(Ordering::SeqCst) - before, persons);
    });
}

#[allow(clippy::await_holding_lock, reason = "the folds are held up on purpose, on their own threads")]
#[test]
fn only_so_many_moments_are_kept_and_only_so_many_wait() {
    let mut world = World::new(6, 8);
    block_on(async {
        let store = lived(&mut world, 40).await;
        let limits = Limits { cuts_kept_max: 2, cuts_waiting_max: 3, ..Limits::default() };
        let runtime = Arc::new(start::<Trial>(&store, limits));
        let ask = |number: usize| {
            let runtime = runtime.clone();
            let cut = Cut { as_of: Some(synthetic::day(number)), ..Cut::default() };
            async move { runtime.at(cut).await }
        };
        let first = ask(1).await.unwrap();
        assert!(Arc::ptr_eq(&first, &ask(1).await.unwrap()), "a moment that is kept is given again");
        for number in 2..5 {
            ask(number).await.unwrap();
        }
        assert!(!Arc::ptr_eq(&first, &ask(1).await.unwrap()), "the moment asked longest ago is dropped");

        let folding = runtime.shared.cuts.hold();
        let waiting: Vec<_> = (10..13).map(|number| tokio::spawn(ask(number))).collect();
        while runtime.shared.cuts.waiting() < 3 {
            tokio::task::yield_now().await;
        }
        let refused = ask(13).await;
        assert!(matches!(refused, Err(crate::ProjectionError::Busy { limit: 3 })), "{refused:?}");
        drop(folding);
        for one in waiting {
            one.await.unwrap().unwrap();
        }
        ask(13).await.unwrap();
    });
}
