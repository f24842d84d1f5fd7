//! Which rule of the pathway forbids a command.

use crate::decision::Rule;
use crate::ids::{NAME_CHARS_MAX, PathwayId};
use chrono::NaiveDate;

/// Which rule of the pathway forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The pathway is not known.
    #[error("pathway {0} was never opened for this participant")]
    Unknown(PathwayId),
    /// The id is taken.
    #[error("pathway {0} is known already")]
    AlreadyKnown(PathwayId),
    /// Another pathway with the same organisation is open.
    #[error(
        "pathway {pathway} with this organisation is open from {from} on; close that one, or give the end of this one"
    )]
    AlreadyOpen {
        /// The pathway that is open.
        pathway: PathwayId,
        /// First day on which both would be open.
        from: NaiveDate,
    },
    /// The pathway is not open that day.
    #[error("pathway {pathway} is not open on {on}")]
    NotOpen {
        /// The pathway.
        pathway: PathwayId,
        /// The day given.
        on: NaiveDate,
    },
    /// A closure is given without its outcome, or an outcome without its closure.
    #[error("give both the first day out of the pathway and the outcome, or none of them")]
    HalfAClosure,
    /// The user id is not one.
    #[error("not a user id: use 1 to {NAME_CHARS_MAX} letters, digits and . _ - @")]
    NotAUser,
    /// The worker follows the pathway already.
    #[error("this worker follows the pathway already, from {from} on")]
    AlreadyMember {
        /// Their first day.
        from: NaiveDate,
    },
    /// The worker does not follow the pathway on the eve of that day.
    #[error("this worker does not follow the pathway before {on}")]
    NotAMember {
        /// The day given.
        on: NaiveDate,
    },
    /// Somebody else answers for the pathway.
    #[error("a referent answers for the pathway from {from} on; release them first")]
    SecondReferent {
        /// First day of the other one.
        from: NaiveDate,
    },
    /// The file is in that cell.
    #[error("the file is in this cell already, from {from} on")]
    AlreadyInCell {
        /// First day in the cell.
        from: NaiveDate,
    },
    /// The file is not in that cell on the eve of that day.
    #[error("the file is not in this cell before {on}")]
    NotInCell {
        /// The day given.
        on: NaiveDate,
    },
    /// The pathway would close before something that happened in it.
    #[error("the pathway cannot close on {on}: something happens in it on {last}")]
    ClosesTooEarly {
        /// The day given.
        on: NaiveDate,
        /// The day of what happens.
        last: NaiveDate,
    },
    /// A PIIS runs that day or later.
    #[error("a PIIS runs on {on} or later; end it first")]
    PiisRunning {
        /// The day given.
        on: NaiveDate,
    },
    /// A contract or placement runs that day or later.
    #[error("an engagement with this organisation runs on {on} or later; end it first")]
    EngagementRunning {
        /// The day given.
        on: NaiveDate,
    },
    /// The last day of a suspension lies before its first.
    #[error("the suspension would end on {until}, before it begins on {on}")]
    SuspensionEndsTooEarly {
        /// First day given.
        on: NaiveDate,
        /// Last day given.
        until: NaiveDate,
    },
    /// Another suspension shares a day with this one.
    #[error("the pathway is suspended from {from} on already; resume it first, or give the end of this suspension")]
    AlreadySuspended {
        /// First day of the other suspension.
        from: NaiveDate,
    },
    /// The pathway is not suspended on the eve and on that day.
    #[error("the pathway is not suspended on {on}, or from that day on only")]
    NotSuspended {
        /// The day given.
        on: NaiveDate,
    },
    /// Only what is closed can be reopened.
    #[error("pathway {0} is not closed")]
    NotClosed(PathwayId),
    /// The pathway closes later than it would be reopened.
    #[error("pathway is closed from {closed_on} on, it cannot go on from {on}")]
    ReopensTooEarly {
        /// The day given.
        on: NaiveDate,
        /// First day out of it.
        closed_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("PATHWAY_UNKNOWN", Some("pathway")),
            Self::AlreadyKnown(_) => ("PATHWAY_ALREADY_KNOWN", Some("pathway")),
            Self::AlreadyOpen { .. } => ("PATHWAY_ALREADY_OPEN", Some("on")),
            Self::NotOpen { .. } => ("PATHWAY_NOT_OPEN", Some("on")),
            Self::HalfAClosure => ("END_INCOMPLETE", Some("outcome")),
            Self::NotAUser => ("NOT_A_USER", Some("user")),
            Self::AlreadyMember { .. } => ("MEMBER_ALREADY_ASSIGNED", Some("user")),
            Self::NotAMember { .. } => ("MEMBER_NOT_ASSIGNED", Some("user")),
            Self::SecondReferent { .. } => ("REFERENT_ALREADY_ASSIGNED", Some("referent")),
            Self::AlreadyInCell { .. } => ("CELL_ALREADY_ENTERED", Some("cell")),
            Self::NotInCell { .. } => ("NOT_IN_CELL", Some("cell")),
            Self::ClosesTooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
            Self::PiisRunning { .. } => ("PIIS_RUNNING", Some("on")),
            Self::EngagementRunning { .. } => ("ENGAGEMENT_RUNNING", Some("on")),
            Self::SuspensionEndsTooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("until")),
            Self::AlreadySuspended { .. } => ("PATHWAY_ALREADY_SUSPENDED", Some("on")),
            Self::NotSuspended { .. } => ("PATHWAY_NOT_SUSPENDED", Some("on")),
            Self::NotClosed(_) => ("PATHWAY_NOT_CLOSED", Some("pathway")),
            Self::ReopensTooEarly { .. } => ("REOPENS_BEFORE_IT_CLOSES", Some("on")),
        }
    }
}
