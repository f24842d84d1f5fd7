//! A story: what happens to one person, post, agreement or course, in the order in which it is told to the program.

use super::random::Random;
use super::schedule::Draft;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An organisation that records, from a day on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// Its id.
    pub(super) id: &'static str,
    /// The first day on which it records; what happened before is taken over then.
    pub(super) since: NaiveDate,
}

/// The days of one thing, one command each.
#[derive(Debug)]
pub(super) struct Story {
    /// The thing: a person, a post, an agreement, a course.
    pub(super) id: Uuid,
    /// What is drawn for it.
    pub(super) random: Random,
    /// Who records from here on.
    pub(super) office: &'static Office,
    part: &'static str,
    person: bool,
    moments: Vec<Moment>,
    at_stake: BTreeMap<Uuid, (BTreeSet<Uuid>, BTreeSet<Uuid>)>,
}

#[derive(Debug)]
struct Moment {
    told: NaiveDate,
    draft: Draft,
}

/// The id of a thing of this demonstration, by its label.
pub(super) fn id_of(seed: u64, label: &str) -> Uuid {
    let demonstration = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("trajet:demonstration:{seed}").as_bytes());
    Uuid::new_v5(&demonstration, label.as_bytes())
}

impl Story {
    /// The story of a participant.
    pub(super) fn of_person(seed: u64, label: &str, office: &'static Office) -> Self {
        Self { person: true, ..Self::of_thing(seed, label, office) }
    }

    /// The story of anything else: it is recorded on the day itself.
    pub(super) fn of_thing(seed: u64, label: &str, office: &'static Office) -> Self {
        Self {
            id: id_of(seed, label),
            random: Random::of(seed, label.as_bytes()),
            office,
            part: office.id,
            person: false,
            moments: Vec::new(),
            at_stake: BTreeMap::new(),
        }
    }

    /// The id of something inside the story, by its label.
    pub(super) fn inner(&self, label: &str) -> Uuid {
        Uuid::new_v5(&self.id, label.as_bytes())
    }

    /// Adds what happens on a day, and returns its key.
    pub(super) fn add(&mut self, on: NaiveDate, command: &'static str, input: Value) -> Uuid {
        self.add_late(on, 0, command, input)
    }

    /// Adds what happens on a day and is recorded at least so many days later.
    pub(super) fn add_late(&mut self, on: NaiveDate, late: u64, command: &'static str, input: Value) -> Uuid {
        self.push(on, on, late, command, input)
    }

    /// Adds what happens on a day and is told only after what happens on another.
    pub(super) fn add_after(&mut self, told: NaiveDate, on: NaiveDate, command: &'static str, input: Value) -> Uuid {
        self.push(told, on, 0, command, input)
    }

    /// Adds an answer to an earlier record, such as its correction, told on a day; returns its key.
    pub(super) fn answer(&mut self, told: NaiveDate, command: &'static str, target: Uuid, input: Value) -> Uuid {
        let mut fields = match input {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        fields.insert("stream".to_owned(), json!(format!("person:{}", self.id)));
        fields.insert("target".to_owned(), json!(target));
        let targeted = self.moments.iter().find(|moment| moment.draft.key == target);
        let (follows, touches) = targeted.map_or((vec![self.id], vec![self.id]), |moment| {
            (moment.draft.follows.clone(), moment.draft.touches.clone())
        });
        let key = self.inner(&format!("act/{}", self.moments.len()));
        let (part, office, input) = (self.part, self.office, Value::Object(fields));
        let draft =
            Draft { part, on: told, earliest: told, prompt: false, office, command, input, key, follows, touches };
        self.moments.push(Moment { told, draft });
        key
    }

    fn push(&mut self, told: NaiveDate, on: NaiveDate, late: u64, command: &'static str, input: Value) -> Uuid {
        let key = self.inner(&format!("act/{}", self.moments.len()));
        let mut fields = match input {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        let (follows, touches) = self.touched(&fields);
        fields.entry("on").or_insert_with(|| json!(on));
        if self.person {
            fields.insert("participant".to_owned(), json!(self.id));
        }
        let earliest = told.max(on) + chrono::Days::new(late);
        let draft = Draft {
            on,
            earliest,
            prompt: !self.person,
            part: self.part,
            office: self.office,
            command,
            input: Value::Object(fields),
            key,
            follows,
            touches,
        };
        self.moments.push(Moment { told: told.max(on), draft });
        key
    }

    /// What it follows (its own acts and those at its posts), and all that it touches: agreements and courses too.
    fn touched(&mut self, fields: &Map<String, Value>) -> (Vec<Uuid>, Vec<Uuid>) {
        let uuid = |field: &str| fields.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Uuid>().ok());
        let (mut follows, mut touches) = (vec![self.id], vec![self.id]);
        let at_stake = uuid("engagement").map(|engagement| self.at_stake.entry(engagement).or_default());
        let named = (uuid("post"), uuid("agreement"));
        let (posts, agreements) = match at_stake {
            Some(known) => {
                known.0.extend(named.0);
                known.1.extend(named.1);
                known.clone()
            }
            None => (named.0.into_iter().collect(), named.1.into_iter().collect()),
        };
        follows.extend(&posts);
        touches.extend(posts.into_iter().chain(agreements).chain(uuid("course")).chain(uuid("activity")));
        (follows, touches)
    }

    /// The acts, in the order in which they are told: by day, then as they were added.
    pub(super) fn tell(mut self) -> Vec<Draft> {
        self.moments.sort_by_key(|moment| moment.told);
        self.moments.into_iter().map(|moment| moment.draft).collect()
    }
}
