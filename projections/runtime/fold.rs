//! Folds histories into rows: of all streams from nothing, or of those that a stretch of the log touched.
//!
//! A rebuild, a start without saved views and a moment of the past are one function, [`all`];
//! following the log, catching up and going back a little are the other, [`touched`].

use crate::runtime::error::ProjectionError;
use crate::runtime::limits::Limits;
use crate::runtime::progress::{Phase, Progress, Report};
use crate::runtime::views::{ViewSet, Wanted};
use crate::runtime::{parallel, read};
use crate::translate::{known, read_stream, stream_of};
use chrono::NaiveDate;
use domain::fact::{Stream, StreamKind};
use domain::history::{Cut, History, Known};
use domain::law::Law;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{EventStore, Position, Revision};

/// How far a fold reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Reach {
    /// The last day that counts.
    pub as_of: Option<NaiveDate>,
    /// The last record that counts.
    pub to: Position,
}

impl Reach {
    fn cut(self) -> Cut {
        Cut { as_of: self.as_of, as_known_at: None, before: Some(self.to.0 + 1) }
    }
}

/// From what and how histories are folded.
pub(super) struct Source<'a, S> {
    pub store: &'a S,
    pub law: &'a Law,
    pub limits: &'a Limits,
}

/// Decoded records by stream, each stream in order of position.
type Groups = HashMap<Stream, Vec<Known>>;

/// One pass over the log: which streams it is for.
#[derive(Clone, Copy)]
struct Pass {
    number: u64,
    of: u64,
    /// Parts into which its streams are divided, to be folded side by side.
    shards: u64,
}

impl Pass {
    /// The part of this pass to which a stream belongs, if it belongs to this pass.
    fn shard(self, stream: Stream) -> Option<usize> {
        // The last bits of an id are random (v4, v7) or hashed (v5); one turn of a mixer makes any others as good.
        let (high, low) = stream.id.as_u64_pair();
        let mixed = (low ^ high.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16;
        let shard = mixed % (self.of * self.shards);
        (shard / self.shards == self.number).then_some((shard % self.shards) as usize)
    }
}

/// Folds all streams from nothing, on all threads.
///
/// The log is cut into one range for each thread, which decodes it and groups it by stream; then the streams are
/// divided and folded side by side. No thread waits for another but once in between.
/// Rows that are the same in `beside` are shared with it.
pub(super) fn all<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    reach: Reach,
    wanted: Wanted<'_>,
    beside: &V,
    report: Report<'_>,
) -> Result<V, ProjectionError> {
    let kinds: Vec<StreamKind> =
        V::default().tables().iter().filter(|table| wanted.has(table.name())).map(|table| table.kind()).collect();
    let limits = source.limits;
    let passes = reach.to.0.div_ceil(limits.pass_records_max.max(1)).max(1);
    let progress = Counter::new(report, passes * reach.to.0);
    let mut folded = Vec::new();
    for number in 0..passes {
        let pass = Pass { number, of: passes, shards: limits.workers.max(1) as u64 * 4 };
        let gathered = parallel::map(ranges(reach.to, limits.workers), limits.workers, |(after, to)| {
            gather(source, (after, to), &kinds, pass, &progress)
        })?;
        let shards = transpose(gathered);
        let of = passes * shards.len() as u64;
        report(Progress { phase: Phase::Folding, done: number * shards.len() as u64, of });
        folded.extend(parallel::map(shards, limits.workers, |groups| {
            shard::<V>(groups, reach.cut(), source.law, wanted)
        })?);
        report(Progress { phase: Phase::Folding, done: folded.len() as u64, of });
    }
    Ok(V::of_folded(folded, beside))
}

/// The log up to a position, in one stretch for each thread: after, up to inclusive.
fn ranges(to: Position, workers: usize) -> Vec<(Position, Position)> {
    let length = to.0.div_ceil(workers.max(1) as u64).max(1);
    (0..to.0)
        .step_by(usize::try_from(length).unwrap_or(usize::MAX))
        .map(|after| (Position(after), Position((after + length).min(to.0))))
        .collect()
}

/// Decodes a stretch of the log and groups it by stream, one map for each shard.
fn gather<S: EventStore>(
    source: &Source<'_, S>,
    (after, to): (Position, Position),
    kinds: &[StreamKind],
    pass: Pass,
    progress: &Counter<'_>,
) -> Result<Vec<Groups>, ProjectionError> {
    let mut groups: Vec<Groups> = (0..pass.shards).map(|_| Groups::new()).collect();
    let mut homes: Vec<(usize, Stream)> = Vec::new();
    read::each_record(source.store, after, to, source.limits.page_records_max, |record| {
        progress.add(record.position);
        homes.clear();
        homes.extend(record.event.about.iter().filter_map(|about| {
            let stream = stream_of(about.stream).filter(|stream| kinds.contains(&stream.kind))?;
            Some((pass.shard(stream)?, stream))
        }));
        // Decoded even if no view of this pass needs it: a record that is not understood is never passed over.
        let known = known(record)?;
        if let Some(((shard, stream), others)) = homes.split_last() {
            for (shard, stream) in others {
                groups[*shard].entry(*stream).or_default().push(known.clone());
            }
            groups[*shard].entry(*stream).or_default().push(known);
        }
        Ok(())
    })?;
    Ok(groups)
}

