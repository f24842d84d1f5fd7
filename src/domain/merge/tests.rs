//! The rules of merging, each as given, when, then.

use super::{Event, FILES_MAX};
use crate::fact::{Fact, Role, Stream};
use crate::history::Cut;
use crate::ids::PersonId;
use crate::personal::Field;
use crate::scenario::Scenario;
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

const ANNA: PersonId = PersonId(Uuid::from_u128(0xa));
const ANNE: PersonId = PersonId(Uuid::from_u128(0xb));
const BILAL: PersonId = PersonId(Uuid::from_u128(0xc));
const POST: Uuid = Uuid::from_u128(0x9);

fn registered(scenario: Scenario, who: PersonId) -> Scenario {
    let input = json!({"participant": who, "on": "2022-01-01", "organisation": "cpas-molenbeek",
        "familyName": "Invented", "givenName": "Name"});
    scenario.given_command("registerParticipant", input)
}

/// Positions 1 to 3: Anna, Anne and Bilal registered.
fn three() -> Scenario {
    [ANNA, ANNE, BILAL].into_iter().fold(Scenario::new(), registered)
}

fn files(survivor: PersonId, absorbed: PersonId) -> Value {
    json!({"survivor": survivor, "absorbed": absorbed, "on": "2022-06-01"})
}

fn merged(scenario: Scenario, survivor: PersonId, absorbed: PersonId) -> Scenario {
    scenario.given_command("mergeParticipants", files(survivor, absorbed))
}

fn granted(scenario: Scenario, to: PersonId, grant: u128) -> Scenario {
    let input = json!({"participant": to, "grant": Uuid::from_u128(grant), "on": "2022-03-01",
        "organisation": "cpas-molenbeek", "kind": "RIS", "category": "SINGLE", "notifiedOn": "2022-03-20"});
    scenario.given_command("grantAid", input)
}

fn kinds(scenario: &Scenario, who: PersonId) -> Vec<&'static str> {
    let history = scenario.history(who, Cut::default());
    history.entries().map(|entry| crate::wire::kind(entry.fact)).collect()
}

#[test]
fn a_merge_stands_in_both_files_and_its_motive_is_sealed() {
    let mut input = files(ANNA, ANNE);
    input["motive"] = json!("an invented reason");
    let events = three().when("mergeParticipants", input).events();
    assert_eq!(events[0].fact, Fact::Merge(Event::Merged { survivor: ANNA, absorbed: ANNE }));
    let about: Vec<_> = events[0].about.iter().map(|about| (about.stream, about.role)).collect();
    assert_eq!(about, [(Stream::from(ANNA), Role::Participant), (Stream::from(ANNE), Role::Absorbed)]);
    assert_eq!(events[0].personal.get(Field::Motive), Some("an invented reason"));
    assert!(!format!("{events:?}").contains("invented"));
}

#[test]
fn only_two_registered_participants_are_merged() {
    three().when("mergeParticipants", files(ANNA, ANNA)).refused("SAME_PARTICIPANT", "absorbed");
    let nobody = PersonId(Uuid::from_u128(0xf));
    three().when("mergeParticipants", files(ANNA, nobody)).refused("PARTICIPANT_UNKNOWN", "absorbed");
    three().when("mergeParticipants", files(nobody, ANNA)).refused("PARTICIPANT_UNKNOWN", "survivor");
}

#[test]
fn a_file_is_merged_once_and_never_in_a_circle() {
    let scenario = merged(three(), ANNA, ANNE);
    scenario.when("mergeParticipants", files(ANNA, ANNE)).refused("ALREADY_MERGED", "absorbed");
    scenario.when("mergeParticipants", files(BILAL, ANNE)).refused("ALREADY_MERGED", "absorbed");
    scenario.when("mergeParticipants", files(ANNE, ANNA)).refused("MERGE_CIRCLE", "absorbed");
    scenario.when("mergeParticipants", files(ANNE, BILAL)).refused("MERGED_INTO", "survivor");
    let chain = merged(scenario, BILAL, ANNA);
    chain.when("mergeParticipants", files(ANNE, BILAL)).refused("MERGE_CIRCLE", "absorbed");
}

