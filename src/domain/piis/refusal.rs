//! Which rule of the PIIS forbids a command.

use crate::decision::Rule;
use crate::ids::{GrantId, PiisId};
use chrono::NaiveDate;

/// Which rule of the PIIS forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The grant is not known.
    #[error("grant {0} is not known")]
    GrantUnknown(GrantId),
    /// The grant was not given by then.
    #[error("a PIIS is never due before the grant, and grant {grant} does not run by {on}")]
    BeforeGrant {
        /// The grant.
        grant: GrantId,
        /// The day given.
        on: NaiveDate,
    },
    /// The project was handed over for another grant.
    #[error("project {0} was handed over for another grant")]
    OfAnotherGrant(PiisId),
    /// The project is not known.
    #[error("project {0} is not known")]
    Unknown(PiisId),
    /// The id is taken.
    #[error("project {0} is known already")]
    AlreadyKnown(PiisId),
    /// The grant is waived for that time already.
    #[error("the PIIS of grant {0} is waived for that time already")]
    AlreadyWaived(GrantId),
    /// The project is signed.
    #[error("the project was signed on {signed_on} already")]
    AlreadySigned {
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// Another project for the same grant runs.
    #[error("project {piis} for the same grant runs on {on}; end it or amend it")]
    AlreadyRunning {
        /// The project that runs.
        piis: PiisId,
        /// The day given.
        on: NaiveDate,
    },
    /// The project does not run that day.
    #[error("project {piis} does not run on {on}")]
    NotRunning {
        /// The project.
        piis: PiisId,
        /// The day given.
        on: NaiveDate,
    },
    /// The evaluation of that day is recorded.
    #[error("an evaluation on {0} is recorded already")]
    AlreadyEvaluated(NaiveDate),
    /// The project has ended.
    #[error("the project ended on {ended_on} already; correct or annul that record")]
    AlreadyEnded {
        /// First day without it.
        ended_on: NaiveDate,
    },
    /// The project has not ended by then.
    #[error("project {0} has not ended: there is no gap to close")]
    NotEnded(PiisId),
    /// A job has a first and a last day.
    #[error("the job that made the gap has a first and a last day: give both or neither")]
    HalfAJob {
        /// The field that is missing.
        field: &'static str,
    },
    /// The job lasted into the time with the project.
    #[error("the job lasted until {job_until}, the project would go on from {on}")]
    JobStillRuns {
        /// The day given.
        on: NaiveDate,
        /// Last day of the job, inclusive.
        job_until: NaiveDate,
    },
    /// The project would end before, or on the day of, something that happened in it.
    #[error("the project cannot end on {on}: something happens in it on {last}, and the end is the first day out")]
    EndsTooEarly {
        /// The day given.
        on: NaiveDate,
        /// The day of what happens.
        last: NaiveDate,
    },
    /// A day lies before the one that it must follow.
    #[error("{day} is before {begun}, the day of what it follows")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// The day that it must follow.
        begun: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::GrantUnknown(_) => ("GRANT_UNKNOWN", Some("grant")),
            Self::BeforeGrant { .. } => ("PIIS_BEFORE_GRANT", Some("on")),
            Self::OfAnotherGrant(_) => ("PIIS_OF_ANOTHER_GRANT", Some("grant")),
            Self::Unknown(_) => ("PIIS_UNKNOWN", Some("piis")),
            Self::AlreadyKnown(_) => ("PIIS_ALREADY_KNOWN", Some("piis")),
            Self::AlreadyWaived(_) => ("PIIS_ALREADY_WAIVED", Some("grant")),
            Self::AlreadySigned { .. } => ("PIIS_ALREADY_SIGNED", Some("piis")),
            Self::AlreadyRunning { .. } => ("PIIS_ALREADY_RUNNING", Some("on")),
            Self::NotRunning { .. } => ("PIIS_NOT_RUNNING", Some("on")),
            Self::AlreadyEvaluated(_) => ("PIIS_ALREADY_EVALUATED", Some("on")),
            Self::AlreadyEnded { .. } => ("PIIS_ALREADY_ENDED", Some("on")),
            Self::NotEnded(_) => ("PIIS_NOT_ENDED", Some("piis")),
            Self::HalfAJob { field } => ("JOB_WITHOUT_BOTH_DAYS", Some(field)),
            Self::JobStillRuns { .. } => ("JOB_STILL_RUNS", Some("jobUntil")),
            Self::EndsTooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
        }
    }
}
