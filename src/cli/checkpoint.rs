//! `trajet checkpoint` and `trajet prove`: the signed tree head, and proofs about it.

use super::{Failure, Place, table};
use crate::Engine;
use crate::audit::plain;
use clap::{Args, Subcommand};
use serde_json::json;
use std::fs;
use std::path::Path;
use store::Position;
use store::audit::{Checkpoint as Head, Hash, SignedCheckpoint, VerifierKey, leaf_hash};

/// Print the signed tree head of the log (a C2SP checkpoint), for somebody else to keep.
///
/// Kept elsewhere it proves later, with `trajet verify --against FILE`, that nothing recorded by then was changed, moved,
/// reordered or removed: whoever holds this directory can rewrite the log and sign it again, but not make it fit a
/// checkpoint that they cannot reach.
#[derive(Debug, Args)]
pub struct Checkpoint {
    #[command(flatten)]
    place: Place,
    /// Of the first N records [default: all]
    #[arg(long, value_name = "N")]
    size: Option<u64>,
    /// Print the key that verifies checkpoints of this log instead, for whoever checks them
    #[arg(long, conflicts_with = "size")]
    key: bool,
}

impl Checkpoint {
    pub fn run(self) -> Result<(), Failure> {
        let engine = self.place.open_existing()?;
        let text = if self.key {
            Ok(engine.signing.verifier().to_string())
        } else {
            let size = self.size.unwrap_or_else(|| engine.store.tree_size());
            engine.checkpoint_at(size).map(|signed| signed.to_string()).map_err(Failure::other)
        };
        engine.close().map_err(Failure::other)?;
        say!("{}", text?.trim_end());
        Ok(())
    }
}

/// Print a proof as JSON: hashes are base64, as in the checkpoint (RFC 6962, RFC 9162).
#[derive(Debug, Args)]
pub struct Prove {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// That a record stands in the log
    Inclusion {
        /// The record's position, from 1
        position: u64,
        /// In the first N records [default: all]
        #[arg(long, value_name = "N")]
        size: Option<u64>,
        #[command(flatten)]
        place: Place,
    },
    /// That the log has only grown
    Consistency {
        /// From this number of records
        from: u64,
        /// To this number of records [default: all]
        to: Option<u64>,
        #[command(flatten)]
        place: Place,
    },
}

impl Prove {
    pub fn run(self) -> Result<(), Failure> {
        let (What::Inclusion { place, .. } | What::Consistency { place, .. }) = &self.what;
        let engine = place.open_existing()?;
        let proof = self.what.prove(&engine);
        engine.close().map_err(Failure::other)?;
        table::json(&proof?);
        Ok(())
    }
}

impl What {
    fn prove(&self, engine: &Engine) -> Result<serde_json::Value, Failure> {
        let store = &engine.store;
        let all = store.tree_size();
        let base64 = |hash: &Hash| plain::base64(&hash.0);
        let path = |path: &[Hash]| path.iter().map(base64).collect::<Vec<_>>();
        match self {
            Self::Inclusion { position, size, .. } => {
                let size = size.unwrap_or(all);
                let proof = store.inclusion(Position(*position), size).map_err(Failure::other)?;
                let stored = store.stored(Position(*position)).map_err(Failure::other)?;
                let root = store.root(size).map_err(Failure::other)?;
                Ok(
                    json!({"position": position, "size": size, "root": base64(&root), "leaf": base64(&leaf_hash(&stored)),
                    "stored": plain::base64(&stored), "proof": path(&proof.path)}),
                )
            }
            Self::Consistency { from, to, .. } => {
                let to = to.unwrap_or(all);
                let proof = store.consistency(*from, to).map_err(Failure::other)?;
                let (before, after) = (store.root(*from), store.root(to));
                let (before, after) = (before.map_err(Failure::other)?, after.map_err(Failure::other)?);
                Ok(json!({"from": from, "fromRoot": base64(&before), "to": to, "toRoot": base64(&after),
                    "proof": path(&proof.path)}))
            }
        }
    }
}

/// Reads a checkpoint that somebody kept.
pub fn read(path: &Path) -> Result<SignedCheckpoint, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    SignedCheckpoint::parse(&text).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}

/// The checkpoint if it was signed for this log: by `key`, or else by the key of this directory.
pub fn of_this_log(engine: &Engine, note: &SignedCheckpoint, key: Option<&VerifierKey>) -> Result<Head, Failure> {
    let own = engine.signing.verifier();
    let head = key.unwrap_or(&own).verify(note).map_err(|error| {
        let which = if key.is_some() { "the key given with --key" } else { "the key of this directory" };
        Failure::Refused(format!("the checkpoint does not hold under {which}: {error}"))
    })?;
    Ok(head)
}
