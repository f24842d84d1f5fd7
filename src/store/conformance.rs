//! What every engine must do, as tests that an engine runs against itself with [`conformance!`](crate::conformance).
//!
//! An engine is given as a [`Bench`]: how to open it empty, and how to open it again with what it holds.

use crate::{
    About, Actor, Appended, Clock, Commit, Event, EventStore, Guard, Position, Revision, Role, Shape, StoreError,
    StreamId, limits,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

/// Tells what stands inside a fact: of a kind `holds-…`, the rest of the name, in the version of its first byte.
#[must_use]
pub fn inside(kind: &str, fact: &[u8]) -> Option<Shape> {
    Some(Shape { kind: kind.strip_prefix("holds-")?.to_owned(), version: fact.first().copied()?.into() })
}

/// An engine under test, which is told by [`inside`] what facts hold.
pub trait Bench: Sized {
    /// The engine.
    type Store: EventStore;
    /// Opens it empty.
    fn new(clock: Arc<dyn Clock>) -> Self;
    /// The engine, open.
    fn store(&self) -> Arc<Self::Store>;
    /// Closes and opens it again, if it keeps anything.
    #[must_use]
    fn reopen(self, clock: Arc<dyn Clock>) -> Self;
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// Sets the instant, in microseconds since 1970.
    pub fn set(&self, us: i64) {
        self.0.store(us, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// A stream of kind 1.
#[must_use]
pub fn stream(n: u128) -> StreamId {
    StreamId { kind: 1, id: Uuid::from_u128(n) }
}

/// An event with this id in these streams, whose fact is its id again.
#[must_use]
pub fn event(id: u128, streams: &[StreamId]) -> Event {
    Event {
        id: Uuid::from_u128(id),
        about: streams.iter().map(|stream| About { stream: *stream, role: Role(0) }).collect(),
        kind: "thing-done".into(),
        version: 1,
        effective_on: NaiveDate::default(),
        actor: Actor { user: "u".into(), role: "worker".into(), organisation: "o".into() },
        on_behalf_of: None,
        source: "test".into(),
        batch: None,
        causation: None,
        correlation: None,
        rule_set: None,
        legal_basis: None,
        corrects: None,
        fact: id.to_be_bytes().to_vec(),
        sealed: Vec::new(),
    }
}

/// A commit of these events under these guards.
#[must_use]
pub fn commit(events: Vec<Event>, guards: &[(StreamId, u64)]) -> Commit {
    let guards = guards.iter().map(|(stream, revision)| Guard { stream: *stream, revision: Revision(*revision) });
    Commit { events, guards: guards.collect() }
}

fn one(id: u128, n: u128) -> Commit {
    commit(vec![event(id, &[stream(n)])], &[])
}

fn ids(store: &impl EventStore) -> Vec<u128> {
    store.read(Position(0), usize::MAX).unwrap().iter().map(|record| record.event.id.as_u128()).collect()
}

/// Positions are dense from 1, and a commit stands whole and in order.
pub async fn positions_are_dense<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    assert_eq!(*store.head().borrow(), Position(0));
    let first = store.append(one(1, 1)).await.unwrap();
    assert_eq!((first.first, first.last, first.repeated), (Position(1), Position(1), false));
    let events = (2..=4).map(|id| event(id, &[stream(id), stream(1)])).collect();
    let second = store.append(commit(events, &[])).await.unwrap();
    assert_eq!((second.first, second.last), (Position(2), Position(4)));
    let bench = bench.reopen(Arc::new(SetClock::default()));
    let records = bench.store().read(Position(0), usize::MAX).unwrap();
    assert_eq!(records.iter().map(|record| record.position.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(records[3].revisions, [Revision(1), Revision(4)]);
    assert_eq!(records[3].event, event(4, &[stream(4), stream(1)]));
    assert_eq!(*bench.store().head().borrow(), Position(4));
}

/// A commit with a broken guard leaves nothing, and the answer names stream and revisions.
pub async fn a_broken_guard_leaves_nothing<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    store.append(commit(vec![event(1, &[stream(1)])], &[(stream(1), 0)])).await.unwrap();
    let late = commit(vec![event(2, &[stream(2)]), event(3, &[stream(1)])], &[(stream(2), 0), (stream(1), 0)]);
    match store.append(late).await {
        Err(StoreError::Conflict { stream: of, expected, found }) => {
            assert_eq!((of, expected, found), (stream(1), Revision(0), Revision(1)));
        }
        other => panic!("a conflict was expected: {other:?}"),
    }
    assert_eq!(ids(&*store), [1]);
    store.append(commit(vec![event(2, &[stream(2)])], &[(stream(2), 0), (stream(1), 1)])).await.unwrap();
    assert_eq!(ids(&*store), [1, 2]);
}

/// Of many who create one stream at the same time exactly one does.
pub async fn one_of_many_creators_wins<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let tasks = (1..=64).map(|id| {
        let store = bench.store();
        tokio::spawn(async move { store.append(commit(vec![event(id, &[stream(1)])], &[(stream(1), 0)])).await })
    });
    let mut won = 0;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(StoreError::Conflict { found, .. }) => assert_eq!(found, Revision(1)),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(bench.store().read_stream(stream(1), Revision(0), 10).unwrap().len(), 1);
}

/// The same commit again is answered as the first time; another content under a known id is refused.
pub async fn asking_twice_records_once<B: Bench>() {
    let clock = Arc::new(SetClock::default());
    let mut bench = B::new(clock.clone());
    let pair = || commit(vec![event(1, &[stream(1)]), event(2, &[stream(1)])], &[(stream(1), 0)]);
    clock.set(1_000);
    bench.store().append(one(9, 9)).await.unwrap();
    let first = bench.store().append(pair()).await.unwrap();
    for _ in 0..2 {
        clock.set(2_000);
        let again = bench.store().append(pair()).await.unwrap();
        assert_eq!(again, Appended { repeated: true, ..first.clone() });
        let store = bench.store();
        refused(&*store, one(1, 7), 1, 2).await;
        refused(&*store, commit(vec![event(2, &[stream(1)])], &[]), 2, 3).await;
        refused(&*store, commit(vec![event(1, &[stream(1)])], &[]), 1, 2).await;
        refused(&*store, commit(vec![event(3, &[stream(1)]), event(2, &[stream(1)])], &[]), 2, 3).await;
        refused(&*store, commit(vec![event(9, &[stream(9)]), event(1, &[stream(1)])], &[]), 9, 1).await;
        assert_eq!(ids(&*store), [9, 1, 2]);
        drop(store);
        bench = bench.reopen(clock.clone());
    }
    assert_eq!(bench.store().find(Uuid::from_u128(2)).unwrap(), Some(Position(3)));
    assert_eq!(bench.store().find(Uuid::from_u128(3)).unwrap(), None);
}

async fn refused(store: &impl EventStore, commit: Commit, reused: u128, at: u64) {
    match store.append(commit).await {
        Err(StoreError::IdReused { id, position }) => {
            assert_eq!((id, position), (Uuid::from_u128(reused), Position(at)));
        }
        other => panic!("a reused id was expected: {other:?}"),
    }
}

/// The same commit many times at once is recorded once, and all are answered alike.
pub async fn asking_many_times_at_once_records_once<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    for round in 1..=20 {
        let tasks = (0..16).map(|_| {
            let store = bench.store();
            tokio::spawn(async move { store.append(one(round, round)).await.unwrap() })
        });
        let mut answers = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            answers.push(task.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
        assert!(answers.iter().all(|answer| answer.first == answers[0].first && answer.last == answers[0].last));
    }
    assert_eq!(bench.store().read(Position(0), 100).unwrap().len(), 20);
}

/// A record that is about several streams stands in each, with a revision of its own there.
pub async fn a_record_stands_in_every_stream<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    store.append(one(1, 2)).await.unwrap();
    store.append(commit(vec![event(2, &[stream(1), stream(2)])], &[(stream(1), 0), (stream(2), 1)])).await.unwrap();
    let bench = bench.reopen(Arc::new(SetClock::default()));
    let store = bench.store();
    let of = |n, after, limit| -> Vec<u64> {
        let records = store.read_stream(stream(n), Revision(after), limit).unwrap();
        records.iter().map(|record| record.position.0).collect()
    };
    assert_eq!((of(1, 0, 9), of(2, 0, 9), of(3, 0, 9)), (vec![2], vec![1, 2], vec![]));
    assert_eq!((of(2, 1, 9), of(2, 2, 9), of(2, 0, 1), of(2, 0, 0)), (vec![2], vec![], vec![1], vec![]));
    assert_eq!(of(2, u64::MAX, usize::MAX), Vec::<u64>::new());
    let mut streams = store.streams(1);
    streams.sort();
    assert_eq!((streams, store.streams(2)), (vec![stream(1), stream(2)], vec![]));
}

/// Every shape is told with its first position and its number, what stands inside others included, before and after
/// a restart.
pub async fn every_shape_is_told<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    assert_eq!(bench.store().shapes(), []);
    let of = |id: u128, kind: &str, version: u16| {
        let mut event = event(id, &[stream(id)]);
        (event.kind, event.version, event.fact) = (kind.to_owned(), version, vec![3]);
        event
    };
    let store = bench.store();
    store.append(commit(vec![of(1, "signed", 1), of(2, "ended", 1)], &[])).await.unwrap();
    store.append(commit(vec![of(3, "signed", 2), of(4, "holds-ended", 1)], &[])).await.unwrap();
    store.append(commit(vec![of(5, "signed", 1)], &[])).await.unwrap();
    // Refused and repeated commits leave nothing.
    store.append(commit(vec![of(5, "signed", 1)], &[])).await.unwrap();
    store.append(commit(vec![of(6, "refused", 1)], &[(stream(1), 0)])).await.unwrap_err();
    drop(store);
    let expected =
        [("ended", 1, 2, 1), ("ended", 3, 4, 1), ("holds-ended", 1, 4, 1), ("signed", 1, 1, 2), ("signed", 2, 3, 1)];
    let told = |store: &B::Store| -> Vec<(String, u16, u64, u64)> {
        let shapes = store.shapes().into_iter();
        shapes.map(|one| (one.shape.kind, one.shape.version, one.first.0, one.records)).collect()
    };
    let expected = expected.map(|(kind, version, first, records)| (kind.to_owned(), version, first, records));
    assert_eq!(told(&bench.store()), expected);
    let bench = bench.reopen(Arc::new(SetClock::default()));
    assert_eq!(told(&bench.store()), expected);
}

/// Reading gives what is behind a position, up to a limit, and nothing behind the end.
pub async fn reading_keeps_its_limits<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    for id in 1..=5 {
        store.append(one(id, 1)).await.unwrap();
    }
    let of = |after, limit| -> Vec<u64> {
        store.read(Position(after), limit).unwrap().iter().map(|record| record.position.0).collect()
    };
    assert_eq!((of(0, 2), of(3, 9), of(2, 0)), (vec![1, 2], vec![4, 5], vec![]));
    assert_eq!((of(5, 1), of(u64::MAX, usize::MAX)), (vec![], vec![]));
}

