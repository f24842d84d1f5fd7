//! The rules of the sanction (law of 26 May 2002, article 30), each as given, when, then; dates by hand.

use super::{SanctionFamily, State};
use crate::history::Cut;
use crate::ids::{PersonId, SanctionId};
use crate::personal::Field;
use crate::scenario::Scenario;
use serde_json::{Value, json};

pub(super) const WHO: &str = "00000000-0000-4000-8000-00000000000a";
const PIIS: &str = "00000000-0000-4000-8000-00000000000c";
const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";
const THREE: &str = "00000000-0000-4000-8000-000000000003";

/// A project signed on 1 February 2022.
pub(super) fn signed() -> Scenario {
    Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command("signPiis", json!({"participant": WHO, "piis": PIIS, "on": "2022-02-01"}))
}

pub(super) fn notice(sanction: &str, on: &str) -> Value {
    json!({"participant": WHO, "sanction": sanction, "piis": PIIS, "on": on, "note": "invented facts"})
}

pub(super) fn of(sanction: &str, on: &str) -> Value {
    json!({"participant": WHO, "sanction": sanction, "on": on})
}

/// A whole suspension, notified on the day of the decision.
pub(super) fn decide(sanction: &str, on: &str, first_day: &str, last_day: &str) -> Value {
    json!({"participant": WHO, "sanction": sanction, "on": on, "ground": "PIIS_NOT_RESPECTED", "share": 100,
        "firstDay": first_day, "lastDay": last_day, "notifiedOn": on})
}

fn with(mut whole: Value, field: &str, value: impl Into<Value>) -> Value {
    whole[field] = value.into();
    whole
}

/// Notice and hearing offer on the two days before the decision.
fn prepared(scenario: Scenario, sanction: &str, notice_on: &str, offer_on: &str) -> Scenario {
    scenario
        .given_command("sendFormalNotice", notice(sanction, notice_on))
        .given_command("offerHearing", of(sanction, offer_on))
}

fn march() -> Scenario {
    prepared(signed(), ONE, "2022-03-01", "2022-03-08")
}

/// Decided on 15 March 2022: from 1 to 30 April.
fn sanctioned() -> Scenario {
    march().given_command("decideSanction", decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30"))
}

fn state(scenario: &Scenario) -> State {
    State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()))
}

#[test]
fn a_sanction_without_a_notice_or_a_hearing_offer_before_its_day_is_refused() {
    let asked = |on| decide(ONE, on, "2022-04-01", "2022-04-30");
    signed().when("decideSanction", asked("2022-03-15")).refused("SANCTION_WITHOUT_NOTICE", "on");
    let noticed = signed().given_command("sendFormalNotice", notice(ONE, "2022-03-01"));
    noticed.when("decideSanction", asked("2022-03-15")).refused("SANCTION_WITHOUT_HEARING", "on");
    let heard = signed().given_command("offerHearing", of(ONE, "2022-03-08"));
    heard.when("decideSanction", asked("2022-03-15")).refused("SANCTION_WITHOUT_NOTICE", "on");
    march().when("decideSanction", asked("2022-03-08")).refused("SANCTION_WITHOUT_HEARING", "on");
    march().when("decideSanction", asked("2022-03-01")).refused("SANCTION_WITHOUT_NOTICE", "on");
    assert_eq!(march().when("decideSanction", asked("2022-03-09")).events().len(), 1);
}

#[test]
fn the_notice_of_another_procedure_does_not_serve() {
    let offered = march().given_command("offerHearing", of(TWO, "2022-03-08"));
    let second = decide(TWO, "2022-03-15", "2022-04-01", "2022-04-30");
    offered.when("decideSanction", second).refused("SANCTION_WITHOUT_NOTICE", "on");
}

#[test]
fn undeclared_means_need_a_hearing_offer_and_no_notice() {
    let means = |on| with(decide(ONE, on, "2022-04-01", "2022-09-30"), "ground", "UNDECLARED_MEANS");
    signed().when("decideSanction", means("2022-03-15")).refused("SANCTION_WITHOUT_HEARING", "on");
    let offered = signed().given_command("offerHearing", of(ONE, "2022-03-08"));
    assert_eq!(offered.when("decideSanction", means("2022-03-15")).events().len(), 1);
}

#[test]
fn a_first_sanction_for_the_project_lasts_a_calendar_month() {
    let to = |first, last| decide(ONE, "2022-03-15", first, last);
    march().when("decideSanction", to("2022-04-01", "2022-05-01")).refused("SANCTION_TOO_LONG", "lastDay");
    assert_eq!(march().when("decideSanction", to("2022-04-01", "2022-04-30")).events().len(), 1);
    // A month from 20 March ends on 19 April, whatever its days.
    march().when("decideSanction", to("2022-03-20", "2022-04-20")).refused("SANCTION_TOO_LONG", "lastDay");
    assert_eq!(march().when("decideSanction", to("2022-03-20", "2022-04-19")).events().len(), 1);
    march().when("decideSanction", to("2022-03-20", "2022-03-19")).refused("ENDS_BEFORE_IT_BEGINS", "lastDay");
}

