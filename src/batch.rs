//! Import batches: opened and closed by the import, reverted as a whole, and told to whoever asks.
//!
//! Reverting annuls each event of the batch, newest first, through the same command as anybody's annulment: it is bounded
//! by nothing but the batch, can be stopped at any moment, and asked again goes on where it was.

use crate::clock::brussels_day;
use crate::commands::{CommandError, Origin, Request};
use crate::queries::{QueryError, aside};
use crate::{Engine, Log};
use domain::batch::{self, State};
use domain::correction::{self, CorrectionReason};
use domain::decision::Refusal;
use domain::fact::{Fact, Stream, StreamKind};
use domain::history::{Cut, Known};
use domain::ids::{BatchId, EventId};
use futures_util::stream::{self, StreamExt};
use projections::translate;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Commit, EventStore, Position, Record, Revision};
use uuid::Uuid;

/// Records read at a time while the events of a batch are looked for: some megabytes.
const PAGE_RECORDS: usize = 4_096;
/// Files in which events are annulled at the same time, so that their commits share syncs.
const FILES_AT_ONCE: usize = 32;

/// What came of reverting a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reverted {
    /// Events annulled now.
    pub annulled: u64,
    /// Events that had been annulled before.
    pub already_annulled: u64,
    /// Records of the same files that came after the batch and stand on it, or beside it.
    pub later: u64,
}

/// Why a batch was not reverted, or not to its end: asked again it goes on.
#[derive(Debug, thiserror::Error)]
pub enum RevertError {
    /// No event is of this batch.
    #[error("no event is of batch {0}")]
    Unknown(Uuid),
    /// An annulment was not recorded.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The log cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
}

impl Engine {
    /// Records an event of the batch itself, once; tells whether it was new.
    pub(crate) async fn tell_batch(
        &self,
        batch: Uuid,
        what: &str,
        origin: &Origin,
        event: batch::Event,
    ) -> Result<bool, CommandError> {
        let key = Uuid::new_v5(&batch, what.as_bytes());
        if self.store.find(key)?.is_some() {
            return Ok(false);
        }
        let on = brussels_day(self.clock.now());
        // Of the house and not of the batch: a revert does not annul it.
        let origin = Origin { batch: None, correlation: Some(batch), ..origin.clone() };
        let event = self.seal(&origin, EventId(key), domain::decision::Event::new(on, event))?;
        self.store.append(Commit { events: vec![event], guards: Vec::new() }).await?;
        Ok(true)
    }

    /// Annuls every event of an import batch.
    ///
    /// `progress` hears how many of its events are done, of how many. Asked again it annuls nothing twice.
    ///
    /// # Errors
    /// [`RevertError::Unknown`]; otherwise what stopped it: what was annulled stays so, ask again.
    pub async fn revert_batch(
        &self,
        batch: Uuid,
        reason: CorrectionReason,
        origin: &Origin,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Reverted, RevertError> {
        let store = self.store.clone();
        let (of_batch, later) = aside(move || {
            let of_batch = events_of(&store, batch)?;
            let later = later(&store, batch, &of_batch)?;
            Ok((of_batch, later))
        })
        .await?;
        if of_batch.is_empty() {
            return Err(RevertError::Unknown(batch));
        }
        let total = of_batch.len();
        let known: BTreeSet<EventId> = of_batch.iter().map(|record| record.id).collect();
        let mut files: BTreeMap<Stream, Vec<Known>> = BTreeMap::new();
        for record in of_batch {
            // An answer stands first where its original does, so it comes before it here.
            let first = record.about.first().map(|about| about.stream);
            files.entry(first.unwrap_or(BatchId(batch).into())).or_default().insert(0, record);
        }
        let origin = Origin { batch: None, correlation: Some(batch), ..origin.clone() };
        let asked = Asked { engine: self, batch, reason, origin: &origin, known: &known };
        let mut told = Reverted { later, ..Reverted::default() };
        let mut running =
            stream::iter(files).map(|(file, records)| asked.of_file(file, records)).buffer_unordered(FILES_AT_ONCE);
        let mut done = 0;
        while let Some(of_file) = running.next().await {
            let (annulled, already) = of_file?;
            told.annulled += annulled;
            told.already_annulled += already;
            done += usize::try_from(annulled + already).unwrap_or(usize::MAX);
            progress(done, total);
        }
        let event = batch::Event::Reverted {
            batch: BatchId(batch),
            annulled: told.annulled,
            already_annulled: told.already_annulled,
        };
        self.tell_batch(batch, "reverted", &origin, event).await?;
        Ok(told)
    }

    /// Every import batch, the one opened last first, at most `count` of them.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read.
    pub async fn batches(&self, count: usize) -> Result<Vec<(BatchId, State)>, QueryError> {
        let store = self.store.clone();
        aside(move || {
            let mut all = Vec::new();
            for stream in store.streams(StreamKind::Governance as u8) {
                let (history, _) = translate::read_history(store.as_ref(), BatchId(stream.id).into(), Cut::default())?;
                let at = history.records().next().map(|(record, _)| record.position);
                let state = State::of(&history);
                all.extend(state.opened.is_some().then_some((at, BatchId(stream.id), state)));
            }
            all.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
            Ok(all.into_iter().take(count).map(|(_, batch, state)| (batch, state)).collect())
        })
        .await
    }

    /// One import batch; none if it was never opened.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read.
    pub async fn batch(&self, batch: BatchId) -> Result<Option<State>, QueryError> {
        let (history, _) = self.history(batch.into(), Cut::default()).await?;
        Ok(Some(State::of(&history)).filter(|state| state.opened.is_some()))
    }
}

/// What is asked of every event of a batch.
struct Asked<'a> {
    engine: &'a Engine,
    batch: Uuid,
    reason: CorrectionReason,
    origin: &'a Origin,
    known: &'a BTreeSet<EventId>,
}

