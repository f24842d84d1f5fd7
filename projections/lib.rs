//! Views folded from histories, and the runtime that keeps them.

mod view;

pub use view::View;
