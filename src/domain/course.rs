//! Courses with their sessions, and activities such as a Job Day.

use crate::codes::{Label, Measure, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{CourseId, OrganisationId, SessionId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// The kinds of activity.
    ActivityKind {
        /// Job Day.
        JobDay = "JOB_DAY" ("Job Day", "jobdag", "job day"),
        /// Visit of a company.
        CompanyVisit = "COMPANY_VISIT" ("visite d'entreprise", "bedrijfsbezoek", "company visit"),
        /// Office hours of human resources.
        HrOfficeHours = "HR_OFFICE_HOURS" ("permanence RH", "HR-spreekuur", "HR office hours"),
        /// Any other collective activity.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

/// Something that happened to a course or activity. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The course was planned. Formation planifiée / opleiding gepland.
    #[serde(rename = "CoursePlanned")]
    Planned {
        /// The course.
        course: CourseId,
        /// By which organisation.
        organisation: OrganisationId,
        /// Its title.
        title: Label,
        /// The measure whose workers must take it, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mandatory_for: Option<Measure>,
        /// Who gives it, if not the organisation itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provider: Option<OrganisationId>,
    },
    /// A session was held on the effective day. Séance tenue / sessie gehouden.
    #[serde(rename = "SessionHeld")]
    SessionHeld {
        /// The course.
        course: CourseId,
        /// The session.
        session: SessionId,
        /// Hours given.
        hours: Hours,
    },
    /// The course was cancelled; sessions held stay held. Formation annulée / opleiding geannuleerd.
    #[serde(rename = "CourseCancelled")]
    Cancelled {
        /// The course.
        course: CourseId,
    },
    /// An activity was held on the effective day. Activité tenue / activiteit gehouden.
    #[serde(rename = "ActivityHeld")]
    ActivityHeld {
        /// The activity.
        activity: CourseId,
        /// By which organisation.
        organisation: OrganisationId,
        /// Its kind.
        kind: ActivityKind,
    },
}

impl Event {
    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Planned { course, .. } | Self::SessionHeld { course, .. } | Self::Cancelled { course } => {
                fact::of_one(*course, Role::Course)
            }
            Self::ActivityHeld { activity, .. } => fact::of_one(*activity, Role::Activity),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Cancelled { .. } => DayRank::Ends,
            Self::Planned { .. } => DayRank::Begins,
            Self::SessionHeld { .. } | Self::ActivityHeld { .. } => DayRank::Within,
        }
    }
}

/// A course or an activity as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The course, if it is one.
    pub planned: Option<Plan>,
    /// Its sessions held.
    pub sessions: BTreeMap<SessionId, Session>,
    /// The day from which no further session is held.
    pub cancelled_on: Option<NaiveDate>,
    /// The activity, if it is one.
    pub activity: Option<Activity>,
}

/// What a course is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The day on which it was planned.
    pub on: NaiveDate,
    /// By which organisation.
    pub organisation: OrganisationId,
    /// Its title.
    pub title: Label,
    /// The measure whose workers must take it, if any.
    pub mandatory_for: Option<Measure>,
    /// Who gives it, if not the organisation itself.
    pub provider: Option<OrganisationId>,
}

/// A session held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Its day.
    pub on: NaiveDate,
    /// Hours given.
    pub hours: Hours,
}

/// What an activity was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its day.
    pub on: NaiveDate,
    /// By which organisation.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: ActivityKind,
}

impl State {
    /// Folds the history of a course or activity; who took part is told by `training`.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Course(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Planned { organisation, title, mandatory_for, provider, .. } => {
                self.planned = Some(Plan {
                    on,
                    organisation: organisation.clone(),
                    title: title.clone(),
                    mandatory_for: *mandatory_for,
                    provider: provider.clone(),
                });
            }
            Event::SessionHeld { session, hours, .. } => {
                self.sessions.insert(*session, Session { on, hours: *hours });
            }
            Event::Cancelled { .. } => self.cancelled_on = Some(on),
            Event::ActivityHeld { organisation, kind, .. } => {
                self.activity = Some(Activity { on, organisation: organisation.clone(), kind: *kind });
            }
        }
    }
}

