//! Where each project of a person stands, folded from their history, and the waivers of their grants.

use super::event::{Event, Party, PiisEnd, PiisKind};
use crate::codes::Label;
use crate::fact::Fact;
use crate::history::History;
use crate::ids::{GrantId, OrganisationId, PiisId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

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
    /// First day without it, and why; none again once it was reactivated.
    pub ended: Option<(NaiveDate, PiisEnd)>,
    /// Every gap that a reactivation closed, in order of day.
    pub gaps: Vec<Gap>,
}

/// A time without a project that went on afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// First day without it.
    pub from: NaiveDate,
    /// First day with it again.
    pub reactivated_on: NaiveDate,
    /// True if the needs had to be assessed again.
    pub new_assessment_needed: bool,
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
            Event::Reactivated { piis, new_assessment_needed, .. } => {
                // A reactivation of what never ended closes no gap.
                let project = self.projects.entry(*piis).or_default();
                if let Some((from, _)) = project.ended.take_if(|(from, _)| *from < on) {
                    let new_assessment_needed = *new_assessment_needed;
                    project.gaps.push(Gap { from, reactivated_on: on, new_assessment_needed });
                }
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

    /// True if the project runs on that day: signed, no end recorded by then, and not in a gap.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.signed_on.is_some_and(|signed| signed <= day)
            && self.ended_on().is_none_or(|ended| day < ended)
            && !self.gaps.iter().any(|gap| gap.from <= day && day < gap.reactivated_on)
    }
}
