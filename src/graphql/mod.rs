//! The public contract: what can be asked, in which words, and how an error is told.
//!
//! Read [`scalars`], [`codes`] and [`ids`] (the words), [`errors`] (every refusal's code) and [`connection`] (pages).

pub mod codes;
pub mod connection;
pub mod errors;
pub mod ids;
pub mod scalars;

/// SDL.
pub fn sdl() -> String {
    String::new()
}
