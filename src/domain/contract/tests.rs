//! The rules of the engagement, each as given, when, then; dates by hand.

use super::{AbsenceReason, EndCause, Event, Place, State, Terms};
use crate::agreement;
use crate::codes::{ContractKind, Measure};
use crate::fact::{Fact, Stream};
use crate::history::Cut;
use crate::ids::{AgreementId, EngagementId, OrganisationId, PersonId, PostId};
use crate::person;
use crate::scenario::Scenario;
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

const AMINA: u128 = 1;
const BRUNO: u128 = 2;
const DRIVER: u128 = 11;
const COOK: u128 = 12;
const AGREEMENT: u128 = 21;
const FIRST: u128 = 31;
const SECOND: u128 = 32;
const ABSENCE: u128 = 41;

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn org(name: &str) -> OrganisationId {
    OrganisationId::new(name).unwrap()
}

fn registered(scenario: Scenario, person: u128) -> Scenario {
    let event =
        person::Event::Registered { person: PersonId(Uuid::from_u128(person)), organisation: org("samusocial") };
    scenario.given(day("2021-12-01"), event)
}

/// Two people, two posts of article 60 open from 1 January 2022; today is 1 March 2022.
fn house() -> Scenario {
    let open = |post: u128| json!({"post": id(post), "on": "2022-01-01", "organisation": "samusocial", "measure": "ART60", "function": "x"});
    let scenario = registered(registered(Scenario::new().today(day("2022-03-01")), AMINA), BRUNO);
    scenario.given_command("openPost", open(DRIVER)).given_command("openPost", open(COOK))
}

/// A full-time article 60 contract, signed a week before its first planned day.
fn contract(person: u128, engagement: u128, from: &str, until: &str) -> Value {
    json!({"participant": id(person), "engagement": id(engagement), "on": "2021-12-20", "measure": "ART60",
        "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from, "plannedUntil": until,
        "weeklyHours": "38", "kind": "CDD"})
}

fn with(mut command: Value, field: &str, value: impl Into<Value>) -> Value {
    command[field] = value.into();
    command
}

fn of(person: u128, engagement: u128, on: &str) -> Value {
    json!({"participant": id(person), "engagement": id(engagement), "on": on})
}

fn ended(person: u128, engagement: u128, on: &str) -> Value {
    with(of(person, engagement, on), "cause", "TERM")
}

/// Amina drives from 3 January to 30 June 2022, as planned.
fn driving() -> Scenario {
    house()
        .given_command("signEngagement", with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "post", id(DRIVER)))
        .given_command("startEngagement", of(AMINA, FIRST, "2022-01-03"))
}

fn engagement(scenario: &Scenario, person: u128, engagement: u128) -> super::Engagement {
    let history = scenario.history(PersonId(Uuid::from_u128(person)), Cut::default());
    State::of(&history).engagements[&EngagementId(Uuid::from_u128(engagement))].clone()
}

#[test]
fn a_signature_records_what_was_agreed() {
    let command = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "post", id(DRIVER));
    house().when("signEngagement", command).records(&[Fact::Contract(Event::Signed {
        person: PersonId(Uuid::from_u128(AMINA)),
        engagement: EngagementId(Uuid::from_u128(FIRST)),
        place: Place { post: Some(PostId(Uuid::from_u128(DRIVER))), agreement: None },
        terms: Terms {
            measure: Measure::Art60,
            organisation: org("samusocial"),
            employer: org("cpas-bruxelles"),
            planned_from: day("2022-01-03"),
            planned_until: Some(day("2022-06-30")),
            weekly_hours: Some("38".parse().unwrap()),
            kind: ContractKind::Cdd,
        },
    })]);
}

#[test]
fn an_engagement_is_signed_once() {
    driving()
        .when("signEngagement", contract(AMINA, FIRST, "2023-01-03", "2023-06-30"))
        .refused("ENGAGEMENT_ALREADY_SIGNED", "engagement");
}

