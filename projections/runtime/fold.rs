//! Folds histories into rows: of all streams from nothing, or of those that a stretch of the log touched.
//!
//! A rebuild, a start without saved views and a moment of the past are one function, [`all`];
//! following the log, catching up and going back a little are the other, [`touched`].

use crate::runtime::error::ProjectionError;
use crate::runtime::gather::{self, Gathered, Groups, Stretch};
use crate::runtime::limits::Limits;
use crate::runtime::progress::{Phase, Progress, Report};
use crate::runtime::recent::{Beginning, Recent};
use crate::runtime::views::{ViewSet, Wanted};
use crate::runtime::{parallel, read};
use crate::translate::{known, read_stream};
use chrono::NaiveDate;
use domain::fact::{Stream, StreamKind};
use domain::history::{Cut, History, Known};
use domain::kin::Kin;
use domain::law::Law;
use domain::merge;
use std::collections::BTreeSet;
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

/// One pass over the log: which streams it is for.
#[derive(Clone, Copy)]
pub(super) struct Pass {
    number: u64,
    of: u64,
    /// Parts into which its streams are divided, to be folded side by side.
    pub shards: u64,
}

impl Pass {
    /// The part of this pass to which a stream belongs, if it belongs to this pass.
    pub fn shard(self, stream: Stream) -> Option<usize> {
        // The last bits of an id are random (v4, v7) or hashed (v5); one turn of a mixer makes any others as good.
        let (high, low) = stream.id.as_u64_pair();
        let mixed = (low ^ high.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16;
        let shard = mixed % (self.of * self.shards);
        (shard / self.shards == self.number).then_some((shard % self.shards) as usize)
    }
}

/// Folds all streams from nothing, on all threads.
///
/// The log is cut into one stretch for each thread, which groups it by stream; then the streams are
/// divided, decoded and folded side by side. No thread waits for another but once in between.
/// The few files that were merged are then read together and folded once more.
/// Rows that are the same in `beside` are shared with it.
pub(super) fn all<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    reach: Reach,
    wanted: Wanted<'_>,
    beside: &V,
    report: Report<'_>,
) -> Result<V, ProjectionError> {
    let kinds = V::kinds(wanted);
    let limits = source.limits;
    let passes = reach.to.0.div_ceil(limits.pass_records_max.max(1)).max(1);
    let progress = Counter::new(report, passes * reach.to.0);
    let (mut folded, mut merged) = (Vec::new(), BTreeSet::new());
    for number in 0..passes {
        let pass = Pass { number, of: passes, shards: limits.workers.max(1) as u64 * 4 };
        let gathered = parallel::map(ranges(reach.to, limits.workers), limits.workers, |range| {
            gather::stretch(source, range, &kinds, pass, |position| progress.add(position))
        })?;
        let (stretches, shards) = transpose(gathered, pass.shards as usize);
        let of = passes * pass.shards;
        report(Progress { phase: Phase::Folding, done: number * pass.shards, of });
        for (rows, files) in parallel::map(shards, limits.workers, |groups| {
            shard::<V>(&stretches, groups, reach.cut(), source.law, wanted)
        })? {
            folded.push(rows);
            merged.extend(files);
        }
        report(Progress { phase: Phase::Folding, done: folded.len() as u64, of });
    }
    let mut views = V::of_folded(folded, beside);
    views.replace(families::<S, V>(source, merged, reach.cut(), wanted)?);
    Ok(views)
}

/// Folds each of these files with every file that was ever merged with it.
fn families<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    mut files: BTreeSet<Stream>,
    cut: Cut,
    wanted: Wanted<'_>,
) -> Result<V::Folded, ProjectionError> {
    let mut folded = V::Folded::default();
    while let Some(file) = files.pop_first() {
        let records = file_of(source, file)?;
        for done in family::<S, V>(source, file, records, cut, wanted, &mut folded)? {
            files.remove(&done);
        }
    }
    Ok(folded)
}

/// Folds one file and every file that was ever merged with it, and says which these are.
fn family<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    file: Stream,
    records: Vec<Known>,
    cut: Cut,
    wanted: Wanted<'_>,
    into: &mut V::Folded,
) -> Result<Vec<Stream>, ProjectionError> {
    let kin = Kin::gather(file, records, |other| file_of(source, other))?;
    for (stream, history) in kin.histories(cut) {
        whole::<V>(stream, || history, source.law, wanted, into)?;
    }
    Ok(kin.streams().collect())
}

fn file_of<S: EventStore>(source: &Source<'_, S>, file: Stream) -> Result<Vec<Known>, ProjectionError> {
    Ok(read_stream(source.store, file, Revision(0), source.limits.page_records_max)?.0)
}

/// True if the file was ever merged with another one: then it cannot be folded alone.
fn is_merged(records: &[Known]) -> bool {
    records.iter().any(|record| merge::told_by(record).is_some())
}

/// The log up to a position, in one stretch for each thread: after, up to inclusive.
fn ranges(to: Position, workers: usize) -> Vec<(Position, Position)> {
    let length = to.0.div_ceil(workers.max(1) as u64).max(1);
    (0..to.0)
        .step_by(usize::try_from(length).unwrap_or(usize::MAX))
        .map(|after| (Position(after), Position((after + length).min(to.0))))
        .collect()
}

