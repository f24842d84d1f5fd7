//! The thread that writes blocks into sled, beside the writer.

use super::block::Block;
use super::recorder::Pressure;
use crate::embedded::derived::{Derived, Warn};
use crate::embedded::index::Index;
use crate::shapes::Shapes;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Blocks that wait to be saved: two million records, 25 MB.
const BLOCKS_WAITING: usize = 256;

/// The way to the keeper.
pub(in crate::embedded) struct Keeping(SyncSender<Made>);

/// What is saved.
enum Made {
    Block(Block),
    /// The hashes of a group of tiles, by its number.
    Tiles(u64, Vec<u8>),
}

impl Keeping {
    /// Begins the block whose first record is `position`, which the index holds already but for its streams.
    pub fn begin(&self, index: &Index, position: u32) -> Block {
        Block {
            segment: index.segments.last().map_or(0, |placed| placed.segment.first),
            first: position.into(),
            last: position.into(),
            frame_at: 0,
            end: 0,
            crc: 0,
            recorded_at_us: 0,
            streams_before: u32::try_from(index.postings.len()).unwrap_or(u32::MAX),
            streams: Vec::new(),
            shapes: Shapes::default(),
            body: Vec::new(),
        }
    }

    /// Hands a block over; false if the keeper takes no more.
    pub fn give(&self, block: Block, pressure: Pressure) -> bool {
        self.hand_over(Made::Block(block), pressure)
    }

    /// Hands a group of tiles over. One that is dropped is hashed again at the next start.
    pub fn tiles(&self, group: u64, hashes: Vec<u8>, pressure: Pressure) {
        self.hand_over(Made::Tiles(group, hashes), pressure);
    }

    fn hand_over(&self, made: Made, pressure: Pressure) -> bool {
        match pressure {
            Pressure::Wait => self.0.send(made).is_ok(),
            Pressure::Drop => self.0.try_send(made).is_ok(),
        }
    }
}

/// Starts the keeper; it ends when its [`Keeping`] is dropped.
pub(in crate::embedded) fn start(derived: Derived, warn: Warn) -> std::io::Result<(Keeping, JoinHandle<()>)> {
    let (give, take) = sync_channel(BLOCKS_WAITING);
    let thread = std::thread::Builder::new().name("store-keeper".into()).spawn(move || keep(&derived, &take, &warn))?;
    Ok((Keeping(give), thread))
}

fn keep(derived: &Derived, take: &Receiver<Made>, warn: &Warn) {
    for made in take {
        let saved = match made {
            Made::Block(block) => derived.save_block(block.first, &block.to_bytes()),
            Made::Tiles(group, hashes) => derived.save_tiles(group, &hashes),
        };
        if let Err(why) = saved {
            warn(format!("the index is not saved any more, the next start will take longer: {why}"));
            return;
        }
    }
    if let Err(why) = derived.flush() {
        warn(format!("the index may not be saved, the next start may take longer: {why}"));
    }
}
