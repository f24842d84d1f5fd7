//! The table of dates: what the rules say of days worked out by hand, with the article beside each.
//!
//! `tests/law/cases.txt` can be read, and added to, by somebody who knows the law and not the program.

#![allow(clippy::panic, reason = "a table that cannot be read says which line")]

use chrono::NaiveDate;
use domain::codes::CodeList;
use domain::law::article60::{Beside, application_after};
use domain::law::calendar::easter;
use domain::law::days::add_days;
use domain::law::pass::{PassIae, PassRefusal, PassRules, Span};
use domain::law::rules::SanctionRules;
use domain::law::{Country, Law, RuleSet, add_months, age_on};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const CASES: &str = include_str!("law/cases.txt");

static LAW: LazyLock<Law> = LazyLock::new(Law::default);

/// A line of the table.
struct Case<'a> {
    line: usize,
    article: &'a str,
    asked: &'a str,
    given: Vec<&'a str>,
    expected: &'a str,
}

fn cases() -> Vec<Case<'static>> {
    let case = |(index, text): (usize, &'static str)| {
        let text = text.split('#').next().unwrap_or_default().trim();
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        match cells[..] {
            [""] => None,
            [article, asked, given, expected] => {
                Some(Case { line: index + 1, article, asked, given: given.split_whitespace().collect(), expected })
            }
            _ => panic!("line {}: article | what | given | expected", index + 1),
        }
    };
    CASES.lines().enumerate().filter_map(case).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

fn law(on: NaiveDate) -> &'static RuleSet {
    LAW.on(on)
}

fn yes(holds: bool) -> String {
    if holds { "yes" } else { "no" }.to_owned()
}

/// The last day of so many months from a day.
fn last_of(from: NaiveDate, months: u32) -> NaiveDate {
    add_months(from, months).pred_opt().expect("a day before it")
}

/// What the rules say; the days of a computation are named by the table.
fn answer(asked: &str, given: &[&str]) -> String {
    match given {
        [on] => of_one_day(asked, on),
        [first, second] => of_two(asked, first, second),
        [first, second, third] => of_three(asked, first, second, third),
        _ => panic!("{asked} of {given:?}"),
    }
}

fn of_one_day(asked: &str, given: &str) -> String {
    if asked == "easter" {
        return easter(given.parse().expect("a year")).expect("in the calendar").to_string();
    }
    let on = day(given);
    let set = law(on);
    let pass = PassIae::new(on);
    let found = match asked {
        "decision" => add_days(on, set.aid.decision_days),
        "notification" => add_days(on, set.aid.notification_days),
        "transfer" => add_days(on, set.aid.transfer_days),
        "appeal" => add_months(on, set.aid.appeal_months),
        "unpaid-abroad-from" => add_days(on, set.aid.abroad_days),
        "piis-signature" => set.piis.signature_due(on),
        "reflection" => set.piis.earliest_signature(on),
        "interview" => Country::Belgium.add_working_days(on, set.piis.interview_working_days),
        "evaluation" => add_months(on, set.piis.evaluation_gap_months),
        "latest-start" => set.sanction.latest_start(on),
        "application-after" => application_after(on),
        "penalty" => add_months(on, set.penalty.months),
        "acs-refill" => add_months(on, set.acs.refill_months),
        "pass-last" => pass.checked(pass_rules(on)).expect("nothing changed it"),
        "pass-waiting" => pass.waiting_until(pass_rules(on)),
        "pass-window" => {
            let Span { from, until } = pass.prolongation_window(pass_rules(on));
            return format!("{from} {until}");
        }
        "service-last" => {
            let service = set.citizen_service.expect("a day under its law");
            return format!("{} {}", last_of(on, service.months_min), last_of(on, service.months_max));
        }
        "stage-first-last" => {
            return format!("{} {}", last_of(on, set.stage_first.months_min), last_of(on, set.stage_first.months_max));
        }
        "rule-set" => return set.id.to_owned(),
        _ => panic!("nobody knows {asked} of a day"),
    };
    found.to_string()
}

