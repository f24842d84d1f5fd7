//! Which rule of the sanction forbids a command.
//!
//! No text tells the ground: it is sealed, and a refusal is read by whoever asked and by their log.

use crate::decision::Rule;
use crate::ids::{PiisId, SanctionId};
use chrono::NaiveDate;

/// Which rule of the sanction forbids a command (law of 26 May 2002, article 30).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No act of this procedure is recorded.
    #[error("sanction {0} is not known")]
    Unknown(SanctionId),
    /// The project does not run.
    #[error("project {piis} does not run on {on}: there is nothing to respect")]
    ProjectNotRunning {
        /// The project.
        piis: PiisId,
        /// The day given.
        on: NaiveDate,
    },
    /// A notice was sent.
    #[error("a formal notice was sent on {sent_on} already")]
    NoticeAlreadySent {
        /// Its day.
        sent_on: NaiveDate,
    },
    /// A hearing was offered that day.
    #[error("a hearing was offered on {0} already")]
    HearingAlreadyOffered(NaiveDate),
    /// The hearing of that day is recorded.
    #[error("the hearing on {0} is recorded already")]
    AlreadyHeard(NaiveDate),
    /// Nothing in a procedure follows its decision but its annulment.
    #[error("the sanction was decided on {decided_on} already")]
    AlreadyDecided {
        /// Day of the decision.
        decided_on: NaiveDate,
    },
    /// No formal notice before the decision.
    #[error("a formal notice must be sent before the day of the decision, {on} (law of 26 May 2002, article 30)")]
    NoNotice {
        /// Day of the decision.
        on: NaiveDate,
    },
    /// No hearing offered before.
    #[error("a hearing must be offered before {on} (law of 26 May 2002, articles 20 and 30)")]
    NoHearing {
        /// The day given.
        on: NaiveDate,
    },
    /// An act of the procedure follows the decision.
    #[error("something happens in this procedure on {last}, after the decision on {on}")]
    DecidedTooEarly {
        /// Day of the decision.
        on: NaiveDate,
        /// Day of the act.
        last: NaiveDate,
    },
    /// The share is none.
    #[error("the share is 1 to 100 per cent, {0} was given")]
    NotAShare(u16),
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
    /// The suspension begins too early or too late.
    #[error(
        "a suspension notified on {notified_on} begins from the day after to {latest} (law of 26 May 2002, \
         article 30), the day given is {first_day}"
    )]
    OutsideStartWindow {
        /// First day given.
        first_day: NaiveDate,
        /// Day of the notification.
        notified_on: NaiveDate,
        /// Last day on which it may begin.
        latest: NaiveDate,
    },
    /// The suspension is too long.
    #[error("the suspension may last until {latest} (law of 26 May 2002, article 30), the day given is {last_day}")]
    TooLong {
        /// Last day given.
        last_day: NaiveDate,
        /// Last day allowed, inclusive.
        latest: NaiveDate,
    },
    /// More days are deferred than the suspension has.
    #[error("the suspension has {days} days, {deferred} were to be deferred")]
    DefersTooMuch {
        /// Its length.
        days: u32,
        /// Days to be deferred.
        deferred: u32,
    },
    /// There is no decision to annul.
    #[error("no sanction was decided in procedure {0}")]
    NotDecided(SanctionId),
    /// The sanction is annulled.
    #[error("the sanction was annulled on {annulled_on} already")]
    AlreadyAnnulled {
        /// Day of the annulment.
        annulled_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::Unknown(_) => ("SANCTION_UNKNOWN", "sanction"),
            Self::ProjectNotRunning { .. } => ("PIIS_NOT_RUNNING", "piis"),
            Self::NoticeAlreadySent { .. } => ("NOTICE_ALREADY_SENT", "sanction"),
            Self::HearingAlreadyOffered(_) => ("HEARING_ALREADY_OFFERED", "on"),
            Self::AlreadyHeard(_) => ("ALREADY_HEARD", "on"),
            Self::AlreadyDecided { .. } => ("SANCTION_ALREADY_DECIDED", "sanction"),
            Self::NoNotice { .. } => ("SANCTION_WITHOUT_NOTICE", "on"),
            Self::NoHearing { .. } => ("SANCTION_WITHOUT_HEARING", "on"),
            Self::DecidedTooEarly { .. } => ("DECIDED_BEFORE_HEARING", "on"),
            Self::NotAShare(_) => ("SHARE_OUT_OF_RANGE", "share"),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", *field),
            Self::OutsideStartWindow { .. } => ("SANCTION_START_OUT_OF_WINDOW", "firstDay"),
            Self::TooLong { .. } => ("SANCTION_TOO_LONG", "lastDay"),
            Self::DefersTooMuch { .. } => ("MORE_DEFERRED_THAN_SUSPENDED", "deferredDays"),
            Self::NotDecided(_) => ("SANCTION_NOT_DECIDED", "sanction"),
            Self::AlreadyAnnulled { .. } => ("SANCTION_ALREADY_ANNULLED", "sanction"),
        };
        (rule, Some(field))
    }
}
