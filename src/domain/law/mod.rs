//! The law as dated rules: what was right on that day, with its article.
//!
//! Rules are data, never constants in a step; the rule set that swayed a decision is stored in its event.
//! Read [`rules`] (the parameters and their sources), then [`belgium`] (the sets and their days), then [`days`].
//!
//! The Brussels Region ([`brussels`]) and France ([`france`], [`pass`]) are families of their own.
//! Absent: the exclusions of 2026 and 2027, which the unemployment office decides.

pub mod article60;
pub mod belgium;
pub mod brussels;
pub mod calendar;
pub mod days;
mod family;
pub mod france;
pub mod house;
pub mod pass;
pub mod register;
pub mod rules;

pub use article60::Proposal;
pub use brussels::BrusselsSet;
pub use calendar::Country;
pub use days::{add_months, age_on};
pub use france::FranceSet;
pub use house::{HouseError, HouseRules};
pub use register::{RuleCode, RuleEntry};
pub use rules::RuleSet;

use chrono::NaiveDate;

/// Every rule set, each with its days in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The Belgian family, in order of their first day; never empty, like each family.
    sets: Vec<RuleSet>,
    /// What the Brussels Region adds.
    brussels: Vec<BrusselsSet>,
    /// The French family.
    france: Vec<FranceSet>,
    /// The rules of the house, without a gap.
    house: Vec<HouseRules>,
}

impl Law {
    /// The Belgian rules in force on a day; the first set reaches back without end, so that old acts have an answer.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &RuleSet {
        family::on(&self.sets, day)
    }

    /// The rules of the Brussels Region in force on a day.
    #[must_use]
    pub fn brussels_on(&self, day: NaiveDate) -> &BrusselsSet {
        family::on(&self.brussels, day)
    }

    /// The French rules in force on a day.
    #[must_use]
    pub fn france_on(&self, day: NaiveDate) -> &FranceSet {
        family::on(&self.france, day)
    }

    /// Every set of the Brussels Region, in order of its first day.
    pub fn brussels_sets(&self) -> impl Iterator<Item = &BrusselsSet> {
        self.brussels.iter()
    }

    /// Every French set, in order of its first day.
    pub fn france_sets(&self) -> impl Iterator<Item = &FranceSet> {
        self.france.iter()
    }

    /// Every Belgian set, in order of its first day.
    pub fn sets(&self) -> impl Iterator<Item = &RuleSet> {
        self.sets.iter()
    }
}

impl Law {
    /// The law without the sets that begin on a day or later: as it was known before they were added.
    ///
    /// Asked of a later day, its last sets go on. The rules of the house are kept.
    #[must_use]
    pub fn before(self, day: NaiveDate) -> Self {
        Self {
            sets: family::begun_before(self.sets, day),
            brussels: family::begun_before(self.brussels, day),
            france: family::begun_before(self.france, day),
            house: self.house,
        }
    }

    /// The law together with the rules of a house, given by period in order of their days.
    ///
    /// A set that the house changes is named after both, such as `be-2016-11-01+house-2021-01-01`.
    ///
    /// # Errors
    /// Every mistake of the periods at once; the law is then not changed.
    pub fn with_house(self, periods: Vec<HouseRules>) -> Result<Self, Vec<HouseError>> {
        let mistakes = house::mistakes(&periods, &self.sets);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let house = house::segments(periods);
        let mut days: Vec<NaiveDate> = self.sets.iter().map(|set| set.from).collect();
        let changed = |rules: &&HouseRules| !rules.parameters.is_empty();
        days.extend(house.iter().filter(changed).flat_map(|rules| [Some(rules.from), after(rules.until)]).flatten());
        days.sort_unstable();
        days.dedup();
        let sets = days.into_iter().map(|from| merged(family::on(&self.sets, from), family::on(&house, from), from));
        let sets = family::chained(sets.collect());
        Ok(Self { sets, house, ..self })
    }
}

fn after(last: Option<NaiveDate>) -> Option<NaiveDate> {
    last?.succ_opt()
}

