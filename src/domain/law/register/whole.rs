//! One rule set by itself: every entry that it holds, whatever its neighbours say.
//!
//! The register joins sets in a row that tell the same, so an entry there tells more of time and less of sets. Here each
//! set stands alone, so that a set added later changes nothing of those that were there but the last day of the one before.

use super::{Law, Rule, RuleEntry, belgium, house_entry, regions};
use crate::codes::CodeList;
use crate::law::Country;
use chrono::NaiveDate;
use serde_json::json;

/// A rule set with all that the register lists of it.
///
/// Absent, because the register does not list it: how long a house keeps files, and on which measures its deadlines hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeSet {
    /// Its name: that by which events name it; `house-` and the first day for the deadlines of the house.
    pub name: String,
    /// First day in force; the first set of each family reaches further back.
    pub from: NaiveDate,
    /// Last day in force, inclusive; none for a set in force now.
    pub until: Option<NaiveDate>,
    /// Its entries, in order of the register.
    pub entries: Vec<RuleEntry>,
}

impl WholeSet {
    fn new(name: String, from: NaiveDate, until: Option<NaiveDate>, entries: impl Iterator<Item = RuleEntry>) -> Self {
        Self { name, from, until, entries: entries.map(|entry| RuleEntry { until, ..entry }).collect() }
    }

    /// What is in it, as text that is the same wherever it is made: an entry a line, each line a JSON array of code,
    /// amount, unit, article, source, first and last day. Its form is hashed and stays: never change it.
    #[must_use]
    pub fn canonical(&self) -> String {
        let line = |entry: &RuleEntry| {
            let RuleEntry { code, article, source, parameter, from, until, .. } = entry;
            let (amount, unit) = (parameter.amount.to_string(), parameter.unit.code());
            format!("{}\n", json!([code, amount, unit, article, source, from, until]))
        };
        self.entries.iter().map(line).collect()
    }
}

impl Law {
    /// Every set by itself: Belgium, Brussels, France, then the house, each in order of its days.
    ///
    /// A set that a house changed for some time goes on under its own name afterwards: it is one, with all its entries.
    #[must_use]
    pub fn whole_sets(&self) -> Vec<WholeSet> {
        let belgian_rules = belgium::rules();
        let belgian = self.sets.iter().map(|set| {
            let entries = belgian_rules.iter().filter_map(|rule| self.belgian(rule, set));
            WholeSet::new(set.id.to_owned(), set.from, set.until, entries)
        });
        let brussels_rules = regions::of_brussels();
        let brussels = self.brussels.iter().map(|set| {
            let entries = in_set(&brussels_rules, Country::Belgium, (set.id, set.from), set);
            WholeSet::new(set.id.to_owned(), set.from, set.until, entries)
        });
        let french_rules = regions::of_france();
        let french = self.france.iter().map(|set| {
            let entries = in_set(&french_rules, Country::France, (set.id, set.from), set);
            WholeSet::new(set.id.to_owned(), set.from, set.until, entries)
        });
        let house = self.house.iter().map(|rules| {
            let entries = rules.deadlines.iter().map(|deadline| house_entry(rules, deadline));
            WholeSet::new(format!("house-{}", rules.from), rules.from, rules.until, entries)
        });
        let mut all: Vec<WholeSet> = Vec::new();
        for set in belgian.chain(brussels).chain(french).chain(house) {
            match all.iter_mut().find(|before| before.name == set.name) {
                Some(before) => {
                    before.until = set.until;
                    before.entries.extend(set.entries);
                }
                None => all.push(set),
            }
        }
        all
    }
}

fn in_set<S>(
    rules: &[Rule<S>],
    country: Country,
    (id, from): (&'static str, NaiveDate),
    set: &S,
) -> impl Iterator<Item = RuleEntry> {
    rules.iter().filter_map(move |rule| Some(rule.entry(country, id, from, (rule.value)(set)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::house::Overridable;
    use crate::law::{HouseRules, RuleSet};
    use std::collections::HashSet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_set_is_told_once_with_entries_of_its_own_days() {
        let sets = Law::default().whole_sets();
        let names: HashSet<&str> = sets.iter().map(|set| set.name.as_str()).collect();
        assert_eq!(names.len(), sets.len());
        assert!(["be-2016-11-01", "bru-2019-05-23", "house-2002-10-01"].iter().all(|name| names.contains(name)));
        for set in &sets {
            assert!(!set.entries.is_empty(), "{}", set.name);
            assert!(set.entries.iter().all(|entry| (entry.from, entry.until) == (set.from, set.until)), "{}", set.name);
            assert_eq!(set.canonical().lines().count(), set.entries.len());
        }
    }

    #[test]
    fn a_set_added_later_changes_only_the_last_day_of_the_one_before() {
        let later = Law::default();
        let earlier = later.clone().before(day("2026-04-08"));
        let of = |law: &Law, name: &str| law.whole_sets().into_iter().find(|set| set.name == name).unwrap();
        assert_eq!(of(&earlier, "be-2024-05-31"), of(&later, "be-2024-05-31"));
        assert_eq!(of(&earlier, "be-2026-03-01").until, None);
        assert_eq!(of(&later, "be-2026-03-01").until, Some(day("2026-04-07")));
    }

    #[test]
    fn a_set_that_a_house_changed_for_some_time_stays_one() {
        // Law of 26 May 2002, article 21 §1: 30 days to decide; the house takes 20 for a year.
        let mut rules = HouseRules::usual(day("2021-01-01"));
        rules.until = Some(day("2021-12-31"));
        rules.source = "council".to_owned();
        rules.parameters.insert(Overridable::DecisionDays, 20);
        let law = Law::default().with_house(vec![rules]).unwrap();
        assert!(law.sets().filter(|set: &&RuleSet| set.id == "be-2016-11-01").count() == 2);
        let sets = law.whole_sets();
        let of = |name: &str| sets.iter().filter(|set| set.name == name).collect::<Vec<_>>();
        let [split] = of("be-2016-11-01")[..] else { unreachable!("told once") };
        assert_eq!((split.from, split.until), (day("2016-11-01"), Some(day("2024-05-30"))));
        assert!(split.entries.iter().all(|entry| !entry.holds_on(day("2021-06-01"))));
        assert_eq!(of("be-2016-11-01+house-2021-01-01").len(), 1);
        assert_eq!(of("house-2021-01-01").len(), 1);
    }
}
