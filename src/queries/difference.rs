//! What was learnt about one file between two instants: the records, and what the file says otherwise because of them.

use super::{QueryError, aside};
use crate::Engine;
use chrono::{DateTime, NaiveDate, Utc};
use domain::fact::Stream;
use domain::history::Cut;
use projections::difference::Difference;
use projections::{ViewSet, Views, read_kin};

/// What one view says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct FileDifference {
    /// The view, by its name.
    pub view: &'static str,
    /// Its rows.
    pub rows: Difference,
}

impl Engine {
    /// What the views of one file say at `to` that they did not say at `from`, as of a day; views that say the same are
    /// left out.
    ///
    /// Of merged files all are read as they were merged at each instant.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read; [`QueryError::Stopped`] if a row cannot be written.
    pub async fn difference(
        &self,
        file: Stream,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        as_of: Option<NaiveDate>,
    ) -> Result<Vec<FileDifference>, QueryError> {
        let (store, law) = (self.store.clone(), self.law.clone());
        aside(move || {
            let (kin, _) = read_kin(store.as_ref(), file)?;
            let rows = |instant| {
                let cut = Cut { as_of, as_known_at: Some(instant), before: None };
                let rows = Views::rows_of(&kin.clone().history(file, cut), &law);
                rows.map_err(|error| QueryError::Stopped(format!("a row cannot be written: {error}")))
            };
            let (earlier, later) = (rows(from)?, rows(to)?);
            let pairs = earlier.into_iter().zip(later);
            let all = pairs.map(|((view, before), (_, after))| {
                // One list of views, so the two are of the same.
                FileDifference { view, rows: Difference::between(before, after) }
            });
            Ok(all.filter(|one| !one.rows.is_empty()).collect())
        })
        .await
    }
}
