//! The rules of training, each as given, when, then.

use super::State;
use crate::history::Cut;
use crate::hours::Hours;
use crate::ids::{CourseId, OrganisationId, PersonId, SessionId};
use crate::person;
use crate::scenario::Scenario;
use serde_json::{Value, json};
use uuid::Uuid;

const PERSON: &str = "00000000-0000-0000-0000-000000000001";
const COURSE: &str = "00000000-0000-0000-0000-000000000002";
const SESSION: &str = "00000000-0000-0000-0000-000000000003";
const JOB_DAY: &str = "00000000-0000-0000-0000-000000000004";

/// A person, a course with one session of 7 hours on 14 February 2022, and a Job Day on 1 March.
fn school() -> Scenario {
    let organisation = OrganisationId::new("samusocial").unwrap();
    let person = PersonId(Uuid::from_u128(1));
    Scenario::new()
        .given("2022-01-01".parse().unwrap(), person::Event::Registered { person, organisation })
        .given_command(
            "planCourse",
            json!({"course": COURSE, "on": "2022-01-10", "organisation": "samusocial", "title": "First aid"}),
        )
        .given_command("holdSession", json!({"course": COURSE, "session": SESSION, "on": "2022-02-14", "hours": 7}))
        .given_command(
            "holdActivity",
            json!({"activity": JOB_DAY, "on": "2022-03-01", "organisation": "samusocial", "kind": "JOB_DAY"}),
        )
}

fn of(on: &str) -> Value {
    json!({"participant": PERSON, "course": COURSE, "on": on})
}

fn attendance(on: &str, hours: &str) -> Value {
    json!({"participant": PERSON, "course": COURSE, "session": SESSION, "on": on, "hours": hours})
}

#[test]
fn a_person_is_enrolled_once_until_the_course_is_completed() {
    let enrolled = school().given_command("enrolParticipant", of("2022-02-01"));
    enrolled.when("enrolParticipant", of("2022-02-02")).refused("ALREADY_ENROLLED", "course");
    enrolled.when("completeTraining", of("2022-01-31")).refused("BEFORE_ENROLMENT", "on");
    // A course of one day is completed on the day of its enrolment, and may be taken again.
    let completed = enrolled.given_command("completeTraining", of("2022-02-01"));
    completed.when("completeTraining", of("2022-02-02")).refused("NOT_ENROLLED", "course");
    assert_eq!(completed.when("enrolParticipant", of("2022-02-02")).events().len(), 1);
    let cancelled = school().given_command("cancelCourse", json!({"course": COURSE, "on": "2022-02-20"}));
    cancelled.when("enrolParticipant", of("2022-02-20")).refused("COURSE_CANCELLED", "on");
}

#[test]
fn a_session_is_attended_once_on_its_day_and_for_its_hours() {
    school().when("recordAttendance", attendance("2022-02-14", "7.01")).refused("MORE_HOURS_THAN_SESSION", "hours");
    school().when("recordAttendance", attendance("2022-02-15", "7")).refused("HELD_ON_ANOTHER_DAY", "on");
    let attended = school().given_command("recordAttendance", attendance("2022-02-14", "7"));
    attended.when("recordAttendance", attendance("2022-02-14", "7")).refused("ATTENDANCE_ALREADY_RECORDED", "session");
    let missed = json!({"participant": PERSON, "course": COURSE, "session": SESSION, "on": "2022-02-14"});
    attended.when("recordMissedSession", missed.clone()).refused("ATTENDANCE_ALREADY_RECORDED", "session");
    let missed = school().given_command("recordMissedSession", missed);
    missed.when("recordAttendance", attendance("2022-02-14", "7")).refused("ATTENDANCE_ALREADY_RECORDED", "session");
}

#[test]
fn who_attends_a_course_is_told_by_the_person_and_by_the_course() {
    let attended = school().given_command("recordAttendance", attendance("2022-02-14", "6.5"));
    let (person, course) = (PersonId(Uuid::from_u128(1)), CourseId(Uuid::from_u128(2)));
    let of_person = State::of(&attended.history(person, Cut::default()));
    let of_course = State::of_each(&attended.history(course, Cut::default()));
    assert_eq!(of_course[&person], of_person);
    assert_eq!(of_person.courses[&course].attended[&SessionId(Uuid::from_u128(3))], Hours(650));
}

