//! How a person's file stands towards erasure, folded from its history.

use super::event::{ErasureGround, ErasureRefusalGround, ErasureRequester, Event};
use crate::fact::Fact;
use crate::history::History;
use crate::ids::{EventId, PersonId};
use chrono::NaiveDate;

/// How a file stands towards erasure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every request, in order of day.
    pub requests: Vec<Request>,
    /// The last notice that the file falls due.
    pub retained: Option<Retained>,
    /// The day on which the keys were destroyed, and the record that tells it.
    pub erased: Option<(NaiveDate, EventId)>,
    /// Every file whose keys are destroyed, in order of id.
    pub files: Vec<PersonId>,
    /// The day from which on exports give months only.
    pub anonymised_on: Option<NaiveDate>,
}

/// A request, and its refusal if there was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Day of the request.
    pub on: NaiveDate,
    /// The record that tells it.
    pub by: EventId,
    /// Who asked.
    pub requester: ErasureRequester,
    /// Why.
    pub ground: ErasureGround,
    /// Day and ground of the refusal.
    pub refused: Option<(NaiveDate, ErasureRefusalGround)>,
}

/// A notice that a closed file falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retained {
    /// Day of the notice.
    pub noticed_on: NaiveDate,
    /// Day of the last act when it was given.
    pub last_act_on: NaiveDate,
    /// First day on which the keys may be destroyed.
    pub due_on: NaiveDate,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Erasure(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, by: EventId, event: &Event) {
        match event {
            Event::RetentionScheduled { last_act_on, due_on, .. } => {
                self.retained = Some(Retained { noticed_on: on, last_act_on: *last_act_on, due_on: *due_on });
            }
            Event::Requested { requester, ground, .. } => {
                self.requests.push(Request { on, by, requester: *requester, ground: *ground, refused: None });
            }
            Event::Refused { ground, .. } => {
                for request in self.requests.iter_mut().filter(|request| request.on <= on) {
                    request.refused.get_or_insert((on, *ground));
                }
            }
            Event::KeyDestroyed { person, absorbed } => {
                self.erased.get_or_insert((on, by));
                self.files.extend(absorbed.iter().chain([person]));
                self.files.sort_unstable();
                self.files.dedup();
            }
            Event::Anonymised { .. } => {
                self.anonymised_on.get_or_insert(on);
            }
        }
    }

    /// The request that waits for an answer, if there is one.
    #[must_use]
    pub fn open_request(&self) -> Option<&Request> {
        self.requests.iter().rfind(|request| request.refused.is_none()).filter(|_| self.erased.is_none())
    }
}
