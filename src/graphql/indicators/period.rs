//! The arguments that choose days.

use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::scalars::Date;
use chrono::NaiveDate;
use projections::indicators::Period;

/// The day itself.
pub const fn on(Date(day): Date) -> NaiveDate {
    day
}

/// A calendar year.
///
/// # Errors
/// [`BadInput`] names the field if the year lies outside the calendar.
pub fn year(field: &str, year: i32) -> Result<Period, BadInput> {
    // Years of four digits: what lies outside has no day that the contract can write.
    let found = (1900..=2999).contains(&year).then(|| Period::year(year)).flatten();
    found.ok_or_else(|| bad_input(field, format_args!("{year} is not a year from 1900 to 2999")))
}

/// The days that are asked for: a year, or from one day to another, both included, or one day.
///
/// # Errors
/// [`BadInput`] if not exactly one of them is given, or the last day lies before the first.
pub fn period(
    of_year: Option<i32>,
    from: Option<Date>,
    to: Option<Date>,
    at: Option<Date>,
) -> Result<Period, BadInput> {
    match (of_year, from, to, at) {
        (Some(asked), None, None, None) => year("year", asked),
        (None, Some(Date(from)), Some(Date(to)), None) => {
            Period::new(from, to).ok_or_else(|| bad_input("to", format_args!("{to} lies before {from}")))
        }
        (None, None, None, Some(Date(day))) => Ok(Period::day(day)),
        _ => Err(bad_input("year", "give either year, or from and to, or at where there is one; one of them")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(Date(text.parse().unwrap()))
    }

    #[test]
    fn days_are_chosen_in_one_way_and_not_in_two() {
        let of_year = period(Some(2022), None, None, None).unwrap();
        assert_eq!(period(None, day("2022-01-01"), day("2022-12-31"), None), Ok(of_year));
        assert!(period(None, None, None, day("2022-01-01")).is_ok());
        assert!(period(Some(2022), day("2022-01-01"), None, None).is_err());
        assert!(period(None, day("2022-01-01"), None, None).is_err());
        assert!(period(None, None, None, None).is_err());
        assert_eq!(period(None, day("2022-01-02"), day("2022-01-01"), None).unwrap_err().field, "to");
        assert!(year("year", 1899).is_err());
        assert!(year("year", 3000).is_err());
    }
}
