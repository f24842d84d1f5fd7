//! Off-boarding: the review around the end of an engagement (bilan de fin / eindbalans).

use crate::fact::{self, About};
use crate::ids::{EngagementId, PersonId};
use serde::{Deserialize, Serialize};

/// Something that happened at the end of an engagement. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The exit review was held; its summary is sealed. Bilan de fin / eindbalans.
    #[serde(rename = "ExitReviewCompleted")]
    ExitReviewCompleted {
        /// With whom.
        person: PersonId,
        /// The engagement that ends.
        engagement: EngagementId,
        /// True if the person wants to stand in the recruitment reserve.
        reserve_opt_in: bool,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::ExitReviewCompleted { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }
}