/// Decided on 15 March 2022: a year to the day ends on 15 March 2023, inclusive.
#[test]
fn a_recurrence_within_a_year_to_the_day_lasts_three_months() {
    let again = |scenario: Scenario, on, first, last| {
        let ready = prepared(scenario.today("2023-03-20".parse().unwrap()), TWO, "2022-05-02", "2022-05-03");
        ready.when("decideSanction", decide(TWO, on, first, last))
    };
    let on_the_day = again(sanctioned(), "2023-03-15", "2023-04-01", "2023-06-30").events();
    let told = format!("{:?}", on_the_day[0].fact);
    assert!(told.contains(&format!("recurrence_of: Some(SanctionId({ONE}))")), "{told}");
    assert_eq!(on_the_day[0].rule_set, Some("be-2016-11-01"));
    again(sanctioned(), "2023-03-15", "2023-04-01", "2023-07-01").refused("SANCTION_TOO_LONG", "lastDay");
    again(sanctioned(), "2023-03-16", "2023-04-01", "2023-05-01").refused("SANCTION_TOO_LONG", "lastDay");
    // Wholly deferred it counts all the same.
    let deferred = with(decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30"), "deferredDays", 30);
    let deferred = march().given_command("decideSanction", deferred);
    assert_eq!(again(deferred, "2023-03-15", "2023-04-01", "2023-06-30").events().len(), 1);
    // Annulled it does not.
    let annul = with(of(ONE, "2022-06-01"), "by", "COURT");
    let annulled = sanctioned().given_command("annulSanction", annul);
    again(annulled, "2022-07-01", "2022-08-01", "2022-09-01").refused("SANCTION_TOO_LONG", "lastDay");
    // A sanction of the other family does not either.
    let means = with(decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30"), "ground", "FRAUD");
    let means = march().given_command("decideSanction", means);
    again(means, "2022-07-01", "2022-08-01", "2022-09-01").refused("SANCTION_TOO_LONG", "lastDay");
}

/// Six months, twelve with fraud; twelve and twenty-four within three years to the day.
#[test]
fn undeclared_means_double_within_three_years() {
    let asked = |scenario: &Scenario, sanction, on, ground: &str, last| {
        let first = scenario.clone().given_command("offerHearing", of(sanction, "2022-03-08"));
        first.when("decideSanction", with(decide(sanction, on, "2022-04-01", last), "ground", ground))
    };
    for (ground, last, beyond) in
        [("UNDECLARED_MEANS", "2022-09-30", "2022-10-01"), ("FRAUD", "2023-03-31", "2023-04-01")]
    {
        assert_eq!(asked(&signed(), ONE, "2022-03-15", ground, last).events().len(), 1);
        asked(&signed(), ONE, "2022-03-15", ground, beyond).refused("SANCTION_TOO_LONG", "lastDay");
    }
    let first = with(decide(ONE, "2019-03-15", "2019-04-01", "2019-04-30"), "ground", "UNDECLARED_MEANS");
    let before = Scenario::new()
        .given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2019-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
        .given_command("offerHearing", of(ONE, "2019-03-08"))
        .given_command("decideSanction", first);
    for (ground, last, beyond) in
        [("UNDECLARED_MEANS", "2023-03-31", "2023-04-01"), ("FRAUD", "2024-03-31", "2024-04-01")]
    {
        assert_eq!(asked(&before, TWO, "2022-03-15", ground, last).events().len(), 1);
        asked(&before, TWO, "2022-03-15", ground, beyond).refused("SANCTION_TOO_LONG", "lastDay");
    }
    asked(&before, TWO, "2022-03-16", "UNDECLARED_MEANS", "2022-10-01").refused("SANCTION_TOO_LONG", "lastDay");
}

/// Decided on 15 March, notified on 20 March: from 21 March to 1 June.
#[test]
fn a_suspension_begins_from_the_day_after_notification_to_the_first_of_the_third_month() {
    let from = |first, last| with(decide(ONE, "2022-03-15", first, last), "notifiedOn", "2022-03-20");
    for (first, last) in [("2022-03-20", "2022-03-31"), ("2022-06-02", "2022-06-30")] {
        march().when("decideSanction", from(first, last)).refused("SANCTION_START_OUT_OF_WINDOW", "firstDay");
    }
    for (first, last) in [("2022-03-21", "2022-04-20"), ("2022-06-01", "2022-06-30")] {
        assert_eq!(march().when("decideSanction", from(first, last)).events().len(), 1, "{first}");
    }
    let early = with(decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30"), "notifiedOn", "2022-03-14");
    march().when("decideSanction", early).refused("ENDS_BEFORE_IT_BEGINS", "notifiedOn");
}

#[test]
fn a_share_is_of_a_hundred_and_no_more_is_deferred_than_suspended() {
    let whole = || decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30");
    for share in [0, 101] {
        march().when("decideSanction", with(whole(), "share", share)).refused("SHARE_OUT_OF_RANGE", "share");
    }
    march()
        .when("decideSanction", with(whole(), "deferredDays", 31))
        .refused("MORE_DEFERRED_THAN_SUSPENDED", "deferredDays");
    let half = with(with(whole(), "share", 1), "deferredDays", 30);
    assert_eq!(march().when("decideSanction", half).events().len(), 1);
}

#[test]
fn the_ground_and_the_reference_are_sealed_and_the_family_stands() {
    let decided =
        march().when("decideSanction", with(decide(ONE, "2022-03-15", "2022-04-01", "2022-04-30"), "ground", "FRAUD"));
    let events = decided.events();
    assert_eq!(events[0].personal.get(Field::SanctionGround), Some("FRAUD"));
    assert!(!format!("{events:?}").to_lowercase().contains("fraud\""), "{events:?}");
    let annul = with(with(of(ONE, "2022-06-01"), "by", "COURT"), "reference", "22/0001/A");
    let annulled = sanctioned().when("annulSanction", annul).events();
    assert_eq!(annulled[0].personal.get(Field::JudgmentReference), Some("22/0001/A"));
    assert!(!format!("{annulled:?}").contains("22/0001/A"));
    let sanction = state(&sanctioned()).sanctions[&SanctionId(ONE.parse().unwrap())].clone();
    assert_eq!(sanction.decided.map(|decided| decided.family), Some(SanctionFamily::Project));
}

#[test]
fn a_notice_is_sent_while_the_project_runs_and_once() {
    signed().when("sendFormalNotice", notice(ONE, "2022-01-31")).refused("PIIS_NOT_RUNNING", "piis");
    march().when("sendFormalNotice", notice(ONE, "2022-03-02")).refused("NOTICE_ALREADY_SENT", "sanction");
    march().when("offerHearing", of(ONE, "2022-03-08")).refused("HEARING_ALREADY_OFFERED", "on");
}

#[test]
fn who_is_heard_was_offered_it_and_is_heard_before_the_decision() {
    let heard = |on| with(of(ONE, on), "assisted", true);
    march().when("hearPerson", heard("2022-03-07")).refused("SANCTION_WITHOUT_HEARING", "on");
    let told = march().given_command("hearPerson", heard("2022-03-12"));
    told.when("hearPerson", heard("2022-03-12")).refused("ALREADY_HEARD", "on");
    told.when("decideSanction", decide(ONE, "2022-03-11", "2022-04-01", "2022-04-30"))
        .refused("DECIDED_BEFORE_HEARING", "on");
    sanctioned().when("hearPerson", heard("2022-03-16")).refused("SANCTION_ALREADY_DECIDED", "sanction");
    signed().when("hearPerson", heard("2022-03-16")).refused("SANCTION_UNKNOWN", "sanction");
}

#[test]
fn a_sanction_is_decided_once_and_annulled_once() {
    let again = decide(ONE, "2022-03-16", "2022-04-01", "2022-04-30");
    sanctioned().when("decideSanction", again).refused("SANCTION_ALREADY_DECIDED", "sanction");
    let annul = |on| with(of(ONE, on), "by", "CPAS");
    sanctioned().when("annulSanction", annul("2022-03-14")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    let annulled = sanctioned().given_command("annulSanction", annul("2022-03-20"));
    annulled.when("annulSanction", annul("2022-03-21")).refused("SANCTION_ALREADY_ANNULLED", "sanction");
    march().when("annulSanction", annul("2022-03-20")).refused("SANCTION_NOT_DECIDED", "sanction");
    let unknown = with(with(of(THREE, "2022-03-20"), "by", "CPAS"), "note", "x");
    march().when("annulSanction", unknown).refused("SANCTION_UNKNOWN", "sanction");
}

#[test]
fn a_suspension_of_payment_ends_no_grant() {
    let grant = json!({"participant": WHO, "grant": THREE, "on": "2022-01-15", "organisation": "cpas-molenbeek",
        "kind": "RIS", "notifiedOn": "2022-01-15"});
    let granted = sanctioned().given_command("grantAid", grant);
    let aids = crate::aid::State::of(&granted.history(PersonId(WHO.parse().unwrap()), Cut::default()));
    assert!(aids.grants.values().all(|grant| grant.running_on("2022-04-15".parse().unwrap())));
}
