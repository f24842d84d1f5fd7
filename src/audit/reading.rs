//! A stored record in words: the same that `examples/verify_bundle.py` reads from the same bytes.

use super::plain;
use chrono::{DateTime, SecondsFormat};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use store::{About, Event, Sealed};

/// Why stored bytes cannot be put in words: they are no record of this program.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// They are not MessagePack of the expected shape.
    #[error("stored bytes are no record: {0}")]
    Shape(#[from] rmp_serde::decode::Error),
    /// The instant does not exist.
    #[error("a record was recorded at no instant ({0} microseconds since 1970)")]
    Instant(i64),
}

/// Puts the stored bytes of one record in words.
///
/// # Errors
/// [`ReadingError`] if they are not the bytes of a record.
pub fn reading(stored: &[u8]) -> Result<Value, ReadingError> {
    let mut reader = rmp_serde::Deserializer::from_read_ref(stored);
    let (position, micros, revisions) = <(u64, i64, Vec<u64>)>::deserialize(&mut reader)?;
    let event = Event::deserialize(&mut reader)?;
    let at = DateTime::from_timestamp_micros(micros).ok_or(ReadingError::Instant(micros))?;
    let mut words = Map::new();
    words.insert("position".into(), position.into());
    words.insert("recordedAt".into(), at.to_rfc3339_opts(SecondsFormat::Micros, true).into());
    words.insert("id".into(), event.id.to_string().into());
    words.insert("about".into(), about(&event.about, &revisions));
    words.insert("kind".into(), event.kind.into());
    words.insert("version".into(), event.version.into());
    words.insert("effectiveOn".into(), event.effective_on.to_string().into());
    words.insert("actor".into(), actor(&event.actor));
    words.insert("source".into(), event.source.into());
    let ids = [
        ("batch", event.batch),
        ("causation", event.causation),
        ("correlation", event.correlation),
        ("corrects", event.corrects),
    ];
    let ids = ids.into_iter().map(|(name, id)| (name, id.map(|id| id.to_string())));
    let texts = [("onBehalfOf", event.on_behalf_of), ("ruleSet", event.rule_set), ("legalBasis", event.legal_basis)];
    let given = ids.chain(texts).filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
    words.extend(given);
    words.insert("fact".into(), plain::value(&event.fact)?);
    words.insert("sealed".into(), event.sealed.iter().map(sealed).collect());
    Ok(words.into())
}

fn about(about: &[About], revisions: &[u64]) -> Value {
    let one = |(about, revision): (&About, &u64)| json!({"stream": about.stream.to_string(), "role": about.role.0, "revision": revision});
    about.iter().zip(revisions).map(one).collect()
}

fn actor(actor: &store::Actor) -> Value {
    json!({"user": actor.user, "role": actor.role, "organisation": actor.organisation})
}

/// A sealed part stands for itself by its length and hash: the bytes are in the record.
fn sealed(part: &Sealed) -> Value {
    let sha256: String = Sha256::digest(&part.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({"subject": part.subject.to_string(), "class": part.class.0, "bytes": part.bytes.len(), "sha256": sha256})
}
