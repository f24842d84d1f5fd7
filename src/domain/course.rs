//! Courses with their sessions, and activities such as a Job Day.

use crate::codes::{Label, Measure, codes};
use crate::fact::{self, About, DayRank, Fact, Role};
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
