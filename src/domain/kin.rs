//! Files that were ever merged with one another, and how they are read as one at a cut.
//!
//! Which file belongs to which is told by the merges that are known and stand, in order of recording: of the merges of
//! one file the last holds, until it is undone. They may come to contradict each other, since an annulment is never
//! refused for what it makes of other merges: of files merged in a circle the one absorbed last goes on.

use crate::fact::{Fact, Stream};
use crate::history::{Cut, History, Known, Merged};
use crate::ids::PersonId;
use crate::merge;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The files that were ever merged with one another, by merges that count or no longer do, each with its own records.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    files: BTreeMap<Stream, Vec<Known>>,
}

/// Which file each absorbed one is read as part of, and the position of the merge that says so.
type Survivors = BTreeMap<Stream, (Stream, u64)>;

impl Kin {
    /// Reads on from one file's records to all files that were ever merged with it, directly or not.
    ///
    /// A file that was never merged costs a look at its records and no reading.
    ///
    /// # Errors
    /// Whatever `read` says.
    pub fn gather<E>(
        first: Stream,
        records: Vec<Known>,
        mut read: impl FnMut(Stream) -> Result<Vec<Known>, E>,
    ) -> Result<Self, E> {
        let mut files = BTreeMap::new();
        let mut wanted = named(&records);
        files.insert(first, records);
        // Ends, because each round reads a file that was not read before.
        while let Some(stream) = wanted.pop() {
            if let Entry::Vacant(unread) = files.entry(stream) {
                let records = unread.insert(read(stream)?);
                wanted.extend(named(records));
            }
        }
        Ok(Self { files })
    }

    /// Takes files that were read already: every file that the merges in them name.
    pub(crate) const fn of_files(files: BTreeMap<Stream, Vec<Known>>) -> Self {
        Self { files }
    }

    /// The files, in order of id.
    pub fn streams(&self) -> impl Iterator<Item = Stream> {
        self.files.keys().copied()
    }

    /// One file as it counts at a cut: what stands in it and in all that it absorbed; nothing, if it is absorbed itself.
    #[must_use]
    pub fn history(mut self, stream: Stream, cut: Cut) -> History {
        if self.files.len() <= 1 {
            return History::new(stream, self.files.remove(&stream).unwrap_or_default(), cut);
        }
        self.histories(cut).remove(&stream).unwrap_or_else(|| History::empty(stream))
    }

    /// Every file as it counts at a cut.
    #[must_use]
    pub fn histories(&self, cut: Cut) -> BTreeMap<Stream, History> {
        let survivors = self.survivors(cut);
        let family_of = |stream: Stream| {
            self.streams().filter(|file| *file != stream && root(&survivors, *file) == stream).collect::<Vec<_>>()
        };
        let history = |stream: Stream| match survivors.get(&stream) {
            Some((directly, _)) => {
                let into = PersonId(root(&survivors, stream).id);
                let merged = Merged { into, directly: PersonId(directly.id) };
                History::absorbed_file(stream, self.files[&stream].clone(), cut, merged)
            }
            None => self.family(stream, family_of(stream), cut),
        };
        self.streams().map(|stream| (stream, history(stream))).collect()
    }

    /// One file with those that it absorbed. A record that stands in several of them counts once.
    fn family(&self, stream: Stream, absorbed: Vec<Stream>, cut: Cut) -> History {
        let files = std::iter::once(&stream).chain(&absorbed);
        let records: BTreeMap<u64, &Known> =
            files.flat_map(|file| &self.files[file]).map(|record| (record.position, record)).collect();
        History::of_files(stream, absorbed, records.into_values().cloned().collect(), cut)
    }

    fn survivors(&self, cut: Cut) -> Survivors {
        let mut survivors = Survivors::new();
        for (stream, records) in &self.files {
            let alone = History::new(*stream, records.clone(), cut);
            let mut survivor = None;
            for entry in alone.merges() {
                let Fact::Merge(merge) = entry.fact else { continue };
                let into = Stream::from(merge.survivor());
                survivor = match merge {
                    _ if merge.absorbed().0 != stream.id => survivor,
                    merge::Event::Merged { .. } => Some((into, entry.position)),
                    merge::Event::Unmerged { .. } => survivor.filter(|(now, _)| *now != into),
                };
            }
            survivors.extend(survivor.map(|survivor| (*stream, survivor)));
        }
        without_circles(survivors)
    }
}

/// The files that the merges among some records name.
fn named(records: &[Known]) -> Vec<Stream> {
    let merges = records.iter().filter_map(merge::told_by);
    merges.flat_map(|merge| [merge.survivor().into(), merge.absorbed().into()]).collect()
}

/// The file that goes on, in the end.
fn root(survivors: &Survivors, file: Stream) -> Stream {
    let mut root = file;
    // Ends, because no circle is left.
    while let Some((into, _)) = survivors.get(&root) {
        root = *into;
    }
    root
}

/// Takes the youngest merge out of each circle.
fn without_circles(mut survivors: Survivors) -> Survivors {
    let files: Vec<Stream> = survivors.keys().copied().collect();
    for file in files {
        let mut chain = vec![file];
        while let Some((into, _)) = chain.last().and_then(|last| survivors.get(last)).copied() {
            if let Some(from) = chain.iter().position(|each| *each == into) {
                let youngest =
                    chain[from..].iter().max_by_key(|each| survivors.get(*each).map(|(_, position)| *position));
                if let Some(youngest) = youngest {
                    survivors.remove(youngest);
                }
                break;
            }
            chain.push(into);
        }
    }
    survivors
}

#[cfg(test)]
mod tests;
