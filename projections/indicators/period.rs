//! Periods of days, both ends inclusive.

use chrono::{Days, NaiveDate};

/// The days from one to another, both included; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// The days between two; none if the last lies before the first.
    #[must_use]
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// One day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// A calendar year: its 31 December counts in it. None beyond the calendar's reach.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::new(NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)
    }

    /// First day.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// Last day, inclusive.
    #[must_use]
    pub const fn to(&self) -> NaiveDate {
        self.to
    }

    /// How many days, at least one.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// True if the day lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The part of it that a span shares, whose last day is inclusive, or open.
    #[must_use]
    pub fn shared(&self, from: NaiveDate, last: Option<NaiveDate>) -> Option<Self> {
        Self::new(self.from.max(from), last.map_or(self.to, |last| last.min(self.to)))
    }

    /// The part of it that a span shares, whose end is the first day out, or open.
    #[must_use]
    pub fn shared_until(&self, from: NaiveDate, out_on: Option<NaiveDate>) -> Option<Self> {
        match out_on {
            None => self.shared(from, None),
            Some(out_on) => self.shared(from, Some(out_on.pred_opt()?)),
        }
    }

    /// The part of it up to today.
    #[must_use]
    pub fn past(&self, today: NaiveDate) -> Option<Self> {
        self.shared(self.from, Some(today))
    }

    /// Its days, in order.
    pub fn each_day(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let to = self.to;
        self.from.iter_days().take_while(move |day| *day <= to)
    }
}

/// So many days later, or the end of the calendar.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// So many days before, or the beginning of the calendar.
pub(crate) fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}
