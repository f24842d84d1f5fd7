//! The public contract, asked of a running server: its schema, its words, its pages, its moments, its bounds.

#[allow(clippy::panic, reason = "a test that fails says what it was answered")]
mod support;

#[path = "graphql/bounds.rs"]
mod bounds;
#[path = "graphql/contract.rs"]
mod contract;
#[path = "graphql/house.rs"]
mod house;
#[path = "graphql/moments.rs"]
mod moments;
#[path = "graphql/pages.rs"]
mod pages;
