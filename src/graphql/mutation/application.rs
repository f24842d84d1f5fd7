//! The application (candidature / sollicitatie) for a post or a measure.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::application::RejectionReason;
use domain::codes::Measure;

mutations! {
    /// The commands of an application.
    ApplicationMutations;

    /// Records that a person applied. Candidature reçue / sollicitatie ontvangen.
    receiveApplication(ReceiveApplicationInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The application; chosen by the server if left out.
        application: Option<ID>,
        /// Day of the application.
        on: Date,
        /// For which measure.
        measure: Code<Measure>,
        /// For which post of that measure, if for one; it must not be closed.
        post: Option<ID>,
        /// True if the person wants to stand in the recruitment reserve if not retained.
        #[graphql(default)]
        reserve_opt_in: bool,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person is retained. Candidature retenue / sollicitatie weerhouden.
    retainApplication(RetainApplicationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The application.
        application: ID,
        /// Day of the answer.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person is not retained. Candidature rejetée / sollicitatie afgewezen.
    rejectApplication(RejectApplicationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The application.
        application: ID,
        /// Day of the answer.
        on: Date,
        /// Why.
        reason: Code<RejectionReason>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
