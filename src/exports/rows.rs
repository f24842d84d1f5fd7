//! The rows of each table.

use super::{ExportError, Row};
use crate::Engine;
use domain::fact::Role;
use domain::history::Cut;
use domain::wire;
use projections::Snapshot;
use projections::{Table as Rows, View, translate};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use store::{EventStore, Position, Record};

/// Records of the log read at a time: some megabytes.
const PAGE_RECORDS_MAX: usize = 4_096;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Table {
    /// The log itself, oldest first: every record with both times, actor and fact
    Events,
    /// Where each person stands
    Standing,
    /// Stays in cells, and the pathways they belong to
    Cells,
    /// Contracts and placements
    Engagements,
    /// Hires, follow-ups and exits
    Outcomes,
    /// Grants of social aid
    Aids,
    /// Integration projects (PIIS / GPMI)
    Projects,
    /// Enrolments, attendances and activities
    Trainings,
    /// Suspensions of payment and the procedures towards them
    Sanctions,
    /// Applications for posts and measures
    Applications,
    /// Skills validated and titles awarded
    Acquired,
    /// Work penalties; judicial data
    Penalties,
    /// Files of one person that are read as one
    Merges,
    /// Since when closed files wait, and what was asked about their erasure
    Retention,
    /// Posts
    Posts,
    /// Agreements
    Agreements,
    /// Courses with their sessions, and activities
    Courses,
    /// Organisations by their names
    Organisations,
}

impl Table {
    /// True if its rows are of persons, and not of the house's posts, agreements, courses and organisations alone.
    #[must_use]
    pub const fn is_about_persons(self) -> bool {
        !matches!(self, Self::Posts | Self::Agreements | Self::Courses | Self::Organisations)
    }
}

type Sink<'a> = &'a mut dyn FnMut(Row) -> Result<(), ExportError>;

/// Gives every row of a table, as it is at a cut, to `sink`.
pub async fn each(engine: &Engine, table: Table, cut: Cut, sink: Sink<'_>) -> Result<(), ExportError> {
    if table == Table::Events {
        return events(engine, cut, sink);
    }
    let snapshot: Arc<Snapshot> =
        if cut == Cut::default() { engine.runtime.snapshot() } else { engine.runtime.at(cut).await? };
    match table {
        Table::Events => Ok(()),
        Table::Standing => view(&snapshot.standing, sink),
        Table::Cells => view(&snapshot.cells, sink),
        Table::Engagements => view(&snapshot.engagements, sink),
        Table::Outcomes => view(&snapshot.outcomes, sink),
        Table::Aids => view(&snapshot.aids, sink),
        Table::Projects => view(&snapshot.projects, sink),
        Table::Trainings => view(&snapshot.trainings, sink),
        Table::Sanctions => view(&snapshot.sanctions, sink),
        Table::Applications => view(&snapshot.applications, sink),
        Table::Acquired => view(&snapshot.acquired, sink),
        Table::Penalties => view(&snapshot.penalties, sink),
        Table::Merges => view(&snapshot.merges, sink),
        Table::Retention => view(&snapshot.retention, sink),
        Table::Posts => view(&snapshot.posts, sink),
        Table::Agreements => view(&snapshot.agreements, sink),
        Table::Courses => view(&snapshot.courses, sink),
        Table::Organisations => view(&snapshot.organisations, sink),
    }
}

/// Every row of a view, led in by the id of the thing that it is about.
fn view<V: View>(rows: &Rows<V>, sink: Sink<'_>) -> Result<(), ExportError>
where
    V::Row: Serialize,
{
    for (id, rows) in rows.iter() {
        for row in rows {
            let mut columns = Row::new();
            columns.insert("id".to_owned(), json!(id));
            match serde_json::to_value(row)? {
                Value::Object(fields) => columns.extend(fields),
                other => drop(columns.insert("value".to_owned(), other)),
            }
            sink(columns)?;
        }
    }
    Ok(())
}

/// Every record of the log that the cut knows, annulled and corrected ones included.
fn events(engine: &Engine, cut: Cut, sink: Sink<'_>) -> Result<(), ExportError> {
    let mut after = Position(0);
    loop {
        let page = engine.store.read(after, PAGE_RECORDS_MAX)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.position;
        for record in &page {
            let known = cut.knows(record.recorded_at, record.position.0);
            if known && cut.as_of.is_none_or(|day| record.event.effective_on <= day) {
                sink(event(record)?)?;
            }
        }
    }
}

fn event(record: &Record) -> Result<Row, ExportError> {
    let known = translate::known(record).map_err(translate::ReadError::from)?;
    let event = &record.event;
    let streams: Vec<Value> = known
        .about
        .iter()
        .zip(&record.revisions)
        .map(|(about, revision)| {
            json!({"stream": about.stream.to_string(), "role": role(about.role), "revision": revision.0})
        })
        .collect();
    let row = json!({
        "position": record.position.0,
        "event_id": event.id,
        "kind": event.kind,
        "version": event.version,
        "effective_on": event.effective_on,
        "recorded_at": record.recorded_at,
        "user": event.actor.user,
        "role": event.actor.role,
        "organisation": event.actor.organisation,
        "on_behalf_of": event.on_behalf_of,
        "source": event.source,
        "batch": event.batch,
        "causation": event.causation,
        "correlation": event.correlation,
        "rule_set": event.rule_set,
        "corrects": event.corrects,
        "streams": streams,
        "fact": wire::to_json(&known.fact),
    });
    Ok(row.as_object().cloned().unwrap_or_default())
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Participant => "participant",
        Role::Post => "post",
        Role::FormerPost => "formerPost",
        Role::Agreement => "agreement",
        Role::Course => "course",
        Role::Activity => "activity",
        Role::Organisation => "organisation",
        Role::Partner => "partner",
        Role::JudicialFile => "judicialFile",
        Role::Alias => "alias",
        Role::Batch => "batch",
        Role::Absorbed => "absorbed",
        Role::House => "house",
        Role::Reader => "reader",
        Role::Ledger => "ledger",
    }
}
