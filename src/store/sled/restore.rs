//! Takes the saved index over, if the log still holds what it describes.

use super::Progress;
use super::derived::Derived;
use super::ids::Ids;
use super::index::Index;
use super::log::reader::{FrameReader, Next};
use super::log::segment::Segment;
use super::saved::block::Block;

/// Where reading the log goes on.
#[derive(Default)]
pub(super) struct Resume {
    /// Which segment.
    pub segment: usize,
    /// Where in it; 0 if the segment is not begun in the index.
    pub at: u64,
    /// CRC of the frame before.
    pub link: u32,
}

/// Fills `index` from the blocks that sled holds, or leaves it empty and has everything read again.
pub(super) fn restore(
    (index, derived): (Index, Option<&Derived>),
    segments: &[Segment],
    progress: &dyn Fn(Progress),
) -> (Index, Resume) {
    let Some(derived) = derived else { return (index, Resume::default()) };
    let key = index.key;
    let warn = |why: String| progress(Progress::Warning(why));
    let blocks = derived.blocks(&warn);
    let covered = blocks.last().map_or(0, |block| block.last);
    let restored = last_frame(&blocks, segments).and_then(|resume| Some((fill(index, &blocks, segments)?, resume)));
    let forget_from = if restored.is_some() || blocks.is_empty() { covered + 1 } else { 0 };
    if forget_from == 0 {
        warn("the saved index does not fit the log and is made again".into());
    }
    if let Err(why) = derived.forget_blocks(forget_from) {
        warn(why);
    }
    restored.unwrap_or_else(|| (Index::new(key), Resume::default()))
}

/// Checks that the blocks follow the segments and that the log holds the frame with which the last block ends.
fn last_frame(blocks: &[Block], segments: &[Segment]) -> Option<Resume> {
    let mut nth = 0;
    for (before, block) in std::iter::once(None).chain(blocks.iter().map(Some)).zip(blocks) {
        let moved = before.is_some_and(|before| before.segment != block.segment);
        nth += usize::from(moved);
        let begins = before.is_none() || moved;
        if segments.get(nth)?.first != block.segment || (begins && block.first != block.segment) {
            return None;
        }
    }
    let last = blocks.last()?;
    let mut reader = FrameReader::new(segments[nth].clone(), last.frame_at);
    match reader.next().ok()? {
        Next::Frame { header, .. } => {
            let same = header.crc == last.crc && header.first + u64::from(header.count) - 1 == last.last;
            (same && reader.at() == last.end).then_some(Resume { segment: nth, at: last.end, link: last.crc })
        }
        Next::End | Next::Bad(_) => None,
    }
}

/// Fills the index, ids on one thread and the rest on another.
fn fill(mut index: Index, blocks: &[Block], segments: &[Segment]) -> Option<Index> {
    let last = blocks.last()?.last;
    let ids = std::thread::scope(|scope| {
        let ids = scope.spawn(|| fill_ids(blocks, usize::try_from(last).ok()?));
        let filled = fill_places(&mut index, blocks, segments);
        ids.join().ok().flatten().filter(|_| filled.is_some())
    })?;
    index.ids = ids;
    index.last = last;
    let newest = blocks.last()?;
    index.end_frame(newest.end, newest.recorded_at_us);
    Some(index)
}

fn fill_ids(blocks: &[Block], records: usize) -> Option<Ids> {
    let mut ids = Ids::with_room(records + records / 8);
    for block in blocks {
        let mut position = u32::try_from(block.first).ok()?;
        block.records(|_, hash, streams| {
            ids.insert(hash, position);
            position += 1;
            streams.for_each(drop);
        })?;
    }
    Some(ids)
}

fn fill_places(index: &mut Index, blocks: &[Block], segments: &[Segment]) -> Option<()> {
    let mut nth = 0;
    for block in blocks {
        if index.segments.last().is_none_or(|placed| placed.segment.first != block.segment) {
            index.begin_segment(segments.get(nth)?.clone());
            nth += 1;
        }
        if block.streams_before as usize != index.postings.len() {
            return None;
        }
        for stream in &block.streams {
            index.numbers.insert(*stream, u32::try_from(index.postings.len()).ok()?);
            index.postings.push(Vec::new());
        }
        index.shapes.extend(&block.shapes);
        let placed = index.segments.last_mut()?;
        let postings = &mut index.postings;
        let mut position = u32::try_from(block.first).ok()?;
        let mut known = true;
        block.records(|at, _, streams| {
            placed.offsets.push(at);
            streams.for_each(|number| match postings.get_mut(number as usize) {
                Some(positions) => positions.push(position),
                None => known = false,
            });
            position += 1;
        })?;
        if !known {
            return None;
        }
        placed.end = block.end;
    }
    Some(())
}
