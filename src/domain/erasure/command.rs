//! What can be asked of the personal parts of a file.

use super::event::{ErasureGround, ErasureRefusalGround, ErasureRequester};
use crate::ids::PersonId;
use crate::personal::Secret;
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of the personal parts of a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Gives notice that a closed file falls due, by the rules of the house.
    #[serde(rename = "scheduleRetention")]
    Schedule {
        /// Whose file.
        participant: PersonId,
        /// Day of the notice.
        on: NaiveDate,
    },
    /// Records that erasure is asked for.
    #[serde(rename = "requestErasure")]
    Request {
        /// Whose.
        participant: PersonId,
        /// Day of the request.
        on: NaiveDate,
        /// By whom.
        requester: ErasureRequester,
        /// Why.
        ground: ErasureGround,
    },
    /// Refuses what was asked, on a legal ground.
    #[serde(rename = "refuseErasure")]
    Refuse {
        /// Whose.
        participant: PersonId,
        /// Day of the refusal.
        on: NaiveDate,
        /// On which legal ground.
        ground: ErasureRefusalGround,
        /// Why, in words; sealed.
        #[serde(default)]
        motive: Option<Secret>,
    },
    /// Lets the person be forgotten: whoever carries it out destroys the keys.
    #[serde(rename = "eraseParticipant")]
    Erase {
        /// Whose.
        participant: PersonId,
        /// Day of the erasure.
        on: NaiveDate,
    },
    /// Second stage, long after: lets exports give the facts by the month only.
    #[serde(rename = "anonymiseParticipant")]
    Anonymise {
        /// Whose.
        participant: PersonId,
        /// Day from which on.
        on: NaiveDate,
    },
}

impl Command {
    pub(super) const fn participant(&self) -> PersonId {
        match self {
            Self::Schedule { participant, .. }
            | Self::Request { participant, .. }
            | Self::Refuse { participant, .. }
            | Self::Erase { participant, .. }
            | Self::Anonymise { participant, .. } => *participant,
        }
    }

    pub(super) const fn day(&self) -> NaiveDate {
        match self {
            Self::Schedule { on, .. }
            | Self::Request { on, .. }
            | Self::Refuse { on, .. }
            | Self::Erase { on, .. }
            | Self::Anonymise { on, .. } => *on,
        }
    }
}
