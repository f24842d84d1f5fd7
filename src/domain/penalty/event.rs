//! What can happen to a work penalty.

use crate::fact::{self, About, DayRank, Role};
use crate::hours::Hours;
use crate::ids::{JudicialFileId, OrganisationId, PenaltyId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that happened to a work penalty. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The penalty was entrusted to a host. Peine de travail confiée / werkstraf toevertrouwd.
    #[serde(rename = "PenaltyAssigned")]
    Assigned {
        /// In whose judicial file.
        file: JudicialFileId,
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
        /// In whose judicial file.
        file: JudicialFileId,
        /// The penalty.
        penalty: PenaltyId,
        /// How many.
        hours: Hours,
    },
    /// The person was not there on the effective day. Absence / afwezigheid.
    #[serde(rename = "PenaltyAbsence")]
    Absent {
        /// In whose judicial file.
        file: JudicialFileId,
        /// The penalty.
        penalty: PenaltyId,
        /// Hours that were planned that day, if they are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<Hours>,
        /// True if a valid reason was given.
        justified: bool,
    },
    /// The probation commission gave more time. Délai prolongé / termijn verlengd.
    #[serde(rename = "PenaltyDeadlineExtended")]
    DeadlineExtended {
        /// In whose judicial file.
        file: JudicialFileId,
        /// The penalty.
        penalty: PenaltyId,
        /// New last day to perform it, inclusive.
        until: NaiveDate,
    },
    /// All hours are performed. Peine exécutée / werkstraf voltooid.
    #[serde(rename = "PenaltyCompleted")]
    Completed {
        /// In whose judicial file.
        file: JudicialFileId,
        /// The penalty.
        penalty: PenaltyId,
    },
    /// The penalty stopped before its end. Interrompue / onderbroken.
    #[serde(rename = "PenaltyInterrupted")]
    Interrupted {
        /// In whose judicial file.
        file: JudicialFileId,
        /// The penalty.
        penalty: PenaltyId,
    },
}

impl Event {
    /// In whose judicial file it stands.
    #[must_use]
    pub const fn file(&self) -> JudicialFileId {
        match self {
            Self::Assigned { file, .. }
            | Self::HoursPerformed { file, .. }
            | Self::Absent { file, .. }
            | Self::DeadlineExtended { file, .. }
            | Self::Completed { file, .. }
            | Self::Interrupted { file, .. } => *file,
        }
    }

    /// Of which penalty it is.
    #[must_use]
    pub const fn penalty(&self) -> PenaltyId {
        match self {
            Self::Assigned { penalty, .. }
            | Self::HoursPerformed { penalty, .. }
            | Self::Absent { penalty, .. }
            | Self::DeadlineExtended { penalty, .. }
            | Self::Completed { penalty, .. }
            | Self::Interrupted { penalty, .. } => *penalty,
        }
    }

    /// The things that it is about, the primary one first: the judicial file, and never the person.
    ///
    /// What was recorded in version 1 of these kinds stands in the person's own history, and stays there.
    pub(crate) fn about(&self) -> Vec<About> {
        match self.file().person_of_version_1() {
            Some(person) => fact::of_person(person),
            None => fact::of_one(self.file(), Role::JudicialFile),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Completed { .. } | Self::Interrupted { .. } => DayRank::Ends,
            Self::Assigned { .. } => DayRank::Begins,
            Self::HoursPerformed { .. } | Self::Absent { .. } | Self::DeadlineExtended { .. } => DayRank::Within,
        }
    }
}
