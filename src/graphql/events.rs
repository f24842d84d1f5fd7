//! Pages of the log.

use crate::access::Reading;
use crate::graphql::connection::{Page, Take};
use crate::graphql::errors::BadInput;
use crate::graphql::event_kind::EventKind;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{engine, reading, shows_items};
use crate::graphql::scalars::{Date, DateTime, Uuid};
use crate::graphql::types::Event;
use crate::queries::{Span, Told, Wanted};
use async_graphql::connection::{Connection, Edge, OpaqueCursor};
use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::fact::Stream;
use domain::ids::{AgreementId, CourseId, PersonId, PostId};
use std::sync::Arc;
use store::Position;

/// Which records of the log: those for which every condition holds. At most one thing can be named.
#[derive(Debug, Default, InputObject)]
pub struct EventFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<EventKind>>,
    /// About this participant: a global id or the bare UUID.
    pub participant: Option<ID>,
    /// About this post: a global id or the bare UUID.
    pub post: Option<ID>,
    /// About this agreement: a global id or the bare UUID.
    pub agreement: Option<ID>,
    /// About this course or activity: a global id or the bare UUID.
    pub course: Option<ID>,
    /// About this organisation itself: a global id or its short name.
    pub organisation: Option<ID>,
    /// Effective on this day or later.
    pub effective_from: Option<Date>,
    /// Effective on this day or before.
    pub effective_to: Option<Date>,
    /// Recorded at this instant or later.
    pub recorded_from: Option<DateTime>,
    /// Recorded at this instant or before.
    pub recorded_to: Option<DateTime>,
    /// Recorded by this user, as an opaque id.
    pub user: Option<String>,
    /// Of this import batch.
    pub batch: Option<Uuid>,
    /// Of this business act.
    pub correlation: Option<Uuid>,
}

/// A page of the log.
pub type EventConnection = Connection<OpaqueCursor<u64>, Event, EventTotal>;

/// Counts the wanted records when it is asked, and not before: with a filter that reads the log.
pub struct EventTotal {
    wanted: Wanted,
    span: Span,
}

/// What a page of the log tells beside its edges.
#[Object]
impl EventTotal {
    /// How many records are wanted in all, whatever the page. With a filter that names no thing, the log is read.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(engine(ctx)?.count_events(&self.wanted, self.span).await?)
    }
}

impl EventFilter {
    /// Reads the ids of a filter.
    ///
    /// # Errors
    /// [`BadInput`] names the field.
    pub fn read(self) -> Result<Wanted, BadInput> {
        Ok(Wanted {
            stream: self.stream()?,
            kinds: self.kinds.unwrap_or_default().into_iter().map(|EventKind(kind)| kind.to_owned()).collect(),
            effective_from: self.effective_from.map(|Date(day)| day),
            effective_to: self.effective_to.map(|Date(day)| day),
            recorded_from: self.recorded_from.map(|DateTime(at)| at),
            recorded_to: self.recorded_to.map(|DateTime(at)| at),
            user: self.user,
            batch: self.batch.map(|Uuid(batch)| batch),
            correlation: self.correlation.map(|Uuid(act)| act),
        })
    }

    fn stream(&self) -> Result<Option<Stream>, BadInput> {
        let mut named = Vec::new();
        let uuid = |kind, field: &str, id: &ID| ids::uuid(kind, field, id);
        if let Some(id) = &self.participant {
            named.push(Stream::from(PersonId(uuid(Kind::Participant, "filter.participant", id)?)));
        }
        if let Some(id) = &self.post {
            named.push(Stream::from(PostId(uuid(Kind::Post, "filter.post", id)?)));
        }
        if let Some(id) = &self.agreement {
            named.push(Stream::from(AgreementId(uuid(Kind::Agreement, "filter.agreement", id)?)));
        }
        if let Some(id) = &self.course {
            named.push(Stream::from(CourseId(uuid(Kind::Course, "filter.course", id)?)));
        }
        if let Some(id) = &self.organisation {
            named.push(Stream::from(&ids::organisation("filter.organisation", id)?));
        }
        match named[..] {
            [] => Ok(None),
            [stream] => Ok(Some(stream)),
            _ => Err(crate::graphql::errors::bad_input("filter", "names more than one thing; name one")),
        }
    }
}

/// A page of the log: reads what the page shows and no more, unless a filter has to be looked for.
///
/// # Errors
/// If an id of the filter is not one, or the log cannot be read.
pub async fn page(ctx: &Context<'_>, filter: EventFilter, page: Page<u64>) -> Result<EventConnection> {
    let engine = engine(ctx)?;
    let wanted = filter.read()?;
    let whole = engine.span(&wanted).await?;
    let span = Span {
        after: whole.after.max(Position(page.after.unwrap_or_default())),
        to: page.before.map_or(whole.to, |before| whole.to.min(Position(before.saturating_sub(1)))),
    };
    // One more than the page shows tells whether there is another page.
    let (told, more) = match page.take {
        Take::First(count) => {
            let mut told = engine.first_events(&wanted, span, count + 1).await?;
            let more = told.len() > count;
            told.truncate(count);
            (told, (page.after.is_some(), more || page.before.is_some()))
        }
        Take::Last(count) => {
            let mut told = engine.last_events(&wanted, span, count + 1).await?;
            let more = told.len() > count;
            (told.split_off(told.len().saturating_sub(count)), (more || page.after.is_some(), page.before.is_some()))
        }
    };
    let total = EventTotal { wanted, span: whole };
    let mut connection = Connection::with_additional_fields(more.0, more.1, total);
    let reading = if shows_items(ctx) { reading(ctx) } else { Arc::default() };
    connection.edges.extend(told.into_iter().map(|told| edge(told, &reading)));
    Ok(connection)
}

fn edge(told: Told, reading: &Reading) -> Edge<OpaqueCursor<u64>, Event, async_graphql::connection::EmptyFields> {
    Edge::new(OpaqueCursor(told.record.position.0), Event::read(told, reading))
}
