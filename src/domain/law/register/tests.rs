use super::*;
use std::collections::HashSet;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn on(text: &str, code: &str) -> Option<(String, Confidence)> {
    let found = Law::default().register_on(day(text)).into_iter().find(|entry| entry.code == code)?;
    Some((found.parameter.to_string(), found.confidence))
}

#[test]
fn every_rule_has_an_entry_and_no_day_has_two() {
    let all = Law::default().register();
    for code in RuleCode::all() {
        let of_it: Vec<_> = all.iter().filter(|entry| entry.code == code.code()).collect();
        assert!(!of_it.is_empty(), "{}", code.code());
        for pair in of_it.windows(2) {
            assert!(pair[0].until.unwrap() < pair[1].from, "{}", code.code());
        }
    }
}

#[test]
fn an_entry_lasts_as_long_as_its_value() {
    let all = Law::default().register();
    let times = |code: &str| {
        let of_it = all.iter().filter(|entry| entry.code == code);
        of_it
            .map(|entry| {
                (entry.from.to_string(), entry.until.map(|last| last.to_string()), entry.parameter.to_string())
            })
            .collect::<Vec<_>>()
    };
    let entry =
        |from: &str, until: Option<&str>, value: &str| (from.to_owned(), until.map(str::to_owned), value.to_owned());
    assert_eq!(times("AID_DECISION"), [entry("2002-10-01", None, "30 calendar days")]);
    assert_eq!(
        times("ART60_DAYS_FROM_36"),
        [entry("2002-10-01", Some("2026-02-28"), "468 days of work"), entry("2026-03-01", None, "312 days of work")]
    );
    let articles: Vec<_> =
        all.iter().filter(|it| it.code == "ART60_DAYS_BELOW_36").map(|it| it.article.as_ref()).collect();
    assert_eq!(articles, ["royal decree of 25 November 1991, article 30", "programme law of 18 July 2025"]);
    assert_eq!(times("ART60_EARLIER_FROM_36"), [entry("2002-10-01", Some("2026-02-28"), "234 days of work")]);
    assert_eq!(times("CITIZEN_WEEK"), [entry("2024-05-31", None, "28 hours")]);
    assert_eq!(times("PENALTY_POLICE_MAX"), [entry("2002-10-01", Some("2026-04-07"), "45 hours")]);
    assert_eq!(times("PENALTY_LEVEL_1_MAX"), [entry("2026-04-08", None, "120 hours")]);
    assert_eq!(times("FR_WEEK_MIN"), [entry("2025-01-01", None, "15 hours")]);
    assert_eq!(times("STAGE_FIRST_DAY"), [entry("2016-10-01", None, "26.82 euros")]);
    assert_eq!(times("SKILLS_PLAN"), [entry("2002-10-01", None, "30 calendar days")]);
}

#[test]
fn what_was_not_read_at_the_source_says_so() {
    assert_eq!(on("2016-10-31", "PIIS_EVALUATIONS"), Some(("3 times".into(), Confidence::NotRead)));
    assert_eq!(on("2016-11-01", "PIIS_EVALUATIONS"), Some(("3 times".into(), Confidence::Verified)));
    assert_eq!(on("2026-04-08", "PENALTY_LEVEL_1_MAX"), Some(("120 hours".into(), Confidence::NotRead)));
    assert_eq!(on("2020-01-01", "AID_NOTIFICATION"), Some(("8 calendar days".into(), Confidence::NotRead)));
}

#[test]
fn a_day_before_the_law_has_no_entry() {
    assert!(Law::default().register_on(day("2002-09-30")).is_empty());
    assert_eq!(on("2024-12-31", "FR_WEEK_MIN"), None);
}

#[test]
fn every_entry_can_be_read_by_people() {
    for entry in Law::default().register() {
        let words = [&entry.article, &entry.source, &entry.labels[0], &entry.labels[1], &entry.labels[2]];
        assert!(words.iter().all(|words| !words.is_empty()), "{}", entry.code);
    }
    let labels: HashSet<_> = RuleCode::all().iter().map(|code| code.labels().en).collect();
    assert_eq!(labels.len(), RuleCode::all().len(), "two rules with the same label");
}
