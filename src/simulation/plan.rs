//! A plan: a list of acts, each a command with the instant at which it is recorded. Pure; nothing is played here.
//!
//! Acts of one instant have no stream in common, so that they may be played at the same time.

use super::schedule::{self, Draft, Lag};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use std::fmt;
use uuid::Uuid;

/// Something that somebody records.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The instant at which it is recorded.
    pub recorded_at: DateTime<Utc>,
    /// The day on which it happened or took effect.
    pub on: NaiveDate,
    /// The name of the command.
    pub command: &'static str,
    /// The input of the command.
    pub input: Value,
    /// The idempotency key: the id of its first event.
    pub key: Uuid,
    /// The organisation for which it is recorded.
    pub organisation: &'static str,
    /// By which way: `ui`, or `migration` for what was taken over when the organisation began to use the program.
    pub source: &'static str,
}

/// Somebody whose file is worth opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The participant.
    pub participant: Uuid,
    /// What the file shows. No name.
    pub shows: &'static str,
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.participant, self.shows)
    }
}

/// A history in the making: every act, in the order in which they are recorded.
#[derive(Debug, Clone)]
pub struct Plan {
    seed: u64,
    drafts: Vec<Draft>,
    acts: Vec<Act>,
    examples: Vec<Example>,
}

impl Plan {
    pub(super) fn new(seed: u64, drafts: Vec<Draft>, examples: Vec<Example>) -> Self {
        let acts = schedule::acts(&drafts, seed, Lag::Usual);
        Self { seed, drafts, acts, examples }
    }

    /// The acts, in order of recording.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// How many acts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// True if nothing happens.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// The instant of the first act: where the clock of a rehearsal begins.
    #[must_use]
    pub fn first_instant(&self) -> Option<DateTime<Utc>> {
        self.acts.first().map(|act| act.recorded_at)
    }

    /// Files worth opening.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The history of one organisation alone.
    #[must_use]
    pub fn of(&self, organisation: &str) -> Self {
        let drafts = self.drafts.iter().filter(|draft| draft.part == organisation).cloned().collect();
        Self::new(self.seed, drafts, self.examples.clone())
    }

    /// The first acts of it, in order of recording.
    #[must_use]
    pub fn first(&self, acts: usize) -> Self {
        Self { acts: self.acts.iter().take(acts).cloned().collect(), ..self.clone() }
    }

    /// The same acts on the same days, recorded in another order: days, months or a year later.
    ///
    /// What one thing needs stays in order: a contract is signed before it starts, a post is left before it is filled.
    #[must_use]
    pub fn reordered(&self, seed: u64) -> Self {
        let acts = schedule::acts(&self.drafts, seed, Lag::Wild);
        Self { seed, acts, ..self.clone() }
    }

    /// The same history with one more person, whose contract was recorded by mistake and annulled later.
    #[must_use]
    pub fn with_mistake(&self) -> Self {
        let mut drafts = self.drafts.clone();
        drafts.extend(super::samusocial::mistake(self.seed));
        Self::new(self.seed, drafts, self.examples.clone())
    }
}
