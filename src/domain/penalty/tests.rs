//! The rules of the work penalty (Penal Code article 37quinquies), each as given, when, then.

use super::{Event, State};
use crate::fact::{Fact, Role};
use crate::history::Cut;
use crate::hours::Hours;
use crate::ids::{JudicialFileId, OrganisationId, PenaltyId, PersonId};
use crate::person;
use crate::personal::Field;
use crate::scenario::{Scenario, judicial_file};
use serde_json::{Value, json};
use uuid::Uuid;

const PERSON: &str = "00000000-0000-0000-0000-000000000001";
const PENALTY: &str = "00000000-0000-0000-0000-000000000002";

fn registered() -> Scenario {
    let organisation = OrganisationId::new("samusocial").unwrap();
    let person = PersonId(Uuid::from_u128(1));
    Scenario::new().given("2022-01-01".parse().unwrap(), person::Event::Registered { person, organisation })
}

fn assignment(hours: &str, final_on: &str) -> Value {
    json!({"participant": PERSON, "penalty": PENALTY, "on": "2022-03-15", "organisation": "samusocial",
        "partner": "semja", "hoursOrdered": hours, "finalOn": final_on, "mandateReference": "invented 42"})
}

fn of(on: &str) -> Value {
    json!({"participant": PERSON, "penalty": PENALTY, "on": on})
}

fn performed(on: &str, hours: &str) -> Value {
    json!({"participant": PERSON, "penalty": PENALTY, "on": on, "hours": hours})
}

/// Forty hours, the judgment final on 1 March 2022.
fn assigned() -> Scenario {
    registered().given_command("assignPenalty", assignment("40", "2022-03-01"))
}

#[test]
fn a_judge_orders_20_to_300_hours() {
    for (hours, allowed) in [("19.99", false), ("20", true), ("300", true), ("300.01", false)] {
        let outcome = registered().when("assignPenalty", assignment(hours, "2022-03-01"));
        if allowed {
            assert_eq!(outcome.events().len(), 1);
        } else {
            outcome.refused("PENALTY_HOURS_OUT_OF_RANGE", "hoursOrdered");
        }
    }
}

#[test]
fn the_deadline_is_the_same_day_twelve_months_later() {
    // 29 February 2024 + 12 months does not exist: the last day of February 2025.
    for (final_on, last_day) in [("2022-03-01", "2023-03-01"), ("2021-03-15", "2022-03-15")] {
        let events = registered().when("assignPenalty", assignment("40", final_on)).events();
        let Fact::Penalty(Event::Assigned { deadline, .. }) = &events[0].fact else { unreachable!() };
        assert_eq!(deadline.to_string(), last_day);
    }
    let mut leap = assignment("40", "2024-02-29");
    leap["on"] = json!("2024-03-01");
    let events = registered().today("2024-03-02".parse().unwrap()).when("assignPenalty", leap).events();
    let Fact::Penalty(Event::Assigned { deadline, .. }) = &events[0].fact else { unreachable!() };
    assert_eq!(deadline.to_string(), "2025-02-28");
    registered().when("assignPenalty", assignment("40", "2021-03-14")).refused("PENALTY_DEADLINE_PASSED", "on");
    registered().when("assignPenalty", assignment("40", "2022-03-16")).refused("JUDGMENT_NOT_FINAL", "finalOn");
}

#[test]
fn the_mandate_is_sealed() {
    let events = registered().when("assignPenalty", assignment("40", "2022-03-01")).events();
    assert_eq!(events[0].personal.get(Field::MandateReference), Some("invented 42"));
    assert!(!format!("{events:?}").contains("invented"));
}

#[test]
fn hours_are_performed_within_the_order_and_the_deadline() {
    assigned().when("performPenaltyHours", performed("2022-03-14", "8")).refused("BEFORE_ASSIGNMENT", "on");
    assigned().when("performPenaltyHours", performed("2023-03-02", "8")).refused("PENALTY_DEADLINE_PASSED", "on");
    assert_eq!(assigned().when("performPenaltyHours", performed("2023-03-01", "8")).events().len(), 1);
    assigned().when("performPenaltyHours", performed("2022-04-01", "0")).refused("NO_HOURS", "hours");
    let nearly = assigned().given_command("performPenaltyHours", performed("2022-04-01", "39.5"));
    nearly.when("performPenaltyHours", performed("2022-04-02", "0.51")).refused("PENALTY_HOURS_EXCEEDED", "hours");
    let whole = nearly.given_command("performPenaltyHours", performed("2022-04-02", "0.5"));
    let state = State::of(&whole.history(judicial_file(PERSON), Cut::default()));
    assert_eq!(state.penalties.values().map(super::Penalty::hours).sum::<Hours>(), Hours::whole(40));
}

#[test]
fn a_penalty_is_completed_when_every_hour_is_performed() {
    let nearly = assigned().given_command("performPenaltyHours", performed("2022-04-01", "39.99"));
    nearly.when("completePenalty", of("2022-04-02")).refused("PENALTY_HOURS_MISSING", "penalty");
    let whole = nearly.given_command("performPenaltyHours", performed("2022-04-02", "0.01"));
    whole.when("completePenalty", of("2022-04-01")).refused("BEFORE_LAST_HOURS", "on");
    let completed = whole.given_command("completePenalty", of("2022-04-02"));
    completed.when("interruptPenalty", of("2022-04-03")).refused("PENALTY_OVER", "penalty");
}

