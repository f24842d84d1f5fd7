//! What follows an engagement: the exit review, the job found, and how the person fares.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::codes::ContractKind;
use domain::hiring::{FollowUpSource, Situation};

mutations! {
    /// The commands of off-boarding and of what follows.
    OutcomeMutations;

    /// Records the review around the end of an engagement. Bilan de fin / eindbalans.
    completeExitReview(CompleteExitReviewInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The engagement that ends.
        engagement: ID,
        /// Day of the review.
        on: Date,
        /// True if the person wants to stand in the recruitment reserve.
        #[graphql(default)]
        reserve_opt_in: bool,
        /// The summary; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person was hired. Engagé après parcours / aangeworven.
    recordHire(RecordHireInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The job; chosen by the server if left out.
        hire: Option<ID>,
        /// The engagement after which it came.
        engagement: ID,
        /// Day of the signature.
        on: Date,
        /// The employer.
        employer: ID,
        /// The kind of contract.
        kind: Code<ContractKind>,
        /// First day of work.
        start: Date,
    }

    /// Records that the job ended. Fin d'emploi / einde van de job.
    endHire(EndHireInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The job.
        hire: ID,
        /// Last day worked, inclusive.
        on: Date,
    }

    /// Records how the person fares some months after the exit. Suivi à 3, 6, 12 mois / opvolging.
    recordFollowUp(RecordFollowUpInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The day that the answer is about.
        on: Date,
        /// Months after the exit for which it was asked, such as 3, 6 or 12.
        at_months: u16,
        /// The answer; unknown is one.
        situation: Code<Situation>,
        /// Where it was learnt.
        source: Code<FollowUpSource>,
    }
}
