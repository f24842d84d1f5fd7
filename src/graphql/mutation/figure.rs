//! Published figures.

use crate::graphql::figures::types::{PublishFigureInput, PublishFigurePayload, publish_figure};
use async_graphql::{Context, Object, Result};

/// The publication of figures: no command of an import, because the server computes what is recorded.
#[derive(Debug, Clone, Copy, Default)]
pub struct FigureMutations;

#[Object]
impl FigureMutations {
    /// Publishes a figure: the server computes it at the instant of knowledge and records the whole answer, which never
    /// changes. Chiffre publié / cijfer gepubliceerd.
    async fn publish_figure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is published, and the key that makes it recorded once.")] input: PublishFigureInput,
    ) -> Result<PublishFigurePayload> {
        publish_figure(ctx, input).await
    }
}
