//! The work penalty (peine de travail / werkstraf), Penal Code article 37quinquies. All of it is judicial data.

use crate::fact::{self, About, DayRank};
use crate::hours::Hours;
use crate::ids::{OrganisationId, PenaltyId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that happened to a work penalty. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The penalty was entrusted to a host. Peine de travail confiée / werkstraf toevertrouwd.
    #[serde(rename = "PenaltyAssigned")]
    Assigned {
        /// To whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// Where it is performed.
        organisation: OrganisationId,
        /// The service that sent the person (SEMJA).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<OrganisationId>,
        /// Hours ordered by the judge.
        hours_ordered: Hours,
        /// When the judgment became final.
        final_on: NaiveDate,
        /// Last day to perform it, inclusive.
        deadline: NaiveDate,
    },
    /// Hours were performed on the effective day. Heures prestées / gepresteerde uren.
    #[serde(rename = "PenaltyHoursPerformed")]
    HoursPerformed {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// How many.
        hours: Hours,
    },
    /// All hours are performed. Peine exécutée / werkstraf voltooid.
    #[serde(rename = "PenaltyCompleted")]
    Completed {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
    },
    /// The penalty stopped before its end. Interrompue / onderbroken.
    #[serde(rename = "PenaltyInterrupted")]
    Interrupted {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Assigned { person, .. }
            | Self::HoursPerformed { person, .. }
            | Self::Completed { person, .. }
            | Self::Interrupted { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Completed { .. } | Self::Interrupted { .. } => DayRank::Ends,
            Self::Assigned { .. } => DayRank::Begins,
            Self::HoursPerformed { .. } => DayRank::Within,
        }
    }
}
