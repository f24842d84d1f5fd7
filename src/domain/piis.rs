//! The individual integration project (PIIS / GPMI), law of 26 May 2002 articles 11 and 13.

use crate::codes::{Label, codes};
use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{GrantId, OrganisationId, PersonId, PiisId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
            | Self::Ended { person, .. } => *person,
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
            Self::Signed { .. } => DayRank::Begins,
            Self::Waived { .. } | Self::Proposed { .. } | Self::Evaluated { .. } | Self::Amended { .. } => {
                DayRank::Within
            }
        }
    }
}

/// The projects and waivers of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every project that was handed over or signed.
    pub projects: BTreeMap<PiisId, Project>,
    /// Every waiver, in order of day.
    pub waivers: Vec<Waiver>,
}

/// One project, from the day on which it was handed over to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    /// The grant for which it is due, if any.
    pub grant: Option<GrantId>,
    /// With which organisation, if it was handed over.
    pub organisation: Option<OrganisationId>,
    /// The legal kind, if it was handed over.
    pub kind: Option<PiisKind>,
    /// The house's own name of it.
    pub label: Option<Label>,
    /// Day on which it was handed over.
    pub proposed_on: Option<NaiveDate>,
    /// Day of the signature.
    pub signed_on: Option<NaiveDate>,
    /// True if the days of reflection had not passed.
    pub reflection_cut: bool,
    /// Code of the subsidy.
    pub subsidy_code: Option<u16>,
    /// Last planned day as amended, inclusive; the project runs on until an end is recorded.
    pub until: Option<NaiveDate>,
    /// Every evaluation, in order of day.
    pub evaluations: Vec<Evaluation>,
    /// Every amendment with the party who asked for it, in order of day.
    pub amendments: Vec<(NaiveDate, Party)>,
    /// First day without it, and why.
    pub ended: Option<(NaiveDate, PiisEnd)>,
}

/// A look back at the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// The day.
    pub on: NaiveDate,
    /// True if the person was met in person.
    pub in_person: bool,
    /// When the next one is planned.
    pub next_on: Option<NaiveDate>,
}

/// A time during which no project is due for a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// For which grant.
    pub grant: GrantId,
    /// First day.
    pub on: NaiveDate,
    /// Last day, inclusive, if it has one.
    pub until: Option<NaiveDate>,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Piis(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Waived { grant, until, .. } => {
                self.waivers.push(Waiver { grant: *grant, on, until: *until });
            }
            Event::Proposed { piis, grant, organisation, kind, label, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.proposed_on.get_or_insert(on);
                project.grant = project.grant.or(*grant);
                project.organisation = Some(organisation.clone());
                project.kind = Some(*kind);
                project.label.clone_from(label);
            }
            Event::Signed { piis, grant, until, subsidy_code, reflection_cut, .. } => {
                let project = self.projects.entry(*piis).or_default();
                if project.signed_on.is_none() {
                    project.signed_on = Some(on);
                    project.grant = grant.or(project.grant);
                    project.until = project.until.or(*until);
                    project.subsidy_code = *subsidy_code;
                    project.reflection_cut = *reflection_cut;
                }
            }
            Event::Evaluated { piis, in_person, next_on, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.evaluations.push(Evaluation { on, in_person: *in_person, next_on: *next_on });
            }
            Event::Amended { piis, requested_by, until, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.amendments.push((on, *requested_by));
                project.until = until.or(project.until);
            }
            Event::Ended { piis, reason, .. } => {
                self.projects.entry(*piis).or_default().ended.get_or_insert((on, *reason));
            }
        }
    }

    /// True if a waiver for the grant covers that day.
    #[must_use]
    pub fn waived_on(&self, grant: GrantId, day: NaiveDate) -> bool {
        let covers = |waiver: &Waiver| waiver.on <= day && waiver.until.is_none_or(|last| day <= last);
        self.waivers.iter().any(|waiver| waiver.grant == grant && covers(waiver))
    }

    /// The project signed first for a grant.
    #[must_use]
    pub fn first_signed(&self, grant: GrantId) -> Option<(PiisId, &Project)> {
        let of_grant = self.projects.iter().filter(|(_, project)| project.grant == Some(grant));
        let signed = of_grant.filter_map(|(id, project)| Some((project.signed_on?, *id, project)));
        signed.min_by_key(|(on, id, _)| (*on, *id)).map(|(_, id, project)| (id, project))
    }
}

impl Project {
    /// First day without it.
    #[must_use]
    pub fn ended_on(&self) -> Option<NaiveDate> {
        self.ended.map(|(on, _)| on)
    }

    /// True if the project runs on that day: signed, and no end recorded by then.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.signed_on.is_some_and(|signed| signed <= day) && self.ended_on().is_none_or(|ended| day < ended)
    }
}
