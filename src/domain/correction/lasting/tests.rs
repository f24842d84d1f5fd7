//! What an answer may not break, each as given, when, then.

use crate::fact::Stream;
use crate::ids::PersonId;
use crate::scenario::{Scenario, judicial_file};
use serde_json::{Value, json};
use uuid::Uuid;

const ANNA: &str = "00000000-0000-0000-0000-00000000000a";
const BILAL: &str = "00000000-0000-0000-0000-00000000000b";
const PENALTY: &str = "00000000-0000-0000-0000-00000000000c";

fn person(person: &str) -> Stream {
    PersonId(person.parse().unwrap()).into()
}

/// Positions 1 and 2: two persons are registered.
fn house() -> Scenario {
    let register = |who: &str| {
        json!({"participant": who, "on": "2022-01-01", "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name"})
    };
    Scenario::new()
        .given_command("registerParticipant", register(ANNA))
        .given_command("registerParticipant", register(BILAL))
}

fn sign(who: &str, engagement: u128, from: &str, until: &str, hours: &str) -> Value {
    json!({"participant": who, "engagement": Uuid::from_u128(engagement), "on": "2022-01-02", "measure": "ART60",
        "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from, "plannedUntil": until,
        "weeklyHours": hours, "kind": "CDD"})
}

fn at(who: &str, engagement: u128, on: &str) -> Value {
    json!({"participant": who, "engagement": Uuid::from_u128(engagement), "on": on})
}

fn end(who: &str, engagement: u128, on: &str) -> Value {
    let mut input = at(who, engagement, on);
    input["cause"] = json!("TERM");
    input
}

fn annul(scenario: &Scenario, stream: impl Into<Stream>, position: usize) -> Value {
    json!({"stream": stream.into(), "target": scenario.id(position), "reason": "TYPING_ERROR"})
}

fn correct(scenario: &Scenario, stream: impl Into<Stream>, position: usize, on: Option<&str>, changes: Value) -> Value {
    let mut input = annul(scenario, stream, position);
    input["changes"] = changes;
    if let Some(on) = on {
        input["on"] = json!(on);
    }
    input
}

fn annulled(scenario: Scenario, position: usize) -> Scenario {
    let input = annul(&scenario, person(ANNA), position);
    scenario.given_command("annulEvent", input)
}

/// Anna: 3 to 5 engagement 1 from 3 January to 31 March, signed, started, ended; 6 to 8 engagement 2 in April.
fn two_in_a_row() -> Scenario {
    house()
        .given_command("signEngagement", sign(ANNA, 1, "2022-01-03", "2022-03-31", "38"))
        .given_command("startEngagement", at(ANNA, 1, "2022-01-03"))
        .given_command("endEngagement", end(ANNA, 1, "2022-03-31"))
        .given_command("signEngagement", sign(ANNA, 2, "2022-04-01", "2022-04-30", "38"))
        .given_command("startEngagement", at(ANNA, 2, "2022-04-01"))
        .given_command("endEngagement", end(ANNA, 2, "2022-04-30"))
}

#[test]
fn a_corrected_start_or_end_may_not_reach_into_another_full_time_engagement() {
    let scenario = two_in_a_row();
    let start = |on: &str| scenario.when("correctEvent", correct(&scenario, person(ANNA), 7, Some(on), json!({})));
    start("2022-03-31").refused("OVERLAPS_FULL_TIME", "changes");
    assert!(!start("2022-04-02").events().is_empty());
    let end = |on: &str| scenario.when("correctEvent", correct(&scenario, person(ANNA), 5, Some(on), json!({})));
    end("2022-04-01").refused("OVERLAPS_FULL_TIME", "changes");
    assert!(!end("2022-03-30").events().is_empty());
}

#[test]
fn what_is_refused_names_both_engagements_the_day_and_the_field() {
    let scenario = two_in_a_row();
    let mut input = annul(&scenario, person(ANNA), 7);
    input["on"] = json!("2022-03-15");
    let (_, answer) = scenario.clone().tried("correctEvent", input);
    let refusal = answer.unwrap_err();
    assert_eq!((refusal.rule, refusal.field), ("OVERLAPS_FULL_TIME", Some("on")));
    for named in ["000000000001 ", "000000000002 ", "2022-03-15"] {
        assert!(refusal.message.contains(named), "{refusal}");
    }
}

