//! The figures that the field publishes, computed from the rows of the views.
//!
//! Read [`figure`] (what an answer is) and [`source`] (what it is computed from), then any question.

pub mod figure;
pub mod period;
pub mod source;
pub mod spells;

pub use figure::{Exact, Figure};
pub use period::Period;
pub use source::Source;
