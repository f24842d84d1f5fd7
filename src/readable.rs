//! Whether this program can read everything that a log holds: asked before anything else is opened.
//!
//! The store knows which kinds and versions of events occur, the domain which it reads; so no record has to be read.

use domain::wire;
use std::fmt;
use store::{EventStore, Occurrence, Shape};

/// What a fact holds inside: the replacement in a correction.
pub(crate) fn inside(kind: &str, fact: &[u8]) -> Option<Shape> {
    wire::inside(kind, fact).map(|(kind, version)| Shape { kind, version })
}

/// The events that this program cannot read, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(Vec<Occurrence>);

impl std::error::Error for Unreadable {}

/// One line for each kind and version, behind one that says what to do.
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the log holds events that this program does not read; use the version of trajet that wrote them, or a \
             newer one; nothing was changed:",
        )?;
        for found in &self.0 {
            let Occurrence { shape, first, records } = found;
            let known = match wire::newest(&shape.kind) {
                0 => "not known here".to_owned(),
                newest => format!("read up to version {newest}"),
            };
            write!(
                f,
                "\n  {} version {} ({known}): {records} events, the first at position {first}",
                shape.kind, shape.version
            )?;
        }
        Ok(())
    }
}

/// Refuses a log that holds anything that this program cannot read, and names all of it.
///
/// # Errors
/// [`Unreadable`]: nothing may be opened or written; another version of the program reads it.
pub fn check(store: &impl EventStore) -> Result<(), Unreadable> {
    let unread = |found: &Occurrence| wire::readable(&found.shape.kind, found.shape.version).is_err();
    let all: Vec<_> = store.shapes().into_iter().filter(unread).collect();
    if all.is_empty() { Ok(()) } else { Err(Unreadable(all)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fact::Fact;
    use domain::ids::PostId;
    use domain::{correction, post};
    use std::sync::Arc;
    use store::{About, Actor, Commit, Event, MemoryStore, Role, StreamId, SystemClock};
    use uuid::Uuid;

    fn event(kind: &str, version: u16, fact: Vec<u8>) -> Event {
        Event {
            id: Uuid::now_v7(),
            about: vec![About { stream: StreamId { kind: 2, id: Uuid::from_u128(1) }, role: Role(2) }],
            kind: kind.into(),
            version,
            effective_on: "2022-01-01".parse().unwrap(),
            actor: Actor { user: "u".into(), role: "r".into(), organisation: "o".into() },
            on_behalf_of: None,
            source: "api".into(),
            batch: None,
            causation: None,
            correlation: None,
            rule_set: None,
            legal_basis: None,
            corrects: None,
            fact,
            sealed: Vec::new(),
        }
    }

    async fn log(events: Vec<Event>) -> MemoryStore {
        let store = MemoryStore::new(Arc::new(SystemClock)).told_by(inside);
        store.append(Commit { events, guards: Vec::new() }).await.unwrap();
        store
    }

    fn correction() -> Event {
        let fact: Fact = post::Event::Frozen { post: PostId(Uuid::from_u128(1)), until: None }.into();
        let replacement = correction::Replacement { effective_on: "2022-01-01".parse().unwrap(), fact: Box::new(fact) };
        let corrected = correction::Event::Corrected {
            target: domain::ids::EventId(Uuid::from_u128(7)),
            target_position: 1,
            replacement,
            reason: correction::CorrectionReason::TypingError,
        };
        let stored = wire::encode(&corrected.into());
        event(&stored.kind, stored.version, stored.fact)
    }

    #[tokio::test]
    async fn a_log_of_known_events_is_opened() {
        assert_eq!(check(&log(vec![event("PostClosed", 1, vec![]), correction()]).await), Ok(()));
    }

    #[tokio::test]
    async fn everything_that_cannot_be_read_is_told_at_once() {
        let mut newer_inside = correction();
        let at = newer_inside.fact.windows(10).position(|part| part == b"PostFrozen").unwrap();
        newer_inside.fact[at..at + 10].copy_from_slice(b"PostMelted");
        let known = event("PostClosed", 1, vec![]);
        let store = log(vec![known, event("PostClosed", 9, vec![]), event("Unheard", 1, vec![]), newer_inside]).await;
        let told = check(&store).unwrap_err().to_string();
        let lines: Vec<&str> = told.lines().skip(1).map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "PostClosed version 9 (read up to version 1): 1 events, the first at position 2",
                "PostMelted version 1 (not known here): 1 events, the first at position 4",
                "Unheard version 1 (not known here): 1 events, the first at position 3",
            ]
        );
    }
}