#[test]
fn an_end_is_not_annulled_while_another_full_time_engagement_follows() {
    let scenario = two_in_a_row();
    // Without an end the first one would still be running.
    scenario.when("annulEvent", annul(&scenario, person(ANNA), 5)).refused("OVERLAPS_FULL_TIME", "target");
    let alone = annulled(scenario, 6);
    assert!(!alone.when("annulEvent", annul(&alone, person(ANNA), 5)).events().is_empty());
}

#[test]
fn what_was_annulled_is_not_restored_into_what_came_since() {
    let gone = annulled(two_in_a_row(), 6);
    let restore = |scenario: &Scenario| scenario.when("annulEvent", annul(scenario, person(ANNA), 9));
    assert!(!restore(&gone).events().is_empty());
    let replaced = gone
        .given_command("signEngagement", sign(ANNA, 3, "2022-04-15", "2022-05-31", "38"))
        .given_command("startEngagement", at(ANNA, 3, "2022-04-15"));
    restore(&replaced).refused("OVERLAPS_FULL_TIME", "target");
}

#[test]
fn what_happened_goes_before_what_was_planned_and_what_is_agreed_leaves_room_for_both() {
    // 5: engagement 1 ended; 6: engagement 2 is signed for April and never started.
    let planned = house()
        .given_command("signEngagement", sign(ANNA, 1, "2022-01-03", "2022-03-31", "38"))
        .given_command("startEngagement", at(ANNA, 1, "2022-01-03"))
        .given_command("endEngagement", end(ANNA, 1, "2022-03-31"))
        .given_command("signEngagement", sign(ANNA, 2, "2022-04-01", "2022-04-30", "38"));
    let later = correct(&planned, person(ANNA), 5, Some("2022-04-05"), json!({}));
    assert!(!planned.when("correctEvent", later).events().is_empty());
    let terms = |from: &str| correct(&planned, person(ANNA), 6, None, json!({"terms": {"plannedFrom": from}}));
    planned.when("correctEvent", terms("2022-03-31")).refused("OVERLAPS_FULL_TIME", "changes");
    assert!(!planned.when("correctEvent", terms("2022-04-02")).events().is_empty());
}

#[test]
fn more_hours_a_week_make_an_engagement_beside_another_a_full_time_one() {
    let beside = house()
        .given_command("signEngagement", sign(ANNA, 1, "2022-01-03", "2022-03-31", "38"))
        .given_command("startEngagement", at(ANNA, 1, "2022-01-03"))
        .given_command("signEngagement", sign(ANNA, 2, "2022-02-01", "2022-02-28", "19"))
        .given_command("startEngagement", at(ANNA, 2, "2022-02-01"));
    let hours = |hours: &str| {
        beside.when("correctEvent", correct(&beside, person(ANNA), 5, None, json!({"terms": {"weeklyHours": hours}})))
    };
    hours("35").refused("OVERLAPS_FULL_TIME", "changes");
    assert!(!hours("34.5").events().is_empty());
}

#[test]
fn a_record_does_not_move_into_the_file_of_somebody_who_works_full_time() {
    let scenario = two_in_a_row()
        .given_command("signEngagement", sign(BILAL, 4, "2022-02-01", "2022-02-28", "38"))
        .given_command("startEngagement", at(BILAL, 4, "2022-02-01"));
    let start = correct(&scenario, person(BILAL), 10, None, json!({"person": ANNA}));
    // A start without a signature is no engagement; the signature that follows it is refused.
    let moved = scenario.given_command("correctEvent", start);
    let signature = correct(&moved, person(BILAL), 9, None, json!({"person": ANNA}));
    moved.when("correctEvent", signature).refused("OVERLAPS_FULL_TIME", "changes");
}

#[test]
fn a_signature_that_was_annulled_is_not_given_again_over_another_engagement() {
    // Regression: only the planned days of the new signature were looked at, not the start that still stood.
    let unsigned = annulled(two_in_a_row(), 3)
        .given_command("signEngagement", sign(ANNA, 3, "2022-02-01", "2022-02-28", "38"))
        .given_command("startEngagement", at(ANNA, 3, "2022-02-01"));
    unsigned
        .when("signEngagement", sign(ANNA, 1, "2022-06-01", "2022-06-30", "38"))
        .refused("OVERLAPS_FULL_TIME", "engagement");
    assert!(!unsigned.when("signEngagement", sign(ANNA, 1, "2022-06-01", "2022-06-30", "19")).events().is_empty());
}

fn merged(scenario: Scenario) -> Scenario {
    let merge = json!({"survivor": ANNA, "absorbed": BILAL, "on": "2022-06-01"});
    scenario.given_command("mergeParticipants", merge)
}

