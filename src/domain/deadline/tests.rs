//! Deadlines by hand, each with its article; a history is given, and what is due is told.

use super::{Deadline, Kind, Status};
use crate::fact::Stream;
use crate::history::Cut;
use crate::ids::{AgreementId, PersonId, PostId};
use crate::law::Law;
use crate::scenario::{Scenario, employed, judicial_file};
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
fn an_engagement_is_to_start_and_to_end_as_planned() {
    let scenario = employed::scenario();
    let person: PersonId = PersonId(id(employed::PERSON));
    let found = told(&scenario, person);
    let term = found.iter().find(|one| one.kind == Kind::EngagementTerm).unwrap();
    assert_eq!((term.due_on, term.status_on(day("2022-07-01"))), (day("2022-06-30"), Status::Overdue));
    let start = found.iter().find(|one| one.kind == Kind::EngagementStart).unwrap();
    assert_eq!((start.due_on, start.status_on(day("2022-01-03"))), (day("2022-01-03"), Status::Met));
    let ended = scenario.given_command("endEngagement", employed::end("2022-06-30"));
    let term = told(&ended, person).into_iter().find(|one| one.kind == Kind::EngagementTerm).unwrap();
    assert_eq!(term.status_on(day("2022-07-01")), Status::Met);
}

#[test]
fn an_empty_subsidised_post_is_to_be_filled_within_six_months() {
    let engagement = "00000000-0000-4000-8000-00000000000d";
    let contract = json!({"engagement": engagement, "measure": "ACS", "organisation": "samusocial",
        "employer": "samusocial", "plannedFrom": "2022-02-01", "weeklyHours": "38", "kind": "CDI", "post": POST});
    let emptied = registered()
        .given_command(
            "openPost",
            json!({"post": POST, "on": "2022-01-01", "organisation": "samusocial", "measure": "ACS", "function": "x"}),
        )
        .given_command("signEngagement", of_person("2022-01-20", contract))
        .given_command("startEngagement", of_person("2022-02-01", json!({"engagement": engagement})))
        .given_command(
            "endEngagement",
            of_person("2022-08-31", json!({"engagement": engagement, "cause": "EARLY_PERSON"})),
        );
    // Last filled on 31 August 2022; February 2023 has 28 days.
    let found = told(&emptied, PostId(id(POST)));
    assert_eq!(
        found.iter().map(|one| (one.kind, one.due_on)).collect::<Vec<_>>(),
        [(Kind::PostRefill, day("2023-02-28"))]
    );
    assert_eq!(found[0].status_on(day("2023-03-01")), Status::Overdue);
    assert_eq!(found[0].organisation.as_ref().map(|one| one.as_str()), Some("samusocial"));
}

