//! Which rule of erasure forbids a command.

use crate::decision::Rule;
use chrono::NaiveDate;

/// Which rule of erasure forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was done to the keys is done.
    #[error("the person was erased on {erased_on} already")]
    AlreadyErased {
        /// Day of the erasure.
        erased_on: NaiveDate,
    },
    /// A request waits for its answer.
    #[error("erasure was asked for on {asked_on} already, and is not answered yet")]
    AlreadyAsked {
        /// Day of the request.
        asked_on: NaiveDate,
    },
    /// Nothing waits for an answer on that day.
    #[error("no request for erasure waits for an answer on {on}")]
    NothingAsked {
        /// The day given.
        on: NaiveDate,
    },
    /// Nobody asked for it, and no time is over.
    #[error(
        "nothing asks for erasure on {on}: record the request first (requestErasure), or give notice that the time for which the house keeps the file is over (scheduleRetention)"
    )]
    NoGround {
        /// The day given.
        on: NaiveDate,
    },
    /// The time of which notice was given is not over.
    #[error("notice was given for {due_on}, the day given is {on}")]
    NotDue {
        /// The day given.
        on: NaiveDate,
        /// First day on which the keys may be destroyed.
        due_on: NaiveDate,
    },
    /// Something happened in the file since the notice: the clock starts anew.
    #[error(
        "the last act in the file is of {last_act_on}, after the one that the notice counts from: give notice anew"
    )]
    WentOn {
        /// Day of the last act.
        last_act_on: NaiveDate,
    },
    /// The file is in use.
    #[error("the file is open on {on}: {what} runs; close it first, or refuse the request on its legal ground")]
    StillOpen {
        /// The day given.
        on: NaiveDate,
        /// What runs.
        what: &'static str,
    },
    /// The house has no rule by which files fall due.
    #[error("the house has no rule for how long it keeps a closed file: set retention.file_months in rules.toml")]
    NoRule,
    /// The time is not over even with its notice.
    #[error("the file is kept for {months} months after {last_act_on}: notice can be given from {notice_from} on")]
    TooEarly {
        /// Months for which the house keeps a closed file.
        months: u32,
        /// Day of the last act.
        last_act_on: NaiveDate,
        /// First day of a notice.
        notice_from: NaiveDate,
    },
    /// Notice was given of the same.
    #[error("notice was given on {noticed_on}, for {due_on}")]
    AlreadyNoticed {
        /// Day of the notice.
        noticed_on: NaiveDate,
        /// First day on which the keys may be destroyed.
        due_on: NaiveDate,
    },
    /// Only who was erased is anonymised.
    #[error("the person was not erased: only the facts of an erased person are reduced to months")]
    NotErased,
    /// It is done already.
    #[error("the file was anonymised on {anonymised_on} already")]
    AlreadyAnonymised {
        /// The day.
        anonymised_on: NaiveDate,
    },
    /// It lies before the erasure, or ahead.
    #[error("the day given is {on}: it cannot lie before {after}, nor after today ({today})")]
    Day {
        /// The day given.
        on: NaiveDate,
        /// The earliest day possible.
        after: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::AlreadyErased { .. } => ("ALREADY_ERASED", Some("participant")),
            Self::AlreadyAsked { .. } => ("ERASURE_ALREADY_REQUESTED", Some("participant")),
            Self::NothingAsked { .. } => ("ERASURE_NOT_REQUESTED", Some("participant")),
            Self::NoGround { .. } => ("ERASURE_WITHOUT_GROUND", Some("participant")),
            Self::NotDue { .. } => ("RETENTION_NOT_DUE", Some("on")),
            Self::WentOn { .. } => ("RETENTION_WENT_ON", Some("participant")),
            Self::StillOpen { .. } => ("FILE_STILL_OPEN", Some("participant")),
            Self::NoRule => ("RETENTION_WITHOUT_RULE", None),
            Self::TooEarly { .. } => ("RETENTION_TOO_EARLY", Some("on")),
            Self::AlreadyNoticed { .. } => ("RETENTION_ALREADY_SCHEDULED", Some("participant")),
            Self::NotErased => ("NOT_ERASED", Some("participant")),
            Self::AlreadyAnonymised { .. } => ("ALREADY_ANONYMISED", Some("participant")),
            Self::Day { .. } => ("ERASURE_DAY", Some("on")),
        }
    }
}
