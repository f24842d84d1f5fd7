//! What can be recorded: one mutation for each command, with an input, an idempotency key and a payload of its own.
//!
//! Read `declare` (how a command is declared), then any step. An input becomes the very JSON that a line of an import
//! holds (`input`), so both ways in share one reader, one set of rules and one wording.

#[cfg(test)]
mod accompaniment_tests;
mod action;
mod agreement;
mod aid;
mod application;
mod appraisal;
mod assessment;
mod barrier;
mod batch;
mod contact;
mod correction;
mod course;
mod declare;
mod engagement;
mod envelope;
mod erasure;
mod figure;
mod identifier;
mod input;
mod merge;
mod operation;
mod organisation;
mod orientation;
mod outcome;
mod pathway;
pub mod payload;
mod penalty;
mod person;
mod piis;
mod post;
mod publication;
mod sanction;
#[cfg(test)]
mod secret_tests;
#[cfg(test)]
mod story_tests;
#[cfg(test)]
mod tests;
mod training;

use crate::access::Caller;
use crate::commands::{Origin, Receipt};
use crate::graphql::errors::internal;
use crate::graphql::moment::engine;
use async_graphql::{Context, InputType, MergedObject};
use envelope::Envelope;

/// Everything that can be recorded. Each mutation is recorded whole or not at all, and is durable when it is answered.
///
/// In four groups, because a mutation is looked for in one member after the other, each inside the one before.
#[derive(Debug, MergedObject, Default)]
pub struct Mutation(OfPersons, OfPathways, OfWork, OfTheHouse);

/// Of who a person is and what they live on.
#[derive(Debug, MergedObject, Default)]
pub struct OfPersons(
    person::PersonMutations,
    identifier::IdentifierMutations,
    merge::MergeMutations,
    erasure::ErasureMutations,
    aid::AidMutations,
    piis::PiisMutations,
    sanction::SanctionMutations,
    operation::OperationMutations,
    penalty::PenaltyMutations,
);

/// Of the way to work.
#[derive(Debug, MergedObject, Default)]
pub struct OfPathways(
    pathway::PathwayMutations,
    barrier::BarrierMutations,
    assessment::AssessmentMutations,
    contact::ContactMutations,
    action::ActionMutations,
    orientation::OrientationMutations,
);

/// Of work, training and what follows them.
#[derive(Debug, MergedObject, Default)]
pub struct OfWork(
    application::ApplicationMutations,
    engagement::EngagementMutations,
    appraisal::AppraisalMutations,
    training::TrainingMutations,
    outcome::OutcomeMutations,
);

/// Of what is no person's: posts, agreements, courses, organisations, and the records themselves.
#[derive(Debug, MergedObject, Default)]
pub struct OfTheHouse(
    post::PostMutations,
    agreement::AgreementMutations,
    course::CourseMutations,
    organisation::OrganisationMutations,
    correction::CorrectionMutations,
    batch::BatchMutations,
    publication::PublicationMutations,
    figure::FigureMutations,
);

/// The input of one command.
pub trait CommandInput: InputType + Send + Sync + 'static {
    /// The name of the command, as in an import.
    const COMMAND: &'static str;

    /// What it carries beside the command.
    fn envelope(&self) -> &Envelope;
}

/// Where a request comes from: its caller, by the way of this server.
///
/// # Errors
/// If the schema was made to be printed, not to be asked.
pub(super) fn origin(ctx: &Context<'_>) -> async_graphql::Result<Origin> {
    let caller = ctx.data::<Caller>().map_err(|_| internal("the schema was built without a caller"))?;
    Ok(caller.origin("api"))
}

/// Records what an input asks for.
async fn record<I: CommandInput>(ctx: &Context<'_>, input: &I) -> async_graphql::Result<Receipt> {
    execute(ctx, I::COMMAND, input.envelope(), input.to_value()).await
}

/// As [`record`], once for all inputs.
async fn execute(
    ctx: &Context<'_>,
    name: &str,
    envelope: &Envelope,
    input: async_graphql::Value,
) -> async_graphql::Result<Receipt> {
    let engine = engine(ctx)?;
    let request = envelope.request(engine, name, input, &origin(ctx)?)?;
    Ok(engine.execute(&request).await?)
}
