//! What is answered of the past is what would have been answered then: for participants, days and instants drawn at
//! random, the whole history asked `asOf` and `asKnownAt` answers as an engine that holds nothing but the log up to there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod support;

use async_graphql::{Request, Variables};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::history::Cut;
use domain::ids::PersonId;
use projections::{Columns, ViewSet, Views};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::{Commit, EventStore, Position, Record};
use support::{Chance, done};
use trajet::clock::Rehearsal;
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::{Engine, graphql};

/// Participants asked for; at each pair of a day and an instant, some of them.
const PARTICIPANTS: usize = 200;
const PAIRS: usize = 20;
/// How deep fields are asked for, and how many of one list.
const DEPTH: usize = 3;
const FIRST: usize = 500;

/// Things that have a file of their own.
const THINGS: [&str; 5] = ["Participant", "Post", "Agreement", "Course", "Organisation"];

/// What is not of the moment, and says so: the number of records in the file now, and who read it.
const OF_NOW: [&str; 2] = ["revision", "accessLedger"];

/// The selections of a participant, one per field, taken from the contract itself: a new field is asked for too.
fn selections(types: &BTreeMap<String, Value>) -> Vec<String> {
    let fields = types["Participant"]["fields"].as_array().unwrap();
    fields.iter().filter_map(|field| selection(types, field, DEPTH)).collect()
}

fn selection(types: &BTreeMap<String, Value>, field: &Value, depth: usize) -> Option<String> {
    let name = field["name"].as_str().unwrap();
    let required = |argument: &Value| argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null();
    let arguments = field["args"].as_array().unwrap();
    if OF_NOW.contains(&name) || arguments.iter().any(required) {
        return None;
    }
    let pages = arguments.iter().any(|argument| argument["name"] == "first");
    let arguments = if pages { format!("(first: {FIRST})") } else { String::new() };
    let mut of = &field["type"];
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    match of["kind"].as_str().unwrap() {
        "SCALAR" | "ENUM" => Some(format!("{name}{arguments}")),
        // Things of their own are named: what they say is asked of them.
        "OBJECT" if THINGS.contains(&of["name"].as_str().unwrap()) => Some(format!("{name}{arguments} {{ id }}")),
        // Another record is named: what it says is asked of it.
        "OBJECT" if of["name"] == "Event" && name != "nodes" => Some(format!("{name} {{ id }}")),
        "OBJECT" if of["name"] == "LinkedEventConnection" => {
            Some(format!("{name}(first: 5) {{ totalCount nodes {{ id }} }}"))
        }
        "OBJECT" if depth > 0 => {
            let fields = types[of["name"].as_str().unwrap()]["fields"].as_array().unwrap();
            // A page is no step down.
            let below = if matches!(name, "nodes") || pages { depth } else { depth - 1 };
            let fields: Vec<String> = fields
                .iter()
                .filter(|field| !(pages && matches!(field["name"].as_str(), Some("edges" | "pageInfo"))))
                .filter_map(|field| selection(types, field, below))
                .collect();
            (!fields.is_empty()).then(|| format!("{name}{arguments} {{ {} }}", fields.join(" ")))
        }
        _ => None,
    }
}

/// Every type of the contract by its name.
async fn types(schema: &graphql::Schema) -> BTreeMap<String, Value> {
    let of = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
    let query = format!(
        "{{ __schema {{ types {{ name fields {{ name args {{ name defaultValue type {{ kind }} }} type {{ {of} }} }} }} }} }}"
    );
    let answer = schema.execute(query).await.data.into_json().unwrap();
    let types = answer["__schema"]["types"].as_array().unwrap().clone();
    types.into_iter().map(|one| (one["name"].as_str().unwrap().to_owned(), one)).collect()
}

