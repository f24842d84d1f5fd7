//! What can be asked of a person's training, and which histories the answer needs.

use super::{State, TestResult, decide};
use crate::command::Step;
use crate::course;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::hours::Hours;
use crate::ids::{CourseId, PersonId, SessionId};
use crate::person;
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a person's training.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Enrols a person in a course.
    #[serde(rename = "enrolParticipant")]
    Enrol {
        /// Who.
        participant: PersonId,
        /// In which course.
        course: CourseId,
        /// Day of the enrolment.
        on: NaiveDate,
    },
    /// Records that the person attended a session; enrolment is not required.
    #[serde(rename = "recordAttendance")]
    RecordAttendance {
        /// Who.
        participant: PersonId,
        /// Which course.
        course: CourseId,
        /// Which session.
        session: SessionId,
        /// The day of the session.
        on: NaiveDate,
        /// Hours attended.
        hours: Hours,
    },
    /// Records that the person missed a session.
    #[serde(rename = "recordMissedSession")]
    RecordMissed {
        /// Who.
        participant: PersonId,
        /// Which course.
        course: CourseId,
        /// Which session.
        session: SessionId,
        /// The day of the session.
        on: NaiveDate,
    },
    /// Records that the person completed the course.
    #[serde(rename = "completeTraining")]
    Complete {
        /// Who.
        participant: PersonId,
        /// Which course.
        course: CourseId,
        /// Day of the completion.
        on: NaiveDate,
    },
    /// Awards a certificate.
    #[serde(rename = "awardCertificate")]
    AwardCertificate {
        /// To whom.
        participant: PersonId,
        /// For which course.
        course: CourseId,
        /// Day of the award.
        on: NaiveDate,
    },
    /// Records that the person took part in an activity.
    #[serde(rename = "attendActivity")]
    AttendActivity {
        /// Who.
        participant: PersonId,
        /// Which activity.
        activity: CourseId,
        /// The day of the activity.
        on: NaiveDate,
    },
    /// Records that the person took the admission test of a course.
    #[serde(rename = "recordAdmissionTest")]
    RecordAdmissionTest {
        /// Who.
        participant: PersonId,
        /// Of which course.
        course: CourseId,
        /// Day of the test.
        on: NaiveDate,
        /// The result.
        result: TestResult,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Enrol { on, .. }
            | Self::RecordAttendance { on, .. }
            | Self::RecordMissed { on, .. }
            | Self::Complete { on, .. }
            | Self::AwardCertificate { on, .. }
            | Self::AttendActivity { on, .. }
            | Self::RecordAdmissionTest { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        let (participant, course) = self.subject();
        vec![participant.into(), course.into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let (participant, course) = self.subject();
        person::living(past, participant, self.on())?;
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let given = past.get(course).map(course::State::of).unwrap_or_default();
        Ok(vec![Decided::new(self.on(), decide(&state, &given, self)?)])
    }
}

impl Command {
    /// Who, and in which course or activity.
    pub(super) const fn subject(&self) -> (PersonId, CourseId) {
        match self {
            Self::Enrol { participant, course, .. }
            | Self::RecordAttendance { participant, course, .. }
            | Self::RecordMissed { participant, course, .. }
            | Self::Complete { participant, course, .. }
            | Self::AwardCertificate { participant, course, .. }
            | Self::RecordAdmissionTest { participant, course, .. } => (*participant, *course),
            Self::AttendActivity { participant, activity, .. } => (*participant, *activity),
        }
    }
}
