//! Integration projects (PIIS / GPMI) and their waivers.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{Enum, ID, SimpleObject};
use domain::piis::{PiisEnd, PiisKind};
use projections::{projects, standing};
use std::sync::Arc;

/// One integration project.
#[derive(SimpleObject)]
pub struct Piis {
    /// Its global id.
    id: ID,
    /// The global id of the grant for which it is due, if any.
    grant: Option<ID>,
    /// With which organisation, if it was handed over.
    organisation: Option<Organisation>,
    /// The legal kind, if it was handed over.
    kind: Option<Code<PiisKind>>,
    /// Day on which it was handed over.
    proposed_on: Option<Date>,
    /// Day of the first signature.
    signed_on: Option<Date>,
    /// Last planned day, inclusive; it runs on until an end is recorded.
    until: Option<Date>,
    /// Every evaluation, in order of day.
    evaluations: Vec<PiisEvaluation>,
    /// Every gap that a reactivation closed, in order of day.
    gaps: Vec<PiisGap>,
    /// First day without it; null again once it was reactivated.
    ended_on: Option<Date>,
    /// Why it ended.
    end: Option<Code<PiisEnd>>,
    /// True if it is signed, not ended and not in a gap on the day of the question.
    running: bool,
}

/// An evaluation of an integration project.
#[derive(SimpleObject)]
pub struct PiisEvaluation {
    /// The day.
    on: Date,
    /// True if the person was met in person.
    in_person: bool,
}

/// A time without a project that went on afterwards (réactivation, heractivering).
#[derive(SimpleObject)]
pub struct PiisGap {
    /// First day without it.
    from: Date,
    /// First day with it again.
    reactivated_on: Date,
    /// True unless the job that made the gap was so short that the needs need not be assessed again.
    new_assessment_needed: bool,
}

/// A time during which no integration project is due for a grant.
#[derive(SimpleObject)]
pub struct PiisWaiver {
    /// The grant's global id.
    grant: ID,
    /// First day.
    from: Date,
    /// Last day, inclusive, if it has one.
    until: Option<Date>,
}

/// How far a person is with the integration project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum PiisState {
    /// None was handed over.
    Absent,
    /// Waived.
    Waived,
    /// Handed over, not signed.
    Proposed,
    /// Signed; no end recorded.
    Running,
    /// Ended.
    Ended,
}

/// Where a person stands with the integration project that matters: the running one, else the last one.
#[derive(SimpleObject)]
pub struct PiisStanding {
    /// How far.
    state: PiisState,
    /// Since which day.
    since: Option<Date>,
    /// Until which day, inclusive, if it is a waiver with an end.
    until: Option<Date>,
    /// The project's global id, if there is one.
    piis: Option<ID>,
}

impl Piis {
    pub(super) fn new(moment: &Arc<Moment>, project: &projects::Project) -> Self {
        let (ended_on, end) = project.ended.unzip();
        let evaluation = |(on, in_person): &(_, bool)| PiisEvaluation { on: Date(*on), in_person: *in_person };
        Self {
            id: ids::global(Kind::Piis, project.piis),
            grant: project.grant.map(|grant| ids::global(Kind::Aid, grant)),
            organisation: project.organisation.as_ref().map(|organisation| Organisation::new(moment, organisation)),
            kind: project.kind.map(Code),
            proposed_on: day(project.proposed_on),
            signed_on: day(project.signed_on),
            until: day(project.until),
            evaluations: project.evaluations.iter().map(evaluation).collect(),
            gaps: project.gaps.iter().map(Into::into).collect(),
            ended_on: day(ended_on),
            end: end.map(Code),
            running: project.running_on(moment.day),
        }
    }
}

impl From<&projects::Gap> for PiisGap {
    fn from(gap: &projects::Gap) -> Self {
        Self {
            from: Date(gap.from),
            reactivated_on: Date(gap.reactivated_on),
            new_assessment_needed: gap.new_assessment_needed,
        }
    }
}

impl From<&projects::Waiver> for PiisWaiver {
    fn from(waiver: &projects::Waiver) -> Self {
        Self { grant: ids::global(Kind::Aid, waiver.grant), from: Date(waiver.on), until: day(waiver.until) }
    }
}

/// The state that a standing row tells.
pub(crate) const fn state(piis: &standing::Piis) -> PiisState {
    match piis {
        standing::Piis::Absent => PiisState::Absent,
        standing::Piis::Waived(..) => PiisState::Waived,
        standing::Piis::Proposed(..) => PiisState::Proposed,
        standing::Piis::Running(..) => PiisState::Running,
        standing::Piis::Ended(..) => PiisState::Ended,
    }
}

impl From<&standing::Piis> for PiisStanding {
    fn from(piis: &standing::Piis) -> Self {
        let (since, until, project) = match piis {
            standing::Piis::Absent => (None, None, None),
            standing::Piis::Waived(from, until) => (Some(*from), *until, None),
            standing::Piis::Proposed(piis, on)
            | standing::Piis::Running(piis, on)
            | standing::Piis::Ended(piis, on) => (Some(*on), None, Some(*piis)),
        };
        let piis_id = project.map(|piis| ids::global(Kind::Piis, piis));
        Self { state: state(piis), since: day(since), until: day(until), piis: piis_id }
    }
}
