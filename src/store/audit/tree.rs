//! The tree as it is kept: the hash of each whole tile of 256 records and of what stands above, and the open tile's leaves.
//!
//! That is 64 bytes for 256 records. A leaf inside a whole tile is hashed again from the log when a proof asks for it.

use super::{Hash, empty_root, node_hash};
use crate::StoreError;

/// Records of one tile: what a proof reads and hashes at most, a few milliseconds' worth less than a tenth.
pub(crate) const TILE_RECORDS: u64 = 256;

/// The hashes that are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Whole subtrees: of one tile, of two, of four, …
    levels: Vec<Vec<Hash>>,
    /// Leaves behind the last whole tile.
    open: Vec<Hash>,
}

/// Gives the hashes of the leaves of one whole tile, by its number from 0.
pub(crate) type Leaves<'a> = &'a mut dyn FnMut(u64) -> Result<Vec<Hash>, StoreError>;

impl Tree {
    /// A tree of whole tiles.
    pub fn of_tiles(tiles: impl IntoIterator<Item = Hash>) -> Self {
        let mut tree = Self::default();
        tiles.into_iter().for_each(|tile| tree.push_tile(tile));
        tree
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.tiles().len() as u64 * TILE_RECORDS + self.open.len() as u64
    }

    /// The hashes of the whole tiles.
    pub fn tiles(&self) -> &[Hash] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        self.open.push(leaf);
        if self.open.len() as u64 == TILE_RECORDS {
            let tile = root(&self.open);
            self.open.clear();
            self.push_tile(tile);
        }
    }

    fn push_tile(&mut self, tile: Hash) {
        let mut carried = tile;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[level];
            hashes.push(carried);
            let [.., left, right] = &hashes[..] else { return };
            if hashes.len() % 2 == 1 {
                return;
            }
            carried = node_hash(left, right);
        }
    }

    /// The root of the first `size` leaves, which the tree must have.
    pub fn root(&self, size: u64, leaves: Leaves<'_>) -> Result<Hash, StoreError> {
        if size == 0 { Ok(empty_root()) } else { Look::new(self, leaves).subtree(0, size) }
    }

    /// The hashes beside the way from leaf `index` to the root of the first `size` leaves (RFC 6962, 2.1.1).
    pub fn inclusion(&self, index: u64, size: u64, leaves: Leaves<'_>) -> Result<Vec<Hash>, StoreError> {
        let (mut look, mut path) = (Look::new(self, leaves), Vec::new());
        let (mut from, mut to) = (0, size);
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                path.push(look.subtree(middle, to)?);
                to = middle;
            } else {
                path.push(look.subtree(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The hashes that lead from the root of the first `from` leaves to that of the first `to` (RFC 6962, 2.1.2).
    pub fn consistency(&self, from: u64, to: u64, leaves: Leaves<'_>) -> Result<Vec<Hash>, StoreError> {
        if from == 0 || from == to {
            return Ok(Vec::new());
        }
        let (mut look, mut path) = (Look::new(self, leaves), Vec::new());
        let (mut left, mut right) = (0, to);
        while from != right {
            let middle = left + split(right - left);
            if from <= middle {
                path.push(look.subtree(middle, right)?);
                right = middle;
            } else {
                path.push(look.subtree(left, middle)?);
                left = middle;
            }
        }
        if left > 0 {
            path.push(look.subtree(left, right)?);
        }
        path.reverse();
        Ok(path)
    }
}

/// Where a tree of `count` leaves, at least two, is parted: the largest power of two below.
const fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// The root of some leaves, at least one.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(usize::try_from(split(more.len() as u64)).unwrap_or(1));
            node_hash(&root(left), &root(right))
        }
    }
}

/// One question to the tree; the leaves of a tile are hashed once for it.
struct Look<'a> {
    tree: &'a Tree,
    leaves: Leaves<'a>,
    /// The tile hashed last, with its leaves. A proof goes into two at most, one after the other.
    tile: Option<(u64, Vec<Hash>)>,
}

impl<'a> Look<'a> {
    const fn new(tree: &'a Tree, leaves: Leaves<'a>) -> Self {
        Self { tree, leaves, tile: None }
    }

    /// The root of the leaves from `from` up to `to`, exclusive; `from` is where a subtree of that length can begin.
    fn subtree(&mut self, from: u64, to: u64) -> Result<Hash, StoreError> {
        let count = to - from;
        if let Some(kept) = self.kept(from, count) {
            return Ok(kept);
        }
        if count > TILE_RECORDS {
            let middle = from + split(count);
            let (left, right) = (self.subtree(from, middle)?, self.subtree(middle, to)?);
            return Ok(node_hash(&left, &right));
        }
        let (tile, at) = (from / TILE_RECORDS, usize::try_from(from % TILE_RECORDS).unwrap_or(0));
        let within = at..at + usize::try_from(count).unwrap_or(0);
        if tile == self.tree.tiles().len() as u64 {
            return Ok(root(&self.tree.open[within]));
        }
        if self.tile.as_ref().is_none_or(|(known, _)| *known != tile) {
            self.tile = Some((tile, (self.leaves)(tile)?));
        }
        Ok(self.tile.as_ref().map_or_else(empty_root, |(_, leaves)| root(&leaves[within])))
    }

    /// A whole subtree that is kept.
    fn kept(&self, from: u64, count: u64) -> Option<Hash> {
        if count < TILE_RECORDS || !count.is_power_of_two() || !from.is_multiple_of(count) {
            return None;
        }
        let level = usize::try_from((count / TILE_RECORDS).trailing_zeros()).ok()?;
        self.tree.levels.get(level)?.get(usize::try_from(from / count).ok()?).copied()
    }
}
