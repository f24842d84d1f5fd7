//! What is being recorded, as it is recorded.

pub mod follow;