/// The instant of a record never goes back, whatever the clock does, and is cut to microseconds.
pub async fn instants_never_go_back<B: Bench>() {
    let clock = Arc::new(SetClock::default());
    clock.set(5_000);
    let bench = B::new(clock.clone());
    bench.store().append(one(1, 1)).await.unwrap();
    clock.set(4_000);
    assert_eq!(bench.store().append(one(2, 1)).await.unwrap().recorded_at.timestamp_micros(), 5_000);
    let bench = bench.reopen(clock.clone());
    if *bench.store().head().borrow() == Position(2) {
        assert_eq!(bench.store().append(one(3, 1)).await.unwrap().recorded_at.timestamp_micros(), 5_000);
        clock.set(6_001);
        assert_eq!(bench.store().append(one(4, 1)).await.unwrap().recorded_at.timestamp_micros(), 6_001);
    }
}

/// Whoever follows the head reads every record once, and the head never runs ahead of what can be read.
pub async fn a_follower_misses_and_repeats_nothing<B: Bench>() {
    const WRITERS: u128 = 8;
    const EACH: u128 = 50;
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    let mut head = store.head();
    let follower = tokio::spawn(async move {
        let mut read = 0;
        while read < (WRITERS * EACH) as u64 {
            head.changed().await.unwrap();
            let upto = head.borrow_and_update().0;
            let records = store.read(Position(read), usize::MAX).unwrap();
            assert!(read + records.len() as u64 >= upto, "the head is ahead of what can be read");
            for record in records {
                read += 1;
                assert_eq!(record.position.0, read);
            }
        }
    });
    let next = Arc::new(AtomicU64::new(1));
    let writers = (0..WRITERS).map(|writer| {
        let (store, next) = (bench.store(), next.clone());
        tokio::spawn(async move {
            for _ in 0..EACH {
                let id = next.fetch_add(1, Ordering::SeqCst);
                store.append(one(id.into(), writer)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    follower.await.unwrap();
}

/// Every limit of a commit holds at its edge.
pub async fn limits_hold_at_their_edge<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    let many = |count: usize| (0..count as u128).map(|n| stream(n + 1)).collect::<Vec<_>>();
    store.append(commit(vec![event(1, &many(limits::ABOUT_MAX))], &[])).await.unwrap();
    too_large(&*store, commit(vec![event(2, &many(limits::ABOUT_MAX + 1))], &[])).await;
    let events = |from: u128, count: usize| (0..count as u128).map(|n| event(from + n, &[stream(1)])).collect();
    store.append(commit(events(100, limits::COMMIT_EVENTS_MAX), &[])).await.unwrap();
    too_large(&*store, commit(events(100_000, limits::COMMIT_EVENTS_MAX + 1), &[])).await;
    let guards = vec![(stream(9_999_999), 0); limits::GUARDS_MAX + 1];
    store.append(commit(vec![event(3, &[stream(1)])], &guards[1..])).await.unwrap();
    too_large(&*store, commit(vec![event(4, &[stream(1)])], &guards)).await;
    let big = |id: u128, spare: usize| {
        let mut big = event(id, &[stream(1)]);
        big.fact = vec![7; 100_000];
        let around = rmp_serde::to_vec_named(&big).unwrap().len() - big.fact.len();
        big.fact = vec![7; limits::RECORD_BYTES_MAX - around - spare];
        big
    };
    store.append(commit(vec![big(5, 0)], &[])).await.unwrap();
    let mut over = big(6, 0);
    over.fact.push(7);
    too_large(&*store, commit(vec![over], &[])).await;
    let full: Vec<_> = (0..16).map(|n| big(10 + n, 0)).collect();
    assert_eq!(limits::COMMIT_BYTES_MAX, 16 * limits::RECORD_BYTES_MAX);
    store.append(commit(full, &[])).await.unwrap();
    too_large(&*store, commit((0..17).map(|n| big(30 + n, 60_000)).collect(), &[])).await;
    assert_eq!(store.read(Position(0), usize::MAX).unwrap().len(), 1 + limits::COMMIT_EVENTS_MAX + 2 + 16);
}

async fn too_large(store: &impl EventStore, commit: Commit) {
    match store.append(commit).await {
        Err(StoreError::TooLarge { found, limit, .. }) => assert!(found > limit),
        other => panic!("too large was expected: {other:?}"),
    }
}

/// A commit without events, an event without or with a doubled stream, and a doubled id are refused.
pub async fn malformed_commits_are_refused<B: Bench>() {
    let bench = B::new(Arc::new(SetClock::default()));
    let store = bench.store();
    let doubled = vec![event(1, &[stream(1)]), event(1, &[stream(1)])];
    for events in [vec![], vec![event(1, &[])], vec![event(1, &[stream(1), stream(1)])], doubled] {
        let answer = store.append(commit(events, &[])).await;
        assert!(matches!(answer, Err(StoreError::Malformed(_))), "{answer:?}");
    }
    assert_eq!(*store.head().borrow(), Position(0));
}

/// Makes a test of each of the promises above, for one [`Bench`].
#[macro_export]
macro_rules! conformance {
    ($bench:ty) => {
        $crate::conformance!($bench:
            positions_are_dense a_broken_guard_leaves_nothing one_of_many_creators_wins asking_twice_records_once
            asking_many_times_at_once_records_once a_record_stands_in_every_stream every_shape_is_told reading_keeps_its_limits
            instants_never_go_back a_follower_misses_and_repeats_nothing limits_hold_at_their_edge
            malformed_commits_are_refused);
    };
    ($bench:ty: $($name:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::conformance::$name::<$bench>().await;
            }
        )*
    };
}
