//! Live, rebuilt and folded in another order are the same.

use super::trial::Trial;
use super::*;
use crate::Views;

fn live_equals_rebuilt<V: ViewSet>(seed: u64) {
    let mut world = merging_world(seed, 12);
    block_on(async {
        let store = lived(&mut world, 5).await;
        let limits = tiny(&mut world.random);
        let runtime = start::<V>(&store, limits);
        for _ in 0..12 {
            let commits = 1 + world.random.below(6);
            live_on(&store, &mut world, commits).await;
            let live = runtime.at_least(head(&store), PATIENCE).await.unwrap();
            assert_eq!(live.views, plain::<V>(&store, cut_of(&live)), "live is not what the log says");
        }
        let live = runtime.snapshot();
        let rebuilt = runtime.rebuild(&silent).unwrap();
        assert_eq!(rebuilt, live, "rebuilt is not live");
        assert_eq!(start::<V>(&store, Limits::default()).snapshot(), live, "another start gives something else");
    });
}

#[test]
fn live_views_are_those_that_a_rebuild_makes() {
    under_seeds(live_equals_rebuilt::<Trial>);
}

#[test]
fn every_view_of_the_house_live_is_what_a_rebuild_makes() {
    under_seeds(live_equals_rebuilt::<Views>);
}

/// The same facts on days that all differ, recorded in two orders.
fn order_of_recording_does_not_matter<V: ViewSet>(seed: u64) {
    let mut world = World::new(seed, 6);
    let mut days: Vec<usize> = (0..240).collect();
    world.random.shuffle(&mut days);
    let mut events: Vec<_> = days
        .into_iter()
        .map(|number| {
            let fact = world.fact();
            world.event_of(synthetic::day(number), fact)
        })
        .collect();
    let recorded = |events: Vec<store::Event>| {
        block_on(async {
            let store = empty_store();
            for event in events {
                store.append(store::Commit { events: vec![event], guards: Vec::new() }).await.unwrap();
            }
            start::<V>(&store, Limits::default()).snapshot()
        })
    };
    let one = recorded(events.clone());
    world.random.shuffle(&mut events);
    assert_eq!(recorded(events).views, one.views);
}

#[test]
fn late_entry_changes_nothing() {
    under_seeds(order_of_recording_does_not_matter::<Trial>);
}

#[test]
fn late_entry_changes_nothing_in_any_view_of_the_house() {
    under_seeds(order_of_recording_does_not_matter::<Views>);
}

#[test]
fn the_trial_views_are_not_empty() {
    let mut world = World::new(1, 12);
    let store = block_on(lived(&mut world, 100));
    let trial = start::<Trial>(&store, Limits::default()).snapshot();
    assert!(trial.tables().iter().all(|table| table.streams() > 1), "{trial:?}");
    assert_eq!(trial.entries.len(), trial.counts.rows().count());
}
