//! Deciding on a past that is not written yet: the log, and what the lines before would record.

use crate::Engine;
use crate::clock::brussels_day;
use crate::commands::{CommandError, Request, event_id, gather};
use domain::decision::{Desk, Event};
use domain::fact::Stream;
use domain::history::{Cut, History, Known};
use domain::kin::Kin;
use projections::translate;
use std::collections::{BTreeMap, HashMap};
use store::{EventStore, Revision};

/// The log as it would be after the lines checked so far.
pub struct Rehearsal<'a> {
    engine: &'a Engine,
    next: u64,
    pending: HashMap<Stream, Vec<Known>>,
}

impl<'a> Rehearsal<'a> {
    pub fn new(engine: &'a Engine) -> Self {
        let next = engine.store.head().borrow().0 + 1;
        Self { engine, next, pending: HashMap::new() }
    }

    /// Decides a command and takes its events into the past of the next one.
    pub fn decide(&mut self, request: &Request) -> Result<Vec<Event>, CommandError> {
        let (past, _) = gather(&request.command, |stream| self.read(stream))?;
        let now = self.engine.clock.now();
        let desk = Desk { law: &self.engine.law, today: brussels_day(now) };
        let events = request.command.decide(&past, &desk)?;
        for (index, event) in events.iter().enumerate() {
            let known = Known {
                position: self.next,
                id: event_id(request.key, index),
                recorded_at: now,
                effective_on: event.effective_on,
                about: event.about.clone(),
                fact: event.fact.clone(),
            };
            self.next += 1;
            for about in &event.about {
                self.pending.entry(about.stream).or_default().push(known.clone());
            }
        }
        Ok(events)
    }

    fn read(&self, stream: Stream) -> Result<(History, BTreeMap<Stream, Revision>), CommandError> {
        let kin = Kin::gather(stream, self.records(stream)?, |other| self.records(other))?;
        // Nothing is appended, so no guard is needed.
        Ok((kin.history(stream, Cut::default()), BTreeMap::new()))
    }

    fn records(&self, stream: Stream) -> Result<Vec<Known>, CommandError> {
        let (mut records, _) = translate::read_records(self.engine.store.as_ref(), stream)?;
        records.extend(self.pending.get(&stream).into_iter().flatten().cloned());
        Ok(records)
    }
}
