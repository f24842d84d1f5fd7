//! The rules of what follows a signature, and of the measures, each as given, when, then; dates by hand.

use super::{BenefitBasis, BenefitProposal, Engagement, EngagementWarning, Event, State};
use crate::fact::Fact;
use crate::history::Cut;
use crate::ids::{EngagementId, PersonId};
use crate::law::Law;
use crate::personal::Field;
use crate::scenario::{Scenario, employed};
use serde_json::{Value, json};

const OTHER: &str = "00000000-0000-0000-0000-000000000003";

fn at(on: &str) -> Value {
    json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": on})
}

fn with(mut whole: Value, field: &str, value: impl Into<Value>) -> Value {
    whole[field] = value.into();
    whole
}

/// A second contract of another engagement.
fn second(hours: &str, from: &str, until: &str) -> Value {
    json!({"participant": employed::PERSON, "engagement": OTHER, "on": "2021-12-20", "measure": "ART60",
        "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from, "plannedUntil": until,
        "weeklyHours": hours, "kind": "CDD"})
}

/// Works from 3 January to 30 June 2022 as planned; today is 1 March 2022.
fn working() -> Scenario {
    employed::scenario().today("2022-03-01".parse().unwrap())
}

fn engagement(scenario: &Scenario, id: &str) -> Engagement {
    let history = scenario.history(PersonId(employed::PERSON.parse().unwrap()), Cut::default());
    State::of(&history).engagements[&EngagementId(id.parse().unwrap())].clone()
}

#[test]
fn who_becomes_part_time_is_free_for_another_contract_from_then_on() {
    let april = |hours| second(hours, "2022-04-01", "2022-06-30");
    working().when("signEngagement", april("38")).refused("OVERLAPS_FULL_TIME", "plannedFrom");
    let halved = working().given_command("amendEngagement", with(at("2022-04-01"), "weeklyHours", "19"));
    assert_eq!(halved.when("signEngagement", april("38")).events().len(), 1);
    halved
        .when("signEngagement", second("38", "2022-03-31", "2022-06-30"))
        .refused("OVERLAPS_FULL_TIME", "plannedFrom");
}

#[test]
fn who_becomes_full_time_must_be_free_for_it() {
    let both = working()
        .given_command("amendEngagement", with(at("2022-04-01"), "weeklyHours", "19"))
        .given_command("signEngagement", second("38", "2022-05-01", "2022-06-30"));
    let full = |on| with(at(on), "weeklyHours", "38");
    both.when("amendEngagement", full("2022-04-15")).refused("OVERLAPS_FULL_TIME", "weeklyHours");
    let placement = both.given_command("amendEngagement", with(at("2022-04-15"), "kind", "PLACEMENT"));
    assert_eq!(placement.when("amendEngagement", full("2022-04-20")).events().len(), 1);
}

#[test]
fn a_change_of_terms_changes_something_and_follows_the_one_before() {
    working().when("amendEngagement", at("2022-04-01")).refused("NOTHING_AMENDED", "weeklyHours");
    working()
        .when("amendEngagement", with(at("2022-04-01"), "weeklyHours", "38"))
        .refused("NOTHING_AMENDED", "weeklyHours");
    let halved = working().given_command("amendEngagement", with(at("2022-04-01"), "weeklyHours", "19"));
    halved.when("amendEngagement", with(at("2022-03-31"), "kind", "CDI")).refused("BEFORE_AMENDMENT", "on");
    let ended = working().given_command("endEngagement", employed::end("2022-02-28"));
    ended.when("amendEngagement", with(at("2022-03-01"), "kind", "CDI")).refused("ENGAGEMENT_ENDED", "on");
}

