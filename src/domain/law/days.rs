//! How the law counts in months.

use chrono::{Datelike, Days, Months, NaiveDate};

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

/// The age in whole years on a day, by birthday; who is born on 29 February has it on 1 March of a common year.
///
/// None if the day lies before the birth.
#[must_use]
pub fn age_on(born_on: NaiveDate, day: NaiveDate) -> Option<u32> {
    let had = (day.month(), day.day()) >= (born_on.month(), born_on.day());
    let years = day.year() - born_on.year() - i32::from(!had);
    u32::try_from(years).ok()
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
    fn the_age_changes_on_the_birthday() {
        for (born, on, age) in [
            ("1990-03-01", "2026-02-28", Some(35)),
            ("1990-03-01", "2026-03-01", Some(36)),
            ("2004-02-29", "2023-02-28", Some(18)),
            ("2004-02-29", "2023-03-01", Some(19)),
            ("2004-02-29", "2024-02-28", Some(19)),
            ("2004-02-29", "2024-02-29", Some(20)),
            ("2024-05-31", "2024-05-31", Some(0)),
            ("2024-05-31", "2024-05-30", None),
        ] {
            assert_eq!(age_on(born.parse().unwrap(), on.parse().unwrap()), age, "{born} on {on}");
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_not_overstepped() {
        assert_eq!(add_months(NaiveDate::MAX, 3), NaiveDate::MAX);
        assert_eq!(add_days(NaiveDate::MAX, 5), NaiveDate::MAX);
    }
}
