//! Import of steps from NDJSON: each line is what a mutation is given, as JSON.
//!
//! Read [`line`] (what a line holds), then `rehearsal` (how all lines are tried before any is written).
//! First every line is decided, in order, on the log and on what the lines before it would record.
//! Only then is anything written; so a bad line is found before it can do harm, and the same file twice adds nothing.

pub mod line;
mod rehearsal;

use crate::Engine;
use crate::commands::{CommandError, Origin, Request};
use crate::forgetting;
use domain::batch;
use domain::codes::Label;
use domain::command::Command;
use domain::history::Cut;
use domain::ids::BatchId;
use line::{BadLine, Line};
use projections::translate;
use rehearsal::Rehearsal;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::{Commit, EventStore, Position};
use uuid::Uuid;

/// Events that are appended in one commit: enough that the disk is synced rarely, few enough to stay small.
const EVENTS_PER_COMMIT: usize = 512;
/// The most lines of one file: all of them are held until the last one is checked.
pub const LINES_MAX: usize = 1_000_000;

/// A line that was not recorded, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its number, from 1.
    pub line: usize,
    /// The stable code of the reason.
    pub code: String,
    /// The field that offends.
    pub field: Option<String>,
    /// What a person reads.
    pub reason: String,
    /// The line as it was given.
    pub text: String,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Lines recorded now.
    pub recorded: usize,
    /// Events recorded now.
    pub events: usize,
    /// Lines that had been recorded before.
    pub known: usize,
    /// Lines set aside.
    pub rejected: Vec<Rejected>,
}

/// What to do with a bad line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnReject {
    /// Write nothing at all.
    WriteNothing,
    /// Set it aside and record the others.
    SetAside,
}

