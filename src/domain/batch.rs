//! Import batches: what came in together, from which file, and whether it was reverted.
//!
//! Nobody asks for these events by name: the import records them itself, so there is no command.
//! A batch is reverted by annulling each of its events (`domain.md`, E.6); the annulments are ordinary ones.

use crate::codes::Label;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::ids::BatchId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that happened to an import batch. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The first lines are about to be recorded. Lot ouvert / lot geopend.
    #[serde(rename = "ImportBatchOpened")]
    Opened {
        /// The batch.
        batch: BatchId,
        /// SHA-256 of the file, 64 hexadecimal digits: the file itself is not kept.
        file_sha256: String,
        /// What whoever imports calls it; never the name of the file, which may be somebody's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
    },
    /// Every line is recorded that will be. Lot clôturé / lot afgesloten.
    #[serde(rename = "ImportBatchClosed")]
    Closed {
        /// The batch.
        batch: BatchId,
        /// Lines recorded.
        recorded: u64,
        /// Lines that had been recorded before.
        repeated: u64,
        /// Lines refused.
        refused: u64,
    },
    /// Every event of the batch is annulled. Lot annulé / lot geannuleerd.
    #[serde(rename = "ImportBatchReverted")]
    Reverted {
        /// The batch.
        batch: BatchId,
        /// Events annulled by this.
        annulled: u64,
        /// Events that had been annulled before.
        already_annulled: u64,
    },
}

impl Event {
    const fn batch(&self) -> BatchId {
        match self {
            Self::Opened { batch, .. } | Self::Closed { batch, .. } | Self::Reverted { batch, .. } => *batch,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_one(self.batch(), Role::Batch)
    }

    /// Where it stands among the facts of one day: as it was recorded.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// One import batch as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Day on which it was opened, SHA-256 of the file and what it is called.
    pub opened: Option<(NaiveDate, String, Option<Label>)>,
    /// Day on which it was closed, and its lines.
    pub closed: Option<(NaiveDate, Lines)>,
    /// Day on which it was reverted, events annulled by that and before.
    pub reverted: Option<(NaiveDate, u64, u64)>,
}

/// The lines of a file, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lines {
    /// Recorded.
    pub recorded: u64,
    /// Recorded before.
    pub repeated: u64,
    /// Refused.
    pub refused: u64,
}

impl State {
    /// Folds a batch's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Batch(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Opened { file_sha256, label, .. } => {
                self.opened.get_or_insert_with(|| (on, file_sha256.clone(), label.clone()));
            }
            Event::Closed { recorded, repeated, refused, .. } => {
                let lines = Lines { recorded: *recorded, repeated: *repeated, refused: *refused };
                self.closed = Some((on, lines));
            }
            Event::Reverted { annulled, already_annulled, .. } => {
                self.reverted = Some((on, *annulled, *already_annulled));
            }
        }
    }
}

/// Nothing can be asked of a batch by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Command {}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match *self {}
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        match *self {}
    }

    fn decide(&self, _: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Refusal> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Cut;
    use crate::scenario::Scenario;
    use uuid::Uuid;

    #[test]
    fn a_batch_is_opened_closed_and_reverted() {
        let batch = BatchId(Uuid::from_u128(1));
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let opened = Event::Opened { batch, file_sha256: "ab".repeat(32), label: None };
        let closed = Event::Closed { batch, recorded: 7, repeated: 1, refused: 2 };
        let scenario = Scenario::new().given(day("2022-01-01"), opened).given(day("2022-01-01"), closed);
        let state = State::of(&scenario.history(batch, Cut::default()));
        assert_eq!(state.opened, Some((day("2022-01-01"), "ab".repeat(32), None)));
        assert_eq!(state.closed, Some((day("2022-01-01"), Lines { recorded: 7, repeated: 1, refused: 2 })));
        let reverted = Event::Reverted { batch, annulled: 6, already_annulled: 1 };
        let state = State::of(&scenario.given(day("2022-02-01"), reverted).history(batch, Cut::default()));
        assert_eq!(state.reverted, Some((day("2022-02-01"), 6, 1)));
    }
}
