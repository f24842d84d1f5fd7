//! The rules of the agreement, each as given, when, then; dates by hand.

use super::State;
use crate::history::Cut;
use crate::ids::AgreementId;
use crate::scenario::Scenario;
use serde_json::{Value, json};
use uuid::Uuid;

const AGREEMENT: &str = "00000000-0000-0000-0000-000000000001";

fn signature(until: Value) -> Value {
    json!({"agreement": AGREEMENT, "on": "2021-12-15", "organisation": "samusocial", "partner": "cpas-bruxelles",
        "measure": "ART60", "from": "2022-01-01", "until": until, "quota": 5})
}

fn of(on: &str) -> Value {
    json!({"agreement": AGREEMENT, "on": on})
}

fn signed() -> Scenario {
    Scenario::new().given_command("signAgreement", signature(json!("2022-12-31")))
}

fn state(scenario: &Scenario) -> State {
    State::of(&scenario.history(AgreementId(Uuid::from_u128(1)), Cut::default()))
}

#[test]
fn an_agreement_is_signed_once_and_ends_after_it_begins() {
    signed().when("signAgreement", signature(Value::Null)).refused("AGREEMENT_ALREADY_SIGNED", "agreement");
    let backwards = signature(json!("2021-12-31"));
    Scenario::new().when("signAgreement", backwards).refused("ENDS_BEFORE_IT_BEGINS", "until");
    Scenario::new().when("endAgreement", of("2022-01-01")).refused("AGREEMENT_UNKNOWN", "agreement");
}

#[test]
fn an_agreement_is_in_force_from_its_first_day_until_an_end_is_recorded() {
    let state = state(&signed());
    for (day, in_force) in [("2021-12-31", false), ("2022-01-01", true), ("2022-12-31", true), ("2023-01-01", true)] {
        assert_eq!(state.in_force_on(day.parse().unwrap()), in_force, "{day}");
    }
}

#[test]
fn an_agreement_ends_on_its_last_day_and_once() {
    let ended = signed().given_command("endAgreement", of("2022-06-30"));
    assert!(state(&ended).in_force_on("2022-06-30".parse().unwrap()));
    assert!(!state(&ended).in_force_on("2022-07-01".parse().unwrap()));
    ended.when("endAgreement", of("2022-06-15")).refused("AGREEMENT_OVER", "on");
    ended.when("renewAgreement", of("2022-06-15")).refused("AGREEMENT_OVER", "on");
    assert_eq!(signed().when("endAgreement", of("2023-01-01")).events().len(), 1, "later than planned");
    signed().when("endAgreement", of("2021-12-20")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    signed().when("endAgreement", of("2021-12-14")).refused("BEFORE_SIGNATURE", "on");
}

#[test]
fn a_renewal_is_later_than_the_end() {
    let until = |until| json!({"agreement": AGREEMENT, "on": "2022-12-01", "until": until});
    signed().when("renewAgreement", until(json!("2022-12-31"))).refused("RENEWAL_NOT_LATER", "until");
    let renewed = signed().given_command("renewAgreement", until(json!("2023-12-31")));
    assert!(state(&renewed).in_force_on("2023-12-31".parse().unwrap()));
    let for_ever = renewed.given_command("renewAgreement", until(Value::Null));
    for_ever.when("renewAgreement", until(json!("2024-12-31"))).refused("NOTHING_TO_RENEW", "until");
}

/// A renewal recorded late with an earlier day was accepted, and the later one went on to hold.
#[test]
fn a_renewal_follows_the_one_before() {
    let renewal = |on, until: &str| json!({"agreement": AGREEMENT, "on": on, "until": until});
    let renewed = signed().given_command("renewAgreement", renewal("2022-06-01", "2023-06-30"));
    renewed.when("renewAgreement", renewal("2022-05-31", "2023-12-31")).refused("BEFORE_RENEWAL", "on");
    let again = renewed.given_command("renewAgreement", renewal("2022-06-01", "2023-12-31"));
    assert_eq!(state(&again).until(), "2023-12-31".parse().ok());
}

#[test]
fn a_quota_holds_from_its_day_on() {
    let amended = signed()
        .given_command("amendAgreement", json!({"agreement": AGREEMENT, "on": "2022-03-01", "quota": 3}))
        .given_command("amendAgreement", of("2022-06-01"));
    let state = state(&amended);
    for (day, quota) in [("2022-02-28", Some(5)), ("2022-03-01", Some(3)), ("2022-06-01", None)] {
        assert_eq!(state.quota_on(day.parse().unwrap()), quota, "{day}");
    }
    let ended = signed().given_command("endAgreement", of("2022-12-31"));
    ended.when("amendAgreement", of("2023-01-01")).refused("AGREEMENT_OVER", "on");
}
