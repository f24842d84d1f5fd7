//! The vectors are computed, nobody's number: those of the sources with their check digits worked out again.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn niss(text: &str) -> Result<NationalNumber, NotANumber> {
    niss::read(text, day("2026-11-22"))
}

fn nir(text: &str) -> Result<NationalNumber, NotANumber> {
    nir::read(text, day("2026-11-22"))
}

#[test]
fn a_niss_tells_kind_century_birth_and_sex() {
    use NumberKind::{Bis, BisSexUnknown, National};
    for (text, kind, century, born_on, sex) in [
        ("93.05.18-223.61", National, Century::Nineteen, "1993-05-18", Some(Sex::Male)),
        ("93051822361", National, Century::Nineteen, "1993-05-18", Some(Sex::Male)),
        ("930518-223 61", National, Century::Nineteen, "1993-05-18", Some(Sex::Male)),
        ("85.07.30-033.28", National, Century::Nineteen, "1985-07-30", Some(Sex::Male)),
        ("17.07.30-033.84", National, Century::Twenty, "2017-07-30", Some(Sex::Male)),
        ("00.01.25-567.77", National, Century::Twenty, "2000-01-25", Some(Sex::Male)),
        ("88.22.29-999.36", BisSexUnknown, Century::Nineteen, "1988-02-29", None),
        ("08.22.29-999.34", BisSexUnknown, Century::Twenty, "2008-02-29", None),
        ("88.42.29-999.79", Bis, Century::Nineteen, "1988-02-29", Some(Sex::Male)),
        ("08.42.29-999.77", Bis, Century::Twenty, "2008-02-29", Some(Sex::Male)),
    ] {
        let number = niss(text).unwrap();
        assert_eq!(number.kind(), kind, "{text}");
        assert_eq!(number.century(), Some(century), "{text}");
        assert_eq!(number.born_on(), Some(day(born_on)), "{text}");
        assert_eq!(number.sex(), sex, "{text}");
    }
}

/// A NISS with the check digits of a century, worked out another way than in the code: by long division.
fn checked(first_nine: &str, century: Century) -> String {
    let prefix = match century {
        Century::Nineteen => "",
        Century::Twenty => "2",
    };
    let rest =
        format!("{prefix}{first_nine}").bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{first_nine}{:02}", 97 - rest)
}

#[test]
fn a_part_of_the_birth_date_may_be_unknown() {
    for (first_nine, century) in [
        ("400000001", Century::Nineteen),
        ("400001003", Century::Nineteen),
        ("851200002", Century::Nineteen),
        ("012000005", Century::Twenty),
    ] {
        let number = niss(&checked(first_nine, century)).unwrap();
        assert_eq!((number.born_on(), number.century()), (None, Some(century)), "{first_nine}");
    }
}

#[test]
fn an_impossible_number_is_refused() {
    for (text, why) in [
        ("93.05.18-223.62".to_owned(), NotANumber::CheckDigits),
        ("9305182236".to_owned(), NotANumber::Length { expected: 11 }),
        ("930518223611".to_owned(), NotANumber::Length { expected: 11 }),
        (String::new(), NotANumber::Length { expected: 11 }),
        ("93.05.18-22E.61".to_owned(), NotANumber::Character),
        ("٩3051822361".to_owned(), NotANumber::Character),
        (checked("930518000", Century::Nineteen), NotANumber::Serial),
        (checked("930230001", Century::Nineteen), NotANumber::BirthDate),
        (checked("930229001", Century::Nineteen), NotANumber::BirthDate),
        (checked("931318001", Century::Nineteen), NotANumber::BirthDate),
        (checked("935318001", Century::Nineteen), NotANumber::BirthDate),
        (checked("930532001", Century::Nineteen), NotANumber::BirthDate),
        (checked("930032001", Century::Nineteen), NotANumber::BirthDate),
    ] {
        assert_eq!(niss(&text), Err(why), "{text}");
    }
}

