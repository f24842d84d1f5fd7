//! Playing a plan through the real commands, with the clock of the history.

use super::plan::{Act, Plan};
use crate::Engine;
use crate::clock::Rehearsal;
use crate::commands::{CommandError, Origin, Receipt, Request};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::join_all;
use store::{Actor, Position};
use uuid::Uuid;

/// What came of a play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Played {
    /// Acts that were recorded now.
    pub recorded: usize,
    /// Acts that had been recorded before.
    pub repeated: usize,
    /// Events of all acts.
    pub events: usize,
    /// Position of the last record of the plan.
    pub last: Position,
}

/// An act was not recorded. What came before it was; playing the plan again goes on from there.
#[derive(Debug, thiserror::Error)]
#[error("act {index} of the plan ({command} of {on}, recorded at {recorded_at}, key {key}): {why}")]
pub struct PlayError {
    /// Its place in the plan, from 0.
    pub index: usize,
    /// The name of the command.
    pub command: &'static str,
    /// The day on which it happened.
    pub on: NaiveDate,
    /// The instant of the clock.
    pub recorded_at: DateTime<Utc>,
    /// Its key.
    pub key: Uuid,
    /// Why.
    #[source]
    pub why: Why,
}

/// Why an act was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// The command was not recorded.
    #[error(transparent)]
    NotRecorded(#[from] CommandError),
}

/// Plays every act of a plan, instant by instant; the engine's clock must be the one given.
///
/// Acts of one instant are given to the log together, so that it groups them into one write; they reach it in the
/// order of the plan. `progress` is told how many acts are done, of how many. A plan that was played adds nothing.
///
/// # Errors
/// [`PlayError`] names the first act that was refused, and why; a demonstration is lawful, so this is a mistake in it.
pub async fn play(
    engine: &Engine,
    clock: &Rehearsal,
    plan: &Plan,
    mut progress: impl FnMut(usize, usize),
) -> Result<Played, PlayError> {
    let acts = plan.acts();
    let (mut played, mut done) = (Played::default(), 0);
    for wave in acts.chunk_by(|one, next| one.recorded_at == next.recorded_at) {
        if let Some(first) = wave.first() {
            clock.set(first.recorded_at);
        }
        let answers = join_all(wave.iter().map(|act| execute(engine, act))).await;
        for (answer, act) in answers.into_iter().zip(wave) {
            let receipt = answer.map_err(|why| failed(done, act, why))?;
            played.count(&receipt);
            done += 1;
        }
        progress(done, acts.len());
    }
    Ok(played)
}

async fn execute(engine: &Engine, act: &Act) -> Result<Receipt, Why> {
    let command = engine.parse(act.command, act.key, act.input.clone())?;
    let actor = Actor {
        user: format!("demo@{}", act.organisation),
        role: "case-worker".to_owned(),
        organisation: act.organisation.to_owned(),
    };
    let origin = Origin {
        actor,
        on_behalf_of: None,
        source: act.source.to_owned(),
        batch: None,
        causation: None,
        correlation: None,
    };
    Ok(engine.execute(&Request { key: act.key, command, expected_revision: None, origin }).await?)
}

fn failed(index: usize, act: &Act, why: Why) -> PlayError {
    PlayError { index, command: act.command, on: act.on, recorded_at: act.recorded_at, key: act.key, why }
}

impl Played {
    fn count(&mut self, receipt: &Receipt) {
        if receipt.repeated {
            self.repeated += 1;
        } else {
            self.recorded += 1;
        }
        self.events += receipt.events.len();
        self.last = self.last.max(receipt.position);
    }
}
