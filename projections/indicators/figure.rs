//! A figure: exact parts, what is not known, and which definition.

use num_rational::Ratio;

/// An exact number.
pub type Exact = Ratio<i128>;

/// Decimals shown of a number that has no finite decimal form.
pub const DECIMALS_MAX: u32 = 6;

/// A number that can be checked.
///
/// A count has a numerator and no denominator. A ratio has both, unreduced, and no value if nothing is to be divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What is counted or summed.
    pub numerator: Exact,
    /// What it is divided by; none for a count or a sum.
    pub denominator: Option<Exact>,
    /// How many things should have been counted and could not be, because a fact about them is missing.
    pub unknown: u64,
    /// The part of the numerator that rests on days after today alone: it may still change without any correction.
    pub future: Exact,
    /// The version of the definition.
    pub definition_version: u32,
    /// The legal rule set applied, if any.
    pub rule_set: Option<&'static str>,
}

impl Figure {
    /// A count, by the first version of its definition.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::sum(whole(count))
    }

    /// A sum, by the first version of its definition.
    #[must_use]
    pub fn sum(numerator: Exact) -> Self {
        Self { numerator, denominator: None, unknown: 0, future: zero(), definition_version: 1, rule_set: None }
    }

    /// A ratio, by the first version of its definition.
    #[must_use]
    pub fn ratio(numerator: Exact, denominator: Exact) -> Self {
        Self { denominator: Some(denominator), ..Self::sum(numerator) }
    }

    /// The same figure with so many things unknown.
    #[must_use]
    pub fn unknown(self, unknown: usize) -> Self {
        Self { unknown: unknown as u64, ..self }
    }

    /// The same figure with so much of it in the future.
    #[must_use]
    pub fn future(self, future: Exact) -> Self {
        Self { future, ..self }
    }

    /// The value; none if it is a ratio to nothing.
    #[must_use]
    pub fn value(&self) -> Option<Exact> {
        match self.denominator {
            None => Some(self.numerator),
            Some(denominator) if denominator == zero() => None,
            Some(denominator) => Some(self.numerator / denominator),
        }
    }

    /// The value for programs that know no exact numbers.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.value().map(as_f64)
    }
}

/// Nothing.
#[must_use]
pub fn zero() -> Exact {
    Exact::from_integer(0)
}

/// A whole number.
#[must_use]
pub fn whole(count: usize) -> Exact {
    Exact::from_integer(count as i128)
}

/// The nearest number of double precision.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn as_f64(number: Exact) -> f64 {
    *number.numer() as f64 / *number.denom() as f64
}

/// The number as decimal text: exact if twelve decimals are enough, else rounded half up at [`DECIMALS_MAX`] decimals.
#[must_use]
pub fn decimal(number: Exact) -> String {
    trim(round_half_up(number, finite_decimals(*number.denom()).unwrap_or(DECIMALS_MAX)))
}

/// The number with so many decimals, a half rounded away from zero.
#[must_use]
pub fn round_half_up(number: Exact, decimals: u32) -> String {
    let (quotient, rest) = scaled(number, decimals);
    let up = rest.0.unsigned_abs() * 2 >= rest.1.unsigned_abs();
    show(number < zero(), quotient.unsigned_abs() + u128::from(up), decimals)
}

/// The number cut after so many decimals, as 73.58 is told as "73".
#[must_use]
pub fn truncate(number: Exact, decimals: u32) -> String {
    show(number < zero(), scaled(number, decimals).0.unsigned_abs(), decimals)
}

/// The number times a power of ten: its whole part, and the rest as a fraction. Digit by digit, as on paper:
/// a long numerator times a power of ten might not fit.
fn scaled(number: Exact, decimals: u32) -> (i128, (i128, i128)) {
    let denominator = *number.denom();
    let (mut whole, mut rest) = (number.numer() / denominator, number.numer() % denominator);
    for _ in 0..decimals {
        rest *= 10;
        whole = whole * 10 + rest / denominator;
        rest %= denominator;
    }
    (whole, (rest, denominator))
}

fn show(negative: bool, digits: u128, decimals: u32) -> String {
    let power = 10_u128.pow(decimals);
    let sign = if negative && digits > 0 { "-" } else { "" };
    match decimals {
        0 => format!("{sign}{digits}"),
        _ => format!("{sign}{}.{:0width$}", digits / power, digits % power, width = decimals as usize),
    }
}

/// How many decimals the fraction with this denominator has; none if they never end, or if they are too many to show.
fn finite_decimals(denominator: i128) -> Option<u32> {
    (0..=DECIMALS_MAX * 2).find(|decimals| 10_i128.pow(*decimals) % denominator == 0)
}

fn trim(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_exact_where_it_can_be() {
        for (numerator, denominator, text) in [
            (2408, 1, "2408"),
            (76, 10, "7.6"),
            (1, 3, "0.333333"),
            (2, 3, "0.666667"),
            (1, 128, "0.0078125"),
            (-1, 3, "-0.333333"),
            (0, 5, "0"),
        ] {
            assert_eq!(decimal(Exact::new(numerator, denominator)), text);
        }
    }

    #[test]
    fn the_published_shares_of_molenbeek_come_out_of_the_exact_ones() {
        for (isp, aid, rounded) in
            [(1082, 5131, "21.09"), (3005, 5640, "53.28"), (4009, 5832, "68.74"), (4145, 5633, "73.58")]
        {
            assert_eq!(round_half_up(Exact::new(isp * 100, aid), 2), rounded);
        }
        assert_eq!(truncate(Exact::new(4145 * 100, 5633), 0), "73", "the text truncates where rounding gives 74");
        assert_eq!(round_half_up(Exact::new(4145 * 100, 5633), 0), "74");
    }

    #[test]
    fn a_ratio_to_nothing_has_no_value() {
        assert_eq!(Figure::ratio(zero(), zero()).value(), None);
        assert_eq!(Figure::count(3).value(), Some(whole(3)));
    }
}
