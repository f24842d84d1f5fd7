//! Moments of the past: folded when asked, kept for a while, the same question folded once.
//!
//! A moment is named by its last day and its last record, so that every instant between two commits is one question.
//! It is made from the nearest moment that is kept, if that is near, by folding again what was touched in between:
//! asking for "today" after each commit costs what the commit touched, not the whole log.

use crate::runtime::error::ProjectionError;
use crate::runtime::fold::{self, Reach};
use crate::runtime::limits::Limits;
use crate::runtime::progress::silent;
use crate::runtime::views::{ViewSet, Wanted};
use crate::runtime::{Shared, moment};
use crate::snapshot::Snapshot;
use crate::translate;
use domain::history::Cut;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{EventStore, Position};
use tokio::sync::watch;

/// What a fold gave, or nothing while it runs.
type Answer<V> = Option<Result<Arc<Snapshot<V>>, ProjectionError>>;

/// The moments that are kept or being folded.
pub(super) struct Cuts<V> {
    /// The one asked last at the end.
    moments: Mutex<Vec<(Reach, watch::Receiver<Answer<V>>)>>,
    /// Held while folding: one fold takes all threads, two at a time would take twice the memory and no less time.
    folding: Mutex<()>,
    kept_max: usize,
    waiting_max: usize,
}

/// What to do about a question.
enum Found<V> {
    /// Somebody asked it before.
    Asked(watch::Receiver<Answer<V>>),
    /// It is new: whoever found so folds and tells.
    New(watch::Sender<Answer<V>>, watch::Receiver<Answer<V>>),
}

impl<V: ViewSet> Cuts<V> {
    pub(super) fn new(limits: &Limits) -> Self {
        let (moments, folding) = (Mutex::default(), Mutex::default());
        Self { moments, folding, kept_max: limits.cuts_kept_max, waiting_max: limits.cuts_waiting_max.max(1) }
    }

    fn moments(&self) -> MutexGuard<'_, Vec<(Reach, watch::Receiver<Answer<V>>)>> {
        self.moments.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks a question up, and notes it if it is new.
    fn find(&self, reach: Reach) -> Result<Found<V>, ProjectionError> {
        let mut moments = self.moments();
        moments.retain(|(_, answer)| !is_lost(answer));
        if let Some(index) = moments.iter().position(|(asked, _)| *asked == reach) {
            let moment = moments.remove(index);
            let answer = moment.1.clone();
            moments.push(moment);
            return Ok(Found::Asked(answer));
        }
        let waiting = moments.iter().filter(|(_, answer)| answer.borrow().is_none()).count();
        if waiting >= self.waiting_max {
            return Err(ProjectionError::Busy { limit: self.waiting_max });
        }
        let (tell, answer) = watch::channel(None);
        moments.push((reach, answer.clone()));
        Ok(Found::New(tell, answer))
    }

    /// The nearest moment with the same last day.
    fn nearest(&self, reach: Reach) -> Option<Arc<Snapshot<V>>> {
        let moments = self.moments();
        let same_day = moments.iter().filter(|(asked, _)| asked.as_of == reach.as_of);
        let ready = same_day.filter_map(|(_, answer)| answer.borrow().as_ref()?.as_ref().ok().cloned());
        ready.min_by_key(|moment| moment.position.0.abs_diff(reach.to.0))
    }

    /// Keeps folds waiting for as long as the guard is held.
    #[cfg(test)]
    pub(super) fn hold(&self) -> MutexGuard<'_, ()> {
        self.folding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many questions wait for an answer.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.moments().iter().filter(|(_, answer)| answer.borrow().is_none()).count()
    }

    /// Forgets a question that failed, and the answers asked longest ago beyond the limit.
    fn tidy(&self) {
        let mut moments = self.moments();
        let ready = moments.iter().filter(|(_, answer)| matches!(*answer.borrow(), Some(Ok(_)))).count();
        let mut surplus = ready.saturating_sub(self.kept_max);
        moments.retain(|(_, answer)| match &*answer.borrow() {
            Some(Ok(_)) if surplus > 0 => {
                surplus -= 1;
                false
            }
            Some(Ok(_)) => true,
            Some(Err(_)) => false,
            None => true,
        });
    }
}

