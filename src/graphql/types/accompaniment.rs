//! How a person is accompanied: obstacles, assessments, contacts, appointments, interviews, actions.

use super::day;
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use chrono::NaiveDate;
use domain::action::ActionParty;
use domain::assessment::OccupationScheme;
use domain::barrier::Severity;
use domain::contact::{ContactMode, ContactTopic};
use domain::ids::PathwayId;
use projections::accompaniment::{self as rows, Row};

/// How a person is accompanied. What was said, and which obstacle it is, stands in the personal fields of the timeline.
#[derive(SimpleObject)]
pub struct Accompaniment {
    /// Every obstacle, in order of the day on which it was found.
    barriers: Vec<Barrier>,
    /// Every socio-professional assessment, in order of its first day.
    assessments: Vec<Assessment>,
    /// Every occupation aimed at, in order of day; in each pathway the last one holds.
    projects: Vec<ProfessionalProject>,
    /// Every contact, in order of day.
    contacts: Vec<Contact>,
    /// Every appointment, in order of the day for which it was planned.
    appointments: Vec<Appointment>,
    /// Every request for an interview, in order of day.
    interviews: Vec<Interview>,
    /// Every action, in order of the day of the agreement.
    actions: Vec<Action>,
    /// Every suspension of a pathway, in order of its first day.
    suspensions: Vec<PathwaySuspension>,
}

/// An obstacle on the way to work. Frein / hindernis. Which one is sealed.
#[derive(SimpleObject)]
pub struct Barrier {
    /// Its global id.
    id: ID,
    /// The pathway in which it stands.
    pathway: ID,
    /// How much it stands in the way.
    severity: Code<Severity>,
    /// Day on which it was found.
    identified_on: Date,
    /// First day without it.
    lifted_on: Option<Date>,
    /// True if it stands in the way on the day of the question.
    standing: bool,
}

/// A socio-professional assessment. Bilan socioprofessionnel / socioprofessionele balans.
#[derive(SimpleObject)]
pub struct Assessment {
    /// Its global id.
    id: ID,
    /// In which pathway.
    pathway: ID,
    /// First day.
    started_on: Date,
    /// Every version, in order of day; none ever changes.
    versions: Vec<AssessmentVersion>,
    /// Day on which it was complete; null while it is not.
    completed_on: Option<Date>,
}

/// One version of an assessment.
#[derive(SimpleObject)]
pub struct AssessmentVersion {
    /// Its number, from 1.
    number: u32,
    /// The day from which it stands.
    on: Date,
    /// What the person is able to do, as the house calls it.
    competences: Vec<String>,
    /// Where the document is kept.
    document: Option<String>,
}

/// An occupation aimed at. Projet professionnel / beroepsproject.
#[derive(SimpleObject)]
pub struct ProfessionalProject {
    /// In which pathway.
    pathway: ID,
    /// The day on which it was determined.
    on: Date,
    /// The list of occupations.
    scheme: Code<OccupationScheme>,
    /// The code in it.
    occupation: String,
}

/// A contact. Entretien / gesprek.
#[derive(SimpleObject)]
pub struct Contact {
    /// The day.
    on: Date,
    /// In which pathway, if in one.
    pathway: Option<ID>,
    /// How.
    mode: Code<ContactMode>,
    /// About what.
    topic: Code<ContactTopic>,
}

/// An appointment. Rendez-vous / afspraak.
#[derive(SimpleObject)]
pub struct Appointment {
    /// Its global id.
    id: ID,
    /// In which pathway, if in one.
    pathway: Option<ID>,
    /// How.
    mode: Code<ContactMode>,
    /// About what.
    topic: Code<ContactTopic>,
    /// The day for which it was planned.
    planned_on: Date,
    /// Day of the contact that kept it.
    kept_on: Option<Date>,
    /// The day on which it was missed.
    missed_on: Option<Date>,
    /// True if the person was excused; null if it was not missed.
    excused: Option<bool>,
}

/// An interview that the person asked for, owed within five working days. Entretien demandé / gevraagd gesprek.
#[derive(SimpleObject)]
pub struct Interview {
    /// Its global id.
    id: ID,
    /// In which pathway, if in one.
    pathway: Option<ID>,
    /// Day of the request.
    requested_on: Date,
    /// Day of the contact that answered it.
    held_on: Option<Date>,
}

/// An action that was agreed on. Démarche / actie.
#[derive(SimpleObject)]
pub struct Action {
    /// Its global id.
    id: ID,
    /// In which pathway, if in one.
    pathway: Option<ID>,
    /// Who is to act.
    party: Code<ActionParty>,
    /// What is to be done, as the house calls it; words of its own are sealed.
    label: Option<String>,
    /// Day of the agreement.
    agreed_on: Date,
    /// Last day for it, inclusive, if it has one.
    due_on: Option<Date>,
    /// The day on which it was done.
    done_on: Option<Date>,
    /// The day on which it was given up.
    abandoned_on: Option<Date>,
}

