//! Draws commands, plays them against what was recorded so far, and records what is accepted.

use super::super::synthetic::Random;
use super::dealer::{Accepted, Dealer, Draw, Input};
use super::draws::DRAWS;
use super::work::WORK;
use crate::{known, read_kin, stream_id};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::command::{Command, Source};
use domain::decision::{Desk, Event, Past, Refusal};
use domain::fact::Fact;
use domain::history::{Cut, Known};
use domain::ids::derived_id;
use domain::law::house::Retention;
use domain::law::{HouseRules, Law};
use domain::{correction, person, wire};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Actor, Clock, Commit, EventStore, MemoryStore, Position};
use uuid::Uuid;

/// Rounds of reading before a decision: each reads what the one before found to be needed.
const ROUNDS_MAX: usize = 8;

/// Records read at a time: more than one history has.
pub const RECORDS_MAX: usize = 10_000;

/// Percent of commands that correct or annul, where they may.
const ANSWERS_PERCENT: usize = 11;

/// Draws until one finds what it needs: at the very beginning few do.
const DRAWS_MAX: usize = 200;

/// A clock that stands where it was put.
pub struct Calendar(Mutex<DateTime<Utc>>);

impl Clock for Calendar {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which commands a history is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All of them.
    Whole,
    /// Nothing is corrected, annulled, merged or taken apart.
    Unanswered,
}

/// How often commands of one name were accepted, and by which rules they were refused.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub accepted: usize,
    pub refused: BTreeMap<&'static str, usize>,
}

/// The law, in a house that keeps a closed file for a month and gives ten days of notice: short, so that some fall due.
fn keeping() -> Law {
    let retention = Retention { file_months: Some(1), notice_days: Some(10), access_ledger_years: None };
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    Law::default().with_house(vec![HouseRules { retention, ..HouseRules::usual(first) }]).unwrap()
}

/// A house in which random commands are given.
pub struct Player {
    pub store: Arc<MemoryStore>,
    pub random: Random,
    pub tallies: BTreeMap<&'static str, Tally>,
    /// Annulments of annulments.
    pub restored: usize,
    kind: Kind,
    clock: Arc<Calendar>,
    accepted: Accepted,
    answers: Vec<u64>,
    law: Law,
}

impl Player {
    /// An empty house on 1 March 2021.
    pub fn new(seed: u64, kind: Kind) -> Self {
        let first = NaiveDate::from_ymd_opt(2021, 3, 1).unwrap().and_time(NaiveTime::MIN).and_utc();
        let clock = Arc::new(Calendar(Mutex::new(first + TimeDelta::hours(9))));
        Self {
            store: Arc::new(MemoryStore::new(clock.clone())),
            random: Random(seed),
            tallies: BTreeMap::new(),
            restored: 0,
            kind,
            clock,
            accepted: Accepted::default(),
            answers: Vec::new(),
            law: keeping(),
        }
    }

    /// The same house with other dice, in which other things may happen from now on.
    pub async fn twin(&self, seed: u64) -> Self {
        let clock = Arc::new(Calendar(Mutex::new(self.clock.now())));
        let store = Arc::new(MemoryStore::new(clock.clone()));
        for commit in self.commits() {
            store.append(commit).await.unwrap();
        }
        Self { store, clock, random: Random(seed), accepted: self.accepted.clone(), ..Self::new(seed, self.kind) }
    }

    /// Everything recorded, one commit for each record.
    pub fn commits(&self) -> Vec<Commit> {
        let records = self.store.read(Position(0), RECORDS_MAX).unwrap();
        records.into_iter().map(|record| Commit { events: vec![record.event], guards: Vec::new() }).collect()
    }

