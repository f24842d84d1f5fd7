//! Time until something happens, when not everybody was watched to the end: Kaplan and Meier's estimate, exact.
//!
//! The curve is kept as whole numbers at each day, so that anyone can recompute it. Its products outgrow 128 bits soon:
//! comparisons are made on long numbers, and only what is shown is rounded where it must be.

use super::Exact;
use std::cmp::Ordering;

/// How long one unit was watched, in days, and whether it happened then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Watched {
    /// Days from the beginning.
    pub days: i64,
    /// True if it happened on that day; false if watching stopped. On one day what happens comes before what stops.
    pub happened: bool,
}

impl Watched {
    /// Watched to the end of the window without its happening: in the risk set on every day of it.
    pub const TO_THE_END: Self = Self { days: i64::MAX, happened: false };
}

/// A day on which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Days from the beginning.
    pub days: i64,
    /// How many were still watched.
    pub at_risk: u64,
    /// To how many of them it happened.
    pub happened: u64,
}

/// The share to which it has not happened yet, by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    /// Every day on which it happened, in order.
    pub steps: Vec<Step>,
}

/// The normal quantile of a two-sided band of 95 %.
const Z_95: f64 = 1.959_963_984_540_054;

impl Curve {
    /// The curve of what was watched, in any order.
    #[must_use]
    pub fn of(mut watched: Vec<Watched>) -> Self {
        watched.sort_unstable();
        let mut at_risk = watched.len() as u64;
        let mut steps = Vec::new();
        for of_day in watched.chunk_by(|one, other| one.days == other.days) {
            let happened = of_day.iter().filter(|one| one.happened).count() as u64;
            if happened > 0 {
                steps.push(Step { days: of_day[0].days, at_risk, happened });
            }
            at_risk -= of_day.len() as u64;
        }
        Self { steps }
    }

    /// The first day on which the share to which it has not happened is at most one in so many.
    #[must_use]
    pub fn first_day_at_most_one_in(&self, many: u32) -> Option<i64> {
        let mut share = Share::whole();
        self.steps.iter().find_map(|step| {
            share.pass(step);
            let mut scaled = share.numerator.clone();
            scaled.multiply(many);
            (scaled.compare(&share.denominator) != Ordering::Greater).then_some(step.days)
        })
    }

    /// The share to which it has not happened by the end of that day: exact if it fits in 128 bits, else cut at 18
    /// decimals.
    #[must_use]
    pub fn survival(&self, days: i64) -> Exact {
        let passed = self.steps.iter().take_while(|step| step.days <= days);
        let exact = passed.clone().try_fold(Exact::from_integer(1), |share, step| {
            let kept = Exact::new(i128::from(step.at_risk - step.happened), i128::from(step.at_risk));
            let numerator = share.numer().checked_mul(*kept.numer())?;
            Some(Exact::new(numerator, share.denom().checked_mul(*kept.denom())?))
        });
        exact.filter(|share| *share.denom() < i128::MAX / 1_000).unwrap_or_else(|| {
            let mut share = Share::whole();
            passed.for_each(|step| share.pass(step));
            share.cut()
        })
    }

    /// Greenwood's variance of the share to which it has not happened by the end of that day.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn variance(&self, days: i64) -> f64 {
        let survival = super::figure::as_f64(self.survival(days));
        survival * survival * self.greenwood(days)
    }

    /// The 95 % band around that share, by the log-log transformation; none where the share is 0 or 1.
    #[must_use]
    pub fn band(&self, days: i64) -> Option<(f64, f64)> {
        let survival = super::figure::as_f64(self.survival(days));
        if survival <= 0.0 || survival >= 1.0 {
            return None;
        }
        let width = Z_95 * self.greenwood(days).sqrt() / survival.ln();
        // The logarithm of the share is negative: the width is too.
        Some((survival.powf((-width).exp()), survival.powf(width.exp())))
    }

    #[allow(clippy::cast_precision_loss)]
    fn greenwood(&self, days: i64) -> f64 {
        let passed = self.steps.iter().take_while(|step| step.days <= days && step.happened < step.at_risk);
        passed.map(|step| step.happened as f64 / (step.at_risk as f64 * (step.at_risk - step.happened) as f64)).sum()
    }
}

/// A share of two long numbers.
#[derive(Debug)]
struct Share {
    numerator: Natural,
    denominator: Natural,
}

