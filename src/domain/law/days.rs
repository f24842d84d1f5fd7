//! How the law counts in months.

use chrono::{Days, Months, NaiveDate};

/// The same day some months later; if that month has no such day, its last one (`choices.md`, Months).
#[must_use]
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The day some calendar days later.
#[must_use]
pub fn add_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        for (from, months, to) in [
            ("2023-01-15", 1, "2023-02-15"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-11-30", 3, "2024-02-29"),
            ("2022-11-30", 3, "2023-02-28"),
            ("2023-08-31", 1, "2023-09-30"),
            ("2023-02-28", 1, "2023-03-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2023-12-31", 2, "2024-02-29"),
            ("2023-06-10", 0, "2023-06-10"),
        ] {
            let from: NaiveDate = from.parse().unwrap();
            assert_eq!(add_months(from, months).to_string(), to, "{from} + {months}");
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_not_overstepped() {
        assert_eq!(add_months(NaiveDate::MAX, 3), NaiveDate::MAX);
        assert_eq!(add_days(NaiveDate::MAX, 5), NaiveDate::MAX);
    }
}
