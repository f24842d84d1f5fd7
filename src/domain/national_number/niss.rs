//! The Belgian NISS / INSZ: `YYMMDD SSS CC`.
//!
//! `CC` is 97 less the rest of the first nine digits by 97; for births from 2000 on a 2 is put before them.
//! The two never fit at once (2,000,000,000 is no multiple of 97), so the check digits tell the century.
//! A bis number has 20 added to the month if the sex was unknown when it was given, else 40 (viw-costablanca.com;
//! nl.wikipedia Rijksregisternummer; `stdnum`).

use super::{Century, NationalNumber, NotANumber, NumberKind, Sex, characters, value};
use chrono::{Datelike, NaiveDate};

/// Characters of a NISS without punctuation.
const LENGTH: usize = 11;

/// Reads a NISS / INSZ, with or without punctuation. `today` is the day in Brussels.
///
/// Month or day may be 00 where the birth date is not known.
///
/// # Errors
/// [`NotANumber`] says what is wrong and quotes nothing.
pub fn read(text: &str, today: NaiveDate) -> Result<NationalNumber, NotANumber> {
    let digits = digits(text)?;
    let century = century(&digits)?;
    let (kind, month) = kind_and_month(value(&digits[2..4]))?;
    let year = century.year(two(&digits[0..2]));
    let day = u32::try_from(value(&digits[4..6])).unwrap_or(u32::MAX);
    let born_on = birth(year, month, day, today)?;
    let serial = value(&digits[6..9]);
    if serial == 0 {
        return Err(NotANumber::Serial);
    }
    let sex = match kind {
        NumberKind::BisSexUnknown => None,
        _ if serial % 2 == 1 => Some(Sex::Male),
        _ => Some(Sex::Female),
    };
    Ok(NationalNumber { text: digits, kind, century: Some(century), born_on, sex })
}

fn digits(text: &str) -> Result<String, NotANumber> {
    let digits: String = characters(text).take(LENGTH + 1).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotANumber::Character);
    }
    if digits.len() == LENGTH { Ok(digits) } else { Err(NotANumber::Length { expected: LENGTH }) }
}

/// The century whose check digits fit.
fn century(digits: &str) -> Result<Century, NotANumber> {
    let (first, check) = (value(&digits[..9]), value(&digits[9..]));
    let fits = |number: u64| 97 - number % 97 == check;
    match (fits(first), fits(2_000_000_000 + first)) {
        (true, _) => Ok(Century::Nineteen),
        (false, true) => Ok(Century::Twenty),
        (false, false) => Err(NotANumber::CheckDigits),
    }
}

fn kind_and_month(month: u64) -> Result<(NumberKind, u32), NotANumber> {
    let (kind, raised) = match month {
        0..=12 => (NumberKind::National, 0),
        20..=32 => (NumberKind::BisSexUnknown, 20),
        40..=52 => (NumberKind::Bis, 40),
        _ => return Err(NotANumber::BirthDate),
    };
    Ok((kind, u32::try_from(month - raised).unwrap_or_default()))
}

/// The whole day of birth if there is one. A part that is zero is unknown; what is known must be possible and past.
fn birth(year: i32, month: u32, day: u32, today: NaiveDate) -> Result<Option<NaiveDate>, NotANumber> {
    let whole = NaiveDate::from_ymd_opt(year, month, day);
    let possible = match (month, day) {
        (0, day) => day <= 31,
        (_, 0) => true,
        (_, _) => whole.is_some(),
    };
    if !possible {
        return Err(NotANumber::BirthDate);
    }
    // With a part unknown, the earliest day that it can stand for.
    let earliest = (year, month.max(1), if month == 0 { 1 } else { day.max(1) });
    if earliest > (today.year(), today.month(), today.day()) { Err(NotANumber::Future) } else { Ok(whole) }
}

/// Two digits as a number of years.
fn two(digits: &str) -> i32 {
    i32::try_from(value(digits)).unwrap_or_default()
}
