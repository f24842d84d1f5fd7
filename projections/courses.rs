//! The courses with the sessions held, and the activities: one row each.

use crate::View;
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::course::{self, ActivityKind};
use domain::fact::StreamKind;
use domain::history::History;
use domain::hours::Hours;
use domain::ids::{CourseId, OrganisationId, SessionId};
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// The courses with the sessions held, and the activities.
pub struct Courses;

impl View for Courses {
    const NAME: &'static str = "courses";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Course];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let state = course::State::of(history);
        let mut sessions: Vec<Session> =
            state.sessions.iter().map(|(id, one)| Session { session: *id, on: one.on, hours: one.hours }).collect();
        sessions.sort_by_key(|session| (session.on, session.session));
        if state.planned.is_none() && state.activity.is_none() && sessions.is_empty() {
            return Vec::new();
        }
        let planned = state.planned.as_ref();
        let by =
            planned.map(|plan| &plan.organisation).or(state.activity.as_ref().map(|activity| &activity.organisation));
        vec![Row {
            course: CourseId(history.stream().id),
            organisation: by.cloned(),
            mandatory_for: planned.and_then(|plan| plan.mandatory_for),
            planned_on: planned.map(|plan| plan.on),
            cancelled_on: state.cancelled_on,
            sessions,
            activity: state.activity.as_ref().map(|activity| (activity.on, activity.kind)),
        }]
    }
}

/// One course or activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The course or activity.
    pub course: CourseId,
    /// By which organisation; none if its planning does not stand.
    pub organisation: Option<OrganisationId>,
    /// The measure whose workers must take it, if any.
    pub mandatory_for: Option<Measure>,
    /// Day on which it was planned.
    pub planned_on: Option<NaiveDate>,
    /// Day on which it was cancelled; sessions held stay held.
    pub cancelled_on: Option<NaiveDate>,
    /// Every session held, in order of day.
    pub sessions: Vec<Session>,
    /// The activity held: its day and kind.
    pub activity: Option<(NaiveDate, ActivityKind)>,
}

/// A session held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The session.
    pub session: SessionId,
    /// Its day.
    pub on: NaiveDate,
    /// Hours given.
    pub hours: Hours,
}
