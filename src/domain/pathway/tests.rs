//! The rules of the pathway, each as given, when, then; dates by hand.

use super::{Outcome, Pathway, State};
use crate::codes::Cell;
use crate::history::Cut;
use crate::ids::{PathwayId, PersonId};
use crate::personal::{Field, Personal};
use crate::scenario::Scenario;
use chrono::NaiveDate;
use serde_json::{Value, json};

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

fn open(pathway: &str, on: &str) -> Value {
    json!({"participant": WHO, "pathway": pathway, "on": on, "organisation": "cpas-molenbeek", "origin": "AID_FILE"})
}

fn at(on: &str, more: Value) -> Value {
    let mut whole = json!({"participant": WHO, "pathway": ONE, "on": on});
    if let (Some(whole), Value::Object(more)) = (whole.as_object_mut(), more) {
        whole.extend(more);
    }
    whole
}

fn enter(on: &str, cell: &str) -> Value {
    at(on, json!({"cell": cell}))
}

fn leave(on: &str, cell: &str) -> Value {
    at(on, json!({"cell": cell, "motive": "COMPLETED"}))
}

fn close(on: &str) -> Value {
    at(on, json!({"outcome": "EMPLOYMENT"}))
}

fn opened() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command("openPathway", open(ONE, "2022-01-10"))
}

