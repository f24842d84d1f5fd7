//! The bounds of the runtime, each with its unit and its reason.

use std::time::Duration;

/// The bounds of the runtime. The default suits a machine with some gigabytes; tests make them tiny.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Records read from the store at a time: some hundred kilobytes, so that they stay in the cache of a processor.
    pub page_records_max: usize,
    /// Records held in one pass of a whole fold, about a quarter of a kilobyte each; a longer log takes several passes.
    pub pass_records_max: u64,
    /// A difference of more than one record in this many is made by a whole fold, not stream by stream:
    /// reading each touched stream from its start costs more than reading the log once.
    pub refold_share: u64,
    /// Threads that fold at the same time.
    pub workers: usize,
    /// Streams refolded by one thread; below, starting another one costs more than it saves.
    pub refold_streams_min: usize,
    /// Decoded records kept of the streams touched lately, about half a kilobyte each: what a busy day touches.
    pub recent_records_max: usize,
    /// Moments of the past kept in memory, the least recently asked dropped first.
    pub cuts_kept_max: usize,
    /// Moments of the past being folded or waiting for it; one more is refused, not queued.
    pub cuts_waiting_max: usize,
    /// Streams in one saved chunk: some hundred kilobytes.
    pub chunk_streams_max: usize,
    /// Records after which the views are saved again: what a restart has to fold at most.
    pub save_records: u64,
    /// Time after which the views are saved if anything was recorded.
    pub save_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_records_max: 512,
            pass_records_max: 4_000_000,
            refold_share: 8,
            workers: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            refold_streams_min: 64,
            recent_records_max: 200_000,
            cuts_kept_max: 8,
            cuts_waiting_max: 16,
            chunk_streams_max: 1_000,
            save_records: 200_000,
            save_every: Duration::from_mins(10),
        }
    }
}
