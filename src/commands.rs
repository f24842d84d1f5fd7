//! The journey of a command: read the past, decide, seal, append; again if the log moved on.
//!
//! The id of a command's first event is its idempotency key; those of the others follow from it.
//! Asked again with the same key, the command is decided again on the past of the first time, and the answers are
//! compared: so nothing beside the record itself has to be kept to tell a repetition from a mistake.

use crate::Engine;
use crate::clock::brussels_day;
use crate::forgetting;
use crate::sealing::{self, SealingError};
use domain::command::{BadCommand, Command, Source};
use domain::decision::{Desk, Event, Past, Refusal};
use domain::fact::{Stream, StreamKind};
use domain::history::{Cut, History};
use domain::ids::EventId;
use domain::wire;
use projections::translate::{self, ReadError};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use store::vault::VaultError;
use store::{Actor, Commit, EventStore, Guard, Position, Record, Revision, Role, StoreError};
use uuid::Uuid;

/// How often a command is decided again because somebody else wrote first: more would hide a quarrel, not solve it.
pub const ATTEMPTS_MAX: usize = 16;
/// How often a decision may ask for more streams to read: person, then posts, then those who held them.
const ROUNDS_MAX: usize = 8;
/// The most streams that one decision may read: the guards of one commit.
const STREAMS_MAX: usize = 4096;

/// Who asks, and by which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Who acts.
    pub actor: Actor,
    /// For whom, if not for themselves.
    pub on_behalf_of: Option<String>,
    /// By which way: ui, api, cli, import, migration, policy.
    pub source: String,
    /// The import batch.
    pub batch: Option<Uuid>,
    /// The event or request that caused it.
    pub causation: Option<Uuid>,
    /// What binds the events of one business act.
    pub correlation: Option<Uuid>,
}

/// A command, with what makes it this one and no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The idempotency key: the id of the first event.
    pub key: Uuid,
    /// What is asked.
    pub command: Command,
    /// The revision of the primary stream that the caller has seen, if it insists on it.
    pub expected_revision: Option<u64>,
    /// Who asks.
    pub origin: Origin,
}

/// The answer to a command that was recorded, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The position of its last record; ask a view `notBefore` it to read what was written.
    pub position: Position,
    /// The thing whose history it belongs to.
    pub subject: Stream,
    /// The ids of its events.
    pub events: Vec<EventId>,
    /// True if it had been recorded before and nothing was written now.
    pub repeated: bool,
}

/// Why a command was not recorded. Nothing was written, except where it says so.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The input is not a command.
    #[error(transparent)]
    Bad(#[from] BadCommand),
    /// A rule of the field forbids it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The key was used for something else.
    #[error("idempotency key {key} was used at position {position} for something else; choose another key")]
    KeyReused {
        /// The key.
        key: Uuid,
        /// Where it is recorded.
        position: Position,
    },
    /// The caller insisted on a revision that is not the present one.
    #[error("the file is at revision {found}, you have seen {expected}: read it again, then decide again")]
    Moved {
        /// What the caller has seen.
        expected: u64,
        /// What is.
        found: u64,
    },
    /// Others kept writing to the same streams.
    #[error("others kept writing to the same files: tried {ATTEMPTS_MAX} times; try again")]
    Contended,
    /// The person was erased, so nothing personal can be kept of them any more.
    #[error("this person was erased: no personal value can be recorded")]
    Erased,
    /// A decision wanted to read more than the limit.
    #[error("the decision would read more than {STREAMS_MAX} histories")]
    TooWide,
    /// The log refused.
    #[error(transparent)]
    Store(StoreError),
    /// The vault refused.
    #[error(transparent)]
    Sealing(SealingError),
    /// A record cannot be read back.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SealingError> for CommandError {
    fn from(error: SealingError) -> Self {
        match error {
            SealingError::Vault(VaultError::Shredded { .. }) => Self::Erased,
            error => Self::Sealing(error),
        }
    }
}

/// Reads a command from its name and its input, and fills in the ids that it brings into the world and those that are
/// derived from a secret.
///
/// An id that is left out follows from the key, so that asking again names the same thing.
///
/// # Errors
/// [`CommandError::Bad`] names the command and the field; otherwise what `derive` says.
pub fn parse(
    name: &str,
    key: Uuid,
    input: Value,
    derive: impl FnMut(&Source, &Map<String, Value>) -> Result<Option<Uuid>, CommandError>,
) -> Result<Command, CommandError> {
    let mut input = match input {
        Value::Object(fields) => fields,
        other => return Ok(Command::parse(name, other)?),
    };
    fill_in(&mut input, name, key);
    fill_in_derived(&mut input, name, derive)?;
    Ok(Command::parse(name, Value::Object(input))?)
}

fn fill_in(input: &mut Map<String, Value>, name: &str, key: Uuid) {
    for field in Command::fresh(name) {
        if input.get(*field).is_none_or(Value::is_null) {
            input.insert((*field).to_owned(), Value::String(Uuid::new_v5(&key, field.as_bytes()).to_string()));
        }
    }
}

