//! Correction and annulment: what was recorded is never changed, it is answered by another record.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Json};
use async_graphql::ID;
use domain::correction::CorrectionReason;

mutations! {
    /// The commands that answer an earlier record.
    CorrectionMutations;

    /// Lets a record count no more; annulling an annulment restores. Annulation / annulering.
    annulEvent(AnnulEventInput) -> CorrectionPayload {
        /// A thing in whose history the record stands: a participant, post, agreement, course, organisation or judicial file
        /// (`Event.streams` names them).
        stream: ID,
        /// The record: an event, a correction or an annulment.
        target: ID,
        /// Why.
        reason: Code<CorrectionReason>,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        motive: Option<String>,
    }

    /// Lets a record say something else; its kind stays, and what is left out stays as it holds now.
    ///
    /// Of two standing corrections of one record the later holds. Correction / verbetering.
    correctEvent(CorrectEventInput) -> CorrectionPayload {
        /// A thing in whose history the record stands: a participant, post, agreement, course, organisation or judicial file
        /// (`Event.streams` names them).
        stream: ID,
        /// The original record, never a correction of it.
        target: ID,
        /// The new day on which it happened or took effect.
        on: Option<Date>,
        /// Fields of the fact and their new values; null empties an optional one.
        #[graphql(secret)]
        changes: Option<Json>,
        /// Why.
        reason: Code<CorrectionReason>,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        motive: Option<String>,
        /// Personal fields by their code, such as `{"GIVEN_NAME": "…"}`; sealed. Only what changes.
        #[graphql(secret)]
        personal: Option<Json>,
    }
}
