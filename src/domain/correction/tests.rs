//! The rules of correction and annulment, each as given, when, then.

use super::{Event, lost};
use crate::fact::StreamKind;
use crate::fact::{Fact, Stream};
use crate::history::Cut;
use crate::ids::{PersonId, PostId};
use crate::personal::Field;
use crate::scenario::Scenario;
use crate::wire;
use crate::{contract, post};
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

const ANNA: PersonId = PersonId(Uuid::from_u128(0xa));
const BILAL: PersonId = PersonId(Uuid::from_u128(0xb));
const DESK: PostId = PostId(Uuid::from_u128(0xc));
const VAN: PostId = PostId(Uuid::from_u128(0xd));

/// Position 1: Anna registered, 2: Bilal registered, 3: aid granted to Anna from 1 March 2022.
fn granted() -> Scenario {
    let register = |who: PersonId| {
        json!({"participant": who, "on": "2022-01-01", "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name"})
    };
    let grant = json!({"participant": ANNA, "grant": Uuid::from_u128(1), "on": "2022-03-01",
        "organisation": "cpas-molenbeek", "kind": "RIS", "category": "SINGLE", "notifiedOn": "2022-03-20"});
    Scenario::new()
        .given_command("registerParticipant", register(ANNA))
        .given_command("registerParticipant", register(BILAL))
        .given_command("grantAid", grant)
}

fn annul(scenario: &Scenario, stream: impl Into<Stream>, position: usize) -> Value {
    json!({"stream": stream.into(), "target": scenario.id(position), "reason": "TYPING_ERROR"})
}

fn correct(scenario: &Scenario, stream: impl Into<Stream>, position: usize, changes: Value) -> Value {
    json!({"stream": stream.into(), "target": scenario.id(position), "reason": "TYPING_ERROR", "changes": changes})
}

fn annulled(scenario: Scenario, stream: impl Into<Stream>, position: usize) -> Scenario {
    let input = annul(&scenario, stream, position);
    scenario.given_command("annulEvent", input)
}

fn corrected(scenario: Scenario, stream: impl Into<Stream>, position: usize, changes: Value) -> Scenario {
    let input = correct(&scenario, stream, position, changes);
    scenario.given_command("correctEvent", input)
}

/// The aid of each: day, and to whom the fact says it went.
fn aid(scenario: &Scenario, person: PersonId) -> Vec<(String, PersonId)> {
    let history = scenario.history(person, Cut::default());
    let aid = history.entries().filter_map(|entry| match entry.fact {
        Fact::Aid(event) => Some((entry.on.to_string(), event.person())),
        _ => None,
    });
    aid.collect()
}

#[test]
fn an_annulled_record_does_not_count() {
    let annulled = annulled(granted(), ANNA, 3);
    assert!(aid(&annulled, ANNA).is_empty());
    annulled.when("annulEvent", annul(&annulled, ANNA, 3)).refused("ALREADY_ANNULLED", "target");
    annulled
        .when("correctEvent", correct(&annulled, ANNA, 3, json!({"kind": "ERIS"})))
        .refused("ALREADY_ANNULLED", "target");
}

#[test]
fn annulling_an_annulment_restores() {
    let restored = annulled(annulled(granted(), ANNA, 3), ANNA, 4);
    assert_eq!(aid(&restored, ANNA), [("2022-03-01".to_owned(), ANNA)]);
    restored.when("annulEvent", annul(&restored, ANNA, 5)).refused("NOT_A_CORRECTION_TARGET", "target");
    let again = annulled(restored, ANNA, 3);
    assert!(aid(&again, ANNA).is_empty());
}

#[test]
fn a_correction_changes_the_day_and_the_fields_given_and_no_other() {
    let scenario = granted();
    let mut input = correct(&scenario, ANNA, 3, json!({"category": null, "notifiedOn": "2022-03-25"}));
    input["on"] = json!("2022-03-05");
    let events = scenario.when("correctEvent", input).events();
    let Fact::Correction(Event::Corrected { replacement, target_position: 3, .. }) = &events[0].fact else {
        unreachable!("{events:?}")
    };
    assert_eq!(events[0].effective_on.to_string(), "2022-03-05");
    assert_eq!(events[0].corrects, Some(scenario.id(3)));
    let fields = wire::to_json(&replacement.fact);
    assert_eq!((fields.get("category"), fields["notifiedOn"].as_str()), (None, Some("2022-03-25")));
    assert_eq!(fields["kind"], "RIS");
}

#[test]
fn a_correction_of_an_unknown_field_or_value_is_refused_and_not_quoted() {
    let scenario = granted();
    let with = |changes: Value| scenario.when("correctEvent", correct(&scenario, ANNA, 3, changes));
    with(json!({"familyName": "Invented"})).refused("UNKNOWN_FIELD", "changes");
    with(json!({"kind": "Invented"})).refused("BAD_VALUE", "changes");
    with(json!({"kind": null})).refused("BAD_VALUE", "changes");
    with(json!({"kind": "RIS"})).refused("NOTHING_CHANGED", "changes");
    with(json!({})).refused("NOTHING_CHANGED", "changes");
    let command = correct(&scenario, ANNA, 3, json!({"kind": "Invented"}));
    let command = crate::command::Command::parse("correctEvent", command);
    assert!(!format!("{command:?}").contains("Invented"));
}

