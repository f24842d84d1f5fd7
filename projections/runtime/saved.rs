//! Views kept on disk between two runs, so that a start folds only what was recorded since.
//!
//! What is saved is a convenience: anything that does not fit to the letter is thrown away and folded again.
//! It fits if the view has the same version, was folded under the same law by the same reading of histories,
//! and stands at a record that is still the same one (a log restored from a backup has another).

use crate::runtime::error::ProjectionError;
use crate::runtime::limits::Limits;
use crate::runtime::table::Kept;
use crate::runtime::views::ViewSet;
use crate::snapshot::Snapshot;
use domain::law::Law;
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{EventStore, Position};
use uuid::Uuid;

/// The version of what [`domain::history`] makes of corrections, annulments and days.
/// Another number throws every saved view away.
const READING_VERSION: u32 = 2;

/// Whatever went wrong in keeping saved views. It is told and never stops the views themselves.
pub type SavedError = Box<dyn std::error::Error + Send + Sync>;

/// One view as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The last record that it counts.
    pub position: Position,
    /// Its bytes, in the order and in the pieces in which they were given.
    pub chunks: Vec<Vec<u8>>,
}

/// A place for saved views. It need not be durable: what is lost is folded again.
pub trait SavedViews: Send + Sync + 'static {
    /// Keeps a view in the place of the one saved before under this name.
    ///
    /// # Errors
    /// Whatever the place says; the one saved before may be lost, a half-saved one is found out when it is loaded.
    fn save(
        &self,
        name: &str,
        version: u32,
        position: Position,
        chunks: &mut dyn Iterator<Item = Vec<u8>>,
    ) -> Result<(), SavedError>;

    /// The view saved under this name, if it was saved in this version.
    ///
    /// # Errors
    /// Whatever the place says; the view is folded again.
    fn load(&self, name: &str, version: u32) -> Result<Option<Saved>, SavedError>;
}

/// Why a view was folded from nothing although views are saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// None of this version of the view is saved.
    Missing,
    /// It was saved under another law, or by another reading of histories.
    Outdated,
    /// The log does not hold the record at which it stands: it is another log, or an older copy.
    AnotherLog,
    /// So much was recorded since that folding everything is faster.
    FarBehind,
    /// It cannot be read back.
    Damaged(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("none of this version is saved"),
            Self::Outdated => f.write_str("it was saved under another law, or by another reading of histories"),
            Self::AnotherLog => f.write_str("the log does not hold the record at which it stands"),
            Self::FarBehind => f.write_str("it is so far behind that folding everything is faster"),
            Self::Damaged(what) => write!(f, "it is damaged: {what}"),
        }
    }
}

/// What stands in front of a view's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    /// Law and reading under which it was folded.
    folded_under: Uuid,
    /// The record at its position; none at position 0.
    last: Option<Uuid>,
    /// Chunks that follow.
    chunks: usize,
    /// Streams in them.
    streams: usize,
}

/// A mark of everything beside the log and the view's own version that decides what rows say.
///
/// The law is marked by its debug text: another wording of it costs one rebuild, never a wrong row.
fn folded_under(law: &Law) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("trajet:reading:{READING_VERSION}:law:{law:?}").as_bytes())
}

/// The id of the record at a position.
fn event_at<S: EventStore>(store: &S, position: Position) -> Result<Option<Uuid>, ProjectionError> {
    let Some(before) = position.0.checked_sub(1) else { return Ok(None) };
    Ok(store.read(Position(before), 1)?.first().map(|record| record.event.id))
}

/// Saves every view of a snapshot.
///
/// # Errors
/// Whatever the place or the store says.
pub(super) fn save<S: EventStore, V: ViewSet>(
    place: &dyn SavedViews,
    store: &S,
    law: &Law,
    limits: &Limits,
    snapshot: &Snapshot<V>,
) -> Result<(), SavedError> {
    let last = event_at(store, snapshot.position)?;
    for table in snapshot.views.tables() {
        let per_chunk = limits.chunk_streams_max.max(1);
        let label = Label {
            folded_under: folded_under(law),
            last,
            chunks: table.streams().div_ceil(per_chunk),
            streams: table.streams(),
        };
        let mut failed = None;
        let rows = table.chunks(per_chunk).map_while(|chunk| chunk.map_err(|error| failed = Some(error)).ok());
        let label = rmp_serde::to_vec_named(&label)?;
        let mut chunks = std::iter::once(label).chain(rows).map(marked);
        place.save(table.name(), table.version(), snapshot.position, &mut chunks)?;
        drop(chunks);
        if let Some(error) = failed {
            return Err(error.into());
        }
    }
    Ok(())
}

/// Loads one view into its table and tells where it stands.
pub(super) fn load<S: EventStore>(
    place: &dyn SavedViews,
    store: &S,
    law: &Law,
    table: &mut dyn Kept,
) -> Result<Result<Position, Unfit>, ProjectionError> {
    let saved = match place.load(table.name(), table.version()) {
        Ok(Some(saved)) => saved,
        Ok(None) => return Ok(Err(Unfit::Missing)),
        Err(error) => return Ok(Err(Unfit::Damaged(error.to_string()))),
    };
    let (label, rows) = match label(&saved) {
        Ok(read) => read,
        Err(what) => return Ok(Err(Unfit::Damaged(what))),
    };
    if label.folded_under != folded_under(law) {
        return Ok(Err(Unfit::Outdated));
    }
    if event_at(store, saved.position)? != label.last {
        return Ok(Err(Unfit::AnotherLog));
    }
    Ok(fill(table, &label, rows).map(|()| saved.position).map_err(Unfit::Damaged))
}

fn label(saved: &Saved) -> Result<(Label, &[Vec<u8>]), String> {
    let (first, rows) = saved.chunks.split_first().ok_or("it is empty")?;
    let label = rmp_serde::from_slice(unmarked(first)?).map_err(|error| error.to_string())?;
    Ok((label, rows))
}

fn fill(table: &mut dyn Kept, label: &Label, rows: &[Vec<u8>]) -> Result<(), String> {
    if rows.len() != label.chunks {
        return Err(format!("{} chunks of {}", rows.len(), label.chunks));
    }
    for chunk in rows {
        table.load(unmarked(chunk)?).map_err(|error| error.to_string())?;
    }
    if table.streams() == label.streams {
        Ok(())
    } else {
        Err(format!("{} streams of {}", table.streams(), label.streams))
    }
}

/// A chunk with its checksum behind it.
fn marked(mut chunk: Vec<u8>) -> Vec<u8> {
    let sum = crc32c::crc32c(&chunk);
    chunk.extend_from_slice(&sum.to_le_bytes());
    chunk
}

/// The chunk without its checksum, if that holds.
fn unmarked(chunk: &[u8]) -> Result<&[u8], &'static str> {
    let (chunk, sum) = chunk.split_last_chunk::<4>().ok_or("a chunk is too short")?;
    if crc32c::crc32c(chunk) == u32::from_le_bytes(*sum) { Ok(chunk) } else { Err("a checksum does not hold") }
}
