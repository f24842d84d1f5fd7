//! One stream's records as they count: known at an instant, corrected and annulled, ordered by day, cut at a day.
//!
//! This is the only place that knows what a correction or an annulment does; [`crate::kin`] decides of merged files
//! which are read as one, and calls it for all of them together.
//! Late entry, correction, annulment, `asOf` and `asKnownAt` are therefore one code path: another [`History`].

use crate::correction;
use crate::fact::{About, DayRank, Fact, Stream};
use crate::ids::{EventId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, HashMap};

/// A record as the domain sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its place in the log.
    pub position: u64,
    /// Its id.
    pub id: EventId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The day on which it happened or took effect.
    pub effective_on: NaiveDate,
    /// The streams in which it stands.
    pub about: Vec<About>,
    /// What happened.
    pub fact: Fact,
}

/// How far a history reaches. The default is all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cut {
    /// The last day that counts, inclusive.
    pub as_of: Option<NaiveDate>,
    /// The last instant of recording that counts, inclusive: recorded at exactly T is known at T.
    pub as_known_at: Option<DateTime<Utc>>,
    /// The first position that does not count.
    pub before: Option<u64>,
}

impl Cut {
    /// True if a record with this instant and place is known.
    #[must_use]
    pub fn knows(&self, recorded_at: DateTime<Utc>, position: u64) -> bool {
        self.as_known_at.is_none_or(|instant| recorded_at <= instant)
            && self.before.is_none_or(|before| position < before)
    }
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fate {
    /// The standing annulment that removes it, the last one if there are several.
    pub annulled_by: Option<EventId>,
    /// The standing correction whose content holds instead.
    pub corrected_by: Option<EventId>,
}

/// A fact that counts, in its place.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The day on which it happened or took effect, as corrected.
    pub on: NaiveDate,
    /// The place in the log of the record that it goes back to.
    pub position: u64,
    /// The id of the record that it goes back to.
    pub id: EventId,
    /// What happened, as corrected.
    pub fact: &'a Fact,
}

/// Everything that counts for one stream, in order of day.
///
/// Of a file that absorbed others it is all that stands in any of them; of an absorbed one nothing counts.
#[derive(Debug, Clone)]
pub struct History {
    stream: Stream,
    records: Vec<Known>,
    fates: Vec<Fate>,
    entries: Vec<Place>,
    merges: Vec<Place>,
    absorbed: Vec<PersonId>,
    merged: Option<Merged>,
}

/// Into whose file a file was merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// Whose file goes on: the end of the chain.
    pub into: PersonId,
    /// Whose file absorbed it: who is named to take them apart.
    pub directly: PersonId,
}

/// Where an entry's content lies: in its own record, or in the correction at that index.
#[derive(Debug, Clone, Copy)]
struct Place {
    on: NaiveDate,
    rank: DayRank,
    position: u64,
    id: EventId,
    record: usize,
}

impl History {
    /// Resolves one stream's records, given in order of position, as far as the cut reaches.
    #[must_use]
    pub fn new(stream: Stream, records: Vec<Known>, cut: Cut) -> Self {
        Self::of_files(stream, Vec::new(), records, cut)
    }

    /// Resolves the records of a file and of those that it absorbed, each given once, in order of position.
    pub(crate) fn of_files(stream: Stream, absorbed: Vec<Stream>, mut records: Vec<Known>, cut: Cut) -> Self {
        records.retain(|record| cut.knows(record.recorded_at, record.position));
        let fates = fates(&records);
        let is_own = |file: Stream| file == stream || absorbed.contains(&file);
        // A merge is no step of a pathway: it counts for all years, whatever its own day.
        let (merges, mut entries): (Vec<Place>, Vec<Place>) = places(is_own, &records, &fates)
            .into_iter()
            .partition(|place| matches!(content(&records[place.record]).1, Fact::Merge(_)));
        entries.retain(|entry| cut.as_of.is_none_or(|day| entry.on <= day));
        entries.sort_by_key(|entry| (entry.on, entry.rank, entry.position));
        let absorbed = absorbed.into_iter().map(|file| PersonId(file.id)).collect();
        Self { stream, records, fates, entries, merges, absorbed, merged: None }
    }

    /// A file that another one absorbed: its records are told, and none of them counts here.
    pub(crate) fn absorbed_file(stream: Stream, records: Vec<Known>, cut: Cut, merged: Merged) -> Self {
        let own = Self::new(stream, records, cut);
        Self { entries: Vec::new(), merged: Some(merged), ..own }
    }

    /// The history of a stream to which nothing has happened.
    #[must_use]
    pub fn empty(stream: Stream) -> Self {
        Self::new(stream, Vec::new(), Cut::default())
    }

    /// Whose files this one absorbed, directly or through others, in order of id.
    #[must_use]
    pub fn absorbed(&self) -> &[PersonId] {
        &self.absorbed
    }

    /// Into whose file this one was merged.
    #[must_use]
    pub const fn merged(&self) -> Option<Merged> {
        self.merged
    }

