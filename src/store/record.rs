//! What is kept: the event that somebody asks to record, and the record that the store makes of it.
//!
//! Records live for ever. The field names on disk (the `rename`s) are never changed or reused; a new field is optional.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A place in the log: dense, from 1. Zero stands before the first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

/// A place in one stream: dense, from 1. Zero stands for a stream that holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// All that happened to one thing. What the kinds mean is told by whoever writes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// The kind of thing.
    pub kind: u8,
    /// Which one.
    pub id: Uuid,
}

impl StreamId {
    /// Length on disk, in bytes.
    pub const LEN: usize = 17;

    /// The kind, then the id, as they stand on disk.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[0] = self.kind;
        bytes[1..].copy_from_slice(self.id.as_bytes());
        bytes
    }

    /// The inverse of [`StreamId::to_bytes`]; `None` if the length is another.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, id) = bytes.split_first()?;
        Some(Self { kind: *kind, id: Uuid::from_slice(id).ok()? })
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for StreamId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(StreamIdVisitor)
    }
}

/// Reads the bytes where they stand: a record has several streams, and a rebuild reads millions of records.
struct StreamIdVisitor;

impl serde::de::Visitor<'_> for StreamIdVisitor {
    type Value = StreamId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("17 bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<StreamId, E> {
        StreamId::from_bytes(bytes).ok_or_else(|| E::invalid_length(bytes.len(), &self))
    }
}

/// What a stream is to an event (its participant, its post, …). The codes belong to whoever writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Role(pub u8);

/// One of the things that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct About {
    /// The stream in which the record stands.
    #[serde(rename = "s")]
    pub stream: StreamId,
    /// What that stream is to the event.
    #[serde(rename = "r")]
    pub role: Role,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The user, as an opaque id; never a name.
    #[serde(rename = "u")]
    pub user: String,
    /// In which role.
    #[serde(rename = "r")]
    pub role: String,
    /// For which organisation.
    #[serde(rename = "o")]
    pub organisation: String,
}

/// Whose keys seal a value.
pub type Subject = Uuid;

/// A class of personal fields; each has a key of its own per subject. The codes belong to whoever writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Class(pub u8);

/// Personal fields of one class, encrypted under the key of that subject and class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sealed {
    /// Whose key.
    #[serde(rename = "s")]
    pub subject: Subject,
    /// Which class.
    #[serde(rename = "c")]
    pub class: Class,
    /// Nonce, then ciphertext with its tag.
    #[serde(rename = "b", with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What somebody asks to record: complete but for what only the store can tell (position, revisions, instant).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// UUIDv7; the idempotency key.
    #[serde(rename = "i")]
    pub id: Uuid,
    /// The streams in which it stands, the primary one first; never empty, no stream twice.
    #[serde(rename = "a")]
    pub about: Vec<About>,
    /// The kind of event, a stable name.
    #[serde(rename = "k")]
    pub kind: String,
    /// The version of the shape of `fact`, from 1.
    #[serde(rename = "v")]
    pub version: u16,
    /// The day on which it happened or took effect.
    #[serde(rename = "d")]
    pub effective_on: NaiveDate,
    /// Who recorded it.
    #[serde(rename = "w")]
    pub actor: Actor,
    /// For whom the actor acted, if not for themselves.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// By which way it came in: ui, api, cli, import, migration, policy.
    #[serde(rename = "o")]
    pub source: String,
    /// The import batch.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Uuid>,
    /// The event or request that caused it.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<Uuid>,
    /// What binds the events of one business act.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub correlation: Option<Uuid>,
    /// The set of legal rules by which it was decided.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<String>,
    /// The legal basis of the processing.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The event that this one corrects or annuls.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Uuid>,
    /// The plain part, MessagePack: no name, no free text.
    #[serde(rename = "f", with = "serde_bytes")]
    pub fact: Vec<u8>,
    /// The personal part, one entry per class.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub sealed: Vec<Sealed>,
}

/// An event in its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log.
    pub position: Position,
    /// When the store recorded it (UTC, microseconds); never before the record in front of it.
    pub recorded_at: DateTime<Utc>,
    /// Its place in each stream of `event.about`, in that order.
    pub revisions: Vec<Revision>,
    /// What was asked to be recorded.
    pub event: Event,
}

/// The revision up to which a decision has read a stream (0 = it must not exist).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Guard {
    /// The stream.
    pub stream: StreamId,
    /// The revision that it must still have.
    pub revision: Revision,
}

/// Events that are recorded together or not at all, if every guard holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commit {
    /// In the order in which they are to stand.
    pub events: Vec<Event>,
    /// One per stream that the decision read.
    pub guards: Vec<Guard>,
}

/// The kind of an event and the version of its shape: what decides whether a program can read it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// The kind.
    pub kind: String,
    /// The version.
    pub version: u16,
}

/// Where a shape occurs in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The shape.
    pub shape: Shape,
    /// The first record that has it.
    pub first: Position,
    /// How many records have it.
    pub records: u64,
}

/// Tells the shape of what stands inside a fact of a kind, such as the replacement in a correction; most hold none.
///
/// Given by whoever knows what facts mean. It must always answer the same for the same bytes, and never panic.
pub type Inside = fn(kind: &str, fact: &[u8]) -> Option<Shape>;

/// An [`Inside`] of facts that hold nothing inside.
#[must_use]
pub fn nothing_inside(_: &str, _: &[u8]) -> Option<Shape> {
    None
}