#[test]
fn a_merge_is_not_planned() {
    let mut ahead = files(ANNA, ANNE);
    ahead["on"] = json!("2023-01-03");
    three().when("mergeParticipants", ahead.clone()).refused("MERGE_AHEAD", "on");
    let tomorrow = NaiveDate::from_ymd_opt(2023, 1, 3).unwrap();
    assert_eq!(three().today(tomorrow).when("mergeParticipants", ahead).events().len(), 1);
}

#[test]
fn what_was_merged_is_unmerged_from_the_file_that_absorbed_it() {
    let chain = merged(merged(three(), ANNA, ANNE), BILAL, ANNA);
    chain.when("unmergeParticipants", files(BILAL, ANNE)).refused("NOT_MERGED", "survivor");
    three().when("unmergeParticipants", files(ANNA, ANNE)).refused("NOT_MERGED", "absorbed");
    let apart = chain.given_command("unmergeParticipants", files(ANNA, ANNE));
    assert_eq!(kinds(&apart, ANNE), ["ParticipantRegistered"]);
    assert_eq!(kinds(&apart, BILAL).len(), 2, "Anna is still read as part of Bilal's file");
    apart.when("unmergeParticipants", files(ANNA, ANNE)).refused("NOT_MERGED", "absorbed");
    assert_eq!(apart.when("mergeParticipants", files(ANNA, ANNE)).refused_rule(), Some("MERGED_INTO"));
}

#[test]
fn the_survivors_file_tells_all_and_the_absorbed_one_nothing() {
    let scenario = merged(granted(three(), ANNE, 1), ANNA, ANNE);
    assert_eq!(kinds(&scenario, ANNA), ["ParticipantRegistered", "ParticipantRegistered", "AidGranted"]);
    let absorbed = scenario.history(ANNE, Cut::default());
    assert!(absorbed.is_empty());
    assert_eq!(absorbed.records().count(), 3, "its own records are still told");
    assert_eq!(absorbed.merged().map(|merged| merged.into), Some(ANNA));
    assert_eq!(scenario.history(ANNA, Cut::default()).absorbed(), [ANNE]);
}

#[test]
fn a_merge_counts_from_its_recording_on_for_all_days() {
    let scenario = merged(granted(three(), ANNE, 1), ANNA, ANNE);
    let before = Cut { before: Some(5), ..Cut::default() };
    assert_eq!(scenario.history(ANNA, before).entries().count(), 1);
    assert_eq!(scenario.history(ANNE, before).entries().count(), 2);
    let long_ago = Cut { as_of: NaiveDate::from_ymd_opt(2022, 1, 1), ..Cut::default() };
    assert_eq!(scenario.history(ANNA, long_ago).entries().count(), 2, "the merge itself is of 1 June");
    assert!(scenario.history(ANNE, long_ago).is_empty());
}

#[test]
fn an_annulled_merge_never_was() {
    let scenario = merged(granted(three(), ANNE, 1), ANNA, ANNE);
    let answer = |scenario: &Scenario, position: usize| json!({"stream": Stream::from(ANNE), "target": scenario.id(position), "reason": "MISTAKEN"});
    let apart = scenario.clone().given_command("annulEvent", answer(&scenario, 5));
    assert_eq!((kinds(&apart, ANNA).len(), kinds(&apart, ANNE).len()), (1, 2));
    let again = apart.clone().given_command("annulEvent", answer(&apart, 6));
    assert_eq!((kinds(&again, ANNA).len(), kinds(&again, ANNE).len()), (3, 0));
    scenario.when("correctEvent", answer(&scenario, 5)).refused("MERGE_NOT_CORRECTED", "target");
}

#[test]
fn the_file_of_an_absorbed_person_takes_corrections_and_annulments_only() {
    let scenario = merged(granted(three(), ANNE, 1), ANNA, ANNE);
    let contact = json!({"participant": ANNE, "on": "2022-07-01", "phone": "+32 470 00 00 00"});
    scenario.when("changeContact", contact).refused("MERGED_INTO", "participant");
    let again = json!({"participant": ANNE, "on": "2022-07-01", "organisation": "cpas-molenbeek",
        "familyName": "Invented", "givenName": "Name"});
    scenario.when("registerParticipant", again).refused("MERGED_INTO", "participant");
    for stream in [ANNA, ANNE] {
        let changes = json!({"stream": Stream::from(stream), "target": scenario.id(4), "reason": "TYPING_ERROR",
            "changes": {"kind": "ERIS"}});
        let corrected = scenario.clone().given_command("correctEvent", changes);
        let history = corrected.history(ANNA, Cut::default());
        let aid = history.entries().find(|entry| matches!(entry.fact, Fact::Aid(_))).unwrap();
        assert_eq!(crate::wire::to_json(aid.fact)["kind"], "ERIS", "asked for in the file of {stream}");
    }
}

