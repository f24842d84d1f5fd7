//! The access ledger: who read whom is durable before the answer leaves.
//!
//! Reads stay fast by two things. The store groups whoever waits at the same time into one write and one sync.
//! And one entry stands for all readings of a sitting: the same reader, the same file, the same classes, the same purpose.
//! What is remembered of sittings is bounded and lost at the end of the program: then there are more entries, never fewer.

use super::reading::{Noted, Opened, PersonIfNamed};
use super::sittings::{Due, Sittings, Who};
use super::{Caller, reading};
use crate::Log;
use crate::clock::brussels_day;
use domain::access::{AccessWay, Event, Seen, Word};
use domain::fact::{Fact, Stream};
use domain::ids::{PersonId, ReaderId};
use domain::wire;
use projections::translate;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::limits::ABOUT_MAX;
use store::{Appended, Clock, Commit, EventStore, Position, Role, StoreError};
use uuid::Uuid;

/// Files in one entry: the streams of one event, without the reader's.
const FILES_MAX: usize = ABOUT_MAX - 1;
/// Entries in one commit: some megabytes at most.
const ENTRIES_MAX: usize = 500;

/// Why nothing may be shown. Texts are fit for the screen; none holds a personal value.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The log did not take the entry.
    #[error("the access ledger cannot be written, so nothing is shown: {0}")]
    Store(#[from] StoreError),
    /// More was read than one request may.
    #[error("more than {} files would be read by one request", reading::FILES_MAX)]
    TooMany,
}

/// What was refused: an operation with the code of its refusal, both words of this program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// The name of the root field or command.
    pub name: Word,
    /// The code of the refusal.
    pub code: Word,
}

/// What is taken along.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What was written: the name of a table, `bundle` or `calendar`.
    pub content: Word,
    /// How it was written.
    pub format: Word,
    /// The files that it holds, if it is about a few, and what is opened in all of them.
    pub files: Vec<Stream>,
    /// The classes opened.
    pub opened: Opened,
    /// True if it holds rows of all persons.
    pub everyone: bool,
    /// How many rows or records, if that is known.
    pub rows: Option<u64>,
    /// The moment that was asked for.
    pub cut: domain::history::Cut,
    /// SHA-256 of what was written, if that is known.
    pub sha256: Option<String>,
}

/// Writes the ledger, and remembers what it wrote in this sitting.
pub struct Ledger {
    store: Arc<Log>,
    clock: Arc<dyn Clock>,
    sittings: Sittings,
    /// The last stretch of the log that holds nothing but entries: behind, up to.
    own: Mutex<(Position, Position)>,
}

