//! Deadlines by hand, each with its article; a history is given, and what is due is told.

mod accompaniment;
mod work;

use super::{Deadline, Kind, Status};
use crate::fact::Stream;
use crate::history::Cut;
use crate::ids::PersonId;
use crate::law::Law;
use crate::scenario::Scenario;
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const GRANT: &str = "00000000-0000-4000-8000-00000000000b";
const PIIS: &str = "00000000-0000-4000-8000-000000000001";
const PATHWAY: &str = "00000000-0000-4000-8000-000000000002";
const POST: &str = "00000000-0000-4000-8000-000000000003";
const AGREEMENT: &str = "00000000-0000-4000-8000-000000000004";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(text: &str) -> Uuid {
    text.parse().unwrap()
}

fn told(scenario: &Scenario, stream: impl Into<Stream>) -> Vec<Deadline> {
    super::of(&scenario.history(stream, Cut::default()), &Law::default())
}

/// The deadlines of one kind of the one person: last day, and status on a day.
fn dues(scenario: &Scenario, kind: Kind, on: &str) -> Vec<(String, Status)> {
    let of_kind = told(scenario, PersonId(id(WHO))).into_iter().filter(|one| one.kind == kind);
    of_kind.map(|one| (one.due_on.to_string(), one.status_on(day(on)))).collect()
}

fn with(mut whole: Value, more: Value) -> Value {
    for (field, value) in more.as_object().unwrap() {
        whole[field] = value.clone();
    }
    whole
}

fn of_person(on: &str, more: Value) -> Value {
    with(json!({"participant": WHO, "on": on}), more)
}

fn of_piis(on: &str, more: Value) -> Value {
    with(of_person(on, json!({"piis": PIIS})), more)
}

fn registered() -> Scenario {
    let who = json!({"organisation": "cpas-molenbeek", "familyName": "Invented", "givenName": "Name"});
    Scenario::new().today(day("2025-12-31")).given_command("registerParticipant", of_person("2022-01-01", who))
}

fn granted() -> Scenario {
    let grant = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-03-31"});
    registered().given_command("grantAid", of_person("2022-03-01", grant))
}

fn proposed() -> Scenario {
    let project = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "GENERAL"});
    granted().given_command("proposePiis", of_piis("2022-04-01", project))
}

fn signed(on: &str, more: Value) -> Scenario {
    proposed().given_command("signPiis", of_piis(on, more))
}

fn evaluated(scenario: Scenario, on: &str, in_person: bool) -> Scenario {
    scenario.given_command("evaluatePiis", of_piis(on, json!({"inPerson": in_person})))
}

#[test]
fn a_decision_is_due_thirty_calendar_days_after_the_request() {
    // Article 21 §1: 31 January + 30 days = 2 March 2022.
    let request = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS"});
    let scenario = registered().given_command("requestAid", of_person("2022-01-31", request));
    assert_eq!(dues(&scenario, Kind::AidDecision, "2022-03-02"), [("2022-03-02".into(), Status::Due)]);
    assert_eq!(dues(&scenario, Kind::AidDecision, "2022-03-03"), [("2022-03-02".into(), Status::Overdue)]);
    let grant = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-03-02"});
    let scenario = scenario.given_command("grantAid", of_person("2022-01-31", grant));
    assert_eq!(dues(&scenario, Kind::AidDecision, "2022-03-01"), [("2022-03-02".into(), Status::Due)]);
    assert_eq!(dues(&scenario, Kind::AidDecision, "2022-03-03"), [("2022-03-02".into(), Status::Met)]);
}

#[test]
fn an_appeal_is_a_right_that_lapses_three_months_after_the_notification() {
    // Article 47 §1: 31 March + 3 months = 30 June 2022, for June has no 31st.
    assert_eq!(dues(&granted(), Kind::AidAppeal, "2022-06-30"), [("2022-06-30".into(), Status::Due)]);
    assert_eq!(dues(&granted(), Kind::AidAppeal, "2022-07-01"), [("2022-06-30".into(), Status::Lapsed)]);
}

#[test]
fn a_signature_is_due_three_months_after_the_notification_of_the_grant() {
    let open = granted();
    assert_eq!(dues(&open, Kind::PiisSignature, "2022-07-01"), [("2022-06-30".into(), Status::Overdue)]);
    let deadline = told(&open, PersonId(id(WHO))).into_iter().find(|one| one.kind == Kind::PiisSignature).unwrap();
    assert_eq!((deadline.clock.event, deadline.clock.on), (open.id(2), day("2022-03-31")));
    assert_eq!(deadline.rule_set.as_deref(), Some("be-2016-11-01"));
    let late = signed("2022-07-01", json!({}));
    assert_eq!(dues(&late, Kind::PiisSignature, "2022-07-01"), [("2022-06-30".into(), Status::MetLate)]);
    let in_time = signed("2022-06-30", json!({}));
    assert_eq!(dues(&in_time, Kind::PiisSignature, "2022-07-01"), [("2022-06-30".into(), Status::Met)]);
}

