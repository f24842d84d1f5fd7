//! Off-boarding: the review around the end of an engagement (bilan de fin / eindbalans).

use crate::fact::{self, About, Fact};
use crate::history::History;
use crate::ids::{EngagementId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// The exit reviews of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The reviews, by the engagement that ends.
    pub reviews: BTreeMap<EngagementId, Review>,
}

/// One exit review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The day on which it was held.
    pub on: NaiveDate,
    /// True if the person wants to stand in the recruitment reserve.
    pub reserve_opt_in: bool,
}

impl State {
    /// Folds a person's history; of two reviews of one engagement the later holds.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Offboarding(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::ExitReviewCompleted { engagement, reserve_opt_in, .. } => {
                self.reviews.insert(*engagement, Review { on, reserve_opt_in: *reserve_opt_in });
            }
        }
    }
}
