//! `trajet verify`: the whole log read back and checked.

use super::{Failure, Place, async_runtime, checkpoint, look, table};
use crate::Engine;
use crate::engine::OpenError;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use store::audit::{Checkpoint, VerifierKey};
use store::embedded::VerifyReport;
use store::{EventStore, Position};

/// Read the whole log back and check every record: checksums, positions, revisions, instants, ids, the Merkle tree, and
/// that every fact can be read by this program. Then fold every view anew and compare it with the one in use.
///
/// A log that somebody rewrote with every checksum is right in itself: only a checkpoint that was kept where they could not
/// reach it finds that (`trajet checkpoint`, then --against). Without one, this finds what a disk or a hasty hand did.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    place: Place,
    /// A checkpoint that you kept: prove that the log has only grown since
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// The key that must have signed it, NAME+ID+BASE64 [default: the key of the data directory]
    #[arg(long, value_name = "KEY", requires = "against")]
    key: Option<VerifierKey>,
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
    root: String,
    grown_since: Option<u64>,
    views_equal: bool,
}

impl Verify {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        let _inside = runtime.enter();
        let note = self.against.as_deref().map(checkpoint::read).transpose()?;
        let engine = self.place.open_existing()?;
        let kept = note.map(|note| checkpoint::of_this_log(&engine, &note, self.key.as_ref())).transpose()?;
        let head = *engine.store.head().borrow();
        let bar = look::bar("verifying the log", head.0);
        let mut progress = |done: Position, _: Position| bar.set_position(done.0);
        let sizes: Vec<u64> = kept.iter().map(|kept| kept.size).collect();
        let report = engine.store.verify_at(&sizes, &mut progress).map_err(OpenError::from)?;
        bar.finish_and_clear();
        kept.iter().try_for_each(|kept| compare(&engine, kept, &report))?;
        let in_use = engine.runtime.snapshot();
        let fresh = engine.runtime.rebuild(&projections::runtime::silent).map_err(Failure::other)?;
        let verified = Verified {
            records: report.head.0,
            streams: report.streams,
            frames: report.frames,
            segments: report.segments,
            bytes: report.bytes,
            root: report.root.to_string(),
            grown_since: kept.map(|kept| kept.size),
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
        let grown = verified.grown_since.map_or("none given".to_owned(), |size| format!("{size} records"));
        let row = |what: &str, value: String| vec![what.to_owned(), value];
        table::print(
            &["verified", "found"],
            &[
                row("records", verified.records.to_string()),
                row("streams", verified.streams.to_string()),
                row("commits on disk (frames)", verified.frames.to_string()),
                row("segment files", verified.segments.to_string()),
                row("bytes", verified.bytes.to_string()),
                row("root of the tree (SHA-256)", verified.root.clone()),
                row("only grown since the checkpoint of", grown),
                row("views equal to a fresh fold", if verified.views_equal { "yes" } else { "no" }.to_owned()),
            ],
        );
    }
}

/// The log must begin with the one that the checkpoint tells of: the roots were hashed from the bytes on disk just now.
fn compare(engine: &Engine, kept: &Checkpoint, report: &VerifyReport) -> Result<(), Failure> {
    let head = report.head.0;
    let Some(root) = report.roots.get(&kept.size) else {
        let what = format!("the checkpoint is of {} records, the log has {head}: its end was cut off", kept.size);
        return Err(Failure::Tampered(what));
    };
    let growth = engine.store.consistency(kept.size, head).map_err(OpenError::from)?;
    if *root == kept.root && growth.proves(&kept.root, &report.root) {
        return Ok(());
    }
    Err(Failure::Tampered(format!(
        "the first {} records are not those of the checkpoint (root {root}, kept {}): the log was rewritten; \
compare it with a backup to find the record",
        kept.size, kept.root
    )))
}
