//! The rules of orientation, each as given, when, then; dates by hand.

use super::{Destination, Event, State};
use crate::codes::Cell;
use crate::history::Cut;
use crate::ids::{OrientationId, PathwayId, PersonId};
use crate::scenario::Scenario;
use serde_json::{Value, json};

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const WAY: &str = "00000000-0000-4000-8000-00000000000b";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

fn opened() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command(
            "openPathway",
            json!({"participant": WHO, "pathway": WAY, "on": "2022-01-10", "organisation": "cpas-molenbeek",
                "origin": "AID_FILE"}),
        )
}

fn request(orientation: &str, on: &str) -> Value {
    json!({"participant": WHO, "pathway": WAY, "orientation": orientation, "on": on, "to": {"cell": "ALPHA"}})
}

fn decide(orientation: &str, on: &str, decision: &str) -> Value {
    json!({"participant": WHO, "orientation": orientation, "on": on, "decision": decision})
}

fn orient(orientation: &str, on: &str, cell: Option<&str>) -> Value {
    let mut whole = json!({"participant": WHO, "pathway": WAY, "orientation": orientation, "on": on});
    if let Some(cell) = cell {
        whole["to"] = json!({"cell": cell});
    }
    whole
}

#[test]
fn a_pathway_has_one_request_that_waits() {
    let asked = opened().given_command("requestOrientation", request(ONE, "2022-02-01"));
    asked.when("requestOrientation", request(ONE, "2022-02-01")).refused("ORIENTATION_ALREADY_KNOWN", "orientation");
    asked.when("requestOrientation", request(TWO, "2022-02-01")).refused("ORIENTATION_PENDING", "pathway");
    let decided = asked.given_command("decideOrientation", decide(ONE, "2022-02-10", "REFUSED"));
    assert_eq!(decided.when("requestOrientation", request(TWO, "2022-02-10")).events().len(), 1);
}

#[test]
fn a_request_is_decided_once_and_not_before_it_was_made() {
    let asked = opened().given_command("requestOrientation", request(ONE, "2022-02-01"));
    asked.when("decideOrientation", decide(ONE, "2022-01-31", "ACCEPTED")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let decided = asked.given_command("decideOrientation", decide(ONE, "2022-02-10", "ACCEPTED"));
    decided
        .when("decideOrientation", decide(ONE, "2022-02-11", "REFUSED"))
        .refused("ORIENTATION_ALREADY_DECIDED", "orientation");
}

#[test]
fn an_accepted_request_is_carried_out_once_and_where_it_said() {
    let asked = opened().given_command("requestOrientation", request(ONE, "2022-02-01"));
    asked.when("orient", orient(ONE, "2022-02-10", None)).refused("ORIENTATION_NOT_ACCEPTED", "orientation");
    let decided = asked.given_command("decideOrientation", decide(ONE, "2022-02-10", "ACCEPTED"));
    decided.when("orient", orient(ONE, "2022-02-09", None)).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let sent = decided.given_command("orient", orient(ONE, "2022-02-10", None));
    sent.when("orient", orient(ONE, "2022-02-11", None)).refused("ALREADY_ORIENTED", "orientation");
    let state = State::of(&sent.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    let there = state.current(PathwayId(WAY.parse().unwrap()), "2022-02-10".parse().unwrap());
    assert_eq!(there.and_then(|to| to.cell), Some(Cell::Alpha));
}

#[test]
fn the_second_orientation_keeps_where_from() {
    opened().when("orient", orient(ONE, "2022-02-01", None)).refused("DESTINATION_MISSING", "to");
    let sent = opened().given_command("orient", orient(ONE, "2022-02-01", Some("ALPHA")));
    sent.when("orient", orient(TWO, "2022-03-01", Some("ALPHA"))).refused("NOTHING_CHANGED", "to");
    let at = |cell| Destination { cell: Some(cell), ..Destination::default() };
    sent.when("orient", orient(TWO, "2022-03-01", Some("EMPLOYMENT"))).records(&[Event::Reoriented {
        person: PersonId(WHO.parse().unwrap()),
        pathway: PathwayId(WAY.parse().unwrap()),
        orientation: OrientationId(TWO.parse().unwrap()),
        from: at(Cell::Alpha),
        to: at(Cell::Employment),
    }
    .into()]);
}

#[test]
fn nobody_is_oriented_outside_a_pathway() {
    let close = json!({"participant": WHO, "pathway": WAY, "on": "2022-06-01", "outcome": "MOVED"});
    let closed = opened().given_command("closePathway", close);
    closed.when("orient", orient(ONE, "2022-06-01", Some("ALPHA"))).refused("PATHWAY_NOT_OPEN", "on");
    closed.when("requestOrientation", request(ONE, "2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
}
