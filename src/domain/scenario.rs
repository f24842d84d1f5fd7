//! Given some events, when a command is given, then these events or this refusal: how rules are tested.
//!
//! ```text
//! Scenario::new().given(day, fact).today(day).when("openPost", json!({…})).refused("POST_ALREADY_OPEN", "on");
//! ```

use crate::command::{Command, Derived, Source};
use crate::decision::{Desk, Event, Past, Refusal};
use crate::fact::{Fact, Stream};
use crate::history::{Cut, History, Known};
use crate::ids::{EventId, JudicialFileId, derived_id};
use crate::kin::Kin;
use crate::law::Law;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use uuid::Uuid;

/// A past in the making.
#[derive(Debug, Clone)]
pub struct Scenario {
    records: Vec<Known>,
    rule_sets: Vec<Option<&'static str>>,
    today: NaiveDate,
    law: Law,
}

impl Scenario {
    /// Nothing has happened; today is 2 January 2023.
    #[must_use]
    pub fn new() -> Self {
        let today = NaiveDate::from_ymd_opt(2023, 1, 2).unwrap_or_default();
        Self { records: Vec::new(), rule_sets: Vec::new(), today, law: Law::default() }
    }

    /// A fact, recorded on the day after it.
    #[must_use]
    pub fn given(self, on: NaiveDate, fact: impl Into<Fact>) -> Self {
        self.given_event(Event::new(on, fact))
    }

    /// What a command records; the command must be allowed.
    #[must_use]
    pub fn given_command(self, name: &str, input: serde_json::Value) -> Self {
        match self.when(name, input) {
            Outcome(Ok(events)) => events.into_iter().fold(self, Self::given_event),
            Outcome(Err(refusal)) => unreachable!("the scenario's own past is refused: {refusal}"),
        }
    }

    /// Every record, in order of position.
    #[must_use]
    pub fn records(&self) -> &[Known] {
        &self.records
    }

    /// Another today.
    #[must_use]
    pub const fn today(mut self, today: NaiveDate) -> Self {
        self.today = today;
        self
    }

    /// Another law.
    #[must_use]
    pub fn under(mut self, law: Law) -> Self {
        self.law = law;
        self
    }

    /// The rule sets that swayed the decisions, in order of the records.
    #[must_use]
    pub fn rule_sets(&self) -> &[Option<&'static str>] {
        &self.rule_sets
    }

    /// The id of the record at this position, from 1.
    #[must_use]
    pub fn id(&self, position: usize) -> EventId {
        self.records[position - 1].id
    }

    /// What a command records if it is allowed, nothing if it is refused; with the answer.
    #[must_use = "the scenario goes on with what was recorded"]
    pub fn tried(self, name: &str, input: serde_json::Value) -> (Self, Result<(), Refusal>) {
        match self.when(name, input) {
            Outcome(Ok(events)) => (events.into_iter().fold(self, Self::given_event), Ok(())),
            Outcome(Err(refusal)) => (self, Err(refusal)),
        }
    }

    /// The history of one thing.
    #[must_use]
    pub fn history(&self, stream: impl Into<Stream>, cut: Cut) -> History {
        let stream = stream.into();
        let read = |stream: Stream| Ok::<_, Infallible>(self.standing_in(stream));
        let Ok(kin) = Kin::gather(stream, self.standing_in(stream), read);
        kin.history(stream, cut)
    }

    fn standing_in(&self, stream: Stream) -> Vec<Known> {
        let of_stream = |record: &&Known| record.about.iter().any(|about| about.stream == stream);
        self.records.iter().filter(of_stream).cloned().collect()
    }

    /// Gives a command.
    #[must_use]
    pub fn when(&self, name: &str, input: serde_json::Value) -> Outcome {
        let command = match Command::parse(name, derived(name, input)) {
            Ok(command) => command,
            Err(error) => unreachable!("not a command: {error}"),
        };
        let mut past = Past::default();
        loop {
            let new: BTreeSet<Stream> =
                command.reads(&past).into_iter().filter(|stream| !past.holds(*stream)).collect();
            if new.is_empty() {
                break;
            }
            for stream in new {
                past.insert(self.history(stream, Cut::default()));
            }
        }
        Outcome(command.decide(&past, &Desk { law: &self.law, today: self.today }))
    }

