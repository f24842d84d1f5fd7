//! The rules of the application, each as given, when, then; dates by hand.

use super::{RejectionReason, State};
use crate::fact::StreamKind;
use crate::history::Cut;
use crate::ids::PersonId;
use crate::scenario::Scenario;
use serde_json::{Value, json};

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const POST: &str = "00000000-0000-4000-8000-00000000000b";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

fn house() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "samusocial", "familyName": "Invented",
                "givenName": "Name"}),
        )
        .given_command(
            "openPost",
            json!({"post": POST, "on": "2022-03-01", "organisation": "samusocial", "measure": "ART60",
                "function": "cook"}),
        )
}

fn apply(application: &str, on: &str) -> Value {
    json!({"participant": WHO, "application": application, "on": on, "measure": "ART60", "post": POST,
        "reserveOptIn": true})
}

fn answer(application: &str, on: &str) -> Value {
    json!({"participant": WHO, "application": application, "on": on})
}

fn with(mut whole: Value, field: &str, value: impl Into<Value>) -> Value {
    whole[field] = value.into();
    whole
}

#[test]
fn an_application_stands_in_the_file_and_at_the_post() {
    let events = house().when("receiveApplication", apply(ONE, "2022-02-01")).events();
    let kinds: Vec<_> = events[0].about.iter().map(|about| about.stream.kind).collect();
    assert_eq!(kinds, [StreamKind::Person, StreamKind::Post]);
}

#[test]
fn the_same_application_is_received_once_while_it_awaits_its_answer() {
    let received = house().given_command("receiveApplication", apply(ONE, "2022-02-01"));
    received.when("receiveApplication", apply(TWO, "2022-02-02")).refused("APPLICATION_PENDING", "measure");
    received.when("receiveApplication", apply(ONE, "2022-02-02")).refused("APPLICATION_ALREADY_KNOWN", "application");
    let rejected = received.given_command("rejectApplication", with(answer(ONE, "2022-02-10"), "reason", "NO_VACANCY"));
    assert_eq!(rejected.when("receiveApplication", apply(TWO, "2022-02-11")).events().len(), 1);
}

#[test]
fn one_applies_for_a_post_that_is_known_of_the_measure_and_not_closed() {
    let unknown = with(apply(ONE, "2022-02-01"), "post", TWO);
    house().when("receiveApplication", unknown).refused("POST_UNKNOWN", "post");
    let other = with(apply(ONE, "2022-02-01"), "measure", "ACS");
    house().when("receiveApplication", other).refused("POST_OF_OTHER_MEASURE", "post");
    let closed = house().given_command("closePost", json!({"post": POST, "on": "2022-06-01"}));
    closed.when("receiveApplication", apply(ONE, "2022-06-01")).refused("POST_CLOSED", "post");
    assert_eq!(closed.when("receiveApplication", apply(ONE, "2022-05-31")).events().len(), 1);
    let measure = with(with(apply(ONE, "2022-02-01"), "post", Value::Null), "measure", "STAGE_FIRST");
    assert_eq!(house().when("receiveApplication", measure).events()[0].about.len(), 1);
}

#[test]
fn an_application_is_answered_once_and_not_before_it_was_received() {
    let received = house().given_command("receiveApplication", apply(ONE, "2022-02-01"));
    received.when("retainApplication", answer(ONE, "2022-01-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    received.when("retainApplication", answer(TWO, "2022-02-02")).refused("APPLICATION_UNKNOWN", "application");
    let retained = received.clone().given_command("retainApplication", answer(ONE, "2022-02-02"));
    let reject = with(answer(ONE, "2022-02-03"), "reason", "WITHDRAWN");
    retained.when("rejectApplication", reject.clone()).refused("APPLICATION_ALREADY_ANSWERED", "application");
    let rejected = received.given_command("rejectApplication", reject);
    let state = State::of(&rejected.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let answers: Vec<_> = state.applications.values().map(|one| one.answered).collect();
    assert_eq!(answers, [Some(("2022-02-03".parse().unwrap(), Some(RejectionReason::Withdrawn)))]);
}
