//! Which rule of contacts and appointments forbids a command.

use crate::decision::Rule;
use crate::ids::{AppointmentId, InterviewId};
use chrono::NaiveDate;

/// Which rule of contacts and appointments forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What is told as past lies ahead.
    #[error("{on} is after today ({today}); plan an appointment for it")]
    NotYet {
        /// The day given.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
    /// The appointment is not known.
    #[error("appointment {0} is not known")]
    AppointmentUnknown(AppointmentId),
    /// The id is taken.
    #[error("appointment {0} is known already")]
    AppointmentKnown(AppointmentId),
    /// The appointment was kept or missed.
    #[error("appointment {0} was kept or missed already")]
    AppointmentOver(AppointmentId),
    /// The appointment was planned for another day.
    #[error("the appointment was planned for {planned_on}, not for {on}")]
    PlannedOnAnotherDay {
        /// The day given.
        on: NaiveDate,
        /// The day for which it was planned.
        planned_on: NaiveDate,
    },
    /// The request is not known.
    #[error("the request {0} for an interview is not known")]
    InterviewUnknown(InterviewId),
    /// The id is taken.
    #[error("the request {0} for an interview is known already")]
    InterviewKnown(InterviewId),
    /// The interview was held.
    #[error("the interview was held on {held_on} already")]
    InterviewHeld {
        /// That day.
        held_on: NaiveDate,
    },
    /// The contact lies before the request that it would answer.
    #[error("the interview was asked for on {requested_on}, after {on}")]
    BeforeRequest {
        /// The day given.
        on: NaiveDate,
        /// Day of the request.
        requested_on: NaiveDate,
    },
    /// A letter is no interview.
    #[error("an interview is spoken: in person, at home, by phone or by video")]
    InterviewInWriting,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NotYet { field, .. } => ("DAY_TO_COME", Some(field)),
            Self::AppointmentUnknown(_) => ("APPOINTMENT_UNKNOWN", Some("appointment")),
            Self::AppointmentKnown(_) => ("APPOINTMENT_ALREADY_KNOWN", Some("appointment")),
            Self::AppointmentOver(_) => ("APPOINTMENT_OVER", Some("appointment")),
            Self::PlannedOnAnotherDay { .. } => ("APPOINTMENT_ON_ANOTHER_DAY", Some("on")),
            Self::InterviewUnknown(_) => ("INTERVIEW_UNKNOWN", Some("interview")),
            Self::InterviewKnown(_) => ("INTERVIEW_ALREADY_KNOWN", Some("interview")),
            Self::InterviewHeld { .. } => ("INTERVIEW_ALREADY_HELD", Some("interview")),
            Self::BeforeRequest { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
            Self::InterviewInWriting => ("INTERVIEW_IN_WRITING", Some("mode")),
        }
    }
}
