//! Any MessagePack value as JSON, by rules so few that somebody without trajet can follow them.
//!
//! Bytes are written as a UUID (16 of them), as `kind:UUID` (17, a stream), else as base64; bytes under the name `fact`
//! are a value of their own and written as that. Everything else is what it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;
use store::StreamId;
use uuid::Uuid;

/// Facts inside facts that are followed: a correction of a correction does not exist, so two are one more than needed.
const NESTED_MAX: u8 = 4;

/// Reads bytes as one value.
///
/// # Errors
/// What is wrong with the bytes.
pub fn value(bytes: &[u8]) -> Result<Value, rmp_serde::decode::Error> {
    within(bytes, 0)
}

fn within(bytes: &[u8], depth: u8) -> Result<Value, rmp_serde::decode::Error> {
    Plain { is_fact: false, depth }.deserialize(&mut rmp_serde::Deserializer::from_read_ref(bytes))
}

/// Reads one value; it knows whether it stands under the name `fact`.
struct Plain {
    is_fact: bool,
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that a record can hold")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, found: bool) -> Result<Value, E> {
        Ok(found.into())
    }

    fn visit_i64<E>(self, found: i64) -> Result<Value, E> {
        Ok(found.into())
    }

    fn visit_u64<E>(self, found: u64) -> Result<Value, E> {
        Ok(found.into())
    }

    fn visit_f64<E: Error>(self, found: f64) -> Result<Value, E> {
        Number::from_f64(found).map(Value::Number).ok_or_else(|| E::custom("a number that is none"))
    }

    fn visit_str<E>(self, found: &str) -> Result<Value, E> {
        Ok(found.into())
    }

    fn visit_bytes<E: Error>(self, found: &[u8]) -> Result<Value, E> {
        if self.is_fact && self.depth < NESTED_MAX {
            return within(found, self.depth + 1).map_err(E::custom);
        }
        Ok(self::bytes(found).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut found = Vec::new();
        while let Some(item) = items.next_element_seed(Self { is_fact: false, depth: self.depth })? {
            found.push(item);
        }
        Ok(found.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut found = Map::new();
        while let Some(name) = pairs.next_key::<String>()? {
            let seed = Self { is_fact: name == "fact", depth: self.depth };
            let value = pairs.next_value_seed(seed)?;
            found.insert(name, value);
        }
        Ok(found.into())
    }
}

/// Bytes as a text.
#[must_use]
pub fn bytes(found: &[u8]) -> String {
    match (Uuid::from_slice(found), StreamId::from_bytes(found)) {
        (Ok(id), _) => id.to_string(),
        (_, Some(stream)) => stream.to_string(),
        (Err(_), None) => base64(found),
    }
}

/// Bytes as base64, as proofs and stored records are written.
#[must_use]
pub fn base64(found: &[u8]) -> String {
    STANDARD.encode(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_streams_and_other_bytes_are_told_apart_by_their_length() {
        let bytes = b"\x93\xc4\x10\x01\x8f\0\0\0\0\x70\0\x80\0\0\0\0\0\0\x01\xc4\x11\x01\x01\x8f\0\0\0\0\x70\0\x80\0\0\0\0\0\0\x01\xc4\x02\xff\0";
        let id = "018f0000-0000-7000-8000-000000000001";
        assert_eq!(value(bytes).unwrap(), json!([id, format!("1:{id}"), "/wA="]));
    }

    #[test]
    fn what_a_correction_holds_is_read_too_and_no_deeper_than_it_can_be() {
        let mut inner = b"\x81\xa1n\x07".to_vec();
        for _ in 0..3 {
            let len = u8::try_from(inner.len()).unwrap();
            inner = [&b"\x81\xa4fact\xc4"[..], &[len], &inner].concat();
        }
        assert_eq!(value(&inner).unwrap(), json!({"fact": {"fact": {"fact": {"n": 7}}}}));
        assert!(value(b"\x81\xa4fact\xc4\x01\xc1").is_err());
    }
}
