//! Hours of work, training or absence, exact to the hundredth.

use serde::{Deserialize, Serialize, de};
use std::fmt;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

/// A number of hours in hundredths: 7.6 hours is `Hours(760)`. Never negative when it comes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hours(pub i64);

/// The most hours that one field may hold: a full-time year is about 2,000.
pub const HOURS_MAX: i64 = 100_000;

/// The text is not a number of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of hours: use 0 to 100000 with at most two decimals, such as 7.6")]
pub struct NotHours;

impl Hours {
    /// Whole hours.
    #[must_use]
    pub const fn whole(hours: i64) -> Self {
        Self(hours * 100)
    }
}

impl FromStr for Hours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 2 || whole.len() > 6 {
            return Err(NotHours);
        }
        let whole: i64 = whole.parse().map_err(|_| NotHours)?;
        let hundredths: i64 = format!("{decimals:0<2}").parse().map_err(|_| NotHours)?;
        let hours = Self(whole * 100 + hundredths);
        if hours.0 > HOURS_MAX * 100 { Err(NotHours) } else { Ok(hours) }
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, (self.0 % 100).abs());
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Hours {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(hours: I) -> Self {
        hours.fold(Self(0), Add::add)
    }
}

/// As hundredths in a record, as decimal text for people and programs.
impl Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(DecimalText)
        } else {
            i64::deserialize(deserializer).map(Self)
        }
    }
}

struct DecimalText;

impl de::Visitor<'_> for DecimalText {
    type Value = Hours;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hours as a decimal, such as 7.6")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Hours, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, hours: u64) -> Result<Hours, E> {
        hours.to_string().parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, hours: i64) -> Result<Hours, E> {
        hours.to_string().parse().map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, hours: f64) -> Result<Hours, E> {
        hours.to_string().parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_exact_to_the_hundredth() {
        for (text, hundredths, shown) in
            [("7.6", 760, "7.6"), ("38", 3800, "38"), ("0.25", 25, "0.25"), ("7.05", 705, "7.05")]
        {
            let hours: Hours = text.parse().unwrap();
            assert_eq!((hours.0, hours.to_string().as_str()), (hundredths, shown));
        }
        for text in ["-1", "", ".5", "1.", "1.234", "100001", "1e3", "NaN", "9999999999999999999"] {
            assert_eq!(text.parse::<Hours>(), Err(NotHours), "{text}");
        }
    }
}
