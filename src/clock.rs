//! Instants and days: the clock that the store is given, and the day it is in Brussels.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Brussels;
use std::sync::{Mutex, PoisonError};
use store::Clock;

/// The day in Brussels at an instant: 23:30 UTC may be the next one.
#[must_use]
pub fn brussels_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Brussels).date_naive()
}

/// A clock that stands where it is put, for rehearsing a history.
#[derive(Debug)]
pub struct Rehearsal(Mutex<DateTime<Utc>>);

impl Rehearsal {
    /// A clock that stands at an instant.
    #[must_use]
    pub const fn at(instant: DateTime<Utc>) -> Self {
        Self(Mutex::new(instant))
    }

    /// Puts the clock to another instant; the store never records an earlier one than before.
    pub fn set(&self, instant: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant;
    }
}

impl Clock for Rehearsal {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn half_past_eleven_at_night_in_utc_is_the_next_day_in_brussels() {
        let at = |month, hour| Utc.with_ymd_and_hms(2022, month, 30, hour, 30, 0).unwrap();
        let day = |month, day| NaiveDate::from_ymd_opt(2022, month, day).unwrap();
        assert_eq!(brussels_day(at(6, 21)), day(6, 30));
        assert_eq!(brussels_day(at(6, 22)), day(7, 1));
        assert_eq!(brussels_day(at(11, 22)), day(11, 30));
        assert_eq!(brussels_day(at(11, 23)), day(12, 1));
    }
}
