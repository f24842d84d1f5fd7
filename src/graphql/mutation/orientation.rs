//! Orientation (doorverwijzing): where a person is sent next.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::{ID, InputObject};
use domain::codes::{Cell, Measure};
use domain::orientation::Decision;

/// Where an orientation leads: a cell, a measure, a partner, or several of them.
#[derive(InputObject)]
pub struct DestinationInput {
    /// The cell.
    cell: Option<Code<Cell>>,
    /// The measure. Some measures are judicial data by themselves.
    measure: Option<Code<Measure>>,
    /// The partner, an organisation.
    partner: Option<ID>,
}

mutations! {
    /// The commands of orientation.
    OrientationMutations;

    /// Asks for an orientation; one request of a pathway waits at a time. Orientation demandée / doorverwijzing gevraagd.
    requestOrientation(RequestOrientationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// The request; chosen by the server if left out.
        orientation: Option<ID>,
        /// Day of the request.
        on: Date,
        /// Where to.
        to: DestinationInput,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Decides on a request of orientation. Décision d'orientation / beslissing over de doorverwijzing.
    decideOrientation(DecideOrientationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The request.
        orientation: ID,
        /// Day of the decision.
        on: Date,
        /// What is decided.
        decision: Code<Decision>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Sends the person somewhere, as an accepted request says or without one. Orienté / doorverwezen.
    orient(OrientInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// The accepted request; a new orientation if left out.
        orientation: Option<ID>,
        /// Day from which the person is sent there.
        on: Date,
        /// Where to; as requested if left out.
        to: Option<DestinationInput>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