#[test]
fn nobody_is_engaged_who_is_not_registered() {
    Scenario::new()
        .when("signEngagement", contract(AMINA, FIRST, "2022-01-03", "2022-06-30"))
        .refused("PARTICIPANT_UNKNOWN", "participant");
}

#[test]
fn nothing_follows_a_death_but_the_cancellation_of_what_was_signed() {
    let signed = house().given_command("signEngagement", contract(AMINA, FIRST, "2022-01-03", "2022-06-30"));
    let dead =
        signed.given(day("2022-01-02"), person::Event::DeathRecorded { person: PersonId(Uuid::from_u128(AMINA)) });
    dead.when("startEngagement", of(AMINA, FIRST, "2022-01-03")).refused("PARTICIPANT_DIED", "on");
    let cancel = with(of(AMINA, FIRST, "2022-01-04"), "cause", "DEATH");
    assert_eq!(dead.when("cancelEngagement", cancel).events().len(), 1);
}

#[test]
fn a_post_is_filled_only_while_it_is_open_and_by_its_own_measure() {
    let early = with(contract(AMINA, FIRST, "2021-12-31", "2022-06-30"), "post", id(DRIVER));
    house().when("signEngagement", early.clone()).refused("POST_NOT_OPEN", "post");
    let other = with(with(early, "plannedFrom", "2022-01-01"), "measure", "ACS");
    house().when("signEngagement", other).refused("POST_OF_OTHER_MEASURE", "post");
    let unknown = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "post", id(99));
    house().when("signEngagement", unknown).refused("POST_UNKNOWN", "post");
}

#[test]
fn a_post_is_taken_up_to_the_planned_end_of_who_holds_it() {
    let next = |from| with(contract(BRUNO, SECOND, from, "2022-12-31"), "post", id(DRIVER));
    driving().when("signEngagement", next("2022-06-30")).refused("POST_TAKEN", "post");
    assert_eq!(driving().when("signEngagement", next("2022-07-01")).events().len(), 1);
}

#[test]
fn a_post_is_free_on_the_day_after_the_last_day() {
    let left = driving().given_command("endEngagement", ended(AMINA, FIRST, "2022-02-15"));
    let next = |from| with(contract(BRUNO, SECOND, from, "2022-12-31"), "post", id(DRIVER));
    left.when("signEngagement", next("2022-02-15")).refused("POST_TAKEN", "post");
    assert_eq!(left.when("signEngagement", next("2022-02-16")).events().len(), 1);
}

#[test]
fn who_is_still_there_past_the_planned_end_holds_the_post() {
    let next = with(contract(BRUNO, SECOND, "2022-07-01", "2022-12-31"), "post", id(DRIVER));
    let waiting = driving().given_command("signEngagement", next).today(day("2022-07-04"));
    waiting.when("startEngagement", of(BRUNO, SECOND, "2022-07-04")).refused("POST_TAKEN", "on");
    let left = waiting.given_command("endEngagement", ended(AMINA, FIRST, "2022-07-03"));
    assert_eq!(left.when("startEngagement", of(BRUNO, SECOND, "2022-07-04")).events().len(), 1);
}

#[test]
fn who_came_stands_in_the_way_of_who_says_to_have_stayed() {
    let next = with(contract(BRUNO, SECOND, "2022-02-01", "2022-12-31"), "post", id(DRIVER));
    let both = house()
        .given_command("signEngagement", with(contract(AMINA, FIRST, "2022-01-03", "2022-01-31"), "post", id(DRIVER)))
        .today(day("2022-01-15"))
        .given_command("startEngagement", of(AMINA, FIRST, "2022-01-03"))
        .given_command("signEngagement", next)
        .given_command("startEngagement", of(BRUNO, SECOND, "2022-02-01"));
    both.when("endEngagement", ended(AMINA, FIRST, "2022-02-02")).refused("POST_TAKEN", "on");
    assert_eq!(both.when("endEngagement", ended(AMINA, FIRST, "2022-01-31")).events().len(), 1);
}

