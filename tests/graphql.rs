//! The public contract, asked of a running server: its schema, its words, its pages, its moments, its bounds.

mod support;

#[path = "graphql/audit.rs"]
mod audit;
#[path = "graphql/bounds.rs"]
mod bounds;
#[path = "graphql/contract.rs"]
mod contract;
#[path = "graphql/due.rs"]
mod due;
#[path = "graphql/house.rs"]
mod house;
#[path = "graphql/merges.rs"]
mod merges;
#[path = "graphql/moments.rs"]
mod moments;
#[path = "graphql/pages.rs"]
mod pages;