    /// Today, in the house.
    pub fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }

    /// Some people and places, so that something can begin at once.
    pub async fn open(&mut self) {
        let first = [("registerParticipant", 4), ("openPost", 2), ("signAgreement", 1), ("planCourse", 2)];
        for (name, count) in first {
            let draw = draws().find(|draw| draw.name == name).unwrap();
            for _ in 0..count {
                self.draw(draw).await;
            }
        }
    }

    /// Draws and gives some commands, each zero to four days after the one before.
    pub async fn play(&mut self, commands: usize) {
        for _ in 0..commands {
            let days = self.random.below(5) as u64;
            let now = self.clock.now() + Days::new(days) + TimeDelta::milliseconds(1);
            *self.clock.0.lock().unwrap() = now;
            if self.kind == Kind::Whole && self.random.chance(ANSWERS_PERCENT) {
                self.answer().await;
                continue;
            }
            for _ in 0..DRAWS_MAX {
                let draw = self.pick();
                if self.draw(draw).await {
                    break;
                }
            }
        }
    }

    fn pick(&mut self) -> &'static Draw {
        let weighed: Vec<&Draw> = draws().filter(|draw| self.allows(draw)).collect();
        let mut point = self.random.below(weighed.iter().map(|draw| draw.weight).sum());
        let draw = weighed.into_iter().find(|draw| {
            let found = point < draw.weight;
            point = point.saturating_sub(draw.weight);
            found
        });
        draw.unwrap()
    }

    fn allows(&self, draw: &Draw) -> bool {
        self.kind == Kind::Whole || !["mergeParticipants", "unmergeParticipants"].contains(&draw.name)
    }

    /// Gives a command, accepted or not; false if there is nothing that it could be about.
    async fn draw(&mut self, draw: &Draw) -> bool {
        let today = self.today();
        let Some((input, done)) = Dealer::deal(draw, &mut self.random, &self.accepted, today) else { return false };
        let given = input.clone();
        if self.give(draw.name, input).await {
            self.accepted.keep(draw.name, given, done);
        }
        true
    }

    /// Corrects or annuls some record, sometimes a correction or annulment.
    async fn answer(&mut self) {
        let head = self.store.head().borrow().0;
        let of_answers = self.random.chance(30) && !self.answers.is_empty();
        let position =
            if of_answers { self.random.pick(&self.answers) } else { 1 + self.random.below(head as usize) as u64 };
        let target = known(&self.store.read(Position(position - 1), 1).unwrap()[0]).unwrap();
        let mut input = Map::new();
        input.insert("stream".into(), json!(target.about[0].stream.to_string()));
        input.insert("target".into(), json!(target.id));
        input.insert("reason".into(), json!("TYPING_ERROR"));
        // Somebody who was never registered is refused everything: seldom enough to go on.
        let begins = matches!(&target.fact, Fact::Person(person::Event::Registered { .. }));
        let name = match &target.fact {
            Fact::Correction(_) | Fact::Merge(_) => "annulEvent",
            _ if self.random.chance(if begins { 5 } else { 35 }) => "annulEvent",
            _ => {
                self.change(&target, &mut input);
                "correctEvent"
            }
        };
        let accepted = self.give(name, input).await;
        let of_annulment = matches!(&target.fact, Fact::Correction(correction::Event::Annulled { .. }));
        self.restored += usize::from(accepted && of_annulment);
    }

    /// What a correction changes: the day, or one field of the fact.
    fn change(&mut self, target: &Known, input: &mut Input) {
        let day = super::dealer::some_days(&mut self.random, target.effective_on, (-20, 20));
        let fields = wire::to_json(&target.fact);
        let like = |random: &mut Random, name, field: &str| {
            self.accepted.one(random, &[name]).and_then(|input| input.get(field)).cloned().unwrap_or_default()
        };
        let random = &mut self.random;
        let mut changes = vec![];
        for (field, value) in &fields {
            let new = match field.as_str() {
                "person" => like(random, "registerParticipant", "participant"),
                "post" => like(random, "openPost", "post"),
                "hours" | "hoursOrdered" | "weeklyHours" => json!(random.pick(&["20", "25", "38", "5"])),
                "cell" => json!(random.pick(&["ALPHA", "EMPLOYMENT", "ART60"])),
                "organisation" => json!(random.pick(&["cpas-one", "host-two"])),
                "plannedUntil" | "until" | "notifiedOn" => json!(day),
                "place" => json!({ "post": like(random, "openPost", "post") }),
                "terms" => {
                    json!({ "plannedFrom": day, "weeklyHours": random.pick(&["38", "19"]) })
                }
                _ => continue,
            };
            if new != *value {
                changes.push((field.clone(), new));
            }
        }
        if changes.is_empty() || random.chance(50) {
            input.insert("on".into(), json!(day));
        } else {
            let change: Map<String, Value> = [random.pick(&changes)].into_iter().collect();
            input.insert("changes".into(), Value::Object(change));
        }
    }

    /// Gives a command; true if it was accepted, and is recorded then.
    pub async fn give(&mut self, name: &'static str, mut input: Input) -> bool {
        derive(name, &mut input);
        let command = match Command::parse(name, Value::Object(input)) {
            Ok(command) => command,
            Err(error) => panic!("{name} is not a command: {error}"),
        };
        let answer = self.decide(&command);
        let tally = self.tallies.entry(name).or_default();
        match answer {
            Err(refusal) => {
                *tally.refused.entry(refusal.rule).or_default() += 1;
                false
            }
            Ok(events) => {
                tally.accepted += 1;
                self.record(name, events).await;
                true
            }
        }
    }

    /// Answers as the counter does: reads what the command asks for until it asks for no more.
    fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let mut past = Past::default();
        for _ in 0..ROUNDS_MAX {
            let wanted: BTreeSet<_> = command.reads(&past).into_iter().filter(|stream| !past.holds(*stream)).collect();
            if wanted.is_empty() {
                return command.decide(&past, &Desk { law: &self.law, today: self.today() });
            }
            for stream in wanted {
                let (kin, _) = read_kin(self.store.as_ref(), stream).unwrap();
                past.insert(kin.history(stream, Cut::default()));
            }
        }
        panic!("reads on after {ROUNDS_MAX} rounds: {command:?}")
    }

    async fn record(&mut self, name: &'static str, events: Vec<Event>) {
        let stored = events.into_iter().map(|event| stored(self.random.uuid(), event)).collect();
        self.store.append(Commit { events: stored, guards: Vec::new() }).await.unwrap();
        if ["correctEvent", "annulEvent"].contains(&name) {
            self.answers.push(self.store.head().borrow().0);
        }
    }
}

