//! A history recorded under the rules of its day and read again after other rules were added.

use super::Law;
use crate::contract::{self, Event};
use crate::deadline::{self, Deadline};
use crate::fact::Fact;
use crate::history::Cut;
use crate::ids::PersonId;
use crate::scenario::{Scenario, employed};
use chrono::NaiveDate;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn whose() -> PersonId {
    PersonId(employed::PERSON.parse().unwrap())
}

/// The law as it was known at the end of 2025: the rules of January to April 2026 had not been added.
fn law_of_2025() -> Law {
    Law::default().before(day("2026-01-01"))
}

fn of_engagement(on: &str, more: Value) -> Value {
    let mut whole = json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": on});
    more.as_object().unwrap().iter().for_each(|(field, value)| whole[field] = value.clone());
    whole
}

/// In 2025: a contract planned to last beyond the reform, the days to prove for somebody of 50, a PIIS and a penalty.
fn recorded_in_2025() -> Scenario {
    const GRANT: &str = "00000000-0000-0000-0000-00000000000b";
    const PIIS: &str = "00000000-0000-0000-0000-00000000000c";
    const PENALTY: &str = "00000000-0000-0000-0000-00000000000d";
    let who = |on: &str, more: Value| {
        let mut whole = json!({"participant": employed::PERSON, "on": on});
        more.as_object().unwrap().iter().for_each(|(field, value)| whole[field] = value.clone());
        whole
    };
    let grant = json!({"grant": GRANT, "organisation": "cpas-bruxelles", "kind": "RIS", "notifiedOn": "2025-01-31"});
    let project = json!({"piis": PIIS, "grant": GRANT, "organisation": "cpas-bruxelles", "kind": "GENERAL"});
    let penalty =
        json!({"penalty": PENALTY, "organisation": "samusocial", "hoursOrdered": "60", "finalOn": "2025-10-15"});
    employed::scenario()
        .under(law_of_2025())
        .today(day("2025-12-15"))
        .given_command("extendEngagement", of_engagement("2022-06-01", json!({"plannedUntil": "2026-05-31"})))
        .given_command("grantAid", who("2025-01-01", grant))
        .given_command("proposePiis", who("2025-02-03", project))
        .given_command("signPiis", who("2025-02-10", json!({"piis": PIIS})))
        .given_command("assignPenalty", who("2025-11-03", penalty))
        .given_command("proposeBenefitDays", of_engagement("2025-12-01", json!({"age": 50})))
}

fn deadlines(scenario: &Scenario, law: &Law) -> Vec<Deadline> {
    deadline::of(&scenario.history(whose(), Cut::default()), law)
}

#[test]
fn what_was_decided_in_2025_is_still_explained_by_the_rules_of_2025() {
    let scenario = recorded_in_2025();
    let law = Law::default();
    let told = scenario.records().iter().zip(scenario.rule_sets());
    let Some((Fact::Contract(Event::BenefitDaysProposed { proposal, .. }), Some(rule_set))) =
        told.map(|(known, rule_set)| (known.fact.clone(), *rule_set)).next_back()
    else {
        unreachable!("the last record is the proposal")
    };
    // 624 days in 42 months from 50 on (onem.be T31), although the application falls in June 2026: nobody knew better.
    assert_eq!((proposal.required_days, proposal.reference_months), (624, 42));
    assert_eq!((proposal.application_on, rule_set), (day("2026-06-01"), "be-2024-05-31"));
    // Read today, the set that is named still stands in the law and says the same of its own days.
    let named = law.sets().find(|set| set.id == rule_set).expect("released sets are kept");
    let ways: Vec<_> = named.article60.ways.iter().map(|way| (way.age_min, way.days, way.months)).collect();
    assert_eq!(ways, [(0, 312, 21), (36, 468, 33), (50, 624, 42)]);
    let of_the_day = law.register_on(day("2025-12-01"));
    let direct = of_the_day.iter().find(|rule| rule.code == "ART60_DAYS_FROM_50").expect("in the register of the day");
    assert_eq!((direct.parameter.to_string().as_str(), direct.until), ("624 days of work", Some(day("2026-02-28"))));
    // Asked today, the days to prove are others; what was recorded is not rewritten.
    let again = scenario.clone().under(law).today(day("2026-04-01"));
    let state = contract::State::of(&again.history(whose(), Cut::default()));
    let kept = state.engagements.values().find_map(|engagement| engagement.benefit);
    assert_eq!(kept.map(|(_, proposal)| proposal.required_days), Some(624));
    let anew = again.when("proposeBenefitDays", of_engagement("2026-04-01", json!({}))).events();
    assert_eq!(anew[0].rule_set, Some("be-2026-04-08"));
}

#[test]
fn every_rule_set_that_a_history_names_is_in_the_law_of_today() {
    let scenario = recorded_in_2025();
    let named: Vec<_> = scenario.rule_sets().iter().flatten().copied().collect();
    assert!(named.len() >= 3, "{named:?}");
    for id in named {
        assert!(Law::default().sets().any(|set| set.id == id), "{id}");
    }
}

#[test]
fn deadlines_whose_clock_started_before_a_reform_do_not_move_when_it_is_added() {
    let scenario = recorded_in_2025();
    let (then, now) = (deadlines(&scenario, &law_of_2025()), deadlines(&scenario, &Law::default()));
    assert!(then.len() >= 5, "{}", then.len());
    assert_eq!(then, now);
}

#[test]
fn a_law_without_its_later_sets_goes_on_with_the_last_it_has() {
    let law = law_of_2025();
    assert_eq!(law.on(day("2030-01-01")).id, "be-2024-05-31");
    assert_eq!(law.on(day("2030-01-01")).until, None);
    assert_eq!(law.on(day("2016-10-31")).id, "be-2002-10-01");
    assert_eq!(Law::default().before(day("1990-01-01")).sets().count(), 1, "the first set is always known");
}