#[test]
fn no_signature_is_owed_before_november_2016_nor_to_whom_is_not_new() {
    let earlier = json!({"grant": PIIS, "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-01-15"});
    let twice = registered()
        .given_command("grantAid", of_person("2022-01-02", earlier))
        .given_command("endAid", of_person("2022-01-20", json!({"grant": PIIS, "motive": "EMPLOYMENT"})))
        .given_command(
            "grantAid",
            of_person(
                "2022-03-01",
                json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-03-31"}),
            ),
        );
    let of_grants: Vec<_> =
        told(&twice, PersonId(id(WHO))).into_iter().filter(|one| one.kind == Kind::PiisSignature).collect();
    assert_eq!(
        of_grants.iter().map(|one| one.of).collect::<Vec<_>>(),
        [id(PIIS)],
        "aid ran in the three months before"
    );
    assert_eq!(of_grants[0].status_on(day("2022-04-20")), Status::Void, "the aid ended unsigned");
    let equivalent =
        json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "ERIS", "notifiedOn": "2022-03-31"});
    let of_other_aid = registered().given_command("grantAid", of_person("2022-03-01", equivalent));
    assert_eq!(dues(&of_other_aid, Kind::PiisSignature, "2022-07-01"), []);
}

#[test]
fn a_waiver_suspends_the_signature_and_has_a_term_of_its_own() {
    let waived = granted().given_command(
        "waivePiis",
        of_person("2022-06-01", json!({"grant": GRANT, "until": "2022-08-31", "ground": "HEALTH"})),
    );
    for (on, status) in [
        ("2022-05-31", Status::Due),
        ("2022-06-01", Status::Suspended),
        ("2022-08-31", Status::Suspended),
        ("2022-09-01", Status::Overdue),
    ] {
        assert_eq!(dues(&waived, Kind::PiisSignature, on), [("2022-06-30".into(), status)], "{on}");
    }
    assert_eq!(dues(&waived, Kind::WaiverTerm, "2022-08-31"), [("2022-08-31".into(), Status::Due)]);
    let renewed = waived.given_command(
        "waivePiis",
        of_person("2022-08-20", json!({"grant": GRANT, "until": "2022-12-31", "ground": "HEALTH"})),
    );
    assert_eq!(
        dues(&renewed, Kind::WaiverTerm, "2022-09-01"),
        [("2022-08-31".into(), Status::Met), ("2022-12-31".into(), Status::Due)]
    );
}

#[test]
fn each_evaluation_is_due_four_months_after_the_signature_or_the_one_before() {
    // 31 October + 4 months = the last of February; the year after is no leap year.
    let signed = signed("2022-04-30", json!({}));
    assert_eq!(dues(&signed, Kind::PiisEvaluation, "2022-08-31"), [("2022-08-30".into(), Status::Overdue)]);
    let held = evaluated(evaluated(signed, "2022-08-30", true), "2022-10-31", false);
    assert_eq!(
        dues(&held, Kind::PiisEvaluation, "2022-12-01"),
        [("2022-08-30".into(), Status::Met), ("2022-12-30".into(), Status::Met), ("2023-02-28".into(), Status::Due)]
    );
    let ended = held.given_command("endPiis", of_piis("2023-02-01", json!({"reason": "GOAL_REACHED"})));
    assert_eq!(dues(&ended, Kind::PiisEvaluation, "2023-03-01")[2], ("2023-02-28".into(), Status::Void));
}

/// What was owed in the gap is void; after it the four months count from the reactivation.
#[test]
fn after_a_gap_the_evaluation_is_due_four_months_after_the_reactivation() {
    let ended = signed("2022-04-30", json!({}))
        .given_command("endPiis", of_piis("2022-07-01", json!({"reason": "GOAL_REACHED"})))
        .given_command("reactivatePiis", of_piis("2022-10-03", json!({})));
    assert_eq!(
        dues(&ended, Kind::PiisEvaluation, "2022-12-01"),
        [("2022-08-30".into(), Status::Void), ("2023-02-03".into(), Status::Due)]
    );
}

