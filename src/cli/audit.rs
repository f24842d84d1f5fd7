//! `trajet audit`: one person's records with their proofs, for an auditor to take along.

mod ledger;

use super::deadlines::{Spoken, code};
use super::{Failure, Place, ReadBy, async_runtime, checkpoint, hex, table, word};
use crate::Engine;
use crate::access::{Opened, Taken};
use crate::audit::{Asked, AuditError, Bundle, report};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use domain::codes::CodeList;
use domain::fact::Stream;
use domain::history::Cut;
use domain::ids::PersonId;
use domain::personal::FieldClass;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Write one person's records with the proofs that nobody changed them, and a report that can be read and printed.
///
/// Without --bundle the records are listed. No sealed field is opened unless its class is named with --open.
/// examples/verify_bundle.py checks a bundle without trajet. A work penalty stands in a judicial file of its own and is
/// not in the bundle.
#[derive(Debug, Args)]
pub struct Audit {
    /// The participant: a UUID, or Participant:UUID
    #[arg(value_name = "PARTICIPANT", value_parser = participant)]
    participant: PersonId,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    by: ReadBy,
    /// Where to write the bundle; the report stands beside it, under the same name with .html
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// As of this day, inclusive: later facts do not count; every record is listed all the same
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// As known at this instant, inclusive: what was recorded later is left out
    #[arg(long, value_name = "INSTANT", value_parser = super::instant)]
    as_known_at: Option<DateTime<Utc>>,
    /// A checkpoint that you kept: the bundle then proves that the log has only grown since
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Open the personal fields of this class, such as IDENTIFYING; may be given several times
    #[arg(long, value_name = "CLASS", value_parser = code::<FieldClass>)]
    open: Vec<FieldClass>,
    /// Print who read the file, took it along or was refused it, instead of its records
    #[arg(long, conflicts_with_all = ["bundle", "open", "against", "as_of", "as_known_at"])]
    ledger: bool,
    /// With --ledger, print one JSON object a line
    #[arg(long, requires = "ledger")]
    json: bool,
    /// The language of the report
    #[arg(long, value_enum, default_value = "fr")]
    language: Spoken,
}

impl Audit {
    pub fn run(self) -> Result<(), Failure> {
        if self.ledger {
            return ledger::print(&self.place, self.participant, self.json);
        }
        let against = self.against.as_deref().map(checkpoint::read).transpose()?;
        let runtime = async_runtime()?;
        runtime.block_on(async {
            let engine = self.place.open_existing()?;
            let result = async {
                let against = against.map(|note| checkpoint::of_this_log(&engine, &note, None)).transpose()?;
                let cut = Cut { as_of: self.as_of, as_known_at: self.as_known_at, before: None };
                let asked = Asked { cut, open: self.open.iter().copied().collect(), against };
                let bundle = engine.bundle(self.participant, asked).await.map_err(failure)?;
                self.write(&engine, &bundle, cut).await
            };
            let result = result.await;
            engine.close().map_err(Failure::other)?;
            result
        })
    }

    async fn write(&self, engine: &Engine, bundle: &Bundle, cut: Cut) -> Result<(), Failure> {
        let (files, opened) = (files(bundle), opened(bundle));
        let Some(path) = &self.bundle else {
            // The list shows no personal field, whatever was opened.
            self.by.reads(engine, files.into_iter().map(|file| (file, BTreeSet::new()))).await?;
            list(bundle);
            return Ok(());
        };
        let json = serde_json::to_string_pretty(bundle).map_err(Failure::other)?;
        let page = path.with_extension("html");
        if page == *path {
            return Err(Failure::Usage(format!("{}: name the bundle .json; .html is the report's", path.display())));
        }
        for taken in [path, &page] {
            is_free(taken)?;
        }
        let taken = Taken {
            content: word("bundle")?,
            format: word("json")?,
            files,
            opened: Opened::classes(opened),
            everyone: false,
            rows: Some(bundle.records.len() as u64),
            cut,
            sha256: Some(hex(Sha256::digest(json.as_bytes()))),
        };
        self.by.takes(engine, taken).await?;
        new_file(path, json.as_bytes())?;
        new_file(&page, report::page(bundle, self.language.into()).as_bytes())?;
        say!("{} records in {}, to be read in {}", bundle.records.len(), path.display(), page.display());
        say!("Verifier key: {}", bundle.verifier_key);
        Ok(())
    }
}

/// The persons' files of which records are in the bundle.
fn files(bundle: &Bundle) -> Vec<Stream> {
    let person = |listed: &str| Some(PersonId(Uuid::try_parse(listed.strip_prefix("1:")?).ok()?).into());
    bundle.streams.iter().filter_map(|listed| person(&listed.stream)).collect()
}

/// The classes of which a field is open in the bundle.
fn opened(bundle: &Bundle) -> BTreeSet<FieldClass> {
    let fields = bundle.records.iter().flat_map(|proven| &proven.opened);
    fields.filter_map(|opened| FieldClass::of(opened.class)).collect()
}

fn list(bundle: &Bundle) {
    let rows = bundle.records.iter().map(|proven| {
        let read = |name: &str| proven.reading[name].as_str().unwrap_or_default().to_owned();
        let state = match (proven.standing.annulled_by, proven.standing.corrected_by) {
            (Some(_), _) => "annulled",
            (None, Some(_)) => "corrected",
            (None, None) => "",
        };
        let user = proven.reading["actor"]["user"].as_str().unwrap_or_default().to_owned();
        let position = proven.reading["position"].to_string();
        vec![position, read("effectiveOn"), read("recordedAt"), read("kind"), user, state.to_owned()]
    });
    let head = ["position", "effective on", "recorded at (UTC)", "kind", "user", "standing"];
    table::print(&head, &rows.collect::<Vec<_>>());
}

/// Nothing is remembered as taken along that cannot be written.
fn is_free(path: &Path) -> Result<(), Failure> {
    if path.exists() { Err(exists(path)) } else { Ok(()) }
}

fn exists(path: &Path) -> Failure {
    Failure::Usage(format!("{} exists: name another file, or remove it first", path.display()))
}

/// Writes a file that is not there yet, readable by its owner only: it is about a person.
fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::Other(format!("{}: {error}", path.display())),
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io)
}

fn failure(error: AuditError) -> Failure {
    match error {
        AuditError::Unknown(_) | AuditError::Absorbed { .. } => Failure::Refused(error.to_string()),
        other => Failure::other(other),
    }
}

fn participant(text: &str) -> Result<PersonId, String> {
    let id = text.strip_prefix("Participant:").unwrap_or(text);
    Uuid::try_parse(id).map(PersonId).map_err(|_| {
        format!("{text:?} is not a participant: write a UUID, such as ce51d428-ad6b-5741-9035-fef187737b32")
    })
}
