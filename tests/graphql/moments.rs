//! As of a day, as known at an instant, and not before a position.

use crate::house::{House, code, person};
use serde_json::{Value, json};

const STAYS: &str = "query($id: ID!, $day: Date, $at: DateTime) {
    participant(id: $id, asOf: $day, asKnownAt: $at) { cells pathways { open } } }";

#[test]
fn a_late_entry_is_unknown_before_it_was_recorded() {
    let house = House::with_participants(2);
    let before = house.last_instant();
    let pathway = "00000000-0000-0000-0000-0000000003ea";
    house.record(
        "enterCell",
        json!({"participant": person(2), "pathway": pathway, "on": "2022-05-01", "cell": "EMPLOYMENT"}),
    );
    let cells = |day: Value, at: Value| {
        let variables = json!({"id": person(2), "day": day, "at": at});
        house.server.data_with(STAYS, &variables)["participant"]["cells"].clone()
    };
    assert_eq!(cells(Value::Null, Value::Null), json!(["EMPLOYMENT"]));
    assert_eq!(cells(Value::Null, before.clone()), json!(["ALPHA"]));
    assert_eq!(cells(json!("2022-04-30"), Value::Null), json!(["ALPHA"]));
    assert_eq!(cells(json!("2022-05-01"), Value::Null), json!(["EMPLOYMENT"]));
    assert_eq!(cells(json!("2022-02-28"), Value::Null), json!([]));
    assert_eq!(cells(Value::Null, json!("2999-01-01T00:00:00Z")), json!(["EMPLOYMENT"]), "an instant to come is now");
    let stock = |at: Value| {
        let query = "query($at: DateTime) { indicators(organisation: \"cpas-exemple\", asKnownAt: $at) {
            stockPerCell(on: \"2022-06-01\") { cells { cell value } } } }";
        let data = house.server.data_with(query, &json!({ "at": at }));
        let cells = data["indicators"]["stockPerCell"]["cells"].as_array().expect("cells").clone();
        cells.into_iter().find(|cell| cell["cell"] == "EMPLOYMENT").expect("the cell")["value"].clone()
    };
    assert_eq!((stock(before), stock(Value::Null)), (json!(0), json!(1)));
}

#[test]
fn who_wrote_reads_what_they_wrote() {
    let house = House::with_participants(1);
    let position = house.record(
        "grantAid",
        json!({"participant": person(1), "on": "2022-02-01", "organisation": "cpas-exemple", "kind": "RIS",
            "notifiedOn": "2022-02-10"}),
    )["position"]
        .clone();
    let query = "query($id: ID!, $at: Position) { participant(id: $id, notBefore: $at) { aids { kind running } } }";
    let data = house.server.data_with(query, &json!({"id": person(1), "at": position}));
    assert_eq!(data["participant"]["aids"], json!([{"kind": "RIS", "running": true}]));
    let answer = house.server.answer(query, &json!({"id": person(1), "at": "1000000"}));
    assert_eq!(code(&answer), "NOT_YET_RECORDED");
}

#[test]
fn an_annulled_record_stays_on_the_timeline_and_says_by_what() {
    let house = House::with_participants(2);
    let data = house.server.data(&format!(
        "{{ events(filter: {{participant: \"{}\", kinds: [CellEntered]}}) {{ nodes {{ id }} }} }}",
        person(2)
    ));
    let target = data["events"]["nodes"][0]["id"].clone();
    let annulled =
        house.record("annulEvent", json!({"stream": person(2), "target": target, "reason": "NEVER_HAPPENED"}));
    let data =
        house.server.data_with("query($id: ID!) { event(id: $id) { annulledBy countsOn } }", &json!({ "id": target }));
    assert_eq!(data["event"]["annulledBy"], annulled["events"][0]);
    let query = "query($id: ID!) { participant(id: $id) { cells timeline(filter: {counts: false}) {
        nodes { kind correctionReason countsOn annulledBy } } } }";
    let data = house.server.data_with(query, &json!({"id": person(2)}));
    let kinds: Vec<_> = data["participant"]["timeline"]["nodes"].as_array().expect("nodes").iter().collect();
    assert_eq!(data["participant"]["cells"], json!([]));
    assert_eq!((&kinds[0]["kind"], &kinds[1]["kind"]), (&json!("CellEntered"), &json!("EventAnnulled")));
    assert_eq!(kinds[1]["correctionReason"], "NEVER_HAPPENED");
}

#[test]
fn names_are_told_only_when_they_are_asked_for() {
    let house = House::with_participants(2);
    let silent = house
        .server
        .answer("{ events { nodes { kind fact } } participants { nodes { id lastStep { kind } } } }", &json!({}));
    assert!(!silent.to_string().contains("Invented"));
    let data = house.server.data(&format!(
        "{{ participant(id: \"{}\") {{ personal(classes: [IDENTIFYING]) {{ field class value state }} }} }}",
        person(2)
    ));
    let expected = json!([
        {"field": "FAMILY_NAME", "class": "IDENTIFYING", "value": "Invented 2", "state": "OPEN"},
        {"field": "GIVEN_NAME", "class": "IDENTIFYING", "value": "Name", "state": "OPEN"},
    ]);
    assert_eq!(data["participant"]["personal"], expected);
    let none = house.server.data("{ participants { nodes { personal(classes: [JUDICIAL]) { value } } } }");
    assert!(!none.to_string().contains("Invented"));
}

#[test]
fn who_worked_on_their_last_day_was_engaged_that_day() {
    let house = House::with_participants(1);
    let engagement = "00000000-0000-0000-0000-0000000007d0";
    house.record(
        "signEngagement",
        json!({"participant": person(1), "engagement": engagement, "on": "2022-04-20", "measure": "INTERN",
            "organisation": "samusocial", "employer": "cpas-exemple", "plannedFrom": "2022-05-02",
            "plannedUntil": "2022-06-30", "kind": "PLACEMENT"}),
    );
    house.record("startEngagement", json!({"participant": person(1), "engagement": engagement, "on": "2022-05-02"}));
    house.record(
        "endEngagement",
        json!({"participant": person(1), "engagement": engagement, "on": "2022-06-15", "cause": "TERM"}),
    );
    let engaged = |day: &str| {
        let query = "query($day: Date) { participants(asOf: $day, filter: {engaged: true, measure: INTERN}) {
            nodes { engaged engagements { running lastDay } } } }";
        house.server.data_with(query, &json!({ "day": day }))["participants"]["nodes"].clone()
    };
    assert_eq!(engaged("2022-05-01"), json!([]));
    assert_eq!(engaged("2022-05-02"), json!([{"engaged": true, "engagements": [{"running": true, "lastDay": null}]}]));
    assert_eq!(
        engaged("2022-06-15"),
        json!([{"engaged": true, "engagements": [{"running": true, "lastDay": "2022-06-15"}]}])
    );
    assert_eq!(engaged("2022-06-16"), json!([]));
}

#[test]
fn nobody_is_found_who_was_never_recorded() {
    let house = House::new();
    let data = house.server.data(&format!("{{ participant(id: \"{}\") {{ id }} head }}", person(9)));
    assert_eq!(data, json!({"participant": null, "head": "0"}));
}
