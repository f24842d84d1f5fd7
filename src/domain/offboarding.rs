//! Off-boarding: the review around the end of an engagement (bilan de fin / eindbalans).

use crate::command::Step;
use crate::contract;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{EngagementId, PersonId};
use crate::person;
use crate::personal::{Field, Personal, Secret};
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

    /// Nothing begins or ends with it.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
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

/// What can be asked at the end of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records the exit review.
    #[serde(rename = "completeExitReview")]
    CompleteExitReview {
        /// With whom.
        participant: PersonId,
        /// The engagement that ends.
        engagement: EngagementId,
        /// Day of the review.
        on: NaiveDate,
        /// True if the person wants to stand in the recruitment reserve.
        #[serde(default)]
        reserve_opt_in: bool,
        /// The summary; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of off-boarding forbids a command.
///
/// Thirty days around the end are expected, not required: a review held late is better recorded late than never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has no engagement with this id that was signed and started.
    #[error("the participant has no engagement {0} that has started")]
    NoEngagement(EngagementId),
    /// The day is before the engagement.
    #[error("the engagement started on {started_on}, the day given is {on}")]
    BeforeStart {
        /// The day given.
        on: NaiveDate,
        /// First day worked.
        started_on: NaiveDate,
    },
    /// The review was held already.
    #[error("the exit review was held on {held_on}")]
    AlreadyHeld {
        /// Its day.
        held_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NoEngagement(_) => ("ENGAGEMENT_UNKNOWN", Some("engagement")),
            Self::BeforeStart { .. } => ("BEFORE_START", Some("on")),
            Self::AlreadyHeld { .. } => ("EXIT_REVIEW_ALREADY_HELD", Some("engagement")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        let Self::CompleteExitReview { on, .. } = self;
        *on
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        let Self::CompleteExitReview { participant, .. } = self;
        vec![(*participant).into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let Self::CompleteExitReview { participant, engagement, on, reserve_opt_in, note } = self;
        person::living(past, *participant, *on)?;
        let reviews = past.get(*participant).map(State::of).unwrap_or_default();
        let contracts = past.get(*participant).map(contract::State::of).unwrap_or_default();
        may_review(&reviews, &contracts, *engagement, *on)?;
        let event = Event::ExitReviewCompleted {
            person: *participant,
            engagement: *engagement,
            reserve_opt_in: *reserve_opt_in,
        };
        let personal = Personal::default().sealing(Field::Note, "note", note.as_ref())?;
        Ok(vec![Decided::new(*on, event).with(personal)])
    }
}

fn may_review(state: &State, contracts: &contract::State, id: EngagementId, on: NaiveDate) -> Result<(), Refusal> {
    let engagement = contracts.engagements.get(&id).filter(|engagement| engagement.counts());
    let started_on = engagement.and_then(|engagement| engagement.started_on).ok_or(Refusal::NoEngagement(id))?;
    if on < started_on {
        return Err(Refusal::BeforeStart { on, started_on });
    }
    match state.reviews.get(&id) {
        Some(review) => Err(Refusal::AlreadyHeld { held_on: review.on }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::personal::Field;
    use crate::scenario::{Scenario, employed};
    use serde_json::{Value, json};

    fn review(on: &str) -> Value {
        json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": on, "reserveOptIn": true,
            "note": "an invented summary"})
    }

    #[test]
    fn the_exit_review_is_held_once_and_its_summary_is_sealed() {
        let events = employed::scenario().when("completeExitReview", review("2022-06-20")).events();
        assert_eq!(events[0].personal.get(Field::Note), Some("an invented summary"));
        assert!(!format!("{events:?}").contains("invented"));
        let held = employed::scenario().given_command("completeExitReview", review("2022-06-20"));
        held.when("completeExitReview", review("2022-06-21")).refused("EXIT_REVIEW_ALREADY_HELD", "engagement");
    }

    #[test]
    fn only_an_engagement_that_began_is_reviewed() {
        employed::scenario().when("completeExitReview", review("2022-01-02")).refused("BEFORE_START", "on");
        let mut other = review("2022-06-20");
        other["engagement"] = json!(employed::PERSON);
        employed::scenario().when("completeExitReview", other).refused("ENGAGEMENT_UNKNOWN", "engagement");
        Scenario::new().when("completeExitReview", review("2022-06-20")).refused("PARTICIPANT_UNKNOWN", "participant");
    }
}