fn fill_in_derived(
    input: &mut Map<String, Value>,
    name: &str,
    mut derive: impl FnMut(&Source, &Map<String, Value>) -> Result<Option<Uuid>, CommandError>,
) -> Result<(), CommandError> {
    for derived in Command::derived(name) {
        if input.contains_key(derived.field) {
            let what = "the counter derives it, it cannot be given".to_owned();
            return Err(BadCommand::Malformed { command: derived.command, field: derived.field.into(), what }.into());
        }
        if let Some(id) = derive(&derived.from, input)? {
            input.insert(derived.field.to_owned(), Value::String(id.to_string()));
        }
    }
    Ok(())
}

/// The id of a command's event, by its place among them.
pub(crate) fn event_id(key: Uuid, index: usize) -> EventId {
    EventId(if index == 0 { key } else { Uuid::new_v5(&key, &(index as u64).to_be_bytes()) })
}

impl Engine {
    /// As [`parse`], with the keys of this house.
    ///
    /// # Errors
    /// As [`parse`]; [`CommandError::Erased`] if something new would stand under a key that was destroyed.
    pub fn parse(&self, name: &str, key: Uuid, input: Value) -> Result<Command, CommandError> {
        parse(name, key, input, |source, input| {
            if let Source::House { .. } = source {
                self.keeps_numbers()?;
            }
            Ok(sealing::derive(&self.vault, source, input)?)
        })
    }

    /// Records a command, or says why not.
    ///
    /// When it returns the record is durable. Asked again with the same key and content, it answers as the first time.
    ///
    /// # Errors
    /// [`CommandError::Refused`] is the field's own answer; see the variants for what the caller does.
    pub async fn execute(&self, request: &Request) -> Result<Receipt, CommandError> {
        for _ in 0..ATTEMPTS_MAX {
            if let Some(position) = self.store.find(request.key)? {
                return self.repeat(request, position);
            }
            match self.attempt(request).await {
                Err(CommandError::Store(StoreError::Conflict { .. } | StoreError::IdReused { .. })) => {}
                answer => return answer,
            }
        }
        Err(CommandError::Contended)
    }

    async fn attempt(&self, request: &Request) -> Result<Receipt, CommandError> {
        let (past, guards) = self.read_past(&request.command, Cut::default())?;
        let desk = Desk { law: &self.law, today: brussels_day(self.clock.now()) };
        let decided = request.command.decide(&past, &desk)?;
        let subject = subject(&request.command, &decided)?;
        expect_revision(request, subject, &guards)?;
        let events = self.prepare(request, decided)?;
        let ids = events.iter().map(|event| EventId(event.id)).collect();
        let erased = forgetting::asked_by(&events);
        let appended = self.store.append(Commit { events, guards }).await?;
        self.carry_out(erased)?;
        Ok(Receipt { position: appended.last, subject, events: ids, repeated: appended.repeated })
    }

    fn read_past(&self, command: &Command, cut: Cut) -> Result<(Past, Vec<Guard>), CommandError> {
        gather(command, |stream| {
            let (kin, revisions) = translate::read_kin(self.store.as_ref(), stream)?;
            Ok((kin.history(stream, cut), revisions))
        })
    }

    /// Makes of what was decided the events to append, their personal parts sealed and the keys durable.
    fn prepare(&self, request: &Request, decided: Vec<Event>) -> Result<Vec<store::Event>, CommandError> {
        let events = self.seal_all(request, decided)?;
        if events.iter().any(|event| !event.sealed.is_empty()) {
            self.sync_keys()?;
        }
        Ok(events)
    }

    /// Makes of what was decided the events to append, their personal parts sealed under keys that may be new.
    pub(crate) fn seal_all(&self, request: &Request, decided: Vec<Event>) -> Result<Vec<store::Event>, CommandError> {
        let numbered = decided.into_iter().enumerate();
        numbered.map(|(index, event)| self.seal(&request.origin, event_id(request.key, index), event)).collect()
    }

    /// Makes every new key durable: always before what was sealed under it is appended.
    pub(crate) fn sync_keys(&self) -> Result<(), CommandError> {
        Ok(self.vault.sync().map_err(SealingError::from)?)
    }

    pub(crate) fn seal(&self, origin: &Origin, id: EventId, event: Event) -> Result<store::Event, CommandError> {
        let stored = wire::encode(&event.fact);
        let subject = event.about.first().map(|about| about.stream.id).unwrap_or_default();
        let is_number = event.about.iter().any(|about| about.stream.kind == StreamKind::Alias);
        let origin = origin.clone();
        Ok(store::Event {
            id: id.0,
            about: event.about.into_iter().map(about).collect(),
            kind: stored.kind,
            version: stored.version,
            effective_on: event.effective_on,
            actor: origin.actor,
            on_behalf_of: origin.on_behalf_of,
            source: origin.source,
            batch: origin.batch,
            causation: origin.causation,
            correlation: origin.correlation,
            rule_set: event.rule_set.map(str::to_owned),
            legal_basis: self.national_numbers.as_deref().filter(|_| is_number).map(str::to_owned),
            corrects: event.corrects.map(|target| target.0),
            fact: stored.fact,
            sealed: sealing::seal(&self.vault, subject, id, &event.personal)?,
        })
    }