#[test]
fn the_smallest_and_the_largest_check_digits_fit() {
    // 00 is never a check: where the rest is 0 it is 97, where the rest is 96 it is 01.
    for (wanted, found) in [(97, "97"), (1, "01")] {
        let first = (930_518_001_u64..).find(|nine| 97 - nine % 97 == wanted).unwrap();
        let text = format!("{first}{found}");
        assert!(niss(&text).is_ok(), "{text}");
    }
    let rest_zero = (930_518_001_u64..).find(|nine| nine % 97 == 0).unwrap();
    assert_eq!(niss(&format!("{rest_zero}00")), Err(NotANumber::CheckDigits));
}

#[test]
fn a_birth_in_the_future_is_refused_and_today_is_not() {
    let born_today = checked("261122001", Century::Twenty);
    assert_eq!(niss(&born_today).unwrap().born_on(), Some(day("2026-11-22")));
    assert_eq!(niss(&checked("261123001", Century::Twenty)), Err(NotANumber::Future));
    assert_eq!(niss(&checked("261200001", Century::Twenty)), Err(NotANumber::Future));
    assert_eq!(niss(&checked("270000001", Century::Twenty)), Err(NotANumber::Future));
    assert!(niss(&checked("260000001", Century::Twenty)).is_ok());
    assert!(niss(&checked("261123001", Century::Nineteen)).is_ok());
}

#[test]
fn the_check_digits_of_both_centuries_never_fit_at_once() {
    // They would have to differ by a multiple of 97.
    assert_ne!(2_000_000_000_u64 % 97, 0);
}

#[test]
fn a_nir_tells_sex_and_sometimes_the_century() {
    // 2 69 05 49 588 157: the thirteen by 97 leave 17, so the key is 80.
    let number = nir("2 69 05 49 588 157 80").unwrap();
    assert_eq!((number.kind(), number.sex()), (NumberKind::Nir, Some(Sex::Female)));
    assert_eq!((number.century(), number.born_on()), (Some(Century::Nineteen), None));
    assert_eq!(number.reveal(), "269054958815780");
}

/// A NIR with its key, by long division.
fn keyed(thirteen: &str) -> String {
    let counted = thirteen.replace("2A", "19").replace("2B", "18");
    let rest = counted.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{thirteen}{:02}", 97 - rest)
}

#[test]
fn a_nir_of_corsica_counts_2a_as_19_and_2b_as_18() {
    for thirteen in ["185052A004012", "185052B033017"] {
        assert!(nir(&keyed(thirteen)).is_ok(), "{thirteen}");
        assert!(nir(&keyed(thirteen).to_lowercase()).is_ok(), "{thirteen}");
    }
    let swapped = keyed("185052A004012").replace("2A", "2B");
    assert_eq!(nir(&swapped), Err(NotANumber::CheckDigits));
    assert_eq!(nir("185052C00401200"), Err(NotANumber::Character));
}

#[test]
fn a_nir_leaves_the_century_open_where_both_lie_in_the_past() {
    assert_eq!(nir(&keyed("1200575056001")).unwrap().century(), None);
    assert_eq!(nir(&keyed("1261275056001")).unwrap().century(), Some(Century::Nineteen));
    assert_eq!(nir(&keyed("7850575056001")).unwrap().kind(), NumberKind::NirProvisional);
    assert!(nir(&keyed("1852075056001")).is_ok());
}

#[test]
fn an_impossible_nir_is_refused() {
    for (text, why) in [
        ("269054958815781".to_owned(), NotANumber::CheckDigits),
        ("2690549588157".to_owned(), NotANumber::Length { expected: 15 }),
        (keyed("5690549588157"), NotANumber::FirstDigit),
        (keyed("2691349588157"), NotANumber::BirthDate),
        (keyed("2690049588157"), NotANumber::BirthDate),
        (keyed("2690549588000"), NotANumber::Serial),
    ] {
        assert_eq!(nir(&text), Err(why), "{text}");
    }
}

#[test]
fn neither_a_number_nor_a_mistake_in_one_is_printed() {
    let number = niss("93.05.18-223.61").unwrap();
    assert_eq!((format!("{number:?}"), number.to_string()), ("NationalNumber(…)".into(), "…".into()));
    for text in ["93.05.18-223.62", "930518", "93.05.18-22X.61", "931318"] {
        let why = niss(text).unwrap_err();
        let told = format!("{why:?} {why}");
        assert!(!told.contains("93"), "{told}");
    }
}
