//! The rules of the PIIS (law of 26 May 2002), each as given, when, then; dates by hand.

use super::{Event, State};
use crate::decision::Event as Decided;
use crate::fact::Fact;
use crate::history::Cut;
use crate::ids::{GrantId, PersonId, PiisId};
use crate::personal::Field;
use crate::scenario::Scenario;
use serde_json::{Value, json};

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const GRANT: &str = "00000000-0000-4000-8000-00000000000b";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

/// Granted from 1 March 2022, notified on 31 March 2022.
fn granted() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command(
            "grantAid",
            json!({"participant": WHO, "grant": GRANT, "on": "2022-03-01", "organisation": "cpas-molenbeek",
                "kind": "RIS", "notifiedOn": "2022-03-31"}),
        )
}

fn with(mut whole: Value, field: &str, value: Value) -> Value {
    whole[field] = value;
    whole
}

fn propose(piis: &str, on: &str) -> Value {
    json!({"participant": WHO, "piis": piis, "grant": GRANT, "on": on, "organisation": "cpas-molenbeek",
        "kind": "GENERAL", "label": "PIIS Emploi"})
}

fn sign(piis: &str, on: &str) -> Value {
    json!({"participant": WHO, "piis": piis, "on": on})
}

fn at(piis: &str, on: &str, field: &str, value: Value) -> Value {
    with(json!({"participant": WHO, "piis": piis, "on": on}), field, value)
}

fn signed() -> Scenario {
    granted()
        .given_command("proposePiis", propose(ONE, "2022-04-01"))
        .given_command("signPiis", sign(ONE, "2022-04-06"))
}

fn cut(event: &Decided) -> bool {
    matches!(event.fact, Fact::Piis(Event::Signed { reflection_cut: true, .. }))
}

