//! How each person is accompanied: one row per person with whom anything of it was recorded.
//!
//! Which obstacle it is, why a pathway is suspended, and what was said is sealed, and not here.

use crate::View;
use chrono::NaiveDate;
use domain::action::{self, ActionParty};
use domain::assessment::{self, OccupationScheme};
use domain::barrier::{self, Severity};
use domain::codes::Label;
use domain::contact::{self, ContactMode, ContactTopic};
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{ActionId, AppointmentId, AssessmentId, BarrierId, InterviewId, PathwayId};
use domain::law::Law;
use domain::pathway;
use serde::{Deserialize, Serialize};

/// How each person is accompanied.
pub struct Accompaniment;

impl View for Accompaniment {
    const NAME: &'static str = "accompaniment";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let contacts = contact::State::of(history);
        let assessments = assessment::State::of(history);
        let row = Row {
            barriers: barriers(barrier::State::of(history)),
            projects: projects(&assessments),
            assessments: self::assessments(assessments),
            appointments: appointments(&contacts),
            interviews: interviews(&contacts),
            contacts: contacts.contacts.iter().map(Contact::from).collect(),
            actions: actions(action::State::of(history)),
            suspensions: suspensions(&pathway::State::of(history)),
        };
        if row.is_empty() { Vec::new() } else { vec![row] }
    }
}

/// What a person's history says of their accompaniment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Every obstacle, in order of the day on which it was found.
    pub barriers: Vec<Barrier>,
    /// Every assessment, in order of its first day.
    pub assessments: Vec<Assessment>,
    /// Every occupation aimed at, in order of day; in each pathway the last one holds.
    pub projects: Vec<Project>,
    /// Every contact, in order of day.
    pub contacts: Vec<Contact>,
    /// Every appointment, in order of the day for which it was planned.
    pub appointments: Vec<Appointment>,
    /// Every request for an interview, in order of day.
    pub interviews: Vec<Interview>,
    /// Every action, in order of the day of the agreement.
    pub actions: Vec<Action>,
    /// Every suspension of a pathway, in order of its first day.
    pub suspensions: Vec<Suspension>,
}

impl Row {
    const fn is_empty(&self) -> bool {
        self.barriers.is_empty()
            && self.assessments.is_empty()
            && self.projects.is_empty()
            && self.contacts.is_empty()
            && self.appointments.is_empty()
            && self.interviews.is_empty()
            && self.actions.is_empty()
            && self.suspensions.is_empty()
    }
}

/// One obstacle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barrier {
    /// The obstacle.
    pub barrier: BarrierId,
    /// The pathway in which it stands.
    pub pathway: PathwayId,
    /// How much it stands in the way.
    pub severity: Severity,
    /// Day on which it was found.
    pub identified_on: NaiveDate,
    /// First day without it.
    pub lifted_on: Option<NaiveDate>,
}

/// One assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The assessment.
    pub assessment: AssessmentId,
    /// In which pathway.
    pub pathway: PathwayId,
    /// First day.
    pub started_on: NaiveDate,
    /// Every version, in order of day.
    pub versions: Vec<Version>,
    /// Day on which it was complete.
    pub completed_on: Option<NaiveDate>,
}

/// One version of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// The day from which it stands.
    pub on: NaiveDate,
    /// What the person is able to do, as the house calls it.
    pub competences: Vec<Label>,
    /// Where the document is kept.
    pub document: Option<Label>,
}

/// An occupation aimed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// In which pathway.
    pub pathway: PathwayId,
    /// The day on which it was determined.
    pub on: NaiveDate,
    /// The list of occupations.
    pub scheme: OccupationScheme,
    /// The code in it.
    pub occupation: String,
}

/// One contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The day.
    pub on: NaiveDate,
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// How.
    pub mode: ContactMode,
    /// About what.
    pub topic: ContactTopic,
}

/// One appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The appointment.
    pub appointment: AppointmentId,
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// How.
    pub mode: ContactMode,
    /// About what.
    pub topic: ContactTopic,
    /// The day for which it was planned.
    pub planned_on: NaiveDate,
    /// Day of the contact that kept it.
    pub kept_on: Option<NaiveDate>,
    /// The day on which it was missed, and whether the person was excused.
    pub missed: Option<(NaiveDate, bool)>,
}