fn annulled(scenario: Scenario, stream: impl Into<Stream>, position: usize) -> Scenario {
    let target = scenario.id(position);
    scenario.given_command("annulEvent", json!({"stream": stream.into(), "target": target, "reason": "MISTAKEN"}))
}

#[test]
fn an_annulled_signature_frees_its_post() {
    let annulled = annulled(driving(), PersonId(Uuid::from_u128(AMINA)), 5);
    let next = with(contract(BRUNO, SECOND, "2022-01-03", "2022-12-31"), "post", id(DRIVER));
    assert_eq!(annulled.when("signEngagement", next).events().len(), 1);
    // What is left is a start without a signature: no engagement.
    let left = engagement(&annulled, AMINA, FIRST);
    assert!(!left.counts() && left.placements.is_empty() && !left.active_on(day("2022-01-03")));
    annulled.when("endEngagement", ended(AMINA, FIRST, "2022-02-01")).refused("ENGAGEMENT_UNKNOWN", "engagement");
}

fn under(quota: Value, until: &str) -> Scenario {
    house().given(
        day("2021-12-15"),
        agreement::Event::Signed {
            agreement: AgreementId(Uuid::from_u128(AGREEMENT)),
            organisation: org("samusocial"),
            partner: org("cpas-bruxelles"),
            measure: Measure::Art60,
            from: day("2022-01-01"),
            until: Some(day(until)),
            quota: serde_json::from_value(quota).unwrap(),
        },
    )
}

#[test]
fn an_agreement_must_be_in_force_on_the_first_planned_day() {
    let command = |from| with(contract(AMINA, FIRST, from, "2022-12-31"), "agreement", id(AGREEMENT));
    let until_june = under(Value::Null, "2022-06-30")
        .given_command("endAgreement", json!({"agreement": id(AGREEMENT), "on": "2022-06-30"}));
    until_june.when("signEngagement", command("2022-07-01")).refused("AGREEMENT_NOT_IN_FORCE", "agreement");
    assert_eq!(until_june.when("signEngagement", command("2022-06-30")).events().len(), 1);
    let acs = with(command("2022-01-03"), "measure", "ACS");
    until_june.when("signEngagement", acs).refused("AGREEMENT_OF_OTHER_MEASURE", "agreement");
    house().when("signEngagement", command("2022-01-03")).refused("AGREEMENT_UNKNOWN", "agreement");
}

#[test]
fn the_quota_counts_who_runs_at_a_time() {
    let first = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "agreement", id(AGREEMENT));
    let full = under(json!(1), "2022-12-31").given_command("signEngagement", first);
    let second = |from| with(contract(BRUNO, SECOND, from, "2022-12-31"), "agreement", id(AGREEMENT));
    full.when("signEngagement", second("2022-06-30")).refused("QUOTA_EXCEEDED", "agreement");
    let next = full.given_command("signEngagement", second("2022-07-01"));
    let longer = with(of(AMINA, FIRST, "2022-06-01"), "plannedUntil", "2022-07-01");
    next.when("extendEngagement", longer).refused("QUOTA_EXCEEDED", "plannedUntil");
}

#[test]
fn nobody_has_two_full_time_insertion_contracts_on_one_day() {
    let second = contract(AMINA, SECOND, "2022-06-30", "2022-12-31");
    driving().when("signEngagement", second.clone()).refused("OVERLAPS_FULL_TIME", "plannedFrom");
    let unknown_hours = with(second.clone(), "weeklyHours", Value::Null);
    driving().when("signEngagement", unknown_hours).refused("OVERLAPS_FULL_TIME", "plannedFrom");
    for (field, value) in [("weeklyHours", "34.99"), ("kind", "PLACEMENT"), ("plannedFrom", "2022-07-01")] {
        assert_eq!(driving().when("signEngagement", with(second.clone(), field, value)).events().len(), 1, "{field}");
    }
    let placement = with(with(second, "measure", "INTERN"), "kind", "CDD");
    assert_eq!(driving().when("signEngagement", placement).events().len(), 1);
}