#[test]
fn a_planned_end_moves_both_ways_and_cuts_nothing_that_happened() {
    let to = |until| with(with(at("2022-03-01"), "plannedUntil", until), "reason", "RULE_CHANGE");
    working().when("replanEngagement", to("2022-06-30")).refused("PLANNED_END_UNCHANGED", "plannedUntil");
    working().when("replanEngagement", to("2022-02-28")).refused("PLANNED_END_TOO_EARLY", "plannedUntil");
    let shorter = working().given_command("replanEngagement", to("2022-03-31"));
    assert_eq!(engagement(&shorter, employed::ENGAGEMENT).planned_until, "2022-03-31".parse().ok());
    let next = shorter.given_command("signEngagement", second("38", "2022-04-01", "2022-12-31"));
    next.when("replanEngagement", to("2022-04-01")).refused("OVERLAPS_FULL_TIME", "plannedUntil");
    next.when("extendEngagement", with(at("2022-03-01"), "plannedUntil", "2022-04-01"))
        .refused("OVERLAPS_FULL_TIME", "plannedUntil");
}

#[test]
fn a_suspension_has_a_beginning_an_end_and_a_sealed_motive() {
    let suspend = |on| with(at(on), "motive", "SICKNESS");
    let events = working().when("suspendEngagement", suspend("2022-02-01")).events();
    assert_eq!(events[0].personal.get(Field::SuspensionMotive), Some("SICKNESS"));
    assert!(!format!("{events:?}").to_uppercase().contains("SICKNESS"));
    let suspended = working().given_command("suspendEngagement", suspend("2022-02-01"));
    suspended.when("suspendEngagement", suspend("2022-02-02")).refused("ALREADY_SUSPENDED", "engagement");
    suspended.when("resumeEngagement", at("2022-02-01")).refused("NOT_SUSPENDED", "on");
    let resumed = suspended.given_command("resumeEngagement", at("2022-02-15"));
    resumed.when("resumeEngagement", at("2022-02-16")).refused("NOT_SUSPENDED", "on");
    resumed.when("suspendEngagement", suspend("2022-02-14")).refused("BEFORE_RESUMPTION", "on");
    let again = resumed.given_command("suspendEngagement", suspend("2022-02-15"));
    let state = engagement(&again, employed::ENGAGEMENT);
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(state.suspensions, [(day("2022-02-01"), Some(day("2022-02-15"))), (day("2022-02-15"), None)]);
    working().when("suspendEngagement", suspend("2022-01-02")).refused("BEFORE_START", "on");
}

/// Suspended, it still holds its post.
#[test]
fn a_suspension_does_not_vacate_the_post() {
    let suspended = working().given_command("suspendEngagement", with(at("2022-02-01"), "motive", "OTHER"));
    assert!(engagement(&suspended, employed::ENGAGEMENT).active_on("2022-02-10".parse().unwrap()));
    let taken = second("38", "2022-02-10", "2022-06-30");
    suspended.when("signEngagement", taken).refused("OVERLAPS_FULL_TIME", "plannedFrom");
}

#[test]
fn hours_worked_lie_in_the_past_of_the_engagement_and_apart() {
    let worked = |on, until| with(with(at(on), "until", until), "hours", "144.4");
    working().when("recordHoursWorked", worked("2022-01-02", "2022-01-31")).refused("BEFORE_START", "on");
    working().when("recordHoursWorked", worked("2022-02-01", "2022-03-02")).refused("HOURS_WORKED_TOO_LATE", "until");
    let january = working().given_command("recordHoursWorked", worked("2022-01-03", "2022-01-31"));
    january.when("recordHoursWorked", worked("2022-01-31", "2022-02-28")).refused("HOURS_WORKED_OVERLAP", "on");
    let february = january.given_command("recordHoursWorked", worked("2022-02-01", "2022-03-01"));
    assert_eq!(engagement(&february, employed::ENGAGEMENT).worked.len(), 2);
    let ended = working().given_command("endEngagement", employed::end("2022-02-15"));
    ended.when("recordHoursWorked", worked("2022-02-01", "2022-02-16")).refused("HOURS_WORKED_TOO_LATE", "until");
}

