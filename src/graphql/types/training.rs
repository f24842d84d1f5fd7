//! A person in courses and activities.

use super::{Course, day, hours};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ID, SimpleObject};
use chrono::NaiveDate;
use domain::training::TestResult;
use projections::trainings::{Attendance, Row};
use std::sync::Arc;

/// A person in one course or activity.
#[derive(SimpleObject)]
pub struct Training {
    /// The course or activity; null if its planning does not stand.
    course: Option<Course>,
    /// Days of enrolment, in order.
    enrolled_on: Vec<Date>,
    /// Every session attended, in order of day.
    attended: Vec<SessionAttended>,
    /// The global ids of the sessions missed.
    missed: Vec<ID>,
    /// Days on which the course was completed, in order.
    completed_on: Vec<Date>,
    /// Days on which a certificate was awarded, in order.
    certified_on: Vec<Date>,
    /// Admission tests taken (test d'admission, toelatingsproef), in order of day.
    admission_tests: Vec<AdmissionTest>,
    /// Day recorded for taking part in the activity; the activity's own day decides.
    took_part_on: Option<Date>,
}

/// A session attended.
#[derive(SimpleObject)]
pub struct SessionAttended {
    /// The session's global id.
    session: ID,
    /// The day recorded for it; the session's own day decides.
    on: Date,
    /// Hours attended.
    hours: Decimal,
}

/// An admission test taken.
#[derive(SimpleObject)]
pub struct AdmissionTest {
    /// The day.
    on: Date,
    /// The result.
    result: Code<TestResult>,
}

impl From<&(NaiveDate, TestResult)> for AdmissionTest {
    fn from((on, result): &(NaiveDate, TestResult)) -> Self {
        Self { on: Date(*on), result: Code(*result) }
    }
}

impl Training {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        let days = |days: &[NaiveDate]| days.iter().map(|day| Date(*day)).collect();
        Self {
            course: Course::find(moment, row.course),
            enrolled_on: days(&row.enrolled),
            attended: row.attended.iter().map(SessionAttended::from).collect(),
            missed: row.missed.iter().map(|session| ids::global(Kind::Session, session)).collect(),
            completed_on: days(&row.completed),
            certified_on: days(&row.certified),
            admission_tests: row.tests.iter().map(AdmissionTest::from).collect(),
            took_part_on: day(row.took_part_on),
        }
    }
}

impl From<&Attendance> for SessionAttended {
    fn from(attendance: &Attendance) -> Self {
        Self {
            session: ids::global(Kind::Session, attendance.session),
            on: Date(attendance.on),
            hours: hours(attendance.hours),
        }
    }
}
