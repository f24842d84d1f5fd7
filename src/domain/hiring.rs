//! Hiring and what follows it: jobs after an engagement, their end, and the follow-up at some months.

use crate::codes::{ContractKind, codes};
use crate::fact::{self, About, DayRank};
use crate::ids::{EngagementId, HireId, OrganisationId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// A person's situation at a follow-up. Unknown is an answer.
    Situation {
        /// Employed for an indefinite term.
        EmployedCdi = "EMPLOYED_CDI" ("en CDI", "vast contract", "employed, indefinite term"),
        /// Employed for a fixed term.
        EmployedCdd = "EMPLOYED_CDD" ("en CDD", "tijdelijk contract", "employed, fixed term"),
        /// Interim work.
        EmployedInterim = "EMPLOYED_INTERIM" ("en intérim", "uitzendarbeid", "interim work"),
        /// Self-employed.
        SelfEmployed = "SELF_EMPLOYED" ("indépendant", "zelfstandig", "self-employed"),
        /// In training or studies.
        Training = "TRAINING" ("en formation", "in opleiding", "in training"),
        /// Unemployed, looking for work.
        Unemployed = "UNEMPLOYED" ("au chômage", "werkloos", "unemployed"),
        /// On social aid.
        Aid = "AID" ("à l'aide sociale", "op maatschappelijke hulp", "on social aid"),
        /// Inactive.
        Inactive = "INACTIVE" ("inactif", "inactief", "inactive"),
        /// Asked and not known.
        Unknown = "UNKNOWN" ("inconnue", "onbekend", "unknown"),
    }
}

codes! {
    /// Where a follow-up was learnt.
    FollowUpSource {
        /// From the person.
        Person = "PERSON" ("la personne", "de persoon", "the person"),
        /// From the employer.
        Employer = "EMPLOYER" ("l'employeur", "de werkgever", "the employer"),
        /// From an authentic source (CBSS, France Travail).
        Authentic = "AUTHENTIC" ("source authentique", "authentieke bron", "authentic source"),
        /// From a partner.
        Partner = "PARTNER" ("un partenaire", "een partner", "a partner"),
    }
}

impl Situation {
    /// True if the person works; none if it is not known.
    #[must_use]
    pub const fn employed(self) -> Option<bool> {
        match self {
            Self::EmployedCdi | Self::EmployedCdd | Self::EmployedInterim | Self::SelfEmployed => Some(true),
            Self::Training | Self::Unemployed | Self::Aid | Self::Inactive => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Something that happened after an engagement. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person was hired; the effective day is that of the signature. Engagé après parcours / aangeworven.
    #[serde(rename = "HiredAfterEngagement")]
    Hired {
        /// Who.
        person: PersonId,
        /// The job.
        hire: HireId,
        /// The engagement after which it came.
        engagement: EngagementId,
        /// The employer.
        employer: OrganisationId,
        /// The kind of contract.
        kind: ContractKind,
        /// First day of work.
        start: NaiveDate,
    },
    /// The job ended; the effective day is the last one worked. Fin de l'emploi / einde van de baan.
    #[serde(rename = "HireEnded")]
    HireEnded {
        /// Whose.
        person: PersonId,
        /// The job.
        hire: HireId,
    },
    /// Somebody asked how the person fares; the effective day is the day that the answer is about. Suivi / opvolging.
    #[serde(rename = "FollowUpRecorded")]
    FollowUpRecorded {
        /// Whose.
        person: PersonId,
        /// Months after the exit for which it was asked (3, 6, 12 …).
        at_months: u16,
        /// The answer.
        situation: Situation,
        /// Where it was learnt.
        source: FollowUpSource,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Hired { person, .. } | Self::HireEnded { person, .. } | Self::FollowUpRecorded { person, .. } => {
                *person
            }
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::HireEnded { .. } => DayRank::Ends,
            Self::Hired { .. } => DayRank::Begins,
            Self::FollowUpRecorded { .. } => DayRank::Within,
        }
    }
}
