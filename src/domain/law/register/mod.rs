//! The register: every rule with its article, its source, how sure it is, and the days between which it held.
//!
//! No value stands here: each rule reads it from the sets, and sets in a row with the same value are one entry, so that
//! there is one source for a value. Read [`codes`] (the names), then the lists by family: [`belgium`], [`regions`].
//! [`whole`] tells one set by itself, for those who publish it.

mod belgium;
pub mod codes;
mod regions;
mod whole;

pub use codes::{ClockStart, Confidence, RuleCode, RuleUnit};
pub use whole::WholeSet;

use super::house::{HouseDeadline, HouseRules, Overridable};
use super::{Country, Law, RuleSet, family};
use crate::codes::{CodeList, Labels};
use crate::hours::Hours;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::fmt;

/// How much, in what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// How much, exact to the hundredth whatever the unit.
    pub amount: Hours,
    /// In what.
    pub unit: RuleUnit,
}

impl Parameter {
    fn whole(amount: u32, unit: RuleUnit) -> Self {
        Self { amount: Hours::whole(amount.into()), unit }
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.labels().en)
    }
}

/// A rule as it held between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleEntry {
    /// Its stable name: a [`RuleCode`], or the name that the house gave to a deadline.
    pub code: Cow<'static, str>,
    /// What people read, in French, Dutch and English.
    pub labels: [Cow<'static, str>; 3],
    /// The country whose law it is; none for a deadline of the house.
    pub country: Option<Country>,
    /// The article or text.
    pub article: Cow<'static, str>,
    /// Where it was read.
    pub source: Cow<'static, str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What starts the clock.
    pub starts: ClockStart,
    /// How much, in what.
    pub parameter: Parameter,
    /// First day on which it held with that value; the oldest entry of a rule reaches further back.
    pub from: NaiveDate,
    /// Last day, inclusive, if it has one.
    pub until: Option<NaiveDate>,
    /// The rule set that began it; none for a deadline of the house.
    pub rule_set: Option<&'static str>,
}

/// A rule of one family: what it is, and how to read its value from a set.
struct Rule<S> {
    code: RuleCode,
    article: &'static str,
    source: &'static str,
    confidence: Confidence,
    starts: ClockStart,
    value: fn(&S) -> Option<Parameter>,
    /// Before this day the value was not read at the source.
    unread_before: Option<NaiveDate>,
    /// The text that stands in the place of the first one from a day on.
    since: Option<(NaiveDate, Cited)>,
}

/// An article or text, where it was read, and how sure that makes it.
type Cited = (&'static str, &'static str, Confidence);

impl<S> Rule<S> {
    const fn new(
        code: RuleCode,
        (article, source, confidence): Cited,
        starts: ClockStart,
        value: fn(&S) -> Option<Parameter>,
    ) -> Self {
        Self { code, article, source, confidence, starts, value, unread_before: None, since: None }
    }

    const fn unread_before(mut self, day: NaiveDate) -> Self {
        self.unread_before = Some(day);
        self
    }

    const fn since(mut self, day: NaiveDate, cited: Cited) -> Self {
        self.since = Some((day, cited));
        self
    }

    fn entry(&self, country: Country, rule_set: &'static str, from: NaiveDate, value: Parameter) -> RuleEntry {
        let Labels { fr, nl, en } = self.code.labels();
        let later = self.since.filter(|(day, _)| *day <= from).map(|(_, cited)| cited);
        let (article, source, confidence) = later.unwrap_or((self.article, self.source, self.confidence));
        let unread = self.unread_before.is_some_and(|day| from < day);
        RuleEntry {
            code: self.code.code().into(),
            labels: [fr.into(), nl.into(), en.into()],
            country: Some(country),
            article: article.into(),
            source: source.into(),
            confidence: if unread { Confidence::NotRead } else { confidence },
            starts: self.starts,
            parameter: value,
            from,
            until: None,
            rule_set: Some(rule_set),
        }
    }
}

