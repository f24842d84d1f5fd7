//! The rules of courses and activities, each as given, when, then.

use crate::scenario::Scenario;
use serde_json::{Value, json};

const COURSE: &str = "00000000-0000-0000-0000-000000000001";
const SESSION: &str = "00000000-0000-0000-0000-000000000002";

fn plan() -> Value {
    json!({"course": COURSE, "on": "2022-01-10", "organisation": "samusocial", "title": "First aid"})
}

fn session(on: &str, hours: &str) -> Value {
    json!({"course": COURSE, "session": SESSION, "on": on, "hours": hours})
}

fn planned() -> Scenario {
    Scenario::new().given_command("planCourse", plan())
}

#[test]
fn a_course_is_planned_once_and_is_no_activity() {
    planned().when("planCourse", plan()).refused("COURSE_ALREADY_RECORDED", "course");
    let activity = json!({"activity": COURSE, "on": "2022-02-01", "organisation": "samusocial", "kind": "JOB_DAY"});
    planned().when("holdActivity", activity.clone()).refused("COURSE_ALREADY_RECORDED", "activity");
    let held = Scenario::new().given_command("holdActivity", activity);
    held.when("holdSession", session("2022-02-02", "7")).refused("COURSE_UNKNOWN", "course");
}

#[test]
fn a_session_is_held_once_between_plan_and_cancellation() {
    planned().when("holdSession", session("2022-01-09", "7")).refused("BEFORE_PLAN", "on");
    planned().when("holdSession", session("2022-01-10", "0")).refused("NO_HOURS", "hours");
    let held = planned().given_command("holdSession", session("2022-01-10", "7"));
    held.when("holdSession", session("2022-01-11", "7")).refused("SESSION_ALREADY_HELD", "session");
    let cancelled = planned().given_command("cancelCourse", json!({"course": COURSE, "on": "2022-03-01"}));
    cancelled.when("holdSession", session("2022-03-01", "7")).refused("COURSE_CANCELLED", "on");
    assert_eq!(cancelled.when("holdSession", session("2022-02-28", "7")).events().len(), 1);
    cancelled.when("cancelCourse", json!({"course": COURSE, "on": "2022-02-01"})).refused("COURSE_CANCELLED", "on");
}
