//! Reads records back at their places, neighbours at once.

use super::index::{Index, Place};
use super::log::frame::Entry;
use super::log::segment::Segment;
use crate::codec;
use crate::disk::read_exact;
use crate::{Record, StoreError};
use std::io::ErrorKind;
use std::sync::{RwLock, RwLockReadGuard};

/// Bytes between two records that are cheaper to read than to skip.
const GAP_BYTES: u64 = 4 << 10;
/// Bytes of one read at most, unless one record is longer.
const SPAN_BYTES: u64 = 256 << 10;

/// Neighbouring records that are read at once.
struct Span {
    segment: Segment,
    at: u64,
    end: u64,
    positions: Vec<(u64, u64)>,
}

/// Reads the records at these positions, which are in order; positions that are not there are left out.
pub(super) fn records(index: &RwLock<Index>, positions: impl Iterator<Item = u64>) -> Result<Vec<Record>, StoreError> {
    let mut found = Vec::new();
    each(index, positions, |segment, position, entry| {
        let record = codec::decode_record(entry.record).map_err(|what| segment.damaged(entry.at as u64, what))?;
        if record.position.0 != position {
            return Err(segment.damaged(entry.at as u64, "a record stands at another's place"));
        }
        found.push(record);
        Ok(())
    })?;
    Ok(found)
}

/// Hands over the bytes of the records at these positions; `at` of the entry is its place in the file.
pub(super) fn each(
    index: &RwLock<Index>,
    positions: impl Iterator<Item = u64>,
    mut each: impl FnMut(&Segment, u64, Entry<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut buffer = Vec::new();
    for span in spans(&locked(index), positions) {
        let len = usize::try_from(span.end - span.at).unwrap_or(usize::MAX);
        buffer.resize(len, 0);
        read_exact(span.segment.file.as_ref(), &mut buffer, span.at).map_err(|error| {
            if error.kind() == ErrorKind::UnexpectedEof {
                return span.segment.damaged(span.at, "the file ends before this record");
            }
            span.segment.io()(error)
        })?;
        for (position, at) in span.positions {
            let within = usize::try_from(at - span.at).unwrap_or(usize::MAX);
            let entry = Entry::read(&buffer, within).map_err(|what| span.segment.damaged(at, what))?;
            each(&span.segment, position, Entry { at: usize::try_from(at).unwrap_or(usize::MAX), ..entry })?;
        }
    }
    Ok(())
}

pub(super) fn locked(index: &RwLock<Index>) -> RwLockReadGuard<'_, Index> {
    // The writer changes the index in steps that cannot panic half-way.
    index.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn spans(index: &Index, positions: impl Iterator<Item = u64>) -> Vec<Span> {
    let mut spans: Vec<(usize, Span)> = Vec::new();
    for position in positions {
        let Some(Place { segment, at, len }) = index.place(position) else { continue };
        let end = at + len as u64;
        match spans.last_mut() {
            Some((of, span))
                if *of == segment && at >= span.end && at - span.end <= GAP_BYTES && end - span.at <= SPAN_BYTES =>
            {
                span.end = end;
                span.positions.push((position, at));
            }
            Some(_) | None => {
                let positions = vec![(position, at)];
                spans.push((segment, Span { segment: index.segments[segment].segment.clone(), at, end, positions }));
            }
        }
    }
    spans.into_iter().map(|(_, span)| span).collect()
}
