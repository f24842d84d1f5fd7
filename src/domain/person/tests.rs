//! The rules about participants, each as given, when, then.

use super::State;
use crate::ids::PersonId;
use crate::personal::Field;
use crate::scenario::Scenario;
use serde_json::json;

const WHO: &str = "00000000-0000-4000-8000-00000000000a";

fn registered() -> Scenario {
    Scenario::new().given_command(
        "registerParticipant",
        json!({"participant": WHO, "on": "2022-01-10", "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name", "birthDate": "1990-02-28"}),
    )
}

#[test]
fn a_name_goes_to_the_sealed_part_and_nowhere_else() {
    let events = Scenario::new()
        .when(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-10", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name", "birthDate": "1990-02-28"}),
        )
        .events();
    assert_eq!(events[0].personal.get(Field::FamilyName), Some("Invented"));
    assert_eq!(events[0].personal.get(Field::BirthDate), Some("1990-02-28"));
    assert!(!format!("{events:?}").contains("Invented"));
}

#[test]
fn a_command_does_not_print_what_it_carries() {
    let input = json!({"participant": WHO, "on": "2022-01-10", "phone": "secret-number"});
    let command = crate::command::Command::parse("changeContact", input);
    assert!(!format!("{command:?}").contains("secret-number"));
}

#[test]
fn a_participant_is_registered_once() {
    let again = json!({"participant": WHO, "on": "2022-02-01", "organisation": "cpas-molenbeek",
        "familyName": "Invented", "givenName": "Name"});
    registered().when("registerParticipant", again).refused("PARTICIPANT_ALREADY_REGISTERED", "participant");
}

#[test]
fn a_name_is_not_empty_and_a_birth_is_not_ahead() {
    let named = |name: &str| json!({"participant": WHO, "on": "2022-02-01", "familyName": name});
    registered().when("correctIdentity", named(" ")).refused("VALUE_EMPTY", "familyName");
    // Registered on 10 January 2022.
    let born = |on: &str| json!({"participant": WHO, "on": "2022-02-01", "birthDate": on});
    registered().when("correctIdentity", born("2022-01-11")).refused("BIRTH_AHEAD", "birthDate");
    assert_eq!(registered().when("correctIdentity", born("2022-01-10")).events().len(), 1);
}

#[test]
fn nobody_is_registered_before_being_born() {
    // Today is 2 January 2023.
    let register = |on: &str, birth: &str| {
        let input = json!({"participant": WHO, "on": on, "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name", "birthDate": birth});
        Scenario::new().when("registerParticipant", input)
    };
    register("2022-01-10", "2022-01-11").refused("BIRTH_AHEAD", "birthDate");
    assert_eq!(register("2022-01-10", "2022-01-10").events().len(), 1);
    register("2023-01-10", "2023-01-03").refused("BIRTH_AHEAD", "birthDate");
    assert_eq!(register("2023-01-10", "2023-01-02").events().len(), 1);
}

#[test]
fn nothing_changes_for_somebody_who_is_not_known() {
    let input = json!({"participant": WHO, "on": "2022-02-01", "phone": "0"});
    Scenario::new().when("changeContact", input).refused("PARTICIPANT_UNKNOWN", "participant");
}

#[test]
fn a_death_is_recorded_once_and_never_planned() {
    let on = |day: &str| json!({"participant": WHO, "on": day});
    registered().when("recordDeath", on("2023-01-03")).refused("DEATH_AHEAD", "on");
    let died = registered().given_command("recordDeath", on("2022-06-01"));
    died.when("recordDeath", on("2022-06-02")).refused("DEATH_ALREADY_RECORDED", "on");
}

#[test]
fn the_day_of_death_is_still_lived() {
    let died = registered().given_command("recordDeath", json!({"participant": WHO, "on": "2022-06-01"}));
    let contact = |day: &str| json!({"participant": WHO, "on": day, "email": ""});
    assert_eq!(died.when("changeContact", contact("2022-06-01")).events().len(), 1);
    died.when("changeContact", contact("2022-06-02")).refused("PARTICIPANT_DIED", "on");
}

#[test]
fn the_state_tells_that_a_person_is_known_and_not_who_it_is() {
    let state = State::of(&registered().history(PersonId(WHO.parse().unwrap()), crate::history::Cut::default()));
    assert_eq!(state.registered.map(|found| found.on.to_string()).as_deref(), Some("2022-01-10"));
}
