//! Keeps the views: opens with what was saved, follows the log, and answers for now and for the past.
//!
//! Read [`views`] first (what is kept), then `fold` (how rows are made), `start` and `follow` (how they keep up),
//! `cuts` (moments of the past), `saved` (what is kept between two runs).
//!
//! One thread follows the log and is alone in publishing; readers take an [`Arc`] of the last moment and wait for nobody.

mod cuts;
mod embedded;
mod error;
mod fold;
mod follow;
mod gather;
mod limits;
mod parallel;
mod progress;
mod read;
mod recent;
mod saved;
mod start;
#[cfg(test)]
mod tests;

pub mod table;
pub mod views;

pub use error::ProjectionError;
pub use limits::Limits;
pub use progress::{Phase, Progress, Report, silent};
pub use saved::{Saved, SavedError, SavedViews, Unfit};
pub use start::Rebuilt;

use crate::runtime::fold::{Reach, Source};
use crate::runtime::views::{ViewSet, Wanted};
use crate::snapshot::{Snapshot, Views};
use crate::translate;
use chrono::{DateTime, Utc};
use domain::history::Cut;
use domain::law::Law;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use store::{EventStore, Position};
use tokio::sync::watch;

/// The views of one log, kept up with it until [`Runtime::shut_down`] or drop.
pub struct Runtime<S: EventStore, V: ViewSet = Views> {
    shared: Arc<Shared<S, V>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What the runtime and its threads share.
struct Shared<S, V> {
    store: Arc<S>,
    law: Arc<Law>,
    limits: Limits,
    place: Option<Box<dyn SavedViews>>,
    rebuilt: Vec<Rebuilt>,
    published: watch::Sender<Published<V>>,
    /// Held by whoever makes the next moment to publish, so that a rebuild and the follower take turns;
    /// what the last turns read stands in it.
    turn: Mutex<recent::Recent>,
    /// Where the saved views stand, and what was wrong with the last saving.
    saved: Mutex<(Position, Option<String>)>,
    stop: watch::Sender<bool>,
    cuts: cuts::Cuts<V>,
}

/// What readers see.
#[derive(Debug)]
struct Published<V> {
    snapshot: Arc<Snapshot<V>>,
    /// Why no newer moment will come.
    stopped: Option<ProjectionError>,
}

/// How the views are.
#[derive(Debug, Clone)]
pub struct Health {
    /// The last record that they count.
    pub position: Position,
    /// The end of the log.
    pub head: Position,
    /// Records that they do not count yet.
    pub lag: u64,
    /// Where the saved views stand; 0 if none are saved.
    pub saved: Position,
    /// What was wrong with the last saving; it is tried again.
    pub unsaved: Option<String>,
    /// The views that were folded from nothing at the start although views are saved, and why.
    pub rebuilt: Vec<Rebuilt>,
    /// Why the views do not move any more; none while they follow.
    pub stopped: Option<ProjectionError>,
}

impl<S: EventStore, V: ViewSet> Runtime<S, V> {
    /// Opens the views at the end of the log and follows it from then on.
    ///
    /// Blocks until the views are complete: load what `place` has saved, catch up, fold the rest from nothing.
    ///
    /// # Errors
    /// [`ProjectionError::Unreadable`] names the record that is not known; [`ProjectionError::Store`] what cannot be read.
    pub fn start(
        store: Arc<S>,
        law: Arc<Law>,
        place: Option<Box<dyn SavedViews>>,
        report: Report<'_>,
    ) -> Result<Self, ProjectionError> {
        Self::start_within(Limits::default(), store, law, place, report)
    }

    /// As [`Runtime::start`], within other limits.
    ///
    /// # Errors
    /// As [`Runtime::start`].
    pub fn start_within(
        limits: Limits,
        store: Arc<S>,
        law: Arc<Law>,
        place: Option<Box<dyn SavedViews>>,
        report: Report<'_>,
    ) -> Result<Self, ProjectionError> {
        let to = *store.head().borrow();
        let source = Source { store: &*store, law: &law, limits: &limits };
        let (views, rebuilt) = start::open::<S, V>(&source, place.as_deref(), to, report)?;
        let snapshot = Arc::new(moment(&*store, Reach { as_of: None, to }, views)?);
        let saved = if place.is_some() && rebuilt.is_empty() { to } else { Position(0) };
        let shared = Arc::new(Shared {
            store,
            law,
            cuts: cuts::Cuts::new(&limits),
            turn: Mutex::new(recent::Recent::new(limits.recent_records_max)),
            limits,
            place,
            rebuilt,
            published: watch::Sender::new(Published { snapshot, stopped: None }),
            saved: Mutex::new((saved, None)),
            stop: watch::Sender::new(false),
        });
        let threads = Mutex::new(follow::threads(&shared)?);
        Ok(Self { shared, threads })
    }

    /// Every view at the last moment that was published.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot<V>> {
        self.shared.snapshot()
    }

    /// Every view at a moment that counts the record at `position`, waiting for it at most `patience`.
    ///
    /// # Errors
    /// [`ProjectionError::NotYetRecorded`] at once if the log does not reach so far;
    /// [`ProjectionError::TooSlow`] after `patience`: ask again;
    /// whatever stopped the views, if they will never come there.
    pub async fn at_least(&self, position: Position, patience: Duration) -> Result<Arc<Snapshot<V>>, ProjectionError> {
        let head = *self.shared.store.head().borrow();
        if position > head {
            return Err(ProjectionError::NotYetRecorded { wanted: position, head });
        }
        let mut published = self.shared.published.subscribe();
        let arrived =
            published.wait_for(|published| published.snapshot.position >= position || published.stopped.is_some());
        let too_slow = || ProjectionError::TooSlow { wanted: position, found: self.snapshot().position };
        let published = match tokio::time::timeout(patience, arrived).await {
            Ok(Ok(published)) => published,
            Ok(Err(_)) => return Err(ProjectionError::ShutDown),
            Err(_) => return Err(too_slow()),
        };
        match &published.stopped {
            Some(error) if published.snapshot.position < position => Err(error.clone()),
            _ => Ok(published.snapshot.clone()),
        }
    }

