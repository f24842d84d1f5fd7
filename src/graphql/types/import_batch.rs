//! Import batches.

use crate::graphql::scalars::{Date, Uuid};
use async_graphql::SimpleObject;
use domain::batch::State;
use domain::ids::BatchId;

/// What came in together, from one file.
#[derive(SimpleObject)]
pub struct ImportBatch {
    /// Its id: `batch` of each of its events.
    id: Uuid,
    /// Day on which it was opened.
    opened_on: Option<Date>,
    /// SHA-256 of the file, 64 hexadecimal digits; the file itself is not kept.
    file_sha256: Option<String>,
    /// What whoever imported calls it.
    label: Option<String>,
    /// Day on which it was closed; null while it runs, or if it was killed: import the file again to go on.
    closed_on: Option<Date>,
    /// Lines recorded by the import that closed it.
    recorded: Option<u64>,
    /// Lines that had been recorded before.
    repeated: Option<u64>,
    /// Lines refused.
    refused: Option<u64>,
    /// Day on which it was reverted.
    reverted_on: Option<Date>,
}

impl ImportBatch {
    /// A batch as its history tells it.
    #[must_use]
    pub fn new(id: BatchId, state: State) -> Self {
        let lines = state.closed.map(|(_, lines)| lines);
        let (opened_on, file_sha256, label) = match state.opened {
            Some((on, hash, label)) => (Some(Date(on)), Some(hash), label.map(|label| label.as_str().to_owned())),
            None => (None, None, None),
        };
        Self {
            id: Uuid(id.0),
            opened_on,
            file_sha256,
            label,
            closed_on: state.closed.map(|(on, _)| Date(on)),
            recorded: lines.map(|lines| lines.recorded),
            repeated: lines.map(|lines| lines.repeated),
            refused: lines.map(|lines| lines.refused),
            reverted_on: state.reverted.map(|(on, ..)| Date(on)),
        }
    }
}