fn pathway(scenario: &Scenario) -> Pathway {
    let state = State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    state.pathways[&PathwayId(ONE.parse().unwrap())].clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn one_pathway_is_open_at_a_time_with_an_organisation() {
    opened().when("openPathway", open(ONE, "2022-02-01")).refused("PATHWAY_ALREADY_KNOWN", "pathway");
    opened().when("openPathway", open(TWO, "2022-02-01")).refused("PATHWAY_ALREADY_OPEN", "on");
    opened().when("openPathway", open(TWO, "2022-01-01")).refused("PATHWAY_ALREADY_OPEN", "on");
    let closed = opened().given_command("closePathway", close("2022-06-01"));
    closed.when("openPathway", open(TWO, "2022-05-31")).refused("PATHWAY_ALREADY_OPEN", "on");
    assert_eq!(closed.when("openPathway", open(TWO, "2022-06-01")).events().len(), 1);
}

#[test]
fn an_older_pathway_is_recorded_late_together_with_its_end() {
    let mut older = open(TWO, "2021-01-01");
    older["closedOn"] = json!("2022-01-10");
    opened().when("openPathway", older.clone()).refused("END_INCOMPLETE", "outcome");
    older["outcome"] = json!("OTHER");
    assert_eq!(opened().when("openPathway", older.clone()).events().len(), 2);
    older["closedOn"] = json!("2022-01-11");
    opened().when("openPathway", older).refused("PATHWAY_ALREADY_OPEN", "on");
}

#[test]
fn entering_a_cell_leaves_the_former_one_the_same_day() {
    let moved = opened()
        .given_command("enterCell", enter("2022-02-01", "ALPHA"))
        .given_command("enterCell", enter("2022-04-01", "EMPLOYMENT"));
    let pathway = pathway(&moved);
    let cells = ["2022-01-31", "2022-02-01", "2022-03-31", "2022-04-01"].map(|on| pathway.cell_on(day(on)));
    assert_eq!(cells, [None, Some(Cell::Alpha), Some(Cell::Alpha), Some(Cell::Employment)]);
    assert_eq!(pathway.stays.iter().filter(|stay| stay.covers(day("2022-04-01"))).count(), 1);
    moved.when("enterCell", enter("2022-05-01", "EMPLOYMENT")).refused("CELL_ALREADY_ENTERED", "cell");
}

#[test]
fn a_file_that_leaves_its_cell_is_in_none() {
    let entered = opened().given_command("enterCell", enter("2022-02-01", "ALPHA"));
    entered.when("leaveCell", leave("2022-02-01", "ALPHA")).refused("NOT_IN_CELL", "cell");
    entered.when("leaveCell", leave("2022-03-01", "EMPLOYMENT")).refused("NOT_IN_CELL", "cell");
    let left = entered.given_command("leaveCell", leave("2022-03-01", "ALPHA"));
    left.when("leaveCell", leave("2022-03-01", "ALPHA")).refused("NOT_IN_CELL", "cell");
    let pathway = pathway(&left);
    let cells = ["2022-02-28", "2022-03-01"].map(|on| pathway.cell_on(day(on)));
    assert_eq!(cells, [Some(Cell::Alpha), None]);
}

#[test]
fn a_stay_recorded_late_takes_its_place_between_the_others() {
    let late = opened()
        .given_command("enterCell", enter("2022-02-01", "ALPHA"))
        .given_command("enterCell", enter("2022-06-01", "EMPLOYMENT"))
        .given_command("enterCell", enter("2022-04-01", "STUDIES_TRAINING"));
    let stays: Vec<_> = pathway(&late).stays.iter().map(|stay| (stay.cell, stay.until_exclusive)).collect();
    assert_eq!(
        stays,
        [
            (Cell::Alpha, Some(day("2022-04-01"))),
            (Cell::StudiesTraining, Some(day("2022-06-01"))),
            (Cell::Employment, None),
        ]
    );
}

#[test]
fn cells_are_entered_within_an_open_pathway_only() {
    opened().when("enterCell", enter("2022-01-09", "ALPHA")).refused("PATHWAY_NOT_OPEN", "on");
    let closed = opened().given_command("closePathway", close("2022-06-01"));
    closed.when("enterCell", enter("2022-06-01", "ALPHA")).refused("PATHWAY_NOT_OPEN", "on");
    assert_eq!(closed.when("enterCell", enter("2022-05-31", "ALPHA")).events().len(), 1);
}

#[test]
fn closing_a_pathway_ends_its_stay() {
    let entered = opened().given_command("enterCell", enter("2022-02-01", "ALPHA"));
    entered.when("closePathway", close("2022-02-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let closed = entered.given_command("closePathway", close("2022-06-01"));
    let pathway = pathway(&closed);
    assert_eq!(["2022-05-31", "2022-06-01"].map(|on| pathway.cell_on(day(on))), [Some(Cell::Alpha), None]);
    assert_eq!((pathway.closed_on(), pathway.outcome()), (Some(day("2022-06-01")), Some(Outcome::Employment)));
    closed.when("closePathway", close("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
}

#[test]
fn only_a_closed_pathway_is_reopened() {
    opened().when("reopenPathway", at("2022-07-01", json!({}))).refused("PATHWAY_NOT_CLOSED", "pathway");
    let closed = opened().given_command("closePathway", close("2022-06-01"));
    closed.when("reopenPathway", at("2022-05-31", json!({}))).refused("REOPENS_BEFORE_IT_CLOSES", "on");
    let reopened = closed.given_command("reopenPathway", at("2022-07-01", json!({})));
    let pathway = pathway(&reopened);
    let open = ["2022-05-31", "2022-06-01", "2022-06-30", "2022-07-01"].map(|on| pathway.open_on(day(on)));
    assert_eq!((open, pathway.outcome()), ([true, false, false, true], None));
    reopened.when("closePathway", close("2022-07-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let again = self::pathway(&reopened.given_command("closePathway", close("2022-09-01")));
    assert_eq!(again.closures.len(), 2);
}

#[test]
fn a_pathway_is_not_reopened_beside_another_one() {
    let two = opened()
        .given_command("closePathway", close("2022-06-01"))
        .given_command("openPathway", open(TWO, "2022-08-01"));
    two.when("reopenPathway", at("2022-07-01", json!({}))).refused("PATHWAY_ALREADY_OPEN", "on");
}

#[test]
fn one_referent_answers_for_a_pathway() {
    let assign = |user: &str, on: &str, referent: bool| {
        at(on, json!({"user": user, "role": "SOCIAL_WORKER", "referent": referent}))
    };
    let assigned = opened().given_command("assignMember", assign("worker-1", "2022-02-01", true));
    assigned
        .when("assignMember", assign("worker-2", "2022-03-01", true))
        .refused("REFERENT_ALREADY_ASSIGNED", "referent");
    assigned
        .when("assignMember", assign("worker-2", "2022-01-20", true))
        .refused("REFERENT_ALREADY_ASSIGNED", "referent");
    assigned.when("assignMember", assign("worker-1", "2022-03-01", false)).refused("MEMBER_ALREADY_ASSIGNED", "user");
    assigned.when("assignMember", assign("A Name", "2022-03-01", false)).refused("NOT_A_USER", "user");
    let release = |user: &str, on: &str| at(on, json!({"user": user}));
    assigned.when("releaseMember", release("worker-2", "2022-03-01")).refused("MEMBER_NOT_ASSIGNED", "user");
    let changed = assigned
        .given_command("releaseMember", release("worker-1", "2022-03-01"))
        .given_command("assignMember", assign("worker-2", "2022-03-01", true));
    let pathway = pathway(&changed);
    let referents =
        ["2022-02-28", "2022-03-01"].map(|on| pathway.referent_on(day(on)).map(|member| member.user.clone()));
    assert_eq!(referents, [Some("worker-1".to_owned()), Some("worker-2".to_owned())]);
}

#[test]
fn a_judgement_seals_its_note() {
    let input = at("2022-02-01", json!({"level": "READY", "note": "in confidence"}));
    let events = opened().when("judgeReadiness", input).events();
    assert_eq!(events[0].personal, Personal::default().with(Field::Note, Some("in confidence")));
}

#[test]
fn after_a_death_a_pathway_is_closed_and_nothing_is_entered() {
    let died = opened().given_command("recordDeath", json!({"participant": WHO, "on": "2022-06-01"}));
    died.when("enterCell", enter("2022-06-02", "ALPHA")).refused("PARTICIPANT_DIED", "on");
    assert_eq!(died.when("closePathway", close("2022-06-02")).events().len(), 1);
}

#[test]
fn a_pathway_does_not_close_while_an_engagement_with_the_organisation_runs() {
    let sign = json!({"participant": WHO, "engagement": TWO, "on": "2021-02-01", "measure": "ART60",
        "organisation": "samusocial", "employer": "cpas-molenbeek", "plannedFrom": "2021-02-15", "kind": "CDD"});
    let working = Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2021-01-01",
            "organisation": "cpas-molenbeek", "familyName": "Exemple", "givenName": "Un"}),
        )
        .given_command(
            "openPathway",
            json!({"participant": WHO, "pathway": ONE, "on": "2021-01-01",
            "organisation": "cpas-molenbeek", "origin": "AID_FILE"}),
        )
        .given_command("signEngagement", sign)
        .given_command("startEngagement", json!({"participant": WHO, "engagement": TWO, "on": "2021-02-15"}));
    let close = |on: &str| json!({"participant": WHO, "pathway": ONE, "on": on, "outcome": "EMPLOYMENT"});
    working.when("closePathway", close("2021-06-30")).refused("ENGAGEMENT_RUNNING", "on");
    let ended = working.given_command(
        "endEngagement",
        json!({"participant": WHO, "engagement": TWO, "on": "2021-06-30", "cause": "TERM"}),
    );
    ended.when("closePathway", close("2021-06-30")).refused("ENGAGEMENT_RUNNING", "on");
    assert_eq!(ended.when("closePathway", close("2021-07-01")).events().len(), 1);
}

fn suspend(on: &str, until: Option<&str>) -> Value {
    at(on, json!({"until": until, "motive": "ILLNESS"}))
}

fn resume(on: &str) -> Value {
    at(on, json!({}))
}

#[test]
fn why_a_pathway_is_suspended_is_sealed() {
    let events = opened().when("suspendPathway", suspend("2022-02-01", None)).events();
    assert_eq!(events[0].personal, Personal::default().with(Field::PathwaySuspensionMotive, Some("ILLNESS")));
    assert!(!format!("{events:?}").to_uppercase().contains("ILLNESS"));
}

#[test]
fn a_suspended_pathway_stays_open() {
    let suspended = opened()
        .given_command("suspendPathway", suspend("2022-02-01", None))
        .given_command("resumePathway", resume("2022-03-01"));
    let pathway = pathway(&suspended);
    let days = ["2022-01-31", "2022-02-01", "2022-02-28", "2022-03-01"].map(day);
    assert_eq!(days.map(|on| pathway.suspended_on(on)), [false, true, true, false]);
    assert!(days.iter().all(|on| pathway.open_on(*on)));
    assert_eq!(pathway.suspensions[0].ended_by, Some(suspended.id(suspended.records().len())));
}

#[test]
fn two_suspensions_of_one_pathway_share_no_day() {
    opened().when("suspendPathway", suspend("2022-01-09", None)).refused("PATHWAY_NOT_OPEN", "on");
    let backwards = suspend("2022-02-01", Some("2022-01-31"));
    opened().when("suspendPathway", backwards).refused("ENDS_BEFORE_IT_BEGINS", "until");
    let suspended = opened().given_command("suspendPathway", suspend("2022-02-01", Some("2022-02-28")));
    suspended.when("suspendPathway", suspend("2022-02-28", None)).refused("PATHWAY_ALREADY_SUSPENDED", "on");
    suspended.when("suspendPathway", suspend("2022-01-20", None)).refused("PATHWAY_ALREADY_SUSPENDED", "on");
    assert_eq!(suspended.when("suspendPathway", suspend("2022-03-01", None)).events().len(), 1);
    assert_eq!(suspended.when("suspendPathway", suspend("2022-01-20", Some("2022-01-31"))).events().len(), 1);
}

#[test]
fn only_a_suspended_pathway_is_resumed() {
    opened().when("resumePathway", resume("2022-02-01")).refused("PATHWAY_NOT_SUSPENDED", "on");
    let suspended = opened().given_command("suspendPathway", suspend("2022-02-01", Some("2022-02-28")));
    suspended.when("resumePathway", resume("2022-02-01")).refused("PATHWAY_NOT_SUSPENDED", "on");
    suspended.when("resumePathway", resume("2022-03-01")).refused("PATHWAY_NOT_SUSPENDED", "on");
    assert_eq!(suspended.when("resumePathway", resume("2022-02-28")).events().len(), 1);
}

#[test]
fn closing_a_pathway_ends_its_suspension() {
    let suspended = opened().given_command("suspendPathway", suspend("2022-02-01", None));
    suspended.when("closePathway", close("2022-02-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let closed = suspended.given_command("closePathway", close("2022-06-01"));
    assert_eq!(["2022-05-31", "2022-06-01"].map(|on| pathway(&closed).suspended_on(day(on))), [true, false]);
    closed.when("suspendPathway", suspend("2022-06-01", None)).refused("PATHWAY_NOT_OPEN", "on");
    let reopened = closed.given_command("reopenPathway", resume("2022-07-01"));
    assert!(!pathway(&reopened).suspended_on(day("2022-07-01")));
}

#[test]
fn a_pathway_does_not_close_over_what_happened_in_it() {
    // domain.md, invariant G3: the closure is the first day out, so the last contact lies on its eve at the latest.
    let id = |field: &str| json!({"participant": WHO, "pathway": ONE, field: TWO, "on": "2022-05-31"});
    let with = |mut whole: Value, more: Value| {
        let fields = more.as_object().unwrap().clone();
        whole.as_object_mut().unwrap().extend(fields);
        whole
    };
    let spoken = json!({"mode": "PHONE", "topic": "WORK"});
    for (command, input) in [
        ("recordContact", at("2022-05-31", spoken.clone())),
        ("requestInterview", id("interview")),
        ("identifyBarrier", with(id("barrier"), json!({"kind": "DEBTS", "severity": "LOW"}))),
        ("startAssessment", id("assessment")),
        ("agreeAction", with(id("action"), json!({"party": "PERSON", "label": "Actiris"}))),
    ] {
        let told = opened().given_command(command, input);
        told.when("closePathway", close("2022-05-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        assert_eq!(told.when("closePathway", close("2022-06-01")).events().len(), 1, "{command}");
    }
    let planned = opened().given_command("planAppointment", with(id("appointment"), spoken));
    assert_eq!(planned.when("closePathway", close("2022-05-31")).events().len(), 1);
}
