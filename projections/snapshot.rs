//! The list of the views that are kept, and a moment of all of them.
//!
//! A view is added by one line in [`Views`]; a person's timeline is folded on demand and not kept.

use chrono::{DateTime, NaiveDate, Utc};
use std::ops::Deref;
use store::Position;

crate::views! {
    /// Every view that is kept, each under the question it answers.
    pub struct Views, folded by FoldedViews {
    }
}

/// Every view at one moment: nothing of a commit is missing in one and present in another.
///
/// The tables are reached as fields: `snapshot.standing.of(person)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot<V = Views> {
    /// The place of the last record that counts; always the end of a commit, unless a cut asked for another place.
    pub position: Position,
    /// When that record was recorded; none if the log is empty. What was recorded later is not known here.
    pub known_at: Option<DateTime<Utc>>,
    /// The last day that counts, inclusive; none if all days count.
    pub as_of: Option<NaiveDate>,
    /// The tables.
    pub views: V,
}

impl<V> Deref for Snapshot<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.views
    }
}
