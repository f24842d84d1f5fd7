//! Moments of the past: folded when asked, kept for a while, the same question folded once.

use crate::runtime::error::ProjectionError;
use crate::runtime::fold::{self, Reach};
use crate::runtime::limits::Limits;
use crate::runtime::progress::silent;
use crate::runtime::views::{ViewSet, Wanted};
use crate::runtime::{Shared, moment};
use crate::snapshot::Snapshot;
use crate::translate;
use domain::history::Cut;
use std::marker::PhantomData;
use std::sync::Arc;
use store::{EventStore, Position};

/// The moments that are kept.
pub(super) struct Cuts<V>(PhantomData<V>);

impl<V> Cuts<V> {
    pub(super) fn new(_: &Limits) -> Self {
        Self(PhantomData)
    }
}

/// The last record that a cut lets through, and the last day.
fn reach<S: EventStore, V: ViewSet>(shared: &Shared<S, V>, cut: Cut) -> Result<Reach, ProjectionError> {
    let by_instant = match cut.as_known_at {
        Some(instant) => translate::position_at(&*shared.store, instant)?,
        None => shared.snapshot().position,
    };
    let before = cut.before.map_or(by_instant, |before| Position(before.saturating_sub(1)));
    Ok(Reach { as_of: cut.as_of, to: by_instant.min(before) })
}

pub(super) async fn at<S: EventStore, V: ViewSet>(
    shared: &Arc<Shared<S, V>>,
    cut: Cut,
) -> Result<Arc<Snapshot<V>>, ProjectionError> {
    let reach = reach(shared, cut)?;
    let views = fold::all(&shared.source(), reach, Wanted::All, &silent)?;
    Ok(Arc::new(moment(&*shared.store, reach, views)?))
}
