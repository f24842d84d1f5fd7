//! A record that is not understood stops the views with a clear error; it is never skipped, and nobody waits in vain.

use super::trial::{Fragile, Slow, Trial};
use super::*;
use crate::{ProjectionError, TranslateError};
use store::Commit;

/// A commit that this program cannot read.
fn from_the_future(world: &mut World, spoil: impl Fn(&mut store::Event)) -> Commit {
    let fact = world.fact();
    let mut event = world.event_of(synthetic::day(0), fact);
    spoil(&mut event);
    Commit { events: vec![event], guards: Vec::new() }
}

#[test]
fn an_unknown_record_stops_the_views_and_tells_who_waits() {
    let mut world = World::new(20, 5);
    block_on(async {
        let store = lived(&mut world, 5).await;
        let runtime = start::<Trial>(&store, Limits::default());
        let stands = runtime.snapshot();
        let strange = from_the_future(&mut world, |event| event.kind = "TeleportBooked".into());
        let wanted = store.append(strange).await.unwrap().last;
        let error = runtime.at_least(wanted, PATIENCE).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("TeleportBooked") && text.contains(&format!("record {wanted}")), "{text}");
        let health = runtime.health();
        assert_eq!((health.position, health.head, health.lag), (stands.position, wanted, 1));
        assert!(matches!(health.stopped, Some(ProjectionError::Unreadable(TranslateError::Fact { .. }))));
        assert_eq!(runtime.snapshot(), stands, "what was known before is still read");
        assert!(runtime.at_least(stands.position, PATIENCE).await.is_ok());
        let again: Result<Runtime<_, Trial>, _> =
            Runtime::start(store.clone(), Arc::new(Law::default()), None, &silent);
        assert_eq!(again.err().map(|error| error.to_string()), Some(text));
    });
}

#[test]
fn unknown_numbers_and_newer_shapes_are_named() {
    type Spoil = fn(&mut store::Event);
    let cases: [(Spoil, &str); 4] = [
        (|event| event.version = 9, "version 9"),
        (|event| event.about[0].role.0 = 99, "role 99"),
        (|event| event.about[0].stream.kind = 77, "kind 77"),
        (|event| event.fact = vec![0xC1], "does not have its shape"),
    ];
    for (spoil, named) in cases {
        let mut world = World::new(21, 5);
        block_on(async {
            let store = empty_store();
            store.append(from_the_future(&mut world, spoil)).await.unwrap();
            let started: Result<Runtime<_, Trial>, _> =
                Runtime::start(store.clone(), Arc::new(Law::default()), None, &silent);
            let text = started.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(text.contains(named) && text.contains("record 1"), "{named}: {text}");
        });
    }
}

#[test]
fn who_waits_longer_than_they_will_is_told_where_the_views_stand() {
    let mut world = World::new(22, 5);
    block_on(async {
        let store = empty_store();
        let runtime = start::<Slow>(&store, Limits::default());
        live_on(&store, &mut world, 5).await;
        let answer = runtime.at_least(head(&store), Duration::ZERO).await;
        assert!(matches!(answer, Err(ProjectionError::TooSlow { .. })), "{answer:?}");
        runtime.at_least(head(&store), PATIENCE).await.unwrap();
    });
}

#[test]
fn a_view_that_gives_up_stops_the_views_and_names_the_stream() {
    let mut world = World::new(23, 5);
    block_on(async {
        let store = empty_store();
        let runtime = start::<Fragile>(&store, Limits::default());
        live_on(&store, &mut world, 9).await;
        let error = runtime.at_least(head(&store), PATIENCE).await.unwrap_err();
        assert!(matches!(error, ProjectionError::Fault { .. }), "{error}");
    });
}

#[test]
fn who_waits_when_the_house_closes_is_told() {
    let mut world = World::new(24, 5);
    block_on(async {
        let store = lived(&mut world, 3).await;
        let runtime = start::<Trial>(&store, Limits::default());
        runtime.shut_down().unwrap();
        live_on(&store, &mut world, 1).await;
        let answer = runtime.at_least(head(&store), PATIENCE).await;
        assert!(matches!(answer, Err(ProjectionError::ShutDown)), "{answer:?}");
    });
}
