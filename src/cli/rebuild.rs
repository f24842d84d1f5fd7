//! `trajet rebuild`: every view anew from the log.

use super::{Failure, Place, async_runtime, look, table};
use clap::Args;
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;
use store::{EventStore, SystemClock};

/// Fold every view anew from the log, and save it.
#[derive(Debug, Args)]
pub struct Rebuild {
    #[command(flatten)]
    place: Place,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rebuilt {
    position: u64,
    seconds: f64,
    events_per_second: f64,
}

impl Rebuild {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        let _inside = runtime.enter();
        self.place.exists()?;
        let mut setup = self.place.setup(Arc::new(SystemClock));
        setup.use_saved_views = false;
        setup.on_opening = Some(look::opening());
        let engine = crate::Engine::open(setup)?;
        let start = Instant::now();
        let snapshot = engine.runtime.rebuild(&projections::runtime::silent).map_err(Failure::other)?;
        let seconds = start.elapsed().as_secs_f64();
        let head = engine.store.head().borrow().0;
        engine.close().map_err(Failure::other)?;
        let rebuilt = Rebuilt {
            position: snapshot.position.0,
            seconds,
            events_per_second: head as f64 / seconds.max(f64::EPSILON),
        };
        if self.json {
            table::json(&rebuilt);
        } else {
            say!(
                "every view stands at position {} again: {:.2} s, {:.0} events a second",
                rebuilt.position,
                rebuilt.seconds,
                rebuilt.events_per_second
            );
        }
        Ok(())
    }
}
