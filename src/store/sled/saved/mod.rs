//! The index as it is saved in sled: blocks of some thousand records, each written once.
//!
//! Read `block` (the bytes), then `recorder` (fills blocks as records become visible) and `keeper` (writes them).
//! Saving may lag or stop; opening then reads more of the log. A block never lies: it is taken only if it continues the
//! one before, its checksums hold, and the log still holds the very frame with which it ends.

pub(super) mod block;
pub(super) mod keeper;
mod recorder;

pub(super) use recorder::{FrameEnd, Pressure, Recorder};
