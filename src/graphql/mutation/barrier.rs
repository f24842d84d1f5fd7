//! Obstacles on the way to work (freins / hindernissen).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::barrier::{BarrierKind, Severity};

mutations! {
    /// The commands of obstacles.
    BarrierMutations;

    /// Records an obstacle. Frein repéré / hindernis vastgesteld.
    identifyBarrier(IdentifyBarrierInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway in which it stands.
        pathway: ID,
        /// The obstacle; chosen by the server if left out.
        barrier: Option<ID>,
        /// Day on which it was found.
        on: Date,
        /// What it is; health or judicial data, sealed.
        #[graphql(secret)]
        kind: Code<BarrierKind>,
        /// How much it stands in the way.
        severity: Code<Severity>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that an obstacle stands in the way no more. Frein levé / hindernis weggenomen.
    liftBarrier(LiftBarrierInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The obstacle.
        barrier: ID,
        /// First day without it.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
