//! The bytes of one record: a stamp that the store adds, then the event as its author's thread encoded it.
//!
//! | bytes | what |
//! |---|---|
//! | MessagePack array of 3 | the stamp: position, recorded_at (microseconds since 1970, UTC), array of revisions |
//! | MessagePack map | the [`Event`], with the one-letter names of its fields |
//!
//! Nothing follows. Decoding never panics, whatever the bytes, and allocates in proportion to their length.

use crate::{About, Event, Inside, Position, Record, Revision, Shape, StoreError};
use chrono::DateTime;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An event encoded by its author's thread, with what the writer has to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded {
    pub id: Uuid,
    pub about: Vec<About>,
    /// Its own shape, then that of what it holds inside.
    pub shapes: Vec<Shape>,
    pub bytes: Vec<u8>,
}

/// What the store alone can tell of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub position: Position,
    pub recorded_at_us: i64,
    pub revisions: Vec<Revision>,
}

/// What the index has to know of a record, read without the rest.
#[derive(Debug, Deserialize)]
pub(crate) struct Keys<'a> {
    #[serde(rename = "i")]
    pub id: Uuid,
    #[serde(rename = "a")]
    pub about: Vec<About>,
    #[serde(rename = "k")]
    pub kind: &'a str,
    #[serde(rename = "v")]
    pub version: u16,
    #[serde(rename = "f")]
    pub fact: &'a [u8],
}

/// Encodes an event.
///
/// # Errors
/// [`StoreError::Malformed`] if it has no encoding, which no field of [`Event`] can cause.
pub(crate) fn encode_event(event: &Event, inside: Inside) -> Result<Encoded, StoreError> {
    let mut bytes = Vec::with_capacity(256 + event.fact.len());
    rmp_serde::encode::write_named(&mut bytes, event).map_err(|_| StoreError::Malformed("an event has no encoding"))?;
    let own = Shape { kind: event.kind.clone(), version: event.version };
    let shapes = std::iter::once(own).chain(inside(&event.kind, &event.fact)).collect();
    Ok(Encoded { id: event.id, about: event.about.clone(), shapes, bytes })
}

/// Appends a stamp to `out`.
pub(crate) fn write_stamp(out: &mut Vec<u8>, stamp: &Stamp) {
    rmp_serde::encode::write(out, stamp).expect("three numbers are encoded, and a vector takes every byte");
}

/// Reads a record; the error says what is wrong with the bytes.
pub(crate) fn decode_record(bytes: &[u8]) -> Result<Record, String> {
    let (stamp, event): (Stamp, Event) = decode(bytes)?;
    if stamp.revisions.len() != event.about.len() {
        return Err("a record has not one revision per stream".into());
    }
    let recorded_at = DateTime::from_timestamp_micros(stamp.recorded_at_us).ok_or("a record has no instant")?;
    Ok(Record { position: stamp.position, recorded_at, revisions: stamp.revisions, event })
}

/// Reads the stamp of a record and what the index needs of its event.
pub(crate) fn decode_keys(bytes: &[u8]) -> Result<(Stamp, Keys<'_>), String> {
    decode(bytes)
}

/// Splits a record into its stamp and the bytes of its event.
pub(crate) fn split(bytes: &[u8]) -> Result<(Stamp, &[u8]), String> {
    let stamp = Stamp::deserialize(&mut rmp_serde::Deserializer::from_read_ref(bytes)).map_err(|e| e.to_string())?;
    // The reader does not tell how far it came; a stamp has one encoding, so writing it again does.
    let mut again = Vec::new();
    write_stamp(&mut again, &stamp);
    let event = bytes.strip_prefix(&again[..]).ok_or("a stamp is not encoded as it is written here")?;
    Ok((stamp, event))
}

fn decode<'a, E: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(Stamp, E), String> {
    let mut reader = rmp_serde::Deserializer::from_read_ref(bytes);
    let stamp = Stamp::deserialize(&mut reader).map_err(|e| e.to_string())?;
    let event = E::deserialize(&mut reader).map_err(|e| e.to_string())?;
    match IgnoredAny::deserialize(&mut reader) {
        Err(rmp_serde::decode::Error::InvalidMarkerRead(_)) => Ok((stamp, event)),
        Err(_) | Ok(_) => Err("bytes follow a record".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::{event, stream};
    use crate::faulty::Chance;
    use crate::nothing_inside;

    fn record() -> Vec<u8> {
        let mut bytes = Vec::new();
        write_stamp(&mut bytes, &Stamp { position: Position(7), recorded_at_us: 9, revisions: vec![Revision(3)] });
        bytes.extend_from_slice(&encode_event(&event(5, &[stream(1)]), nothing_inside).unwrap().bytes);
        bytes
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let bytes = record();
        let back = decode_record(&bytes).unwrap();
        assert_eq!(
            (back.position, back.recorded_at.timestamp_micros(), &back.event),
            (Position(7), 9, &event(5, &[stream(1)]))
        );
        assert_eq!(split(&bytes).unwrap().1, encode_event(&back.event, nothing_inside).unwrap().bytes);
        assert_eq!(decode_keys(&bytes).unwrap().1.id, back.event.id);
        assert!(decode_record(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn hostile_bytes_are_refused_without_a_panic() {
        let mut chance = Chance(Chance::seed());
        let bytes = record();
        for _ in 0..20_000 {
            let mut hostile = bytes.clone();
            hostile.truncate(usize::try_from(chance.below(bytes.len() as u64 + 1)).unwrap());
            for _ in 0..chance.below(4) {
                let at = usize::try_from(chance.below(hostile.len() as u64)).unwrap();
                if let Some(byte) = hostile.get_mut(at) {
                    // Markers of long arrays and strings come often.
                    *byte = if chance.once_in(2) { 0xc0 | chance.next() as u8 } else { chance.next() as u8 };
                }
            }
            let _ = (decode_record(&hostile), decode_keys(&hostile), split(&hostile));
        }
        // Four thousand million revisions are announced, and none follows.
        assert!(decode_record(&[0x93, 1, 1, 0xdd, 0xff, 0xff, 0xff, 0xff]).is_err());
    }
}