#[test]
fn a_session_is_one_of_its_course() {
    let other = json!({"participant": PERSON, "course": COURSE, "session": JOB_DAY, "on": "2022-02-14", "hours": 7});
    school().when("recordAttendance", other).refused("SESSION_UNKNOWN", "session");
    let unknown = json!({"participant": PERSON, "course": PERSON, "session": SESSION, "on": "2022-02-14", "hours": 7});
    school().when("recordAttendance", unknown).refused("COURSE_UNKNOWN", "course");
}

#[test]
fn a_certificate_follows_completion_or_attendance() {
    school().when("awardCertificate", of("2022-03-01")).refused("NOTHING_TO_CERTIFY", "course");
    let attended = school().given_command("recordAttendance", attendance("2022-02-14", "7"));
    let certified = attended.given_command("awardCertificate", of("2022-03-01"));
    certified.when("awardCertificate", of("2022-03-02")).refused("ALREADY_CERTIFIED", "course");
}

/// The day of the award had been ignored.
#[test]
fn a_certificate_is_not_awarded_before_what_it_certifies() {
    let attended = school().given_command("recordAttendance", attendance("2022-02-14", "7"));
    attended.when("awardCertificate", of("2022-02-13")).refused("BEFORE_COMPLETION", "on");
    assert_eq!(attended.when("awardCertificate", of("2022-02-14")).events().len(), 1);
    let enrolled = school().given_command("enrolParticipant", of("2022-02-01"));
    let completed = enrolled.given_command("completeTraining", of("2022-02-20"));
    completed.when("awardCertificate", of("2022-02-19")).refused("BEFORE_COMPLETION", "on");
    assert_eq!(completed.when("awardCertificate", of("2022-02-20")).events().len(), 1);
}

#[test]
fn an_activity_is_attended_once_on_its_day() {
    let job_day = |activity, on| json!({"participant": PERSON, "activity": activity, "on": on});
    school().when("attendActivity", job_day(JOB_DAY, "2022-03-02")).refused("HELD_ON_ANOTHER_DAY", "on");
    school().when("attendActivity", job_day(COURSE, "2022-03-01")).refused("ACTIVITY_UNKNOWN", "activity");
    let attended = school().given_command("attendActivity", job_day(JOB_DAY, "2022-03-01"));
    attended.when("attendActivity", job_day(JOB_DAY, "2022-03-01")).refused("ACTIVITY_ALREADY_ATTENDED", "activity");
}

#[test]
fn who_was_there_for_no_hour_did_not_attend() {
    school().when("recordAttendance", attendance("2022-02-14", "0")).refused("ATTENDANCE_WITHOUT_HOURS", "hours");
    assert_eq!(school().when("recordAttendance", attendance("2022-02-14", "0.25")).events().len(), 1);
}

#[test]
fn an_admission_test_is_taken_for_a_course_and_once_a_day() {
    let test = |on: &str| {
        let mut whole = of(on);
        whole["result"] = json!("FAILED");
        whole
    };
    let taken = school().given_command("recordAdmissionTest", test("2022-01-20"));
    taken.when("recordAdmissionTest", test("2022-01-20")).refused("ADMISSION_TEST_ALREADY_RECORDED", "on");
    assert_eq!(taken.when("recordAdmissionTest", test("2022-01-21")).events().len(), 1);
    let cancelled = school().given_command("cancelCourse", json!({"course": COURSE, "on": "2022-02-20"}));
    cancelled.when("recordAdmissionTest", test("2022-02-20")).refused("COURSE_CANCELLED", "on");
    let mut unknown = test("2022-01-20");
    unknown["course"] = json!(JOB_DAY);
    school().when("recordAdmissionTest", unknown).refused("COURSE_UNKNOWN", "course");
}