/// A time during which a pathway was suspended. Why is sealed.
#[derive(SimpleObject)]
pub struct PathwaySuspension {
    /// The pathway.
    pathway: ID,
    /// First day.
    from: Date,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    until: Option<Date>,
    /// First day on which the pathway went on, or closed, before that.
    resumed_on: Option<Date>,
    /// True if it holds on the day of the question.
    running: bool,
}

impl Accompaniment {
    /// What the row tells on a day.
    pub(super) fn new(row: &Row, today: NaiveDate) -> Self {
        Self {
            barriers: row.barriers.iter().map(|one| Barrier::new(one, today)).collect(),
            assessments: row.assessments.iter().map(Into::into).collect(),
            projects: row.projects.iter().map(Into::into).collect(),
            contacts: row.contacts.iter().map(Into::into).collect(),
            appointments: row.appointments.iter().map(Into::into).collect(),
            interviews: row.interviews.iter().map(Into::into).collect(),
            actions: row.actions.iter().map(Into::into).collect(),
            suspensions: row.suspensions.iter().map(|one| PathwaySuspension::new(one, today)).collect(),
        }
    }
}

fn pathway(id: PathwayId) -> ID {
    ids::global(Kind::Pathway, id)
}

impl Barrier {
    fn new(one: &rows::Barrier, today: NaiveDate) -> Self {
        Self {
            id: ids::global(Kind::Barrier, one.barrier),
            pathway: pathway(one.pathway),
            severity: Code(one.severity),
            identified_on: Date(one.identified_on),
            lifted_on: day(one.lifted_on),
            standing: one.stands_on(today),
        }
    }
}

impl PathwaySuspension {
    fn new(one: &rows::Suspension, today: NaiveDate) -> Self {
        Self {
            pathway: pathway(one.pathway),
            from: Date(one.from),
            until: day(one.until),
            resumed_on: day(one.resumed_on),
            running: one.covers(today),
        }
    }
}

impl From<&rows::Assessment> for Assessment {
    fn from(one: &rows::Assessment) -> Self {
        Self {
            id: ids::global(Kind::Assessment, one.assessment),
            pathway: pathway(one.pathway),
            started_on: Date(one.started_on),
            versions: one.versions.iter().map(Into::into).collect(),
            completed_on: day(one.completed_on),
        }
    }
}

impl From<&rows::Version> for AssessmentVersion {
    fn from(one: &rows::Version) -> Self {
        let competences = one.competences.iter().map(|label| label.as_str().to_owned());
        Self {
            number: one.number,
            on: Date(one.on),
            competences: competences.collect(),
            document: one.document.as_ref().map(|label| label.as_str().to_owned()),
        }
    }
}

impl From<&rows::Project> for ProfessionalProject {
    fn from(one: &rows::Project) -> Self {
        let occupation = one.occupation.clone();
        Self { pathway: pathway(one.pathway), on: Date(one.on), scheme: Code(one.scheme), occupation }
    }
}

impl From<&rows::Contact> for Contact {
    fn from(one: &rows::Contact) -> Self {
        let (mode, topic) = (Code(one.mode), Code(one.topic));
        Self { on: Date(one.on), pathway: one.pathway.map(pathway), mode, topic }
    }
}

impl From<&rows::Appointment> for Appointment {
    fn from(one: &rows::Appointment) -> Self {
        let (missed_on, excused) = one.missed.unzip();
        Self {
            id: ids::global(Kind::Appointment, one.appointment),
            pathway: one.pathway.map(pathway),
            mode: Code(one.mode),
            topic: Code(one.topic),
            planned_on: Date(one.planned_on),
            kept_on: day(one.kept_on),
            missed_on: day(missed_on),
            excused,
        }
    }
}

impl From<&rows::Interview> for Interview {
    fn from(one: &rows::Interview) -> Self {
        Self {
            id: ids::global(Kind::Interview, one.interview),
            pathway: one.pathway.map(pathway),
            requested_on: Date(one.requested_on),
            held_on: day(one.held_on),
        }
    }
}

impl From<&rows::Action> for Action {
    fn from(one: &rows::Action) -> Self {
        let settled = |done: bool| day(one.settled.filter(|(_, was)| *was == done).map(|(on, _)| on));
        Self {
            id: ids::global(Kind::Action, one.action),
            pathway: one.pathway.map(pathway),
            party: Code(one.party),
            label: one.label.as_ref().map(|label| label.as_str().to_owned()),
            agreed_on: Date(one.agreed_on),
            due_on: day(one.due_on),
            done_on: settled(true),
            abandoned_on: settled(false),
        }
    }
}
