//! Sums of hours of which only some days count, exact as far as a number can hold.

use super::{Exact, Period};
use domain::hours::Hours;
use std::collections::BTreeMap;

/// Largest common denominator that is kept: sums of hours, and ratios of two of them, then fit in 128 bits.
const DENOMINATOR_MAX: i128 = 100_000_000_000_000;

/// Parts of an hour to which shares are rounded beyond that: a billionth.
const GRAIN: i128 = 1_000_000_000;

/// A sum of hours spread evenly over calendar days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HourSum {
    /// By the number of days over which hours are spread: hundredths of hours times the days that count.
    by_length: BTreeMap<i64, i128>,
}

impl HourSum {
    /// Adds the hours of the days that lie in the period; false if none do.
    pub fn add(&mut self, hours: Hours, over: Period, period: Period) -> bool {
        let Some(shared) = period.shared(over.from(), Some(over.to())) else { return false };
        let (length, days) = if shared == over { (1, 1) } else { (over.days(), shared.days()) };
        *self.by_length.entry(length).or_default() += i128::from(hours.0) * i128::from(days);
        true
    }

    /// Adds another sum.
    pub fn add_all(&mut self, other: &Self) {
        for (length, sum) in &other.by_length {
            *self.by_length.entry(*length).or_default() += sum;
        }
    }

    /// True if nothing was added.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.by_length.values().all(|sum| *sum == 0)
    }

    /// The sum in hours: exact while the common denominator has at most 14 digits, else each length's share is rounded
    /// to a billionth of an hour.
    #[must_use]
    pub fn hours(&self) -> Exact {
        let shares = self.by_length.iter().map(|(length, sum)| Exact::new(*sum, i128::from(*length) * 100));
        let exact = shares.clone().try_fold(Exact::from_integer(0), |total, share| {
            let common = total.denom() / gcd(*total.denom(), *share.denom()) * share.denom();
            (common <= DENOMINATOR_MAX).then(|| total + share)
        });
        exact.unwrap_or_else(|| Exact::new(shares.map(|share| (share * GRAIN).round().to_integer()).sum(), GRAIN))
    }
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::super::world::{hours, period, year};
    use super::*;

    #[test]
    fn hours_over_an_edge_are_an_exact_fraction() {
        let mut sum = HourSum::default();
        // Ten days, 29 December to 7 January, of which three lie in 2021.
        assert!(sum.add(hours("76"), period("2021-12-29", "2022-01-07"), year(2021)));
        assert!(!sum.add(hours("76"), period("2022-01-01", "2022-01-07"), year(2021)));
        assert_eq!(sum.hours(), Exact::new(228, 10));
    }

    #[test]
    fn a_sum_of_many_lengths_stays_in_reach() {
        let mut sum = HourSum::default();
        let first = year(2021).to();
        for length in 2..400 {
            let last = super::super::period::later(first, length - 1);
            sum.add(hours("1"), Period::new(first, last).unwrap(), year(2021));
        }
        // One day each: the harmonic numbers H(399) - 1.
        let expected: f64 = (2..400).map(|length| 1.0 / f64::from(length)).sum();
        assert!((super::super::figure::as_f64(sum.hours()) - expected).abs() < 1e-6);
    }
}
