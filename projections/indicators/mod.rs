//! The figures that the field publishes, computed from the rows of the views.
//!
//! Read [`figure`] (what an answer is) and [`source`] (what it is computed from), then any question.

pub mod figure;
pub mod source;

pub use figure::{Exact, Figure};
pub use source::Source;
