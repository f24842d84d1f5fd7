//! The integration projects (PIIS) of each person, and the waivers of them: one row per person who has any.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{GrantId, OrganisationId, PiisId};
use domain::law::Law;
use domain::piis::{self, PiisEnd, PiisKind};
use serde::{Deserialize, Serialize};

/// The integration projects of each person, and the waivers of them.
pub struct Projects;

impl View for Projects {
    const NAME: &'static str = "projects";
    const VERSION: u32 = 2;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let state = piis::State::of(history);
        if state.projects.is_empty() && state.waivers.is_empty() {
            return Vec::new();
        }
        let projects = state.projects.into_iter().map(|(piis, one)| project(piis, one)).collect();
        let waivers = state.waivers.into_iter().map(|one| Waiver { grant: one.grant, on: one.on, until: one.until });
        vec![Row { projects, waivers: waivers.collect() }]
    }
}

/// What a person's history says of integration projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Every project, in order of id.
    pub projects: Vec<Project>,
    /// Every waiver, in order of day.
    pub waivers: Vec<Waiver>,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The project.
    pub piis: PiisId,
    /// The grant for which it is due, if any.
    pub grant: Option<GrantId>,
    /// With which organisation, if it was handed over.
    pub organisation: Option<OrganisationId>,
    /// The legal kind, if it was handed over.
    pub kind: Option<PiisKind>,
    /// Day on which it was handed over.
    pub proposed_on: Option<NaiveDate>,
    /// Day of the first signature.
    pub signed_on: Option<NaiveDate>,
    /// Last planned day, inclusive; it runs on until an end is recorded.
    pub until: Option<NaiveDate>,
    /// Every evaluation, in order of day: the day, and whether the person was met in person.
    pub evaluations: Vec<(NaiveDate, bool)>,
    /// First day without it, and why; none again once it was reactivated.
    pub ended: Option<(NaiveDate, PiisEnd)>,
    /// Every gap that a reactivation closed, in order of day.
    pub gaps: Vec<Gap>,
}

/// A time without a project that went on afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// First day without it.
    pub from: NaiveDate,
    /// First day with it again.
    pub reactivated_on: NaiveDate,
    /// True if the needs had to be assessed again.
    pub new_assessment_needed: bool,
}

/// A time during which no project is due for a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// For which grant.
    pub grant: GrantId,
    /// First day.
    pub on: NaiveDate,
    /// Last day, inclusive, if it has one.
    pub until: Option<NaiveDate>,
}

fn project(piis: PiisId, one: piis::Project) -> Project {
    Project {
        piis,
        grant: one.grant,
        organisation: one.organisation,
        kind: one.kind,
        proposed_on: one.proposed_on,
        signed_on: one.signed_on,
        until: one.until,
        evaluations: one.evaluations.iter().map(|evaluation| (evaluation.on, evaluation.in_person)).collect(),
        ended: one.ended,
        gaps: one.gaps.iter().map(gap).collect(),
    }
}

const fn gap(gap: &piis::Gap) -> Gap {
    let piis::Gap { from, reactivated_on, new_assessment_needed } = *gap;
    Gap { from, reactivated_on, new_assessment_needed }
}

impl Project {
    /// True if the project runs on that day: signed, no end recorded by then, and not in a gap.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.signed_on.is_some_and(|signed| signed <= day)
            && self.ended.is_none_or(|(ended, _)| day < ended)
            && !self.gaps.iter().any(|gap| gap.from <= day && day < gap.reactivated_on)
    }
}
