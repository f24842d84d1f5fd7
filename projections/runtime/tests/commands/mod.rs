//! What holds for any sequence of commands that the house accepts.
//!
//! Commands of every step are drawn over few people, posts, agreements, courses and days, so that they get in each
//! other's way; what is accepted is recorded, as the counter records it. A failing test tells the seed.
//! `TRAJET_HISTORIES=400 cargo test -p projections commands` plays so many histories, `TRAJET_SEED=7` that one alone.
//!
//! Read `dealer` (what a command is drawn from), `draws` and `work` (how each command is), `player`, `properties` (of views),
//! then `rules` (of the field).

mod dealer;
mod draws;
mod player;
mod properties;
mod rules;
mod work;

use super::{block_on, head, plain, start, tiny};
use player::{Kind, Player, Tally};
use std::collections::BTreeMap;