fn proposed(scenario: &Scenario, input: Value) -> (BenefitProposal, Option<&'static str>) {
    let events = scenario.when("proposeBenefitDays", input).events();
    match &events[0].fact {
        Fact::Contract(Event::BenefitDaysProposed { proposal, .. }) => (*proposal, events[0].rule_set),
        other => unreachable!("{other:?}"),
    }
}

/// Planned to end on 30 June 2022, so applied for on 1 July: by age (royal decree of 25 November 1991, article 30).
#[test]
fn the_days_to_prove_are_those_of_the_day_of_the_application() {
    working().when("proposeBenefitDays", at("2022-03-01")).refused("AGE_NEEDED", "age");
    let (proposal, rule_set) = proposed(&working(), with(at("2022-03-01"), "age", 36));
    assert_eq!((proposal.required_days, proposal.reference_months, proposal.age_band), (468, 33, 36));
    assert_eq!((proposal.application_on.to_string().as_str(), rule_set), ("2022-07-01", Some("be-2016-11-01")));
    // From 1 March 2026 at any age (programme law of 18 July 2025).
    let later = with(at("2022-03-01"), "applicationOn", "2026-03-01");
    let (proposal, rule_set) = proposed(&working(), later);
    assert_eq!((proposal.required_days, proposal.reference_months, proposal.basis), (312, 36, BenefitBasis::AnyAge));
    assert_eq!(rule_set, Some("be-2026-03-01"));
    let ended = working().given_command("endEngagement", employed::end("2022-02-15"));
    let (proposal, _) = proposed(&ended, with(at("2022-03-01"), "age", 35));
    assert_eq!((proposal.application_on.to_string().as_str(), proposal.required_days), ("2022-02-16", 312));
    let early = with(at("2022-03-01"), "applicationOn", "2022-01-03");
    working().when("proposeBenefitDays", early).refused("APPLICATION_BEFORE_WORK", "applicationOn");
}

#[test]
fn what_is_proposed_is_confirmed_once_and_proposed_again_when_it_differs() {
    let propose = |age: u32| with(at("2022-03-01"), "age", age);
    working().when("confirmBenefitDays", at("2022-03-02")).refused("BENEFIT_DAYS_NOT_PROPOSED", "engagement");
    let proposed = working().given_command("proposeBenefitDays", propose(36));
    proposed.when("proposeBenefitDays", propose(49)).refused("BENEFIT_DAYS_ALREADY_PROPOSED", "engagement");
    let confirmed = proposed.given_command("confirmBenefitDays", with(at("2022-03-02"), "requiredDays", 624));
    let state = engagement(&confirmed, employed::ENGAGEMENT);
    assert_eq!(state.benefit_confirmed, Some(("2022-03-02".parse().unwrap(), 624, 33)));
    confirmed.when("confirmBenefitDays", at("2022-03-03")).refused("BENEFIT_DAYS_ALREADY_CONFIRMED", "engagement");
    let again = confirmed.given_command("proposeBenefitDays", with(propose(50), "on", "2022-03-04"));
    assert_eq!(engagement(&again, employed::ENGAGEMENT).benefit_confirmed, None);
}

#[test]
fn days_to_prove_are_for_article_60() {
    let acs = with(second("19", "2022-01-03", "2022-06-30"), "measure", "ACS");
    let signed = working().given_command("signEngagement", acs);
    let propose = with(with(at("2022-03-01"), "engagement", OTHER), "age", 30);
    signed.when("proposeBenefitDays", propose).refused("NOT_ARTICLE_60", "engagement");
}

/// A citizen service signed under its law: from 1 July 2024.
fn service(until: &str) -> Value {
    let whole = second("28", "2024-07-01", until);
    with(with(with(whole, "measure", "CITIZEN_SERVICE"), "kind", "PLACEMENT"), "on", "2024-06-15")
}

fn in_2024() -> Scenario {
    working().today("2024-06-15".parse().unwrap())
}

