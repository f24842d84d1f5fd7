//! Published figures (chiffres publiés / gepubliceerde cijfers): what an indicator said on the day when it was published.
//!
//! Nobody asks for these events by name: the counter computes the figure and records it, so that no caller can publish a
//! number of their own. What was published is not corrected; an annulment says that it should not have been.
//! Every publication stands in the stream of the house, and in that of the organisation if it is one's figure.

use crate::codes::Label;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::ids::{EventId, OrganisationId};
use crate::publication::HOUSE;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A figure that was published. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// A figure was published. Chiffre publié / cijfer gepubliceerd.
    #[serde(rename = "FigurePublished")]
    Published {
        /// The indicator, by the name of its field in the contract, such as `personsAccompanied`.
        indicator: String,
        /// Of which organisation; of all if none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<OrganisationId>,
        /// Its arguments as JSON, names in order of the alphabet.
        arguments: String,
        /// The instant of knowledge: what was recorded later is not counted.
        as_known_at: DateTime<Utc>,
        /// The version of its definition.
        definition_version: u32,
        /// The number that is quoted, as decimal text; none if it is a ratio to nothing or has no single number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<String>,
        /// The whole answer as JSON: exact parts, what is unknown, each part by its name.
        answer: String,
        /// What whoever published calls it, such as the name of a report.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
    },
}

impl Event {
    /// The house, and the organisation whose figure it is.
    pub(crate) fn about(&self) -> Vec<About> {
        let Self::Published { organisation, .. } = self;
        let house = fact::of_one(HOUSE, Role::House);
        let of_organisation = organisation.iter().flat_map(|id| fact::of_one(id, Role::Organisation));
        house.into_iter().chain(of_organisation).collect()
    }

    /// As it was recorded.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// Every figure that was published and stands, in order of day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Day, record and what was published.
    pub published: Vec<(NaiveDate, EventId, Event)>,
}

impl State {
    /// Folds the history of the house.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let told = history.entries().filter_map(|entry| match entry.fact {
            Fact::Figure(event) => Some((entry.on, entry.id, event.clone())),
            _ => None,
        });
        Self { published: told.collect() }
    }
}

/// Nothing can be asked of a figure by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Command {}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match *self {}
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        match *self {}
    }

    fn decide(&self, _: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Refusal> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Cut;
    use crate::scenario::Scenario;
    use serde_json::json;

    #[test]
    fn what_was_published_is_not_corrected_and_may_be_annulled() {
        let day: NaiveDate = "2022-03-01".parse().unwrap();
        let event = Event::Published {
            indicator: "personsAccompanied".into(),
            organisation: Some(OrganisationId::new("samusocial").unwrap()),
            arguments: "{\"year\":2020}".into(),
            as_known_at: DateTime::UNIX_EPOCH,
            definition_version: 1,
            value: Some("114".into()),
            answer: "{}".into(),
            label: None,
        };
        let scenario = Scenario::new().given(day, event);
        assert_eq!(State::of(&scenario.history(HOUSE, Cut::default())).published.len(), 1);
        assert_eq!(scenario.streams().len(), 2, "the house and the organisation");
        let target = |reason| json!({"stream": HOUSE, "target": scenario.id(1), "reason": reason, "on": "2022-03-02"});
        scenario.when("correctEvent", target("TYPING_ERROR")).refused("FIGURE_NOT_CORRECTED", "target");
        let mut annulment = target("MISTAKEN");
        annulment.as_object_mut().unwrap().remove("on");
        let annulled = scenario.given_command("annulEvent", annulment);
        assert!(State::of(&annulled.history(HOUSE, Cut::default())).published.is_empty());
    }
}
