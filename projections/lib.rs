//! Views folded from histories, the runtime that keeps them, and the figures computed from them.
//!
//! Read [`View`] first (what a view is), then [`Views`] (the list of those that are kept), [`Runtime`]
//! (how they are kept up with the log) and [`indicators`] (the figures).
//! [`translate`] turns records into histories, for decisions too.

pub mod difference;
pub mod indicators;
pub mod runtime;
pub mod snapshot;
pub mod translate;
mod view;

pub mod accompaniment;
pub mod acquired;
pub mod agreements;
pub mod aids;
pub mod applications;
pub mod caseload;
pub mod cells;
pub mod courses;
pub mod deadlines;
pub mod engagements;
pub mod merges;
pub mod operations;
pub mod organisations;
pub mod outcomes;
#[cfg(test)]
mod past;
pub mod penalties;
pub mod posts;
pub mod projects;
pub mod retention;
pub mod sanctions;
pub mod standing;
pub mod timeline;
pub mod trainings;

#[cfg(test)]
mod whole_file;

pub use difference::{Change, Columns, Difference};
pub use runtime::table::{Folded, Kept, Rows, Table};
pub use runtime::views::{ViewSet, Wanted};
pub use runtime::{
    Health, Limits, Phase, Progress, ProjectionError, Rebuilt, Report, Runtime, Saved, SavedError, SavedViews, Unfit,
    silent,
};
pub use snapshot::{Snapshot, Views};
pub use translate::{ReadError, TranslateError, known, position_at, read_history, read_kin, stream_id, stream_of};
pub use view::View;