impl Asked<'_> {
    /// Annuls the events of one file, newest first; tells how many now and how many before.
    async fn of_file(&self, file: Stream, records: Vec<Known>) -> Result<(u64, u64), CommandError> {
        let (mut annulled, mut already) = (0, 0);
        for record in records {
            let is_new = match self.annul(file, record.id).await {
                Err(CommandError::Refused(Refusal { rule: "NOT_A_CORRECTION_TARGET", .. })) => {
                    self.undo_restoration(file, &record).await?
                }
                answer => answer?,
            };
            if is_new { annulled += 1 } else { already += 1 }
        }
        Ok((annulled, already))
    }

    /// A restoration is not annulled itself: what it restored is annulled again, unless the batch had annulled it too.
    async fn undo_restoration(&self, file: Stream, record: &Known) -> Result<bool, CommandError> {
        let Fact::Correction(correction::Event::Annulled { target, .. }) = &record.fact else { return Ok(false) };
        if self.known.contains(target) {
            return Ok(false);
        }
        let (history, _) = translate::read_history(self.engine.store.as_ref(), file, Cut::default())?;
        let restored = history.record(*target).map(|(annulment, _)| annulment.fact.clone());
        match restored {
            Some(Fact::Correction(correction::Event::Annulled { target, .. })) => self.annul(file, target).await,
            Some(_) | None => Ok(false),
        }
    }

    /// Annuls one record; false if it was annulled already.
    async fn annul(&self, file: Stream, target: EventId) -> Result<bool, CommandError> {
        let key = Uuid::new_v5(&self.batch, target.0.as_bytes());
        if self.engine.store.find(key)?.is_some() {
            return Ok(false);
        }
        let input = json!({"stream": file, "target": target, "reason": self.reason});
        let command = self.engine.parse("annulEvent", key, input)?;
        let request = Request { key, command, expected_revision: None, origin: self.origin.clone() };
        match self.engine.execute(&request).await {
            Ok(receipt) => Ok(!receipt.repeated),
            Err(CommandError::Refused(Refusal { rule: "ALREADY_ANNULLED", .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Every event of a batch, in order of position.
fn events_of(store: &Log, batch: Uuid) -> Result<Vec<Known>, QueryError> {
    // What was imported before batches were opened is looked for from the beginning.
    let opened = store.find(Uuid::new_v5(&batch, b"opened"))?.unwrap_or_default();
    let (mut after, mut found) = (opened, Vec::new());
    loop {
        let page = store.read(after, PAGE_RECORDS)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.position;
        for record in page.iter().filter(|record| record.event.batch == Some(batch)) {
            found.push(translate::known(record)?);
        }
    }
}

/// How many records of the same files came after the first of the batch, and are not its own.
fn later(store: &Log, batch: Uuid, of_batch: &[Known]) -> Result<u64, QueryError> {
    let Some(first) = of_batch.first().map(|record| Position(record.position)) else { return Ok(0) };
    let streams: BTreeSet<Stream> =
        of_batch.iter().flat_map(|record| &record.about).map(|about| about.stream).collect();
    let is_other = |record: &Record| {
        record.position > first && record.event.batch != Some(batch) && record.event.correlation != Some(batch)
    };
    let mut others = BTreeSet::new();
    for stream in streams {
        let mut after = Revision(0);
        loop {
            let page = store.read_stream(translate::stream_id(stream), after, PAGE_RECORDS)?;
            after.0 += page.len() as u64;
            others.extend(page.iter().filter(|record| is_other(record)).map(|record| record.position));
            if page.len() < PAGE_RECORDS {
                break;
            }
        }
    }
    Ok(others.len() as u64)
}