/// True if no answer will come: the thread that was to give it is gone.
fn is_lost<V>(answer: &watch::Receiver<Answer<V>>) -> bool {
    answer.has_changed().is_err() && answer.borrow().is_none()
}

/// Every view at a moment of the past.
pub(super) async fn at<S: EventStore, V: ViewSet>(
    shared: &Arc<Shared<S, V>>,
    cut: Cut,
) -> Result<Arc<Snapshot<V>>, ProjectionError> {
    let reach = reach(shared, cut).await?;
    let now = shared.snapshot();
    if reach == (Reach { as_of: None, to: now.position }) {
        return Ok(now);
    }
    let mut answer = match shared.cuts.find(reach)? {
        Found::Asked(answer) => answer,
        Found::New(tell, answer) => {
            begin(shared, reach, tell)?;
            answer
        }
    };
    let lost = || ProjectionError::Thread("the one that folded this moment is gone".into());
    let answered = answer.wait_for(Option::is_some).await.map_err(|_| lost())?;
    answered.clone().unwrap_or_else(|| Err(lost()))
}

/// The last record that a cut lets through, and the last day.
async fn reach<S: EventStore, V: ViewSet>(shared: &Arc<Shared<S, V>>, cut: Cut) -> Result<Reach, ProjectionError> {
    let known = match cut.as_known_at {
        None => shared.snapshot().position,
        Some(instant) => {
            let store = shared.store.clone();
            let search = tokio::task::spawn_blocking(move || translate::position_at(&*store, instant));
            search.await.map_err(|error| ProjectionError::Thread(error.to_string()))??
        }
    };
    let to = cut.before.map_or(known, |before| known.min(Position(before.saturating_sub(1))));
    Ok(Reach { as_of: cut.as_of, to })
}

/// Folds on a thread of its own, which goes on when the one who asked goes away.
fn begin<S: EventStore, V: ViewSet>(
    shared: &Arc<Shared<S, V>>,
    reach: Reach,
    tell: watch::Sender<Answer<V>>,
) -> Result<(), ProjectionError> {
    let for_thread = shared.clone();
    let work = move || {
        let answer = {
            let _one_at_a_time = for_thread.cuts.folding.lock().unwrap_or_else(PoisonError::into_inner);
            fold_at(&for_thread, reach)
        };
        tell.send_replace(Some(answer));
        for_thread.cuts.tidy();
    };
    let spawned = std::thread::Builder::new().name("trajet-past".into()).spawn(work);
    spawned.map(drop).map_err(|error| {
        shared.cuts.tidy();
        ProjectionError::Thread(error.to_string())
    })
}

fn fold_at<S: EventStore, V: ViewSet>(
    shared: &Shared<S, V>,
    reach: Reach,
) -> Result<Arc<Snapshot<V>>, ProjectionError> {
    let now = shared.snapshot();
    let kept = shared.cuts.nearest(reach);
    let live = (reach.as_of.is_none()).then(|| now.clone());
    let far = |moment: &Snapshot<V>| moment.position.0.abs_diff(reach.to.0);
    let base = kept.into_iter().chain(live).min_by_key(|moment| far(moment));
    let source = shared.source();
    let views = match base {
        Some(base) if !fold::is_far(base.position, reach.to, &shared.limits) => {
            fold::touched(&source, &base.views, base.position, reach, Wanted::All, None)?
        }
        _ => fold::all(&source, reach, Wanted::All, &now.views, &silent)?,
    };
    Ok(Arc::new(moment(&*shared.store, reach, views)?))
}
