//! Publications: which rules and which codes the house worked by, from when on, and the hash of what they said.
//!
//! What is published is what the program holds, never what a caller gives; only its SHA-256 is kept (`domain.md`, E.6).
//! So whoever has the same law and the same lists can prove later that nobody changed them in silence.
//! Append only: content that changed is published again, and what was published is not corrected. An annulment says that a
//! publication should not have been; then the same content may be published anew.

use crate::codes::{PublicList, dictionary};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream, StreamKind};
use crate::history::History;
use crate::law::Law;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The one stream in which every publication of the house stands. Its id is fixed for ever: a log holds one house, and a
/// UUID of version 8 is like no other id of this program but a derived one, which stands in streams of other kinds.
pub const HOUSE: Stream =
    Stream { kind: StreamKind::Governance, id: Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0001) };

/// Something that was published. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// A rule set, as the register lists it. Jeu de règles publié / regelset gepubliceerd.
    #[serde(rename = "RuleSetPublished")]
    RuleSet {
        /// The set, as events name it.
        rule_set: String,
        /// First day in force.
        valid_from: NaiveDate,
        /// Last day in force, inclusive, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_until: Option<NaiveDate>,
        /// SHA-256 of its canonical text, 64 hexadecimal digits.
        sha256: String,
    },
    /// A list of codes. Liste de codes publiée / codelijst gepubliceerd.
    #[serde(rename = "DictionaryPublished")]
    Dictionary {
        /// The list, such as `Measure`.
        list: String,
        /// How many codes it holds.
        codes: u64,
        /// SHA-256 of its canonical text, 64 hexadecimal digits.
        sha256: String,
    },
}

impl Event {
    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::RuleSet { .. } | Self::Dictionary { .. } => fact::of_one(HOUSE, Role::House),
        }
    }

    /// Where it stands among the facts of one day: as it was recorded.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::RuleSet { .. } | Self::Dictionary { .. } => DayRank::Within,
        }
    }

    fn sha256(&self) -> &str {
        match self {
            Self::RuleSet { sha256, .. } | Self::Dictionary { sha256, .. } => sha256,
        }
    }
}

/// What the house published last of each thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// By the name of the set.
    pub rule_sets: BTreeMap<String, Published>,
    /// By the name of the list.
    pub lists: BTreeMap<String, Published>,
}

/// The last publication of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// On which day.
    pub on: NaiveDate,
    /// SHA-256 of what it said.
    pub sha256: String,
}

impl State {
    /// Folds the history of [`HOUSE`].
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Publication(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        let published = Published { on, sha256: event.sha256().to_owned() };
        match event {
            Event::RuleSet { rule_set, .. } => self.rule_sets.insert(rule_set.clone(), published),
            Event::Dictionary { list, .. } => self.lists.insert(list.clone(), published),
        };
    }
}

/// What can be published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Publishes a rule set as this program holds it.
    #[serde(rename = "publishRuleSet")]
    RuleSet {
        /// The day of the publication.
        on: NaiveDate,
        /// The set, as events name it.
        rule_set: String,
    },
    /// Publishes a list of codes as this program holds it.
    #[serde(rename = "publishDictionary")]
    Dictionary {
        /// The day of the publication.
        on: NaiveDate,
        /// The list, such as `Measure`.
        list: String,
    },
}

/// Which rule of publications forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No set has this name.
    #[error("there is no rule set {given:?}; there are {known}")]
    RuleSetUnknown {
        /// What was given.
        given: String,
        /// The names of all sets.
        known: String,
    },
    /// No list has this name.
    #[error("there is no list of codes {given:?}; there are {known}")]
    ListUnknown {
        /// What was given.
        given: String,
        /// The names of all lists.
        known: String,
    },
    /// It was published with the same content.
    #[error("{name} was published on {on} as it is")]
    AlreadyPublished {
        /// The field that names it.
        field: &'static str,
        /// The set or list.
        name: String,
        /// The day of that publication.
        on: NaiveDate,
    },
    /// It was published on a later day: publications follow each other.
    #[error("{name} was last published on {last}, the day given is {on}")]
    BeforeLast {
        /// The set or list.
        name: String,
        /// The day given.
        on: NaiveDate,
        /// The day of the last publication.
        last: NaiveDate,
    },
    /// The day is to come: what will then be held is not known.
    #[error("what is held on {on} is not known yet, today is {today}")]
    Ahead {
        /// The day given.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::RuleSetUnknown { .. } => ("RULE_SET_UNKNOWN", Some("ruleSet")),
            Self::ListUnknown { .. } => ("LIST_UNKNOWN", Some("list")),
            Self::AlreadyPublished { field, .. } => ("ALREADY_PUBLISHED", Some(field)),
            Self::BeforeLast { .. } => ("BEFORE_LAST_PUBLICATION", Some("on")),
            Self::Ahead { .. } => ("PUBLICATION_AHEAD", Some("on")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::RuleSet { on, .. } | Self::Dictionary { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![HOUSE]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(HOUSE).map(State::of).unwrap_or_default();
        let event = decide(&state, self, desk)?;
        Ok(vec![Decided::new(self.on(), event)])
    }
}

fn decide(state: &State, command: &Command, desk: &Desk<'_>) -> Result<Event, Refusal> {
    let (field, name, event, last) = match command {
        Command::RuleSet { rule_set, .. } => {
            ("ruleSet", rule_set, of_rule_set(desk.law, rule_set)?, state.rule_sets.get(rule_set))
        }
        Command::Dictionary { list, .. } => ("list", list, of_list(list)?, state.lists.get(list)),
    };
    let on = command.on();
    if let Some(last) = last.filter(|last| last.sha256 == event.sha256()) {
        return Err(Refusal::AlreadyPublished { field, name: name.clone(), on: last.on });
    }
    if let Some(last) = last.filter(|last| on < last.on) {
        return Err(Refusal::BeforeLast { name: name.clone(), on, last: last.on });
    }
    if on > desk.today {
        return Err(Refusal::Ahead { on, today: desk.today });
    }
    Ok(event)
}

fn of_rule_set(law: &Law, rule_set: &str) -> Result<Event, Refusal> {
    let sets = law.whole_sets();
    let Some(set) = sets.iter().find(|set| set.name == rule_set) else {
        let known = sets.iter().map(|set| set.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::RuleSetUnknown { given: shown(rule_set), known });
    };
    let sha256 = sha256(&set.canonical());
    Ok(Event::RuleSet { rule_set: set.name.clone(), valid_from: set.from, valid_until: set.until, sha256 })
}

fn of_list(name: &str) -> Result<Event, Refusal> {
    let lists = dictionary();
    let Some(list) = lists.iter().find(|list| list.name == name) else {
        let known = lists.iter().map(|list| list.name).collect::<Vec<_>>().join(", ");
        return Err(Refusal::ListUnknown { given: shown(name), known });
    };
    Ok(Event::Dictionary {
        list: list.name.to_owned(),
        codes: list.codes.len() as u64,
        sha256: sha256(&canonical(list)),
    })
}

/// What a list says, as text: a code a line, each line a JSON array of code, meaning, and labels in French, Dutch and
/// English. Its form is hashed and stays: never change it.
fn canonical(list: &PublicList) -> String {
    let line = |entry: &crate::codes::CodeEntry| {
        let labels = entry.labels;
        format!("{}\n", json!([entry.code, entry.description, labels.fr, labels.nl, labels.en]))
    };
    list.codes.iter().map(line).collect()
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As much of what was given as a refusal repeats.
fn shown(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests;
