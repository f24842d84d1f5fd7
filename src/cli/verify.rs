//! `trajet verify`: the whole log read back and checked.

use super::{Failure, Place, async_runtime, look, table};
use crate::engine::OpenError;
use clap::Args;
use serde::Serialize;
use store::{EventStore, Position};

/// Read the whole log back and check every record: checksums, positions, revisions, instants, ids, and that every
/// fact can be read by this program. Then fold every view anew and compare it with the one in use.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    place: Place,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Verified {
    records: u64,
    streams: usize,
    frames: u64,
    segments: usize,
    bytes: u64,
    views_equal: bool,
}

impl Verify {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        let _inside = runtime.enter();
        let engine = self.place.open_existing()?;
        let head = *engine.store.head().borrow();
        let bar = look::bar("verifying the log", head.0);
        let mut progress = |done: Position, _: Position| bar.set_position(done.0);
        let report = engine.store.verify(&mut progress).map_err(OpenError::from)?;
        bar.finish_and_clear();
        let in_use = engine.runtime.snapshot();
        let fresh = engine.runtime.rebuild(&projections::runtime::silent).map_err(Failure::other)?;
        let verified = Verified {
            records: report.head.0,
            streams: report.streams,
            frames: report.frames,
            segments: report.segments,
            bytes: report.bytes,
            views_equal: in_use.views == fresh.views,
        };
        engine.close().map_err(Failure::other)?;
        self.tell(&verified);
        if verified.views_equal {
            Ok(())
        } else {
            Err(Failure::Other("the saved views were not what the log says; they were folded anew and saved".into()))
        }
    }

    fn tell(&self, verified: &Verified) {
        if self.json {
            table::json(verified);
            return;
        }
        let row = |what: &str, value: String| vec![what.to_owned(), value];
        table::print(
            &["verified", "found"],
            &[
                row("records", verified.records.to_string()),
                row("streams", verified.streams.to_string()),
                row("commits on disk (frames)", verified.frames.to_string()),
                row("segment files", verified.segments.to_string()),
                row("bytes", verified.bytes.to_string()),
                row("views equal to a fresh fold", if verified.views_equal { "yes" } else { "no" }.to_owned()),
            ],
        );
    }
}