impl Share {
    fn whole() -> Self {
        Self { numerator: Natural(vec![1]), denominator: Natural(vec![1]) }
    }

    fn pass(&mut self, step: &Step) {
        self.numerator.multiply(narrow(step.at_risk - step.happened));
        self.denominator.multiply(narrow(step.at_risk));
    }

    /// Its first 18 decimals.
    fn cut(mut self) -> Exact {
        let mut decimals = 0_i128;
        let mut power = 1_i128;
        for _ in 0..18 {
            self.numerator.multiply(10);
            decimals *= 10;
            power *= 10;
            while self.numerator.compare(&self.denominator) != Ordering::Less {
                self.numerator.subtract(&self.denominator);
                decimals += 1;
            }
        }
        Exact::new(decimals, power)
    }
}

/// A count as the digit of a long number: four billion persons are beyond any file.
fn narrow(count: u64) -> u32 {
    u32::try_from(count).expect("no more than four billion units are watched")
}

/// A natural number of any length, its least digit (base 2³²) first, without leading zeros.
#[derive(Debug, Clone)]
struct Natural(Vec<u32>);

impl Natural {
    #[allow(clippy::cast_possible_truncation)]
    fn multiply(&mut self, factor: u32) {
        let mut carry = 0_u64;
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(factor) + carry;
            *digit = product as u32;
            carry = product >> 32;
        }
        self.0.push(carry as u32);
        self.trim();
    }

    /// Takes away a number that is not greater.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (index, digit) in self.0.iter_mut().enumerate() {
            let (one, first) = digit.overflowing_sub(other.0.get(index).copied().unwrap_or(0));
            let (two, second) = one.overflowing_sub(u32::from(borrow));
            *digit = two;
            borrow = first || second;
        }
        self.trim();
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(watched: &[(i64, bool)]) -> Curve {
        Curve::of(watched.iter().map(|(days, happened)| Watched { days: *days, happened: *happened }).collect())
    }

    #[test]
    fn a_share_is_the_product_over_the_days_on_which_it_happened() {
        // 5 at risk on day 1; one stops on day 1 after it; 3 on day 4; the last stops on day 9.
        let curve = curve(&[(4, true), (1, false), (1, true), (9, false), (4, false)]);
        let steps = [Step { days: 1, at_risk: 5, happened: 1 }, Step { days: 4, at_risk: 3, happened: 1 }];
        assert_eq!(curve.steps, steps);
        assert_eq!(curve.survival(0), Exact::from_integer(1));
        assert_eq!(curve.survival(3), Exact::new(4, 5));
        assert_eq!(curve.survival(4), Exact::new(8, 15));
        assert_eq!(curve.first_day_at_most_one_in(2), None, "8/15 is more than a half");
    }

    #[test]
    fn the_median_is_the_first_day_with_a_half_or_less() {
        let curve = curve(&[(10, true), (20, true), (30, true), (40, true)]);
        assert_eq!(curve.first_day_at_most_one_in(2), Some(20));
        assert_eq!(curve.first_day_at_most_one_in(10), Some(40));
        // Greenwood at day 20: (1/2)² × (1/(4×3) + 1/(3×2)) = 1/4 × 1/4.
        assert!((curve.variance(20) - 0.0625).abs() < 1e-12);
        let (low, high) = curve.band(20).unwrap();
        // By hand: ln S = -0.693147, width = 1.959964 × 0.5 / 0.693147 = 1.413815.
        assert!((low - 0.057_847).abs() < 1e-4 && (high - 0.844_857).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn a_long_curve_is_compared_without_rounding() {
        // It happens to one and watching stops for one on each of 400 days: the fraction has thousands of digits.
        let watched: Vec<(i64, bool)> = (1..=400).flat_map(|days| [(days, true), (days, false)]).collect();
        let curve = curve(&watched);
        let floating: f64 = (1..=300).map(|day| 1.0 - 1.0 / f64::from(802 - 2 * day)).product();
        assert!((super::super::figure::as_f64(curve.survival(300)) - floating).abs() < 1e-12);
        // S(300) is about the root of 201/801, 0.5009; the next day's step of 199/200 passes the half.
        assert_eq!(curve.first_day_at_most_one_in(2), Some(301));
    }
}