/// What can be asked of a course or an activity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Plans a course.
    #[serde(rename = "planCourse")]
    Plan {
        /// The course; chosen by the server if left out.
        course: CourseId,
        /// The day on which it is planned.
        on: NaiveDate,
        /// By which organisation.
        organisation: OrganisationId,
        /// Its title.
        title: Label,
        /// The measure whose workers must take it, if any.
        #[serde(default)]
        mandatory_for: Option<Measure>,
        /// Who gives it, if not the organisation itself.
        #[serde(default)]
        provider: Option<OrganisationId>,
    },
    /// Records a session.
    #[serde(rename = "holdSession")]
    HoldSession {
        /// The course.
        course: CourseId,
        /// The session; chosen by the server if left out.
        session: SessionId,
        /// Its day.
        on: NaiveDate,
        /// Hours given.
        hours: Hours,
    },
    /// Cancels what is left of a course.
    #[serde(rename = "cancelCourse")]
    Cancel {
        /// The course.
        course: CourseId,
        /// First day without it.
        on: NaiveDate,
    },
    /// Records an activity.
    #[serde(rename = "holdActivity")]
    HoldActivity {
        /// The activity; chosen by the server if left out.
        activity: CourseId,
        /// Its day.
        on: NaiveDate,
        /// By which organisation.
        organisation: OrganisationId,
        /// Its kind.
        kind: ActivityKind,
    },
}

/// Which rule of the course forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The course is not known.
    #[error("course {0} was never planned")]
    Unknown(CourseId),
    /// The course or activity exists already.
    #[error("{id} is recorded already")]
    AlreadyRecorded {
        /// Its id.
        id: CourseId,
        /// The field that names it.
        field: &'static str,
    },
    /// The session exists already.
    #[error("the session was held on {held_on}")]
    SessionAlreadyHeld {
        /// Its day.
        held_on: NaiveDate,
    },
    /// The day is before the course was planned.
    #[error("the course was planned on {planned_on}, the day given is {on}")]
    BeforePlan {
        /// The day given.
        on: NaiveDate,
        /// The day on which it was planned.
        planned_on: NaiveDate,
    },
    /// The course is cancelled by then.
    #[error("the course is cancelled from {cancelled_on} on")]
    Cancelled {
        /// First day without it.
        cancelled_on: NaiveDate,
    },
    /// A session without hours is none.
    #[error("a session has more than 0 hours")]
    NoHours,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("COURSE_UNKNOWN", Some("course")),
            Self::AlreadyRecorded { field, .. } => ("COURSE_ALREADY_RECORDED", Some(field)),
            Self::SessionAlreadyHeld { .. } => ("SESSION_ALREADY_HELD", Some("session")),
            Self::BeforePlan { .. } => ("BEFORE_PLAN", Some("on")),
            Self::Cancelled { .. } => ("COURSE_CANCELLED", Some("on")),
            Self::NoHours => ("NO_HOURS", Some("hours")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("planCourse", &["course"]), ("holdSession", &["session"]), ("holdActivity", &["activity"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Plan { on, .. }
            | Self::HoldSession { on, .. }
            | Self::Cancel { on, .. }
            | Self::HoldActivity { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.course().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(self.course()).map(State::of).unwrap_or_default();
        Ok(vec![Decided::new(self.on(), decide(&state, self)?)])
    }
}

impl Command {
    const fn course(&self) -> CourseId {
        match self {
            Self::Plan { course, .. } | Self::HoldSession { course, .. } | Self::Cancel { course, .. } => *course,
            Self::HoldActivity { activity, .. } => *activity,
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    match command {
        Command::Plan { course, organisation, title, mandatory_for, provider, .. } => {
            not_recorded(state, *course, "course")?;
            Ok(Event::Planned {
                course: *course,
                organisation: organisation.clone(),
                title: title.clone(),
                mandatory_for: *mandatory_for,
                provider: provider.clone(),
            })
        }
        Command::HoldSession { course, session, on, hours } => {
            running(state, *course, *on)?;
            if let Some(held) = state.sessions.get(session) {
                return Err(Refusal::SessionAlreadyHeld { held_on: held.on });
            }
            if *hours == Hours::default() {
                return Err(Refusal::NoHours);
            }
            Ok(Event::SessionHeld { course: *course, session: *session, hours: *hours })
        }
        Command::Cancel { course, on } => {
            running(state, *course, *on)?;
            match state.cancelled_on {
                Some(cancelled_on) => Err(Refusal::Cancelled { cancelled_on }),
                None => Ok(Event::Cancelled { course: *course }),
            }
        }
        Command::HoldActivity { activity, organisation, kind, .. } => {
            not_recorded(state, *activity, "activity")?;
            Ok(Event::ActivityHeld { activity: *activity, organisation: organisation.clone(), kind: *kind })
        }
    }
}

fn not_recorded(state: &State, id: CourseId, field: &'static str) -> Result<(), Refusal> {
    if state.planned.is_some() || state.activity.is_some() {
        return Err(Refusal::AlreadyRecorded { id, field });
    }
    Ok(())
}

fn running(state: &State, course: CourseId, on: NaiveDate) -> Result<(), Refusal> {
    let planned_on = state.planned.as_ref().ok_or(Refusal::Unknown(course))?.on;
    if on < planned_on {
        return Err(Refusal::BeforePlan { on, planned_on });
    }
    match state.cancelled_on {
        Some(cancelled_on) if cancelled_on <= on => Err(Refusal::Cancelled { cancelled_on }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
