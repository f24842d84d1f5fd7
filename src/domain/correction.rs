//! Correction and annulment: what was recorded is never changed, it is answered by another record.
//!
//! Both stand in every stream of the record they answer, and in those of every other correction of it,
//! so that each stream's history can be resolved alone. [`crate::history`] does it, and nothing else does.

use crate::codes::codes;
use crate::fact::Fact;
use crate::ids::EventId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a record is corrected or annulled.
    CorrectionReason {
        /// Typed wrongly.
        TypingError = "TYPING_ERROR" ("erreur de saisie", "typfout", "typing error"),
        /// Recorded for the wrong person, post or agreement.
        WrongSubject = "WRONG_SUBJECT" ("mauvais dossier", "verkeerd dossier", "wrong file"),
        /// Recorded twice.
        Duplicate = "DUPLICATE" ("doublon", "dubbel", "duplicate"),
        /// It never happened.
        NeverHappened = "NEVER_HAPPENED" ("n'a pas eu lieu", "niet gebeurd", "never happened"),
        /// New information came in.
        NewInformation = "NEW_INFORMATION" ("information nouvelle", "nieuwe informatie", "new information"),
        /// The person asked for it (GDPR article 16).
        PersonsRequest = "PERSONS_REQUEST" ("à la demande de la personne", "op vraag van de persoon", "at the person's request"),
        /// The correction or annulment was itself a mistake.
        Mistaken = "MISTAKEN" ("correction erronée", "verkeerde correctie", "mistaken correction"),
    }
}

/// What a corrected record says from now on: the whole content, day and streams included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    /// The day on which it happened or took effect.
    pub effective_on: NaiveDate,
    /// What happened.
    pub fact: Box<Fact>,
}

/// An answer to an earlier record. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The record does not count; annulling an annulment restores. Annulation / annulering.
    #[serde(rename = "EventAnnulled")]
    Annulled {
        /// The record: an event, a correction or an annulment.
        target: EventId,
        /// Why.
        reason: CorrectionReason,
    },
    /// The record says something else; of two standing corrections the later holds. Correction / verbetering.
    #[serde(rename = "EventCorrected")]
    Corrected {
        /// The original record, never a correction of it.
        target: EventId,
        /// Its place in the log, which orders it among the records of its day.
        target_position: u64,
        /// What it says from now on.
        replacement: Replacement,
        /// Why.
        reason: CorrectionReason,
    },
}
