//! The scalars of the contract: days, instants, ids, places in the log, exact numbers.
//!
//! Each is a newtype of our own, so that its text, its refusal and its specification stand in one place.

use async_graphql::{Description, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

/// A day, written YYYY-MM-DD, such as 2022-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Description)]
pub struct Date(pub NaiveDate);

#[Scalar(
    name = "Date",
    use_type_description,
    specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            // chrono also reads 2022-1-5, which another reader may take for something else.
            Value::String(text) if text.len() == 10 => {
                text.parse().map(Self).map_err(|_| expected("a day of the calendar, such as 2022-12-31"))
            }
            _ => Err(expected("a day as YYYY-MM-DD, such as 2022-12-31")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An instant, written as RFC 3339 with its offset; given back in UTC, to the microsecond, such as 2022-12-31T22:30:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Description)]
pub struct DateTime(pub chrono::DateTime<Utc>);

#[Scalar(
    name = "DateTime",
    use_type_description,
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(expected(AN_INSTANT)) };
        chrono::DateTime::parse_from_rfc3339(text).map(|at| Self(at.to_utc())).map_err(|_| expected(AN_INSTANT))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

const AN_INSTANT: &str = "an instant with its offset, such as 2022-12-31T22:30:00Z";

/// A universally unique identifier, 36 characters with hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Description)]
pub struct Uuid(pub uuid::Uuid);

#[Scalar(name = "UUID", use_type_description, specified_by_url = "https://www.rfc-editor.org/rfc/rfc9562")]
impl ScalarType for Uuid {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(expected(A_UUID)) };
        hyphenated(text).map(Self).ok_or_else(|| expected(A_UUID))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

const A_UUID: &str = "a UUID with hyphens, such as 018f2d4c-7a10-7b3e-9c55-0a1b2c3d4e5f";

/// Reads a UUID in its one usual form; the others (braces, URN, no hyphens) are kept out, so that one id has one text.
pub(crate) fn hyphenated(text: &str) -> Option<uuid::Uuid> {
    (text.len() == 36).then(|| uuid::Uuid::try_parse(text).ok()).flatten()
}

/// A place in the log: a whole number from 0, written as text because it outgrows an Int. 0 stands before the first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Description)]
pub struct Position(pub store::Position);

#[Scalar(name = "Position", use_type_description)]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(expected(A_POSITION)) };
        decimal_digits(text).map(|at| Self(store::Position(at))).ok_or_else(|| expected(A_POSITION))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

const A_POSITION: &str = "a position as text, such as \"42\"";

/// A number of decimal digits alone: no sign, no space.
fn decimal_digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// An exact number in decimal form, written as text, such as "7.6"; a fraction that never ends is rounded at six decimals.
#[derive(Debug, Clone, PartialEq, Eq, Description)]
pub struct Decimal(pub String);

#[Scalar(name = "Decimal", use_type_description)]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if is_decimal(&text) => Ok(Self(text)),
            _ => Err(expected("a decimal number as text, such as \"7.6\"")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| (1..=38).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(part)
}

/// A JSON value: the plain fields of an event, whose shape depends on its kind.
#[derive(Debug, Clone, PartialEq, Description)]
pub struct Json(pub serde_json::Value);

#[Scalar(name = "JSON", use_type_description, specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        value.into_json().map(Self).map_err(|_| expected("a JSON value"))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

fn expected<T: async_graphql::InputType>(what: &str) -> InputValueError<T> {
    InputValueError::custom(format_args!("expected {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_one_text() {
        let day = |text: &str| Date::parse(Value::String(text.into())).ok();
        assert_eq!(day("2022-12-31").map(|day| day.to_value()), Some(Value::String("2022-12-31".into())));
        for text in ["2022-1-5", "2022-02-29", "22-02-2022", "", "2022-12-31T00:00:00Z"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_instant_is_given_back_in_utc_to_the_microsecond() {
        let at = DateTime::parse(Value::String("2022-12-31T23:30:00.123456+01:00".into())).unwrap();
        assert_eq!(at.to_value(), Value::String("2022-12-31T22:30:00.123456Z".into()));
        assert!(DateTime::parse(Value::String("2022-12-31T23:30:00".into())).is_err());
    }

    #[test]
    fn a_position_is_text_and_never_a_number() {
        assert!(Position::parse(Value::from(42)).is_err());
        assert!(Position::parse(Value::String("+42".into())).is_err());
        assert!(Position::parse(Value::String("18446744073709551616".into())).is_err());
        let last = Position::parse(Value::String(u64::MAX.to_string())).unwrap();
        assert_eq!(last.to_value(), Value::String(u64::MAX.to_string()));
    }

    #[test]
    fn a_uuid_has_one_text() {
        let bare = "018f2d4c7a107b3e9c550a1b2c3d4e5f";
        assert!(Uuid::parse(Value::String(bare.into())).is_err());
        assert!(Uuid::parse(Value::String("018f2d4c-7a10-7b3e-9c55-0a1b2c3d4e5f".into())).is_ok());
    }
}
