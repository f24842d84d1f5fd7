//! What must be done by when: every deadline that a history tells, done or not. One row per deadline.
//!
//! Whether it is overdue is asked of a row with a day; rows hold the days only.

use crate::View;
use domain::deadline::{self, Deadline};
use domain::fact::StreamKind;
use domain::history::History;
use domain::law::Law;

/// What must be done by when.
pub struct Deadlines;

impl View for Deadlines {
    const NAME: &'static str = "deadlines";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] =
        &[StreamKind::Person, StreamKind::Post, StreamKind::Agreement, StreamKind::Judicial];
    type Row = Row;

    fn rows(history: &History, law: &Law) -> Vec<Row> {
        deadline::of(history, law)
    }
}

/// One deadline.
pub type Row = Deadline;
