//! Which rule of the aid file forbids a command.

use crate::decision::Rule;
use crate::ids::GrantId;
use chrono::NaiveDate;

/// Which rule of the aid file forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The grant is not known, or it was never given.
    #[error("grant {0} is not known")]
    Unknown(GrantId),
    /// The id is taken.
    #[error("grant {0} is known already")]
    AlreadyKnown(GrantId),
    /// The same aid was asked for and is not decided.
    #[error("this aid was asked for on {on} already (grant {grant}) and is not decided")]
    AlreadyRequested {
        /// The grant asked for.
        grant: GrantId,
        /// Day of that request.
        on: NaiveDate,
    },
    /// The request is decided.
    #[error("the request of grant {0} is decided already")]
    AlreadyDecided(GrantId),
    /// What is granted is not what was asked for.
    #[error("grant {grant} was asked for as another aid or of another organisation")]
    NotAsRequested {
        /// The grant asked for.
        grant: GrantId,
        /// The field that differs.
        field: &'static str,
    },
    /// The same aid of the same organisation runs.
    #[error("this aid runs already from {from} on (grant {grant}); end that one, or give the end of this one")]
    AlreadyRunning {
        /// The grant that runs.
        grant: GrantId,
        /// Its first day.
        from: NaiveDate,
    },
    /// The grant does not run that day.
    #[error("grant {grant} does not run on {on}")]
    NotRunning {
        /// The grant.
        grant: GrantId,
        /// The day given.
        on: NaiveDate,
    },
    /// The grant has ended.
    #[error("the aid ended on {ended_on} already; correct or annul that record")]
    AlreadyEnded {
        /// First day without it.
        ended_on: NaiveDate,
    },
    /// A day lies before the one on which it must follow.
    #[error("{day} is before {begun}, the day of what it follows")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// The day that it must follow.
        begun: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
    /// The category is the same.
    #[error("this is the category on {0} already")]
    NothingChanged(NaiveDate),
    /// The share is no percentage.
    #[error("{0} is no share of a payment: give a percentage from 1 to 100")]
    NotAShare(u16),
    /// Another suspension of the payment shares a day with this one.
    #[error("the payment is suspended from {from} on already; resume it first, or give the end of this suspension")]
    AlreadySuspended {
        /// First day of the other suspension.
        from: NaiveDate,
    },
    /// The payment is not suspended on the eve and on that day.
    #[error("the payment is not suspended on {0}, or from that day on only")]
    NotSuspended(NaiveDate),
    /// The stay abroad is too short by then.
    #[error("a stay abroad leaves the payment alone for {days} days; this one has not lasted longer by that day")]
    AbroadTooShort {
        /// Days for which payment goes on.
        days: u32,
    },
    /// A first day abroad is given with another motive.
    #[error("a first day abroad goes with a suspension for a stay abroad only")]
    NotAbroad,
    /// The request or grant was handed over.
    #[error("it was transferred to another organisation on {on} already")]
    AlreadyTransferred {
        /// First day on which it was the other's.
        on: NaiveDate,
    },
    /// The request or grant would go where it is.
    #[error("it is with this organisation already")]
    TransferredToItself,
    /// An end is given without its motive, or a motive without its end.
    #[error("give both the first day without aid and the motive, or none of them")]
    HalfAnEnd,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("GRANT_UNKNOWN", Some("grant")),
            Self::AlreadyKnown(_) => ("GRANT_ALREADY_KNOWN", Some("grant")),
            Self::AlreadyRequested { .. } => ("AID_ALREADY_REQUESTED", Some("kind")),
            Self::AlreadyDecided(_) => ("AID_ALREADY_DECIDED", Some("grant")),
            Self::NotAsRequested { field, .. } => ("AID_NOT_AS_REQUESTED", Some(field)),
            Self::AlreadyRunning { .. } => ("AID_ALREADY_RUNNING", Some("on")),
            Self::NotRunning { .. } => ("AID_NOT_RUNNING", Some("on")),
            Self::AlreadyEnded { .. } => ("AID_ALREADY_ENDED", Some("on")),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
            Self::NothingChanged(_) => ("NOTHING_CHANGED", Some("category")),
            Self::NotAShare(_) => ("NOT_A_SHARE", Some("share")),
            Self::AlreadySuspended { .. } => ("PAYMENT_ALREADY_SUSPENDED", Some("on")),
            Self::NotSuspended(_) => ("PAYMENT_NOT_SUSPENDED", Some("on")),
            Self::AbroadTooShort { .. } => ("ABROAD_TOO_SHORT", Some("on")),
            Self::NotAbroad => ("NOT_ABROAD", Some("abroadSince")),
            Self::AlreadyTransferred { .. } => ("AID_ALREADY_TRANSFERRED", Some("grant")),
            Self::TransferredToItself => ("TRANSFERRED_TO_ITSELF", Some("receiver")),
            Self::HalfAnEnd => ("END_INCOMPLETE", Some("endMotive")),
        }
    }
}