    /// Every view as it was: up to a day, as known at an instant, before a position.
    ///
    /// A moment that was asked before is kept for a while; the same question asked by several at once is folded once.
    ///
    /// # Errors
    /// [`ProjectionError::Busy`] if too many other moments are being folded: ask again; whatever stops a fold.
    pub async fn at(&self, cut: Cut) -> Result<Arc<Snapshot<V>>, ProjectionError> {
        cuts::at(&self.shared, cut).await
    }

    /// The place of the last record that was known at an instant, 0 if there was none.
    ///
    /// # Errors
    /// [`ProjectionError::Store`] if the bytes cannot be read back.
    pub fn position_at(&self, instant: DateTime<Utc>) -> Result<Position, ProjectionError> {
        Ok(translate::position_at(&*self.shared.store, instant)?)
    }

    /// Folds every view from nothing beside the present ones, then takes their place. Readers notice nothing.
    ///
    /// Blocks; the log may grow meanwhile. Views that had stopped follow again if the cause is gone.
    ///
    /// # Errors
    /// Whatever stops a fold; the present views stay.
    pub fn rebuild(&self, report: Report<'_>) -> Result<Arc<Snapshot<V>>, ProjectionError> {
        let shared = &self.shared;
        let to = *shared.store.head().borrow();
        let reach = Reach { as_of: None, to };
        let fresh = fold::all(&shared.source(), reach, Wanted::All, &V::default(), report)?;
        shared.take_over(&fresh, to)
    }

    /// How the views are.
    #[must_use]
    pub fn health(&self) -> Health {
        let head = *self.shared.store.head().borrow();
        let published = self.shared.published.borrow();
        let position = published.snapshot.position;
        let (saved, unsaved) = self.shared.saved.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Health {
            position,
            head,
            lag: head.0.saturating_sub(position.0),
            saved,
            unsaved,
            rebuilt: self.shared.rebuilt.clone(),
            stopped: published.stopped.clone(),
        }
    }

    /// Stops following and saves the views. Readers keep the moments they hold; whoever waits is told. Blocks.
    ///
    /// # Errors
    /// What was wrong with the saving, as text; the next start folds more.
    pub fn shut_down(&self) -> Result<(), String> {
        self.stop();
        self.shared.save();
        self.shared.saved.lock().unwrap_or_else(PoisonError::into_inner).1.clone().map_or(Ok(()), Err)
    }

    fn stop(&self) {
        self.shared.stop.send_replace(true);
        for thread in self.threads.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // A thread that panicked has told so; nothing is left of it to end.
            let _ = thread.join();
        }
        self.shared.halt(ProjectionError::ShutDown);
    }
}

impl<S: EventStore, V: ViewSet> Drop for Runtime<S, V> {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<S: EventStore, V: ViewSet> Shared<S, V> {
    fn source(&self) -> Source<'_, S> {
        Source { store: &*self.store, law: &self.law, limits: &self.limits }
    }

    fn snapshot(&self) -> Arc<Snapshot<V>> {
        self.published.borrow().snapshot.clone()
    }

    /// Publishes the views as they are at a position, unless they were published there already.
    fn publish(&self, to: Position, views: V) -> Result<Arc<Snapshot<V>>, ProjectionError> {
        let snapshot = Arc::new(moment(&*self.store, Reach { as_of: None, to }, views)?);
        self.published.send_modify(|published| published.snapshot = snapshot.clone());
        Ok(snapshot)
    }

    /// Says why no newer moment will come; the first reason stays.
    fn halt(&self, why: ProjectionError) {
        self.published.send_modify(|published| {
            published.stopped.get_or_insert(why);
        });
    }

    /// Moves the published views to the end of the log.
    fn catch_up(&self) -> Result<(), ProjectionError> {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.snapshot();
        let to = *self.store.head().borrow();
        if to <= now.position {
            return Ok(());
        }
        let views = fold::moved(&self.source(), &now.views, now.position, Reach { as_of: None, to }, &mut turn)?;
        self.publish(to, views).map(drop)
    }

    /// Publishes views that were folded from nothing, caught up with those that readers see.
    fn take_over(&self, fresh: &V, at: Position) -> Result<Arc<Snapshot<V>>, ProjectionError> {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let to = self.snapshot().position.max(at);
        let views = fold::moved(&self.source(), fresh, at, Reach { as_of: None, to }, &mut turn)?;
        self.publish(to, views)
    }

    /// Saves the published views, if they moved since.
    fn save(&self) {
        let Some(place) = &self.place else { return };
        let now = self.snapshot();
        if self.saved.lock().unwrap_or_else(PoisonError::into_inner).0 == now.position {
            return;
        }
        let done = saved::save(&**place, &*self.store, &self.law, &self.limits, &now);
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        match done {
            Ok(()) => *saved = (now.position, None),
            Err(error) => saved.1 = Some(error.to_string()),
        }
    }
}

/// Views with the moment at which they stand.
fn moment<S: EventStore, V>(store: &S, reach: Reach, views: V) -> Result<Snapshot<V>, ProjectionError> {
    let known_at = translate::recorded_at(store, reach.to)?;
    Ok(Snapshot { position: reach.to, known_at, as_of: reach.as_of, views })
}
