//! What a record changed, and what was learnt of a file between two instants.

use crate::graphql::ids::{self, Kind};
use crate::graphql::scalars::Json;
use crate::queries::{Answered, Effect, FileDifference};
use async_graphql::{Enum, ID, SimpleObject};
use projections::difference::{Change, Changed, Columns};

/// What a record did when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Effect")]
pub enum RecordEffect {
    /// It told something new.
    New,
    /// It let an earlier record say something else.
    Corrected,
    /// It let an earlier record count no more.
    Annulled,
    /// It annulled an annulment or a correction: what that had changed is as before.
    Restored,
}

/// A field that says something else.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// The field of the fact, or the column of the row; `effectiveOn` is the day of the fact.
    field: String,
    /// What it said before; null if nothing.
    old_value: Option<Json>,
    /// What it says since; null if nothing.
    new_value: Option<Json>,
}

impl From<Change> for FieldChange {
    fn from(change: Change) -> Self {
        Self { field: change.field, old_value: change.old.map(Json), new_value: change.new.map(Json) }
    }
}

/// What a record did, with old and new values.
#[derive(SimpleObject)]
pub struct RecordChange {
    /// What it did.
    effect: RecordEffect,
    /// The original record that says something else since; null for a new fact.
    original: Option<ID>,
    /// What the original said just before and says since, field by field; empty for a new fact. Of sealed fields only
    /// `sealedParts` tells, and `personal` if it is asked for.
    fields: Vec<FieldChange>,
}

impl From<Answered> for RecordChange {
    fn from(answered: Answered) -> Self {
        Self {
            effect: answered.effect.into(),
            original: answered.original.map(|id| ids::global(Kind::Event, id)),
            fields: answered.changes.into_iter().map(Into::into).collect(),
        }
    }
}

/// The instants between which something was learnt.
#[derive(Debug, Clone, Copy)]
pub struct Between {
    /// Known before: recorded by then, inclusive.
    pub from: chrono::DateTime<chrono::Utc>,
    /// Known after: recorded by then, inclusive.
    pub to: chrono::DateTime<chrono::Utc>,
}

/// One row of a view that is there, or was.
#[derive(SimpleObject)]
pub struct DiffRow {
    /// Its columns, as in an export of the view.
    row: Json,
}

/// One row of a view that says something else.
#[derive(SimpleObject)]
pub struct DiffChange {
    /// What it says since, as in an export of the view.
    row: Json,
    /// The columns that say something else.
    columns: Vec<FieldChange>,
}

/// What one view says otherwise.
#[derive(SimpleObject)]
pub struct ViewDiff {
    /// The view, such as `engagements`: a table of `trajet export` or `deadlines`.
    view: &'static str,
    /// Rows that are there since.
    appeared: Vec<DiffRow>,
    /// Rows that are there no more.
    gone: Vec<DiffRow>,
    /// Rows of the same thing that say something else.
    changed: Vec<DiffChange>,
}

fn json(columns: Columns) -> Json {
    Json(columns.into())
}

impl From<Changed> for DiffChange {
    fn from(changed: Changed) -> Self {
        let columns = changed.columns().into_iter().map(Into::into).collect();
        Self { row: json(changed.later), columns }
    }
}

impl From<FileDifference> for ViewDiff {
    fn from(difference: FileDifference) -> Self {
        let row = |columns| DiffRow { row: json(columns) };
        Self {
            view: difference.view,
            appeared: difference.rows.appeared.into_iter().map(row).collect(),
            gone: difference.rows.gone.into_iter().map(row).collect(),
            changed: difference.rows.changed.into_iter().map(Into::into).collect(),
        }
    }
}
