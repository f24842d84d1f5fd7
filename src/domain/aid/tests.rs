//! The rules of the aid file, each as given, when, then; dates by hand.

use super::{AidCategory, State};
use crate::history::Cut;
use crate::ids::{GrantId, PersonId};
use crate::personal::Field;
use crate::scenario::Scenario;
use chrono::NaiveDate;
use serde_json::{Value, json};

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";

fn known() -> Scenario {
    Scenario::new().given_command(
        "registerParticipant",
        json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name"}),
    )
}

fn request(grant: &str, on: &str) -> Value {
    json!({"participant": WHO, "grant": grant, "on": on, "organisation": "cpas-molenbeek", "kind": "RIS"})
}

fn grant(grant: &str, on: &str, notified: &str) -> Value {
    json!({"participant": WHO, "grant": grant, "on": on, "organisation": "cpas-molenbeek", "kind": "RIS",
        "category": "SINGLE", "notifiedOn": notified})
}

fn end(grant: &str, on: &str) -> Value {
    json!({"participant": WHO, "grant": grant, "on": on, "motive": "EMPLOYMENT"})
}

fn granted() -> Scenario {
    known()
        .given_command("requestAid", request(ONE, "2022-03-01"))
        .given_command("grantAid", grant(ONE, "2022-03-01", "2022-03-29"))
}

