//! What was asked for, planned and agreed on the way.

use super::*;

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
