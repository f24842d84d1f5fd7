//! The rules of what follows an engagement, each as given, when, then.

use super::State;
use crate::history::Cut;
use crate::ids::{HireId, PathwayId, PersonId};
use crate::pathway;
use crate::scenario::{Scenario, employed};
use serde_json::{Value, json};
use uuid::Uuid;

const HIRE: &str = "00000000-0000-0000-0000-0000000000aa";

fn hire(on: &str, start: &str) -> Value {
    json!({"participant": employed::PERSON, "hire": HIRE, "engagement": employed::ENGAGEMENT, "on": on,
        "employer": "a-bakery", "kind": "CDI", "start": start})
}

fn end(on: &str) -> Value {
    json!({"participant": employed::PERSON, "hire": HIRE, "on": on})
}

fn follow_up(on: &str, at_months: u16) -> Value {
    json!({"participant": employed::PERSON, "on": on, "atMonths": at_months, "situation": "TRAINING", "source": "PERSON"})
}

fn hired() -> Scenario {
    employed::scenario().given_command("recordHire", hire("2022-06-15", "2022-07-01"))
}

#[test]
fn a_hire_follows_an_engagement_and_begins_when_signed_or_later() {
    let employed = employed::scenario();
    employed.when("recordHire", hire("2022-01-02", "2022-07-01")).refused("BEFORE_START", "on");
    employed.when("recordHire", hire("2022-06-15", "2022-06-14")).refused("STARTED_BEFORE_SIGNATURE", "start");
    let mut other = hire("2022-06-15", "2022-07-01");
    other["engagement"] = json!(HIRE);
    employed.when("recordHire", other).refused("ENGAGEMENT_UNKNOWN", "engagement");
    hired().when("recordHire", hire("2022-06-15", "2022-07-01")).refused("HIRE_ALREADY_RECORDED", "hire");
}

#[test]
fn a_hire_ends_once_and_after_it_began() {
    employed::scenario().when("endHire", end("2022-07-01")).refused("HIRE_UNKNOWN", "hire");
    hired().when("endHire", end("2022-06-30")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let ended = hired().given_command("endHire", end("2022-07-01"));
    ended.when("endHire", end("2022-07-02")).refused("HIRE_ALREADY_ENDED", "hire");
    let state = State::of(&ended.history(PersonId(Uuid::from_u128(1)), Cut::default()));
    let job = &state.hires[&HireId(Uuid::from_u128(0xaa))];
    for (day, works) in [("2022-06-30", false), ("2022-07-01", true), ("2022-07-02", false)] {
        assert_eq!(job.active_on(day.parse().unwrap()), works, "{day}");
    }
}

#[test]
fn a_job_that_is_signed_worked_and_left_on_one_day_has_that_last_day() {
    let one_day = employed::scenario()
        .given_command("recordHire", hire("2022-07-01", "2022-07-01"))
        .given_command("endHire", end("2022-07-01"));
    let state = State::of(&one_day.history(PersonId(Uuid::from_u128(1)), Cut::default()));
    assert_eq!(state.hires[&HireId(Uuid::from_u128(0xaa))].last_day, "2022-07-01".parse().ok());
}

#[test]
fn a_follow_up_comes_after_an_end() {
    let running = employed::scenario();
    running.when("recordFollowUp", follow_up("2022-06-30", 3)).refused("NOTHING_TO_FOLLOW_UP", "on");
    let ended = running.clone().given_command("endEngagement", employed::end("2022-06-30"));
    ended.when("recordFollowUp", follow_up("2022-06-30", 3)).refused("NOTHING_TO_FOLLOW_UP", "on");
    assert_eq!(ended.when("recordFollowUp", follow_up("2022-09-30", 3)).events().len(), 1);
    ended.when("recordFollowUp", follow_up("2022-09-30", 0)).refused("MONTHS_OUT_OF_RANGE", "atMonths");
    ended.when("recordFollowUp", follow_up("2022-09-30", 61)).refused("MONTHS_OUT_OF_RANGE", "atMonths");
    let closed = pathway::Event::Closed {
        person: PersonId(Uuid::from_u128(1)),
        pathway: PathwayId(Uuid::from_u128(9)),
        outcome: pathway::Outcome::Training,
    };
    let closed = running.given("2022-06-30".parse().unwrap(), closed);
    assert_eq!(closed.when("recordFollowUp", follow_up("2022-06-30", 3)).events().len(), 1);
}
