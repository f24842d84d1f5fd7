//! The participant: who this is. Names and contact stand in the personal part; the fact says only that they were given.

use crate::fact::{self, About, DayRank};
use crate::ids::{OrganisationId, PersonId};
use serde::{Deserialize, Serialize};

/// Something that happened to a participant's identity. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The participant was registered. Participant inscrit / deelnemer geregistreerd.
    #[serde(rename = "ParticipantRegistered")]
    Registered {
        /// Who.
        person: PersonId,
        /// By which organisation.
        organisation: OrganisationId,
    },
    /// The identity was rectified (GDPR article 16). Identité rectifiée / identiteit verbeterd.
    #[serde(rename = "IdentityCorrected")]
    IdentityCorrected {
        /// Whose.
        person: PersonId,
    },
    /// Address, telephone or e-mail changed. Coordonnées modifiées / contactgegevens gewijzigd.
    #[serde(rename = "ContactChanged")]
    ContactChanged {
        /// Whose.
        person: PersonId,
    },
    /// The participant died; ends every expectation, neutral for outcomes. Décès / overlijden.
    #[serde(rename = "DeathRecorded")]
    DeathRecorded {
        /// Who.
        person: PersonId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Registered { person, .. }
            | Self::IdentityCorrected { person, .. }
            | Self::ContactChanged { person, .. }
            | Self::DeathRecorded { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::DeathRecorded { .. } => DayRank::Ends,
            Self::Registered { .. } => DayRank::Begins,
            Self::IdentityCorrected { .. } | Self::ContactChanged { .. } => DayRank::Within,
        }
    }
}
