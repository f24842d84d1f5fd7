//! What can be wrong with the rules of a house, all of it at once.

use super::{ACCESS_LEDGER_YEARS_MIN, FIRST_DAY, HouseDeadline, HouseRules, Limit, Overridable, Retention};
use crate::codes::CodeList;
use crate::law::RuleSet;
use crate::wire;
use chrono::NaiveDate;

/// A mistake in the rules of a house: in which period (from 0), at which key, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct HouseError {
    /// The period, in the order given.
    pub period: usize,
    /// The key, such as `parameters.reflection_days` or `deadline[1].after`.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a rule of a house.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The law asks for more.
    #[error("{given} is less than the {least} that the law asks for ({article}, rule set {rule_set})")]
    Below {
        /// What the house says.
        given: u32,
        /// What the law says.
        least: u32,
        /// Where.
        article: &'static str,
        /// Under which set.
        rule_set: &'static str,
    },
    /// The law allows less.
    #[error("{given} is more than the {most} that the law allows ({article}, rule set {rule_set})")]
    Above {
        /// What the house says.
        given: u32,
        /// What the law says.
        most: u32,
        /// Where.
        article: &'static str,
        /// Under which set.
        rule_set: &'static str,
    },
    /// Nothing or far too much.
    #[error("{0} is not a length of time: use 1 to 1200")]
    NoLength(u32),
    /// More in person than in all.
    #[error("{in_person} evaluations in person are more than the {in_all} evaluations of a year")]
    MoreInPerson {
        /// In person.
        in_person: u32,
        /// In all.
        in_all: u32,
    },
    /// Not a kind of event.
    #[error("{0:?} is no kind of event; the kinds are those of the GraphQL enum EventKind, such as EngagementStarted")]
    UnknownKind(String),
    /// Not a name.
    #[error("{0:?} is no name for a deadline: use 1 to 40 capitals, digits and _")]
    NotAName(String),
    /// Twice the same name.
    #[error("{0} is named twice in this period")]
    Twice(String),
    /// Too early.
    #[error("the period begins before {FIRST_DAY}, the first day of the law")]
    TooEarly,
    /// Ends before it begins.
    #[error("the period ends on {0}, before it begins")]
    Backwards(NaiveDate),
    /// Two periods share a day.
    #[error("the period begins on {from}, and the one before it runs until {until}")]
    Overlaps {
        /// Where it begins.
        from: NaiveDate,
        /// Where the one before ends.
        until: NaiveDate,
    },
}

/// Longest period of a house, in its own unit: a hundred years of months.
const AMOUNT_MAX: u32 = 1200;

/// Every mistake in the periods of a house, in their order; none if they can be used.
pub(in crate::law) fn mistakes(periods: &[HouseRules], statute: &[RuleSet]) -> Vec<HouseError> {
    let mut found = Vec::new();
    for (period, rules) in periods.iter().enumerate() {
        let mut wrong = |key: String, problem| found.push(HouseError { period, key, problem });
        dates(rules, period.checked_sub(1).map(|before| &periods[before]), &mut wrong);
        parameters(rules, statute, &mut wrong);
        retention(&rules.retention, &mut wrong);
        deadlines(&rules.deadlines, &mut wrong);
    }
    found
}

type Wrong<'a> = &'a mut dyn FnMut(String, Problem);

fn dates(rules: &HouseRules, before: Option<&HouseRules>, wrong: Wrong<'_>) {
    if rules.from < FIRST_DAY {
        wrong("from".into(), Problem::TooEarly);
    }
    if let Some(until) = rules.until.filter(|until| *until < rules.from) {
        wrong("until".into(), Problem::Backwards(until));
    }
    if let Some(before) = before {
        let until = before.until.unwrap_or(NaiveDate::MAX);
        if rules.from <= until {
            wrong("from".into(), Problem::Overlaps { from: rules.from, until });
        }
    }
}

fn parameters(rules: &HouseRules, statute: &[RuleSet], wrong: Wrong<'_>) {
    let in_force = |set: &&RuleSet| {
        set.until.is_none_or(|last| rules.from <= last) && rules.until.is_none_or(|last| set.from <= last)
    };
    for (name, given) in &rules.parameters {
        let key = format!("parameters.{}", name.code());
        if !(1..=AMOUNT_MAX).contains(given) {
            wrong(key, Problem::NoLength(*given));
            continue;
        }
        let (given, (limit, article)) = (*given, name.limit());
        let worst = statute.iter().filter(in_force).find_map(|set| {
            let (law, rule_set) = (*name.place(&mut { *set }), set.id);
            match limit {
                Limit::AtLeast if given < law => Some(Problem::Below { given, least: law, article, rule_set }),
                Limit::AtMost if given > law => Some(Problem::Above { given, most: law, article, rule_set }),
                Limit::AtLeast | Limit::AtMost | Limit::Open => None,
            }
        });
        if let Some(problem) = worst {
            wrong(key, problem);
        }
    }
    let asked = |name| rules.parameters.get(&name).copied();
    let in_law = |name: Overridable| statute.iter().filter(in_force).map(|set| *name.place(&mut { *set })).min();
    let in_all = asked(Overridable::EvaluationsAYear).or_else(|| in_law(Overridable::EvaluationsAYear));
    if let (Some(in_person), Some(in_all)) = (asked(Overridable::InPersonAYear), in_all)
        && in_person > in_all
    {
        wrong("parameters.in_person_a_year".into(), Problem::MoreInPerson { in_person, in_all });
    }
}

fn retention(retention: &Retention, wrong: Wrong<'_>) {
    for (key, given) in [
        ("file_months", retention.file_months),
        ("notice_days", retention.notice_days),
        ("access_ledger_years", retention.access_ledger_years),
    ] {
        if let Some(given) = given.filter(|given| !(1..=AMOUNT_MAX).contains(given)) {
            wrong(format!("retention.{key}"), Problem::NoLength(given));
        }
    }
    let least = ACCESS_LEDGER_YEARS_MIN;
    if let Some(given) = retention.access_ledger_years.filter(|given| (1..least).contains(given)) {
        let article = "traces of the network of the Crossroads Bank for Social Security";
        wrong("retention.access_ledger_years".into(), Problem::Below { given, least, article, rule_set: "any" });
    }
}

fn deadlines(deadlines: &[HouseDeadline], wrong: Wrong<'_>) {
    let kinds = wire::kinds();
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    for (index, deadline) in deadlines.iter().enumerate() {
        let key = |name: &str| format!("deadline[{index}].{name}");
        if !(1..=40).contains(&deadline.code.len()) || !deadline.code.chars().all(capitals) {
            wrong(key("code"), Problem::NotAName(deadline.code.clone()));
        }
        if deadlines[..index].iter().any(|other| other.code == deadline.code) {
            wrong(key("code"), Problem::Twice(deadline.code.clone()));
        }
        if !(1..=AMOUNT_MAX).contains(&deadline.amount) {
            wrong(key("within"), Problem::NoLength(deadline.amount));
        }
        for (name, kind) in [("after", &deadline.after), ("until", &deadline.until)] {
            if !kinds.contains(&kind.as_str()) {
                wrong(key(name), Problem::UnknownKind(kind.clone()));
            }
        }
    }
}
