//! The training and the activities of each person: one row per course or activity.

use chrono::NaiveDate;
use domain::hours::Hours;
use domain::ids::{CourseId, SessionId};
use serde::{Deserialize, Serialize};

/// A person in one course or activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The course or activity.
    pub course: CourseId,
    /// Day of the enrolment.
    pub enrolled_on: Option<NaiveDate>,
    /// Every session attended, in order of day.
    pub attended: Vec<Attendance>,
    /// Every session missed, with the day recorded for it.
    pub missed: Vec<(NaiveDate, SessionId)>,
    /// Day on which the course was completed.
    pub completed_on: Option<NaiveDate>,
    /// Day on which a certificate was awarded.
    pub certified_on: Option<NaiveDate>,
    /// Day recorded for taking part in the activity; the activity's own day decides.
    pub took_part_on: Option<NaiveDate>,
}

/// A session attended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The day recorded for it; the session's own day decides.
    pub on: NaiveDate,
    /// The session.
    pub session: SessionId,
    /// Hours attended.
    pub hours: Hours,
}