/// One request for an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// The request.
    pub interview: InterviewId,
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// Day of the request.
    pub requested_on: NaiveDate,
    /// Day of the contact that answered it.
    pub held_on: Option<NaiveDate>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The action.
    pub action: ActionId,
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// Who is to act.
    pub party: ActionParty,
    /// What is to be done, as the house calls it.
    pub label: Option<Label>,
    /// Day of the agreement.
    pub agreed_on: NaiveDate,
    /// Last day for it, inclusive, if it has one.
    pub due_on: Option<NaiveDate>,
    /// The day on which it was done or given up; true if it was done.
    pub settled: Option<(NaiveDate, bool)>,
}

/// A time during which a pathway was suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The pathway.
    pub pathway: PathwayId,
    /// First day.
    pub from: NaiveDate,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    pub until: Option<NaiveDate>,
    /// First day on which the pathway went on, or closed, before that.
    pub resumed_on: Option<NaiveDate>,
}

impl Suspension {
    /// True if the pathway is suspended on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last) && self.resumed_on.is_none_or(|again| day < again)
    }
}

impl Barrier {
    /// True if it stands in the way on that day.
    #[must_use]
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.identified_on <= day && self.lifted_on.is_none_or(|lifted| day < lifted)
    }
}

impl From<&contact::Contact> for Contact {
    fn from(one: &contact::Contact) -> Self {
        Self { on: one.on, pathway: one.pathway, mode: one.mode, topic: one.topic }
    }
}

fn barriers(state: barrier::State) -> Vec<Barrier> {
    let barrier = |(barrier, one): (BarrierId, barrier::Barrier)| Barrier {
        barrier,
        pathway: one.pathway,
        severity: one.severity,
        identified_on: one.identified_on,
        lifted_on: one.lifted.map(|(on, _)| on),
    };
    by_day(state.barriers.into_iter().map(barrier), |one| one.identified_on)
}

fn assessments(state: assessment::State) -> Vec<Assessment> {
    let version = |one: assessment::Version| Version {
        number: one.number,
        on: one.on,
        competences: one.competences,
        document: one.document,
    };
    let assessment = |(assessment, one): (AssessmentId, assessment::Assessment)| Assessment {
        assessment,
        pathway: one.pathway,
        started_on: one.started_on,
        versions: one.versions.into_iter().map(version).collect(),
        completed_on: one.completed.map(|(on, _)| on),
    };
    by_day(state.assessments.into_iter().map(assessment), |one| one.started_on)
}

fn projects(state: &assessment::State) -> Vec<Project> {
    let project = |one: &assessment::Project| Project {
        pathway: one.pathway,
        on: one.on,
        scheme: one.scheme,
        occupation: one.occupation.clone(),
    };
    state.projects.iter().map(project).collect()
}

fn appointments(state: &contact::State) -> Vec<Appointment> {
    let appointment = |(appointment, one): (&AppointmentId, &contact::Appointment)| Appointment {
        appointment: *appointment,
        pathway: one.pathway,
        mode: one.mode,
        topic: one.topic,
        planned_on: one.planned_on,
        kept_on: one.kept.map(|(on, _)| on),
        missed: one.missed.map(|absence| (absence.on, absence.excused)),
    };
    by_day(state.appointments.iter().map(appointment), |one| one.planned_on)
}

fn interviews(state: &contact::State) -> Vec<Interview> {
    let interview = |(interview, one): (&InterviewId, &contact::Interview)| Interview {
        interview: *interview,
        pathway: one.pathway,
        requested_on: one.requested_on,
        held_on: one.held.map(|(on, _)| on),
    };
    by_day(state.interviews.iter().map(interview), |one| one.requested_on)
}

fn actions(state: action::State) -> Vec<Action> {
    let action = |(action, one): (ActionId, action::Action)| Action {
        action,
        pathway: one.pathway,
        party: one.party,
        label: one.label,
        agreed_on: one.agreed_on,
        due_on: one.due_on,
        settled: one.settled.map(|settled| (settled.on, settled.done)),
    };
    by_day(state.actions.into_iter().map(action), |one| one.agreed_on)
}

fn suspensions(state: &pathway::State) -> Vec<Suspension> {
    let all = state.pathways.iter().flat_map(|(pathway, one)| {
        one.suspensions.iter().map(|each| Suspension {
            pathway: *pathway,
            from: each.from,
            until: each.until,
            resumed_on: each.resumed_on,
        })
    });
    by_day(all, |one| one.from)
}

/// In order of day; on one day in order of id.
fn by_day<T>(all: impl Iterator<Item = T>, day: impl Fn(&T) -> NaiveDate) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(day);
    all
}

#[cfg(test)]
mod tests;
