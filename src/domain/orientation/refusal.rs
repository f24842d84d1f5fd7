//! Which rule of orientation forbids a command.

use crate::decision::Rule;
use crate::ids::OrientationId;
use chrono::NaiveDate;

/// Which rule of orientation forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request is not known.
    #[error("orientation {0} is not known")]
    Unknown(OrientationId),
    /// The id is taken.
    #[error("orientation {0} is known already")]
    AlreadyKnown(OrientationId),
    /// A request of the same pathway waits for a decision.
    #[error("orientation {0} waits for a decision; decide on it first")]
    Pending(OrientationId),
    /// The request is decided or carried out.
    #[error("orientation {0} is decided already")]
    AlreadyDecided(OrientationId),
    /// The request was not accepted.
    #[error("orientation {0} is not accepted")]
    NotAccepted(OrientationId),
    /// The person was sent there already.
    #[error("orientation {orientation} was carried out on {on}")]
    AlreadyOriented {
        /// The orientation.
        orientation: OrientationId,
        /// Day on which the person was sent.
        on: NaiveDate,
    },
    /// It belongs to another pathway.
    #[error("orientation {0} belongs to another pathway")]
    OfAnotherPathway(OrientationId),
    /// The person is there.
    #[error("the person is oriented there already")]
    AlreadyThere,
    /// No destination is given.
    #[error("give a cell, a measure or a partner")]
    Nowhere,
    /// A day lies before the one that it must follow.
    #[error("{on} is before {begun}, the day of what it follows")]
    TooEarly {
        /// The day given.
        on: NaiveDate,
        /// The day that it must follow.
        begun: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("ORIENTATION_UNKNOWN", Some("orientation")),
            Self::AlreadyKnown(_) => ("ORIENTATION_ALREADY_KNOWN", Some("orientation")),
            Self::Pending(_) => ("ORIENTATION_PENDING", Some("pathway")),
            Self::AlreadyDecided(_) => ("ORIENTATION_ALREADY_DECIDED", Some("orientation")),
            Self::NotAccepted(_) => ("ORIENTATION_NOT_ACCEPTED", Some("orientation")),
            Self::AlreadyOriented { .. } => ("ALREADY_ORIENTED", Some("orientation")),
            Self::OfAnotherPathway(_) => ("ORIENTATION_OF_ANOTHER_PATHWAY", Some("pathway")),
            Self::AlreadyThere => ("NOTHING_CHANGED", Some("to")),
            Self::Nowhere => ("DESTINATION_MISSING", Some("to")),
            Self::TooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
        }
    }
}
