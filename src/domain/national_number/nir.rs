//! The French NIR: sex, year, month, department, commune, order, and a key of two digits.
//!
//! The key is 97 less the rest of the thirteen by 97, where 2A (Corse-du-Sud) counts as 19 and 2B (Haute-Corse) as 18
//! (comptavoo.com). The number holds no century and no day of birth.

use super::{Century, NationalNumber, NotANumber, NumberKind, Sex, characters, value};
use chrono::{Datelike, NaiveDate};

/// Characters of a NIR with its key, without punctuation.
const LENGTH: usize = 15;

/// Reads a NIR with its key, with or without punctuation. `today` is the day in Brussels.
///
/// # Errors
/// [`NotANumber`] says what is wrong and quotes nothing.
pub fn read(text: &str, today: NaiveDate) -> Result<NationalNumber, NotANumber> {
    let number = shape(text)?;
    let (kind, sex) = match number.as_bytes()[0] {
        b'1' => (NumberKind::Nir, Sex::Male),
        b'2' => (NumberKind::Nir, Sex::Female),
        b'3' | b'7' => (NumberKind::NirProvisional, Sex::Male),
        b'4' | b'8' => (NumberKind::NirProvisional, Sex::Female),
        _ => return Err(NotANumber::FirstDigit),
    };
    let counted = number.replace("2A", "19").replace("2B", "18");
    if 97 - value(&counted[..13]) % 97 != value(&counted[13..]) {
        return Err(NotANumber::CheckDigits);
    }
    let month = month(value(&number[3..5]))?;
    if number[10..13] == *"000" {
        return Err(NotANumber::Serial);
    }
    let century = century(value(&number[1..3]), month, today);
    Ok(NationalNumber { text: number, kind, century, born_on: None, sex: Some(sex) })
}

/// Thirteen digits and a key; the department may be 2A or 2B.
fn shape(text: &str) -> Result<String, NotANumber> {
    let number: String = characters(text).take(LENGTH + 1).collect();
    if !number.is_ascii() {
        return Err(NotANumber::Character);
    }
    if number.len() != LENGTH {
        return Err(NotANumber::Length { expected: LENGTH });
    }
    let department = &number[5..7];
    let digits = number
        .bytes()
        .enumerate()
        .all(|(place, byte)| byte.is_ascii_digit() || (place == 6 && matches!(department, "2A" | "2B")));
    if digits { Ok(number) } else { Err(NotANumber::Character) }
}

/// The month of birth; none for 20, 30 to 42 and 50 to 99, which stand for a month that is not known.
fn month(month: u64) -> Result<Option<u32>, NotANumber> {
    match month {
        1..=12 => Ok(u32::try_from(month).ok()),
        20 | 30..=42 | 50..=99 => Ok(None),
        _ => Err(NotANumber::BirthDate),
    }
}

/// The nineteen hundreds if the two thousands lie in the future; else both can be meant.
fn century(of_century: u64, month: Option<u32>, today: NaiveDate) -> Option<Century> {
    let year = Century::Twenty.year(i32::try_from(of_century).ok()?);
    ((year, month.unwrap_or(1)) > (today.year(), today.month())).then_some(Century::Nineteen)
}
