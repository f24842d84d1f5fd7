//! Which files are read as one: a row for each file that absorbed others or was absorbed.
//!
//! The row of an absorbed file is the only one that it has in any view.

use crate::View;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::PersonId;
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// Which files are read as one.
pub struct Merges;

impl View for Merges {
    const NAME: &'static str = "merges";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let row =
            Row { merged_into: history.merged().map(|merged| merged.into), absorbed: history.absorbed().to_vec() };
        if row == Row::default() { Vec::new() } else { vec![row] }
    }
}

/// What a file is to others: one of the two is always empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// It is read as part of that person's file.
    pub merged_into: Option<PersonId>,
    /// These files are read as part of it, directly or through others, in order of id.
    pub absorbed: Vec<PersonId>,
}