#[test]
fn a_signature_within_five_days_of_reflection_is_flagged() {
    // Law of 26 May 2002 and royal decree of 11 July 2002: handed over on 1 April, five days, 6 April at the earliest.
    let proposed = granted().given_command("proposePiis", propose(ONE, "2022-04-01"));
    assert!(cut(&proposed.when("signPiis", sign(ONE, "2022-04-05")).events()[0]));
    assert!(!cut(&proposed.when("signPiis", sign(ONE, "2022-04-06")).events()[0]));
    proposed.when("signPiis", sign(ONE, "2022-03-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
}

#[test]
fn a_signature_without_a_handing_over_claims_nothing_about_reflection() {
    let events = granted().when("signPiis", with(sign(ONE, "2022-04-01"), "grant", json!(GRANT))).events();
    assert!(!cut(&events[0]));
}

#[test]
fn a_signature_names_the_rules_that_swayed_it() {
    let events = granted().when("signPiis", sign(ONE, "2022-04-01")).events();
    assert_eq!(events[0].rule_set, Some("be-2016-11-01"));
}

#[test]
fn a_late_signature_is_recorded() {
    // Notified on 31 March: three calendar months end on 30 June. A later signature is late, not refused.
    let due = crate::law::Law::default().on("2022-03-31".parse().unwrap()).piis;
    assert_eq!(due.signature_due("2022-03-31".parse().unwrap()).to_string(), "2022-06-30");
    let late = with(sign(ONE, "2022-09-01"), "grant", json!(GRANT));
    assert_eq!(granted().when("signPiis", late).events().len(), 1);
}

#[test]
fn a_project_takes_its_grant_from_the_handing_over() {
    let state = State::of(&signed().history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let (piis, project) = state.first_signed(GrantId(GRANT.parse().unwrap())).unwrap();
    assert_eq!((piis.to_string().as_str(), project.signed_on), (ONE, "2022-04-06".parse().ok()));
    let proposed = granted().given_command("proposePiis", propose(ONE, "2022-04-01"));
    proposed
        .when("signPiis", with(sign(ONE, "2022-04-06"), "grant", json!(TWO)))
        .refused("PIIS_OF_ANOTHER_GRANT", "grant");
}

#[test]
fn there_is_no_project_before_its_grant() {
    granted().when("proposePiis", propose(ONE, "2022-02-28")).refused("PIIS_BEFORE_GRANT", "on");
    let unknown = with(propose(ONE, "2022-04-01"), "grant", json!(TWO));
    granted().when("proposePiis", unknown).refused("GRANT_UNKNOWN", "grant");
    let late = with(sign(ONE, "2022-02-28"), "grant", json!(GRANT));
    granted().when("signPiis", late).refused("PIIS_BEFORE_GRANT", "on");
}

#[test]
fn a_project_is_signed_once_and_one_runs_for_a_grant() {
    signed().when("signPiis", sign(ONE, "2022-05-01")).refused("PIIS_ALREADY_SIGNED", "piis");
    signed().when("proposePiis", propose(ONE, "2022-05-01")).refused("PIIS_ALREADY_KNOWN", "piis");
    let second = with(sign(TWO, "2022-05-01"), "grant", json!(GRANT));
    signed().when("signPiis", second.clone()).refused("PIIS_ALREADY_RUNNING", "on");
    let ended = signed().given_command("endPiis", at(ONE, "2022-05-01", "reason", json!("GOAL_REACHED")));
    assert_eq!(ended.when("signPiis", second).events().len(), 1);
}

#[test]
fn a_project_is_evaluated_and_amended_while_it_runs() {
    let evaluate = |on: &str| at(ONE, on, "inPerson", json!(true));
    signed().when("evaluatePiis", evaluate("2022-04-05")).refused("PIIS_NOT_RUNNING", "on");
    let evaluated = signed().given_command("evaluatePiis", evaluate("2022-08-01"));
    evaluated.when("evaluatePiis", evaluate("2022-08-01")).refused("PIIS_ALREADY_EVALUATED", "on");
    let end = |on: &str| at(ONE, on, "reason", json!("TERM"));
    evaluated.when("endPiis", end("2022-07-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let ended = evaluated.given_command("endPiis", end("2022-10-01"));
    ended.when("endPiis", end("2022-10-01")).refused("PIIS_ALREADY_ENDED", "on");
    ended.when("amendPiis", at(ONE, "2022-10-01", "requestedBy", json!("PERSON"))).refused("PIIS_NOT_RUNNING", "on");
    let amended = at(ONE, "2022-09-30", "requestedBy", json!("PERSON"));
    assert_eq!(ended.when("amendPiis", amended).events().len(), 1);
}

/// The end is the first day out: on the day of an evaluation or of an amendment the project still runs.
#[test]
fn a_project_runs_on_the_day_of_its_last_evaluation_and_amendment() {
    let end = |on: &str| at(ONE, on, "reason", json!("TERM"));
    let evaluated = signed().given_command("evaluatePiis", at(ONE, "2022-08-01", "inPerson", json!(true)));
    evaluated.when("endPiis", end("2022-08-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    assert_eq!(evaluated.when("endPiis", end("2022-08-02")).events().len(), 1);
    let amended = signed().given_command("amendPiis", at(ONE, "2022-08-01", "requestedBy", json!("PERSON")));
    amended.when("endPiis", end("2022-08-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    assert_eq!(signed().when("endPiis", end("2022-04-06")).events().len(), 1);
}

#[test]
fn a_planned_end_that_is_past_does_not_end_a_project() {
    let signed = granted().given_command("signPiis", with(sign(ONE, "2022-04-06"), "until", json!("2022-10-05")));
    let state = State::of(&signed.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let project = &state.projects[&PiisId(ONE.parse().unwrap())];
    assert!(project.running_on("2022-12-31".parse().unwrap()));
}

#[test]
fn the_ground_of_a_waiver_is_sealed() {
    let waive = json!({"participant": WHO, "grant": GRANT, "on": "2022-04-01", "until": "2022-09-30",
        "ground": "HEALTH"});
    let events = granted().when("waivePiis", waive.clone()).events();
    assert_eq!(events[0].personal.get(Field::WaiverGround), Some("HEALTH"));
    assert!(!format!("{events:?}").contains("HEALTH") && !format!("{events:?}").contains("Health"));
    let bad = crate::command::Command::parse("waivePiis", with(waive, "ground", json!("ILLNESS")));
    assert!(!bad.unwrap_err().to_string().contains("ILLNESS"));
}

#[test]
fn a_waiver_is_renewed_by_one_that_reaches_further() {
    let waive = |on: &str, until: &str| json!({"participant": WHO, "grant": GRANT, "on": on, "until": until, "ground": "EQUITY"});
    granted().when("waivePiis", waive("2022-04-01", "2022-03-31")).refused("ENDS_BEFORE_IT_BEGINS", "until");
    granted().when("waivePiis", waive("2022-02-28", "2022-03-31")).refused("PIIS_BEFORE_GRANT", "on");
    let waived = granted().given_command("waivePiis", waive("2022-04-01", "2022-09-30"));
    waived.when("waivePiis", waive("2022-04-01", "2022-09-30")).refused("PIIS_ALREADY_WAIVED", "grant");
    let renewed = waived.given_command("waivePiis", waive("2022-09-01", "2022-12-31"));
    let state = State::of(&renewed.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let waived = ["2022-03-31", "2022-04-01", "2022-12-31", "2023-01-01"]
        .map(|on| state.waived_on(GrantId(GRANT.parse().unwrap()), on.parse().unwrap()));
    assert_eq!(waived, [false, true, true, false]);
}

#[test]
fn a_pathway_does_not_close_over_a_project_that_runs() {
    let way = json!({"participant": WHO, "pathway": TWO, "on": "2022-01-10", "organisation": "cpas-molenbeek",
        "origin": "AID_FILE"});
    let close = |on: &str| json!({"participant": WHO, "pathway": TWO, "on": on, "outcome": "EMPLOYMENT"});
    let running = signed().given_command("openPathway", way);
    running.when("closePathway", close("2022-10-01")).refused("PIIS_RUNNING", "on");
    let ended = running.given_command("endPiis", at(ONE, "2022-10-01", "reason", json!("TERM")));
    ended.when("closePathway", close("2022-09-30")).refused("PIIS_RUNNING", "on");
    assert_eq!(ended.when("closePathway", close("2022-10-01")).events().len(), 1);
}

fn reactivate(on: &str, job: Option<(&str, &str)>) -> Value {
    let whole = json!({"participant": WHO, "piis": ONE, "on": on});
    match job {
        Some((from, until)) => with(with(whole, "jobFrom", json!(from)), "jobUntil", json!(until)),
        None => whole,
    }
}

/// Ended for a job from 1 July 2022 on.
fn ended() -> Scenario {
    signed().given_command("endPiis", at(ONE, "2022-07-01", "reason", json!("GOAL_REACHED")))
}

/// A job of less than three months: from 1 July to 29 September; on 30 September it has lasted three.
#[test]
fn a_project_goes_on_after_a_short_job_without_a_new_assessment() {
    let needed = |job| {
        let events = ended().when("reactivatePiis", reactivate("2022-10-03", job)).events();
        assert_eq!(events[0].rule_set, Some("be-2016-11-01"));
        matches!(events[0].fact, Fact::Piis(Event::Reactivated { new_assessment_needed: true, .. }))
    };
    assert!(!needed(Some(("2022-07-01", "2022-09-29"))));
    assert!(needed(Some(("2022-07-01", "2022-09-30"))));
    assert!(needed(None));
}

#[test]
fn only_what_ended_goes_on_and_after_a_gap() {
    signed().when("reactivatePiis", reactivate("2022-10-03", None)).refused("PIIS_NOT_ENDED", "piis");
    ended().when("reactivatePiis", reactivate("2022-07-01", None)).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let running = ended().when("reactivatePiis", reactivate("2022-10-03", Some(("2022-07-01", "2022-10-03"))));
    running.refused("JOB_STILL_RUNS", "jobUntil");
    let half = with(reactivate("2022-10-03", None), "jobFrom", json!("2022-07-01"));
    ended().when("reactivatePiis", half).refused("JOB_WITHOUT_BOTH_DAYS", "jobUntil");
    let other = with(sign(TWO, "2022-08-01"), "grant", json!(GRANT));
    let other = ended().given_command("signPiis", other);
    other.when("reactivatePiis", reactivate("2022-10-03", None)).refused("PIIS_ALREADY_RUNNING", "on");
}

#[test]
fn a_project_runs_on_both_sides_of_its_gap_and_ends_again() {
    let on_again = ended().given_command("reactivatePiis", reactivate("2022-10-03", None));
    let state = State::of(&on_again.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let project = &state.projects[&PiisId(ONE.parse().unwrap())];
    let running =
        ["2022-06-30", "2022-07-01", "2022-10-02", "2022-10-03"].map(|on| project.running_on(on.parse().unwrap()));
    assert_eq!(running, [true, false, false, true]);
    let end = |on: &str| at(ONE, on, "reason", json!("TERM"));
    on_again.when("endPiis", end("2022-10-03")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    assert_eq!(on_again.when("endPiis", end("2022-10-04")).events().len(), 1);
    let late = at(ONE, "2022-07-01", "requestedBy", json!("PERSON"));
    on_again.when("amendPiis", late).refused("PIIS_NOT_RUNNING", "on");
}