#[test]
fn two_evaluations_a_year_are_in_person_once_the_project_is_a_year_old() {
    let signed = signed("2022-04-30", json!({}));
    // None held: the year is full on 30 April 2023; its eve is the last day.
    assert_eq!(dues(&signed, Kind::PiisInPerson, "2022-05-01"), [("2023-04-29".into(), Status::Due)]);
    let once = evaluated(signed, "2022-08-30", true);
    assert_eq!(dues(&once, Kind::PiisInPerson, "2022-09-01")[0].0, "2023-04-29");
    let twice = evaluated(once, "2022-12-30", true);
    // The older one, of 30 August 2022, leaves the twelve months on 30 August 2023.
    assert_eq!(dues(&twice, Kind::PiisInPerson, "2023-01-01")[0].0, "2023-08-29");
    let by_phone = evaluated(twice, "2023-04-30", false);
    assert_eq!(dues(&by_phone, Kind::PiisInPerson, "2023-05-01")[0].0, "2023-08-29", "a call is not in person");
}

#[test]
fn what_leaves_a_year_leaves_it_on_the_first_day_that_reaches_it() {
    for (held, leaves) in [
        ("2024-02-29", "2025-03-01"),
        ("2023-02-28", "2024-02-28"),
        ("2023-03-31", "2024-03-31"),
        ("2023-12-31", "2024-12-31"),
    ] {
        assert_eq!(super::project::leaves_the_year(day(held)), day(leaves), "{held}");
    }
}

#[test]
fn the_term_of_a_project_moves_with_an_amendment() {
    let signed = signed("2022-04-30", json!({"until": "2023-04-29"}));
    assert_eq!(dues(&signed, Kind::PiisTerm, "2023-04-30"), [("2023-04-29".into(), Status::Overdue)]);
    let amended = signed
        .given_command("amendPiis", of_piis("2023-04-01", json!({"requestedBy": "PERSON", "until": "2023-10-29"})));
    assert_eq!(dues(&amended, Kind::PiisTerm, "2023-04-30"), [("2023-10-29".into(), Status::Due)]);
}

#[test]
fn a_correction_of_the_notification_moves_what_hangs_on_it() {
    let grant = granted();
    let stream = format!("person:{WHO}");
    let corrected = grant.clone().given_command(
        "correctEvent",
        json!({"stream": stream, "target": grant.id(2), "changes": {"notifiedOn": "2022-03-15"}, "reason": "TYPING_ERROR"}),
    );
    assert_eq!(dues(&corrected, Kind::PiisSignature, "2022-06-01"), [("2022-06-15".into(), Status::Due)]);
    let annulled = grant
        .clone()
        .given_command("annulEvent", json!({"stream": stream, "target": grant.id(2), "reason": "NEVER_HAPPENED"}));
    assert_eq!(dues(&annulled, Kind::PiisSignature, "2022-06-01"), []);
}

#[test]
fn a_death_ends_what_is_expected_of_a_person() {
    let dead = granted().given_command("recordDeath", of_person("2022-05-01", json!({})));
    assert_eq!(dues(&dead, Kind::PiisSignature, "2022-07-01"), [("2022-06-30".into(), Status::Void)]);
}

#[test]
fn a_deadline_names_the_referent_of_the_pathway() {
    let opened = json!({"pathway": PATHWAY, "organisation": "cpas-molenbeek", "origin": "AID_FILE"});
    let member = json!({"pathway": PATHWAY, "user": "lea", "role": "INSERTION_AGENT", "referent": true});
    let followed = granted()
        .given_command("openPathway", of_person("2022-03-01", opened))
        .given_command("assignMember", of_person("2022-03-01", member));
    let workers: Vec<_> = told(&followed, PersonId(id(WHO))).into_iter().map(|one| one.worker).collect();
    assert_eq!(workers, [Some("lea".to_owned()), Some("lea".to_owned())]);
}

#[test]
fn a_last_day_that_is_no_working_day_is_told_and_not_moved() {
    // 30 days from 22 June 2022 end on 22 July; from 21 June on 21 July, the Belgian National Day.
    let request = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS"});
    let told_on = |on: &str, language| {
        let asked = registered().given_command("requestAid", of_person(on, request.clone()));
        told(&asked, PersonId(id(WHO))).remove(0).explanation(&Law::default(), language)
    };
    let holiday = told_on("2022-06-21", super::Language::Fr);
    assert_eq!(
        holiday,
        "30 jours calendrier à compter du 2022-06-21 : 2022-07-21 inclus (DIS article 21 §1; mi-is.be; \
         bdas-wwsb.brussels) \
         [be-2016-11-01] ; le dernier jour est Fête nationale belge et n'est pas reporté"
    );
    assert!(told_on("2022-06-23", super::Language::En).ends_with("; the last day is a Saturday and is not moved"));
    assert!(told_on("2022-06-22", super::Language::Nl).ends_with("[be-2016-11-01]"), "a Friday");
}
