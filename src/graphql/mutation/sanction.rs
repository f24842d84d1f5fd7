//! The sanction: a suspension of payment of the integration income, law of 26 May 2002, article 30.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::sanction::{AnnulledBy, SanctionGround};

mutations! {
    /// The commands of a sanction. One sanction is one procedure; nothing in it ends the aid.
    SanctionMutations;

    /// Tells the person formally to respect the project; opens a procedure. Mise en demeure / aanmaning.
    sendFormalNotice(SendFormalNoticeInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The procedure; chosen by the server if left out.
        sanction: Option<ID>,
        /// The project that is not respected; it runs on that day.
        piis: ID,
        /// Day on which the notice was sent.
        on: Date,
        /// The facts; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Offers the person to be heard; opens a procedure if there was no notice. Audition proposée / verhoor aangeboden.
    offerHearing(OfferHearingInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The procedure; a new one if left out.
        sanction: Option<ID>,
        /// Day of the offer.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person was heard. Audition / verhoor.
    hearPerson(HearPersonInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The procedure.
        sanction: ID,
        /// Day of the hearing.
        on: Date,
        /// True if somebody assisted the person.
        assisted: bool,
        /// What was said; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Suspends payment in whole or in part, after a hearing was offered and, for the project, a notice sent, both before
    /// that day. At most one month for the project, three on recurrence within a year to the day; six months for
    /// undeclared means, twelve with fraud, twice as many on recurrence within three years. Sanction / sanctie.
    decideSanction(DecideSanctionInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The procedure.
        sanction: ID,
        /// Day of the decision.
        on: Date,
        /// Why; sealed. Its family (project or means) is not.
        #[graphql(secret)]
        ground: Code<SanctionGround>,
        /// Share of the income that is not paid, in per cent: 1 to 100.
        share: u16,
        /// First day of the suspension: from the day after the notification to the first day of the third month after
        /// the decision.
        first_day: Date,
        /// Last day of the suspension, inclusive.
        last_day: Date,
        /// How many of its calendar days are deferred (sursis, uitstel).
        #[graphql(default)]
        deferred_days: u32,
        /// Day of the notification.
        notified_on: Date,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that a sanction was annulled: it counts no more. Sanction annulée / sanctie vernietigd.
    annulSanction(AnnulSanctionInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The sanction.
        sanction: ID,
        /// Day of the judgment or decision.
        on: Date,
        /// By whom.
        by: Code<AnnulledBy>,
        /// Reference of the judgment or decision; sealed.
        #[graphql(secret)]
        reference: Option<String>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
