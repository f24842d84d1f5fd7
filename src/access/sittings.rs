//! What is recorded of readers within a sitting, and what is being recorded now.

use super::Caller;
use super::ledger::Operation;
use super::reading::Opened;
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::AccessWay;
use domain::fact::Stream;
use domain::ids::PersonId;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How long one entry stands for all readings of the same by the same: about a conversation, from its first reading on.
pub const SITTING: TimeDelta = TimeDelta::minutes(15);
/// Files of all readers that are remembered: some tens of megabytes. Beyond it what is over is dropped, else everything.
pub const REMEMBERED_MAX: usize = 200_000;
/// Different refusals of one caller that are recorded in a sitting; the others are counted.
pub const REFUSALS_MAX: usize = 100;
/// Callers whose refusals are remembered.
pub const REFUSED_CALLERS_MAX: usize = 10_000;

/// Who reads, under which purpose, by which way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Who {
    pub caller: Caller,
    pub way: AccessWay,
}

/// One file to one reader.
#[derive(Default)]
struct Sitting {
    since: DateTime<Utc>,
    /// What entries tell.
    written: Opened,
    /// What an entry is being written of; closed when it is done.
    writing: Option<(Opened, watch::Receiver<()>)>,
}

/// What is recorded of a reader's refusals.
#[derive(Default)]
struct Refusals {
    since: DateTime<Utc>,
    recorded: HashSet<(Operation, Option<PersonId>)>,
    counted: u64,
}

#[derive(Default)]
struct Remembered {
    files: HashMap<Who, HashMap<Stream, Sitting>>,
    count: usize,
}

/// The sittings of all readers.
#[derive(Default)]
pub(super) struct Sittings {
    readings: Mutex<Remembered>,
    refusals: Mutex<HashMap<String, Refusals>>,
}

/// What has to be done before files may be shown.
pub(super) enum Due<'a> {
    /// Everything is recorded.
    Nothing,
    /// Somebody else is recording what is not: look again when this closes.
    Others(watch::Receiver<()>),
    /// This is to be recorded by whoever asked.
    Ours(Claim<'a>),
}

/// What one request is to record. Dropped before it is written, others may.
pub(super) struct Claim<'a> {
    sittings: &'a Sittings,
    who: Who,
    files: Vec<(Stream, Opened)>,
    is_written: Option<DateTime<Utc>>,
    /// Closes when the claim is dropped.
    _done: watch::Sender<()>,
}

impl Sittings {
    fn readings(&self) -> MutexGuard<'_, Remembered> {
        self.readings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what is to be recorded so that a reader may see these files.
    pub fn claim(&self, who: &Who, files: &BTreeMap<Stream, Opened>, now: DateTime<Utc>) -> Due<'_> {
        let mut readings = self.readings();
        readings.make_room(files.len(), now);
        let Remembered { files: of_all, count } = &mut *readings;
        if !of_all.contains_key(who) {
            of_all.insert(who.clone(), HashMap::new());
        }
        let Some(of_reader) = of_all.get_mut(who) else { return Due::Nothing };
        let (done, closed) = watch::channel(());
        let (mut ours, mut others) = (Vec::new(), None);
        for (file, opened) in files {
            let sitting = of_reader.entry(*file).or_insert_with(|| {
                *count += 1;
                Sitting::default()
            });
            if !is_within(sitting.since, now) {
                sitting.written = Opened::default();
            }
            let due = opened.without(sitting.written);
            if due.is_nothing() {
                continue;
            }
            if let Some((_, written)) = &sitting.writing {
                others = Some(written.clone());
            } else {
                sitting.writing = Some((due, closed.clone()));
                ours.push((*file, due));
            }
        }
        match (ours.is_empty(), others) {
            (true, None) => Due::Nothing,
            (true, Some(written)) => Due::Others(written),
            (false, _) => {
                Due::Ours(Claim { sittings: self, who: who.clone(), files: ours, is_written: None, _done: done })
            }
        }
    }

    /// Says whether a refusal is to be recorded, and how many were only counted since the last that was.
    pub fn refusal(
        &self,
        user: &str,
        operation: &Operation,
        person: Option<PersonId>,
        now: DateTime<Utc>,
    ) -> Option<u64> {
        let mut all = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains_key(user) && all.len() >= REFUSED_CALLERS_MAX {
            all.retain(|_, one| is_within(one.since, now));
            if all.len() >= REFUSED_CALLERS_MAX {
                all.clear();
            }
        }
        let refusals = all.entry(user.to_owned()).or_default();
        if !is_within(refusals.since, now) {
            refusals.since = now;
            refusals.recorded.clear();
        }
        let is_full = refusals.recorded.len() >= REFUSALS_MAX;
        if is_full || !refusals.recorded.insert((operation.clone(), person)) {
            refusals.counted += 1;
            return None;
        }
        Some(std::mem::take(&mut refusals.counted))
    }
}

impl Remembered {
    /// Keeps the bound: what is over goes first, then everything that is not being written.
    fn make_room(&mut self, more: usize, now: DateTime<Utc>) {
        if self.count + more <= REMEMBERED_MAX {
            return;
        }
        self.keep(|sitting| is_within(sitting.since, now));
        if self.count + more > REMEMBERED_MAX {
            self.keep(|_| false);
        }
    }

    fn keep(&mut self, stays: impl Fn(&Sitting) -> bool) {
        for of_reader in self.files.values_mut() {
            of_reader.retain(|_, sitting| sitting.writing.is_some() || stays(sitting));
        }
        self.files.retain(|_, of_reader| !of_reader.is_empty());
        self.count = self.files.values().map(HashMap::len).sum();
    }
}

/// True if a sitting that began then lasts; a clock that went back ends it.
fn is_within(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    since <= now && now - since < SITTING
}

impl Claim<'_> {
    /// What is to be recorded.
    pub fn files(&self) -> &[(Stream, Opened)] {
        &self.files
    }

    /// Says that it is durable.
    pub fn written(mut self, now: DateTime<Utc>) {
        self.is_written = Some(now);
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut readings = self.sittings.readings();
        let Some(of_reader) = readings.files.get_mut(&self.who) else { return };
        for (file, opened) in &self.files {
            let Some(sitting) = of_reader.get_mut(file) else { continue };
            sitting.writing = None;
            if let Some(now) = self.is_written {
                // A sitting lasts from its first entry: what is opened later does not make it longer.
                if sitting.written.is_nothing() {
                    sitting.since = now;
                }
                sitting.written = sitting.written.and(*opened);
            }
        }
    }
}