#[test]
fn work_begins_once_and_not_before_it_was_agreed() {
    let signed = house().given_command("signEngagement", contract(AMINA, FIRST, "2022-01-03", "2022-06-30"));
    signed.when("startEngagement", of(AMINA, FIRST, "2021-12-19")).refused("STARTED_BEFORE_SIGNATURE", "on");
    signed.when("startEngagement", of(AMINA, FIRST, "2022-07-01")).refused("STARTED_AFTER_PLANNED_END", "on");
    assert_eq!(signed.when("startEngagement", of(AMINA, FIRST, "2021-12-20")).events().len(), 1);
    driving()
        .when("startEngagement", of(AMINA, FIRST, "2022-01-04"))
        .refused("ENGAGEMENT_ALREADY_STARTED", "engagement");
    // A contract that is signed late may plan a start before its signature.
    let late = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "on", "2022-01-10");
    let late = house().given_command("signEngagement", late);
    assert_eq!(late.when("startEngagement", of(AMINA, FIRST, "2022-01-03")).events().len(), 1);
}

/// The post of the signature had not been read, and was said never to have been opened.
#[test]
fn a_start_that_was_annulled_is_recorded_again_after_a_change_of_workplace() {
    let moved = driving().given_command("changeWorkplace", with(of(AMINA, FIRST, "2022-02-01"), "post", id(COOK)));
    let annulled = annulled(moved, PersonId(Uuid::from_u128(AMINA)), 6);
    assert_eq!(annulled.when("startEngagement", of(AMINA, FIRST, "2022-01-04")).events().len(), 1);
}

/// A start does not name its post: the refusal had named a field that the command does not have.
#[test]
fn a_start_at_a_post_that_is_gone_offends_by_its_engagement() {
    let signature = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "post", id(DRIVER));
    let gone = annulled(house().given_command("signEngagement", signature), PostId(Uuid::from_u128(DRIVER)), 3);
    gone.when("startEngagement", of(AMINA, FIRST, "2022-01-03")).refused("POST_UNKNOWN", "engagement");
}

#[test]
fn an_engagement_of_one_day_is_active_on_that_day_only() {
    let one_day = driving().given_command("endEngagement", ended(AMINA, FIRST, "2022-01-03"));
    let state = engagement(&one_day, AMINA, FIRST);
    assert!(state.active_on(day("2022-01-03")) && !state.active_on(day("2022-01-04")));
    assert_eq!(state.post_on(day("2022-01-03")), Some(PostId(Uuid::from_u128(DRIVER))));
    assert_eq!((state.last_day, state.cause), (Some(day("2022-01-03")), Some(EndCause::Term)));
}

#[test]
fn nothing_happens_before_the_first_day_or_after_the_last() {
    driving().when("endEngagement", ended(AMINA, FIRST, "2022-01-02")).refused("BEFORE_START", "on");
    let over = driving().given_command("endEngagement", ended(AMINA, FIRST, "2022-02-15"));
    over.when("endEngagement", ended(AMINA, FIRST, "2022-02-16")).refused("ENGAGEMENT_ENDED", "on");
    let longer = with(of(AMINA, FIRST, "2022-02-01"), "plannedUntil", "2022-12-31");
    over.when("extendEngagement", longer).refused("ENGAGEMENT_ENDED", "on");
    over.when("signSkillsPlan", of(AMINA, FIRST, "2022-02-16")).refused("ENGAGEMENT_ENDED", "on");
    let hours = with(with(of(AMINA, FIRST, "2022-02-16"), "until", "2022-03-31"), "hours", "100");
    over.when("scheduleHours", hours).refused("ENGAGEMENT_ENDED", "on");
}