fn of_two(asked: &str, first: &str, second: &str) -> String {
    match asked {
        "new-assessment" => yes(law(day(first)).piis.reassessed_after(day(first), day(second))),
        "last-of-months" => last_of(day(first), second.parse().expect("months")).to_string(),
        "art60" => {
            let proposal = LAW.proposal(day(second), age(first, second));
            format!("{}/{}", proposal.required_days, proposal.reference_months)
        }
        "art60-from" => LAW.proposal(day(second), age(first, second)).reference_from().to_string(),
        "service" => {
            let rules = law(day(second)).citizen_service;
            yes(rules.is_some_and(|rules| (rules.age_min..=rules.age_max).contains(&age(first, second))))
        }
        "holiday" => {
            let holiday = country(first).holiday(day(second));
            holiday.map_or("none", |holiday| holiday.name.fr).to_owned()
        }
        "in-force" => {
            let found = LAW.register_on(day(first)).into_iter().find(|entry| entry.code == second);
            found.map_or_else(|| "none".to_owned(), |entry| entry.parameter.to_string())
        }
        _ => panic!("nobody knows {asked} of two"),
    }
}

fn of_three(asked: &str, first: &str, second: &str, third: &str) -> String {
    match asked {
        "ceiling" => {
            let earlier = (second != "-").then(|| day(second));
            ceiling(&law(day(third)).sanction, first, earlier, day(third)).to_string()
        }
        "old-days" => {
            let proposal = LAW.proposal(day(second), age(first, second));
            let way = proposal.others.iter().find(|way| matches!(way.beside, Beside::PerMissingDay { .. }));
            let old = way.and_then(|way| way.old_days(proposal.required_days, third.parse().expect("days")));
            old.map_or_else(|| "none".to_owned(), |days| days.to_string())
        }
        "working-days-after" => country(first).add_working_days(day(second), third.parse().expect("days")).to_string(),
        "pass-last" => {
            let mut pass = PassIae::new(day(first));
            pass.suspensions.push(Span { from: day(second), until: day(third) });
            match pass.checked(pass_rules(day(first))) {
                Ok(last) => last.to_string(),
                Err(PassRefusal::Outside { .. }) => "outside".to_owned(),
                Err(other) => panic!("{other}"),
            }
        }
        _ => panic!("nobody knows {asked} of three"),
    }
}

/// Most months of a suspension (DIS article 30), by the day of the earlier decision of that kind, if there is one.
fn ceiling(rules: &SanctionRules, kind: &str, earlier: Option<NaiveDate>, decided: NaiveDate) -> u32 {
    let again = |within| earlier.is_some_and(|earlier| decided <= add_months(earlier, within));
    let means =
        |months| if again(rules.means_repeat_within_months) { months * rules.means_repeat_factor } else { months };
    match kind {
        "project" if again(rules.project_repeat_within_months) => rules.project_repeat_months,
        "project" => rules.project_months,
        "means" => means(rules.means_months),
        "fraud" => means(rules.fraud_months),
        _ => panic!("no kind of suspension: {kind}"),
    }
}

fn age(born: &str, on: &str) -> u32 {
    age_on(day(born), day(on)).expect("born before it")
}

fn country(code: &str) -> Country {
    Country::of(code).expect("BE or FR")
}

fn pass_rules(on: NaiveDate) -> &'static PassRules {
    &LAW.france_on(on).pass
}

#[test]
fn the_rules_say_what_was_worked_out_by_hand() {
    let mut wrong = Vec::new();
    for Case { line, article, asked, given, expected } in cases() {
        let found = answer(asked, &given);
        if found != expected {
            wrong.push(format!("line {line} ({article}): {asked} of {given:?} is {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_holds_no_case_twice_and_each_names_its_article() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let different: BTreeSet<_> = cases.iter().map(|case| (case.asked, case.given.clone())).collect();
    assert_eq!(different.len(), cases.len());
    assert!(cases.iter().all(|case| !case.article.is_empty() && !case.expected.is_empty()));
}
