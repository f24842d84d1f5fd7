//! Older shapes of events, and the step that lifts each to the next one.
//!
//! A kind has version 1 until a step stands in [`LIFTS`]; each step adds one. Steps are never removed or changed:
//! records of every released version are read for ever, through every step that follows it.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// One step: from a version of a kind to the next one, on the fields as they stand in MessagePack.
pub(super) struct Lift {
    /// The kind of event.
    pub kind: &'static str,
    /// The version that it lifts; the result has the next one.
    pub from: u16,
    /// What it does. The error says what is not as that version promises.
    pub step: fn(&mut Fields) -> Result<(), String>,
}

/// Every step, in order of kind and version.
pub(super) const LIFTS: &[Lift] = &[
    Lift { kind: "PenaltyAssigned", from: 1, step: of_a_file },
    Lift { kind: "PenaltyCompleted", from: 1, step: of_a_file },
    Lift { kind: "PenaltyHoursPerformed", from: 1, step: of_a_file },
    Lift { kind: "PenaltyInterrupted", from: 1, step: of_a_file },
];

/// Work penalties moved from the person's own history into a judicial file. What was recorded before names the person
/// in the place of a file, and stays in the person's history.
fn of_a_file(fields: &mut Fields) -> Result<(), String> {
    fields.rename("person", "file")
}

/// The newest version of a kind: the one that is written.
pub(super) fn newest(lifts: &[Lift], kind: &str) -> u16 {
    lifts.iter().filter(|lift| lift.kind == kind).map(|lift| lift.from + 1).max().unwrap_or(1)
}

/// The fields of a record of an older version, as those of the newest.
///
/// # Errors
/// What is not as the older version promises.
pub(super) fn lift(lifts: &[Lift], kind: &str, version: u16, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut fields = Fields::read(bytes)?;
    for from in version..newest(lifts, kind) {
        let lift = lifts.iter().find(|lift| lift.kind == kind && lift.from == from);
        let lift = lift.ok_or_else(|| format!("no step lifts version {from}"))?;
        (lift.step)(&mut fields)?;
    }
    fields.write()
}

/// The fields of an event by name, in order, each value in the bytes in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, Vec<u8>)>);

impl Fields {
    /// Reads a map of MessagePack that is followed by nothing.
    fn read(bytes: &[u8]) -> Result<Self, String> {
        let (count, mut rest) = map_header(bytes).ok_or("its fields are no map")?;
        let mut fields = Vec::new();
        for _ in 0..count {
            let name = next::<String>(&mut rest)?.0;
            fields.push((name, next::<IgnoredAny>(&mut rest)?.1.to_vec()));
        }
        if rest.is_empty() { Ok(Self(fields)) } else { Err(format!("{} bytes too many", rest.len())) }
    }

    fn write(&self) -> Result<Vec<u8>, String> {
        let count = u32::try_from(self.0.len()).map_err(|error| error.to_string())?;
        let mut bytes = match u8::try_from(count) {
            Ok(few @ ..16) => vec![0x80 | few],
            Ok(_) | Err(_) => [&[0xdf][..], &count.to_be_bytes()].concat(),
        };
        for (name, value) in &self.0 {
            name.serialize(&mut rmp_serde::Serializer::new(&mut bytes)).map_err(|error| error.to_string())?;
            bytes.extend_from_slice(value);
        }
        Ok(bytes)
    }

    /// Gives a field another name; its value stays.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), String> {
        if self.0.iter().any(|(name, _)| name == to) {
            return Err(format!("the field {to} stands in it already"));
        }
        let field = self.0.iter_mut().find(|(name, _)| name == from);
        to.clone_into(&mut field.ok_or_else(|| format!("the field {from} is missing"))?.0);
        Ok(())
    }
}

/// The number of entries of a map, and what follows.
fn map_header(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (marker, rest) = bytes.split_first()?;
    match *marker {
        0x80..=0x8f => Some((u32::from(marker & 0x0f), rest)),
        0xde => rest.split_first_chunk().map(|(count, rest)| (u16::from_be_bytes(*count).into(), rest)),
        0xdf => rest.split_first_chunk().map(|(count, rest)| (u32::from_be_bytes(*count), rest)),
        _ => None,
    }
}

/// Takes the next value off the front: what it is, and its bytes.
fn next<'a, T: Deserialize<'a>>(rest: &mut &'a [u8]) -> Result<(T, &'a [u8]), String> {
    let whole = *rest;
    let mut reader = whole;
    let value = T::deserialize(&mut rmp_serde::Deserializer::new(&mut reader)).map_err(|error| error.to_string())?;
    let (taken, left) = whole.split_at(whole.len() - reader.len());
    *rest = left;
    Ok((value, taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A kind that changed twice: `who` became `person`, then `day` became `on`.
    const TWICE: &[Lift] = &[
        Lift { kind: "Invented", from: 1, step: |fields| fields.rename("who", "person") },
        Lift { kind: "Invented", from: 2, step: |fields| fields.rename("day", "on") },
    ];

    fn bytes(fields: &Value) -> Vec<u8> {
        rmp_serde::to_vec_named(fields).unwrap()
    }

    fn lifted(version: u16, fields: &Value) -> Result<Value, String> {
        let lifted = lift(TWICE, "Invented", version, &bytes(fields))?;
        Ok(rmp_serde::from_slice(&lifted).unwrap())
    }

    #[test]
    fn an_older_shape_is_lifted_step_by_step() {
        let newest_shape = json!({"person": [1, {"deep": "value"}], "on": "2022-01-01"});
        assert_eq!(lifted(1, &json!({"who": [1, {"deep": "value"}], "day": "2022-01-01"})), Ok(newest_shape.clone()));
        assert_eq!(lifted(2, &json!({"person": [1, {"deep": "value"}], "day": "2022-01-01"})), Ok(newest_shape));
        assert_eq!((newest(TWICE, "Invented"), newest(TWICE, "Other")), (3, 1));
    }

    #[test]
    fn a_shape_that_is_not_as_its_version_promises_is_refused() {
        assert!(lifted(1, &json!({"day": "2022-01-01"})).unwrap_err().contains("who is missing"));
        assert!(lifted(1, &json!({"who": 1, "person": 2})).unwrap_err().contains("already"));
        assert!(lift(TWICE, "Invented", 1, &[0x93, 1, 2, 3]).is_err());
        // Four thousand million fields are announced, and none follows.
        assert!(lift(TWICE, "Invented", 1, &[0xdf, 0xff, 0xff, 0xff, 0xff]).is_err());
        let mut long = bytes(&json!({"who": 1, "day": 2}));
        long.push(0xc0);
        assert!(lift(TWICE, "Invented", 1, &long).unwrap_err().contains("too many"));
    }

    #[test]
    fn more_fields_than_a_short_map_holds_are_kept() {
        for count in [15, 16, 70_000] {
            let fields: serde_json::Map<_, _> = (0..count).map(|n| (format!("field{n}"), json!(n))).collect();
            let read = Fields::read(&bytes(&Value::Object(fields.clone()))).unwrap();
            assert_eq!(rmp_serde::from_slice::<Value>(&read.write().unwrap()).unwrap(), Value::Object(fields));
        }
    }
}