#[test]
fn an_extension_is_later_than_the_planned_end_and_finds_the_post_free() {
    let to = |until| with(of(AMINA, FIRST, "2022-06-01"), "plannedUntil", until);
    driving().when("extendEngagement", to("2022-06-30")).refused("EXTENSION_NOT_LATER", "plannedUntil");
    let longer = driving().given_command("extendEngagement", to("2022-07-31"));
    assert_eq!(engagement(&longer, AMINA, FIRST).planned_until, Some(day("2022-07-31")));
    let next = with(contract(BRUNO, SECOND, "2022-07-01", "2022-12-31"), "post", id(DRIVER));
    driving()
        .given_command("signEngagement", next)
        .when("extendEngagement", to("2022-07-31"))
        .refused("POST_TAKEN", "plannedUntil");
    let open_ended = with(contract(AMINA, FIRST, "2022-01-03", "2022-06-30"), "plannedUntil", Value::Null);
    house()
        .given_command("signEngagement", open_ended)
        .when("extendEngagement", to("2022-12-31"))
        .refused("NO_PLANNED_END", "plannedUntil");
}

/// An extension recorded late with an earlier day was accepted, and the later one went on to hold.
#[test]
fn an_extension_follows_the_one_before() {
    let to = |on, until: &str| with(of(AMINA, FIRST, on), "plannedUntil", until);
    let longer = driving().given_command("extendEngagement", to("2022-05-01", "2022-09-30"));
    longer.when("extendEngagement", to("2022-04-30", "2022-12-31")).refused("BEFORE_EXTENSION", "on");
    let again = longer.given_command("extendEngagement", to("2022-05-01", "2022-12-31"));
    assert_eq!(engagement(&again, AMINA, FIRST).planned_until, Some(day("2022-12-31")));
}

#[test]
fn a_change_of_workplace_leaves_one_post_for_another() {
    let to = |post: u128, on| with(of(AMINA, FIRST, on), "post", id(post));
    let moved = driving().given_command("changeWorkplace", to(COOK, "2022-02-01"));
    let state = engagement(&moved, AMINA, FIRST);
    assert_eq!(state.post_on(day("2022-01-31")), Some(PostId(Uuid::from_u128(DRIVER))));
    assert_eq!(state.post_on(day("2022-02-01")), Some(PostId(Uuid::from_u128(COOK))));
    let next = with(contract(BRUNO, SECOND, "2022-02-01", "2022-12-31"), "post", id(DRIVER));
    assert_eq!(moved.when("signEngagement", next).events().len(), 1);
    moved.when("changeWorkplace", to(COOK, "2022-03-01")).refused("SAME_POST", "post");
    moved.when("endEngagement", ended(AMINA, FIRST, "2022-01-31")).refused("BEFORE_WORKPLACE_CHANGE", "on");
    driving().when("changeWorkplace", to(COOK, "2022-01-02")).refused("BEFORE_START", "on");
    let cooking = with(contract(BRUNO, SECOND, "2022-03-01", "2022-04-30"), "post", id(COOK));
    driving()
        .given_command("signEngagement", cooking)
        .when("changeWorkplace", to(COOK, "2022-02-01"))
        .refused("POST_TAKEN", "post");
}

/// Found by a random sequence: the change said that she had stayed at the old post, which was somebody else's by then.
#[test]
fn a_change_of_workplace_past_the_planned_end_needs_an_extension_first() {
    let to_cook = with(of(AMINA, FIRST, "2022-07-01"), "post", id(COOK));
    driving().when("changeWorkplace", to_cook.clone()).refused("CHANGE_AFTER_PLANNED_END", "on");
    let longer = with(of(AMINA, FIRST, "2022-06-01"), "plannedUntil", "2022-07-31");
    let longer = driving().given_command("extendEngagement", longer);
    assert_eq!(longer.when("changeWorkplace", to_cook).events().len(), 1);
}