async fn ask(schema: &graphql::Schema, selection: &str, variables: Value) -> Value {
    let query = format!(
        "query($id: ID!, $asOf: Date, $asKnownAt: DateTime) {{ participant(id: $id, asOf: $asOf, asKnownAt: $asKnownAt) \
{{ {selection} }} }}"
    );
    let answer = schema.execute(Request::new(query).variables(Variables::from_json(variables))).await;
    assert!(answer.errors.is_empty(), "{selection}: {:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// The log again, as far as an instant: the same events under the same keys, recorded at the same instants.
struct Replay {
    engine: Engine,
    clock: Arc<Rehearsal>,
    rest: std::iter::Peekable<std::vec::IntoIter<Record>>,
}

impl Replay {
    fn new(folder: &Path, keys: &Path, records: Vec<Record>) -> Self {
        fs::create_dir_all(folder.join("keys")).unwrap();
        for file in fs::read_dir(keys).unwrap().map(Result::unwrap).filter(|file| file.file_name() != "vault.lock") {
            fs::copy(file.path(), folder.join("keys").join(file.file_name())).unwrap();
        }
        let clock = Arc::new(Rehearsal::at(records[0].recorded_at));
        let engine = Engine::open(Setup::new(DataDir::new(folder), clock.clone())).unwrap();
        Self { engine, clock, rest: records.into_iter().peekable() }
    }

    /// Records everything that was recorded by an instant, inclusive.
    async fn up_to(&mut self, instant: DateTime<Utc>) {
        while let Some(at) = self.rest.peek().map(|record| record.recorded_at).filter(|at| *at <= instant) {
            let mut events = Vec::new();
            while let Some(record) = self.rest.next_if(|record| record.recorded_at == at && events.len() < 5_000) {
                events.push(record.event);
            }
            self.clock.set(at);
            self.engine.store.append(Commit { events, guards: Vec::new() }).await.unwrap();
        }
        self.clock.set(instant);
        let head = *self.engine.store.head().borrow();
        self.engine.runtime.at_least(head, Duration::from_secs(300)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_answered_as_a_replay_of_the_log_cut_there_would() {
    let mut chance = Chance::new();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    done(&["demo", "--no-serve", "--data", whole.to_str().unwrap()]);
    let engine = Engine::open(Setup::new(DataDir::new(&whole), Arc::new(store::SystemClock))).unwrap();
    let records = engine.store.read(Position(0), usize::MAX).unwrap();
    let mut replay = Replay::new(&folder.path().join("replay"), &whole.join("keys"), records.clone());
    let (now, then) = (graphql::schema(engine.clone()), graphql::schema_without_ledger(replay.engine.clone()));
    let selections = selections(&types(&now).await);
    assert!(selections.len() > 20 && selections.iter().any(|selection| selection.contains("timeline")));

    let mut instants: Vec<DateTime<Utc>> = (0..PAIRS)
        // Between two commits as often as upon one.
        .map(|_| chance.pick(&records).recorded_at + chrono::TimeDelta::milliseconds(i64::from(chance.below(2) == 0)))
        .collect();
    instants.sort_unstable();
    let (mut answers, mut known) = (0, 0);
    for instant in instants {
        replay.up_to(instant).await;
        let day = day(&records, instant, &mut chance);
        for _ in 0..PARTICIPANTS / PAIRS {
            let person = participant(&records, &mut chance);
            for selection in &selections {
                let at = json!({"id": person, "asOf": day, "asKnownAt": instant});
                let (of_whole, of_cut) = (ask(&now, selection, at.clone()).await, ask(&then, selection, at).await);
                assert_eq!(of_whole, of_cut, "{person} on {day}, known at {instant}: {selection}");
                answers += 1;
                known += usize::from(!of_whole["participant"].is_null());
            }
        }
    }
    let diffs = diffs_lead_from_one_instant_to_the_other(&engine, &now, &records, &mut chance).await;
    println!("{diffs} differences lead from the rows of one instant to those of another");
    println!("{answers} answers equal, {known} of persons who were known by then");
    assert!(known > answers / 4, "most draws are of persons who were known");
    engine.close().unwrap();
    replay.engine.close().unwrap();
}

/// A day around those that the records known by then are about.
fn day(records: &[Record], instant: DateTime<Utc>, chance: &mut Chance) -> NaiveDate {
    let known = records.partition_point(|record| record.recorded_at <= instant);
    chance.pick(&records[..known]).event.effective_on + Days::new(chance.below(40) as u64)
}

/// Whom a record is about: who has many is drawn often.
fn participant(records: &[Record], chance: &mut Chance) -> String {
    loop {
        let person = chance.pick(records).event.about.iter().find(|about| about.stream.kind == 1);
        if let Some(about) = person {
            return format!("Participant:{}", about.stream.id);
        }
    }
}

/// The rows of each view of a file, as known at an instant.
fn rows(engine: &Engine, person: PersonId, instant: DateTime<Utc>) -> BTreeMap<&'static str, Vec<Columns>> {
    let cut = Cut { as_known_at: Some(instant), ..Cut::default() };
    let (history, _) = projections::read_history(engine.store.as_ref(), person.into(), cut).unwrap();
    Views::rows_of(&history, &engine.law).unwrap().into_iter().collect()
}

/// What a difference says, done to the rows of the earlier instant, gives those of the later one; and the records that it
/// lists are those recorded in between.
async fn diffs_lead_from_one_instant_to_the_other(
    engine: &Engine,
    schema: &graphql::Schema,
    records: &[Record],
    chance: &mut Chance,
) -> usize {
    let mut differ = 0;
    for _ in 0..PARTICIPANTS {
        let person = participant(records, chance);
        let id = PersonId(person.strip_prefix("Participant:").unwrap().parse().unwrap());
        let mut instants = [chance.pick(records).recorded_at, chance.pick(records).recorded_at];
        instants.sort_unstable();
        let [from, to] = instants;
        let found = engine.difference(id.into(), (from, to), None).await.unwrap();
        let (mut earlier, later) = (rows(engine, id, from), rows(engine, id, to));
        for view in found {
            let rows = earlier.get_mut(view.view).unwrap();
            let changed = view.rows.changed.into_iter().map(|one| (one.earlier, one.later));
            let (gone, come): (Vec<_>, Vec<_>) = changed.unzip();
            for row in gone.into_iter().chain(view.rows.gone) {
                let place = rows.iter().position(|one| *one == row).expect("what is gone was there");
                rows.remove(place);
            }
            rows.extend(come.into_iter().chain(view.rows.appeared));
            differ += 1;
        }
        for (view, rows) in &mut earlier {
            let sorted = |rows: &[Columns]| {
                let mut rows: Vec<String> = rows.iter().map(|row| json!(row).to_string()).collect();
                rows.sort_unstable();
                rows
            };
            assert_eq!(sorted(rows), sorted(&later[view]), "{view} of {person} from {from} to {to}");
        }
        assert!(engine.difference(id.into(), (to, to), None).await.unwrap().is_empty());
        let listed = learnt(schema, &person, from, to).await;
        let stands = |record: &&Record| record.event.about.iter().any(|about| about.stream.id == id.0);
        let between = records.iter().filter(|record| from < record.recorded_at && record.recorded_at <= to);
        let expected: Vec<String> = between.filter(stands).map(|record| record.position.to_string()).collect();
        assert_eq!(listed, expected, "{person} from {from} to {to}");
    }
    assert!(differ > PARTICIPANTS / 4, "something was learnt of most");
    differ
}

/// The positions of what was learnt of a person between two instants.
async fn learnt(schema: &graphql::Schema, person: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<String> {
    let selection = format!(
        "diff(from: \"{}\", to: \"{}\") {{ records(first: {FIRST}) {{ nodes {{ position }} }} }}",
        from.to_rfc3339(),
        to.to_rfc3339()
    )
    .replace("+00:00", "Z");
    let answer = ask(schema, &selection, json!({ "id": person })).await;
    let nodes = answer["participant"]["diff"]["records"]["nodes"].as_array().cloned().unwrap_or_default();
    nodes.into_iter().map(|node| node["position"].as_str().unwrap().to_owned()).collect()
}
