//! The tree over the log: taken over from sled as far as it goes, hashed from the log where it does not, grown by the writer.
//!
//! What sled holds of it follows from the log, and is a witness all the same: `verify` compares it with what it hashes.

use super::bulk;
use super::derived::{Derived, guarded, with_checksum, without_checksum};
use super::index::Index;
use super::read::{each, locked};
use super::saved::{Pressure, Recorder};
use super::writer::Shared;
pub(super) use crate::audit::tree::TILE_RECORDS;
use crate::audit::tree::Tree;
use crate::audit::{Hash, leaf_hash};
use crate::{Position, StoreError};
use std::sync::RwLock;

/// Tiles that are saved together: two KB for 16,384 records.
const GROUP_TILES: usize = 64;
/// Records of such a group.
const GROUP_RECORDS: u64 = GROUP_TILES as u64 * TILE_RECORDS;

/// The tree of the whole log, as the index tells it.
pub(super) fn restore(
    index: &RwLock<Index>,
    derived: Option<&Derived>,
    warn: &dyn Fn(String),
) -> Result<Tree, StoreError> {
    let last = locked(index).last;
    let mut tree = Tree::of_tiles(derived.map(|derived| saved(index, derived, last, warn)).unwrap_or_default());
    let hash = |_: u64, record: &[u8]| Ok(leaf_hash(record));
    bulk::for_each(index, Position(tree.size()), Position(last), hash, &mut |leaf| tree.push(leaf))?;
    Ok(tree)
}

/// The tiles that sled holds, if the last of their records is the one in the log.
fn saved(index: &RwLock<Index>, derived: &Derived, last: u64, warn: &dyn Fn(String)) -> Vec<Hash> {
    let (tiles, leaf) = derived.tiles().unwrap_or_else(|why| {
        warn(format!("part of the saved tree is made again from the log: {why}"));
        (Vec::new(), None)
    });
    let Some(leaf) = leaf else { return Vec::new() };
    let end = tiles.len() as u64 * TILE_RECORDS;
    let found = (end <= last).then(|| leaves(index, end..=end).ok()?.pop()).flatten();
    if found == Some(leaf) {
        return tiles;
    }
    warn("the saved tree does not fit the log and is made again".into());
    if let Err(why) = derived.forget_tiles() {
        warn(why);
    }
    Vec::new()
}

/// The leaves of the records at these positions.
pub(super) fn leaves(index: &RwLock<Index>, positions: impl Iterator<Item = u64>) -> Result<Vec<Hash>, StoreError> {
    let mut leaves = Vec::new();
    each(index, positions, |_, _, entry| {
        leaves.push(leaf_hash(entry.record));
        Ok(())
    })?;
    Ok(leaves)
}

/// Saves whole groups of tiles once each.
#[derive(Debug, Default)]
pub(super) struct Groups {
    given: usize,
}

impl Groups {
    /// What stands in a tree that was just opened and is not saved is handed over now.
    pub fn new(tree: &Tree, recorder: &Recorder, index: &RwLock<Index>) -> Self {
        let mut groups = Self::default();
        let leaf = |position| leaves(index, position..=position).ok()?.pop();
        groups.save(tree, recorder, Pressure::Wait, leaf);
        groups
    }

    /// Hands over what is whole and was not handed over; `leaf` gives the hash of the record at a position.
    pub fn save(&mut self, tree: &Tree, recorder: &Recorder, pressure: Pressure, leaf: impl Fn(u64) -> Option<Hash>) {
        while let Some(group) = tree.tiles().chunks_exact(GROUP_TILES).nth(self.given) {
            let Some(last) = leaf((self.given as u64 + 1) * GROUP_RECORDS) else { return };
            let bytes = group.iter().chain([&last]).flat_map(|hash| hash.0).collect();
            recorder.tiles(self.given as u64, bytes, pressure);
            self.given += 1;
        }
    }
}

impl Derived {
    /// Saves a group of tiles, and behind them the leaf of the last record of the last tile.
    pub fn save_tiles(&self, group: u64, bytes: &[u8]) -> Result<(), String> {
        let tree = self.tree("tiles")?;
        guarded(|| tree.insert(group.to_be_bytes(), with_checksum(bytes)).map(|_| ()))
    }

    /// The groups that follow each other from the first on, and the leaf behind the last.
    fn tiles(&self) -> Result<(Vec<Hash>, Option<Hash>), String> {
        let tree = self.tree("tiles")?;
        let (mut tiles, mut leaf) = (Vec::new(), None);
        guarded(|| {
            for (group, found) in tree.iter().enumerate() {
                let (key, value) = found?;
                let hashes = without_checksum(&value).filter(|bytes| bytes.len() == (GROUP_TILES + 1) * 32);
                let Some(bytes) = hashes.filter(|_| *key == (group as u64).to_be_bytes()) else { break };
                let mut hashes: Vec<Hash> = bytes.as_chunks().0.iter().copied().map(Hash).collect();
                leaf = hashes.pop();
                tiles.extend(hashes);
            }
            Ok(())
        })?;
        Ok((tiles, leaf))
    }

    fn forget_tiles(&self) -> Result<(), String> {
        let tree = self.tree("tiles")?;
        guarded(|| tree.clear())
    }
}

/// What is asked of the tree of a log that others write to meanwhile.
impl Shared {
    pub(super) fn tree(&self) -> std::sync::RwLockReadGuard<'_, Tree> {
        self.tree.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Asks the tree, which must have `size` leaves; the leaves of whole tiles are hashed from the log.
    pub(super) fn ask<T>(
        &self,
        size: u64,
        question: impl FnOnce(&Tree, crate::audit::tree::Leaves<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let tree = self.tree();
        let last = locked(&self.index).last.min(tree.size());
        if size > last {
            return Err(super::out_of_reach("number of records asked for", size, last));
        }
        // The tree may be a frame ahead of the index; what is asked for is not.
        let mut tile = |tile: u64| leaves(&self.index, tile * TILE_RECORDS + 1..=size.min((tile + 1) * TILE_RECORDS));
        question(&tree, &mut tile)
    }
}
