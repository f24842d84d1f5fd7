//! The public contract: what can be asked, in which words, and how an error is told.
//!
//! Read [`scalars`], [`codes`] and [`ids`] (the words), [`errors`] (every refusal's code) and [`connection`] (pages),
//! then [`mutation`] (what can be recorded) and [`subscription`] (what is being recorded).

pub mod codes;
pub mod connection;
pub mod errors;
pub mod ids;
pub mod indicators;
pub mod mutation;
pub mod scalars;
pub mod subscription;

/// The contract as text.
#[must_use]
pub fn sdl() -> String {
    String::new()
}