#[test]
fn an_agreement_runs_out_on_its_last_day_as_renewed() {
    let agreement = json!({"agreement": AGREEMENT, "on": "2022-01-01", "organisation": "samusocial",
        "partner": "cpas-jette", "measure": "ART60", "from": "2022-01-01", "until": "2022-12-31"});
    let signed = Scenario::new().today(day("2023-12-31")).given_command("signAgreement", agreement);
    let of = AgreementId(id(AGREEMENT));
    assert_eq!(told(&signed, of)[0].status_on(day("2023-01-01")), Status::Overdue);
    let renewal = json!({"agreement": AGREEMENT, "on": "2022-12-01", "until": "2023-12-31"});
    let renewed = signed.given_command("renewAgreement", renewal);
    let found = told(&renewed, of);
    assert_eq!((found.len(), found[0].due_on), (1, day("2023-12-31")));
    assert_eq!(found[0].organisation.as_ref().map(|one| one.as_str()), Some("samusocial"));
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

/// The deadlines of the house of the one worker: code, last day, status on a day.
fn of_house(scenario: &Scenario, on: &str) -> Vec<(String, String, Status)> {
    let all = told(scenario, PersonId(id(employed::PERSON))).into_iter();
    let told = all.filter_map(|one| Some((one.house.clone()?, one.due_on.to_string(), one.status_on(day(on)))));
    told.collect()
}

#[test]
fn a_skills_plan_is_due_thirty_days_after_the_start() {
    let scenario = employed::scenario();
    let due = |status| [("SKILLS_PLAN".to_owned(), "2022-02-02".to_owned(), status)];
    assert_eq!(of_house(&scenario, "2022-02-02"), due(Status::Due));
    assert_eq!(of_house(&scenario, "2022-02-03"), due(Status::Overdue));
    let signed = scenario.given_command(
        "signSkillsPlan",
        json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": "2022-01-20"}),
    );
    assert_eq!(of_house(&signed, "2022-02-03"), due(Status::Met));
}

#[test]
fn after_an_exit_a_review_and_three_follow_ups_are_due() {
    let ended =
        employed::scenario().today(day("2023-12-31")).given_command("endEngagement", employed::end("2022-06-30"));
    let of = |scenario: &Scenario, code: &str| {
        of_house(scenario, "2022-08-01").into_iter().find(|one| one.0 == code).map(|one| (one.1, one.2))
    };
    assert_eq!(of(&ended, "EXIT_REVIEW"), Some(("2022-07-30".into(), Status::Overdue)));
    assert_eq!(of(&ended, "FOLLOW_UP_3"), Some(("2022-09-30".into(), Status::Due)));
    assert_eq!(of(&ended, "FOLLOW_UP_12"), Some(("2023-06-30".into(), Status::Due)));
    let asked = ended.clone().given_command(
        "recordFollowUp",
        json!({"participant": employed::PERSON, "on": "2022-09-28", "atMonths": 3, "situation": "UNEMPLOYED",
            "source": "PERSON"}),
    );
    let on_the_day = of_house(&asked, "2022-09-30");
    let standing = |code: &str| on_the_day.iter().find(|one| one.0 == code).map(|one| one.2);
    assert_eq!((standing("FOLLOW_UP_3"), standing("FOLLOW_UP_6")), (Some(Status::Met), Some(Status::Due)));
}

#[test]
fn who_goes_on_without_a_gap_has_not_left() {
    let again = |from: &str| {
        let second = "00000000-0000-0000-0000-000000000003";
        employed::scenario()
            .today(day("2023-12-31"))
            .given_command("endEngagement", employed::end("2022-06-30"))
            .given_command(
                "signEngagement",
                json!({"participant": employed::PERSON, "engagement": second, "on": "2022-06-01", "measure": "ART60",
                    "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from,
                    "plannedUntil": "2022-12-31", "weeklyHours": "38", "kind": "CDD"}),
            )
            .given_command(
                "startEngagement",
                json!({"participant": employed::PERSON, "engagement": second, "on": from}),
            )
    };
    let reviews = |scenario: &Scenario| {
        of_house(scenario, "2022-09-01")
            .into_iter()
            .filter(|one| one.0 == "EXIT_REVIEW")
            .map(|one| one.2)
            .collect::<Vec<_>>()
    };
    assert_eq!(reviews(&again("2022-07-01")), []);
    assert_eq!(reviews(&again("2022-07-02")), [Status::Void], "left, and back");
}

#[test]
fn a_work_penalty_is_performed_within_twelve_months_or_as_the_commission_says() {
    // Article 37quinquies: final on 29 February 2024, so by 28 February 2025, for 2025 has no 29th.
    let penalty = json!({"penalty": PIIS, "organisation": "samusocial", "hoursOrdered": "40", "finalOn": "2024-02-29"});
    let assigned = registered().given_command("assignPenalty", of_person("2024-03-15", penalty));
    let file = judicial_file(WHO);
    assert_eq!(told(&assigned, PersonId(id(WHO))), [], "nothing of it stands in the person's file");
    let one = told(&assigned, file).remove(0);
    assert_eq!((one.kind, one.due_on, one.clock.on), (Kind::PenaltyTime, day("2025-02-28"), day("2024-02-29")));
    assert_eq!(one.status_on(day("2025-03-01")), Status::Overdue);
    let extension = json!({"penalty": PIIS, "until": "2025-08-31"});
    let extended = assigned.given_command("extendPenaltyDeadline", of_person("2025-02-01", extension));
    let one = told(&extended, file).remove(0);
    assert_eq!(
        (one.due_on, one.status_on(day("2025-03-01")), one.clock.on),
        (day("2025-08-31"), Status::Due, day("2025-02-01"))
    );
}

#[test]
fn an_interview_asked_for_is_owed_within_five_working_days() {
    // Monday 11 July 2022 + 5 working days = Monday 18; from Friday 15 July the National Day (Thursday 21) is left out.
    let asked = |on: &str| registered().given_command("requestInterview", of_person(on, json!({"interview": PIIS})));
    assert_eq!(dues(&asked("2022-07-11"), Kind::Interview, "2022-07-19"), [("2022-07-18".into(), Status::Overdue)]);
    assert_eq!(dues(&asked("2022-07-15"), Kind::Interview, "2022-07-22"), [("2022-07-25".into(), Status::Due)]);
    let held = asked("2022-07-11").given_command(
        "recordContact",
        of_person("2022-07-14", json!({"mode": "IN_PERSON", "topic": "PROJECT", "interview": PIIS})),
    );
    assert_eq!(dues(&held, Kind::Interview, "2022-07-19"), [("2022-07-18".into(), Status::Met)]);
}

#[test]
fn an_appointment_is_expected_before_its_day_and_overdue_behind_it() {
    let planned = registered().given_command(
        "planAppointment",
        of_person("2022-07-11", json!({"appointment": PIIS, "mode": "PHONE", "topic": "WORK"})),
    );
    let one = told(&planned, PersonId(id(WHO))).remove(0);
    assert!(one.begun_on(day("2022-07-01")));
    assert_eq!((one.status_on(day("2022-07-11")), one.status_on(day("2022-07-12"))), (Status::Due, Status::Overdue));
    let missed = planned
        .given_command("missAppointment", of_person("2022-07-11", json!({"appointment": PIIS, "excused": true})));
    assert_eq!(dues(&missed, Kind::Appointment, "2022-07-12"), [("2022-07-11".into(), Status::Void)]);
}

#[test]
fn an_action_agreed_on_is_due_on_its_day() {
    let action = json!({"action": PIIS, "party": "PERSON", "label": "Inscription", "dueOn": "2022-02-15"});
    let agreed = registered().given_command("agreeAction", of_person("2022-02-01", action));
    assert_eq!(dues(&agreed, Kind::Action, "2022-02-16"), [("2022-02-15".into(), Status::Overdue)]);
    let done = agreed.given_command("completeAction", of_person("2022-02-16", json!({"action": PIIS})));
    assert_eq!(dues(&done, Kind::Action, "2022-02-16"), [("2022-02-15".into(), Status::MetLate)]);
}

#[test]
fn a_transfer_is_told_in_time_or_late() {
    // Five calendar days (`choices.md`, transfer): 26 January + 5 = 31 January 2022.
    let request = json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS"});
    let asked = registered().given_command("requestAid", of_person("2022-01-26", request));
    assert_eq!(dues(&asked, Kind::AidTransfer, "2022-02-10"), []);
    for (on, status) in [("2022-01-31", Status::Met), ("2022-02-01", Status::MetLate)] {
        let passed_on = json!({"grant": GRANT, "receiver": "cpas-jette"});
        let passed_on = asked.clone().given_command("transferAid", of_person(on, passed_on));
        assert_eq!(dues(&passed_on, Kind::AidTransfer, "2022-02-10"), [("2022-01-31".into(), status)], "{on}");
    }
}

#[test]
fn who_left_an_operation_is_asked_six_months_later() {
    // Annex I, EECR05: left on 31 August 2022, so 28 February 2023.
    let situation = json!({"employmentStatus": "UNEMPLOYED", "isced": "ISCED_2", "household": "ALONE",
        "housing": "HOME", "disability": "NO", "foreignBackground": "NO", "nationalityGroup": "NATIONAL", "rural": false});
    let operation = |on: &str, more: Value| of_person(on, with(json!({"operation": "fse-2022"}), more));
    let left = registered()
        .given_command("recordEntrySituation", of_person("2022-02-01", situation))
        .given_command("enterOperation", operation("2022-02-01", json!({"organisation": "cpas-molenbeek"})))
        .given_command("leaveOperation", operation("2022-08-31", json!({"exitSituation": "EMPLOYED"})));
    assert_eq!(dues(&left, Kind::EsfFollowUp, "2023-03-01"), [("2023-02-28".into(), Status::Overdue)]);
    let back = left.given_command("enterOperation", operation("2022-10-01", json!({"organisation": "cpas-molenbeek"})));
    assert_eq!(dues(&back, Kind::EsfFollowUp, "2023-03-01"), [("2023-02-28".into(), Status::Void)]);
}
