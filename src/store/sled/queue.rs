//! Commits that wait for the writer. Its bound is in bytes; whoever comes when it is full waits without a thread.

use crate::codec::Encoded;
use crate::{Appended, Guard, StoreError};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// KiB of encoded events that wait at most: four commits at their limit, or 200,000 small ones.
pub(super) const QUEUE_KIB_MAX: u32 = 64 << 10;

/// An answer to one commit.
pub(super) type Answer = Result<Appended, StoreError>;

/// One commit on its way.
pub(super) struct Pending {
    pub events: Vec<Encoded>,
    pub guards: Vec<Guard>,
    pub answer: oneshot::Sender<Answer>,
    /// Its share of the queue, given back when it is answered.
    pub _room: OwnedSemaphorePermit,
}

/// Why no more commits are taken.
#[derive(Debug, Clone)]
pub(super) enum Stopped {
    Closed,
    Broken(String),
}

impl Stopped {
    pub fn error(&self) -> StoreError {
        match self {
            Self::Closed => StoreError::Closed,
            Self::Broken(why) => StoreError::Broken(why.clone()),
        }
    }
}

#[derive(Default)]
struct State {
    waiting: Vec<Pending>,
    stopped: Option<Stopped>,
    asleep: bool,
}

pub(super) struct Queue {
    state: Mutex<State>,
    rung: Condvar,
    room: Arc<Semaphore>,
}

/// What the writer finds.
pub(super) enum Taken {
    Commits,
    Nothing,
    Stopped,
}

impl Queue {
    pub fn new() -> Self {
        Self { state: Mutex::default(), rung: Condvar::new(), room: Arc::new(Semaphore::new(QUEUE_KIB_MAX as usize)) }
    }

    /// Waits for the answer to a commit. Let go while it waits, the commit may still be recorded.
    pub async fn append(&self, events: Vec<Encoded>, guards: Vec<Guard>) -> Answer {
        let bytes: usize = events.iter().map(|event| event.bytes.len()).sum();
        let kib = u32::try_from(bytes / 1024 + 1).unwrap_or(QUEUE_KIB_MAX).min(QUEUE_KIB_MAX);
        let room = self.room.clone().acquire_many_owned(kib).await.map_err(|_| StoreError::Closed)?;
        let (answer, answered) = oneshot::channel();
        self.push(Pending { events, guards, answer, _room: room })?;
        answered.await.map_err(|_| self.stopped().unwrap_or(Stopped::Closed).error())?
    }

    fn push(&self, pending: Pending) -> Result<(), StoreError> {
        let mut state = self.state();
        if let Some(stopped) = &state.stopped {
            return Err(stopped.error());
        }
        state.waiting.push(pending);
        let wake = std::mem::take(&mut state.asleep);
        drop(state);
        if wake {
            self.rung.notify_one();
        }
        Ok(())
    }

    /// Moves what waits behind `into`; sleeps until something comes, or until `until`.
    pub fn take(&self, into: &mut VecDeque<Pending>, until: Option<Instant>) -> Taken {
        let mut state = self.state();
        loop {
            if !state.waiting.is_empty() {
                into.extend(state.waiting.drain(..));
                return Taken::Commits;
            }
            if state.stopped.is_some() {
                return Taken::Stopped;
            }
            state.asleep = true;
            state = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                None => self.rung.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(left) if left.is_zero() => {
                    state.asleep = false;
                    return Taken::Nothing;
                }
                Some(left) => self.rung.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// Takes no more commits. What waits already is still handed to the writer when closed, and dropped when broken.
    pub fn stop(&self, why: Stopped) {
        let mut state = self.state();
        let broken = matches!(why, Stopped::Broken(_));
        if state.stopped.is_none() || broken {
            state.stopped = Some(why);
        }
        let dropped = if broken { std::mem::take(&mut state.waiting) } else { Vec::new() };
        drop(state);
        // Outside the lock: dropping an answer wakes who waits for it, and that one asks why.
        drop(dropped);
        self.rung.notify_one();
    }

    pub fn stopped(&self) -> Option<Stopped> {
        self.state().stopped.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
