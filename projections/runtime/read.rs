//! Reads a stretch of the log in pages, and sees to it that no record is missing.

use crate::runtime::error::ProjectionError;
use store::{EventStore, Position, Record};

/// Gives each record after `after`, up to `to` inclusive, in order.
///
/// # Errors
/// [`ProjectionError::Gap`] if the store leaves one out; whatever `each` says.
pub(super) fn each_record<S: EventStore>(
    store: &S,
    after: Position,
    to: Position,
    page: usize,
    mut each: impl FnMut(&Record) -> Result<(), ProjectionError>,
) -> Result<(), ProjectionError> {
    let mut done = after;
    while done < to {
        let rest = usize::try_from(to.0 - done.0).unwrap_or(usize::MAX);
        let records = store.read(done, page.min(rest))?;
        if records.is_empty() {
            return Err(ProjectionError::Gap { expected: Position(done.0 + 1), found: None });
        }
        for record in &records {
            let expected = Position(done.0 + 1);
            if record.position != expected {
                return Err(ProjectionError::Gap { expected, found: Some(record.position) });
            }
            each(record)?;
            done = expected;
        }
    }
    Ok(())
}
