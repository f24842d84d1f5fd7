//! A fact as it is stored: a kind (a stable name), a version of its shape, and MessagePack with named fields.
//!
//! The kind is the serde name of the variant, so that it is written once, beside the variant it names.
//! Read `variant.rs` for how a kind finds its variant again, `versions.rs` for how an older shape is lifted.

mod labels;
mod variant;
mod versions;

pub use labels::labels;

#[cfg(test)]
mod tests;

pub(crate) use variant::names;

use crate::fact::{Fact, every_step};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A fact in the form in which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The kind of event.
    #[serde(rename = "k")]
    pub kind: String,
    /// The version of its shape, from 1.
    #[serde(rename = "v")]
    pub version: u16,
    /// MessagePack with named fields.
    #[serde(rename = "f", with = "bytes")]
    pub fact: Vec<u8>,
}

/// Why stored bytes are not a fact that this program knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The kind was introduced by a newer program, or was never one.
    #[error(
        "event kind {kind:?} is not known to this program; use the version of trajet that wrote it, or a newer one"
    )]
    UnknownKind {
        /// The kind found.
        kind: String,
    },
    /// The shape was introduced by a newer program.
    #[error("event kind {kind} has version {found}, this program reads up to {known}; use a newer trajet")]
    NewerVersion {
        /// The kind.
        kind: String,
        /// The version found.
        found: u16,
        /// The newest version known here.
        known: u16,
    },
    /// The bytes do not have the shape that their kind and version promise.
    #[error("event kind {kind} does not have its shape: {what}")]
    Malformed {
        /// The kind.
        kind: String,
        /// What is wrong.
        what: String,
    },
}

/// Every kind of event and how to read it, by name.
static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    macro_rules! kinds_of {
        ($($(#[$doc:meta])* $step:ident => $variant:ident,)*) => {$(
            for kind in variant::names::<crate::$step::Event>() {
                kinds.insert(*kind, Kind::of::<crate::$step::Event>(kind));
            }
        )*};
    }
    every_step!(kinds_of);
    kinds
});

