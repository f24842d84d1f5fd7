//! Views folded from histories, and the runtime that keeps them.
//!
//! Read [`View`] first (what a view is), then [`Views`] (the list of those that are kept) and [`Runtime`]
//! (how they are kept up with the log). [`translate`] turns records into histories, for decisions too.

pub mod runtime;
pub mod snapshot;
pub mod translate;
mod view;

pub use runtime::table::{Folded, Kept, Rows, Table};
pub use runtime::views::{ViewSet, Wanted};
pub use runtime::{
    Health, Limits, Phase, Progress, ProjectionError, Rebuilt, Report, Runtime, Saved, SavedError, SavedViews, Unfit,
    silent,
};
pub use snapshot::{Snapshot, Views};
pub use translate::{ReadError, TranslateError, known, position_at, read_history, stream_id, stream_of};
pub use view::View;
