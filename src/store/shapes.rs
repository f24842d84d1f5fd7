//! Which shapes of events a log holds: a small table, kept beside the index, so that a program knows at its start whether
//! it can read everything.

use crate::{Occurrence, Position, Shape};
use std::collections::BTreeMap;

/// Shapes by kind and version, each with its first position and its number of records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shapes(BTreeMap<String, BTreeMap<u16, Seen>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    first: u64,
    records: u64,
}

impl Shapes {
    /// Counts the record at a position, which is behind all others.
    pub fn add(&mut self, kind: &str, version: u16, position: u64) {
        self.count(kind, version, Seen { first: position, records: 1 });
    }

    /// Counts what another table counted behind this one.
    pub fn extend(&mut self, later: &Self) {
        for (kind, versions) in &later.0 {
            versions.iter().for_each(|(version, seen)| self.count(kind, *version, *seen));
        }
    }

    fn count(&mut self, kind: &str, version: u16, seen: Seen) {
        // Looked up first: a kind that is known, as nearly always, is not copied.
        if !self.0.contains_key(kind) {
            self.0.insert(kind.to_owned(), BTreeMap::new());
        }
        let Some(versions) = self.0.get_mut(kind) else { return };
        versions.entry(version).and_modify(|known| known.records += seen.records).or_insert(seen);
    }

    /// Every shape, in order of kind and version.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        let all = self
            .0
            .iter()
            .flat_map(|(kind, versions)| versions.iter().map(move |(version, seen)| (kind, version, seen)));
        all.map(|(kind, version, seen)| Occurrence {
            shape: Shape { kind: kind.clone(), version: *version },
            first: Position(seen.first),
            records: seen.records,
        })
        .collect()
    }

    /// The bytes in which it is saved: number of shapes (u32), then of each the length of its kind (u32), the kind, the
    /// version (u16), the first position and the number of records (u64 each); little-endian.
    pub fn write(&self, out: &mut Vec<u8>) {
        let count: usize = self.0.values().map(BTreeMap::len).sum();
        out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
        for (kind, versions) in &self.0 {
            for (version, seen) in versions {
                out.extend_from_slice(&u32::try_from(kind.len()).unwrap_or(u32::MAX).to_le_bytes());
                out.extend_from_slice(kind.as_bytes());
                out.extend_from_slice(&version.to_le_bytes());
                out.extend_from_slice(&seen.first.to_le_bytes());
                out.extend_from_slice(&seen.records.to_le_bytes());
            }
        }
    }

    /// Takes what [`Shapes::write`] wrote off the front; `None` if it is not that.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut shapes = Self::default();
        for _ in 0..u32::from_le_bytes(*take(bytes)?) {
            let length = usize::try_from(u32::from_le_bytes(*take(bytes)?)).ok()?;
            let (kind, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            let version = u16::from_le_bytes(*take(bytes)?);
            let seen = Seen { first: u64::from_le_bytes(*take(bytes)?), records: u64::from_le_bytes(*take(bytes)?) };
            shapes.count(std::str::from_utf8(kind).ok()?, version, seen);
        }
        Some(shapes)
    }
}

fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_back_and_cut_short_it_is_refused() {
        let mut shapes = Shapes::default();
        [("Signed", 1), ("Ended", 1), ("Signed", 2), ("Signed", 1)]
            .iter()
            .zip(1..)
            .for_each(|((kind, version), at)| shapes.add(kind, *version, at));
        let mut bytes = Vec::new();
        shapes.write(&mut bytes);
        assert_eq!(Shapes::read(&mut &bytes[..]), Some(shapes.clone()));
        for length in 0..bytes.len() {
            assert_eq!(Shapes::read(&mut &bytes[..length]), None, "cut at {length}");
        }
        let told: Vec<_> = shapes
            .occurrences()
            .into_iter()
            .map(|one| (one.shape.kind, one.shape.version, one.first.0, one.records))
            .collect();
        assert_eq!(told, [("Ended".into(), 1, 2, 1), ("Signed".into(), 1, 1, 2), ("Signed".into(), 2, 3, 1)]);
    }

    #[test]
    fn tables_of_two_stretches_make_the_table_of_both() {
        let (mut whole, mut first, mut second) = (Shapes::default(), Shapes::default(), Shapes::default());
        for (at, kind) in (1..).zip(["a", "b", "a", "c", "a"]) {
            whole.add(kind, 1, at);
            if at < 3 { first.add(kind, 1, at) } else { second.add(kind, 1, at) }
        }
        first.extend(&second);
        assert_eq!(first, whole);
    }
}
