use super::*;
use crate::history::Cut;
use crate::scenario::Scenario;
use serde_json::Value;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn set(on: &str, rule_set: &str) -> Value {
    json!({"on": on, "ruleSet": rule_set})
}

fn list(on: &str, list: &str) -> Value {
    json!({"on": on, "list": list})
}

/// The set of 31 May 2024 as it was known before those of 2026.
fn published() -> Scenario {
    let law = Law::default().before(day("2026-01-01"));
    let scenario = Scenario::new().today(day("2025-06-02")).under(law);
    scenario.given_command("publishRuleSet", set("2025-06-01", "be-2024-05-31"))
}

#[test]
fn a_rule_set_is_published_with_its_days_and_the_hash_of_its_entries() {
    let events = Scenario::new().when("publishRuleSet", set("2023-01-02", "be-2016-11-01")).events();
    assert_eq!(
        events[0].about.iter().map(|about| (about.stream, about.role)).collect::<Vec<_>>(),
        [(HOUSE, Role::House)]
    );
    let Fact::Publication(Event::RuleSet { rule_set, valid_from, valid_until, sha256 }) = &events[0].fact else {
        unreachable!()
    };
    assert_eq!((rule_set.as_str(), *valid_from), ("be-2016-11-01", day("2016-11-01")));
    assert_eq!(*valid_until, Some(day("2024-05-30")));
    assert!(sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()), "{sha256}");
}

#[test]
fn a_list_is_published_with_the_number_of_its_codes() {
    let events = Scenario::new().when("publishDictionary", list("2023-01-02", "ContractKind")).events();
    let Fact::Publication(Event::Dictionary { list, codes, .. }) = &events[0].fact else { unreachable!() };
    assert_eq!((list.as_str(), *codes), ("ContractKind", 3));
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    // FIPS 180-2, appendix B.1.
    assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn what_is_unknown_is_refused_with_what_is_known() {
    let answer = |name, input| {
        let (_, answer) = Scenario::new().tried(name, input);
        answer.unwrap_err()
    };
    let refusal = answer("publishRuleSet", set("2023-01-02", "be-1830-10-04"));
    assert_eq!((refusal.rule, refusal.field), ("RULE_SET_UNKNOWN", Some("ruleSet")));
    assert!(refusal.message.contains("be-2016-11-01, ") && refusal.message.contains("house-2002-10-01"), "{refusal}");
    let refusal = answer("publishDictionary", list("2023-01-02", "measure"));
    assert_eq!((refusal.rule, refusal.field), ("LIST_UNKNOWN", Some("list")));
    assert!(refusal.message.contains("Measure, "), "{refusal}");
}

#[test]
fn the_same_content_is_published_once() {
    let today = day("2025-07-01");
    published()
        .today(today)
        .when("publishRuleSet", set("2025-07-01", "be-2024-05-31"))
        .refused("ALREADY_PUBLISHED", "ruleSet");
    let both = published().given_command("publishDictionary", list("2025-06-02", "Measure"));
    both.when("publishDictionary", list("2025-06-02", "Measure")).refused("ALREADY_PUBLISHED", "list");
    assert_eq!(both.when("publishDictionary", list("2025-06-02", "Cell")).events().len(), 1);
}

#[test]
fn content_that_changed_is_published_beside_the_first() {
    // The sets of 2026 give that of 31 May 2024 a last day, which it had not.
    let reformed = published().under(Law::default()).today(day("2026-05-01"));
    reformed.when("publishRuleSet", set("2025-05-31", "be-2024-05-31")).refused("BEFORE_LAST_PUBLICATION", "on");
    let again = reformed.given_command("publishRuleSet", set("2026-05-01", "be-2024-05-31"));
    let history = again.history(HOUSE, Cut::default());
    assert_eq!(history.entries().count(), 2);
    assert_eq!(State::of(&history).rule_sets["be-2024-05-31"].on, day("2026-05-01"));
    again.when("publishRuleSet", set("2026-05-01", "be-2024-05-31")).refused("ALREADY_PUBLISHED", "ruleSet");
}

#[test]
fn nothing_is_published_for_a_day_to_come() {
    published().when("publishDictionary", list("2025-06-03", "Measure")).refused("PUBLICATION_AHEAD", "on");
}

#[test]
fn a_publication_is_annulled_and_never_corrected() {
    let scenario = published();
    let answer = json!({"stream": HOUSE, "target": scenario.id(1), "reason": "TYPING_ERROR"});
    let mut correction = answer.clone();
    correction["changes"] = json!({"sha256": "00"});
    scenario.when("correctEvent", correction).refused("PUBLICATION_NOT_CORRECTED", "target");
    let annulled = scenario.given_command("annulEvent", answer);
    assert_eq!(annulled.when("publishRuleSet", set("2025-06-01", "be-2024-05-31")).events().len(), 1);
}