/// Checks every line of `text` and records those that hold.
///
/// What is written is a batch, opened before the first line and closed behind the last, if `origin` names one.
/// With [`OnReject::WriteNothing`] and any rejected line, nothing is written and `recorded` is 0.
/// The engine must be this program's alone: nobody else may write between the check and the record.
///
/// # Errors
/// [`CommandError`] if the log or the vault fails; lines are never an error here.
pub async fn import(
    engine: &Engine,
    text: &str,
    origin: &Origin,
    on_reject: OnReject,
    label: Option<Label>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Imported, CommandError> {
    let mut imported = Imported::default();
    let mut rehearsal = Rehearsal::new(engine);
    let mut accepted = Vec::new();
    let mut keys = Keys::default();
    let mut missing = Missing::default();
    let total = text.lines().count();
    for (index, raw) in text.lines().enumerate() {
        progress(index + 1, total);
        if raw.trim().is_empty() {
            continue;
        }
        match missing.first_of(raw).map_or_else(
            || check(engine, &mut rehearsal, &mut keys, index, raw, origin),
            |line| Err(Trouble::Line(BadLine::Follows { line })),
        ) {
            Ok(Checked::New(request, events)) => accepted.push((request, events)),
            Ok(Checked::Known) => imported.known += 1,
            Err(Trouble::Line(bad)) => {
                missing.learn(index, raw, &bad);
                imported.rejected.push(reject(index, raw, bad));
            }
            Err(Trouble::Engine(error)) => return Err(error),
        }
    }
    if imported.rejected.is_empty() || on_reject == OnReject::SetAside {
        let batch = origin.batch.map(BatchId);
        if let Some(batch) = batch.filter(|_| !accepted.is_empty()) {
            let opened = batch::Event::Opened { batch, file_sha256: sha256(text), label };
            engine.tell_batch(batch.0, "opened", origin, opened).await?;
        }
        record(engine, accepted, &mut imported).await?;
        if let Some(batch) = batch {
            close(engine, batch, origin, &imported).await?;
        }
    }
    Ok(imported)
}

/// Closes the batch, once; an import that was killed closes it when it is asked again.
async fn close(engine: &Engine, batch: BatchId, origin: &Origin, imported: &Imported) -> Result<(), CommandError> {
    if engine.store.find(Uuid::new_v5(&batch.0, b"opened"))?.is_none() {
        return Ok(());
    }
    let closed = batch::Event::Closed {
        batch,
        recorded: imported.recorded as u64,
        repeated: imported.known as u64,
        refused: imported.rejected.len() as u64,
    };
    engine.tell_batch(batch.0, "closed", origin, closed).await.map(drop)
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

enum Checked {
    New(Box<Request>, Vec<domain::decision::Event>),
    Known,
}

enum Trouble {
    Line(BadLine),
    Engine(CommandError),
}

impl From<CommandError> for Trouble {
    fn from(error: CommandError) -> Self {
        match BadLine::of(error) {
            Ok(bad) => Self::Line(bad),
            Err(error) => Self::Engine(error),
        }
    }
}

/// What rejected lines would have brought into the world: a line that names it would be recorded without its beginning.
#[derive(Default)]
struct Missing(HashMap<String, usize>);

impl Missing {
    /// The ids that this line would have brought, or that it was to stand on.
    fn learn(&mut self, index: usize, raw: &str, bad: &BadLine) {
        let Ok(line) = Line::read(raw) else { return };
        let origin = match bad {
            BadLine::Follows { line } => *line,
            _ => index + 1,
        };
        for field in Command::fresh(&line.command) {
            if let Some(id) = line.input.get(*field).and_then(serde_json::Value::as_str) {
                self.0.entry(id.to_owned()).or_insert(origin);
            }
        }
    }

    /// The rejected line that a line follows from, if it does.
    fn first_of(&self, raw: &str) -> Option<usize> {
        if self.0.is_empty() {
            return None;
        }
        let line = Line::read(raw).ok()?;
        let values = line.input.as_object()?.values().filter_map(serde_json::Value::as_str);
        values.filter_map(|id| self.0.get(id)).min().copied()
    }
}

/// The keys of the file so far: a line without one gets a key that follows from its content and its turn.
#[derive(Default)]
struct Keys {
    used: HashMap<Uuid, (usize, serde_json::Value)>,
    turns: HashMap<Uuid, u32>,
    /// Batches that records of known lines name, and whether each was reverted.
    batches: HashMap<Uuid, bool>,
}

impl Keys {
    /// The key of a line; `None` if this very line stands in the file already.
    fn of(&mut self, index: usize, line: &Line) -> Result<Option<Uuid>, BadLine> {
        let content = line.content();
        let key = line.key.unwrap_or_else(|| self.derived(&content));
        match self.used.get(&key) {
            Some((_, same)) if *same == content => Ok(None),
            Some((first, _)) => Err(BadLine::KeyOfAnotherLine { key, first: *first }),
            None => {
                self.used.insert(key, (index + 1, content));
                Ok(Some(key))
            }
        }
    }

    /// The batch of the record at a position, if that was reverted.
    fn reverted(&mut self, engine: &Engine, position: Position) -> Result<Option<Uuid>, CommandError> {
        let record = engine.store.read(Position(position.0.saturating_sub(1)), 1)?.pop();
        let Some(batch) = record.and_then(|record| record.event.batch) else { return Ok(None) };
        if let Some(reverted) = self.batches.get(&batch) {
            return Ok(reverted.then_some(batch));
        }
        let (history, _) = translate::read_history(engine.store.as_ref(), BatchId(batch).into(), Cut::default())?;
        let reverted = batch::State::of(&history).reverted.is_some();
        self.batches.insert(batch, reverted);
        Ok(reverted.then_some(batch))
    }

    fn derived(&mut self, content: &serde_json::Value) -> Uuid {
        let of_content = Uuid::new_v5(&Uuid::NAMESPACE_OID, content.to_string().as_bytes());
        let turn = self.turns.entry(of_content).or_default();
        *turn += 1;
        Uuid::new_v5(&of_content, &turn.to_be_bytes())
    }
}

fn check(
    engine: &Engine,
    rehearsal: &mut Rehearsal<'_>,
    keys: &mut Keys,
    index: usize,
    raw: &str,
    origin: &Origin,
) -> Result<Checked, Trouble> {
    if index >= LINES_MAX {
        return Err(Trouble::Line(BadLine::TooMany { limit: LINES_MAX }));
    }
    let line = Line::read(raw).map_err(Trouble::Line)?;
    let Some(key) = keys.of(index, &line).map_err(Trouble::Line)? else { return Ok(Checked::Known) };
    let command = engine.parse(&line.command, key, line.input)?;
    let request = Request { key, command, expected_revision: None, origin: origin.clone() };
    if let Some(position) = engine.store.find(key).map_err(CommandError::from)? {
        engine.repeat(&request, position)?;
        return match keys.reverted(engine, position)? {
            Some(batch) => Err(Trouble::Line(BadLine::Reverted { batch })),
            None => Ok(Checked::Known),
        };
    }
    let events = rehearsal.decide(&request)?;
    Ok(Checked::New(Box::new(request), events))
}

fn reject(index: usize, raw: &str, bad: BadLine) -> Rejected {
    let (code, field) = bad.code_and_field();
    Rejected { line: index + 1, code, field, reason: bad.to_string(), text: raw.to_owned() }
}

/// Appends what was decided, in order, in commits of some hundred events.
async fn record(
    engine: &Engine,
    accepted: Vec<(Box<Request>, Vec<domain::decision::Event>)>,
    imported: &mut Imported,
) -> Result<(), CommandError> {
    let mut waiting = Vec::new();
    for (request, events) in accepted {
        waiting.extend(engine.seal_all(&request, events)?);
        imported.recorded += 1;
        if waiting.len() >= EVENTS_PER_COMMIT {
            imported.events += append(engine, std::mem::take(&mut waiting)).await?;
        }
    }
    if !waiting.is_empty() {
        imported.events += append(engine, waiting).await?;
    }
    Ok(())
}

async fn append(engine: &Engine, events: Vec<store::Event>) -> Result<usize, CommandError> {
    let count = events.len();
    engine.sync_keys()?;
    let erased = forgetting::asked_by(&events);
    engine.store.append(Commit { events, guards: Vec::new() }).await?;
    engine.carry_out(erased)?;
    Ok(count)
}
