//! The rules of the appraisal, each as given, when, then; dates by hand.

use super::State;
use crate::history::Cut;
use crate::ids::PersonId;
use crate::personal::Field;
use crate::scenario::employed;
use serde_json::{Value, json};

fn at(on: &str) -> Value {
    json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": on})
}

fn with(mut whole: Value, field: &str, value: impl Into<Value>) -> Value {
    whole[field] = value.into();
    whole
}

fn skill(on: &str) -> Value {
    with(with(at(on), "competence", "aide-cuisinier"), "body", "Consortium de validation")
}

#[test]
fn the_words_of_an_evaluation_are_sealed_and_its_result_stands() {
    let evaluation = with(with(at("2022-02-01"), "result", "GOOD"), "note", "invented words");
    let events = employed::scenario().when("recordEvaluation", evaluation.clone()).events();
    assert_eq!(events[0].personal.get(Field::Note), Some("invented words"));
    assert!(!format!("{events:?}").contains("invented"));
    let once = employed::scenario().given_command("recordEvaluation", evaluation.clone());
    once.when("recordEvaluation", evaluation).refused("EVALUATION_ALREADY_RECORDED", "on");
}

/// A placement is evaluated after its end as well; an incident happens in it.
#[test]
fn what_is_seen_is_seen_at_work() {
    let evaluation = |on| with(at(on), "result", "TO_IMPROVE");
    let incident = |on| with(at(on), "note", "invented words");
    employed::scenario().when("recordEvaluation", evaluation("2022-01-02")).refused("BEFORE_START", "on");
    let ended = employed::scenario().given_command("endEngagement", employed::end("2022-06-30"));
    assert_eq!(ended.when("recordEvaluation", evaluation("2022-07-04")).events().len(), 1);
    ended.when("recordIncident", incident("2022-07-01")).refused("ENGAGEMENT_ENDED", "on");
    assert_eq!(ended.when("recordIncident", incident("2022-06-30")).events().len(), 1);
    let other = with(evaluation("2022-02-01"), "engagement", employed::PERSON);
    ended.when("recordEvaluation", other).refused("ENGAGEMENT_UNKNOWN", "engagement");
}

#[test]
fn of_an_incident_nothing_stands_in_the_clear_but_that_there_was_one() {
    let events = employed::scenario().when("recordIncident", with(at("2022-02-01"), "note", "invented words")).events();
    let fields: Vec<String> = crate::wire::to_json(&events[0].fact).into_iter().map(|(name, _)| name).collect();
    assert_eq!(fields, ["person", "engagement"]);
    assert!(!format!("{events:?}").contains("invented"));
}

#[test]
fn one_body_vouches_for_a_skill_once_and_for_a_title_once() {
    let validated = employed::scenario().given_command("validateSkill", skill("2022-05-02"));
    validated.when("validateSkill", skill("2022-05-03")).refused("ALREADY_ACQUIRED", "competence");
    let both = validated.given_command("awardTitle", skill("2022-05-04"));
    both.when("awardTitle", skill("2022-05-05")).refused("ALREADY_ACQUIRED", "competence");
    let state = State::of(&both.history(PersonId(employed::PERSON.parse().unwrap()), Cut::default()));
    assert_eq!(state.acquired.iter().map(|one| one.title).collect::<Vec<_>>(), [false, true]);
    let elsewhere = with(skill("2021-12-15"), "engagement", Value::Null);
    assert_eq!(employed::scenario().when("validateSkill", elsewhere).events().len(), 1);
    employed::scenario().when("validateSkill", skill("2022-01-02")).refused("BEFORE_START", "on");
}
