//! Which rule of training forbids a command.

use crate::decision::Rule;
use crate::hours::Hours;
use crate::ids::{CourseId, SessionId};
use chrono::NaiveDate;

/// Which rule of training forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The course is not known.
    #[error("course {0} was never planned")]
    CourseUnknown(CourseId),
    /// The activity is not known.
    #[error("activity {0} was never held")]
    ActivityUnknown(CourseId),
    /// The session is not one of the course.
    #[error("the course has no session {0}")]
    SessionUnknown(SessionId),
    /// The course is cancelled by then.
    #[error("the course is cancelled from {cancelled_on} on")]
    CourseCancelled {
        /// First day without it.
        cancelled_on: NaiveDate,
    },
    /// The session or activity was on another day.
    #[error("it was held on {held_on}, the day given is {on}")]
    OtherDay {
        /// The day given.
        on: NaiveDate,
        /// The day of the session or activity.
        held_on: NaiveDate,
    },
    /// Who was there for no hour did not attend.
    #[error("an attendance has hours: record that the session was missed instead")]
    NoHours,
    /// The test of that day is recorded.
    #[error("an admission test on {0} is recorded already")]
    TestAlreadyTaken(NaiveDate),
    /// More hours than the session had.
    #[error("the session has {session} hours, the attendance {hours}")]
    MoreHoursThanSession {
        /// Hours attended.
        hours: Hours,
        /// Hours given.
        session: Hours,
    },
    /// Attendance or absence is recorded already.
    #[error("attendance at this session is recorded already")]
    AttendanceAlreadyRecorded,
    /// Attendance at the activity is recorded already.
    #[error("attendance at this activity is recorded already")]
    ActivityAlreadyAttended,
    /// The person is enrolled already.
    #[error("the participant was enrolled on {enrolled_on}")]
    AlreadyEnrolled {
        /// Day of the enrolment.
        enrolled_on: NaiveDate,
    },
    /// The person is not enrolled.
    #[error("the participant is not enrolled in this course")]
    NotEnrolled,
    /// The day is before the enrolment.
    #[error("the participant was enrolled on {enrolled_on}, the day given is {on}")]
    BeforeEnrolment {
        /// The day given.
        on: NaiveDate,
        /// Day of the enrolment.
        enrolled_on: NaiveDate,
    },
    /// There is nothing to certify.
    #[error("the participant neither completed this course nor attended it")]
    NothingToCertify,
    /// The award is before all that it could certify.
    #[error("the participant attended or completed this course on {first_on} at the earliest, the day given is {on}")]
    BeforeCompletion {
        /// The day given.
        on: NaiveDate,
        /// First day on which there is something to certify.
        first_on: NaiveDate,
    },
    /// The certificate was awarded already.
    #[error("a certificate was awarded on {certified_on}")]
    AlreadyCertified {
        /// Day of the award.
        certified_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::CourseUnknown(_) => ("COURSE_UNKNOWN", "course"),
            Self::ActivityUnknown(_) => ("ACTIVITY_UNKNOWN", "activity"),
            Self::SessionUnknown(_) => ("SESSION_UNKNOWN", "session"),
            Self::CourseCancelled { .. } => ("COURSE_CANCELLED", "on"),
            Self::OtherDay { .. } => ("HELD_ON_ANOTHER_DAY", "on"),
            Self::NoHours => ("ATTENDANCE_WITHOUT_HOURS", "hours"),
            Self::TestAlreadyTaken(_) => ("ADMISSION_TEST_ALREADY_RECORDED", "on"),
            Self::MoreHoursThanSession { .. } => ("MORE_HOURS_THAN_SESSION", "hours"),
            Self::AttendanceAlreadyRecorded => ("ATTENDANCE_ALREADY_RECORDED", "session"),
            Self::ActivityAlreadyAttended => ("ACTIVITY_ALREADY_ATTENDED", "activity"),
            Self::AlreadyEnrolled { .. } => ("ALREADY_ENROLLED", "course"),
            Self::NotEnrolled => ("NOT_ENROLLED", "course"),
            Self::BeforeEnrolment { .. } => ("BEFORE_ENROLMENT", "on"),
            Self::NothingToCertify => ("NOTHING_TO_CERTIFY", "course"),
            Self::BeforeCompletion { .. } => ("BEFORE_COMPLETION", "on"),
            Self::AlreadyCertified { .. } => ("ALREADY_CERTIFIED", "course"),
        };
        (rule, Some(field))
    }
}
