//! The one mutation that is no command: an import batch is reverted by annulling each of its events.

use crate::batch::RevertError;
use crate::graphql::codes::Code;
use crate::graphql::errors::not_found;
use crate::graphql::moment::engine;
use crate::graphql::scalars::Uuid;
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::correction::CorrectionReason;

/// What is reverted, and why.
#[derive(InputObject)]
pub struct RevertImportBatchInput {
    /// The batch.
    batch: Uuid,
    /// Why.
    reason: Code<CorrectionReason>,
}

/// What came of reverting a batch.
#[derive(SimpleObject)]
pub struct RevertImportBatchPayload {
    /// The batch.
    batch: Uuid,
    /// Events annulled now.
    annulled: u64,
    /// Events that had been annulled before.
    already_annulled: u64,
    /// Later records of the same files: look whether they still hold.
    later: u64,
}

/// What is done with import batches.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchMutations;

#[Object]
impl BatchMutations {
    /// Annuls every event of an import batch, each by a record of its own: answered when all are, and asked again it goes on
    /// where it was. Lot annulé / lot geannuleerd.
    async fn revert_import_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is reverted, and why.")] input: RevertImportBatchInput,
    ) -> Result<RevertImportBatchPayload> {
        let origin = super::origin(ctx)?;
        let Uuid(batch) = input.batch;
        let told =
            engine(ctx)?.revert_batch(batch, input.reason.0, &origin, |_, _| ()).await.map_err(
                |error| match error {
                    RevertError::Unknown(_) => not_found("batch", format_args!("import batch {batch}")),
                    RevertError::Command(error) => error.into(),
                    RevertError::Query(error) => error.into(),
                },
            )?;
        Ok(RevertImportBatchPayload {
            batch: input.batch,
            annulled: told.annulled,
            already_annulled: told.already_annulled,
            later: told.later,
        })
    }
}
