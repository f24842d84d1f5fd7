//! The audit bundle: one person's records byte by byte, each with its proof, and the signed checkpoint they stand under.

use super::reading::reading;
use super::{AuditError, plain};
use crate::clock::brussels_day;
use crate::queries::{Told, aside};
use crate::{Engine, Log};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::codes::CodeList;
use domain::fact::Stream;
use domain::history::Cut;
use domain::ids::{EventId, PersonId};
use domain::personal::FieldClass;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::Record;
use store::audit::{Checkpoint, Hash, SignedCheckpoint};

/// What a bundle is called by whoever reads it.
pub const FORMAT: &str = "trajet-audit-bundle";
/// Raised when anything in it changes its meaning; `examples/verify_bundle.py` refuses another one.
pub const VERSION: u32 = 1;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which records, and at which moment it is told what became of them.
    pub cut: Cut,
    /// The classes of personal fields that are opened; none by default.
    pub open: BTreeSet<FieldClass>,
    /// A checkpoint that the auditor kept: the bundle then proves that the log has only grown since.
    pub against: Option<Checkpoint>,
}

/// One person's records with what proves them.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    /// [`FORMAT`].
    pub format: &'static str,
    /// [`VERSION`].
    pub version: u32,
    /// When it was made, UTC.
    pub made_at: String,
    /// The person, as the log names them.
    pub participant: String,
    /// The last day of effect that counts in `standing`, if one was named; every record is in the bundle all the same.
    pub as_of: Option<NaiveDate>,
    /// The last instant of recording, inclusive, if one was named: later records are not in the bundle.
    pub as_known_at: Option<String>,
    /// The key that verifies the checkpoint. It proves something if the reader has it from elsewhere.
    pub verifier_key: String,
    /// The signed tree head (C2SP checkpoint) that every proof leads to.
    pub checkpoint: String,
    /// That the log has only grown since an earlier checkpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consistency: Option<Growth>,
    /// The person's file and those merged into it, as `kind:UUID` (1 is a person), with how many records of each are here.
    pub streams: Vec<Listed>,
    /// What the numbers of classes mean.
    pub classes: BTreeMap<u8, &'static str>,
    /// What the numbers of roles mean: what a thing is to a record.
    pub roles: BTreeMap<u8, String>,
    /// The records, in order of position.
    pub records: Vec<Proven>,
}

/// A proof of growth.
#[derive(Debug, Clone, Serialize)]
pub struct Growth {
    /// Records in the log at the earlier checkpoint.
    pub from: u64,
    /// RFC 6962 consistency proof, base64.
    pub proof: Vec<String>,
}

/// A file of which records are in the bundle.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// `kind:UUID`.
    pub stream: String,
    /// How many; they are numbered from 1 without a gap.
    pub records: u64,
}

/// A record with its proof.
#[derive(Debug, Clone, Serialize)]
pub struct Proven {
    /// The bytes as they are stored, base64: the leaf of the tree is their hash.
    pub stored: String,
    /// RFC 6962 inclusion proof, base64, from the leaf upwards.
    pub proof: Vec<String>,
    /// What the bytes say, in words; whoever has the bytes can check it.
    pub reading: Value,
    /// What became of it, by trajet's rules.
    pub standing: Standing,
    /// Personal fields that were opened: the house's word, which no proof covers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<Opened>,
}

/// What became of a record by the moment of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The day on which it counts; null if it does not, or is itself an answer to another record.
    pub counts_on: Option<NaiveDate>,
    /// Days from the effective day to the day of recording in Brussels.
    pub delay_days: i64,
    /// The standing annulment that removes it.
    pub annulled_by: Option<EventId>,
    /// The standing correction whose content holds instead.
    pub corrected_by: Option<EventId>,
    /// Of each class that has a sealed part: SEALED, ERASED or OPEN.
    pub classes: BTreeMap<&'static str, &'static str>,
}

/// A personal field that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Its class.
    pub class: &'static str,
    /// Which field.
    pub field: &'static str,
    /// Its value.
    pub value: String,
}

