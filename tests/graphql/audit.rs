//! What an auditor asks of a file: what was learnt between two instants, what each record changed, what led to what.

use crate::house::{House, code, person};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const ENTERED: &str = "query($id: ID!) { participant(id: $id) {
    timeline(filter: {kinds: [CellEntered]}) { nodes { id } } } }";

/// The record by which the second participant entered a cell.
fn entered(house: &House) -> Value {
    house.server.data_with(ENTERED, &json!({"id": person(2)}))["participant"]["timeline"]["nodes"][0]["id"].take()
}

fn correct(house: &House, target: &Value, cell: &str) -> Value {
    let input = json!({"stream": person(2), "target": target, "reason": "TYPING_ERROR", "on": "2022-03-02",
        "changes": {"cell": cell}});
    house.record("correctEvent", input)["events"][0].take()
}

fn annul(house: &House, target: &Value) -> Value {
    let input = json!({"stream": person(2), "target": target, "reason": "NEVER_HAPPENED"});
    house.record("annulEvent", input)["events"][0].take()
}

fn change(house: &House, event: &Value) -> Value {
    let query = "query($id: ID!) { event(id: $id) { change { effect original fields { field oldValue newValue } } } }";
    house.server.data_with(query, &json!({ "id": event }))["event"]["change"].take()
}

#[test]
fn each_record_says_what_it_changed_with_old_and_new_values() {
    let house = House::with_participants(2);
    let target = entered(&house);
    assert_eq!(change(&house, &target), json!({"effect": "NEW", "original": null, "fields": []}));
    let correction = correct(&house, &target, "EMPLOYMENT");
    let field = |field: &str, old: Value, new: Value| json!({"field": field, "oldValue": old, "newValue": new});
    let day = field("effectiveOn", json!("2022-03-01"), json!("2022-03-02"));
    let cell = field("cell", json!("ALPHA"), json!("EMPLOYMENT"));
    assert_eq!(change(&house, &correction), json!({"effect": "CORRECTED", "original": target, "fields": [day, cell]}));
    let again = correct(&house, &target, "ART60");
    assert_eq!(change(&house, &again)["fields"], json!([field("cell", json!("EMPLOYMENT"), json!("ART60"))]));
    let restored = annul(&house, &again);
    let back = change(&house, &restored);
    assert_eq!((&back["effect"], &back["original"]), (&json!("RESTORED"), &target));
    assert_eq!(back["fields"], json!([field("cell", json!("ART60"), json!("EMPLOYMENT"))]));
    let annulment = annul(&house, &target);
    let gone = change(&house, &annulment);
    assert_eq!(gone["effect"], "ANNULLED");
    assert!(gone["fields"].as_array().expect("fields").contains(&field("cell", json!("EMPLOYMENT"), Value::Null)));
    let query = "query($id: ID!) { event(id: $id) { annulment { id } correction { id } answers { id } } }";
    let told = house.server.data_with(query, &json!({ "id": target }));
    assert_eq!(told["event"]["annulment"]["id"], annulment);
    let told = house.server.data_with(query, &json!({ "id": annulment }));
    assert_eq!(told["event"]["answers"]["id"], target);
}

#[test]
fn what_was_learnt_between_two_instants_is_told_by_record_and_by_view() {
    let house = House::with_participants(2);
    let (before, target) = (house.last_instant(), entered(&house));
    correct(&house, &target, "EMPLOYMENT");
    let query = "query($id: ID!, $from: DateTime!, $to: DateTime) { participant(id: $id) { diff(from: $from, to: $to) {
        records { totalCount nodes { kind delayDays change { effect } actor { user } correctionReason } }
        views { view appeared { row } gone { row } changed { row columns { field oldValue newValue } } } } } }";
    let data = house.server.data_with(query, &json!({"id": person(2), "from": before}));
    let diff = &data["participant"]["diff"];
    assert_eq!(diff["records"]["totalCount"], 1);
    assert_eq!(diff["records"]["nodes"][0]["change"]["effect"], "CORRECTED");
    let views = diff["views"].as_array().expect("views");
    let cells = views.iter().find(|view| view["view"] == "cells").expect("the cells say otherwise");
    let columns = cells["changed"][0]["columns"].as_array().expect("columns");
    assert!(columns.iter().any(|column| column["newValue"].to_string().contains("EMPLOYMENT")), "{columns:?}");
    let nothing = house.server.data_with(query, &json!({"id": person(2), "from": before, "to": before}));
    assert_eq!(nothing["participant"]["diff"], json!({"records": {"totalCount": 0, "nodes": []}, "views": []}));
    let answer = house
        .server
        .answer(query, &json!({"id": person(2), "from": "2021-01-01T00:00:00Z", "to": "2020-01-01T00:00:00Z"}));
    assert_eq!(code(&answer), "BAD_INPUT");
}

