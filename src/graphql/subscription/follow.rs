//! The log as a stream without end: every record after a position, each once, in order.

use futures_util::Stream;
use futures_util::stream;
use std::collections::VecDeque;
use std::sync::Arc;
use store::{EventStore, Position, Record, StoreError};
use tokio::sync::watch;

/// Records read at a time, and so the most that wait in memory for one slow reader: some hundred kilobytes.
pub const PAGE_RECORDS_MAX: usize = 128;

/// Every record after a position: those recorded already, then each one as it is recorded.
///
/// The position is the only thing that is remembered, so no record is missed and none comes twice, however slow the
/// reader and however often it starts again from the last position it has seen.
/// It ends with the first error, or when the store is closed.
pub fn follow<S: EventStore>(
    store: Arc<S>,
    after: Position,
) -> impl Stream<Item = Result<Record, StoreError>> + Send + 'static {
    let follower = Follower { head: store.head(), store, after, page: VecDeque::new() };
    stream::try_unfold(
        follower,
        |mut follower| async move { Ok(follower.next().await?.map(|record| (record, follower))) },
    )
}

struct Follower<S> {
    store: Arc<S>,
    head: watch::Receiver<Position>,
    after: Position,
    page: VecDeque<Record>,
}

impl<S: EventStore> Follower<S> {
    async fn next(&mut self) -> Result<Option<Record>, StoreError> {
        loop {
            if let Some(record) = self.page.pop_front() {
                self.after = record.position;
                return Ok(Some(record));
            }
            if !self.turn_page()? && self.head.changed().await.is_err() {
                return Ok(None);
            }
            // A filter behind this stream may want none of many pages: let others have their turn.
            tokio::task::yield_now().await;
        }
    }

    /// Reads on; false if nothing new is recorded.
    ///
    /// The head is marked as seen before the log is read, so what is recorded meanwhile rings again. Nothing behind
    /// the head is passed on: it is not known to be durable.
    fn turn_page(&mut self) -> Result<bool, StoreError> {
        let head = *self.head.borrow_and_update();
        if head <= self.after {
            return Ok(false);
        }
        let page = self.store.read(self.after, PAGE_RECORDS_MAX)?;
        self.page = page.into_iter().take_while(|record| record.position <= head).collect();
        Ok(!self.page.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt;
    use store::{About, Actor, Commit, Event, MemoryStore, Role, StreamId, SystemClock};
    use uuid::Uuid;

    const WRITERS: u64 = 8;
    const COMMITS: u64 = 100;

    fn store() -> Arc<MemoryStore> {
        Arc::new(MemoryStore::new(Arc::new(SystemClock)))
    }

    fn event() -> Event {
        Event {
            id: Uuid::now_v7(),
            about: vec![About { stream: StreamId { kind: 2, id: Uuid::now_v7() }, role: Role(2) }],
            kind: "PostClosed".into(),
            version: 1,
            effective_on: "2022-01-01".parse().unwrap(),
            actor: Actor { user: "local".into(), role: "case_worker".into(), organisation: "local".into() },
            on_behalf_of: None,
            source: "api".into(),
            batch: None,
            causation: None,
            correlation: None,
            rule_set: None,
            legal_basis: None,
            corrects: None,
            fact: vec![0x80],
            sealed: Vec::new(),
        }
    }

    async fn write(store: Arc<MemoryStore>, commits: u64) {
        for n in 0..commits {
            let events = (0..=n % 3).map(|_| event()).collect();
            store.append(Commit { events, guards: Vec::new() }).await.unwrap();
            tokio::task::yield_now().await;
        }
    }

    fn total() -> u64 {
        WRITERS * (0..COMMITS).map(|n| n % 3 + 1).sum::<u64>()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn each_record_comes_once_while_eight_writers_write() {
        let store = store();
        let stream = follow(Arc::clone(&store), Position(0));
        for _ in 0..WRITERS {
            tokio::spawn(write(Arc::clone(&store), COMMITS));
        }
        let seen: Vec<u64> =
            stream.take(usize::try_from(total()).unwrap()).map(|record| record.unwrap().position.0).collect().await;
        assert_eq!(seen, (1..=total()).collect::<Vec<_>>());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn each_record_comes_once_to_a_reader_that_starts_again_and_again() {
        let store = store();
        for _ in 0..WRITERS {
            tokio::spawn(write(Arc::clone(&store), COMMITS));
        }
        let (mut last, mut seen) = (0, Vec::new());
        while last < total() {
            // Seven at a time, so that a start falls in the midst of a commit and of a page.
            let mut stream = Box::pin(follow(Arc::clone(&store), Position(last)));
            for _ in 0..7.min(total() - last) {
                last = stream.next().await.unwrap().unwrap().position.0;
                seen.push(last);
            }
        }
        assert_eq!(seen, (1..=total()).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_reader_that_does_not_read_holds_one_page() {
        let store = store();
        let mut follower =
            Follower { head: store.head(), store: Arc::clone(&store), after: Position(0), page: VecDeque::new() };
        write(Arc::clone(&store), 1_000).await;
        follower.next().await.unwrap();
        assert_eq!(follower.page.len(), PAGE_RECORDS_MAX - 1);
    }
}
