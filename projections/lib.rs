//! Views folded from histories, the runtime that keeps them, and the figures computed from them.

mod view;

pub mod agreements;
pub mod aids;
pub mod cells;
pub mod courses;
pub mod engagements;
pub mod indicators;
pub mod organisations;
pub mod outcomes;
#[cfg(test)]
mod past;
pub mod penalties;
pub mod posts;
pub mod projects;
pub mod standing;
pub mod timeline;
pub mod trainings;

#[cfg(test)]
mod whole_file;

pub use view::View;