/// Law published on 31 May 2024: 18 to 25 years, 6 to 12 months, at most 28 hours a week.
#[test]
fn citizen_service_keeps_to_its_law() {
    for until in ["2024-12-30", "2025-07-01"] {
        in_2024().when("signEngagement", service(until)).refused("LENGTH_OUT_OF_RANGE", "plannedUntil");
    }
    in_2024()
        .when("signEngagement", with(service("2024-12-31"), "plannedUntil", Value::Null))
        .refused("LENGTH_OUT_OF_RANGE", "plannedUntil");
    for until in ["2024-12-31", "2025-06-30"] {
        let events = in_2024().when("signEngagement", service(until)).events();
        assert_eq!(events[0].rule_set, Some("be-2024-05-31"));
    }
    for (age, allowed) in [(17, false), (18, true), (25, true), (26, false)] {
        let outcome = in_2024().when("signEngagement", with(service("2024-12-31"), "ageAtStart", age));
        if allowed { drop(outcome.events()) } else { outcome.refused("AGE_OUT_OF_RANGE", "ageAtStart") }
    }
    let long_week = with(service("2024-12-31"), "weeklyHours", "28.5");
    in_2024().when("signEngagement", long_week).refused("TOO_MANY_WEEKLY_HOURS", "weeklyHours");
}

#[test]
fn citizen_service_is_not_renewable_nor_stretched() {
    let signed = in_2024().given_command("signEngagement", service("2025-06-30"));
    let again = with(service("2024-12-31"), "engagement", "00000000-0000-0000-0000-000000000009");
    signed.when("signEngagement", again).refused("MEASURE_NOT_RENEWABLE", "measure");
    let of = |on| with(at(on), "engagement", OTHER);
    signed
        .when("extendEngagement", with(of("2024-06-20"), "plannedUntil", "2025-07-01"))
        .refused("LENGTH_OUT_OF_RANGE", "plannedUntil");
    signed
        .when("amendEngagement", with(of("2024-06-20"), "weeklyHours", "29"))
        .refused("TOO_MANY_WEEKLY_HOURS", "weeklyHours");
}

/// Before its law it had no status: what was agreed is recorded.
#[test]
fn citizen_service_before_its_law_has_no_limits() {
    let early = with(with(service("2022-05-31"), "plannedFrom", "2022-04-01"), "on", "2022-03-01");
    let events = working().when("signEngagement", with(early, "weeklyHours", "38")).events();
    assert_eq!(events.len(), 1);
}

/// Stage First of Actiris: 3 to 6 months.
#[test]
fn a_stage_first_lasts_three_to_six_months() {
    let stage = |until| with(with(second("38", "2022-04-01", until), "measure", "STAGE_FIRST"), "kind", "PLACEMENT");
    for until in ["2022-06-29", "2022-10-01"] {
        working().when("signEngagement", stage(until)).refused("LENGTH_OUT_OF_RANGE", "plannedUntil");
    }
    for until in ["2022-06-30", "2022-09-30"] {
        assert_eq!(working().when("signEngagement", stage(until)).events().len(), 1);
    }
}

/// Half of 38 hours is 19; six months from 1 July end on 31 December.
#[test]
fn a_part_time_article_60_warns_and_is_recorded() {
    let warned = |hours, until| {
        let signed = working().given_command("signEngagement", second(hours, "2022-07-01", until));
        engagement(&signed, OTHER).warnings(&Law::default())
    };
    assert_eq!(warned("19", "2022-12-31"), []);
    assert_eq!(warned("18.5", "2022-12-31"), [EngagementWarning::BelowHalfTime]);
    assert_eq!(warned("19", "2023-01-01"), [EngagementWarning::PartTimeTooLong]);
    assert_eq!(warned("38", "2023-12-31"), []);
    let halved = working().given_command("amendEngagement", with(at("2022-04-01"), "weeklyHours", "10"));
    let warnings = engagement(&halved, employed::ENGAGEMENT).warnings(&Law::default());
    assert_eq!(warnings, [EngagementWarning::BelowHalfTime]);
}
