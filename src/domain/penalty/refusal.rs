//! Which rule of the work penalty forbids a command.

use crate::decision::Rule;
use crate::hours::Hours;
use crate::ids::PenaltyId;
use chrono::NaiveDate;

/// Which rule of the work penalty forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has no penalty with this id.
    #[error("the participant has no work penalty {0}")]
    Unknown(PenaltyId),
    /// The penalty was entrusted already.
    #[error("the work penalty was entrusted on {assigned_on}")]
    AlreadyAssigned {
        /// Day of it.
        assigned_on: NaiveDate,
    },
    /// No judge orders so many hours, or so few.
    #[error("a work penalty has {least} to {most} hours, {given} given")]
    HoursOutOfRange {
        /// Hours given.
        given: Hours,
        /// Fewest hours.
        least: Hours,
        /// Most hours.
        most: Hours,
    },
    /// The judgment is not final yet.
    #[error("the judgment is final on {final_on}, the day given is {on}")]
    NotFinal {
        /// The day given.
        on: NaiveDate,
        /// When the judgment became final.
        final_on: NaiveDate,
    },
    /// The time to perform it is over.
    #[error("the last day to perform the penalty is {deadline}, the day given is {on}")]
    AfterDeadline {
        /// The day given.
        on: NaiveDate,
        /// Last day to perform it, inclusive.
        deadline: NaiveDate,
    },
    /// The day is before the penalty was entrusted.
    #[error("the work penalty was entrusted on {assigned_on}, the day given is {on}")]
    BeforeAssignment {
        /// The day given.
        on: NaiveDate,
        /// Day on which it was entrusted.
        assigned_on: NaiveDate,
    },
    /// The penalty was completed or interrupted.
    #[error("the work penalty is over since {over_on}")]
    Over {
        /// Day of the completion or interruption.
        over_on: NaiveDate,
    },
    /// No hours were performed.
    #[error("there are no hours to record")]
    NoHours,
    /// More hours than ordered.
    #[error("{ordered} hours are ordered, {performed} are performed, {given} more would exceed them")]
    HoursExceeded {
        /// Hours ordered.
        ordered: Hours,
        /// Hours performed so far.
        performed: Hours,
        /// Hours given.
        given: Hours,
    },
    /// The order is for fewer hours than were performed under the one that was annulled.
    #[error("{ordered} hours are ordered, {performed} are performed already")]
    OrderBelowHours {
        /// Hours ordered.
        ordered: Hours,
        /// Hours performed so far.
        performed: Hours,
    },
    /// Fewer hours than ordered.
    #[error("{ordered} hours are ordered, {performed} are performed")]
    HoursMissing {
        /// Hours ordered.
        ordered: Hours,
        /// Hours performed so far.
        performed: Hours,
    },
    /// An absence is recorded for that day already.
    #[error("an absence is recorded for {on} already")]
    AbsenceKnown {
        /// The day.
        on: NaiveDate,
    },
    /// More time is a later day than the one that stands.
    #[error("the last day to perform the penalty is {deadline} already, {until} given")]
    DeadlineNotLater {
        /// The day given.
        until: NaiveDate,
        /// Last day to perform it, inclusive.
        deadline: NaiveDate,
    },
    /// The day is before hours that were performed.
    #[error("hours were performed on {performed_on}, the day given is {on}")]
    BeforeLastHours {
        /// The day given.
        on: NaiveDate,
        /// Last day on which hours were performed.
        performed_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::Unknown(_) => ("PENALTY_UNKNOWN", "penalty"),
            Self::AlreadyAssigned { .. } => ("PENALTY_ALREADY_ASSIGNED", "penalty"),
            Self::HoursOutOfRange { .. } => ("PENALTY_HOURS_OUT_OF_RANGE", "hoursOrdered"),
            Self::NotFinal { .. } => ("JUDGMENT_NOT_FINAL", "finalOn"),
            Self::AfterDeadline { .. } => ("PENALTY_DEADLINE_PASSED", "on"),
            Self::BeforeAssignment { .. } => ("BEFORE_ASSIGNMENT", "on"),
            Self::Over { .. } => ("PENALTY_OVER", "penalty"),
            Self::NoHours => ("NO_HOURS", "hours"),
            Self::HoursExceeded { .. } => ("PENALTY_HOURS_EXCEEDED", "hours"),
            Self::OrderBelowHours { .. } => ("PENALTY_HOURS_EXCEEDED", "hoursOrdered"),
            Self::HoursMissing { .. } => ("PENALTY_HOURS_MISSING", "penalty"),
            Self::AbsenceKnown { .. } => ("ABSENCE_KNOWN", "on"),
            Self::DeadlineNotLater { .. } => ("DEADLINE_NOT_LATER", "until"),
            Self::BeforeLastHours { .. } => ("BEFORE_LAST_HOURS", "on"),
        };
        (rule, Some(field))
    }
}
