//! Which rule of an assessment forbids a command.

use super::{COMPETENCES_MAX, OccupationScheme};
use crate::codes::CodeList;
use crate::decision::Rule;
use crate::ids::AssessmentId;
use chrono::NaiveDate;

/// Which rule of an assessment forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The assessment is not known.
    #[error("assessment {0} is not known")]
    Unknown(AssessmentId),
    /// The id is taken.
    #[error("assessment {0} is known already")]
    AlreadyKnown(AssessmentId),
    /// Another assessment of the pathway is not complete.
    #[error("assessment {0} of this pathway is not complete; record its next version, or complete it")]
    AlreadyRunning(AssessmentId),
    /// The assessment is complete.
    #[error("the assessment was completed on {completed_on}; no version follows")]
    AlreadyCompleted {
        /// That day.
        completed_on: NaiveDate,
    },
    /// The day lies before the beginning of the assessment or before its last version.
    #[error("{on} is before {last}, the day of the last version or of the beginning")]
    TooEarly {
        /// The day given.
        on: NaiveDate,
        /// The day that it must follow.
        last: NaiveDate,
    },
    /// No version stands by then.
    #[error("no version of an assessment stands on {on}")]
    NoVersion {
        /// The day given.
        on: NaiveDate,
        /// The field that offends.
        field: &'static str,
    },
    /// More competences than one record keeps.
    #[error("{0} competences are given, a version keeps at most {COMPETENCES_MAX}")]
    TooManyCompetences(usize),
    /// The code has not the shape of its list.
    #[error("not a code of {}: write a letter and four digits for ROME, one to four digits for ISCO", .0.code())]
    NotAnOccupation(OccupationScheme),
    /// The occupation is the same.
    #[error("this occupation is aimed at since {since} already")]
    NothingChanged {
        /// Since which day.
        since: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("ASSESSMENT_UNKNOWN", Some("assessment")),
            Self::AlreadyKnown(_) => ("ASSESSMENT_ALREADY_KNOWN", Some("assessment")),
            Self::AlreadyRunning(_) => ("ASSESSMENT_ALREADY_RUNNING", Some("pathway")),
            Self::AlreadyCompleted { .. } => ("ASSESSMENT_ALREADY_COMPLETED", Some("assessment")),
            Self::TooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
            Self::NoVersion { field, .. } => ("ASSESSMENT_WITHOUT_VERSION", Some(field)),
            Self::TooManyCompetences(_) => ("TOO_MANY_COMPETENCES", Some("competences")),
            Self::NotAnOccupation(_) => ("NOT_AN_OCCUPATION", Some("occupation")),
            Self::NothingChanged { .. } => ("NOTHING_CHANGED", Some("occupation")),
        }
    }
}
