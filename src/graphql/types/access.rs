//! Entries of the access ledger: who read whom, what was taken along, what was refused.

use super::event::Actor;
use crate::access::Operation;
use crate::access::told::{Asked, Entry};
use crate::graphql::codes::Code;
use crate::graphql::connection::{Listed, Page, connect};
use crate::graphql::event_kind::EventKind;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{engine, reading};
use crate::graphql::scalars::{Date, DateTime, Position};
use async_graphql::{Context, ID, Result, SimpleObject};
use domain::access::{AccessWay, Event, Purpose, Word};
use domain::fact::Fact;
use domain::ids::{EventId, PersonId};
use domain::personal::FieldClass;
use domain::wire;

/// One entry of the access ledger. It stands in the log as any record: `event(id:)` tells it whole.
#[derive(SimpleObject)]
pub struct AccessEntry {
    /// The global id of its record.
    id: ID,
    /// What happened: RecordViewed, ExportProduced or AccessRefused.
    kind: EventKind,
    /// Its place in the log.
    position: Position,
    /// When it was recorded; a reading of the same by the same in the 15 minutes from then on has no entry of its own.
    recorded_at: DateTime,
    /// Who read, took along or was refused.
    actor: Actor,
    /// For whom they acted, if not for themselves.
    on_behalf_of: Option<String>,
    /// Why, as far as they said.
    purpose: Option<Code<Purpose>>,
    /// By which way.
    way: Code<AccessWay>,
    /// The files that were read; asked of a participant's ledger, only theirs.
    seen: Vec<AccessSeen>,
    /// What was taken along, if it is that.
    exported: Option<AccessExport>,
    /// What was refused, if it is that.
    refused: Option<AccessRefusal>,
}

/// A file that was read.
#[derive(SimpleObject)]
pub struct AccessSeen {
    /// The global id of the participant, or of a judicial file.
    file: ID,
    /// The classes of personal fields that were opened; none if only the plain part was read. JUDICIAL: work penalties
    /// were asked for, whether there were any or not.
    classes: Vec<Code<FieldClass>>,
}

/// What was taken along.
#[derive(SimpleObject)]
pub struct AccessExport {
    /// What was written: the name of a table, `bundle` or `calendar`.
    content: String,
    /// How it was written.
    format: String,
    /// The global ids of the files that it holds, if it is about a few; asked of a participant's ledger, only theirs.
    files: Vec<ID>,
    /// The classes of personal fields that were opened in it.
    classes: Vec<Code<FieldClass>>,
    /// True if it holds rows of all participants.
    everyone: bool,
    /// How many rows or records, if that was known when it was recorded.
    rows: Option<u64>,
    /// The last day that counted.
    as_of: Option<Date>,
    /// The last instant of recording that counted.
    as_known_at: Option<DateTime>,
    /// SHA-256 of what was written, 64 hexadecimal digits, if that was known when it was recorded.
    sha256: Option<String>,
}

/// What was refused.
#[derive(SimpleObject)]
pub struct AccessRefusal {
    /// What was asked: a root field or a command.
    operation: String,
    /// The code of the refusal.
    code: String,
    /// The global id of the participant, if one was named.
    participant: Option<ID>,
    /// Earlier refusals of this reader that were counted and not recorded one by one.
    repeated: u64,
}

/// Which entries are asked for.
pub(crate) fn asked(
    person: Option<PersonId>,
    reader: Option<String>,
    from: Option<DateTime>,
    to: Option<DateTime>,
) -> Asked {
    Asked { person, reader, from: from.map(|DateTime(at)| at), to: to.map(|DateTime(at)| at) }
}

/// A page of the ledger, oldest first.
///
/// # Errors
/// If the log cannot be read.
pub(crate) async fn page(ctx: &Context<'_>, asked: Asked, page: Page<u64>) -> Result<Listed<u64, AccessEntry>> {
    let mut entries = engine(ctx)?.access_ledger(asked).await?;
    let place = |entry: &Entry| entry.record.position.0;
    let shown = page.of(&entries, place);
    let total = entries.len();
    let items = entries.drain(shown.range.clone()).map(|entry| (place(&entry), AccessEntry::from(entry)));
    Ok(connect(&shown, total, items))
}

/// What may be asked of a file beside its ledger without reading it: what the question names already.
const NAMED: [&str; 3] = ["id", "uuid", "__typename"];

/// True if of a participant nothing but the ledger is asked for.
pub(crate) fn asks_ledger_alone(ctx: &Context<'_>) -> bool {
    let asked: Vec<&str> = ctx.field().selection_set().map(|field| field.name()).collect();
    asked.contains(&"accessLedger") && asked.iter().all(|field| *field == "accessLedger" || NAMED.contains(field))
}

/// Notes that an operation was refused, by a code of this program.
pub(crate) fn refused(ctx: &Context<'_>, operation: &str, code: &str) {
    if let (Ok(name), Ok(code)) = (Word::new(operation), Word::new(code)) {
        reading(ctx).refused(Operation { name, code }, None);
    }
}

fn codes(classes: &[FieldClass]) -> Vec<Code<FieldClass>> {
    classes.iter().copied().map(Code).collect()
}

impl From<Entry> for AccessEntry {
    fn from(entry: Entry) -> Self {
        let Entry { record, event } = entry;
        let (purpose, way) = (event.purpose().map(Code), Code(event.way()));
        let kind = EventKind(wire::kind(&Fact::from(event.clone())));
        let (seen, exported, refused) = told(event);
        let actor = record.event.actor;
        Self {
            id: ids::global(Kind::Event, EventId(record.event.id)),
            kind,
            position: Position(record.position),
            recorded_at: DateTime(record.recorded_at),
            actor: Actor { user: actor.user, role: actor.role, organisation: actor.organisation },
            on_behalf_of: record.event.on_behalf_of,
            purpose,
            way,
            seen,
            exported,
            refused,
        }
    }
}

fn told(event: Event) -> (Vec<AccessSeen>, Option<AccessExport>, Option<AccessRefusal>) {
    match event {
        Event::Viewed { seen, .. } => {
            let one = |seen: domain::access::Seen| AccessSeen {
                file: ids::of_stream(seen.file),
                classes: codes(&seen.classes),
            };
            (seen.into_iter().map(one).collect(), None, None)
        }
        Event::Exported { content, format, files, classes, everyone, rows, as_of, as_known_at, sha256, .. } => {
            let exported = AccessExport {
                content: content.as_str().to_owned(),
                format: format.as_str().to_owned(),
                files: files.into_iter().map(ids::of_stream).collect(),
                classes: codes(&classes),
                everyone,
                rows,
                as_of: as_of.map(Date),
                as_known_at: as_known_at.map(DateTime),
                sha256,
            };
            (Vec::new(), Some(exported), None)
        }
        Event::Refused { operation, code, participant, repeated, .. } => {
            let refused = AccessRefusal {
                operation: operation.as_str().to_owned(),
                code: code.as_str().to_owned(),
                participant: participant.map(|person| ids::global(Kind::Participant, person)),
                repeated,
            };
            (Vec::new(), None, Some(refused))
        }
    }
}
