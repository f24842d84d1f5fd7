//! The rules of the assessment, each as given, when, then; dates by hand.

use super::{COMPETENCES_MAX, Event, OccupationScheme, State};
use crate::fact::Fact;
use crate::history::Cut;
use crate::ids::{AssessmentId, PathwayId, PersonId};
use crate::personal::Field;
use crate::scenario::{PATHWAY, PERSON, Scenario, accompanied, accompanied_and_gone};
use serde_json::{Value, json};

const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

fn start(assessment: &str, on: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "assessment": assessment, "on": on})
}

fn version(on: &str) -> Value {
    json!({"participant": PERSON, "assessment": ONE, "on": on, "competences": ["Cuisine", "Permis B"],
        "document": "BSP 2022/17", "aspirations": "an invented wish"})
}

fn complete(on: &str) -> Value {
    json!({"participant": PERSON, "assessment": ONE, "on": on})
}

fn determine(on: &str, scheme: &str, occupation: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "on": on, "scheme": scheme, "occupation": occupation})
}

fn started() -> Scenario {
    accompanied().given_command("startAssessment", start(ONE, "2022-02-01"))
}

fn versioned() -> Scenario {
    started().given_command("versionAssessment", version("2022-02-15"))
}

fn state(scenario: &Scenario) -> State {
    State::of(&scenario.history(PersonId(PERSON.parse().unwrap()), Cut::default()))
}

#[test]
fn versions_are_numbered_in_order_of_day() {
    let twice = versioned().given_command("versionAssessment", version("2022-03-01"));
    let versions = &state(&twice).assessments[&AssessmentId(ONE.parse().unwrap())].versions;
    let told: Vec<_> = versions.iter().map(|each| (each.number, each.on.to_string(), each.record)).collect();
    assert_eq!(told, [(1, "2022-02-15".to_owned(), twice.id(4)), (2, "2022-03-01".to_owned(), twice.id(5))]);
    twice.when("versionAssessment", version("2022-02-28")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    started().when("versionAssessment", version("2022-01-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
}

#[test]
fn a_number_is_not_given_twice_after_an_annulment() {
    let twice = versioned().given_command("versionAssessment", version("2022-03-01"));
    let annul = json!({"stream": format!("person:{PERSON}"), "target": twice.id(4).0, "reason": "TYPING_ERROR"});
    let events = twice.given_command("annulEvent", annul).when("versionAssessment", version("2022-03-02")).events();
    assert!(matches!(events[0].fact, Fact::Assessment(Event::Versioned { version: 3, .. })));
}

#[test]
fn aspirations_are_sealed() {
    let events = started().when("versionAssessment", version("2022-02-15")).events();
    assert_eq!(events[0].personal.get(Field::Aspirations), Some("an invented wish"));
    assert!(!format!("{events:?}").contains("invented"));
}

#[test]
fn one_assessment_at_a_time_serves_a_pathway() {
    started().when("startAssessment", start(ONE, "2022-03-01")).refused("ASSESSMENT_ALREADY_KNOWN", "assessment");
    started().when("startAssessment", start(TWO, "2022-03-01")).refused("ASSESSMENT_ALREADY_RUNNING", "pathway");
    let completed = versioned().given_command("completeAssessment", complete("2022-03-01"));
    assert_eq!(completed.when("startAssessment", start(TWO, "2022-03-01")).events().len(), 1);
}

#[test]
fn an_assessment_is_completed_once_with_a_version_at_least() {
    accompanied().when("completeAssessment", complete("2022-02-15")).refused("ASSESSMENT_UNKNOWN", "assessment");
    started().when("completeAssessment", complete("2022-02-15")).refused("ASSESSMENT_WITHOUT_VERSION", "assessment");
    versioned().when("completeAssessment", complete("2022-02-14")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let completed = versioned().given_command("completeAssessment", complete("2022-02-15"));
    completed.when("completeAssessment", complete("2022-03-01")).refused("ASSESSMENT_ALREADY_COMPLETED", "assessment");
    completed.when("versionAssessment", version("2022-03-01")).refused("ASSESSMENT_ALREADY_COMPLETED", "assessment");
}

#[test]
fn a_version_keeps_so_many_competences_and_no_more() {
    let of = |count: usize| {
        let mut version = version("2022-02-15");
        version["competences"] = json!(vec!["Cuisine"; count]);
        version
    };
    assert_eq!(started().when("versionAssessment", of(COMPETENCES_MAX)).events().len(), 1);
    started().when("versionAssessment", of(COMPETENCES_MAX + 1)).refused("TOO_MANY_COMPETENCES", "competences");
}

#[test]
fn an_occupation_is_determined_on_the_ground_of_a_version() {
    let ask = |scenario: &Scenario, on: &str| scenario.when("determineProject", determine(on, "ROME", "G1602"));
    ask(&started(), "2022-02-15").refused("ASSESSMENT_WITHOUT_VERSION", "on");
    ask(&versioned(), "2022-02-14").refused("ASSESSMENT_WITHOUT_VERSION", "on");
    assert_eq!(ask(&versioned(), "2022-02-15").events().len(), 1);
}

#[test]
fn another_occupation_takes_the_place_of_the_one_before() {
    let determined = versioned().given_command("determineProject", determine("2022-03-01", "ROME", "G1602"));
    determined
        .when("determineProject", determine("2022-04-01", "ROME", "G1602"))
        .refused("NOTHING_CHANGED", "occupation");
    let other = determined.given_command("determineProject", determine("2022-04-01", "ISCO", "5120"));
    let (state, pathway) = (state(&other), PathwayId(PATHWAY.parse().unwrap()));
    let aimed = ["2022-02-28", "2022-03-31", "2022-04-01"]
        .map(|on| state.project_on(pathway, on.parse().unwrap()).map(|project| project.occupation.clone()));
    assert_eq!(aimed, [None, Some("G1602".to_owned()), Some("5120".to_owned())]);
}

#[test]
fn an_occupation_has_the_shape_of_its_list() {
    for (scheme, good, bad) in [
        (
            OccupationScheme::Rome,
            &["A1101", "N4401"][..],
            &["", "G160", "G16021", "O1101", "g1602", "GG602", "é1602"][..],
        ),
        (OccupationScheme::Isco, &["5", "51", "512", "5120"], &["", "51201", "51a0", "-512"]),
    ] {
        assert!(good.iter().all(|code| scheme.has_shape(code)), "{scheme:?}");
        assert!(!bad.iter().any(|code| scheme.has_shape(code)), "{scheme:?}");
    }
    versioned()
        .when("determineProject", determine("2022-03-01", "ISCO", "G1602"))
        .refused("NOT_AN_OCCUPATION", "occupation");
}

#[test]
fn nothing_is_assessed_outside_of_the_pathway() {
    // domain.md, invariant G3: the pathway is closed from 1 June on.
    accompanied_and_gone().when("startAssessment", start(ONE, "2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    let gone = accompanied_and_gone().given_command("startAssessment", start(ONE, "2022-02-01"));
    gone.when("versionAssessment", version("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    assert_eq!(gone.when("versionAssessment", version("2022-05-31")).events().len(), 1);
}
