//! The counter of trajet: what stands between the people who ask and the log that remembers.
//!
//! Read [`engine`] (what there is), [`commands`] and [`queries`] (the two journeys), then the ways in:
//! [`graphql`] and [`http`], [`import`], [`exports`], and [`cli`]; [`access`] is who asks.

pub mod access;
pub mod audit;
pub mod batch;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod engine;
pub mod exports;
pub mod forgetting;
pub mod graphql;
pub mod house;
pub mod http;
pub mod import;
pub mod keyfile;
pub mod numbers;
pub mod publish;
pub mod queries;
pub mod readable;
pub mod sealing;
pub mod simulation;

pub use engine::Engine;

/// The storage engine of this program.
pub type Log = store::embedded::EmbeddedStore;
