//! What an article 60 worker has to prove for unemployment benefit, as a proposal.
//!
//! Nobody's right is computed here: assimilated days (illness, holidays) come from outside, and the worker confirms.

use crate::hours::Hours;
use crate::law::Law;
use chrono::{Days, NaiveDate};

/// What an article 60 worker has to prove for unemployment benefit (royal decree of 25 November 1991, article 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article60Rules {
    /// The direct way by age at the application, youngest first (onem.be T31; bruxelles-j.be).
    pub ways: &'static [WayIn],
    /// Months of benefit that the days open at once: 12 (programme law of 18 July 2025); none where it is not by months.
    pub benefit_months: Option<u32>,
    /// Months of benefit at most: 24 (programme law of 18 July 2025).
    pub benefit_months_max: Option<u32>,
    /// Fewest hours a week of the part-time variant: half of 38 (bdas-wwsb.brussels).
    pub part_time_hours_min: Hours,
    /// Months of the part-time variant, whose aim is experience and not benefit: 6 at most (bdas-wwsb.brussels).
    pub part_time_months_max: u32,
}

/// So many days in so many months, from an age on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayIn {
    /// Age in years from which it holds.
    pub age_min: u32,
    /// Days of work to prove.
    pub days: u32,
    /// Months in which they must lie.
    pub months: u32,
    /// The other ways in at that age.
    pub others: &'static [OtherWay],
}

/// Another way in: fewer days with something older beside them, or more days in more months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherWay {
    /// Days of work to prove in the months.
    pub days: u32,
    /// Months in which they must lie.
    pub months: u32,
    /// What else is needed.
    pub beside: Beside,
}

/// What older work has to stand beside the days of an [`OtherWay`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: it is the direct way of an older worker.
    Nothing,
    /// So many days in the years just before the months.
    Earlier {
        /// Days of work.
        days: u32,
        /// Years before the months in which they must lie.
        years: u32,
    },
    /// So many old days for each day that is missing to the direct way.
    PerMissingDay {
        /// Old days for one missing day.
        days: u32,
    },
}

/// What to aim at for a person, proposed and never decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// The rule set that it follows; store it with what is decided, for the Constitutional Court may change the rule.
    pub rule_set: &'static str,
    /// Day of the application for benefit.
    pub application_on: NaiveDate,
    /// Age in years on that day.
    pub age: u32,
    /// Days of work to prove.
    pub required_days: u32,
    /// Months in which they must lie.
    pub reference_months: u32,
    /// The other ways in at that age.
    pub others: &'static [OtherWay],
}

impl Article60Rules {
    /// The way in at an age in years.
    #[must_use]
    pub fn way_at(&self, age: u32) -> &'static WayIn {
        let begun = self.ways.partition_point(|way| way.age_min <= age);
        &self.ways[begun.saturating_sub(1)]
    }

    /// The way in at an age in years; without an age only if it is the same at any age.
    #[must_use]
    pub fn way_in(&self, age: Option<u32>) -> Option<&'static WayIn> {
        match (self.by_age(), age) {
            (_, Some(age)) => Some(self.way_at(age)),
            (false, None) => self.ways.first(),
            (true, None) => None,
        }
    }

    /// True if the way in depends on the age.
    #[must_use]
    pub const fn by_age(&self) -> bool {
        self.ways.len() > 1
    }
}

impl Law {
    /// Proposes what an article 60 worker has to prove, by the rule of the day of the application for benefit.
    ///
    /// `application_on` is by default the day after the last day of the contract; `age` is that of the birthday
    /// ([`age_on`](crate::law::age_on)) on that day.
    #[must_use]
    pub fn proposal(&self, application_on: NaiveDate, age: u32) -> Proposal {
        let rules = self.on(application_on);
        let WayIn { days, months, others, .. } = *rules.article60.way_at(age);
        let rule_set = rules.id;
        Proposal { rule_set, application_on, age, required_days: days, reference_months: months, others }
    }
}

impl Proposal {
    /// First day of the reference period; its last day is the eve of the application.
    #[must_use]
    pub fn reference_from(&self) -> NaiveDate {
        months_before(self.application_on, self.reference_months)
    }
}

impl OtherWay {
    /// Old days needed when `proved` days lie in the months and `required` would be the direct way; none if the days
    /// of this way are not reached.
    #[must_use]
    pub fn old_days(&self, required: u32, proved: u32) -> Option<u32> {
        if proved < self.days {
            return None;
        }
        match self.beside {
            Beside::Nothing => Some(0),
            Beside::Earlier { days, .. } => Some(days),
            Beside::PerMissingDay { days } => Some(days * required.saturating_sub(proved)),
        }
    }
}

/// The same day some months earlier, or the last of a shorter month.
fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// The day after the last day of a contract: the day of the application unless another one is known.
#[must_use]
pub fn application_after(last_day: NaiveDate) -> NaiveDate {
    last_day.checked_add_days(Days::new(1)).unwrap_or(last_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(on: &str, age: u32) -> (u32, u32, &'static str) {
        let proposal = Law::default().proposal(on.parse().unwrap(), age);
        (proposal.required_days, proposal.reference_months, proposal.rule_set)
    }

    #[test]
    fn the_days_to_prove_follow_the_age_until_february_2026() {
        for (age, days, months) in
            [(18, 312, 21), (35, 312, 21), (36, 468, 33), (49, 468, 33), (50, 624, 42), (64, 624, 42)]
        {
            assert_eq!(proposed("2026-02-28", age), (days, months, "be-2024-05-31"), "{age}");
            assert_eq!(proposed("2026-03-01", age), (312, 36, "be-2026-03-01"), "{age}");
        }
    }

    #[test]
    fn the_reference_period_ends_on_the_eve_of_the_application() {
        let proposal = Law::default().proposal("2025-07-01".parse().unwrap(), 40);
        assert_eq!(proposal.reference_from().to_string(), "2022-10-01");
    }

    #[test]
    fn old_days_stand_in_for_missing_ones() {
        let others = Law::default().proposal("2025-07-01".parse().unwrap(), 40).others;
        // From 36 on: 468 in 33 months; with 312 of them 156 are missing, eight old days for each: 1248.
        let per_missing = others.iter().find(|way| matches!(way.beside, Beside::PerMissingDay { .. })).unwrap();
        assert_eq!(per_missing.old_days(468, 312), Some(1248));
        assert_eq!(per_missing.old_days(468, 311), None);
        let earlier = others.iter().find(|way| matches!(way.beside, Beside::Earlier { .. })).unwrap();
        assert_eq!((earlier.old_days(468, 233), earlier.old_days(468, 234)), (None, Some(1560)));
    }

    #[test]
    fn no_other_way_is_left_since_march_2026() {
        let law = Law::default();
        assert_eq!(law.proposal("2026-02-28".parse().unwrap(), 50).others.len(), 2);
        assert!(law.proposal("2026-03-01".parse().unwrap(), 50).others.is_empty());
    }
}