    fn given_event(mut self, event: Event) -> Self {
        let position = self.records.len() as u64 + 1;
        let recorded_at: DateTime<Utc> = (event.effective_on + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
        let recorded_at = self.records.last().map_or(recorded_at, |last| last.recorded_at.max(recorded_at));
        self.rule_sets.push(event.rule_set);
        self.records.push(Known {
            position,
            id: EventId(Uuid::from_u128(position.into())),
            recorded_at,
            effective_on: event.effective_on,
            about: event.about,
            fact: event.fact,
        });
        self
    }

    /// Every stream of the past, in order.
    #[must_use]
    pub fn streams(&self) -> BTreeMap<Stream, usize> {
        let mut streams = BTreeMap::new();
        for about in self.records.iter().flat_map(|record| &record.about) {
            *streams.entry(about.stream).or_default() += 1;
        }
        streams
    }
}

/// The input with what the counter would derive, as if every key were there.
fn derived(name: &str, mut input: serde_json::Value) -> serde_json::Value {
    for Derived { field, from, .. } in Command::derived(name) {
        let text = match from {
            Source::Person { field: person, label, .. } => Some(format!("{label}{}", input[person])),
            Source::House { text } => input.as_object().and_then(text),
        };
        let Some(text) = text else { continue };
        input[field] = serde_json::json!(derived_id(Uuid::new_v5(&Uuid::nil(), text.as_bytes()).into_bytes()));
    }
    input
}

/// The judicial file that a scenario derives for a person.
#[must_use]
pub fn judicial_file(person: &str) -> JudicialFileId {
    let whole = derived("assignPenalty", serde_json::json!({"participant": person}));
    JudicialFileId(whole["file"].as_str().and_then(|text| text.parse().ok()).unwrap_or_default())
}

impl Default for Scenario {
    fn default() -> Self {
        Self::new()
    }
}

/// The person of [`accompanied`].
pub const PERSON: &str = "00000000-0000-4000-8000-00000000000a";
/// The pathway of [`accompanied`].
pub const PATHWAY: &str = "00000000-0000-4000-8000-00000000000b";

/// A person registered on 1 January 2022, with a pathway open from 10 January 2022 on: two records.
#[must_use]
pub fn accompanied() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": PERSON, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command(
            "openPathway",
            json!({"participant": PERSON, "pathway": PATHWAY, "on": "2022-01-10", "organisation": "cpas-molenbeek",
                "origin": "AID_FILE"}),
        )
}

/// As [`accompanied`], with the pathway closed from 1 June 2022 on: three records.
#[must_use]
pub fn accompanied_and_gone() -> Scenario {
    accompanied().given_command(
        "closePathway",
        json!({"participant": PERSON, "pathway": PATHWAY, "on": "2022-06-01", "outcome": "EMPLOYMENT"}),
    )
}

/// The answer to a command.
#[derive(Debug)]
pub struct Outcome(Result<Vec<Event>, Refusal>);

impl Outcome {
    /// The command is allowed and records these facts.
    pub fn records(self, facts: &[Fact]) {
        let recorded: Vec<Fact> = self.events().into_iter().map(|event| event.fact).collect();
        assert_eq!(recorded, facts);
    }

    /// The command is allowed; its events.
    #[must_use]
    pub fn events(self) -> Vec<Event> {
        match self.0 {
            Ok(events) => events,
            Err(refusal) => unreachable!("refused by {}: {refusal}", refusal.rule),
        }
    }

    /// The rule that forbids the command, if one does.
    #[must_use]
    pub fn refused_rule(self) -> Option<&'static str> {
        self.0.err().map(|refusal| refusal.rule)
    }

    /// The command is forbidden by this rule, for this field.
    pub fn refused(self, rule: &str, field: &str) {
        match self.0 {
            Ok(events) => unreachable!("allowed: {events:?}"),
            Err(refusal) => assert_eq!((refusal.rule, refusal.field), (rule, Some(field)), "{refusal}"),
        }
    }
}

/// One person who works under an ordinary article 60 contract.
pub mod employed {
    use super::Scenario;
    use crate::ids::{OrganisationId, PersonId};
    use crate::person;
    use chrono::NaiveDate;
    use serde_json::{Value, json};
    use uuid::Uuid;

    /// The person.
    pub const PERSON: &str = "00000000-0000-0000-0000-000000000001";
    /// The engagement.
    pub const ENGAGEMENT: &str = "00000000-0000-0000-0000-000000000002";

    /// The person works from 3 January to 30 June 2022, as planned; no end is recorded.
    #[must_use]
    pub fn scenario() -> Scenario {
        let organisation = OrganisationId::new("samusocial").unwrap();
        let registered = person::Event::Registered { person: PersonId(Uuid::from_u128(1)), organisation };
        Scenario::new()
            .given(NaiveDate::from_ymd_opt(2021, 12, 1).unwrap(), registered)
            .given_command(
                "signEngagement",
                json!({"participant": PERSON, "engagement": ENGAGEMENT, "on": "2021-12-20", "measure": "ART60",
                    "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": "2022-01-03",
                    "plannedUntil": "2022-06-30", "weeklyHours": "38", "kind": "CDD"}),
            )
            .given_command(
                "startEngagement",
                json!({"participant": PERSON, "engagement": ENGAGEMENT, "on": "2022-01-03"}),
            )
    }

    /// The end of the engagement at its term.
    #[must_use]
    pub fn end(on: &str) -> Value {
        json!({"participant": PERSON, "engagement": ENGAGEMENT, "on": on, "cause": "TERM"})
    }
}
