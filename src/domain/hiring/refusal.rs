//! Which rule of hiring forbids a command.

use super::FOLLOW_UP_MONTHS_MAX;
use crate::decision::Rule;
use crate::ids::{EngagementId, HireId};
use chrono::NaiveDate;

/// Which rule of hiring forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has no engagement with this id that was signed and started.
    #[error("the participant has no engagement {0} that has started")]
    NoEngagement(EngagementId),
    /// The hire is before the engagement.
    #[error("the engagement started on {started_on}, the hire was signed on {on}")]
    BeforeEngagement {
        /// Day of the signature of the hire.
        on: NaiveDate,
        /// First day of the engagement.
        started_on: NaiveDate,
    },
    /// The job is recorded already.
    #[error("the hire is recorded already, signed on {signed_on}")]
    AlreadyRecorded {
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// Work would begin before it was agreed.
    #[error("the hire was signed on {on}, work would begin on {start}")]
    StartsBeforeSignature {
        /// Day of the signature.
        on: NaiveDate,
        /// First day of work.
        start: NaiveDate,
    },
    /// The job is not known.
    #[error("the participant has no hire {0}")]
    Unknown(HireId),
    /// The job ended already.
    #[error("the last day of the hire is {last_day}")]
    AlreadyEnded {
        /// Last day worked, inclusive.
        last_day: NaiveDate,
    },
    /// The last day is before the first.
    #[error("the last day {until} is before the first day {from}")]
    EndsBeforeItBegins {
        /// First day of work.
        from: NaiveDate,
        /// Last day given.
        until: NaiveDate,
    },
    /// Nothing has ended that could be followed up.
    #[error("no engagement and no pathway of the participant has ended by {on}")]
    NothingToFollowUp {
        /// The day given.
        on: NaiveDate,
    },
    /// The months are out of range.
    #[error("a follow-up is for 1 to {FOLLOW_UP_MONTHS_MAX} months after the exit, {given} given")]
    MonthsOutOfRange {
        /// The months given.
        given: u16,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::NoEngagement(_) => ("ENGAGEMENT_UNKNOWN", "engagement"),
            Self::BeforeEngagement { .. } => ("BEFORE_START", "on"),
            Self::AlreadyRecorded { .. } => ("HIRE_ALREADY_RECORDED", "hire"),
            Self::StartsBeforeSignature { .. } => ("STARTED_BEFORE_SIGNATURE", "start"),
            Self::Unknown(_) => ("HIRE_UNKNOWN", "hire"),
            Self::AlreadyEnded { .. } => ("HIRE_ALREADY_ENDED", "hire"),
            Self::EndsBeforeItBegins { .. } => ("ENDS_BEFORE_IT_BEGINS", "on"),
            Self::NothingToFollowUp { .. } => ("NOTHING_TO_FOLLOW_UP", "on"),
            Self::MonthsOutOfRange { .. } => ("MONTHS_OUT_OF_RANGE", "atMonths"),
        };
        (rule, Some(field))
    }
}