/// Position 9 and 10: Bilal works in April as well; 11: his file is merged into Anna's.
fn found_to_be_one() -> Scenario {
    merged(
        two_in_a_row()
            .given_command("signEngagement", sign(BILAL, 4, "2022-04-10", "2022-05-31", "38"))
            .given_command("startEngagement", at(BILAL, 4, "2022-04-10")),
    )
}

#[test]
fn a_merge_is_not_judged_and_what_it_finds_out_may_be_corrected_step_by_step() {
    let one = found_to_be_one();
    // Engagements 2 and 4 overlap from 10 April on: both may be changed, and 1 may not join them.
    let end = |on: &str| one.when("correctEvent", correct(&one, person(ANNA), 8, Some(on), json!({})));
    assert!(!end("2022-04-29").events().is_empty());
    assert!(!end("2022-05-02").events().is_empty());
    let start = correct(&one, person(BILAL), 10, Some("2022-03-31"), json!({}));
    one.when("correctEvent", start).refused("OVERLAPS_FULL_TIME", "changes");
    // Taking apart, and coming together again.
    let apart = annulled(one, 11);
    assert!(!apart.when("annulEvent", annul(&apart, person(ANNA), 12)).events().is_empty());
}

#[test]
fn an_unmerge_does_not_take_an_end_away_from_its_engagement() {
    // Bilal: 3 and 4 engagement 1 runs; 5 engagement 2 is signed part-time; 6: his file is merged into Anna's.
    let one = merged(
        house()
            .given_command("signEngagement", sign(BILAL, 1, "2022-01-03", "2022-04-30", "38"))
            .given_command("startEngagement", at(BILAL, 1, "2022-01-03"))
            .given_command("signEngagement", sign(BILAL, 2, "2022-03-01", "2022-03-31", "19")),
    );
    // 7: the end stands in Anna's file, and by it engagement 2 may become full-time.
    let one = one.given_command("endEngagement", end(ANNA, 1, "2022-02-28"));
    let hours = correct(&one, person(BILAL), 5, None, json!({"terms": {"weeklyHours": "38"}}));
    let one = one.given_command("correctEvent", hours).given_command("startEngagement", at(ANNA, 2, "2022-03-01"));
    let unmerge = json!({"survivor": ANNA, "absorbed": BILAL, "on": "2022-07-01"});
    // The start of 2 stands in Anna's file as well, so that only a start in Bilal's makes both run there.
    assert!(!one.when("unmergeParticipants", unmerge.clone()).events().is_empty());
    let start = correct(&one, person(ANNA), 9, None, json!({"person": BILAL}));
    let moved = one.given_command("correctEvent", start);
    moved.when("unmergeParticipants", unmerge.clone()).refused("OVERLAPS_FULL_TIME", "absorbed");
    moved.when("annulEvent", annul(&moved, person(ANNA), 6)).refused("OVERLAPS_FULL_TIME", "target");
    // The way out: the end goes to the file of its engagement.
    let end = correct(&moved, person(ANNA), 7, None, json!({"person": BILAL}));
    let whole = moved.given_command("correctEvent", end);
    assert!(!whole.when("unmergeParticipants", unmerge).events().is_empty());
}

