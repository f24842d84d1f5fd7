//! National numbers: the Belgian NISS / INSZ and the French NIR.
//!
//! A number is read, checked and told apart here, and kept nowhere: it goes into `Personal` and into a keyed hash.
//! Neither it nor a mistake in it is ever printed. Read [`niss`], then [`nir`].

pub mod nir;
pub mod niss;

use crate::codes::codes;
use chrono::NaiveDate;
use std::fmt;

codes! {
    /// The kinds of national number.
    NumberKind {
        /// Number of the Belgian National Register.
        National = "NATIONAL" ("numéro de registre national", "rijksregisternummer", "national register number"),
        /// Bis number, month raised by 40: the sex was known when it was given.
        Bis = "BIS" ("numéro bis", "bisnummer", "bis number"),
        /// Bis number, month raised by 20: the sex was not known when it was given.
        BisSexUnknown = "BIS_SEX_UNKNOWN" ("numéro bis, sexe inconnu", "bisnummer, geslacht onbekend", "bis number, sex unknown"),
        /// French social security number.
        Nir = "NIR" ("numéro de sécurité sociale (NIR)", "Frans socialezekerheidsnummer (NIR)", "French social security number (NIR)"),
        /// French number of somebody whose identity is not certified yet.
        NirProvisional = "NIR_PROVISIONAL" ("NIR provisoire", "voorlopig NIR", "provisional NIR"),
    }
}

/// The sex that a number tells; what a person says of themselves stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Even in the NISS, 2 in the NIR.
    Female,
    /// Odd in the NISS, 1 in the NIR.
    Male,
}

/// The century of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Century {
    /// 1900 to 1999.
    Nineteen,
    /// 2000 to 2099.
    Twenty,
}

impl Century {
    const fn year(self, of_century: i32) -> i32 {
        match self {
            Self::Nineteen => 1900 + of_century,
            Self::Twenty => 2000 + of_century,
        }
    }
}

/// A valid national number. It is never printed: see [`NationalNumber::reveal`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NationalNumber {
    text: String,
    kind: NumberKind,
    century: Option<Century>,
    born_on: Option<NaiveDate>,
    sex: Option<Sex>,
}

/// Why a text is no national number. It says what is wrong and quotes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotANumber {
    /// Too short or too long.
    #[error("a national number has {expected} characters without its punctuation")]
    Length {
        /// How many it should have.
        expected: usize,
    },
    /// Something that is no digit, space, dot, hyphen or slash.
    #[error("a national number holds digits, spaces, dots, hyphens and slashes only")]
    Character,
    /// The check digits do not fit.
    #[error("the check digits of the national number do not fit: one of its digits is mistyped")]
    CheckDigits,
    /// The month or day cannot be.
    #[error("the national number holds a birth date that no calendar has")]
    BirthDate,
    /// The serial is 000.
    #[error("the serial of the national number is 000, which is never given")]
    Serial,
    /// The French number does not begin with a sex.
    #[error("the first digit of a French number is 1 or 2, or 3, 4, 7 or 8 while it is provisional")]
    FirstDigit,
    /// The birth lies after today.
    #[error("the birth date of the national number lies in the future")]
    Future,
}

impl NationalNumber {
    /// What kind of number it is.
    #[must_use]
    pub const fn kind(&self) -> NumberKind {
        self.kind
    }

    /// The century of birth, if the number tells it; a French one tells it only where the other lies in the future.
    #[must_use]
    pub const fn century(&self) -> Option<Century> {
        self.century
    }

    /// The day of birth, if the number holds a whole one.
    #[must_use]
    pub const fn born_on(&self) -> Option<NaiveDate> {
        self.born_on
    }

    /// The sex, if the number tells it.
    #[must_use]
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The number itself without punctuation, for the sealed part and the keyed hash: 11 digits or 15 characters.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for NationalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NationalNumber(…)")
    }
}

impl fmt::Display for NationalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The characters of a number without the punctuation that people write, in upper case.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let punctuation = |c: char| c.is_whitespace() || ".-/\u{2010}\u{2011}\u{2013}".contains(c);
    text.chars().filter(move |c| !punctuation(*c)).map(|c| c.to_ascii_uppercase())
}

/// The number that some digits write; they are digits and few.
fn value(digits: &str) -> u64 {
    digits.bytes().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
}

#[cfg(test)]
mod tests;