/// Hours performed before the interruption had been refused when they were recorded after it.
#[test]
fn hours_performed_up_to_the_interruption_may_be_recorded_after_it() {
    let interrupted = assigned().given_command("interruptPenalty", of("2022-05-01"));
    for (on, allowed) in [("2022-04-30", true), ("2022-05-01", true), ("2022-05-02", false)] {
        let outcome = interrupted.when("performPenaltyHours", performed(on, "8"));
        if allowed {
            assert_eq!(outcome.events().len(), 1, "{on}");
        } else {
            outcome.refused("PENALTY_OVER", "penalty");
        }
    }
    interrupted.when("completePenalty", of("2022-05-01")).refused("PENALTY_OVER", "penalty");
}

#[test]
fn an_interrupted_penalty_is_over() {
    let interrupted = assigned().given_command("interruptPenalty", of("2022-05-01"));
    interrupted.when("performPenaltyHours", performed("2022-05-02", "8")).refused("PENALTY_OVER", "penalty");
    assigned().when("assignPenalty", assignment("40", "2022-03-01")).refused("PENALTY_ALREADY_ASSIGNED", "penalty");
    registered().when("completePenalty", of("2022-05-01")).refused("PENALTY_UNKNOWN", "penalty");
}

/// Domain.md, E.6: "all J: own stream, own key".
#[test]
fn nothing_of_a_penalty_stands_in_the_persons_own_history() {
    let events = assigned().when("performPenaltyHours", performed("2022-04-01", "8")).events();
    let about: Vec<_> = events[0].about.iter().map(|about| (about.stream, about.role)).collect();
    assert_eq!(about, [(judicial_file(PERSON).into(), Role::JudicialFile)]);
    let person = PersonId(Uuid::from_u128(1));
    assert!(assigned().history(person, Cut::default()).entries().all(|entry| !matches!(entry.fact, Fact::Penalty(_))));
}

/// A penalty entrusted before there were judicial files: order and hours stay one history.
#[test]
fn a_penalty_of_the_persons_own_history_goes_on_there() {
    let person = PersonId(Uuid::from_u128(1));
    let old = Event::Assigned {
        file: JudicialFileId::of_version_1(person),
        penalty: PenaltyId(Uuid::from_u128(2)),
        organisation: OrganisationId::new("samusocial").unwrap(),
        partner: None,
        hours_ordered: Hours::whole(40),
        final_on: "2022-03-01".parse().unwrap(),
        deadline: "2023-03-01".parse().unwrap(),
    };
    let old = registered().given("2022-03-15".parse().unwrap(), old);
    old.when("performPenaltyHours", performed("2022-04-01", "40.01")).refused("PENALTY_HOURS_EXCEEDED", "hours");
    let whole = old.given_command("performPenaltyHours", performed("2022-04-01", "40"));
    let done = whole.given_command("completePenalty", of("2022-04-01"));
    let state = State::of(&done.history(person, Cut::default()));
    assert_eq!(state.penalties.values().map(super::Penalty::hours).sum::<Hours>(), Hours::whole(40));
    assert!(done.history(judicial_file(PERSON), Cut::default()).is_empty());
}

fn absence(on: &str) -> Value {
    json!({"participant": PERSON, "penalty": PENALTY, "on": on, "hours": "7.6", "justified": false,
        "motive": "an invented reason"})
}

#[test]
fn an_absence_is_recorded_once_a_day_while_the_penalty_runs() {
    let absent = assigned().given_command("recordPenaltyAbsence", absence("2022-04-01"));
    absent.when("recordPenaltyAbsence", absence("2022-04-01")).refused("ABSENCE_KNOWN", "on");
    absent.when("recordPenaltyAbsence", absence("2022-03-14")).refused("BEFORE_ASSIGNMENT", "on");
    absent.when("recordPenaltyAbsence", absence("2023-03-02")).refused("PENALTY_DEADLINE_PASSED", "on");
    let mut nothing = absence("2022-04-02");
    nothing["hours"] = json!("0");
    absent.when("recordPenaltyAbsence", nothing).refused("NO_HOURS", "hours");
    let events = absent.when("recordPenaltyAbsence", absence("2022-04-04")).events();
    assert_eq!(events[0].personal.get(Field::Motive), Some("an invented reason"));
    absent
        .given_command("interruptPenalty", of("2022-05-01"))
        .when("recordPenaltyAbsence", absence("2022-05-02"))
        .refused("PENALTY_OVER", "penalty");
}

fn extension(on: &str, until: &str) -> Value {
    json!({"participant": PERSON, "penalty": PENALTY, "on": on, "until": until})
}

/// The order is to be performed by 1 March 2023; the probation commission gives six months more.
#[test]
fn the_probation_commission_may_give_more_time() {
    assigned()
        .when("extendPenaltyDeadline", extension("2023-02-01", "2023-03-01"))
        .refused("DEADLINE_NOT_LATER", "until");
    let longer = assigned().given_command("extendPenaltyDeadline", extension("2023-02-01", "2023-09-01"));
    assert_eq!(longer.when("performPenaltyHours", performed("2023-09-01", "8")).events().len(), 1);
    longer.when("performPenaltyHours", performed("2023-09-02", "8")).refused("PENALTY_DEADLINE_PASSED", "on");
    longer.when("extendPenaltyDeadline", extension("2023-08-01", "2023-09-01")).refused("DEADLINE_NOT_LATER", "until");
    // Decided when the first deadline was over: what was performed in between stood without a basis, and now has one.
    let late = assigned().given_command("extendPenaltyDeadline", extension("2023-04-01", "2023-09-01"));
    assert_eq!(late.when("performPenaltyHours", performed("2023-03-15", "8")).events().len(), 1);
}
