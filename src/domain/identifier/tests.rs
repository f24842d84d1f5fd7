//! The rules of national numbers, each as given, when, then. The numbers are those of `domain.md`, B.5.

use super::{Event, IdentifierKind, State, hashed};
use crate::fact::Fact;
use crate::history::Cut;
use crate::ids::{OrganisationId, PersonId};
use crate::person;
use crate::personal::Field;
use crate::scenario::Scenario;
use serde_json::{Value, json};
use uuid::Uuid;

/// A bis number and a number of the National Register, both of people born in 19xx.
const BIS: &str = "88.42.29-999.79";
const NATIONAL: &str = "93.05.18-223.61";

fn registered() -> Scenario {
    let organisation = || OrganisationId::new("cpas-molenbeek").unwrap();
    [1, 2].into_iter().fold(Scenario::new(), |scenario, number| {
        let person = PersonId(Uuid::from_u128(number));
        scenario
            .given("2022-01-01".parse().unwrap(), person::Event::Registered { person, organisation: organisation() })
    })
}

fn add(person: u128, on: &str, value: &str) -> Value {
    json!({"participant": Uuid::from_u128(person), "on": on, "kind": "NISS", "value": value})
}

fn replace(on: &str, value: &str) -> Value {
    let mut input = add(1, on, value);
    input["reason"] = json!("BIS_TO_NATIONAL");
    input
}

#[test]
fn the_number_is_sealed_and_only_its_hash_is_recorded() {
    let events = registered().when("addIdentifier", add(1, "2022-02-01", NATIONAL)).events();
    assert_eq!(events[0].personal.get(Field::NationalNumber), Some("93051822361"));
    let shown = format!("{events:?}");
    assert!(!shown.contains("93.05") && !shown.contains("93051822361"), "{shown}");
    let Fact::Identifier(Event::Added { kind, .. }) = &events[0].fact else { unreachable!() };
    assert_eq!(*kind, IdentifierKind::Niss);
}

#[test]
fn a_number_has_one_hash_however_it_is_written() {
    let of = |value: &str| hashed(json!({"kind": "NISS", "value": value}).as_object().unwrap());
    assert_eq!(of("93.05.18-223.61"), of("93 0518 22361"));
    assert_ne!(of(NATIONAL), of(BIS));
    assert_eq!(hashed(json!({"kind": "NISS"}).as_object().unwrap()), None);
}

#[test]
fn a_number_that_is_none_is_refused_and_not_quoted() {
    let scenario = registered();
    scenario.when("addIdentifier", add(1, "2022-02-01", "93.05.18-223.62")).refused("NATIONAL_NUMBER_INVALID", "value");
    let (_, refusal) = scenario.tried("addIdentifier", add(1, "2022-02-01", "93.05.18-223.62"));
    assert!(!refusal.unwrap_err().to_string().contains("223"));
}

#[test]
fn a_number_of_another_person_proposes_to_merge() {
    let held = registered().given_command("addIdentifier", add(1, "2022-02-01", NATIONAL));
    held.when("addIdentifier", add(2, "2022-02-02", "93051822361")).refused("NATIONAL_NUMBER_OF_ANOTHER", "value");
    let (_, refusal) = held.clone().tried("addIdentifier", add(2, "2022-02-02", NATIONAL));
    assert!(refusal.unwrap_err().to_string().contains(&Uuid::from_u128(1).to_string()));
    held.when("addIdentifier", add(1, "2022-02-02", NATIONAL)).refused("NATIONAL_NUMBER_KNOWN", "value");
}

#[test]
fn a_replaced_number_stays_the_persons_own() {
    let bis = registered().given_command("addIdentifier", add(1, "2022-02-01", BIS));
    bis.when("addIdentifier", add(1, "2022-03-01", NATIONAL)).refused("NATIONAL_NUMBER_HELD", "kind");
    bis.when("replaceIdentifier", replace("2022-01-31", NATIONAL)).refused("BEFORE_FORMER_NUMBER", "on");
    let national = bis.given_command("replaceIdentifier", replace("2022-03-01", NATIONAL));
    let state = State::of(&national.history(PersonId(Uuid::from_u128(1)), Cut::default()));
    let told: Vec<_> = state.identifiers.iter().map(|one| (one.on, one.replaced_on)).collect();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(told, [(day("2022-02-01"), Some(day("2022-03-01"))), (day("2022-03-01"), None)]);
    national.when("addIdentifier", add(2, "2022-04-01", BIS)).refused("NATIONAL_NUMBER_OF_ANOTHER", "value");
    registered().when("replaceIdentifier", replace("2022-03-01", NATIONAL)).refused("NATIONAL_NUMBER_UNKNOWN", "kind");
}

/// Recorded for the wrong person: an annulment sets the number free.
#[test]
fn an_annulled_number_is_free_again() {
    let wrong = registered().given_command("addIdentifier", add(1, "2022-02-01", NATIONAL));
    let annulled = wrong.clone().given_command(
        "annulEvent",
        json!({"stream": format!("person:{}", Uuid::from_u128(1)), "target": wrong.id(3).0, "reason": "WRONG_SUBJECT"}),
    );
    assert_eq!(annulled.when("addIdentifier", add(2, "2022-02-01", NATIONAL)).events().len(), 1);
}