#[test]
fn only_what_has_not_started_is_cancelled() {
    let cancel = |on| with(of(AMINA, FIRST, on), "cause", "EARLY_PERSON");
    driving().when("cancelEngagement", cancel("2022-01-02")).refused("ENGAGEMENT_ALREADY_STARTED", "engagement");
    let signed = house().given_command("signEngagement", contract(AMINA, FIRST, "2022-01-03", "2022-06-30"));
    signed.when("cancelEngagement", cancel("2021-12-19")).refused("BEFORE_SIGNATURE", "on");
    let cancelled = signed.given_command("cancelEngagement", cancel("2022-01-02"));
    cancelled.when("startEngagement", of(AMINA, FIRST, "2022-01-03")).refused("ENGAGEMENT_CANCELLED", "engagement");
    assert!(!engagement(&cancelled, AMINA, FIRST).counts());
}

#[test]
fn absences_lie_inside_the_engagement_and_apart_from_each_other() {
    let absent = |absence: u128, on, until: &str| {
        with(of(AMINA, FIRST, on), "absence", id(absence)).as_object().map(|fields| {
            let mut fields = fields.clone();
            fields.extend([("until".to_owned(), json!(until)), ("hours".to_owned(), json!("7.6"))]);
            fields.insert("reason".to_owned(), json!("SICK"));
            Value::Object(fields)
        })
    };
    let absent = |absence, on, until| absent(absence, on, until).unwrap();
    driving().when("recordAbsence", absent(ABSENCE, "2022-01-02", "2022-01-04")).refused("BEFORE_START", "on");
    driving()
        .when("recordAbsence", absent(ABSENCE, "2022-01-05", "2022-01-04"))
        .refused("ENDS_BEFORE_IT_BEGINS", "until");
    let sick = driving().given_command("recordAbsence", absent(ABSENCE, "2022-01-05", "2022-01-07"));
    assert_eq!(engagement(&sick, AMINA, FIRST).absences[0].reason, AbsenceReason::Sick);
    sick.when("recordAbsence", absent(42, "2022-01-07", "2022-01-10")).refused("ABSENCE_OVERLAPS", "on");
    sick.when("recordAbsence", absent(ABSENCE, "2022-01-10", "2022-01-10"))
        .refused("ABSENCE_ALREADY_RECORDED", "absence");
    let over = sick.given_command("endEngagement", ended(AMINA, FIRST, "2022-02-15"));
    over.when("recordAbsence", absent(42, "2022-02-15", "2022-02-16")).refused("ABSENCE_AFTER_END", "until");
    assert_eq!(over.when("recordAbsence", absent(42, "2022-02-15", "2022-02-15")).events().len(), 1);
}

#[test]
fn schedules_do_not_share_a_day() {
    let schedule = |on, until: &str| with(with(of(AMINA, FIRST, on), "until", until), "hours", "152");
    let january = driving().given_command("scheduleHours", schedule("2022-01-01", "2022-01-31"));
    january.when("scheduleHours", schedule("2022-01-31", "2022-02-28")).refused("SCHEDULE_OVERLAPS", "on");
    assert_eq!(january.when("scheduleHours", schedule("2022-02-01", "2022-02-28")).events().len(), 1);
}

#[test]
fn the_skills_plan_is_signed_once_and_after_the_contract() {
    driving().when("signSkillsPlan", of(AMINA, FIRST, "2021-12-19")).refused("BEFORE_SIGNATURE", "on");
    driving()
        .given_command("signSkillsPlan", of(AMINA, FIRST, "2022-02-01"))
        .when("signSkillsPlan", of(AMINA, FIRST, "2022-02-02"))
        .refused("SKILLS_PLAN_ALREADY_SIGNED", "engagement");
}
