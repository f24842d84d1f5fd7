//! Who may be forgotten, and when.

use super::{ErasureGround, ErasureRefusalGround, Event, State};
use crate::history::Cut;
use crate::ids::PersonId;
use crate::law::Law;
use crate::law::house::{HouseRules, Retention};
use crate::personal::FieldClass;
use crate::scenario::{PERSON, Scenario, accompanied, accompanied_and_gone, employed};
use chrono::NaiveDate;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person() -> PersonId {
    PersonId(PERSON.parse().unwrap())
}

fn at(on: &str) -> Value {
    json!({"participant": PERSON, "on": on})
}

fn request(on: &str, ground: &str) -> Value {
    json!({"participant": PERSON, "on": on, "requester": "PERSON", "ground": ground})
}

/// A house that keeps a closed file for 60 months and gives 30 days of notice.
fn keeping() -> Law {
    let retention = Retention { file_months: Some(60), notice_days: Some(30), access_ledger_years: None };
    let rules = HouseRules { source: "internal".into(), retention, ..HouseRules::usual(day("2020-01-01")) };
    Law::default().with_house(vec![rules]).unwrap()
}

fn erased() -> Scenario {
    accompanied_and_gone()
        .today(day("2022-07-10"))
        .given_command("requestErasure", request("2022-07-01", "CONSENT_WITHDRAWN"))
        .given_command("eraseParticipant", at("2022-07-10"))
}

#[test]
fn a_closed_file_is_erased_once_somebody_asked() {
    let state = State::of(&erased().history(person(), Cut::default()));
    assert_eq!(state.erased.map(|(on, _)| on), Some(day("2022-07-10")));
    assert_eq!(state.requests[0].ground, ErasureGround::ConsentWithdrawn);
    assert_eq!(state.open_request(), None);
    for command in ["eraseParticipant", "scheduleRetention"] {
        erased().when(command, at("2022-07-10")).refused("ALREADY_ERASED", "participant");
    }
    erased().when("requestErasure", request("2022-07-10", "OBJECTION")).refused("ALREADY_ERASED", "participant");
}

#[test]
fn nobody_is_erased_whom_nobody_asked_to_erase() {
    let gone = accompanied_and_gone().today(day("2022-07-10"));
    gone.when("eraseParticipant", at("2022-07-10")).refused("ERASURE_WITHOUT_GROUND", "participant");
    let asked = gone.given_command("requestErasure", request("2022-07-08", "OBJECTION"));
    asked
        .when("requestErasure", request("2022-07-09", "OBJECTION"))
        .refused("ERASURE_ALREADY_REQUESTED", "participant");
    asked.when("eraseParticipant", at("2022-07-07")).refused("ERASURE_WITHOUT_GROUND", "participant");
    asked.when("eraseParticipant", at("2022-07-11")).refused("ERASURE_DAY", "on");
}

#[test]
fn a_refusal_names_its_legal_ground_and_seals_its_words() {
    let asked =
        accompanied().today(day("2022-07-10")).given_command("requestErasure", request("2022-07-01", "OBJECTION"));
    let refusal = json!({"participant": PERSON, "on": "2022-07-05", "ground": "LEGAL_OBLIGATION", "motive": "words"});
    let events = asked.when("refuseErasure", refusal.clone()).events();
    assert_eq!(
        events[0].fact,
        Event::Refused { person: person(), ground: ErasureRefusalGround::LegalObligation }.into()
    );
    assert_eq!(
        events[0].personal.by_class().into_iter().map(|(class, _)| class).collect::<Vec<_>>(),
        [FieldClass::FreeText]
    );
    let refused = asked.given_command("refuseErasure", refusal.clone());
    refused.when("refuseErasure", refusal).refused("ERASURE_NOT_REQUESTED", "participant");
    refused.when("eraseParticipant", at("2022-07-10")).refused("ERASURE_WITHOUT_GROUND", "participant");
    assert!(refused.when("requestErasure", request("2022-07-10", "UNLAWFUL")).refused_rule().is_none());
}

#[test]
fn a_file_in_use_is_erased_only_if_it_should_never_have_been_kept() {
    let open = accompanied().today(day("2022-07-10"));
    let asked = |ground| open.clone().given_command("requestErasure", request("2022-07-01", ground));
    asked("OBJECTION").when("eraseParticipant", at("2022-07-10")).refused("FILE_STILL_OPEN", "participant");
    assert!(asked("UNLAWFUL").when("eraseParticipant", at("2022-07-10")).refused_rule().is_none());
    let working = employed::scenario().today(day("2022-07-10")).given_command(
        "requestErasure",
        json!({"participant": employed::PERSON, "on": "2022-07-01", "requester": "PERSON", "ground": "OBJECTION"}),
    );
    let erase = json!({"participant": employed::PERSON, "on": "2022-07-10"});
    working.when("eraseParticipant", erase.clone()).refused("FILE_STILL_OPEN", "participant");
    let ended = working.given_command("endEngagement", employed::end("2022-06-30"));
    assert!(ended.when("eraseParticipant", erase).refused_rule().is_none());
}

