//! `trajet import`: steps from a file of JSON lines.

mod revert;

use super::{Failure, Place, async_runtime, look, table};
use crate::Engine;
use crate::commands::Origin;
use crate::import::{self, Imported, OnReject, Rejected};
use clap::{Args, Subcommand};
use domain::codes::Label;
use revert::Revert;
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Actor, SystemClock};
use uuid::Uuid;

/// Record steps from a file, one JSON object a line. The data directory is made if it is missing.
///
/// A line is what a mutation is given: {"command": "enterCell", "key": "…", "input": {…}}. The key is the idempotency
/// key and may be left out. Every line is checked by the same rules as a mutation before anything is written; one bad
/// line and nothing is, unless --rejects sets the bad lines aside. The same file twice adds nothing.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    act: Option<Act>,
    /// The file, or - for standard input
    #[arg(required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Set bad lines aside into this new file, as they were given, and record the others; the reasons are printed
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// What the batch is called: a word of the house, never about a person
    #[arg(long, value_parser = label)]
    label: Option<Label>,
    /// Who records, as a user id
    #[arg(long, default_value = "import")]
    user: String,
    /// For which organisation
    #[arg(long, default_value = "local")]
    organisation: String,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Annul every event of an import batch; asked again it goes on where it was
    Revert(Revert),
}

/// A label on the command line.
fn label(text: &str) -> Result<Label, String> {
    Label::new(text).map_err(|error| error.to_string())
}

/// A rejected line as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    line: usize,
    code: &'a str,
    field: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Told<'a> {
    batch: Option<Uuid>,
    recorded: usize,
    events: usize,
    known: usize,
    rejected: Vec<Line<'a>>,
}

impl Import {
    pub fn run(self) -> Result<(), Failure> {
        match self.act {
            Some(Act::Revert(revert)) => revert.run(),
            None => self.import(),
        }
    }

    fn import(self) -> Result<(), Failure> {
        let text = self.read()?;
        self.spare_what_exists()?;
        let runtime = async_runtime()?;
        runtime.block_on(async {
            let engine = Engine::open(self.place.setup(Arc::new(SystemClock)))?;
            let on_reject = if self.rejects.is_some() { OnReject::SetAside } else { OnReject::WriteNothing };
            let bar = look::bar("checking the lines", 0);
            let progress = |done, total| {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            };
            let origin = self.origin(&text);
            let label = self.label.clone();
            let imported = import::import(&engine, &text, &origin, on_reject, label, progress).await;
            bar.finish_and_clear();
            engine.close().map_err(Failure::other)?;
            let imported = imported.map_err(Failure::other)?;
            self.set_aside(&imported.rejected)?;
            self.tell(&imported, origin.batch);
            self.verdict(&imported)
        })
    }

    /// Never writes over a file: it may be the very one that is imported.
    fn spare_what_exists(&self) -> Result<(), Failure> {
        match &self.rejects {
            Some(path) if path.exists() => {
                let text = format!("{} exists; choose another file for --rejects", path.display());
                Err(Failure::Usage(text))
            }
            _ => Ok(()),
        }
    }

    fn read(&self) -> Result<String, Failure> {
        let file = self.file.clone().unwrap_or_default();
        let read =
            if file.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { fs::read_to_string(&file) };
        let text = read.map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => {
                Failure::Usage(format!("{} is not UTF-8 text; save it as UTF-8", file.display()))
            }
            _ => Failure::Usage(format!("{}: {error}", file.display())),
        })?;
        // Some programs begin a file with a mark of its encoding, which is no part of the first line.
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    fn origin(&self, text: &str) -> Origin {
        let actor = Actor { user: self.user.clone(), role: "import".into(), organisation: self.organisation.clone() };
        let batch = Some(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()));
        Origin { actor, on_behalf_of: None, source: "import".into(), batch, causation: None, correlation: None }
    }

    /// Writes the bad lines as they were given, so that they can be mended and imported again.
    fn set_aside(&self, rejected: &[Rejected]) -> Result<(), Failure> {
        let Some(path) = &self.rejects else { return Ok(()) };
        let io = |error: std::io::Error| Failure::Other(format!("{}: {error}", path.display()));
        // The lines may hold names: for the eyes of their owner only.
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(io)?;
        for line in rejected {
            writeln!(file, "{}", line.text).map_err(io)?;
        }
        file.sync_all().map_err(io)
    }

    fn tell(&self, imported: &Imported, batch: Option<Uuid>) {
        if self.json {
            let rejected = imported.rejected.iter().map(|line| Line {
                line: line.line,
                code: &line.code,
                field: line.field.as_deref(),
                reason: &line.reason,
            });
            table::json(&Told {
                batch: batch.filter(|_| imported.recorded > 0),
                recorded: imported.recorded,
                events: imported.events,
                known: imported.known,
                rejected: rejected.collect(),
            });
            return;
        }
        if !imported.rejected.is_empty() {
            let rows: Vec<Vec<String>> = imported
                .rejected
                .iter()
                .map(|line| {
                    let field = line.field.clone().unwrap_or_default();
                    vec![line.line.to_string(), line.code.clone(), field, line.reason.clone()]
                })
                .collect();
            table::print(&["line", "code", "field", "reason"], &rows);
        }
        say!(
            "{} lines recorded ({} events), {} known already, {} refused",
            imported.recorded,
            imported.events,
            imported.known,
            imported.rejected.len()
        );
        if let Some(batch) = batch.filter(|_| imported.recorded > 0) {
            say!("batch {batch}; `trajet import revert {batch}` annuls all of it");
        }
    }

    fn verdict(&self, imported: &Imported) -> Result<(), Failure> {
        match (imported.rejected.len(), &self.rejects) {
            (0, _) => Ok(()),
            (count, Some(path)) => Err(Failure::Refused(format!(
                "{count} lines were refused and set aside in {}; the others are recorded",
                path.display()
            ))),
            (count, None) => Err(Failure::Refused(format!(
                "{count} lines were refused, so nothing was written; mend them, or set them aside with --rejects FILE"
            ))),
        }
    }
}
