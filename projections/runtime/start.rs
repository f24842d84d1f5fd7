//! The views as the runtime opens with them: what was saved, caught up, and the rest folded from nothing.

use crate::runtime::error::ProjectionError;
use crate::runtime::fold::{self, Reach, Source};
use crate::runtime::progress::{Phase, Progress, Report};
use crate::runtime::saved::{self, SavedViews, Unfit};
use crate::runtime::views::{ViewSet, Wanted};
use std::collections::BTreeMap;
use store::{EventStore, Position};

/// A view that was folded from nothing at the start, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Its name.
    pub view: &'static str,
    /// Why what is saved could not be used.
    pub why: Unfit,
}

/// The views at the end of the log.
pub(super) fn open<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    place: Option<&dyn SavedViews>,
    to: Position,
    report: Report<'_>,
) -> Result<(V, Vec<Rebuilt>), ProjectionError> {
    let Some(place) = place else {
        let views = fold::all(source, Reach { as_of: None, to }, Wanted::All, &V::default(), report)?;
        return Ok((views, Vec::new()));
    };
    let (mut views, found, rebuilt) = load::<S, V>(source, place, to, report)?;
    for (position, names) in found {
        let caught_up = fold::touched(source, &views, position, Reach { as_of: None, to }, Wanted::Only(&names), None)?;
        views.adopt(&caught_up, &names);
    }
    if !rebuilt.is_empty() {
        let names: Vec<&str> = rebuilt.iter().map(|rebuilt| rebuilt.view).collect();
        let fresh = fold::all(source, Reach { as_of: None, to }, Wanted::Only(&names), &V::default(), report)?;
        views.adopt(&fresh, &names);
    }
    Ok((views, rebuilt))
}

/// Views of which the saved rows fit, by the position at which they stand.
type Found = BTreeMap<Position, Vec<&'static str>>;

fn load<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    place: &dyn SavedViews,
    to: Position,
    report: Report<'_>,
) -> Result<(V, Found, Vec<Rebuilt>), ProjectionError> {
    let mut views = V::default();
    let mut found = Found::new();
    let mut rebuilt = Vec::new();
    let of = views.tables().len() as u64;
    for (done, table) in (0..).zip(views.tables_mut()) {
        report(Progress { phase: Phase::Loading, done, of });
        let name = table.name();
        match saved::load(place, source.store, source.law, table)? {
            Ok(position) if position > to => rebuilt.push(Rebuilt { view: name, why: Unfit::AnotherLog }),
            Ok(position) if fold::is_far(position, to, source.limits) => {
                rebuilt.push(Rebuilt { view: name, why: Unfit::FarBehind });
            }
            Ok(position) => found.entry(position).or_default().push(name),
            Err(why) => rebuilt.push(Rebuilt { view: name, why }),
        }
    }
    report(Progress { phase: Phase::Loading, done: of, of });
    Ok((views, found, rebuilt))
}
