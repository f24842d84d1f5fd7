//! The courses with the sessions held, and the activities: one row each.

use chrono::NaiveDate;
use domain::codes::Measure;
use domain::course::ActivityKind;
use domain::hours::Hours;
use domain::ids::{CourseId, OrganisationId, SessionId};
use serde::{Deserialize, Serialize};

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
