//! Who read whom is remembered: by every way in, before the answer leaves, and once a sitting.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod support;

#[path = "access/cli.rs"]
mod cli;
#[path = "access/house.rs"]
mod house;
#[path = "access/ledger.rs"]
mod ledger;
#[path = "access/schema.rs"]
mod schema;
#[path = "access/served.rs"]
mod served;