#[test]
fn the_last_standing_correction_holds_and_the_one_before_when_it_is_annulled() {
    let twice = corrected(granted(), ANNA, 3, json!({"kind": "ERIS"}));
    let twice = corrected(twice, ANNA, 3, json!({"category": "COHABITING"}));
    let said = |scenario: &Scenario| {
        let history = scenario.history(ANNA, Cut::default());
        let fields = history.entries().find(|entry| matches!(entry.fact, Fact::Aid(_)));
        fields.map(|entry| {
            let fields = wire::to_json(entry.fact);
            (fields["kind"].to_string(), fields["category"].to_string())
        })
    };
    let both = |kind: &str, category: &str| Some((format!("{kind:?}"), format!("{category:?}")));
    assert_eq!(said(&twice), both("ERIS", "COHABITING"));
    let once = annulled(twice.clone(), ANNA, 5);
    assert_eq!(said(&once), both("ERIS", "SINGLE"));
    let first_annulled = annulled(twice, ANNA, 4);
    assert_eq!(said(&first_annulled), both("ERIS", "COHABITING"), "the later correction carries the whole content");
    assert_eq!(said(&annulled(annulled(once, ANNA, 4), ANNA, 3)), None);
}

#[test]
fn only_an_original_is_corrected() {
    let once = corrected(granted(), ANNA, 3, json!({"kind": "ERIS"}));
    once.when("correctEvent", correct(&once, ANNA, 4, json!({"kind": "RIS"})))
        .refused("NOT_A_CORRECTION_TARGET", "target");
    let unknown = json!({"stream": Stream::from(BILAL), "target": once.id(3), "reason": "DUPLICATE"});
    once.when("annulEvent", unknown).refused("TARGET_UNKNOWN", "target");
}

#[test]
fn a_record_moves_to_another_person_and_back() {
    let moved = corrected(granted(), ANNA, 3, json!({"person": BILAL}));
    assert_eq!((aid(&moved, ANNA).len(), aid(&moved, BILAL).len()), (0, 1));
    // From the stream that never held the original.
    let undone = annulled(moved.clone(), BILAL, 4);
    assert_eq!((aid(&undone, ANNA).len(), aid(&undone, BILAL).len()), (1, 0));
    let redone = annulled(undone, BILAL, 5);
    assert_eq!((aid(&redone, ANNA).len(), aid(&redone, BILAL).len()), (0, 1));
    let back = corrected(moved.clone(), ANNA, 3, json!({"person": ANNA, "kind": "ERIS"}));
    assert_eq!((aid(&back, ANNA).len(), aid(&back, BILAL).len()), (1, 0));
    let gone = annulled(moved, ANNA, 3);
    assert_eq!((aid(&gone, ANNA).len(), aid(&gone, BILAL).len()), (0, 0));
}

#[test]
fn an_answer_stands_in_every_stream_of_its_family_the_originals_primary_first() {
    let terms = contract::Event::Started {
        person: ANNA,
        engagement: crate::ids::EngagementId(Uuid::from_u128(2)),
        place: contract::Place { post: Some(DESK), agreement: None },
    };
    let scenario = granted().given("2022-04-01".parse().unwrap(), terms);
    let moved = corrected(scenario, ANNA, 4, json!({"place": {"post": VAN}}));
    let scenario = moved.given("2022-04-02".parse().unwrap(), post::Event::Closed { post: DESK });
    let events = scenario.when("annulEvent", annul(&scenario, DESK, 4)).events();
    let streams: Vec<_> = events[0].about.iter().map(|about| (about.stream.kind, about.stream.id)).collect();
    assert_eq!(streams, [(StreamKind::Person, ANNA.0), (StreamKind::Post, DESK.0), (StreamKind::Post, VAN.0)]);
    let at = |post: PostId| {
        let history = scenario.history(post, Cut::default());
        history.entries().filter(|entry| matches!(entry.fact, Fact::Contract(_))).count()
    };
    assert_eq!((at(DESK), at(VAN)), (0, 1));
}

#[test]
fn a_nested_field_that_nothing_reads_is_refused() {
    let event = contract::Event::Started {
        person: ANNA,
        engagement: crate::ids::EngagementId(Uuid::from_u128(2)),
        place: contract::Place { post: Some(DESK), agreement: None },
    };
    let scenario = granted().given("2022-04-01".parse().unwrap(), event);
    let changes = json!({"place": {"poste": VAN}});
    scenario.when("correctEvent", correct(&scenario, ANNA, 4, changes)).refused("BAD_VALUE", "changes");
    assert_eq!(
        lost(json!({"a": {"b": 1}}).as_object().unwrap(), json!({"a": {}}).as_object().unwrap()),
        Some("a.b".to_owned())
    );
}

#[test]
fn a_correction_seals_only_the_personal_fields_that_change() {
    let scenario = granted();
    let mut input = correct(&scenario, ANNA, 1, json!({}));
    input["personal"] = json!({"GIVEN_NAME": "Other"});
    input["motive"] = json!("as the card says");
    let events = scenario.when("correctEvent", input.clone()).events();
    let fields: Vec<_> = events[0].personal.iter().collect();
    assert_eq!(fields, [(Field::GivenName, "Other"), (Field::Motive, "as the card says")]);
    input["personal"] = json!({"MOTIVE": "x"});
    scenario.when("correctEvent", input).refused("MOTIVE_NOT_CORRECTED", "personal");
}