/// A set of the law as the house changes it from a day on.
fn merged(set: &RuleSet, house: &HouseRules, from: NaiveDate) -> RuleSet {
    let mut merged = RuleSet { from, ..*set };
    for (name, value) in &house.parameters {
        *name.place(&mut merged) = *value;
    }
    if !house.parameters.is_empty() {
        // Ids are static, because events, views and figures hold them by the million. A house is read once, at the
        // start of the process, and its few ids live as long as that.
        merged.id = Box::leak(format!("{}+house-{}", set.id, house.from).into_boxed_str());
    }
    merged
}

impl Default for Law {
    /// The law as this program was released with it.
    fn default() -> Self {
        Self {
            sets: belgium::sets(),
            brussels: brussels::sets(),
            france: france::sets(),
            house: house::segments(Vec::new()),
        }
    }
}

#[cfg(test)]
mod over_time;
#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_set_is_in_force_from_its_first_day_to_the_eve_of_the_next() {
        let law = Law::default();
        for (on, id) in [
            ("2002-10-01", "be-2002-10-01"),
            ("2016-10-31", "be-2002-10-01"),
            ("2016-11-01", "be-2016-11-01"),
            ("2024-05-30", "be-2016-11-01"),
            ("2024-05-31", "be-2024-05-31"),
            ("2026-02-28", "be-2024-05-31"),
            ("2026-03-01", "be-2026-03-01"),
            ("2026-04-07", "be-2026-03-01"),
            ("2026-04-08", "be-2026-04-08"),
            ("2199-12-31", "be-2026-04-08"),
        ] {
            assert_eq!(law.on(day(on)).id, id, "{on}");
        }
    }

    #[test]
    fn the_first_set_reaches_back() {
        assert_eq!(Law::default().on(day("1976-07-08")).id, "be-2002-10-01");
    }

    #[test]
    fn sets_follow_each_other_without_gap() {
        let law = Law::default();
        let sets: Vec<_> = law.sets().collect();
        for pair in sets.windows(2) {
            assert_eq!(pair[0].until.and_then(|last| last.succ_opt()), Some(pair[1].from), "{}", pair[0].id);
            assert_eq!(pair[0].id, format!("be-{}", pair[0].from));
        }
        assert_eq!(sets.last().map(|set| set.until), Some(None));
    }

    #[test]
    fn every_new_beneficiary_is_owed_a_piis_since_november_2016() {
        let law = Law::default();
        assert!(!law.on(day("2016-10-31")).piis.every_new_beneficiary);
        assert!(law.on(day("2016-11-01")).piis.every_new_beneficiary);
    }

    #[test]
    fn one_way_into_benefit_is_left_since_march_2026() {
        let law = Law::default();
        assert_eq!(law.on(day("2026-02-28")).article60.ways.len(), 3);
        let ways = law.on(day("2026-03-01")).article60.ways;
        assert_eq!(ways.iter().map(|way| (way.age_min, way.days, way.months)).collect::<Vec<_>>(), [(0, 312, 36)]);
    }

    #[test]
    fn the_way_in_depends_on_the_age_until_march_2026() {
        let law = Law::default();
        let before = law.on(day("2026-02-28")).article60;
        let days = |age| before.way_in(age).map(|way| (way.days, way.months));
        assert_eq!(
            [Some(18), Some(35), Some(36), Some(49), Some(50), None].map(days),
            [Some((312, 21)), Some((312, 21)), Some((468, 33)), Some((468, 33)), Some((624, 42)), None]
        );
        let after = law.on(day("2026-03-01")).article60;
        assert_eq!(after.way_in(None).map(|way| (way.days, way.months)), Some((312, 36)));
    }

    /// Article 30: decided in January, a suspension begins on 1 April at the latest.
    #[test]
    fn a_suspension_begins_on_the_first_of_the_third_month_at_the_latest() {
        let rules = Law::default().on(day("2022-01-31")).sanction;
        for (decided, latest) in
            [("2022-01-31", "2022-04-01"), ("2022-01-01", "2022-04-01"), ("2022-11-30", "2023-02-01")]
        {
            assert_eq!(rules.latest_start(day(decided)).to_string(), latest);
        }
    }

    #[test]
    fn a_job_of_less_than_three_months_needs_no_new_assessment() {
        let rules = Law::default().on(day("2022-01-31")).piis;
        assert!(!rules.reassessed_after(day("2022-01-10"), day("2022-04-08")));
        assert!(rules.reassessed_after(day("2022-01-10"), day("2022-04-09")));
    }
}
