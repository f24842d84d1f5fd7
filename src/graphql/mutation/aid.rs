//! The aid file (dossier d'aide / hulpdossier).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::aid::{AidCategory, AidEndMotive, PaymentSuspensionMotive};
use domain::codes::AidKind;

mutations! {
    /// The commands of the aid file.
    AidMutations;

    /// Records a request of aid; its receipt starts the thirty days of the decision (law of 26 May 2002, article 21 §1).
    ///
    /// Demande introduite / aanvraag.
    requestAid(RequestAidInput) -> ParticipantPayload {
        /// Who asks.
        participant: ID,
        /// The grant asked for; chosen by the server if left out.
        grant: Option<ID>,
        /// Day of the request: of its receipt.
        on: Date,
        /// Of which organisation.
        organisation: ID,
        /// Which aid.
        kind: Code<AidKind>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Grants aid, asked for or not; its notification starts the three months of the PIIS (law of 26 May 2002, article 11).
    ///
    /// Octroi / toekenning.
    grantAid(GrantAidInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The grant asked for; a new one if left out.
        grant: Option<ID>,
        /// First day of aid.
        on: Date,
        /// By which organisation.
        organisation: ID,
        /// Which aid.
        kind: Code<AidKind>,
        /// The category, where the aid knows one (law of 26 May 2002, article 14).
        category: Option<Code<AidCategory>>,
        /// Day on which the decision was notified.
        notified_on: Date,
        /// First day without it, for a grant that is over when it is recorded; with `endMotive`.
        ended_on: Option<Date>,
        /// Why it ended, if it did; with `endedOn`.
        end_motive: Option<Code<AidEndMotive>>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Refuses a request of aid. Refus / weigering.
    refuseAid(RefuseAidInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The grant asked for.
        grant: ID,
        /// Day of the refusal.
        on: Date,
        /// Why.
        motive: Code<AidEndMotive>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Changes the category of a grant. Révision / herziening.
    reviseAid(ReviseAidInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The grant.
        grant: ID,
        /// First day of the new category.
        on: Date,
        /// The category from then on (law of 26 May 2002, article 14).
        category: Code<AidCategory>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Ends aid. Retrait / intrekking.
    endAid(EndAidInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The grant.
        grant: ID,
        /// First day without it.
        on: Date,
        /// Why.
        motive: Code<AidEndMotive>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Suspends the payment of aid, in whole or in part; the aid itself goes on running.
    /// Suspension du paiement / schorsing van de betaling.
    suspendAidPayment(SuspendAidPaymentInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The grant.
        grant: ID,
        /// First day that is not paid.
        on: Date,
        /// Last day that is not paid, inclusive, if it is known.
        until: Option<Date>,
        /// The share that is not paid, in percent, from 1 to 100.
        share: u16,
        /// Why (list of the SPP-IS); judicial data, sealed.
        #[graphql(secret)]
        motive: Code<PaymentSuspensionMotive>,
        /// First day abroad, for a stay abroad only: payment is suspended from the 29th day on. Sealed.
        #[graphql(secret)]
        abroad_since: Option<Date>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets the payment of aid go on. Reprise du paiement / hervatting van de betaling.
    resumeAidPayment(ResumeAidPaymentInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The grant.
        grant: ID,
        /// First day that is paid again.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Hands a request or a grant over to the competent organisation, within five calendar days of the request.
    /// Transfert / overdracht.
    transferAid(TransferAidInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The grant, or the grant asked for.
        grant: ID,
        /// First day on which it is the other's.
        on: Date,
        /// Which organisation takes it over.
        receiver: ID,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