fn state(scenario: &Scenario) -> State {
    State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn aid_is_for_somebody_who_is_registered() {
    Scenario::new().when("requestAid", request(ONE, "2022-03-01")).refused("PARTICIPANT_UNKNOWN", "participant");
}

#[test]
fn the_same_aid_is_asked_for_once_until_it_is_decided() {
    let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
    asked.when("requestAid", request(ONE, "2022-03-01")).refused("GRANT_ALREADY_KNOWN", "grant");
    asked.when("requestAid", request(TWO, "2022-03-02")).refused("AID_ALREADY_REQUESTED", "kind");
    let refuse = json!({"participant": WHO, "grant": ONE, "on": "2022-03-20", "motive": "RESOURCES"});
    let refused = asked.given_command("refuseAid", refuse.clone());
    refused.when("refuseAid", refuse).refused("AID_ALREADY_DECIDED", "grant");
    refused.when("grantAid", grant(ONE, "2022-03-01", "2022-03-21")).refused("AID_ALREADY_DECIDED", "grant");
    assert_eq!(refused.when("requestAid", request(TWO, "2022-04-01")).events().len(), 1);
}

#[test]
fn a_request_may_be_refused_on_its_own_day() {
    let refuse = json!({"participant": WHO, "grant": ONE, "on": "2022-03-01", "motive": "RESOURCES"});
    let refused = known().given_command("requestAid", request(ONE, "2022-03-01")).given_command("refuseAid", refuse);
    let state = state(&refused);
    let grant = state.grants.values().next().unwrap();
    assert_eq!((grant.refused_on, grant.pending()), (Some(day("2022-03-01")), false));
}

#[test]
fn aid_runs_from_its_first_day_to_the_eve_of_its_first_day_out() {
    let ended = granted().given_command("endAid", end(ONE, "2022-07-01"));
    let state = state(&ended);
    let grant = &state.grants[&GrantId(ONE.parse().unwrap())];
    let running = ["2022-02-28", "2022-03-01", "2022-06-30", "2022-07-01"].map(|on| grant.running_on(day(on)));
    assert_eq!(running, [false, true, true, false]);
    assert_eq!(grant.notified_on, Some(day("2022-03-29")));
}

#[test]
fn one_aid_of_a_kind_runs_at_a_time_with_an_organisation() {
    granted().when("grantAid", grant(TWO, "2022-05-01", "2022-05-10")).refused("AID_ALREADY_RUNNING", "on");
    let ended = granted().given_command("endAid", end(ONE, "2022-07-01"));
    ended.when("grantAid", grant(TWO, "2022-06-30", "2022-07-10")).refused("AID_ALREADY_RUNNING", "on");
    assert_eq!(ended.when("grantAid", grant(TWO, "2022-07-01", "2022-07-10")).events().len(), 1);
    let mut eris = grant(TWO, "2022-05-01", "2022-05-10");
    eris["kind"] = json!("ERIS");
    assert_eq!(granted().when("grantAid", eris).events().len(), 1);
}

/// A grant that ended on its own first day had been in the way of any earlier one.
#[test]
fn a_grant_without_a_day_of_aid_is_in_nobodys_way() {
    let ended = granted().given_command("endAid", end(ONE, "2022-03-01"));
    assert_eq!(ended.when("grantAid", grant(TWO, "2022-02-01", "2022-02-10")).events().len(), 1);
}

/// The refusal had named the kind whatever differed.
#[test]
fn what_is_granted_is_what_was_asked_for() {
    let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
    let other = |field: &str, value: &str| {
        let mut other = grant(ONE, "2022-03-01", "2022-03-29");
        other[field] = json!(value);
        other
    };
    asked.when("grantAid", other("organisation", "cpas-uccle")).refused("AID_NOT_AS_REQUESTED", "organisation");
    asked.when("grantAid", other("kind", "ERIS")).refused("AID_NOT_AS_REQUESTED", "kind");
}

#[test]
fn an_older_grant_is_recorded_late_together_with_its_end() {
    let mut older = grant(TWO, "2020-01-01", "2020-01-20");
    granted().when("grantAid", older.clone()).refused("AID_ALREADY_RUNNING", "on");
    older["endedOn"] = json!("2021-01-01");
    granted().when("grantAid", older.clone()).refused("END_INCOMPLETE", "endMotive");
    older["endMotive"] = json!("MOVED");
    let events = granted().when("grantAid", older).events();
    assert_eq!(
        events.iter().map(|event| event.effective_on).collect::<Vec<_>>(),
        [day("2020-01-01"), day("2021-01-01")]
    );
}

#[test]
fn a_decision_is_not_notified_before_the_request() {
    let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
    let early = grant(ONE, "2022-03-01", "2022-02-28");
    asked.when("grantAid", early).refused("ENDS_BEFORE_IT_BEGINS", "notifiedOn");
}

#[test]
fn aid_ends_once_and_not_before_it_begins() {
    granted().when("endAid", end(ONE, "2022-02-28")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    granted().when("endAid", end(TWO, "2022-07-01")).refused("GRANT_UNKNOWN", "grant");
    let ended = granted().given_command("endAid", end(ONE, "2022-03-01"));
    ended.when("endAid", end(ONE, "2022-07-01")).refused("AID_ALREADY_ENDED", "on");
}

#[test]
fn a_revision_changes_the_category_while_aid_runs() {
    let to = |category: &str, on: &str| json!({"participant": WHO, "grant": ONE, "on": on, "category": category});
    granted().when("reviseAid", to("SINGLE", "2022-04-01")).refused("NOTHING_CHANGED", "category");
    granted().when("reviseAid", to("COHABITING", "2022-02-28")).refused("AID_NOT_RUNNING", "on");
    let revised = granted().given_command("reviseAid", to("COHABITING", "2022-04-01"));
    let state = state(&revised);
    let grant = &state.grants[&GrantId(ONE.parse().unwrap())];
    let before_and_after = ["2022-03-31", "2022-04-01"].map(|on| grant.category_on(day(on)));
    assert_eq!(before_and_after, [Some(AidCategory::Single), Some(AidCategory::Cohabiting)]);
}

#[test]
fn after_a_death_aid_is_ended_and_nothing_is_granted() {
    let died = granted().given_command("recordDeath", json!({"participant": WHO, "on": "2022-06-01"}));
    died.when("requestAid", request(TWO, "2022-06-02")).refused("PARTICIPANT_DIED", "on");
    assert_eq!(died.when("endAid", end(ONE, "2022-06-02")).events().len(), 1);
}

fn suspend(on: &str, motive: &str) -> Value {
    json!({"participant": WHO, "grant": ONE, "on": on, "share": 100, "motive": motive})
}

fn resume(on: &str) -> Value {
    json!({"participant": WHO, "grant": ONE, "on": on})
}

fn transfer(on: &str) -> Value {
    json!({"participant": WHO, "grant": ONE, "on": on, "receiver": "cpas-uccle"})
}

fn with(mut whole: Value, field: &str, value: Value) -> Value {
    whole[field] = value;
    whole
}

#[test]
fn why_a_payment_is_suspended_is_sealed_and_the_rules_are_named_whatever_it_is() {
    for motive in ["ABROAD", "DETENTION", "SANCTION"] {
        let events = granted().when("suspendAidPayment", suspend("2022-05-01", motive)).events();
        assert_eq!(events[0].personal.get(Field::AidSuspensionMotive), Some(motive));
        assert_eq!(events[0].personal.by_class().len(), 1);
        assert_eq!(events[0].rule_set, Some("be-2016-11-01"));
        assert!(!format!("{events:?}").to_uppercase().contains(&format!(" {motive}")));
    }
}

#[test]
fn a_suspended_payment_leaves_the_aid_running() {
    let suspended = granted()
        .given_command("suspendAidPayment", suspend("2022-05-01", "SANCTION"))
        .given_command("resumeAidPayment", resume("2022-06-01"));
    let grant = &state(&suspended).grants[&GrantId(ONE.parse().unwrap())];
    let unpaid = ["2022-04-30", "2022-05-01", "2022-05-31", "2022-06-01"].map(|on| grant.suspended_on(day(on)));
    assert_eq!(unpaid, [false, true, true, false]);
    assert!(grant.running_on(day("2022-05-15")));
    let records = (grant.suspensions[0].begun_by, grant.suspensions[0].ended_by);
    assert_eq!(records, (suspended.id(4), Some(suspended.id(5))));
}

#[test]
fn a_payment_is_suspended_while_the_grant_runs_and_by_a_share() {
    granted().when("suspendAidPayment", suspend("2022-02-28", "SANCTION")).refused("AID_NOT_RUNNING", "on");
    let ended = granted().given_command("endAid", end(ONE, "2022-07-01"));
    ended.when("suspendAidPayment", suspend("2022-07-01", "SANCTION")).refused("AID_NOT_RUNNING", "on");
    for share in [0, 101] {
        let input = with(suspend("2022-05-01", "SANCTION"), "share", json!(share));
        granted().when("suspendAidPayment", input).refused("NOT_A_SHARE", "share");
    }
    for share in [1, 100] {
        let input = with(suspend("2022-05-01", "SANCTION"), "share", json!(share));
        assert_eq!(granted().when("suspendAidPayment", input).events().len(), 1);
    }
}

#[test]
fn two_suspensions_of_one_payment_share_no_day() {
    let until = |on: &str, until: &str| with(suspend(on, "SANCTION"), "until", json!(until));
    granted().when("suspendAidPayment", until("2022-05-01", "2022-04-30")).refused("ENDS_BEFORE_IT_BEGINS", "until");
    let may = granted().given_command("suspendAidPayment", until("2022-05-01", "2022-05-31"));
    let second = |on: &str, last: &str| may.when("suspendAidPayment", until(on, last));
    second("2022-05-31", "2022-06-30").refused("PAYMENT_ALREADY_SUSPENDED", "on");
    second("2022-04-01", "2022-05-01").refused("PAYMENT_ALREADY_SUSPENDED", "on");
    may.when("suspendAidPayment", suspend("2022-04-01", "SANCTION")).refused("PAYMENT_ALREADY_SUSPENDED", "on");
    assert_eq!(second("2022-06-01", "2022-06-30").events().len(), 1);
    assert_eq!(second("2022-04-01", "2022-04-30").events().len(), 1);
}

#[test]
fn only_what_is_suspended_is_resumed() {
    granted().when("resumeAidPayment", resume("2022-05-01")).refused("PAYMENT_NOT_SUSPENDED", "on");
    let until = with(suspend("2022-05-01", "SANCTION"), "until", json!("2022-05-31"));
    let suspended = granted().given_command("suspendAidPayment", until);
    suspended.when("resumeAidPayment", resume("2022-05-01")).refused("PAYMENT_NOT_SUSPENDED", "on");
    suspended.when("resumeAidPayment", resume("2022-06-01")).refused("PAYMENT_NOT_SUSPENDED", "on");
    let resumed = suspended.given_command("resumeAidPayment", resume("2022-05-31"));
    resumed.when("resumeAidPayment", resume("2022-05-31")).refused("PAYMENT_NOT_SUSPENDED", "on");
    assert_eq!(resumed.when("suspendAidPayment", suspend("2022-05-31", "SANCTION")).events().len(), 1);
}

#[test]
fn a_stay_abroad_suspends_the_payment_from_its_29th_day_on() {
    // 1 May is the first day abroad: 28 May is the 28th, 29 May the 29th.
    let abroad = |on: &str| with(suspend(on, "ABROAD"), "abroadSince", json!("2022-05-01"));
    granted().when("suspendAidPayment", abroad("2022-05-28")).refused("ABROAD_TOO_SHORT", "on");
    let events = granted().when("suspendAidPayment", abroad("2022-05-29")).events();
    assert_eq!(events[0].personal.get(Field::AbroadSince), Some("2022-05-01"));
    assert!(!format!("{events:?}").contains("2022-05-01"));
    let detained = with(abroad("2022-05-29"), "motive", json!("DETENTION"));
    granted().when("suspendAidPayment", detained).refused("NOT_ABROAD", "abroadSince");
}

#[test]
fn a_grant_that_was_transferred_runs_here_no_more() {
    granted().when("transferAid", transfer("2022-02-28")).refused("AID_NOT_RUNNING", "on");
    let moved = granted().given_command("transferAid", transfer("2022-06-01"));
    let grant = &state(&moved).grants[&GrantId(ONE.parse().unwrap())];
    assert_eq!(["2022-05-31", "2022-06-01"].map(|on| grant.running_on(day(on))), [true, false]);
    assert_eq!(grant.transferred.as_ref().map(|transfer| transfer.receiver.as_str()), Some("cpas-uccle"));
    moved.when("transferAid", transfer("2022-07-01")).refused("AID_ALREADY_TRANSFERRED", "grant");
    moved.when("endAid", end(ONE, "2022-07-01")).refused("AID_ALREADY_ENDED", "on");
    moved.when("suspendAidPayment", suspend("2022-06-01", "SANCTION")).refused("AID_NOT_RUNNING", "on");
    assert_eq!(moved.when("grantAid", grant_again("2022-06-01")).events().len(), 1);
}

fn grant_again(on: &str) -> Value {
    grant(TWO, on, on)
}

#[test]
fn a_request_that_was_transferred_is_decided_elsewhere() {
    let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
    asked.when("transferAid", transfer("2022-02-28")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let own = with(transfer("2022-03-04"), "receiver", json!("cpas-molenbeek"));
    asked.when("transferAid", own).refused("TRANSFERRED_TO_ITSELF", "receiver");
    let moved = asked.clone().given_command("transferAid", transfer("2022-03-04"));
    moved.when("transferAid", transfer("2022-03-05")).refused("AID_ALREADY_TRANSFERRED", "grant");
    moved.when("grantAid", grant(ONE, "2022-03-01", "2022-03-29")).refused("AID_ALREADY_DECIDED", "grant");
    let refuse = json!({"participant": WHO, "grant": ONE, "on": "2022-03-20", "motive": "RESOURCES"});
    moved.when("refuseAid", refuse.clone()).refused("AID_ALREADY_DECIDED", "grant");
    let refused = asked.given_command("refuseAid", refuse);
    refused.when("transferAid", transfer("2022-03-21")).refused("AID_ALREADY_DECIDED", "grant");
}