/// The entries of one rule over the sets of its family; sets in a row that tell the same are one.
fn joined<S>(
    sets: &[S],
    last_day: fn(&S) -> Option<NaiveDate>,
    entry: impl Fn(&S) -> Option<RuleEntry>,
) -> Vec<RuleEntry> {
    let mut all: Vec<RuleEntry> = Vec::new();
    for set in sets {
        let Some(mut next) = entry(set) else { continue };
        next.until = last_day(set);
        match all.last_mut() {
            Some(before) if before.goes_on_in(&next) => before.until = next.until,
            _ => all.push(next),
        }
    }
    all
}

impl RuleEntry {
    /// True if the next entry begins the day after this one ends and tells the same.
    fn goes_on_in(&self, next: &Self) -> bool {
        let adjacent = self.until.and_then(|last| last.succ_opt()) == Some(next.from);
        let same = (&self.code, &self.labels, &self.source, self.confidence, self.starts, self.parameter)
            == (&next.code, &next.labels, &next.source, next.confidence, next.starts, next.parameter);
        adjacent && same
    }

    /// True if it held on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

impl Law {
    /// Every rule with every period in which it held: Belgium, Brussels, France, then the deadlines of the house.
    #[must_use]
    pub fn register(&self) -> Vec<RuleEntry> {
        let mut all = Vec::new();
        for rule in belgium::rules() {
            all.extend(joined(&self.sets, |set| set.until, |set| self.belgian(&rule, set)));
        }
        for rule in regions::of_brussels() {
            let entry =
                |set: &super::BrusselsSet| Some(rule.entry(Country::Belgium, set.id, set.from, (rule.value)(set)?));
            all.extend(joined(&self.brussels, |set| set.until, entry));
        }
        for rule in regions::of_france() {
            let entry =
                |set: &super::FranceSet| Some(rule.entry(Country::France, set.id, set.from, (rule.value)(set)?));
            all.extend(joined(&self.france, |set| set.until, entry));
        }
        all.extend(self.of_the_house());
        all
    }

    /// Every rule in force on a day; before the first day of a family there is none of it.
    #[must_use]
    pub fn register_on(&self, day: NaiveDate) -> Vec<RuleEntry> {
        let mut all = self.register();
        all.retain(|entry| entry.holds_on(day));
        all
    }

    /// A Belgian rule in a set; where the house set the value, the house is its source.
    fn belgian(&self, rule: &Rule<RuleSet>, set: &RuleSet) -> Option<RuleEntry> {
        let mut entry = rule.entry(Country::Belgium, set.id, set.from, (rule.value)(set)?);
        let house = self.house_on(set.from);
        let overridden = Overridable::all().iter().filter(|name| house.parameters.contains_key(name));
        if overridden.map(|name| name.rule()).any(|code| code == rule.code) {
            entry.confidence = Confidence::House;
            entry.source = house.source.clone().into();
        }
        Some(entry)
    }

    /// The deadlines of the house, each name in the order in which it first appears.
    fn of_the_house(&self) -> Vec<RuleEntry> {
        let mut names: Vec<&str> = Vec::new();
        for deadline in self.house.iter().flat_map(|rules| &rules.deadlines) {
            if !names.contains(&deadline.code.as_str()) {
                names.push(&deadline.code);
            }
        }
        let entries = names.into_iter().flat_map(|name| {
            joined(
                &self.house,
                |rules| rules.until,
                |rules| {
                    let deadline = rules.deadlines.iter().find(|deadline| deadline.code == name)?;
                    Some(house_entry(rules, deadline))
                },
            )
        });
        entries.collect()
    }

    /// The rules of the house on a day; the usual ones of this program where it has none.
    #[must_use]
    pub fn house_on(&self, day: NaiveDate) -> &HouseRules {
        family::on(&self.house, day)
    }
}

fn house_entry(rules: &HouseRules, deadline: &HouseDeadline) -> RuleEntry {
    let source = if rules.source.is_empty() { "house".to_owned() } else { rules.source.clone() };
    RuleEntry {
        code: deadline.code.clone().into(),
        labels: deadline.labels.clone().map(Cow::from),
        country: None,
        article: format!("{} to {}", deadline.after, deadline.until).into(),
        source: source.into(),
        confidence: Confidence::House,
        starts: ClockStart::HouseEvent,
        parameter: Parameter::whole(deadline.amount, deadline.unit),
        from: rules.from,
        until: None,
        rule_set: None,
    }
}

#[cfg(test)]
mod tests;
