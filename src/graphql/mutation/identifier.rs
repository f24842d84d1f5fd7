//! National numbers (NISS / INSZ, NIR): sealed, and found again by a keyed hash only.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::identifier::{IdentifierKind, ReplacementReason};

mutations! {
    /// The commands of national numbers.
    IdentifierMutations;

    /// Records a national number of a kind of which the participant has none. Refused (`NATIONAL_NUMBERS_OFF`) unless the
    /// house names its legal basis (law of 8 August 1983, article 8). Numéro ajouté / nummer toegevoegd.
    addIdentifier(AddIdentifierInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day on which it became known.
        on: Date,
        /// Who gave it.
        kind: Code<IdentifierKind>,
        /// The number, with or without its punctuation; sealed.
        #[graphql(secret)]
        value: String,
    }

    /// Puts a national number in the place of the one of the same kind; both stay the participant's own.
    ///
    /// Numéro remplacé / nummer vervangen.
    replaceIdentifier(ReplaceIdentifierInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day from which the new one holds.
        on: Date,
        /// Who gave it.
        kind: Code<IdentifierKind>,
        /// The new number, with or without its punctuation; sealed.
        #[graphql(secret)]
        value: String,
        /// Why.
        reason: Code<ReplacementReason>,
    }
}