#[test]
fn a_closed_file_falls_due_after_its_time_and_its_notice() {
    // The pathway closed on 1 June 2022; 60 months later is 1 June 2027, notice from 2 May 2027 on.
    let gone = accompanied_and_gone().under(keeping()).today(day("2027-08-01"));
    gone.when("scheduleRetention", at("2027-05-01")).refused("RETENTION_TOO_EARLY", "on");
    let noticed = gone.given_command("scheduleRetention", at("2027-05-02"));
    let state = State::of(&noticed.history(person(), Cut::default()));
    assert_eq!(state.retained.unwrap().due_on, day("2027-06-01"));
    noticed.when("scheduleRetention", at("2027-05-10")).refused("RETENTION_ALREADY_SCHEDULED", "participant");
    noticed.when("eraseParticipant", at("2027-05-31")).refused("RETENTION_NOT_DUE", "on");
    assert!(noticed.when("eraseParticipant", at("2027-06-01")).refused_rule().is_none());
}

#[test]
fn a_late_notice_still_gives_its_days() {
    let gone = accompanied_and_gone().under(keeping()).today(day("2028-03-01"));
    let noticed = gone.given_command("scheduleRetention", at("2028-01-31"));
    assert_eq!(State::of(&noticed.history(person(), Cut::default())).retained.unwrap().due_on, day("2028-03-01"));
}

#[test]
fn the_clock_starts_anew_when_the_file_goes_on() {
    let noticed = accompanied_and_gone()
        .under(keeping())
        .today(day("2027-08-01"))
        .given_command("scheduleRetention", at("2027-05-02"));
    let back =
        noticed.given_command("changeContact", json!({"participant": PERSON, "on": "2027-05-20", "phone": "invented"}));
    back.when("eraseParticipant", at("2027-06-01")).refused("RETENTION_WENT_ON", "participant");
    back.when("scheduleRetention", at("2027-06-01")).refused("RETENTION_TOO_EARLY", "on");
}

#[test]
fn without_a_rule_of_the_house_nothing_falls_due() {
    let gone = accompanied_and_gone().today(day("2040-01-01"));
    assert_eq!(gone.when("scheduleRetention", at("2040-01-01")).refused_rule(), Some("RETENTION_WITHOUT_RULE"));
}

#[test]
fn an_erasure_is_never_taken_back() {
    let erased = erased();
    let target = |position: usize| json!({"stream": format!("person:{PERSON}"), "target": erased.id(position), "reason": "MISTAKEN"});
    let (asked, destroyed) = (4, 5);
    erased.when("annulEvent", target(destroyed)).refused("ERASURE_STANDS", "target");
    let mut correction = target(destroyed);
    correction["on"] = json!("2022-07-11");
    erased.when("correctEvent", correction).refused("ERASURE_NOT_CORRECTED", "target");
    assert!(erased.when("annulEvent", target(asked)).refused_rule().is_none(), "a request may be annulled");
}

#[test]
fn an_erased_file_is_merged_with_no_other() {
    let other = "00000000-0000-4000-8000-0000000000ff";
    let two = erased().given_command(
        "registerParticipant",
        json!({"participant": other, "on": "2022-07-01", "organisation": "cpas-molenbeek", "familyName": "Invented",
            "givenName": "Other"}),
    );
    let merge = |survivor, absorbed| json!({"survivor": survivor, "absorbed": absorbed, "on": "2022-07-10"});
    two.when("mergeParticipants", merge(other, PERSON)).refused("MERGE_OF_ERASED", "absorbed");
    two.when("mergeParticipants", merge(PERSON, other)).refused("MERGE_OF_ERASED", "survivor");
}

#[test]
fn the_keys_of_every_file_of_the_person_are_destroyed() {
    let other = "00000000-0000-4000-8000-0000000000ff";
    let merged = accompanied_and_gone()
        .today(day("2022-07-10"))
        .given_command(
            "registerParticipant",
            json!({"participant": other, "on": "2022-06-01", "organisation": "cpas-molenbeek", "familyName": "Invented",
                "givenName": "Other"}),
        )
        .given_command("mergeParticipants", json!({"survivor": PERSON, "absorbed": other, "on": "2022-06-20"}))
        .given_command("requestErasure", request("2022-07-01", "OBJECTION"));
    let event = merged.when("eraseParticipant", at("2022-07-10")).events().remove(0);
    let absorbed = vec![PersonId(other.parse().unwrap())];
    assert_eq!(event.fact, Event::KeyDestroyed { person: person(), absorbed }.into());
    assert_eq!(event.about.len(), 2, "both files hear of it");
}

#[test]
fn only_who_was_erased_is_anonymised_and_once() {
    accompanied_and_gone().when("anonymiseParticipant", at("2022-12-01")).refused("NOT_ERASED", "participant");
    let later = erased().today(day("2023-01-02"));
    later.when("anonymiseParticipant", at("2022-07-09")).refused("ERASURE_DAY", "on");
    let done = later.given_command("anonymiseParticipant", at("2023-01-02"));
    done.when("anonymiseParticipant", at("2023-01-02")).refused("ALREADY_ANONYMISED", "participant");
}

#[test]
fn facts_that_the_law_asks_for_are_still_recorded() {
    let again = erased().today(day("2022-08-01")).given_command(
        "grantAid",
        json!({"participant": PERSON, "grant": "00000000-0000-4000-8000-0000000000aa", "on": "2022-07-20",
            "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-07-20"}),
    );
    assert!(State::of(&again.history(person(), Cut::default())).erased.is_some());
}
