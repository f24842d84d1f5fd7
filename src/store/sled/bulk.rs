//! Reads the log from front to back: threads read and decode batches, the caller gets the records in order.

use super::index::Index;
use super::log::frame::Entry;
use super::log::segment::Segment;
use super::read::{each, locked};
use crate::{Position, StoreError};
use std::ops::RangeInclusive;
use std::sync::RwLock;
use std::sync::mpsc::sync_channel;

/// Records of one batch at most.
const BATCH_RECORDS: u64 = 2048;
/// Bytes of one batch, but for its last record.
const BATCH_BYTES: usize = 1 << 20;
/// Decoded batches that wait for the caller, per thread.
const BATCHES_WAITING: usize = 2;
/// Threads at most; the caller's own work soon sets the pace.
const THREADS_MAX: usize = 8;

/// Hands over every record after `after` up to `upto`, in order, as `decode` makes it of its position and bytes.
pub(super) fn for_each<T: Send>(
    index: &RwLock<Index>,
    after: Position,
    upto: Position,
    decode: impl Fn(u64, &[u8]) -> Result<T, String> + Sync,
    f: &mut dyn FnMut(T),
) -> Result<(), StoreError> {
    let batches = batches(&locked(index), after.0, upto.0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX).min(batches.len());
    std::thread::scope(|scope| {
        let mut results = Vec::with_capacity(threads);
        for nth in 0..threads {
            let (give, take) = sync_channel(BATCHES_WAITING);
            let (mine, decode) = (batches.iter().skip(nth).step_by(threads), &decode);
            scope.spawn(move || {
                // Giving fails when the caller has met an error and listens no more.
                mine.map(|batch| decode_batch(index, batch, decode)).try_for_each(|made| give.send(made)).ok()
            });
            results.push(take);
        }
        // Batches were dealt by turns, so taking by turns gives them back in order.
        for nth in 0..batches.len() {
            match results[nth % threads].recv() {
                Ok(batch) => batch?.into_iter().for_each(&mut *f),
                Err(_) => return Err(StoreError::Broken("a reading thread ended".into())),
            }
        }
        Ok(())
    })
}

fn decode_batch<T>(
    index: &RwLock<Index>,
    batch: &RangeInclusive<u64>,
    decode: &impl Fn(u64, &[u8]) -> Result<T, String>,
) -> Result<Vec<T>, StoreError> {
    let mut made = Vec::new();
    each(index, batch.clone(), |segment: &Segment, position: u64, entry: Entry<'_>| {
        made.push(decode(position, entry.record).map_err(|what| segment.damaged(entry.at as u64, what))?);
        Ok(())
    })?;
    Ok(made)
}

/// Cuts the positions after `after` up to `upto` into batches of bounded size.
fn batches(index: &Index, after: u64, upto: u64) -> Vec<RangeInclusive<u64>> {
    let upto = upto.min(index.last);
    let mut batches = Vec::new();
    let from = after.saturating_add(1);
    let (mut start, mut bytes) = (from, 0);
    for position in from..=upto {
        bytes += index.place(position).map_or(0, |place| place.len);
        if bytes >= BATCH_BYTES || position + 1 - start >= BATCH_RECORDS || position == upto {
            batches.push(start..=position);
            (start, bytes) = (position + 1, 0);
        }
    }
    batches
}