/// From one list of shards for each range to one list of ranges for each shard.
fn transpose(gathered: Vec<Vec<Groups>>) -> Vec<Vec<Groups>> {
    let mut shards: Vec<Vec<Groups>> = Vec::new();
    for range in gathered {
        for (shard, groups) in range.into_iter().enumerate() {
            if shards.len() <= shard {
                shards.push(Vec::new());
            }
            shards[shard].push(groups);
        }
    }
    shards
}

/// Folds the streams of one shard, whose records come in one map for each range, in order.
fn shard<V: ViewSet>(
    ranges: Vec<Groups>,
    cut: Cut,
    law: &Law,
    wanted: Wanted<'_>,
) -> Result<V::Folded, ProjectionError> {
    let mut ranges = ranges.into_iter();
    let mut groups = ranges.next().unwrap_or_default();
    for later in ranges {
        for (stream, records) in later {
            groups.entry(stream).or_default().extend(records);
        }
    }
    let mut folded = V::Folded::default();
    for (stream, records) in groups {
        one::<V>(stream, records, cut, law, wanted, &mut folded)?;
    }
    Ok(folded)
}

/// Folds one stream. A view that panics is a fault to tell, not a thread to lose.
fn one<V: ViewSet>(
    stream: Stream,
    records: Vec<Known>,
    cut: Cut,
    law: &Law,
    wanted: Wanted<'_>,
    into: &mut V::Folded,
) -> Result<(), ProjectionError> {
    catch_unwind(AssertUnwindSafe(|| V::fold(&History::new(stream, records, cut), law, wanted, into)))
        .map_err(|panic| ProjectionError::Fault { stream, what: text_of(panic.as_ref()) })
}

fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a view panicked".to_owned())
}

/// Moves tables from one position to another, forwards or back: the streams touched in between are folded again.
pub(super) fn touched<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    base: &V,
    from: Position,
    reach: Reach,
    wanted: Wanted<'_>,
) -> Result<V, ProjectionError> {
    let streams = between::<S, V>(source, from.min(reach.to), from.max(reach.to))?;
    let chunk = streams.len().div_ceil(source.limits.workers.max(1)).max(source.limits.refold_streams_min.max(1));
    let chunks: Vec<&[Stream]> = streams.chunks(chunk).collect();
    let folded = parallel::map(chunks, source.limits.workers, |streams| {
        let mut folded = V::Folded::default();
        for stream in streams {
            let page = source.limits.page_records_max;
            let (records, _) = read_stream(source.store, *stream, Revision(0), page)?;
            one::<V>(*stream, records, reach.cut(), source.law, wanted, &mut folded)?;
        }
        Ok(folded)
    })?;
    let mut views = base.clone();
    for folded in folded {
        views.replace(folded);
    }
    Ok(views)
}

/// The streams that the records between two positions stand in, if a view is folded from them.
fn between<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    after: Position,
    to: Position,
) -> Result<Vec<Stream>, ProjectionError> {
    let mut streams = BTreeSet::new();
    read::each_record(source.store, after, to, source.limits.page_records_max, |record| {
        streams.extend(known(record)?.about.iter().map(|about| about.stream));
        Ok(())
    })?;
    Ok(streams.into_iter().filter(|stream| V::reads(stream.kind)).collect())
}

/// Counts records over all threads and reports every few thousand.
struct Counter<'a> {
    done: AtomicU64,
    of: u64,
    report: Report<'a>,
}

/// Records between two reports.
const REPORT_EVERY: u64 = 16_384;

impl<'a> Counter<'a> {
    fn new(report: Report<'a>, of: u64) -> Self {
        report(Progress { phase: Phase::Reading, done: 0, of });
        Self { done: AtomicU64::new(0), of, report }
    }

    fn add(&self, position: Position) {
        if position.0.is_multiple_of(REPORT_EVERY) {
            let done = self.done.fetch_add(REPORT_EVERY, Ordering::Relaxed) + REPORT_EVERY;
            (self.report)(Progress { phase: Phase::Reading, done: done.min(self.of), of: self.of });
        }
    }
}

/// True if so much lies between two positions that folding everything is faster than folding what was touched.
pub(super) fn is_far(from: Position, to: Position, limits: &Limits) -> bool {
    let records = from.0.abs_diff(to.0);
    records > limits.page_records_max as u64 && records.saturating_mul(limits.refold_share) > to.0
}

/// Moves tables from one position to another, forwards or back, by the faster of the two ways.
pub(super) fn moved<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    base: &V,
    from: Position,
    reach: Reach,
) -> Result<V, ProjectionError> {
    if is_far(from, reach.to, source.limits) {
        all(source, reach, Wanted::All, base, &crate::runtime::progress::silent)
    } else {
        touched(source, base, from, reach, Wanted::All)
    }
}
