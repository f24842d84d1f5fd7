//! What can happen to a grant of aid, and the codes that it uses.

use crate::codes::{AidKind, codes};
use crate::fact::{self, About, DayRank};
use crate::ids::{GrantId, OrganisationId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Why aid was refused or ended.
    AidEndMotive {
        /// Means of existence are sufficient.
        Resources = "RESOURCES" ("ressources suffisantes", "voldoende bestaansmiddelen", "sufficient means"),
        /// A job was found.
        Employment = "EMPLOYMENT" ("mise à l'emploi", "tewerkstelling", "employment"),
        /// The person moved away.
        Moved = "MOVED" ("déménagement", "verhuis", "moved away"),
        /// The conditions are not met.
        Conditions = "CONDITIONS" ("conditions non remplies", "voorwaarden niet vervuld", "conditions not met"),
        /// The person gave it up.
        Renounced = "RENOUNCED" ("renonciation", "afstand", "renounced"),
        /// The person died.
        Death = "DEATH" ("décès", "overlijden", "death"),
        /// Any other motive.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// The category of integration income (law of 26 May 2002, article 14).
    AidCategory {
        /// Cohabiting.
        Cohabiting = "COHABITING" ("cohabitant", "samenwonend", "cohabiting"),
        /// Living alone.
        Single = "SINGLE" ("isolé", "alleenstaand", "single"),
        /// With a family to support.
        WithFamily = "WITH_FAMILY" ("avec famille à charge", "met gezin ten laste", "with dependent family"),
    }
}

codes! {
    /// Why the payment of aid is suspended (list of the SPP-IS, January 2020). Judicial data: it is sealed, and stands
    /// in no fact.
    PaymentSuspensionMotive {
        /// A stay abroad of more than 28 days.
        Abroad = "ABROAD" ("séjour à l'étranger", "verblijf in het buitenland", "stay abroad"),
        /// Detention.
        Detention = "DETENTION" ("détention", "detentie", "detention"),
        /// A sanction.
        Sanction = "SANCTION" ("sanction", "sanctie", "sanction"),
    }
}

/// Something that happened to a grant of aid. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// Aid was requested; the receipt starts the thirty days. Demande introduite / aanvraag.
    #[serde(rename = "AidRequested")]
    Requested {
        /// Who asks.
        person: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
    },
    /// Aid was granted from the effective day on. Octroi / toekenning.
    #[serde(rename = "AidGranted")]
    Granted {
        /// To whom.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// By which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// The category, where the aid knows one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<AidCategory>,
        /// When the decision was notified: the clock of the PIIS starts.
        notified_on: NaiveDate,
    },
    /// The request was refused. Refus / weigering.
    #[serde(rename = "AidRefused")]
    Refused {
        /// To whom.
        person: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Why.
        motive: AidEndMotive,
    },
    /// The category changed from the effective day on. Révision / herziening.
    #[serde(rename = "AidRevised")]
    Revised {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// The category from now on.
        category: AidCategory,
    },
    /// Aid ended; the effective day is the first without it. Retrait / intrekking.
    #[serde(rename = "AidEnded")]
    Ended {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// Why.
        motive: AidEndMotive,
    },
    /// The payment is suspended from the effective day on; the motive is sealed, and the aid goes on running.
    /// Suspension du paiement / schorsing van de betaling.
    #[serde(rename = "AidPaymentSuspended")]
    PaymentSuspended {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// The share that is not paid, in percent, from 1 to 100.
        share: u16,
        /// Last day of the suspension, inclusive, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The payment goes on from the effective day. Reprise du paiement / hervatting van de betaling.
    #[serde(rename = "AidPaymentResumed")]
    PaymentResumed {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
    },
    /// The request or the grant is another organisation's from the effective day on. Transfert / overdracht.
    #[serde(rename = "AidTransferred")]
    Transferred {
        /// Whose.
        person: PersonId,
        /// The grant, or the grant asked for.
        grant: GrantId,
        /// Which organisation takes it over.
        receiver: OrganisationId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Requested { person, .. }
            | Self::Granted { person, .. }
            | Self::Refused { person, .. }
            | Self::Revised { person, .. }
            | Self::Ended { person, .. }
            | Self::PaymentSuspended { person, .. }
            | Self::PaymentResumed { person, .. }
            | Self::Transferred { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Refused { .. } | Self::Ended { .. } | Self::PaymentResumed { .. } | Self::Transferred { .. } => {
                DayRank::Ends
            }
            Self::Granted { .. } => DayRank::Begins,
            // Behind the grant of the same day.
            Self::PaymentSuspended { .. } => DayRank::Enters,
            Self::Requested { .. } | Self::Revised { .. } => DayRank::Within,
        }
    }
}