/// 3: 40 hours are ordered; 4 and 5: 20 and 15 are performed.
fn penalised() -> Scenario {
    let of = |on: &str, more: Value| {
        let mut input = json!({"participant": ANNA, "penalty": PENALTY, "on": on});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    house()
        .given_command(
            "assignPenalty",
            of("2022-02-01", json!({"organisation": "samusocial", "hoursOrdered": "40", "finalOn": "2022-01-15"})),
        )
        .given_command("performPenaltyHours", of("2022-02-02", json!({"hours": "20"})))
        .given_command("performPenaltyHours", of("2022-02-03", json!({"hours": "15"})))
}

#[test]
fn no_answer_makes_the_hours_performed_exceed_the_order() {
    let (scenario, file) = (penalised(), judicial_file(ANNA));
    let hours = |hours: &str| scenario.when("correctEvent", correct(&scenario, file, 5, None, json!({"hours": hours})));
    assert!(!hours("20").events().is_empty());
    hours("20.01").refused("PENALTY_HOURS_EXCEEDED", "changes");
    let order =
        |hours: &str| scenario.when("correctEvent", correct(&scenario, file, 3, None, json!({"hoursOrdered": hours})));
    assert!(!order("35").events().is_empty());
    order("34").refused("PENALTY_HOURS_EXCEEDED", "changes");
    let input = annul(&scenario, file, 5);
    let fewer = scenario.clone().given_command("annulEvent", input);
    assert!(!fewer.when("annulEvent", annul(&fewer, file, 6)).events().is_empty());
    let more = json!({"participant": ANNA, "penalty": PENALTY, "on": "2022-02-04", "hours": "10"});
    let filled = fewer.given_command("performPenaltyHours", more);
    filled.when("annulEvent", annul(&filled, file, 6)).refused("PENALTY_HOURS_EXCEEDED", "target");
}

#[test]
fn a_new_order_reaches_for_the_hours_that_stand() {
    // Regression: an order given again after its annulment was not compared with the hours performed.
    let (scenario, file) = (penalised(), judicial_file(ANNA));
    let input = annul(&scenario, file, 3);
    let scenario = scenario.given_command("annulEvent", input);
    let order = |hours: &str| {
        let input = json!({"participant": ANNA, "penalty": PENALTY, "on": "2022-02-01", "organisation": "samusocial",
            "hoursOrdered": hours, "finalOn": "2022-01-15"});
        scenario.when("assignPenalty", input)
    };
    order("34").refused("PENALTY_HOURS_EXCEEDED", "hoursOrdered");
    assert!(!order("35").events().is_empty());
}

const SANCTION: &str = "00000000-0000-0000-0000-0000000000d0";
const PIIS: &str = "00000000-0000-0000-0000-0000000000d1";

/// Positions 3 to 7: a project signed, a notice, a hearing offered, the payment suspended for April 2022, heard before.
fn sanctioned() -> Scenario {
    let of = |on: &str, more: Value| {
        let mut input = json!({"participant": ANNA, "on": on});
        more.as_object().unwrap().iter().for_each(|(field, value)| input[field] = value.clone());
        input
    };
    let suspension = json!({"sanction": SANCTION, "ground": "PIIS_NOT_RESPECTED", "share": 100,
        "firstDay": "2022-04-01", "lastDay": "2022-04-30", "notifiedOn": "2022-03-22"});
    house()
        .given_command("signPiis", of("2022-02-01", json!({"piis": PIIS})))
        .given_command("sendFormalNotice", of("2022-03-01", json!({"sanction": SANCTION, "piis": PIIS})))
        .given_command("offerHearing", of("2022-03-05", json!({"sanction": SANCTION})))
        .given_command("decideSanction", of("2022-03-20", suspension))
}

#[test]
fn no_answer_leaves_a_sanction_without_notice_or_hearing() {
    // Law of 26 May 2002, articles 20 and 30 §2.
    let scenario = sanctioned();
    for position in [4, 5] {
        scenario.when("annulEvent", annul(&scenario, person(ANNA), position)).refused("SANCTION_UNLAWFUL", "target");
        let moved = correct(&scenario, person(ANNA), position, Some("2022-03-20"), json!({}));
        scenario.when("correctEvent", moved).refused("SANCTION_UNLAWFUL", "changes");
    }
    let earlier = correct(&scenario, person(ANNA), 4, Some("2022-02-20"), json!({}));
    assert_eq!(scenario.when("correctEvent", earlier).events().len(), 1);
    // The decision goes first, then what prepared it.
    let undone = annulled(scenario, 6);
    assert_eq!(undone.when("annulEvent", annul(&undone, person(ANNA), 4)).events().len(), 1);
}

#[test]
fn no_correction_makes_a_suspension_that_no_decision_could() {
    let scenario = sanctioned();
    let suspended = |more: Value| {
        let mut whole = json!({"share": 100, "firstDay": "2022-04-01", "lastDay": "2022-04-30", "deferredDays": 0});
        more.as_object().unwrap().iter().for_each(|(field, value)| whole[field] = value.clone());
        correct(&scenario, person(ANNA), 6, None, json!({"suspension": whole}))
    };
    for wrong in [
        json!({"share": 0}),
        json!({"share": 101}),
        json!({"lastDay": "2022-03-31"}),
        json!({"lastDay": "2022-07-01"}),
        json!({"firstDay": "2022-03-22"}),
        json!({"firstDay": "2022-06-02", "lastDay": "2022-06-30"}),
        json!({"deferredDays": 31}),
    ] {
        scenario.when("correctEvent", suspended(wrong)).refused("SANCTION_UNLAWFUL", "changes");
    }
    assert_eq!(scenario.when("correctEvent", suspended(json!({"share": 50}))).events().len(), 1);
}
