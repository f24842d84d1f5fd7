//! A stretch of the log, copied out of the store and grouped by stream, not decoded yet.
//!
//! A record takes one entry and its bytes in two long vectors, and is decoded where its stream is folded:
//! decoding it here would make a dozen small pieces of memory on one thread that another gives back,
//! which took longer than the decoding itself.

use crate::runtime::error::ProjectionError;
use crate::runtime::fold::{Pass, Source};
use crate::runtime::read;
use crate::translate::{self, TranslateError, stream_of};
use chrono::{DateTime, NaiveDate, Utc};
use domain::fact::{About, Stream, StreamKind};
use domain::history::Known;
use domain::ids::EventId;
use std::collections::HashMap;
use std::ops::Range;
use store::{EventStore, Position, Record};

/// The records of a stretch that some stream of this pass needs.
#[derive(Default)]
pub(super) struct Stretch {
    entries: Vec<Entry>,
    about: Vec<About>,
    bytes: Vec<u8>,
    /// Every kind of event met, and its place in the list.
    kinds: Vec<String>,
    kind_places: HashMap<String, u16>,
}

/// One record, its longer parts elsewhere.
struct Entry {
    position: Position,
    id: EventId,
    recorded_at: DateTime<Utc>,
    effective_on: NaiveDate,
    kind: u16,
    version: u16,
    about: Range<u32>,
    fact: Range<usize>,
}

/// Which records of a stretch stand in which stream, in order of position.
pub(super) type Groups = HashMap<Stream, Vec<u32>>;

/// A stretch and its groups, one map for each shard.
pub(super) type Gathered = (Stretch, Vec<Groups>);

/// Copies and groups the records after `after` up to `to`, as far as a stream of this pass needs them.
pub(super) fn stretch<S: EventStore>(
    source: &Source<'_, S>,
    (after, to): (Position, Position),
    kinds: &[StreamKind],
    pass: Pass,
    mut each: impl FnMut(Position),
) -> Result<Gathered, ProjectionError> {
    let mut stretch = Stretch::default();
    let mut groups: Vec<Groups> = (0..pass.shards).map(|_| Groups::new()).collect();
    let mut homes: Vec<(usize, Stream)> = Vec::new();
    read::each_record(source.store, after, to, source.limits.page_records_max, |record| {
        each(record.position);
        let viewed = |about: &store::About| stream_of(about.stream).filter(|stream| kinds.contains(&stream.kind));
        let mut streams = record.event.about.iter().filter_map(viewed).peekable();
        if streams.peek().is_none() {
            // No view will decode it, but a record that is not understood is never passed over.
            translate::known(record)?;
            return Ok(());
        }
        homes.clear();
        homes.extend(streams.filter_map(|stream| Some((pass.shard(stream)?, stream))));
        if !homes.is_empty() {
            let entry = stretch.take(record)?;
            for (shard, stream) in &homes {
                groups[*shard].entry(*stream).or_default().push(entry);
            }
        }
        Ok(())
    })?;
    Ok((stretch, groups))
}

impl Stretch {
    fn take(&mut self, record: &Record) -> Result<u32, TranslateError> {
        let event = &record.event;
        let about = short(self.about.len());
        for one in &event.about {
            self.about.push(translate::about(record.position, one)?);
        }
        let fact = self.bytes.len();
        self.bytes.extend_from_slice(&event.fact);
        let kind = self.kind(&event.kind);
        let entry = short(self.entries.len());
        self.entries.push(Entry {
            position: record.position,
            id: EventId(event.id),
            recorded_at: record.recorded_at,
            effective_on: event.effective_on,
            kind,
            version: event.version,
            about: about..short(self.about.len()),
            fact: fact..self.bytes.len(),
        });
        Ok(entry)
    }

    fn kind(&mut self, kind: &str) -> u16 {
        if let Some(place) = self.kind_places.get(kind) {
            return *place;
        }
        // A log with more kinds than fit has no known one from here on; decoding the last one says so.
        let place = u16::try_from(self.kinds.len()).unwrap_or(u16::MAX);
        if place < u16::MAX {
            self.kinds.push(kind.to_owned());
            self.kind_places.insert(kind.to_owned(), place);
        }
        place
    }

    /// The record of an entry, decoded.
    pub(super) fn known(&self, entry: u32) -> Result<Known, TranslateError> {
        let entry = &self.entries[entry as usize];
        let kind = self.kinds.get(usize::from(entry.kind)).map_or("", String::as_str);
        let fact = translate::fact(entry.position, kind, entry.version, &self.bytes[entry.fact.clone()])?;
        Ok(Known {
            position: entry.position.0,
            id: entry.id,
            recorded_at: entry.recorded_at,
            effective_on: entry.effective_on,
            about: self.about[entry.about.start as usize..entry.about.end as usize].to_vec(),
            fact,
        })
    }
}

/// A place in a list of a stretch, which is as short as one pass allows.
fn short(place: usize) -> u32 {
    u32::try_from(place).expect("a pass holds some million records with 64 streams at most each")
}