#[test]
fn the_survivor_goes_on_with_what_was_begun_in_the_absorbed_file() {
    let scenario = merged(granted(three(), ANNE, 1), ANNA, ANNE);
    let ended = json!({"participant": ANNA, "grant": Uuid::from_u128(1), "on": "2022-09-01", "motive": "EMPLOYMENT"});
    three().when("endAid", ended.clone()).refused("GRANT_UNKNOWN", "grant");
    assert_eq!(scenario.when("endAid", ended).events()[0].fact.about()[0].stream, Stream::from(ANNA));
}

fn engagement(who: PersonId, number: u128, post: Option<Uuid>) -> Value {
    json!({"participant": who, "engagement": Uuid::from_u128(number), "on": "2022-02-01", "measure": "ART60",
        "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": "2022-03-01",
        "plannedUntil": "2022-12-31", "weeklyHours": "38", "kind": "CDD", "post": post})
}

#[test]
fn a_full_time_engagement_in_the_absorbed_file_leaves_no_room_for_another() {
    let apart = three().given_command("signEngagement", engagement(ANNE, 1, None));
    assert_eq!(apart.when("signEngagement", engagement(ANNA, 2, None)).events().len(), 1);
    let scenario = merged(apart, ANNA, ANNE);
    assert_eq!(scenario.when("signEngagement", engagement(ANNA, 2, None)).refused_rule(), Some("OVERLAPS_FULL_TIME"));
}

#[test]
fn a_post_held_by_an_absorbed_file_is_held() {
    let opened = three().given_command(
        "openPost",
        json!({"post": POST, "on": "2021-01-01", "organisation": "samusocial", "measure": "ART60", "function": "chauffeur"}),
    );
    let held = opened.given_command("signEngagement", engagement(ANNE, 1, Some(POST)));
    let rule = held.when("signEngagement", engagement(BILAL, 2, Some(POST))).refused_rule();
    assert_eq!(rule, Some("POST_TAKEN"));
    let scenario = merged(held, ANNA, ANNE);
    assert_eq!(scenario.when("signEngagement", engagement(BILAL, 2, Some(POST))).refused_rule(), rule);
}

#[test]
fn one_person_has_so_many_files_and_no_more() {
    let person = |number: usize| PersonId(Uuid::from_u128(0x100 + number as u128));
    let many = (1..FILES_MAX).fold(registered(Scenario::new(), person(0)), |scenario, number| {
        merged(registered(scenario, person(number)), person(0), person(number))
    });
    assert_eq!(many.history(person(0), Cut::default()).absorbed().len(), FILES_MAX - 1);
    let full = registered(many, person(FILES_MAX));
    full.when("mergeParticipants", files(person(0), person(FILES_MAX))).refused("TOO_MANY_FILES", "absorbed");
}

#[test]
fn a_penalty_begun_in_the_absorbed_persons_judicial_file_goes_on_there() {
    let penalty = Uuid::from_u128(0x77);
    let assigned = json!({"participant": ANNE, "penalty": penalty, "on": "2022-03-15", "organisation": "samusocial",
        "hoursOrdered": "40", "finalOn": "2022-03-01"});
    let scenario = merged(three().given_command("assignPenalty", assigned.clone()), ANNA, ANNE);
    let performed = json!({"participant": ANNE, "penalty": penalty, "on": "2022-07-01", "hours": "8"});
    assert_eq!(scenario.when("performPenaltyHours", performed).events().len(), 1);
    let mut another = assigned;
    another["penalty"] = json!(Uuid::from_u128(0x78));
    scenario.when("assignPenalty", another).refused("MERGED_INTO", "participant");
}