#[test]
fn causes_effects_and_acts_are_followed_across_files() {
    let house = House::with_participants(2);
    let cause = entered(&house);
    let (bare, act) = (cause.as_str().expect("an id").trim_start_matches("Event:").to_owned(), Uuid::now_v7());
    for number in [1, 2] {
        let input = json!({"participant": person(number), "on": "2022-06-01", "phone": "invented", "causation": bare,
            "correlation": act});
        house.record("changeContact", input);
    }
    let query = "query($id: ID!) { event(id: $id) { cause { id } act { totalCount }
        effects { totalCount nodes { kind cause { id } act { totalCount nodes { kind } } streams { id } } } } }";
    let told = house.server.data_with(query, &json!({ "id": cause }));
    let event = &told["event"];
    assert_eq!((&event["cause"], &event["act"]), (&Value::Null, &Value::Null));
    assert_eq!(event["effects"]["totalCount"], 2);
    let first = &event["effects"]["nodes"][0];
    assert_eq!((&first["cause"]["id"], &first["act"]["totalCount"]), (&cause, &json!(2)));
    assert_eq!(first["streams"][0]["id"], person(1));
    let before = "query($id: ID!, $at: DateTime) { event(id: $id, asKnownAt: $at) { effects { totalCount } } }";
    let at = house.server.data_with("query($id: ID!) { event(id: $id) { recordedAt } }", &json!({ "id": cause }));
    let told = house.server.data_with(before, &json!({"id": cause, "at": at["event"]["recordedAt"]}));
    assert_eq!(told["event"]["effects"]["totalCount"], 0, "nothing had followed by then");
}

#[test]
fn a_timeline_is_filtered_by_step_actor_way_and_delay() {
    let house = House::with_participants(2);
    let count = |filter: &str| {
        let query =
            format!("query($id: ID!) {{ participant(id: $id) {{ timeline(filter: {{{filter}}}) {{ totalCount }} }} }}");
        house.server.data_with(&query, &json!({"id": person(2)}))["participant"]["timeline"]["totalCount"].clone()
    };
    assert_eq!(count(""), 4);
    assert_eq!(count("steps: [PATHWAY]"), 2);
    assert_eq!(count("steps: [AID, PERSON]"), 2);
    assert_eq!(count("user: \"local\", role: \"local\", recordedFor: \"local\", source: \"api\""), 4);
    assert_eq!(count("user: \"somebody\""), 0);
    assert_eq!(count("source: \"import\""), 0);
    assert_eq!(count("delayDaysMin: 365"), 4);
    assert_eq!(count("delayDaysMin: 100000"), 0);
    let all = house.server.data("{ events(filter: {steps: [PATHWAY], role: \"local\"}) { totalCount } }");
    assert_eq!(all["events"]["totalCount"], 2);
}

#[test]
fn sealed_parts_are_told_without_being_opened() {
    let house = House::with_participants(1);
    let query = "query($id: ID!) { participant(id: $id) { timeline { nodes { sealedParts { class state } } } } }";
    let data = house.server.data_with(query, &json!({"id": person(1)}));
    let parts = &data["participant"]["timeline"]["nodes"][0]["sealedParts"];
    assert_eq!(*parts, json!([{"class": "IDENTIFYING", "state": "SEALED"}]));
}

/// The questions that lack one of the two times, each with the reason; those that are not here have both.
const WITHOUT: [(&str, &str); 11] = [
    ("indicators", "each figure names its own days"),
    ("rules", "the law is dated by its own days: `on`"),
    ("ruleSets", "every set with its days in force"),
    ("codes", "codes are for ever"),
    ("importBatches", "what came in is told by the records of the batch, each with both times"),
    ("importBatch", "as importBatches"),
    ("integrity", "a tree is asked by its size"),
    ("head", "the present end of the log"),
    ("accessLedger", "an entry happens when it is recorded: `from` and `to`"),
    ("publishedFigures", "each names its own instant of knowledge"),
    ("recorded", "whether a key was ever used"),
];

#[test]
fn every_question_takes_both_times_or_says_why_not() {
    let house = House::new();
    let query = "{ __type(name: \"Query\") { fields { name args { name } } } }";
    let data = house.server.data(query);
    let reasons: BTreeMap<&str, &str> = WITHOUT.into_iter().collect();
    for field in data["__type"]["fields"].as_array().expect("fields") {
        let name = field["name"].as_str().expect("a name");
        let has = |wanted: &str| field["args"].as_array().expect("arguments").iter().any(|one| one["name"] == wanted);
        let both = has("asOf") && has("asKnownAt");
        assert!(both != reasons.contains_key(name), "{name} takes both times: {both}; reason: {:?}", reasons.get(name));
    }
}

#[test]
fn a_record_is_unknown_before_it_was_recorded_and_after_the_day_of_the_question() {
    let house = House::with_participants(2);
    let target = entered(&house);
    let query = "query($id: ID!, $day: Date, $at: DateTime) { event(id: $id, asOf: $day, asKnownAt: $at) { id }
        node(id: $id, asOf: $day, asKnownAt: $at) { id }
        events(filter: {steps: [PERSON, AID, PATHWAY]}, asOf: $day, asKnownAt: $at) { totalCount } }";
    let told = |day: Value, at: Value| house.server.data_with(query, &json!({"id": target, "day": day, "at": at}));
    let all = told(Value::Null, Value::Null);
    assert_eq!((&all["event"]["id"], &all["node"]["id"], &all["events"]["totalCount"]), (&target, &target, &json!(5)));
    let early = told(json!("2022-02-28"), Value::Null);
    assert_eq!(
        (&early["event"], &early["node"], &early["events"]["totalCount"]),
        (&Value::Null, &Value::Null, &json!(3))
    );
    let before = told(Value::Null, json!("2020-01-01T00:00:00Z"));
    assert_eq!((&before["event"], &before["events"]["totalCount"]), (&Value::Null, &json!(0)));
}