    /// The merges that stand and are known, in order of recording, whatever their day.
    pub fn merges(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> + Clone {
        self.told(&self.merges)
    }

    /// The stream.
    #[must_use]
    pub const fn stream(&self) -> Stream {
        self.stream
    }

    /// The facts that count, merges apart, in order of day; on one day what leaves and ends comes before what begins and enters.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'_>> + Clone {
        self.told(&self.entries)
    }

    fn told<'a>(&'a self, places: &'a [Place]) -> impl DoubleEndedIterator<Item = Entry<'a>> + Clone {
        places.iter().map(|place| Entry {
            on: place.on,
            position: place.position,
            id: place.id,
            fact: content(&self.records[place.record]).1,
        })
    }

    /// True if no fact counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every record that is known, annulled and corrected ones included, in order of position, with its fate.
    pub fn records(&self) -> impl DoubleEndedIterator<Item = (&Known, Fate)> + Clone {
        self.records.iter().zip(self.fates.iter().copied())
    }

    /// The original that a record goes back to: itself, or what it corrects, annuls or restores. None if it is not known.
    #[must_use]
    pub fn root_of(&self, id: EventId) -> Option<EventId> {
        let mut root = id;
        // An answer is younger than what it answers, so this ends.
        loop {
            match &self.record(root)?.0.fact {
                Fact::Correction(event) => root = event.target(),
                _ => return Some(root),
            }
        }
    }

    /// What an original said to whoever knew the log before a position: its day and content as corrected by then.
    /// None if it was not recorded, or did not count.
    ///
    /// Ask the primary stream of the original: every answer to it stands there.
    #[must_use]
    pub fn said_before(&self, root: EventId, position: u64) -> Option<(NaiveDate, &Fact)> {
        let known = &self.records[..self.records.partition_point(|record| record.position < position)];
        let fates = fates(known);
        let standing = |id: EventId| known.iter().zip(&fates).find(|(record, _)| record.id == id);
        let (record, fate) = standing(root)?;
        if fate.annulled_by.is_some() {
            return None;
        }
        let (record, _) = fate.corrected_by.map_or(Some((record, fate)), standing)?;
        Some(content(record))
    }

    /// The record with this id, if it stands in this stream and is known.
    #[must_use]
    pub fn record(&self, id: EventId) -> Option<(&Known, Fate)> {
        self.records().find(|(record, _)| record.id == id)
    }
}

/// The day and content that a record carries: its own, or that of its replacement.
const fn content(record: &Known) -> (NaiveDate, &Fact) {
    match &record.fact {
        Fact::Correction(correction::Event::Corrected { replacement, .. }) => {
            (replacement.effective_on, &replacement.fact)
        }
        fact => (record.effective_on, fact),
    }
}

/// What became of each record.
///
/// An annulment is always younger than its target, so one pass from the youngest on knows of each annulment
/// whether it stands before it comes to the target.
fn fates(records: &[Known]) -> Vec<Fate> {
    let mut annulled: HashMap<EventId, EventId> = HashMap::new();
    for record in records.iter().rev() {
        if let Fact::Correction(correction::Event::Annulled { target, .. }) = &record.fact
            && !annulled.contains_key(&record.id)
        {
            annulled.entry(*target).or_insert(record.id);
        }
    }
    let mut corrected: HashMap<EventId, EventId> = HashMap::new();
    for record in records {
        if let Fact::Correction(correction::Event::Corrected { target, .. }) = &record.fact
            && !annulled.contains_key(&record.id)
        {
            corrected.insert(*target, record.id);
        }
    }
    // An annulled original may stand in another stream only; its corrections fall with it.
    records
        .iter()
        .map(|record| {
            let of_target = match &record.fact {
                Fact::Correction(correction::Event::Corrected { target, .. }) => annulled.get(target),
                _ => None,
            };
            Fate {
                annulled_by: annulled.get(&record.id).or(of_target).copied(),
                corrected_by: corrected.get(&record.id).copied(),
            }
        })
        .collect()
}

/// One entry per original that stands, with the content of its last standing correction, if that is of an own stream.
fn places(is_own: impl Fn(Stream) -> bool, records: &[Known], fates: &[Fate]) -> Vec<Place> {
    let mut found: BTreeMap<(u64, EventId), usize> = BTreeMap::new();
    for (index, (record, fate)) in records.iter().zip(fates).enumerate() {
        if fate.annulled_by.is_some() {
            continue;
        }
        match &record.fact {
            Fact::Correction(correction::Event::Annulled { .. }) => {}
            Fact::Correction(correction::Event::Corrected { target, target_position, .. }) => {
                found.insert((*target_position, *target), index);
            }
            _ => {
                found.insert((record.position, record.id), index);
            }
        }
    }
    let of_this_stream = |record: usize| match &records[record].fact {
        Fact::Correction(_) => content(&records[record]).1.about().iter().any(|about| is_own(about.stream)),
        _ => true,
    };
    found
        .into_iter()
        .filter(|(_, record)| of_this_stream(*record))
        .map(|((position, id), record)| {
            let (on, fact) = content(&records[record]);
            Place { on, rank: fact.day_rank(), position, id, record }
        })
        .collect()
}

#[cfg(test)]
mod tests;
