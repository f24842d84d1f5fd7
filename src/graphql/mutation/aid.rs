//! The aid file (dossier d'aide / hulpdossier).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::aid::{AidCategory, AidEndMotive};
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
}