/// Folds the streams of one shard, whose records lie in several stretches, in order.
///
/// Files that were merged with others are named and not folded: the others may lie in another shard.
fn shard<V: ViewSet>(
    stretches: &[Stretch],
    mut groups: Vec<Groups>,
    cut: Cut,
    law: &Law,
    wanted: Wanted<'_>,
) -> Result<(V::Folded, Vec<Stream>), ProjectionError> {
    let (mut folded, mut merged) = (V::Folded::default(), Vec::new());
    for first in 0..groups.len() {
        for (stream, entries) in std::mem::take(&mut groups[first]) {
            let mut records = Vec::with_capacity(entries.len());
            take(&stretches[first], &entries, &mut records)?;
            for later in first + 1..groups.len() {
                if let Some(entries) = groups[later].remove(&stream) {
                    take(&stretches[later], &entries, &mut records)?;
                }
            }
            if is_merged(&records) {
                merged.push(stream);
            } else {
                one::<V>(stream, records, cut, law, wanted, &mut folded)?;
            }
        }
    }
    Ok((folded, merged))
}

fn take(stretch: &Stretch, entries: &[u32], into: &mut Vec<Known>) -> Result<(), ProjectionError> {
    into.reserve(entries.len());
    for entry in entries {
        into.push(stretch.known(*entry)?);
    }
    Ok(())
}

/// From one list of shards for each stretch to one list of stretches for each shard.
fn transpose(gathered: Vec<Gathered>, shards: usize) -> (Vec<Stretch>, Vec<Vec<Groups>>) {
    let mut by_shard: Vec<Vec<Groups>> = (0..shards).map(|_| Vec::new()).collect();
    let mut stretches = Vec::new();
    for (stretch, groups) in gathered {
        stretches.push(stretch);
        for (shard, groups) in by_shard.iter_mut().zip(groups) {
            shard.push(groups);
        }
    }
    (stretches, by_shard)
}

/// Folds one stream that was never merged with another.
fn one<V: ViewSet>(
    stream: Stream,
    records: Vec<Known>,
    cut: Cut,
    law: &Law,
    wanted: Wanted<'_>,
    into: &mut V::Folded,
) -> Result<(), ProjectionError> {
    whole::<V>(stream, || History::new(stream, records, cut), law, wanted, into)
}

/// Folds one history. A view that panics is a fault to tell, not a thread to lose.
fn whole<V: ViewSet>(
    stream: Stream,
    history: impl FnOnce() -> History,
    law: &Law,
    wanted: Wanted<'_>,
    into: &mut V::Folded,
) -> Result<(), ProjectionError> {
    catch_unwind(AssertUnwindSafe(|| V::fold(&history(), law, wanted, into)))
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
    recent: Option<&mut Recent>,
) -> Result<V, ProjectionError> {
    let streams = between(source, from.min(reach.to), from.max(reach.to), &V::kinds(wanted))?;
    let limits = source.limits;
    let chunk = streams.len().div_ceil(limits.workers.max(1)).max(limits.refold_streams_min.max(1));
    // Nothing is kept of a stretch that touches more than can be kept.
    let mut recent = recent.filter(|_| streams.len() < limits.recent_records_max);
    let mut chunks: Vec<Vec<(Stream, Beginning)>> = Vec::new();
    for streams in streams.chunks(chunk) {
        let take = |stream: &Stream| (*stream, recent.as_mut().map(|recent| recent.take(*stream)).unwrap_or_default());
        chunks.push(streams.iter().map(take).collect());
    }
    let keep = recent.is_some();
    let folded =
        parallel::map(chunks, limits.workers, |streams| refold::<S, V>(source, streams, reach.cut(), wanted, keep))?;
    let mut views = base.clone();
    for (folded, read) in folded {
        views.replace(folded);
        for (stream, beginning) in read {
            if let Some(recent) = &mut recent {
                recent.put(stream, beginning);
            }
        }
    }
    Ok(views)
}

/// Some streams' rows, and what was read of them if it is to be kept.
type Refolded<F> = (F, Vec<(Stream, Beginning)>);

/// Folds some streams, reading on from where they were read to before.
fn refold<S: EventStore, V: ViewSet>(
    source: &Source<'_, S>,
    streams: Vec<(Stream, Beginning)>,
    cut: Cut,
    wanted: Wanted<'_>,
    keep: bool,
) -> Result<Refolded<V::Folded>, ProjectionError> {
    let mut folded = V::Folded::default();
    let mut read = Vec::new();
    for (stream, mut beginning) in streams {
        beginning.read_on(source.store, stream, source.limits.page_records_max)?;
        let records = if keep { beginning.records.clone() } else { std::mem::take(&mut beginning.records) };
        if is_merged(&records) {
            // What one file is told changes what its survivor says, or did: all of them are folded again.
            family::<S, V>(source, stream, records, cut, wanted, &mut folded)?;
        } else {
            one::<V>(stream, records, cut, source.law, wanted, &mut folded)?;
        }
        if keep {
            read.push((stream, beginning));
        }
    }
    Ok((folded, read))
}

/// The streams of these kinds in which the records between two positions stand.
fn between<S: EventStore>(
    source: &Source<'_, S>,
    after: Position,
    to: Position,
    kinds: &[StreamKind],
) -> Result<Vec<Stream>, ProjectionError> {
    let mut streams = BTreeSet::new();
    read::each_record(source.store, after, to, source.limits.page_records_max, |record| {
        streams.extend(known(record)?.about.iter().map(|about| about.stream));
        Ok(())
    })?;
    Ok(streams.into_iter().filter(|stream| kinds.contains(&stream.kind)).collect())
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
    recent: &mut Recent,
) -> Result<V, ProjectionError> {
    if is_far(from, reach.to, source.limits) {
        all(source, reach, Wanted::All, base, &crate::runtime::progress::silent)
    } else {
        touched(source, base, from, reach, Wanted::All, Some(recent))
    }
}
