//! Chance that can be repeated: SplitMix64 (Steele, Lea and Flood 2014).
//!
//! Ten lines of our own rather than a library: the history of a seed must stay the same when a dependency moves on.

use chrono::{Days, NaiveDate};

/// A sequence of numbers that its seed decides.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The sequence of one thing, by its label: what is drawn for others does not move it.
    pub(super) fn of(seed: u64, label: &[u8]) -> Self {
        // FNV-1a spreads the label over the seed.
        let spread = label
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        let mut random = Self(seed ^ spread);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `below`, exclusive; 0 if there is none.
    pub(super) fn below(&mut self, below: u64) -> u64 {
        // The high half of a product: no bias that a history of some thousand people could show.
        let product = u128::from(self.next()) * u128::from(below);
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both inclusive.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in that many of a hundred cases.
    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of some.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }

    /// A day between two, both inclusive.
    pub(super) fn day(&mut self, from: NaiveDate, until: NaiveDate) -> NaiveDate {
        let days = u64::try_from((until - from).num_days()).unwrap_or(0);
        from + Days::new(self.between(0, days))
    }

    /// Puts some things into another order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, usize::try_from(self.below(last as u64 + 1)).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_label_decide_everything_that_follows() {
        let draw = |seed, label: &str| {
            let mut random = Random::of(seed, label.as_bytes());
            (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, "a"), draw(7, "a"));
        assert_ne!(draw(7, "a"), draw(7, "b"));
        assert_ne!(draw(7, "a"), draw(8, "a"));
    }

    #[test]
    fn numbers_stay_within_their_bounds_and_reach_them() {
        let mut random = Random::of(1, b"bounds");
        let drawn: std::collections::BTreeSet<u64> = (0..500).map(|_| random.between(3, 7)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
        assert_eq!(random.below(0), 0);
    }
}
