//! The rules of actions, each as given, when, then; dates by hand.

use super::State;
use crate::history::Cut;
use crate::ids::{ActionId, PersonId};
use crate::personal::Field;
use crate::scenario::{PATHWAY, PERSON, Scenario, accompanied, accompanied_and_gone};
use serde_json::{Value, json};

const ONE: &str = "00000000-0000-4000-8000-000000000001";

fn agree(on: &str) -> Value {
    json!({"participant": PERSON, "pathway": PATHWAY, "action": ONE, "on": on, "party": "PERSON",
        "label": "Inscription Actiris", "text": "an invented errand", "dueOn": "2022-03-01"})
}

fn settle(on: &str) -> Value {
    json!({"participant": PERSON, "action": ONE, "on": on})
}

fn agreed() -> Scenario {
    accompanied().given_command("agreeAction", agree("2022-02-01"))
}

#[test]
fn what_is_to_be_done_is_said_in_a_label_or_sealed_words() {
    let events = accompanied().when("agreeAction", agree("2022-02-01")).events();
    assert_eq!(events[0].personal.get(Field::ActionText), Some("an invented errand"));
    assert!(!format!("{events:?}").contains("invented"));
    let mut unsaid = agree("2022-02-01");
    unsaid["label"] = Value::Null;
    assert_eq!(accompanied().when("agreeAction", unsaid.clone()).events().len(), 1);
    unsaid["text"] = Value::Null;
    accompanied().when("agreeAction", unsaid).refused("ACTION_UNSAID", "label");
}

#[test]
fn an_action_is_settled_once_and_not_before_it_was_agreed_on() {
    agreed().when("agreeAction", agree("2022-02-01")).refused("ACTION_ALREADY_KNOWN", "action");
    accompanied().when("completeAction", settle("2022-02-01")).refused("ACTION_UNKNOWN", "action");
    for settling in ["completeAction", "abandonAction"] {
        agreed().when(settling, settle("2022-01-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        let settled = agreed().given_command(settling, settle("2022-02-01"));
        settled.when("completeAction", settle("2022-03-01")).refused("ACTION_ALREADY_SETTLED", "action");
        settled.when("abandonAction", settle("2022-03-01")).refused("ACTION_ALREADY_SETTLED", "action");
    }
}

#[test]
fn an_action_is_due_after_it_was_agreed_on_and_may_be_done_late() {
    accompanied().when("agreeAction", agree("2022-03-02")).refused("ENDS_BEFORE_IT_BEGINS", "dueOn");
    let late = agreed().given_command("completeAction", settle("2022-04-01"));
    let state = State::of(&late.history(PersonId(PERSON.parse().unwrap()), Cut::default()));
    let action = &state.actions[&ActionId(ONE.parse().unwrap())];
    assert_eq!(action.due_on, "2022-03-01".parse().ok());
    assert_eq!(action.settled.map(|settled| (settled.on, settled.done)), Some(("2022-04-01".parse().unwrap(), true)));
    assert_eq!((action.agreed_by, action.settled.unwrap().by), (late.id(3), late.id(4)));
}

#[test]
fn an_action_stays_within_its_pathway_and_outside_of_any_has_no_such_bounds() {
    accompanied_and_gone().when("agreeAction", agree("2022-06-01")).refused("ENDS_BEFORE_IT_BEGINS", "dueOn");
    let mut open = agree("2022-06-01");
    open["dueOn"] = Value::Null;
    accompanied_and_gone().when("agreeAction", open.clone()).refused("PATHWAY_NOT_OPEN", "on");
    let within = accompanied_and_gone().given_command("agreeAction", agree("2022-02-01"));
    within.when("completeAction", settle("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    open["pathway"] = Value::Null;
    let outside = accompanied_and_gone().given_command("agreeAction", open);
    assert_eq!(outside.when("completeAction", settle("2022-07-01")).events().len(), 1);
}

#[test]
fn after_a_death_an_action_is_given_up_and_not_done() {
    let died = agreed().given_command("recordDeath", json!({"participant": PERSON, "on": "2022-02-10"}));
    died.when("completeAction", settle("2022-02-11")).refused("PARTICIPANT_DIED", "on");
    assert_eq!(died.when("abandonAction", settle("2022-02-11")).events().len(), 1);
}
