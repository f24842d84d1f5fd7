//! What can happen to a PIIS, and the codes that it uses.

use crate::codes::{Label, codes};
use crate::fact::{self, About, DayRank};
use crate::ids::{GrantId, OrganisationId, PersonId, PiisId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// The legal kinds of PIIS since 1 November 2016. The house's own name of it is a label.
    PiisKind {
        /// General; may aim at work or training.
        General = "GENERAL" ("général", "algemeen", "general"),
        /// Full-time studies.
        Studies = "STUDIES" ("études de plein exercice", "voltijdse studies", "full-time studies"),
        /// With a community service component.
        CommunityService = "COMMUNITY_SERVICE" ("service communautaire", "gemeenschapsdienst", "community service"),
    }
}

codes! {
    /// Why a PIIS ended.
    PiisEnd {
        /// Its term was reached.
        Term = "TERM" ("terme", "einde termijn", "term reached"),
        /// The goal was reached before.
        GoalReached = "GOAL_REACHED" ("objectif atteint", "doel bereikt", "goal reached"),
        /// The aid ended.
        AidEnded = "AID_ENDED" ("fin de l'aide", "einde hulp", "aid ended"),
        /// The person moved to another CPAS.
        Moved = "MOVED" ("déménagement", "verhuis", "moved away"),
        /// Any other reason.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// Who asked for an amendment.
    Party {
        /// The participant.
        Person = "PERSON" ("la personne", "de persoon", "the person"),
        /// The CPAS.
        Cpas = "CPAS" ("le CPAS", "het OCMW", "the CPAS"),
        /// A third party to the project.
        Third = "THIRD" ("un tiers", "een derde", "a third party"),
    }
}

codes! {
    /// Why a PIIS is waived (law of 26 May 2002, article 11 §2). Health data: it is sealed, and stands in no fact.
    WaiverGround {
        /// Equity.
        Equity = "EQUITY" ("équité", "billijkheid", "equity"),
        /// Health.
        Health = "HEALTH" ("santé", "gezondheid", "health"),
    }
}

/// Something that happened to a PIIS. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person needs no PIIS, for equity or health; the ground is sealed. Dispense / vrijstelling.
    #[serde(rename = "ProjectWaived")]
    Waived {
        /// Who.
        person: PersonId,
        /// For which grant.
        grant: GrantId,
        /// Last day of the waiver, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The project was handed over; five days of reflection begin. Projet remis / project overhandigd.
    #[serde(rename = "ProjectProposed")]
    Proposed {
        /// To whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// The grant for which it is due, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grant: Option<GrantId>,
        /// With which organisation.
        organisation: OrganisationId,
        /// The legal kind.
        kind: PiisKind,
        /// The house's own name of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
    },
    /// Both parties signed. PIIS signé / GPMI ondertekend.
    #[serde(rename = "ProjectSigned")]
    Signed {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// The grant for which it was due, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grant: Option<GrantId>,
        /// Last day of the project, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// Code of the subsidy at the SPP-IS (11, 17 …).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subsidy_code: Option<u16>,
        /// True if the five days of reflection had not passed: a warning, kept with the record.
        reflection_cut: bool,
    },
    /// The parties looked back at the goal. Évaluation / evaluatie.
    #[serde(rename = "ProjectEvaluated")]
    Evaluated {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// True if the person was met in person.
        in_person: bool,
        /// When the next one is planned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_on: Option<NaiveDate>,
    },
    /// The parties agreed on a change. Avenant / wijziging.
    #[serde(rename = "ProjectAmended")]
    Amended {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// Who asked for it.
        requested_by: Party,
        /// New last day, if it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The project ended; the effective day is the first without it. Fin / einde.
    #[serde(rename = "ProjectEnded")]
    Ended {
        /// Whose.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// Why.
        reason: PiisEnd,
    },
    /// The project goes on after a gap such as a short job; the effective day is the first with it again.
    /// Réactivation / heractivering.
    #[serde(rename = "ProjectReactivated")]
    Reactivated {
        /// Whose.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// First day of the job that made the gap, if one did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job_from: Option<NaiveDate>,
        /// Last day of that job, inclusive.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job_until: Option<NaiveDate>,
        /// True unless the job was so short that the needs need not be assessed again.
        new_assessment_needed: bool,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Waived { person, .. }
            | Self::Proposed { person, .. }
            | Self::Signed { person, .. }
            | Self::Evaluated { person, .. }
            | Self::Amended { person, .. }
            | Self::Ended { person, .. }
            | Self::Reactivated { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Ended { .. } => DayRank::Ends,
            Self::Signed { .. } | Self::Reactivated { .. } => DayRank::Begins,
            Self::Waived { .. } | Self::Proposed { .. } | Self::Evaluated { .. } | Self::Amended { .. } => {
                DayRank::Within
            }
        }
    }
}
