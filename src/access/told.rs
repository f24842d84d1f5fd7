//! What the access ledger says: of one file, or of one reader.

use crate::queries::{QueryError, Told, aside};
use crate::{Engine, Log, sealing};
use chrono::{DateTime, Utc};
use domain::access::{EVERYONE, Event, ledger_of};
use domain::fact::{Fact, Stream};
use domain::history::Cut;
use domain::ids::{PersonId, ReaderId};
use projections::Snapshot;
use projections::translate::{self, STREAM_PAGE_RECORDS_MAX};
use std::collections::{BTreeMap, BTreeSet};
use store::{EventStore, Position, Record, Revision};

/// Which entries: those for which every condition holds. A person or a reader has to be named.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// About this person's file, and those merged into it.
    pub person: Option<PersonId>,
    /// Of this reader, as a user id.
    pub reader: Option<String>,
    /// Recorded at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Recorded at this instant or before.
    pub to: Option<DateTime<Utc>>,
}

/// One entry of the ledger.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who recorded it, and when.
    pub record: Record,
    /// What it says; asked of a person's file, only what concerns that file.
    pub event: Event,
}

impl Engine {
    /// The entries of the access ledger, oldest first.
    ///
    /// An export of everyone is told of every person who stood in the log by then.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read; [`QueryError::Sealing`] if the vault cannot.
    pub async fn access_ledger(&self, asked: Asked) -> Result<Vec<Entry>, QueryError> {
        let engine = self.clone();
        // Which files are read as one is known as of now, what was just recorded counted.
        let views = self.views(Cut::default(), None).await?;
        aside(move || engine.entries(&asked, &views)).await
    }

    fn entries(&self, asked: &Asked, views: &Snapshot) -> Result<Vec<Entry>, QueryError> {
        let mut records: BTreeMap<Position, Record> = BTreeMap::new();
        let mut take = |ledger: Stream, behind: Position| {
            let read = whole(&self.store, ledger)?;
            records.extend(read.into_iter().filter(|one| one.position > behind).map(|one| (one.position, one)));
            Ok::<_, QueryError>(())
        };
        let files = asked.person.map(|person| self.files_of(person, views)).transpose()?;
        match (&files, &asked.reader) {
            (Some((files, begun)), _) => {
                files.iter().try_for_each(|file| take(ledger_of(*file), Position(0)))?;
                begun.map_or(Ok(()), |begun| take(EVERYONE, begun))?;
            }
            (None, Some(reader)) => take(ReaderId::of(reader).into(), Position(0))?,
            (None, None) => {}
        }
        let admits = |record: &Record| {
            asked.reader.as_ref().is_none_or(|reader| record.event.actor.user == *reader)
                && asked.from.is_none_or(|from| record.recorded_at >= from)
                && asked.to.is_none_or(|to| record.recorded_at <= to)
        };
        let mut entries = Vec::new();
        for record in records.into_values().filter(admits) {
            let Told { record, fact, .. } = Told::alone(record)?;
            let Fact::Access(event) = fact else { continue };
            let event = files.as_ref().map_or_else(|| event.clone(), |(files, _)| only(event.clone(), files));
            entries.push(Entry { record, event });
        }
        Ok(entries)
    }

    /// The files that are read as this person's, with the judicial ones, and where the first of them begins.
    fn files_of(&self, person: PersonId, views: &Snapshot) -> Result<(BTreeSet<Stream>, Option<Position>), QueryError> {
        let absorbed = views.merges.of(person.0).first().map_or(&[][..], |row| &row.absorbed);
        let (mut files, mut begun) = (BTreeSet::new(), None);
        for person in std::iter::once(&person).chain(absorbed) {
            let file = Stream::from(*person);
            files.insert(file);
            files.extend(sealing::judicial_file(&self.vault, *person)?.map(Stream::from));
            let first = self.store.read_stream(translate::stream_id(file), Revision(0), 1)?.pop();
            begun = begun.into_iter().chain(first.map(|record| record.position)).min();
        }
        Ok((files, begun))
    }
}

/// What an entry says of these files: who else was read or taken along with them is nobody's business there.
fn only(mut event: Event, of: &BTreeSet<Stream>) -> Event {
    match &mut event {
        Event::Viewed { seen, .. } => seen.retain(|one| of.contains(&one.file)),
        Event::Exported { files, .. } => files.retain(|file| of.contains(file)),
        Event::Refused { .. } => {}
    }
    event
}

/// Every record of one ledger.
fn whole(store: &Log, ledger: Stream) -> Result<Vec<Record>, QueryError> {
    let mut records = Vec::new();
    loop {
        let after = Revision(records.len() as u64);
        let page = store.read_stream(translate::stream_id(ledger), after, STREAM_PAGE_RECORDS_MAX)?;
        let is_last = page.len() < STREAM_PAGE_RECORDS_MAX;
        records.extend(page);
        if is_last {
            return Ok(records);
        }
    }
}
