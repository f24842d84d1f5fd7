//! Whoever is erased stays erased: no value opens again, not from an older copy of the keys, and nothing else moves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::{Server, done, trajet};
use uuid::Uuid;

const PERSON: &str = "00000000-0000-4000-8000-0000000000e1";
const NAME: &str = "Inventedlongname";

fn record(server: &Server, mutation: &str, mut input: Value) -> Value {
    input["idempotencyKey"] = json!(Uuid::now_v7());
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ position events }} }}");
    server.answer(&document, &json!({ "input": input }))
}

fn told(answer: &Value) -> &Value {
    assert!(answer.get("errors").is_none(), "{answer}");
    &answer["data"]
}

/// A person with a name, a telephone and a work penalty.
fn with_person(data: &Path) -> Server {
    let server = Server::start(data);
    let given = |mutation, input| told(&record(&server, mutation, input)).clone();
    given(
        "registerParticipant",
        json!({"participant": PERSON, "on": "2022-01-01", "organisation": "cpas-exemple", "familyName": NAME,
            "givenName": "Name"}),
    );
    given("changeContact", json!({"participant": PERSON, "on": "2022-01-02", "phone": "0470000000"}));
    given(
        "assignPenalty",
        json!({"participant": PERSON, "on": "2022-02-01", "organisation": "cpas-exemple", "hoursOrdered": "60",
            "finalOn": "2022-01-15", "mandateReference": "invented-mandate"}),
    );
    server
}

fn erase(server: &Server) {
    let asked =
        json!({"participant": PERSON, "on": "2022-06-01", "requester": "PERSON", "ground": "CONSENT_WITHDRAWN"});
    told(&record(server, "requestErasure", asked));
    told(&record(server, "eraseParticipant", json!({"participant": PERSON, "on": "2022-06-02"})));
}

/// What of the person can still be read: open values, erased classes, penalties.
fn readable(server: &Server) -> (usize, usize, usize) {
    let query = "query($id: ID!) { participant(id: $id) { personal { state value } workPenalties { hoursOrdered }
        retention { erasedOn } } }";
    let data = server.data_with(query, &json!({ "id": PERSON }));
    let of = |state: &str| {
        let values = data["participant"]["personal"].as_array().unwrap();
        values.iter().filter(|value| value["state"] == state).count()
    };
    (of("OPEN"), of("ERASED"), data["participant"]["workPenalties"].as_array().unwrap().len())
}

#[test]
fn whoever_is_erased_is_not_read_again_not_from_an_older_copy_of_the_keys() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = with_person(&data);
    assert_eq!(readable(&server), (3, 0, 1));
    let vault = data.join("keys/vault");
    let before = fs::read(&vault).unwrap();
    erase(&server);
    assert_eq!(readable(&server), (0, 2, 0), "names and contact erased, and nothing leads to the judicial file");
    let refused = record(&server, "changeContact", json!({"participant": PERSON, "on": "2022-06-03", "phone": "0"}));
    assert_eq!(refused["errors"][0]["extensions"]["code"], "PERSON_ERASED", "no key is made anew");
    let grant = json!({"participant": PERSON, "on": "2022-06-05", "organisation": "cpas-exemple", "kind": "RIS",
        "notifiedOn": "2022-06-05"});
    told(&record(&server, "grantAid", grant));
    server.kill();
    keys_are_overwritten(&before, &fs::read(&vault).unwrap());
    done(&["verify", "--data", data.to_str().unwrap()]);
    // An older copy of the keys, put back beside the log.
    fs::write(&vault, &before).unwrap();
    let server = Server::start(&data);
    assert_eq!(readable(&server), (0, 2, 0));
    server.kill();
    keys_are_overwritten(&before, &fs::read(&vault).unwrap());
    let exported = done(&["export", "events", "--data", data.to_str().unwrap()]);
    assert!(exported.contains("SubjectKeyDestroyed") && !exported.contains(NAME));
}

/// No wrapped key that was in the vault is in it any more, wherever: its 48 bytes in a slot are looked for.
fn keys_are_overwritten(before: &[u8], after: &[u8]) {
    let slots = before[4096..].chunks(128).filter(|slot| slot.iter().filter(|byte| **byte != 0).count() > 64);
    let wrapped: Vec<&[u8]> = slots.map(|slot| &slot[44..92]).collect();
    assert!(wrapped.len() >= 4, "a key for each class of the person, and of the judicial file: {}", wrapped.len());
    for key in wrapped {
        assert!(!after.windows(key.len()).any(|bytes| bytes == key), "a wrapped key is still there");
    }
}

#[test]
fn figures_stay_what_they_were_when_a_counted_person_is_erased() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    done(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    let server = Server::start(&data);
    let figures =
        "{ indicators(organisation: \"samusocial\") { personsAccompanied(year: 2020) { value numerator unknown }
        personsContractEnded(year: 2020) { value } hiredActiveAt(cohortEndedIn: 2020, at: \"2021-04-18\") { value }
        trainingPersonHours(year: 2022, measure: ART60) { value } } }";
    let before = server.data(figures);
    let query =
        "{ participants(filter: {measure: ART60, organisation: \"samusocial\"}, asOf: \"2020-06-01\", first: 5) {
        nodes { uuid personal { state } } } }";
    let counted = server.data(query)["participants"]["nodes"].clone();
    for person in counted.as_array().unwrap() {
        assert_eq!(person["personal"][0]["state"], "OPEN");
        let asked =
            json!({"participant": person["uuid"], "on": "2026-01-01", "requester": "PERSON", "ground": "UNLAWFUL"});
        told(&record(&server, "requestErasure", asked));
        told(&record(&server, "eraseParticipant", json!({"participant": person["uuid"], "on": "2026-01-02"})));
    }
    assert_eq!(server.data(figures), before);
    server.kill();
    done(&["rebuild", "--data", data.to_str().unwrap()]);
    let server = Server::start(&data);
    assert_eq!(server.data(figures), before, "folded anew");
    drop(server);
    assert_eq!(trajet(&["verify", "--data", data.to_str().unwrap()]).status.code(), Some(0));
}

#[test]
fn an_erasure_asked_for_twice_with_one_key_is_done_once_and_done() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_person(&folder.path().join("data"));
    let asked = json!({"participant": PERSON, "on": "2022-06-01", "requester": "HOUSE", "ground": "UNLAWFUL"});
    told(&record(&server, "requestErasure", asked));
    let key = Uuid::now_v7();
    let query = "mutation($input: EraseParticipantInput!) { eraseParticipant(input: $input) { position repeated } }";
    let input = json!({"input": {"idempotencyKey": key, "participant": PERSON, "on": "2022-06-02"}});
    let first = server.data_with(query, &input);
    let again = server.data_with(query, &input);
    assert_eq!(first["eraseParticipant"]["position"], again["eraseParticipant"]["position"]);
    assert_eq!(again["eraseParticipant"]["repeated"], true);
    assert_eq!(readable(&server).0, 0);
}
