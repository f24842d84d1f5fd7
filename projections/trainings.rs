//! The training and the activities of each person: one row per course or activity.

use crate::View;
use chrono::NaiveDate;
use domain::fact::{Fact, StreamKind};
use domain::history::History;
use domain::hours::Hours;
use domain::ids::{CourseId, SessionId};
use domain::law::Law;
use domain::training::{self, TestResult};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The training and the activities of each person.
pub struct Trainings;

impl View for Trainings {
    const NAME: &'static str = "trainings";
    const VERSION: u32 = 2;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let state = training::State::of(history);
        let days = recorded_days(history);
        let on = |session: SessionId| days.get(&session).copied().unwrap_or_default();
        let mut rows: Vec<Row> = Vec::with_capacity(state.courses.len() + state.activities.len());
        for (course, one) in state.courses {
            let attended =
                one.attended.iter().map(|(id, hours)| Attendance { on: on(*id), session: *id, hours: *hours });
            rows.push(Row {
                course,
                enrolled: one.enrolled,
                attended: attended.collect(),
                missed: one.missed.into_iter().collect(),
                completed: one.completed,
                certified: one.certified,
                tests: one.tests,
                took_part_on: None,
            });
        }
        for (course, on) in state.activities {
            rows.push(Row { took_part_on: Some(on), ..Row::of(course) });
        }
        rows
    }
}

/// A person in one course or activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The course or activity.
    pub course: CourseId,
    /// Days of enrolment, in order.
    pub enrolled: Vec<NaiveDate>,
    /// Every session attended.
    pub attended: Vec<Attendance>,
    /// Every session missed.
    pub missed: Vec<SessionId>,
    /// Days of completion, in order.
    pub completed: Vec<NaiveDate>,
    /// Days on which a certificate was awarded, in order.
    pub certified: Vec<NaiveDate>,
    /// Admission tests taken, in order of day, each with its result.
    pub tests: Vec<(NaiveDate, TestResult)>,
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

/// The day recorded for each attendance: it tells in which year to look for one whose session does not stand.
fn recorded_days(history: &History) -> HashMap<SessionId, NaiveDate> {
    let attended = history.entries().filter_map(|entry| {
        let Fact::Training(training::Event::Attended { session, .. }) = entry.fact else { return None };
        Some((*session, entry.on))
    });
    attended.collect()
}

impl Row {
    /// A course or activity in which nothing happened yet.
    pub(crate) const fn of(course: CourseId) -> Self {
        Self {
            course,
            enrolled: Vec::new(),
            attended: Vec::new(),
            missed: Vec::new(),
            completed: Vec::new(),
            certified: Vec::new(),
            tests: Vec::new(),
            took_part_on: None,
        }
    }
}
