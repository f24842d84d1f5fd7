//! Work shared by some threads: each takes the next item until none is left or one has failed.

use crate::runtime::error::ProjectionError;
use std::sync::{Mutex, PoisonError};

/// The results of `work` on each item, in the order of the items.
///
/// # Errors
/// The first error that a thread met; items that were not begun are dropped.
pub(super) fn map<T: Send, R: Send>(
    items: Vec<T>,
    workers: usize,
    work: impl Fn(T) -> Result<R, ProjectionError> + Sync,
) -> Result<Vec<R>, ProjectionError> {
    if workers <= 1 || items.len() <= 1 {
        return items.into_iter().map(work).collect();
    }
    let threads = workers.min(items.len());
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let one_thread = || {
        let mut done = Vec::new();
        while let Some((index, item)) = next() {
            match work(item) {
                Ok(result) => done.push((index, result)),
                Err(error) => {
                    // Nobody needs the rest.
                    while next().is_some() {}
                    return Err(error);
                }
            }
        }
        Ok(done)
    };
    let done = std::thread::scope(|scope| {
        let threads = (0..threads)
            .map(|_| std::thread::Builder::new().name("trajet-fold".into()).spawn_scoped(scope, one_thread))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| ProjectionError::Thread(error.to_string()))?;
        let mut done = Vec::new();
        for thread in threads {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok::<_, ProjectionError>(done)
    })?;
    Ok(in_order(done))
}

fn in_order<R>(mut done: Vec<(usize, R)>) -> Vec<R> {
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
