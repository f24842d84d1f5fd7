//! No batch boundary freezes, skips or shows half a commit; who names a position sees it.

use super::trial::Trial;
use super::*;
use crate::ProjectionError;
use std::collections::BTreeSet;
use store::{Appended, Commit, Occurrence, Record, Revision, StoreError, StreamId};
use tokio::sync::watch;
use uuid::Uuid;

#[test]
fn every_moment_published_stands_between_two_commits_and_is_whole() {
    under_seeds(|seed| {
        let mut world = World::new(seed, 5);
        block_on(async {
            let store = empty_store();
            let limits = tiny(&mut world.random);
            let runtime = Arc::new(start::<Trial>(&store, limits));
            let commits: Vec<_> = (0..60).map(|_| world.commit()).collect();
            let mut ends = BTreeSet::from([Position(0)]);
            let watching = runtime.clone();
            let writer = tokio::spawn({
                let store = store.clone();
                async move {
                    let mut ends = Vec::new();
                    for commit in commits {
                        ends.push(store.append(commit).await.unwrap().last);
                        tokio::task::yield_now().await;
                    }
                    ends
                }
            });
            let mut seen = vec![watching.snapshot()];
            while !writer.is_finished() {
                let now = watching.snapshot();
                if now.position != seen[seen.len() - 1].position {
                    seen.push(now);
                }
                tokio::task::yield_now().await;
            }
            ends.extend(writer.await.unwrap());
            seen.push(runtime.at_least(head(&store), PATIENCE).await.unwrap());
            for moment in seen {
                assert!(ends.contains(&moment.position), "{} is inside a commit", moment.position);
                assert_eq!(moment.views, plain::<Trial>(&store, cut_of(&moment)));
            }
        });
    });
}

#[test]
fn who_names_a_position_waits_for_it_and_sees_it() {
    under_seeds(|seed| {
        let mut world = World::new(seed, 5);
        block_on(async {
            let store = empty_store();
            let runtime = start::<Trial>(&store, Limits::default());
            for _ in 0..50 {
                let written = store.append(world.commit()).await.unwrap().last;
                assert!(runtime.at_least(written, PATIENCE).await.unwrap().position >= written);
            }
        });
    });
}

#[test]
fn a_position_beyond_the_log_is_told_at_once() {
    block_on(async {
        let store = lived(&mut World::new(3, 5), 3).await;
        let runtime = start::<Trial>(&store, Limits::default());
        let wanted = Position(head(&store).0 + 1);
        let answer = runtime.at_least(wanted, Duration::from_secs(3_600)).await;
        assert!(matches!(answer, Err(ProjectionError::NotYetRecorded { wanted: w, .. }) if w == wanted), "{answer:?}");
    });
}

#[test]
fn a_runtime_may_be_used_from_any_task() {
    fn from_any_task<T: Send + Sync + 'static>() {}
    from_any_task::<Runtime<MemoryStore, Trial>>();
    from_any_task::<ProjectionError>();
}

/// A store that holds more records than it says: another commit lands while views read.
struct Ahead {
    inner: Arc<MemoryStore>,
    head: watch::Sender<Position>,
}

impl EventStore for Ahead {
    async fn append(&self, commit: Commit) -> Result<Appended, StoreError> {
        self.inner.append(commit).await
    }

    fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, StoreError> {
        self.inner.read(after, limit)
    }

    fn read_stream(&self, stream: StreamId, after: Revision, limit: usize) -> Result<Vec<Record>, StoreError> {
        self.inner.read_stream(stream, after, limit)
    }

    fn find(&self, event: Uuid) -> Result<Option<Position>, StoreError> {
        self.inner.find(event)
    }

    fn streams(&self, kind: u8) -> Vec<StreamId> {
        self.inner.streams(kind)
    }

    fn shapes(&self) -> Vec<Occurrence> {
        self.inner.shapes()
    }

    fn head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }
}

#[test]
fn a_commit_that_lands_while_views_read_is_not_half_seen() {
    under_seeds(|seed| {
        let mut world = World::new(seed, 4);
        block_on(async {
            let inner = empty_store();
            let mut ends = Vec::new();
            for _ in 0..40 {
                ends.push(inner.append(world.commit()).await.unwrap().last);
            }
            let store = Arc::new(Ahead { inner: inner.clone(), head: watch::Sender::new(ends[3]) });
            let limits = tiny(&mut world.random);
            let runtime: Runtime<_, Trial> =
                Runtime::start_within(limits, store.clone(), Arc::new(Law::default()), None, &silent).unwrap();
            for end in ends.into_iter().skip(3).step_by(3) {
                store.head.send_replace(end);
                let seen = runtime.at_least(end, PATIENCE).await.unwrap();
                assert_eq!(seen.position, end);
                assert_eq!(seen.views, plain::<Trial>(&inner, cut_of(&seen)));
            }
        });
    });
}
