//! Who asks, what they may see, and what is remembered of it.
//!
//! Read [`caller`] (who asks).

pub mod caller;

pub use caller::Caller;
