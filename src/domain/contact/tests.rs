//! The rules of contacts and appointments, each as given, when, then; dates by hand. Today is 2 January 2023.

use super::State;
use crate::history::Cut;
use crate::ids::{AppointmentId, InterviewId, PersonId};
use crate::personal::Field;
use crate::scenario::{PATHWAY, PERSON, Scenario, accompanied, accompanied_and_gone};
use serde_json::{Value, json};

const ONE: &str = "00000000-0000-4000-8000-000000000001";

fn with(mut whole: Value, field: &str, value: Value) -> Value {
    whole[field] = value;
    whole
}

fn contact(on: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "on": on, "mode": "IN_PERSON", "topic": "FOLLOW_UP",
        "note": "in confidence"})
}

fn plan(on: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "appointment": ONE, "on": on, "mode": "PHONE", "topic": "WORK"})
}

fn miss(on: &str) -> Value {
    json!({"participant": PERSON, "appointment": ONE, "on": on, "excused": true})
}

fn request(on: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "interview": ONE, "on": on})
}

fn planned() -> Scenario {
    accompanied().given_command("planAppointment", plan("2022-03-01"))
}

fn state(scenario: &Scenario) -> State {
    State::of(&scenario.history(PersonId(PERSON.parse().unwrap()), Cut::default()))
}

#[test]
fn a_contact_seals_its_note_and_lies_behind() {
    let events = accompanied().when("recordContact", contact("2022-02-01")).events();
    assert_eq!(events[0].personal.get(Field::Note), Some("in confidence"));
    assert_eq!(accompanied().when("recordContact", contact("2023-01-02")).events().len(), 1);
    accompanied().when("recordContact", contact("2023-01-03")).refused("DAY_TO_COME", "on");
}

#[test]
fn an_appointment_is_planned_ahead_as_far_as_the_horizon() {
    // 366 days after 2 January 2023 is 3 January 2024.
    assert_eq!(accompanied().when("planAppointment", plan("2024-01-03")).events().len(), 1);
    accompanied().when("planAppointment", plan("2024-01-04")).refused("DAY_TOO_FAR_AHEAD", "on");
    planned().when("planAppointment", plan("2022-03-01")).refused("APPOINTMENT_ALREADY_KNOWN", "appointment");
}

#[test]
fn an_appointment_is_kept_by_the_contact_that_names_it() {
    let keep = with(contact("2022-02-25"), "appointment", json!(ONE));
    accompanied().when("recordContact", keep.clone()).refused("APPOINTMENT_UNKNOWN", "appointment");
    let kept = planned().given_command("recordContact", keep.clone());
    let appointment = state(&kept).appointments[&AppointmentId(ONE.parse().unwrap())];
    assert_eq!((appointment.planned_on, appointment.planned_by), ("2022-03-01".parse().unwrap(), kept.id(3)));
    assert_eq!(appointment.kept, Some(("2022-02-25".parse().unwrap(), kept.id(4))));
    kept.when("recordContact", keep).refused("APPOINTMENT_OVER", "appointment");
    kept.when("missAppointment", miss("2022-03-01")).refused("APPOINTMENT_OVER", "appointment");
}

#[test]
fn an_appointment_is_missed_once_on_its_own_day() {
    accompanied().when("missAppointment", miss("2022-03-01")).refused("APPOINTMENT_UNKNOWN", "appointment");
    planned().when("missAppointment", miss("2022-03-02")).refused("APPOINTMENT_ON_ANOTHER_DAY", "on");
    let missed = planned().given_command("missAppointment", miss("2022-03-01"));
    missed.when("missAppointment", miss("2022-03-01")).refused("APPOINTMENT_OVER", "appointment");
    let absence = state(&missed).appointments[&AppointmentId(ONE.parse().unwrap())].missed.unwrap();
    assert_eq!((absence.excused, absence.by), (true, missed.id(4)));
    let ahead = accompanied().given_command("planAppointment", plan("2023-01-03"));
    ahead.when("missAppointment", miss("2023-01-03")).refused("DAY_TO_COME", "on");
}

#[test]
fn an_interview_is_answered_by_a_spoken_contact_that_names_it() {
    let answer = |on: &str| with(contact(on), "interview", json!(ONE));
    accompanied().when("recordContact", answer("2022-02-01")).refused("INTERVIEW_UNKNOWN", "interview");
    let asked = accompanied().given_command("requestInterview", request("2022-02-01"));
    asked.when("requestInterview", request("2022-02-01")).refused("INTERVIEW_ALREADY_KNOWN", "interview");
    asked.when("recordContact", answer("2022-01-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    for mode in ["LETTER", "EMAIL"] {
        let written = with(answer("2022-02-02"), "mode", json!(mode));
        asked.when("recordContact", written).refused("INTERVIEW_IN_WRITING", "mode");
    }
    let held = asked.given_command("recordContact", answer("2022-02-21"));
    held.when("recordContact", answer("2022-02-22")).refused("INTERVIEW_ALREADY_HELD", "interview");
    let interview = state(&held).interviews[&InterviewId(ONE.parse().unwrap())];
    assert_eq!((interview.requested_on, interview.requested_by), ("2022-02-01".parse().unwrap(), held.id(3)));
    assert_eq!(interview.held, Some(("2022-02-21".parse().unwrap(), held.id(4))));
}

#[test]
fn contacts_of_a_pathway_stay_within_it() {
    // domain.md, invariant G3: the pathway is closed from 1 June on.
    let gone = accompanied_and_gone();
    gone.when("recordContact", contact("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    gone.when("planAppointment", plan("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    gone.when("requestInterview", request("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    let outside = with(contact("2022-06-01"), "pathway", Value::Null);
    assert_eq!(gone.when("recordContact", outside).events().len(), 1);
    assert_eq!(gone.when("recordContact", contact("2022-05-31")).events().len(), 1);
}

#[test]
fn nobody_is_met_after_their_death() {
    let died = accompanied().given_command("recordDeath", json!({"participant": PERSON, "on": "2022-02-10"}));
    died.when("recordContact", contact("2022-02-11")).refused("PARTICIPANT_DIED", "on");
}
