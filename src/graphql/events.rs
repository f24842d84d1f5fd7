//! Pages of the log.

use crate::access::Reading;
use crate::graphql::connection::{Listed, Page, Take, connect};
use crate::graphql::errors::BadInput;
use crate::graphql::event_kind::EventKind;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{engine, reading, shows_items};
use crate::graphql::scalars::{Date, DateTime, Uuid};
use crate::graphql::step::EventStep;
use crate::graphql::types::Event;
use crate::queries::{Span, Told, Wanted};
use async_graphql::connection::{Connection, ConnectionNameType, Edge, EdgeNameType, OpaqueCursor};
use async_graphql::{Context, ID, InputObject, Object, OutputType, Result};
use domain::fact::Stream;
use domain::history::Cut;
use domain::ids::{AgreementId, CourseId, EventId, PersonId, PostId};
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
    /// Of one of these steps.
    pub steps: Option<Vec<EventStep>>,
    /// Recorded by this user, as an opaque id.
    pub user: Option<String>,
    /// Recorded in this role.
    pub role: Option<String>,
    /// Recorded for this organisation, by its short name: that of who recorded it, not the one it is about.
    pub recorded_for: Option<String>,
    /// Come in by this way: ui, api, cli, import, migration, policy.
    pub source: Option<String>,
    /// Decided under this rule set.
    pub rule_set: Option<String>,
    /// Recorded at least so many days after the day on which it happened.
    pub delay_days_min: Option<i32>,
    /// Of this import batch.
    pub batch: Option<Uuid>,
    /// Of this business act.
    pub correlation: Option<Uuid>,
}

/// A page of the log.
pub type EventConnection = Connection<OpaqueCursor<u64>, Event, EventTotal>;

/// A page of records that name the same cause or act.
pub type LinkedConnection = Listed<u64, Event, LinkedName, LinkedName>;

/// What a page of linked records is called, to tell it from a page of the log.
pub struct LinkedName;

impl ConnectionNameType for LinkedName {
    fn type_name<T: OutputType>() -> String {
        "LinkedEventConnection".to_owned()
    }
}

impl EdgeNameType for LinkedName {
    fn type_name<T: OutputType>() -> String {
        "LinkedEventEdge".to_owned()
    }
}

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
            steps: self.steps.unwrap_or_default().into_iter().map(|EventStep(step)| step).collect(),
            user: self.user,
            role: self.role,
            organisation: self.recorded_for,
            source: self.source,
            rule_set: self.rule_set,
            delay_days_min: self.delay_days_min.map(i64::from),
            batch: self.batch.map(|Uuid(batch)| batch),
            correlation: self.correlation.map(|Uuid(act)| act),
        })
    }

    /// The same, of what is effective by a day and was recorded by an instant.
    #[must_use]
    pub fn within(self, as_of: Option<Date>, as_known_at: Option<DateTime>) -> Self {
        let earlier = |one: Option<Date>, other: Option<Date>| one.into_iter().chain(other).min();
        let sooner = |one: Option<DateTime>, other: Option<DateTime>| one.into_iter().chain(other).min();
        Self {
            effective_to: earlier(self.effective_to, as_of),
            recorded_to: sooner(self.recorded_to, as_known_at),
            ..self
        }
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

/// One record, if it is effective by a day and was recorded by an instant.
///
/// # Errors
/// If the log cannot be read.
pub async fn one(
    ctx: &Context<'_>,
    id: EventId,
    as_of: Option<Date>,
    as_known_at: Option<DateTime>,
) -> Result<Option<Event>> {
    let wanted = EventFilter::default().within(as_of, as_known_at).read()?;
    let found = engine(ctx)?.event(id).await?.filter(|told| wanted.admits(&told.record));
    let cut = Cut { as_known_at: wanted.recorded_to, ..Cut::default() };
    Ok(found.map(|told| Event::read(told, cut, &reading(ctx))))
}

/// Some records at known places as a page, each with what is known of it at a cut.
///
/// # Errors
/// If the log cannot be read.
pub async fn page_of_places(
    ctx: &Context<'_>,
    places: &[Position],
    cut: Cut,
    page: Page<u64>,
) -> Result<LinkedConnection> {
    let shown = page.of(places, |place| place.0);
    let told = engine(ctx)?.records_at(places[shown.range.clone()].to_vec()).await?;
    let reading = if shows_items(ctx) { reading(ctx) } else { Arc::default() };
    let read = |told: Told| (told.record.position.0, Event::read(told, cut, &reading));
    Ok(connect(&shown, places.len(), told.into_iter().map(read)))
}

/// A page of the log: reads what the page shows and no more, unless a filter has to be looked for.
///
/// # Errors
/// If an id of the filter is not one, or the log cannot be read.
pub async fn page(
    ctx: &Context<'_>,
    filter: EventFilter,
    (as_of, as_known_at): (Option<Date>, Option<DateTime>),
    page: Page<u64>,
) -> Result<EventConnection> {
    let engine = engine(ctx)?;
    let wanted = filter.within(as_of, as_known_at).read()?;
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
    let cut = Cut { as_known_at: as_known_at.map(|DateTime(at)| at), ..Cut::default() };
    let total = EventTotal { wanted, span: whole };
    let mut connection = Connection::with_additional_fields(more.0, more.1, total);
    let reading = if shows_items(ctx) { reading(ctx) } else { Arc::default() };
    connection.edges.extend(told.into_iter().map(|told| edge(told, cut, &reading)));
    Ok(connection)
}

fn edge(
    told: Told,
    cut: Cut,
    reading: &Reading,
) -> Edge<OpaqueCursor<u64>, Event, async_graphql::connection::EmptyFields> {
    Edge::new(OpaqueCursor(told.record.position.0), Event::read(told, cut, reading))
}
