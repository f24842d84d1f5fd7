//! The bounds of a commit, each with its unit and its reason, and the check that every engine makes first.

use crate::codec::{self, Encoded};
use crate::{Commit, Event, Inside, StoreError};
use std::collections::HashSet;
use uuid::Uuid;

/// Bytes of one encoded event. A fact is a form, not a document; documents are referred to.
pub const RECORD_BYTES_MAX: usize = 1 << 20;
/// Events in one commit. An import is cut into batches of this size.
pub const COMMIT_EVENTS_MAX: usize = 10_000;
/// Bytes of all encoded events of one commit, so that a commit fits in memory several times over.
pub const COMMIT_BYTES_MAX: usize = 16 << 20;
/// Streams in which one event stands.
pub const ABOUT_MAX: usize = 64;
/// Guards in one commit: a few for each of its events.
pub const GUARDS_MAX: usize = 4 * COMMIT_EVENTS_MAX;

/// Checks the shape of a commit and encodes its events, in the caller's thread.
///
/// # Errors
/// [`StoreError::TooLarge`] and [`StoreError::Malformed`] name what is wrong with it.
pub(crate) fn admit(commit: &Commit, inside: Inside) -> Result<Vec<Encoded>, StoreError> {
    if commit.events.is_empty() {
        return Err(StoreError::Malformed("it holds no event"));
    }
    within("number of events in a commit", commit.events.len(), COMMIT_EVENTS_MAX)?;
    within("number of guards in a commit", commit.guards.len(), GUARDS_MAX)?;
    ids_differ(&commit.events)?;
    let mut bytes = 0;
    let mut encoded = Vec::with_capacity(commit.events.len());
    for event in &commit.events {
        check_about(event)?;
        let one = codec::encode_event(event, inside)?;
        within("size of an event in bytes", one.bytes.len(), RECORD_BYTES_MAX)?;
        bytes += one.bytes.len();
        within("size of a commit in bytes", bytes, COMMIT_BYTES_MAX)?;
        encoded.push(one);
    }
    Ok(encoded)
}

fn within(what: &'static str, found: usize, limit: usize) -> Result<(), StoreError> {
    if found > limit { Err(StoreError::TooLarge { what, found, limit }) } else { Ok(()) }
}

fn ids_differ(events: &[Event]) -> Result<(), StoreError> {
    if events.len() == 1 {
        return Ok(());
    }
    let mut seen: HashSet<Uuid> = HashSet::with_capacity(events.len());
    if events.iter().all(|event| seen.insert(event.id)) {
        Ok(())
    } else {
        Err(StoreError::Malformed("an event id stands in it twice"))
    }
}

fn check_about(event: &Event) -> Result<(), StoreError> {
    if event.about.is_empty() {
        return Err(StoreError::Malformed("an event stands in no stream"));
    }
    within("number of streams of an event", event.about.len(), ABOUT_MAX)?;
    // At most 64 entries: comparing each with those before it costs less than a set.
    for (n, about) in event.about.iter().enumerate() {
        if event.about[..n].iter().any(|before| before.stream == about.stream) {
            return Err(StoreError::Malformed("an event names a stream twice"));
        }
    }
    Ok(())
}
