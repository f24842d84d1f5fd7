//! The rows of one view, by stream: never changed in place, cheap to clone and cheap to change in a few streams.

use crate::View;
use domain::fact::{Stream, StreamKind};
use imbl::OrdMap;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// The rows of one stream.
pub type Rows<V> = Arc<[<V as View>::Row]>;

/// What a fold of one view gives: streams with their rows, in any order, no stream twice.
pub type Folded<V> = Vec<(Stream, Rows<V>)>;

/// The rows of one view, by stream. A clone shares everything with its original.
pub struct Table<V: View> {
    rows: OrdMap<Stream, Rows<V>>,
}

impl<V: View> Table<V> {
    /// The rows of one stream of the first kind that the view is folded from; none if it has none or is not known.
    #[must_use]
    pub fn of(&self, id: Uuid) -> &[V::Row] {
        V::OF.first().map_or(&[], |kind| self.of_stream(Stream { kind: *kind, id }))
    }

    /// The rows of one stream; none if the stream has none or is not known.
    #[must_use]
    pub fn of_stream(&self, stream: Stream) -> &[V::Row] {
        self.rows.get(&stream).map_or(&[], |rows| &**rows)
    }

    /// The ids of the streams that have rows with their rows, in order of kind and id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Uuid, &[V::Row])> {
        self.streams().map(|(stream, rows)| (stream.id, rows))
    }

    /// The streams that have rows with their rows, in order of kind and id: two kinds of thing may bear one id.
    pub fn streams(&self) -> impl DoubleEndedIterator<Item = (Stream, &[V::Row])> {
        self.rows.iter().map(|(stream, rows)| (*stream, &**rows))
    }

    /// Every row, in order of the streams' kinds and ids.
    pub fn rows(&self) -> impl Iterator<Item = &V::Row> {
        self.rows.values().flat_map(|rows| rows.iter())
    }

    /// How many streams have rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if no stream has rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// True if both are one table, or one was cloned from the other and neither changed since: told without looking at rows.
    #[must_use]
    pub fn is_one_with(&self, other: &Self) -> bool {
        self.rows.ptr_eq(&other.rows)
    }

    /// The table of these streams and no other; rows that are the same in `beside` are shared with it.
    #[must_use]
    pub fn of_folded(folded: impl IntoIterator<Item = Folded<V>>, beside: &Self) -> Self {
        let full = folded.into_iter().flatten().filter(|(_, rows)| !rows.is_empty());
        let shared = full.map(|(stream, rows)| match beside.rows.get(&stream) {
            Some(same) if *same == rows => (stream, same.clone()),
            _ => (stream, rows),
        });
        let mut rows: Folded<V> = shared.collect();
        // In order, so that the map is built from one end and its nodes are full.
        rows.sort_unstable_by_key(|(stream, _)| *stream);
        Self { rows: rows.into_iter().collect() }
    }

    /// Puts other rows in the place of those of the streams that were folded again; other streams keep theirs.
    pub fn replace(&mut self, folded: Folded<V>) {
        for (stream, rows) in folded {
            if rows.is_empty() {
                self.rows.remove(&stream);
            } else if self.rows.get(&stream) != Some(&rows) {
                self.rows.insert(stream, rows);
            }
        }
    }
}

impl<V: View> Clone for Table<V> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone() }
    }
}

impl<V: View> Default for Table<V> {
    fn default() -> Self {
        Self { rows: OrdMap::new() }
    }
}

impl<V: View> PartialEq for Table<V> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<V: View> fmt::Debug for Table<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.streams()).finish()
    }
}

/// What can be said and done of a table without knowing its rows: how it is named, saved and loaded.
pub trait Kept: Send + Sync {
    /// [`View::NAME`].
    fn name(&self) -> &'static str;
    /// [`View::VERSION`].
    fn version(&self) -> u32;
    /// [`View::OF`].
    fn kinds(&self) -> &'static [StreamKind];
    /// How many streams have rows.
    fn streams(&self) -> usize;
    /// The rows as MessagePack with named fields, `streams` streams to a chunk.
    ///
    /// # Errors
    /// If a row holds something that MessagePack cannot hold.
    fn chunks(&self, streams: usize) -> Box<dyn Iterator<Item = Result<Vec<u8>, rmp_serde::encode::Error>> + '_>;
    /// Puts the rows of one chunk in.
    ///
    /// # Errors
    /// If the bytes are not the rows of this view.
    fn load(&mut self, chunk: &[u8]) -> Result<(), rmp_serde::decode::Error>;
}

impl<V: View> Kept for Table<V> {
    fn name(&self) -> &'static str {
        V::NAME
    }

    fn version(&self) -> u32 {
        V::VERSION
    }

    fn kinds(&self) -> &'static [StreamKind] {
        V::OF
    }

    fn streams(&self) -> usize {
        self.len()
    }

    fn chunks(&self, streams: usize) -> Box<dyn Iterator<Item = Result<Vec<u8>, rmp_serde::encode::Error>> + '_> {
        let mut rest = self.streams().map(|(stream, rows)| (stream.kind as u8, stream.id, rows));
        Box::new(std::iter::from_fn(move || {
            let chunk: Vec<(u8, Uuid, &[V::Row])> = rest.by_ref().take(streams).collect();
            (!chunk.is_empty()).then(|| rmp_serde::to_vec_named(&chunk))
        }))
    }

    fn load(&mut self, chunk: &[u8]) -> Result<(), rmp_serde::decode::Error> {
        let chunk: Vec<(u8, Uuid, Vec<V::Row>)> = rmp_serde::from_slice(chunk)?;
        let known = |(kind, id, rows): (u8, Uuid, Vec<V::Row>)| {
            let kind = StreamKind::of(kind).ok_or_else(|| {
                <rmp_serde::decode::Error as serde::de::Error>::custom("no kind of stream has this number")
            });
            Ok((Stream { kind: kind?, id }, rows.into()))
        };
        self.replace(chunk.into_iter().map(known).collect::<Result<_, rmp_serde::decode::Error>>()?);
        Ok(())
    }
}
