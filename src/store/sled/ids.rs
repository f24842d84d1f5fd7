//! Event id -> positions that may hold it, in eight bytes per record.
//!
//! An open-addressed table of (32 bits of a keyed hash, 32 bits of position). The hash only proposes: whoever asks reads
//! the record to see whether the id is there. With 5 million records one new id in a thousand costs such a read.
//! The key is random, so that nobody can choose ids that fall together.

use super::hash::mix;
use uuid::Uuid;

const EMPTY: u64 = 0;
const ROOM_MIN: usize = 1 << 10;

/// The key of the hash: 128 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HashKey(pub [u8; 16]);

impl HashKey {
    /// The part of an id that the table keeps.
    pub fn hash(self, id: Uuid) -> u32 {
        let (high, low) = id.as_u64_pair();
        let (a, b) = Uuid::from_bytes(self.0).as_u64_pair();
        (mix(mix(low.wrapping_add(a)) ^ high.wrapping_add(b)) >> 32) as u32
    }
}

/// The table.
pub(super) struct Ids {
    slots: Vec<u64>,
    used: usize,
}

impl Ids {
    pub fn with_room(records: usize) -> Self {
        let room = (records * 4 / 3 + 1).next_power_of_two().max(ROOM_MIN);
        Self { slots: vec![EMPTY; room], used: 0 }
    }

    /// Adds a position, which is never 0; equal hashes may come many times.
    pub fn insert(&mut self, hash: u32, position: u32) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        self.place(u64::from(hash) << 32 | u64::from(position));
        self.used += 1;
    }

    /// Positions whose id has this hash.
    pub fn candidates(&self, hash: u32) -> impl Iterator<Item = u32> + '_ {
        let start = self.home(hash);
        let all = self.slots[start..].iter().chain(&self.slots[..start]);
        all.take_while(|slot| **slot != EMPTY)
            .filter(move |slot| (**slot >> 32) == u64::from(hash))
            .map(|slot| (*slot & 0xffff_ffff) as u32)
    }

    fn home(&self, hash: u32) -> usize {
        // The high bits of the hash choose the place, so that growing keeps neighbours in order.
        ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize
    }

    fn place(&mut self, slot: u64) {
        let mut at = self.home((slot >> 32) as u32);
        while self.slots[at] != EMPTY {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = slot;
    }

    fn grow(&mut self) {
        let room = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; room]);
        old.into_iter().filter(|slot| *slot != EMPTY).for_each(|slot| self.place(slot));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_found_again_after_growing() {
        let key = HashKey([7; 16]);
        let mut ids = Ids::with_room(0);
        for position in 1..=100_000u32 {
            ids.insert(key.hash(Uuid::from_u128(u128::from(position))), position);
        }
        for position in 1..=100_000u32 {
            let hash = key.hash(Uuid::from_u128(u128::from(position)));
            assert!(ids.candidates(hash).any(|candidate| candidate == position));
        }
        let strangers =
            (0..100_000u128).filter(|n| ids.candidates(key.hash(Uuid::from_u128(1 << 100 | n))).count() > 0);
        assert!(strangers.count() < 50, "a good hash meets about 2 of 100,000 strangers");
    }
}