impl Ledger {
    /// The ledger of a log.
    #[must_use]
    pub fn new(store: Arc<Log>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, sittings: Sittings::default(), own: Mutex::default() }
    }

    /// Makes durable who read whom and what was refused, as far as this sitting does not hold it yet.
    ///
    /// # Errors
    /// [`LedgerError::Store`]: nothing of it may be shown.
    pub async fn remember(&self, caller: &Caller, way: AccessWay, noted: &Noted) -> Result<(), LedgerError> {
        for (operation, person) in &noted.refused {
            self.refused_by(caller, way, operation.clone(), *person).await?;
        }
        if noted.files.is_empty() {
            return Ok(());
        }
        self.viewed(caller, way, &noted.files).await
    }

    async fn viewed(
        &self,
        caller: &Caller,
        way: AccessWay,
        files: &BTreeMap<Stream, Opened>,
    ) -> Result<(), LedgerError> {
        let who = Who { caller: caller.clone(), way };
        loop {
            match self.sittings.claim(&who, files, self.clock.now()) {
                Due::Nothing => return Ok(()),
                Due::Others(mut written) => {
                    // Ends when whoever writes it is done, or has failed: then it is this request's turn.
                    let _ = written.changed().await;
                }
                Due::Ours(claim) => {
                    let entries = entries_of(caller, way, claim.files());
                    self.append(caller, entries).await?;
                    claim.written(self.clock.now());
                }
            }
        }
    }

    /// Records that something is taken along, each time.
    ///
    /// # Errors
    /// [`LedgerError::Store`]: it may not be given out.
    pub async fn exported(&self, caller: &Caller, way: AccessWay, taken: Taken) -> Result<(), LedgerError> {
        let Taken { content, format, mut files, opened, everyone, rows, cut, sha256 } = taken;
        files.sort_unstable();
        files.dedup();
        let entry = |files: &[Stream]| Event::Exported {
            reader: ReaderId::of(&caller.user),
            content: content.clone(),
            format: format.clone(),
            files: files.to_vec(),
            classes: opened.list(),
            everyone,
            rows,
            as_of: cut.as_of,
            as_known_at: cut.as_known_at,
            sha256: sha256.clone(),
            purpose: caller.purpose,
            way,
        };
        // One stream is that of everyone.
        let parts = files.chunks(FILES_MAX - 1);
        let entries = if files.is_empty() { vec![entry(&[])] } else { parts.map(entry).collect() };
        self.append(caller, entries).await
    }

    /// Records that a caller was refused; for whoever decides who may do what.
    ///
    /// In one sitting each refusal is recorded once, and only so many different ones: a flood is counted, and told by the
    /// first entry behind it.
    ///
    /// # Errors
    /// [`LedgerError::Store`].
    pub async fn refused(
        &self,
        caller: &Caller,
        operation: Operation,
        person: PersonIfNamed,
    ) -> Result<(), LedgerError> {
        self.refused_by(caller, AccessWay::Api, operation, person).await
    }

    async fn refused_by(
        &self,
        caller: &Caller,
        way: AccessWay,
        operation: Operation,
        participant: Option<PersonId>,
    ) -> Result<(), LedgerError> {
        let now = self.clock.now();
        let Some(repeated) = self.sittings.refusal(&caller.user, &operation, participant, now) else { return Ok(()) };
        let Operation { name, code } = operation;
        let (reader, purpose) = (ReaderId::of(&caller.user), caller.purpose);
        let entry = Event::Refused { reader, operation: name, code, participant, repeated, purpose, way };
        self.append(caller, vec![entry]).await
    }

    async fn append(&self, caller: &Caller, entries: Vec<Event>) -> Result<(), LedgerError> {
        let on = brussels_day(self.clock.now());
        for entries in entries.chunks(ENTRIES_MAX) {
            let events = entries.iter().map(|entry| stored(caller, on, entry.clone())).collect();
            let appended = self.store.append(Commit { events, guards: Vec::new() }).await?;
            self.wrote(&appended);
        }
        Ok(())
    }

    fn own(&self) -> MutexGuard<'_, (Position, Position)> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrote(&self, appended: &Appended) {
        let mut own = self.own();
        let (behind, to) = *own;
        let before = Position(appended.first.0.saturating_sub(1));
        if before == to {
            own.1 = appended.last;
        } else if appended.last == behind {
            own.0 = before;
        } else if before > to {
            *own = (before, appended.last);
        }
    }

    /// How far views must have come to count everything up to `head`: nothing is folded from the ledger's own entries,
    /// so nobody who reads waits for those of the readers before.
    #[must_use]
    pub fn counts(&self, head: Position) -> Position {
        let (behind, to) = *self.own();
        if behind < head && head <= to { behind } else { head }
    }
}

/// The entries that tell of these files: persons' and judicial ones apart, so that no entry links the two.
fn entries_of(caller: &Caller, way: AccessWay, files: &[(Stream, Opened)]) -> Vec<Event> {
    let (reader, purpose) = (ReaderId::of(&caller.user), caller.purpose);
    let entry = |files: &[(Stream, Opened)]| {
        let seen = files.iter().map(|(file, opened)| Seen { file: *file, classes: opened.list() }).collect();
        Event::Viewed { reader, seen, purpose, way }
    };
    let by_kind = files.chunk_by(|one, next| one.0.kind == next.0.kind);
    by_kind.flat_map(|files| files.chunks(FILES_MAX)).map(entry).collect()
}

fn stored(caller: &Caller, on: chrono::NaiveDate, entry: Event) -> store::Event {
    let fact = Fact::from(entry);
    let written = wire::encode(&fact);
    let origin = caller.origin(match way_of(&fact) {
        AccessWay::Api | AccessWay::Subscription => "api",
        AccessWay::Cli => "cli",
    });
    let about = |about: domain::fact::About| store::About {
        stream: translate::stream_id(about.stream),
        role: Role(about.role as u8),
    };
    store::Event {
        id: Uuid::now_v7(),
        about: fact.about().into_iter().map(about).collect(),
        kind: written.kind,
        version: written.version,
        effective_on: on,
        actor: origin.actor,
        on_behalf_of: origin.on_behalf_of,
        source: origin.source,
        batch: None,
        causation: None,
        correlation: None,
        rule_set: None,
        legal_basis: None,
        corrects: None,
        fact: written.fact,
        sealed: Vec::new(),
    }
}

fn way_of(fact: &Fact) -> AccessWay {
    match fact {
        Fact::Access(event) => event.way(),
        _ => AccessWay::Api,
    }
}
