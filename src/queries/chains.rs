//! What a record led to, and what belongs to the same act: found by the ids that records bear of each other.
//!
//! Most records bear none, so the index holds only those that do. It is made of the whole log when it is first asked
//! for (about a second for each million of records, once), and then goes on with what was recorded since.

use super::{QueryError, Told, aside};
use crate::{Engine, Log};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{EventStore, Position, Record};
use uuid::Uuid;

/// Records read at a time while the index is made: some megabytes.
const PAGE_RECORDS_MAX: usize = 4_096;

/// By what a record is tied to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// It was caused by the event or request with this id.
    CausedBy(Uuid),
    /// It belongs to the business act with this id.
    OfAct(Uuid),
}

/// Where the records stand that name a cause or an act.
#[derive(Debug, Default)]
pub struct Chains(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Up to where the log was looked at.
    seen: Position,
    places: HashMap<Link, Vec<Position>>,
}

impl Chains {
    /// The places of what is tied by a link, in order. Blocks while the log is looked at.
    fn places(&self, store: &Log, link: Link) -> Result<Vec<Position>, QueryError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let page = store.read(known.seen, PAGE_RECORDS_MAX)?;
            let Some(last) = page.last().map(|record| record.position) else { break };
            page.iter().for_each(|record| known.take(record));
            known.seen = last;
        }
        Ok(known.places.get(&link).cloned().unwrap_or_default())
    }
}

impl Known {
    fn take(&mut self, record: &Record) {
        let cause = record.event.causation.map(Link::CausedBy);
        let act = record.event.correlation.map(Link::OfAct);
        for link in [cause, act].into_iter().flatten() {
            self.places.entry(link).or_default().push(record.position);
        }
    }
}

impl Engine {
    /// The places of the records that are tied by a link, in order of position.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read.
    pub async fn linked(&self, link: Link) -> Result<Vec<Position>, QueryError> {
        let (store, chains) = (self.store.clone(), self.chains.clone());
        aside(move || chains.places(&store, link)).await
    }

    /// The records at these places.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn records_at(&self, places: Vec<Position>) -> Result<Vec<Told>, QueryError> {
        let store: Arc<Log> = self.store.clone();
        aside(move || {
            let read = |place: Position| store.read(Position(place.0.saturating_sub(1)), 1);
            let mut found = Vec::with_capacity(places.len());
            for place in places {
                for record in read(place)? {
                    found.push(Told::alone(record)?);
                }
            }
            Ok(found)
        })
        .await
    }
}
