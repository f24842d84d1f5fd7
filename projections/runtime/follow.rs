//! The two threads of a runtime: one follows the log, one saves from time to time.
//!
//! Both have a small executor of their own, so that folding and saving block nobody else's tasks,
//! and so that a runtime can be started by a program that has no executor.

use crate::runtime::Shared;
use crate::runtime::error::ProjectionError;
use crate::runtime::views::ViewSet;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use store::{EventStore, Position};

/// Starts the threads.
pub(super) fn threads<S: EventStore, V: ViewSet>(
    shared: &Arc<Shared<S, V>>,
) -> Result<Vec<JoinHandle<()>>, ProjectionError> {
    let mut threads = vec![spawn("trajet-views", shared, |shared| Box::pin(follow(shared)))?];
    if shared.place.is_some() {
        threads.push(spawn("trajet-saver", shared, |shared| Box::pin(save(shared)))?);
    }
    Ok(threads)
}

type Task = std::pin::Pin<Box<dyn Future<Output = ()>>>;

fn spawn<S: EventStore, V: ViewSet>(
    name: &str,
    shared: &Arc<Shared<S, V>>,
    task: fn(Arc<Shared<S, V>>) -> Task,
) -> Result<JoinHandle<()>, ProjectionError> {
    let no_thread = |error: std::io::Error| ProjectionError::Thread(error.to_string());
    let executor = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(no_thread)?;
    let shared = shared.clone();
    Builder::new().name(name.to_owned()).spawn(move || executor.block_on(task(shared))).map_err(no_thread)
}

/// Catches up whenever the head moves, until it is told to stop or cannot go on.
///
/// All that was recorded since the last time is one step: under load steps grow instead of falling behind.
async fn follow<S: EventStore, V: ViewSet>(shared: Arc<Shared<S, V>>) {
    let mut head = shared.store.head();
    let mut stop = shared.stop.subscribe();
    // What was recorded while the views were opened has rung before anybody listened.
    head.mark_changed();
    loop {
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            moved = head.changed() => if moved.is_err() { return },
        }
        if let Err(error) = shared.catch_up() {
            shared.halt(error);
            return;
        }
    }
}

/// Saves after so many records, and after so much time if anything was recorded.
async fn save<S: EventStore, V: ViewSet>(shared: Arc<Shared<S, V>>) {
    let mut stop = shared.stop.subscribe();
    let mut published = shared.published.subscribe();
    loop {
        let saved = shared.saved.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0;
        let due = Position(saved.0 + shared.limits.save_records.max(1));
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = published.wait_for(|published| published.snapshot.position >= due) => {}
            () = tokio::time::sleep(shared.limits.save_every) => {}
        }
        shared.save();
    }
}
