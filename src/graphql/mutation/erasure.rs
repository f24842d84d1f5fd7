//! Erasure and retention (effacement, conservation / wissing, bewaring).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::erasure::{ErasureGround, ErasureRefusalGround, ErasureRequester};

mutations! {
    /// The commands of erasure and retention.
    ErasureMutations;

    /// Gives notice that a closed file falls due, by the rules of the house: only then, and not before the notice is over,
    /// can its keys be destroyed without a request. Fin de conservation annoncée / einde van de bewaring aangekondigd.
    scheduleRetention(ScheduleRetentionInput) -> ParticipantPayload {
        /// Whose file.
        participant: ID,
        /// Day of the notice.
        on: Date,
    }

    /// Records that erasure is asked for (GDPR article 17). Effacement demandé / wissing gevraagd.
    requestErasure(RequestErasureInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day of the request.
        on: Date,
        /// By whom.
        requester: Code<ErasureRequester>,
        /// Why.
        ground: Code<ErasureGround>,
    }

    /// Refuses what was asked, on a legal ground. Effacement refusé / wissing geweigerd.
    refuseErasure(RefuseErasureInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day of the refusal.
        on: Date,
        /// On which legal ground.
        ground: Code<ErasureRefusalGround>,
        /// Why, in words; sealed.
        #[graphql(secret)]
        motive: Option<String>,
    }

    /// Forgets the person: the keys of every file that is read as theirs are destroyed, for ever and in every copy that is
    /// opened later; what happened stays, without anybody in it. Answered when it is done. Effacement / wissing.
    eraseParticipant(EraseParticipantInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day of the erasure.
        on: Date,
    }

    /// Second stage, of somebody who was erased: exports give the facts by the month only, under another id each time.
    /// Anonymisation / anonimisering.
    anonymiseParticipant(AnonymiseParticipantInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day from which on.
        on: Date,
    }
}