    /// Answers a command whose key is known: as the first time if it is the same, else with a refusal.
    pub(crate) fn repeat(&self, request: &Request, position: Position) -> Result<Receipt, CommandError> {
        let reused = || CommandError::KeyReused { key: request.key, position };
        let first = self.record_at(position)?.ok_or_else(reused)?;
        let cut = Cut { before: Some(position.0), ..Cut::default() };
        let (past, _) = self.read_past(&request.command, cut)?;
        let desk = Desk { law: &self.law, today: brussels_day(first.recorded_at) };
        let decided = request.command.decide(&past, &desk).map_err(|_| reused())?;
        let subject = subject(&request.command, &decided)?;
        let mut ids = Vec::new();
        let mut last = position;
        for (index, event) in decided.into_iter().enumerate() {
            let id = event_id(request.key, index);
            last = Position(position.0 + index as u64);
            let recorded = self.record_at(last)?.ok_or_else(reused)?;
            if recorded.event.id != id.0 || !self.is_same(&recorded, id, event)? {
                return Err(reused());
            }
            // Recorded and perhaps not done: a crash may have come between.
            self.carry_out(forgetting::asked_by(std::slice::from_ref(&recorded.event)))?;
            ids.push(id);
        }
        Ok(Receipt { position: last, subject, events: ids, repeated: true })
    }

    /// True if a record says what was decided now. What was erased since cannot be compared, and is not.
    fn is_same(&self, recorded: &Record, id: EventId, decided: Event) -> Result<bool, CommandError> {
        let known = translate::known(recorded).map_err(ReadError::from)?;
        // What was recorded in an older version has other bytes and says the same.
        let plain = known.fact == decided.fact && known.effective_on == decided.effective_on;
        let opened = sealing::open(&self.vault, id, &recorded.event.sealed)?;
        Ok(plain && (!opened.erased.is_empty() || opened.personal == decided.personal))
    }

    fn record_at(&self, position: Position) -> Result<Option<Record>, CommandError> {
        Ok(self.store.read(Position(position.0.saturating_sub(1)), 1)?.pop())
    }
}

fn about(about: domain::fact::About) -> store::About {
    store::About { stream: translate::stream_id(about.stream), role: Role(about.role as u8) }
}

/// Reads every stream that a decision asks for, until it asks for no other, and the guard on each.
///
/// `read` tells each stream's history and the revisions of all that was read for it: the files merged with it too.
pub(crate) fn gather(
    command: &Command,
    mut read: impl FnMut(Stream) -> Result<(History, BTreeMap<Stream, Revision>), CommandError>,
) -> Result<(Past, Vec<Guard>), CommandError> {
    let (mut past, mut guards) = (Past::default(), BTreeMap::new());
    for _ in 0..ROUNDS_MAX {
        let wanted: BTreeSet<Stream> = command.reads(&past).into_iter().filter(|stream| !past.holds(*stream)).collect();
        if wanted.is_empty() {
            let guard = |(stream, revision)| Guard { stream: translate::stream_id(stream), revision };
            return Ok((past, guards.into_iter().map(guard).collect()));
        }
        if guards.len() + wanted.len() > STREAMS_MAX {
            return Err(CommandError::TooWide);
        }
        for stream in wanted {
            let (history, revisions) = read(stream)?;
            past.insert(history);
            for (stream, revision) in revisions {
                // Read twice, at two revisions: the first one is guarded, so that the log says that it moved.
                guards.entry(stream).or_insert(revision);
            }
        }
    }
    Err(CommandError::TooWide)
}

/// The thing to which the events belong: what the command says, or else the primary stream of the first.
fn subject(command: &Command, decided: &[Event]) -> Result<Stream, CommandError> {
    if let Some(subject) = command.subject() {
        return Ok(subject);
    }
    let about = decided.first().and_then(|event| event.about.first());
    about.map(|about| about.stream).ok_or(CommandError::Store(StoreError::Malformed("a command decided on nothing")))
}

fn expect_revision(request: &Request, subject: Stream, guards: &[Guard]) -> Result<(), CommandError> {
    let Some(expected) = request.expected_revision else { return Ok(()) };
    let stream = translate::stream_id(subject);
    let found = guards.iter().find(|guard| guard.stream == stream).map_or(Revision(0), |guard| guard.revision).0;
    if found == expected { Ok(()) } else { Err(CommandError::Moved { expected, found }) }
}
