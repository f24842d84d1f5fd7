//! Actions that were agreed on (démarches / acties).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::action::ActionParty;

mutations! {
    /// The commands of actions.
    ActionMutations;

    /// Records an action that was agreed on; say what in a label, a text, or both. Action convenue / afgesproken actie.
    agreeAction(AgreeActionInput) -> ParticipantPayload {
        /// Whose file it is.
        participant: ID,
        /// In which pathway, if in one.
        pathway: Option<ID>,
        /// The action; chosen by the server if left out.
        action: Option<ID>,
        /// Day of the agreement.
        on: Date,
        /// Who is to act.
        party: Code<ActionParty>,
        /// What is to be done, as the house calls it: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        label: Option<String>,
        /// What is to be done, in words; sealed.
        #[graphql(secret)]
        text: Option<String>,
        /// Last day for it, inclusive, if it has one.
        due_on: Option<Date>,
    }

    /// Records that an action was done. Action réalisée / actie uitgevoerd.
    completeAction(CompleteActionInput) -> ParticipantPayload {
        /// Whose file it is.
        participant: ID,
        /// The action.
        action: ID,
        /// The day.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that an action is given up. Action abandonnée / actie stopgezet.
    abandonAction(AbandonActionInput) -> ParticipantPayload {
        /// Whose file it is.
        participant: ID,
        /// The action.
        action: ID,
        /// The day.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