/// Every draw, in the order of the lists.
pub fn draws() -> impl Iterator<Item = &'static Draw> {
    DRAWS.iter().chain(WORK).flat_map(|step| step.iter())
}

/// Fills in what the counter would derive, as if every key were there.
fn derive(name: &str, input: &mut Input) {
    for derived in Command::derived(name) {
        let text = match derived.from {
            Source::Person { field, label, .. } => input.get(field).map(|person| format!("{label}{person}")),
            Source::House { text } => text(input),
        };
        if let Some(text) = text {
            let id = derived_id(Uuid::new_v5(&Uuid::nil(), text.as_bytes()).into_bytes());
            input.insert(derived.field.into(), json!(id));
        }
    }
}

/// The event as the store takes it. What it says must be read back as it was decided.
fn stored(id: Uuid, event: Event) -> store::Event {
    let stored = wire::encode(&event.fact);
    let read = wire::decode(&stored.kind, stored.version, &stored.fact);
    assert_eq!(read.as_ref(), Ok(&event.fact), "a fact is not read as it was written");
    assert_eq!(wire::encode(&event.fact).fact, stored.fact);
    let about =
        |one: domain::fact::About| store::About { stream: stream_id(one.stream), role: store::Role(one.role as u8) };
    store::Event {
        id,
        about: event.about.into_iter().map(about).collect(),
        kind: stored.kind,
        version: stored.version,
        effective_on: event.effective_on,
        actor: Actor { user: "worker-1".into(), role: "case-worker".into(), organisation: "cpas-one".into() },
        on_behalf_of: None,
        source: "api".into(),
        batch: None,
        causation: None,
        correlation: None,
        rule_set: event.rule_set.map(str::to_owned),
        legal_basis: None,
        corrects: event.corrects.map(|target| target.0),
        fact: stored.fact,
        sealed: Vec::new(),
    }
}