impl Engine {
    /// The tree head of the whole log as it is now, signed by this data directory's key.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn checkpoint(&self) -> Result<SignedCheckpoint, AuditError> {
        self.checkpoint_at(self.store.tree_size())
    }

    /// The tree head of the first `size` records, signed.
    ///
    /// # Errors
    /// If the log has fewer records, or cannot be read.
    pub fn checkpoint_at(&self, size: u64) -> Result<SignedCheckpoint, AuditError> {
        let root = self.store.root(size)?;
        Ok(self.signing.sign(&Checkpoint { origin: self.signing.origin().to_owned(), size, root }))
    }

    /// One person's records, each with its proof. Blocks a thread of its own while it reads.
    ///
    /// # Errors
    /// [`AuditError::Unknown`] and [`AuditError::Absorbed`] name the person; otherwise the log cannot be read.
    pub async fn bundle(&self, person: PersonId, asked: Asked) -> Result<Bundle, AuditError> {
        let told = self.timeline(Stream::from(person), asked.cut).await?;
        let files = self.files(person, asked.cut).await?;
        let engine = self.clone();
        let bundle = aside(move || Ok(engine.assemble(person, &asked, &files, told)));
        bundle.await?
    }

    /// The person's own file and those that it absorbed, at a cut.
    async fn files(&self, person: PersonId, cut: Cut) -> Result<Vec<Stream>, AuditError> {
        let moment = Cut { as_of: None, ..cut };
        let views = self.views(moment, None).await?;
        if let Some(survivor) = views.merges.of(person.0).first().and_then(|row| row.merged_into) {
            return Err(AuditError::Absorbed { absorbed: person, survivor });
        }
        let (history, _) = self.history(Stream::from(person), moment).await?;
        let absorbed = history.absorbed().iter().map(|file| Stream::from(*file));
        Ok(std::iter::once(Stream::from(person)).chain(absorbed).collect())
    }

    fn assemble(
        &self,
        person: PersonId,
        asked: &Asked,
        files: &[Stream],
        mut told: Vec<Told>,
    ) -> Result<Bundle, AuditError> {
        told.sort_by_key(|told| told.record.position);
        if told.is_empty() {
            return Err(AuditError::Unknown(person));
        }
        let size = self.store.tree_size();
        let records = told.iter().map(|told| self.proven(told, size, &asked.open)).collect::<Result<_, _>>()?;
        Ok(Bundle {
            format: FORMAT,
            version: VERSION,
            made_at: instant(self.clock.now()),
            participant: person.0.to_string(),
            as_of: asked.cut.as_of,
            as_known_at: asked.cut.as_known_at.map(instant),
            verifier_key: self.signing.verifier().to_string(),
            checkpoint: self.checkpoint_at(size)?.to_string(),
            consistency: asked.against.as_ref().map(|earlier| growth(&self.store, earlier, size)).transpose()?,
            streams: files.iter().map(|file| listed(*file, &told)).collect(),
            classes: FieldClass::all().iter().map(|class| (class.number(), class.code())).collect(),
            roles: domain::fact::Role::ALL.iter().map(|role| (*role as u8, format!("{role:?}"))).collect(),
            records,
        })
    }

    fn proven(&self, told: &Told, size: u64, open: &BTreeSet<FieldClass>) -> Result<Proven, AuditError> {
        let position = told.record.position;
        let stored = self.store.stored(position)?;
        let proof = self.store.inclusion(position, size)?.path;
        let (standing, opened) = self.standing(told, open)?;
        Ok(Proven {
            reading: reading(&stored)?,
            stored: plain::base64(&stored),
            proof: proof.iter().map(hash).collect(),
            standing,
            opened,
        })
    }

    /// What became of a record, and its personal fields of the classes that are to be opened.
    fn standing(&self, told: &Told, open: &BTreeSet<FieldClass>) -> Result<(Standing, Vec<Opened>), AuditError> {
        let Record { event, recorded_at, .. } = &told.record;
        let all: BTreeSet<FieldClass> = FieldClass::all().iter().copied().collect();
        // Whether a key still stands is seen by trying it; what is not wanted is dropped unread.
        let revealed = self.reveal_parts(EventId(event.id), &event.sealed, &all)?;
        let state = |class: FieldClass| match (revealed.erased.contains(&class), open.contains(&class)) {
            (true, _) => "ERASED",
            (false, true) => "OPEN",
            (false, false) => "SEALED",
        };
        let present = event.sealed.iter().filter_map(|part| FieldClass::of_number(part.class.0));
        let fate = told.fate.as_ref();
        let standing = Standing {
            counts_on: fate.and_then(|fate| fate.counts_on),
            delay_days: (brussels_day(*recorded_at) - event.effective_on).num_days(),
            annulled_by: fate.and_then(|fate| fate.annulled_by),
            corrected_by: fate.and_then(|fate| fate.corrected_by),
            classes: present.map(|class| (class.code(), state(class))).collect(),
        };
        let opened = revealed.personal.iter().filter(|(field, _)| open.contains(&field.class()));
        let opened = opened.map(|(field, value)| Opened {
            class: field.class().code(),
            field: field.code(),
            value: value.to_owned(),
        });
        Ok((standing, opened.collect()))
    }
}

/// The proof that the log has only grown since an earlier checkpoint.
fn growth(store: &Log, earlier: &Checkpoint, size: u64) -> Result<Growth, AuditError> {
    let proof = store.consistency(earlier.size, size)?.path;
    Ok(Growth { from: earlier.size, proof: proof.iter().map(hash).collect() })
}

fn listed(file: Stream, told: &[Told]) -> Listed {
    let id = projections::translate::stream_id(file);
    let stands = |told: &&Told| told.record.event.about.iter().any(|about| about.stream == id);
    Listed { stream: id.to_string(), records: told.iter().filter(stands).count() as u64 }
}

fn hash(hash: &Hash) -> String {
    plain::base64(&hash.0)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