macro_rules! whatever_its_step {
    ($($(#[$doc:meta])* $step:ident => $variant:ident,)*) => {
        /// The kind of a fact.
        #[must_use]
        pub fn kind(fact: &Fact) -> &'static str {
            match fact { $(Fact::$variant(event) => variant::name(event),)* }
        }

        /// The kind of a fact, and its fields as MessagePack.
        fn written(fact: &Fact) -> (&'static str, Vec<u8>) {
            match fact { $(Fact::$variant(event) => variant::write(event),)* }
        }

        /// A fact as a map of one entry: its kind, then its fields.
        fn as_json(fact: &Fact) -> serde_json::Result<Value> {
            match fact { $(Fact::$variant(event) => serde_json::to_value(event),)* }
        }
    };
}
every_step!(whatever_its_step);

/// The ways to read one kind.
struct Kind {
    /// The version that is written.
    newest: u16,
    read: fn(&'static str, &[u8]) -> Result<Fact, String>,
    read_json: fn(&'static str, Map<String, Value>) -> Result<Fact, String>,
    fields: fn(&'static str) -> &'static [&'static str],
}

impl Kind {
    fn of<E: DeserializeOwned + Into<Fact>>(kind: &str) -> Self {
        let newest = versions::newest(versions::LIFTS, kind);
        Self { newest, read: read::<E>, read_json: read_json::<E>, fields: variant::fields::<E> }
    }
}

fn read<E: DeserializeOwned + Into<Fact>>(kind: &'static str, bytes: &[u8]) -> Result<Fact, String> {
    variant::read::<E>(kind, bytes).map(Into::into).map_err(|error| error.to_string())
}

fn read_json<E: DeserializeOwned + Into<Fact>>(kind: &'static str, fields: Map<String, Value>) -> Result<Fact, String> {
    let whole = Value::Object([(kind.to_owned(), Value::Object(fields))].into_iter().collect());
    serde_path_to_error::deserialize::<_, E>(whole).map(Into::into).map_err(|error| {
        let path = error.path().to_string();
        path.strip_prefix(kind).unwrap_or(&path).trim_start_matches('.').to_owned()
    })
}

/// The kinds of event that this program knows, in alphabetical order.
#[must_use]
pub fn kinds() -> Vec<&'static str> {
    let mut kinds: Vec<_> = KINDS.keys().copied().collect();
    kinds.sort_unstable();
    kinds
}

/// The form in which a fact is kept.
#[must_use]
pub fn encode(fact: &Fact) -> Stored {
    let (kind, bytes) = written(fact);
    Stored { kind: kind.to_owned(), version: newest(kind), fact: bytes }
}

/// The version in which facts of a kind are written; 0 if the kind is not known.
#[must_use]
pub fn newest(kind: &str) -> u16 {
    KINDS.get(kind).map_or(0, |kind| kind.newest)
}

/// Says whether facts of this kind and version can be read, before any of them is.
///
/// # Errors
/// [`WireError::UnknownKind`] or [`WireError::NewerVersion`].
pub fn readable(kind: &str, version: u16) -> Result<(), WireError> {
    find(kind, version).map(drop)
}

/// The kind and version of the fact that a stored correction holds inside; none for any other kind.
#[must_use]
pub fn inside(kind: &str, fact: &[u8]) -> Option<(String, u16)> {
    #[derive(Deserialize)]
    struct Outer {
        replacement: Replacement,
    }
    #[derive(Deserialize)]
    struct Replacement {
        fact: Shape,
    }
    #[derive(Deserialize)]
    struct Shape {
        #[serde(rename = "k")]
        kind: String,
        #[serde(rename = "v")]
        version: u16,
    }
    if kind != "EventCorrected" {
        return None;
    }
    let shape = rmp_serde::from_slice::<Outer>(fact).ok()?.replacement.fact;
    Some((shape.kind, shape.version))
}

/// The fields of a fact as JSON, spelled as in a command.
#[must_use]
pub fn to_json(fact: &Fact) -> Map<String, Value> {
    match as_json(fact).ok().and_then(|mut whole| whole.get_mut(kind(fact)).map(Value::take)) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The fact of the same kind with these fields, or the path of the field that does not fit.
pub(crate) fn from_json(like: &Fact, fields: Map<String, Value>) -> Result<Fact, String> {
    from_named_json(kind(like), fields)
}

fn from_named_json(kind: &str, fields: Map<String, Value>) -> Result<Fact, String> {
    match KINDS.get_key_value(kind) {
        Some((name, found)) => (found.read_json)(name, fields),
        None => Err(format!("event kind {kind:?} is not known")),
    }
}

/// The names of all fields that facts of the same kind can have.
pub(crate) fn fields(like: &Fact) -> &'static [&'static str] {
    KINDS.get_key_value(kind(like)).map_or(&[], |(name, kind)| (kind.fields)(name))
}

/// Reads a fact back, whatever released version it was written in.
///
/// # Errors
/// [`WireError`] says which kind and version cannot be read, and what to do.
pub fn decode(kind: &str, version: u16, fact: &[u8]) -> Result<Fact, WireError> {
    let (name, found) = find(kind, version)?;
    let malformed = |what| WireError::Malformed { kind: kind.to_owned(), what };
    if version == found.newest {
        return (found.read)(name, fact).map_err(malformed);
    }
    let lifted = versions::lift(versions::LIFTS, name, version, fact).map_err(malformed)?;
    (found.read)(name, &lifted).map_err(malformed)
}

fn find(kind: &str, version: u16) -> Result<(&'static str, &'static Kind), WireError> {
    let (name, found) = KINDS.get_key_value(kind).ok_or_else(|| WireError::UnknownKind { kind: kind.to_owned() })?;
    if version == 0 || version > found.newest {
        return Err(WireError::NewerVersion { kind: kind.to_owned(), found: version, known: found.newest });
    }
    Ok((name, found))
}

/// A fact inside another one (the replacement of a correction) is kept like a record of its own.
///
/// In JSON, where people read it, it is the kind and the fields.
impl Serialize for Fact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_map([(kind(self), to_json(self))])
        } else {
            encode(self).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let mut whole = HashMap::<String, Map<String, Value>>::deserialize(deserializer)?.into_iter();
            return match (whole.next(), whole.next()) {
                (Some((kind, fields)), None) => from_named_json(&kind, fields).map_err(serde::de::Error::custom),
                _ => Err(serde::de::Error::custom("a fact is one kind with its fields")),
            };
        }
        let stored = Stored::deserialize(deserializer)?;
        decode(&stored.kind, stored.version, &stored.fact).map_err(serde::de::Error::custom)
    }
}

/// Reads a fact that answers no other one, and refuses any other kind before it reads on.
///
/// Each fact inside a fact is read by a reader of its own: without this, bytes could nest until the stack is used up.
pub(crate) fn original<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Box<Fact>, D::Error> {
    use serde::de::Error;
    let answers = |kind: &str| variant::names::<crate::correction::Event>().contains(&kind);
    if deserializer.is_human_readable() {
        let fact = Fact::deserialize(deserializer)?;
        return if answers(kind(&fact)) {
            Err(Error::custom("a replacement is no answer"))
        } else {
            Ok(Box::new(fact))
        };
    }
    let stored = Stored::deserialize(deserializer)?;
    if answers(&stored.kind) {
        return Err(Error::custom("a replacement is no answer"));
    }
    decode(&stored.kind, stored.version, &stored.fact).map(Box::new).map_err(Error::custom)
}

/// Bytes as MessagePack's binary type.
mod bytes {
    use serde::{Deserializer, Serializer, de};
    use std::fmt;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
