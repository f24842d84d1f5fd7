//! The log on disk: segment files of frames, and the mark of the last acknowledged position.
//!
//! Read `frame` (the bytes), `segment` (the files), `mark`, then `reader`. What is a torn tail and what is damage is decided in `open`, one folder up.

pub(super) mod frame;
pub(super) mod mark;
pub(super) mod reader;
pub(super) mod segment;
