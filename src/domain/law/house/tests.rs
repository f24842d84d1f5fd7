use super::super::register::Confidence;
use super::*;
use crate::law::Law;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(from: &str, until: Option<&str>, parameters: &[(Overridable, u32)]) -> HouseRules {
    HouseRules {
        until: until.map(date),
        source: "internal regulation".into(),
        parameters: parameters.iter().copied().collect(),
        ..HouseRules::usual(date(from))
    }
}

fn problems(periods: Vec<HouseRules>) -> Vec<(usize, String, String)> {
    let mistakes = Law::default().with_house(periods).unwrap_err();
    mistakes.into_iter().map(|it| (it.period, it.key, it.problem.to_string())).collect()
}

#[test]
fn a_house_is_stricter_than_the_law_in_its_period_only() {
    let rules = period(
        "2021-01-01",
        Some("2023-12-31"),
        &[(Overridable::EvaluationsAYear, 4), (Overridable::ReflectionDays, 7)],
    );
    let law = Law::default().with_house(vec![rules]).unwrap();
    for (on, id, evaluations, reflection) in [
        ("2020-12-31", "be-2016-11-01", 3, 5),
        ("2021-01-01", "be-2016-11-01+house-2021-01-01", 4, 7),
        ("2023-12-31", "be-2016-11-01+house-2021-01-01", 4, 7),
        ("2024-01-01", "be-2016-11-01", 3, 5),
        ("2024-05-31", "be-2024-05-31", 3, 5),
    ] {
        let set = law.on(date(on));
        assert_eq!(
            (set.id, set.piis.evaluations_a_year, set.piis.reflection_days),
            (id, evaluations, reflection),
            "{on}"
        );
    }
    assert_eq!(law.on(date("2022-01-01")).until, Some(date("2023-12-31")));
}

#[test]
fn a_change_of_the_law_keeps_the_rules_of_the_house() {
    let law =
        Law::default().with_house(vec![period("2021-01-01", None, &[(Overridable::SignatureMonths, 2)])]).unwrap();
    let set = law.on(date("2026-03-01"));
    assert_eq!((set.id, set.piis.signature_months), ("be-2026-03-01+house-2021-01-01", 2));
    assert_eq!(set.article60.way_at(50).days, 312);
}

#[test]
fn a_house_that_overrides_nothing_changes_no_rule_set() {
    let law = Law::default().with_house(vec![period("2021-01-01", Some("2021-06-30"), &[])]).unwrap();
    assert!(law.sets().eq(Law::default().sets()));
}

#[test]
fn a_house_is_never_laxer_than_the_law() {
    let parameters = [
        (Overridable::EvaluationsAYear, 2),
        (Overridable::InPersonAYear, 1),
        (Overridable::ReflectionDays, 4),
        (Overridable::SignatureMonths, 4),
        (Overridable::DecisionDays, 31),
        (Overridable::EvaluationGapMonths, 6),
    ];
    let found = problems(vec![period("2021-01-01", None, &parameters)]);
    let keys: Vec<&str> = found.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "parameters.decision_days",
            "parameters.signature_months",
            "parameters.reflection_days",
            "parameters.evaluations_a_year",
            "parameters.in_person_a_year"
        ]
    );
    assert_eq!(
        found[0].2,
        "31 is more than the 30 that the law allows (law of 26 May 2002, article 21 §1, rule set be-2016-11-01)"
    );
    assert!(found[3].2.starts_with("2 is less than the 3 that the law asks for (royal decree"), "{}", found[3].2);
}

#[test]
fn every_mistake_is_told_at_once() {
    let mut late = period(
        "2023-06-01",
        Some("2023-05-01"),
        &[(Overridable::EvaluationGapMonths, 0), (Overridable::InPersonAYear, 4)],
    );
    late.retention.access_ledger_years = Some(9);
    late.deadlines[0].code = "Skills plan".into();
    late.deadlines[1].after = "EngagementOver".into();
    late.deadlines[2].amount = 0;
    late.deadlines[4].code = "FOLLOW_UP_6".into();
    let found = problems(vec![period("2002-09-30", Some("2023-06-01"), &[]), late]);
    let keys: Vec<(usize, &str)> = found.iter().map(|(period, key, _)| (*period, key.as_str())).collect();
    assert_eq!(
        keys,
        [
            (0, "from"),
            (1, "until"),
            (1, "from"),
            (1, "parameters.evaluation_gap_months"),
            (1, "parameters.in_person_a_year"),
            (1, "retention.access_ledger_years"),
            (1, "deadline[0].code"),
            (1, "deadline[1].after"),
            (1, "deadline[2].within"),
            (1, "deadline[4].code"),
        ]
    );
}

#[test]
fn the_usual_deadlines_stand_where_the_house_says_nothing() {
    let mut rules = period("2021-01-01", Some("2021-12-31"), &[]);
    rules.deadlines.truncate(1);
    rules.deadlines[0].amount = 14;
    let law = Law::default().with_house(vec![rules]).unwrap();
    assert_eq!(law.house_on(date("2020-12-31")).deadlines, usual_deadlines());
    assert_eq!(law.house_on(date("2022-01-01")).deadlines, usual_deadlines());
    let then = &law.house_on(date("2021-07-01")).deadlines;
    assert_eq!((then.len(), then[0].due_on(date("2021-03-01")).to_string()), (1, "2021-03-15".into()));
    let entries = law.register();
    let times: Vec<_> = entries
        .iter()
        .filter(|it| it.code == "SKILLS_PLAN")
        .map(|it| (it.from.to_string(), it.parameter.to_string()))
        .collect();
    assert_eq!(
        times,
        [
            ("2002-10-01".into(), "30 calendar days".to_owned()),
            ("2021-01-01".into(), "14 calendar days".to_owned()),
            ("2022-01-01".into(), "30 calendar days".to_owned())
        ]
    );
}

#[test]
fn the_register_names_the_house_as_the_source_of_what_it_overrides() {
    let law = Law::default().with_house(vec![period("2021-01-01", None, &[(Overridable::ReflectionDays, 7)])]).unwrap();
    let entry = law.register_on(date("2026-05-01")).into_iter().find(|it| it.code == "PIIS_REFLECTION").unwrap();
    assert_eq!((entry.confidence, entry.source.as_ref()), (Confidence::House, "internal regulation"));
    assert_eq!((entry.from, entry.until), (date("2021-01-01"), None));
    assert_eq!(entry.parameter.to_string(), "7 calendar days");
}

#[test]
fn a_deadline_is_counted_in_its_unit_and_says_from_when_an_answer_counts() {
    let usual = usual_deadlines();
    let days = |index: usize, start: &str| {
        let deadline: &HouseDeadline = &usual[index];
        (deadline.counts_from(date(start)).to_string(), deadline.due_on(date(start)).to_string())
    };
    assert_eq!(days(0, "2024-02-01"), ("2024-01-02".into(), "2024-03-02".into()));
    assert_eq!(days(1, "2022-06-30"), ("2022-05-31".into(), "2022-07-30".into()));
    assert_eq!(days(2, "2022-11-30"), ("2023-02-13".into(), "2023-02-28".into()));
    assert_eq!(days(4, "2024-02-29"), ("2025-02-13".into(), "2025-02-28".into()));
    let working = HouseDeadline { amount: 5, unit: RuleUnit::WorkingDays, ..usual[0].clone() };
    assert_eq!(working.due_on(date("2026-04-02")), date("2026-04-10"));
}
