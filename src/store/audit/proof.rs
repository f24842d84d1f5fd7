//! How a proof is checked: with the proof and two hashes, and nothing else.

use super::{Hash, node_hash};

/// That a record stands in a log (RFC 6962, 2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The place of its leaf, from 0: one less than its position.
    pub index: u64,
    /// The number of records of the log.
    pub size: u64,
    /// The hashes beside the way from the leaf to the root.
    pub path: Vec<Hash>,
}

impl Inclusion {
    /// The root to which the way leads (RFC 9162, 2.1.3.2); `None` if it is not as long as such a tree is high.
    #[must_use]
    pub fn root_of(&self, leaf: &Hash) -> Option<Hash> {
        if self.index >= self.size {
            return None;
        }
        let (mut node, mut last, mut hash) = (self.index, self.size - 1, *leaf);
        for sibling in &self.path {
            if last == 0 {
                return None;
            }
            if node & 1 == 1 || node == last {
                hash = node_hash(sibling, &hash);
                while node != 0 && node & 1 == 0 {
                    (node, last) = (node >> 1, last >> 1);
                }
            } else {
                hash = node_hash(&hash, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        (last == 0).then_some(hash)
    }

    /// True if the record of this leaf stands in the log of this root.
    #[must_use]
    pub fn proves(&self, leaf: &Hash, root: &Hash) -> bool {
        self.root_of(leaf).as_ref() == Some(root)
    }
}

/// That a log has only grown (RFC 6962, 2.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// The number of records before.
    pub from: u64,
    /// The number of records after.
    pub to: u64,
    /// The hashes that lead to both roots; none if nothing was there before, or nothing was added.
    pub path: Vec<Hash>,
}

impl Consistency {
    /// True if the log of `to_root` begins with that of `from_root` (RFC 9162, 2.1.4.2).
    #[must_use]
    pub fn proves(&self, from_root: &Hash, to_root: &Hash) -> bool {
        match (self.from, self.to) {
            (from, to) if from > to => false,
            (from, to) if from == to => self.path.is_empty() && from_root == to_root,
            (0, _) => self.path.is_empty() && *from_root == super::empty_root(),
            (from, to) => self.leads(from, to, from_root) == Some((*from_root, *to_root)),
        }
    }

    /// The two roots to which the hashes lead; `None` if they are not as many as such trees are high.
    fn leads(&self, from: u64, to: u64, from_root: &Hash) -> Option<(Hash, Hash)> {
        let mut hashes = self.path.iter();
        // A whole tree before is a node of the one after: it need not be told, it is known.
        let first = if from.is_power_of_two() { *from_root } else { *hashes.next()? };
        let shift = (from - 1).trailing_ones();
        let (mut node, mut last) = ((from - 1) >> shift, (to - 1) >> shift);
        let (mut before, mut after) = (first, first);
        for sibling in hashes {
            if last == 0 {
                return None;
            }
            if node & 1 == 1 || node == last {
                (before, after) = (node_hash(sibling, &before), node_hash(sibling, &after));
                while node != 0 && node & 1 == 0 {
                    (node, last) = (node >> 1, last >> 1);
                }
            } else {
                after = node_hash(&after, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        (last == 0).then_some((before, after))
    }
}
