//! Records of the log, as auditors read them.

use super::change::RecordChange;
use super::personal::{self, PersonalValue, SealedPart};
use crate::Engine;
use crate::access::Reading;
use crate::graphql::codes::Code;
use crate::graphql::connection::{PageArguments, items};
use crate::graphql::errors::internal;
use crate::graphql::event_kind::EventKind;
use crate::graphql::events::{LinkedConnection, page_of_places};
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{engine, reading};
use crate::graphql::scalars::{Date, DateTime, Json, Position, Uuid};
use crate::queries::events::delay_days;
use crate::queries::{Link, QueryError, Told, Wanted};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::correction::CorrectionReason;
use domain::fact::{self, Fact, Stream};
use domain::history::{Cut, Fate};
use domain::ids::EventId;
use domain::personal::FieldClass;
use domain::{correction, wire};
use projections::stream_of;
use std::sync::Arc;

/// A record of the log: what happened, when, who recorded it, and what became of it.
#[derive(Clone)]
pub struct Event {
    told: Arc<Told>,
    /// What is known of it: what became of it, and what it led to.
    cut: Cut,
    /// The file through which it was reached, if what is opened of it is noted there.
    file: Option<Stream>,
}

/// The kinds of thing that have a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "fact::StreamKind")]
pub enum StreamKind {
    /// The whole file of a participant.
    Person,
    /// A job that can be filled.
    Post,
    /// An agreement between organisations.
    Agreement,
    /// A course with its sessions, or an activity.
    Course,
    /// An organisation.
    Organisation,
    /// The keyed hash of a national number.
    Alias,
    /// What concerns the whole house.
    Governance,
    /// What a court ordered of one person, under an id of its own: judicial data.
    Judicial,
    /// Who read one file.
    Access,
    /// What one reader read.
    Reader,
}

/// What a thing is to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "fact::Role")]
pub enum StreamRole {
    /// The person whose pathway it is.
    Participant,
    /// The post worked at.
    Post,
    /// The post left.
    FormerPost,
    /// The agreement that covers it.
    Agreement,
    /// The course.
    Course,
    /// The activity.
    Activity,
    /// The organisation itself.
    Organisation,
    /// The other party.
    Partner,
    /// What a court ordered of the person.
    JudicialFile,
    /// The keyed hash of a national number.
    Alias,
    /// The import batch.
    Batch,
    /// The file that another one absorbed.
    Absorbed,
    /// The house itself, of what it publishes.
    House,
    /// Whoever read, took along or was refused.
    Reader,
    /// The ledger of the file that was read, taken along or asked for.
    Ledger,
}

/// A thing that a record is about, and the record's place in its history.
#[derive(SimpleObject)]
pub struct EventStream {
    /// The thing's global id.
    id: ID,
    /// The kind of thing.
    kind: StreamKind,
    /// What it is to the event.
    role: StreamRole,
    /// The record's place in the thing's history, from 1.
    revision: u64,
}

/// Who recorded.
#[derive(SimpleObject)]
pub struct Actor {
    /// The user, as an opaque id; never a name.
    pub(super) user: String,
    /// In which role.
    pub(super) role: String,
    /// For which organisation.
    pub(super) organisation: String,
}

impl Event {
    /// Another record of the log, by its id.
    async fn other(&self, ctx: &Context<'_>, id: Option<uuid::Uuid>) -> Result<Option<Self>> {
        let Some(id) = id else { return Ok(None) };
        let cut = self.cut;
        let found = engine(ctx)?.event(EventId(id)).await?;
        let known = |told: &Told| cut.knows(told.record.recorded_at, told.record.position.0);
        let known = found.filter(known);
        // An answer within the same file is noted where this record was; what stands elsewhere is a reading of its own.
        let primary = |told: &Told| told.record.event.about.first().map(|about| about.stream);
        let here = primary(&self.told);
        Ok(known.map(|told| match self.file.filter(|_| primary(&told) == here) {
            Some(file) => Self::through(told, cut, file),
            None => Self::read(told, cut, &reading(ctx)),
        }))
    }

    /// The record as it was told, with all that is known of it now.
    #[must_use]
    pub fn new(told: Told) -> Self {
        Self::at(told, Cut::default())
    }

    /// The record as it was told, and no more of it than is known at a cut.
    #[must_use]
    pub fn at(told: Told, cut: Cut) -> Self {
        Self { told: Arc::new(told), cut: Cut { as_of: None, ..cut }, file: None }
    }

    /// As [`Event::at`], noted as a reading of every file that it is about.
    #[must_use]
    pub fn read(told: Told, cut: Cut, reading: &Reading) -> Self {
        told.record.event.about.iter().filter_map(|about| stream_of(about.stream)).for_each(|file| reading.saw(file));
        Self::at(told, cut)
    }

    /// As [`Event::at`], reached through a file: what is opened of it is noted there.
    #[must_use]
    pub fn through(told: Told, cut: Cut, file: impl Into<Stream>) -> Self {
        Self { file: Some(file.into()), ..Self::at(told, cut) }
    }

    /// The places of what is tied to it, as far as they are known at its cut.
    async fn linked(&self, engine: &Engine, link: Link) -> Result<Vec<store::Position>, QueryError> {
        let mut places = engine.linked(link).await?;
        if self.cut.as_known_at.is_some() {
            let known = Wanted { recorded_to: self.cut.as_known_at, ..Wanted::default() };
            let last = engine.span(&known).await?.to;
            places.retain(|place| *place <= last);
        }
        Ok(places)
    }

    fn event_id(&self) -> EventId {
        EventId(self.told.record.event.id)
    }

    /// What became of it, as far as is known now, unless it was reached at another moment.
    async fn fate(&self, engine: &Engine) -> Result<Fate, QueryError> {
        if let Some(row) = &self.told.fate {
            return Ok(Fate { annulled_by: row.annulled_by, corrected_by: row.corrected_by });
        }
        let primary = self.told.record.event.about.first().and_then(|about| stream_of(about.stream));
        let Some(stream) = primary else { return Ok(Fate::default()) };
        let (history, _) = engine.history(stream, self.cut).await?;
        Ok(history.record(self.event_id()).map(|(_, fate)| fate).unwrap_or_default())
    }
}

/// A record of the log: what happened, when, who recorded it, and what became of it.
#[Object]
impl Event {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Event, self.event_id())
    }

    /// Its place in the log.
    async fn position(&self) -> Position {
        Position(self.told.record.position)
    }

    /// The kind of event.
    async fn kind(&self) -> EventKind {
        EventKind(wire::kind(&self.told.fact))
    }

    /// The day on which it happened or took effect, as recorded.
    async fn effective_on(&self) -> Date {
        Date(self.told.record.event.effective_on)
    }

    /// The day on which it counts, as corrected; null if it does not count, or is itself an answer to another record.
    /// Known on a timeline only.
    async fn counts_on(&self) -> Option<Date> {
        self.told.fate.as_ref()?.counts_on.map(Date)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.told.record.recorded_at)
    }

    /// Days from the effective day to the day of recording in Brussels; negative for what was planned.
    async fn delay_days(&self) -> i64 {
        delay_days(&self.told.record)
    }

    /// Who recorded it.
    async fn actor(&self) -> Actor {
        let actor = &self.told.record.event.actor;
        Actor { user: actor.user.clone(), role: actor.role.clone(), organisation: actor.organisation.clone() }
    }

    /// For whom the actor acted, if not for themselves.
    async fn on_behalf_of(&self) -> Option<&str> {
        self.told.record.event.on_behalf_of.as_deref()
    }

    /// By which way it came in: ui, api, cli, import, migration, policy.
    async fn source(&self) -> &str {
        &self.told.record.event.source
    }

    /// The import batch.
    async fn batch(&self) -> Option<Uuid> {
        self.told.record.event.batch.map(Uuid)
    }

    /// The event or request that caused it.
    async fn causation(&self) -> Option<Uuid> {
        self.told.record.event.causation.map(Uuid)
    }

    /// What binds the events of one business act.
    async fn correlation(&self) -> Option<Uuid> {
        self.told.record.event.correlation.map(Uuid)
    }

    /// The set of legal rules by which it was decided, if the law swayed it.
    async fn rule_set(&self) -> Option<&str> {
        self.told.record.event.rule_set.as_deref()
    }

    /// The global id of the record that it corrects or annuls.
    async fn corrects(&self) -> Option<ID> {
        self.told.record.event.corrects.map(|id| ids::global(Kind::Event, id))
    }

    /// Why it corrects or annuls.
    async fn correction_reason(&self) -> Option<Code<CorrectionReason>> {
        match &self.told.fact {
            Fact::Correction(
                correction::Event::Annulled { reason, .. } | correction::Event::Corrected { reason, .. },
            ) => Some(Code(*reason)),
            _ => None,
        }
    }

    /// The global id of the standing annulment that removes it.
    async fn annulled_by(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        let fate = self.fate(engine(ctx)?).await?;
        Ok(fate.annulled_by.map(|id| ids::global(Kind::Event, id)))
    }

    /// The global id of the standing correction whose content holds instead.
    async fn corrected_by(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        let fate = self.fate(engine(ctx)?).await?;
        Ok(fate.corrected_by.map(|id| ids::global(Kind::Event, id)))
    }

    /// The record that caused it; null if what caused it is no record of the log.
    async fn cause(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        self.other(ctx, self.told.record.event.causation).await
    }

    /// The records that name this one as their cause, in order of position.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn effects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<LinkedConnection> {
        let page = PageArguments { first, after, last, before }.read()?;
        let places = self.linked(engine(ctx)?, Link::CausedBy(self.told.record.event.id)).await?;
        page_of_places(ctx, &places, self.cut, page).await
    }

    /// The records of the same business act (`correlation`), this one among them, in order of position; null if it names
    /// none.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn act(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Option<LinkedConnection>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let Some(act) = self.told.record.event.correlation else { return Ok(None) };
        let places = self.linked(engine(ctx)?, Link::OfAct(act)).await?;
        page_of_places(ctx, &places, self.cut, page).await.map(Some)
    }

    /// The record that it corrects or annuls.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        self.other(ctx, self.told.record.event.corrects).await
    }

    /// The standing annulment that removes it.
    async fn annulment(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let by = self.fate(engine(ctx)?).await?.annulled_by;
        self.other(ctx, by.map(|id| id.0)).await
    }

    /// The standing correction whose content holds instead.
    async fn correction(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let by = self.fate(engine(ctx)?).await?.corrected_by;
        self.other(ctx, by.map(|id| id.0)).await
    }

    /// What it did when it was recorded: a new fact, or what it changed of an earlier record, with old and new values.
    async fn change(&self, ctx: &Context<'_>) -> Result<RecordChange> {
        Ok(engine(ctx)?.answered(&self.told).await?.into())
    }

    /// The classes of which it has a sealed part, and whether that can still be opened. Nothing is opened to tell.
    async fn sealed_parts(&self, ctx: &Context<'_>) -> Result<Vec<SealedPart>> {
        Ok(personal::sealed(&engine(ctx)?.vault, &self.told.record.event.sealed))
    }

    /// The things that it is about, the primary one first.
    async fn streams(&self) -> Result<Vec<EventStream>> {
        let record = &self.told.record;
        let streams = record.event.about.iter().zip(&record.revisions).map(|(about, revision)| {
            let stream = stream_of(about.stream)?;
            let role = fact::Role::of(about.role.0)?;
            let id = ids::of_stream(stream);
            Some(EventStream { id, kind: stream.kind.into(), role: role.into(), revision: revision.0 })
        });
        streams.collect::<Option<_>>().ok_or_else(|| internal("a record that was read names an unknown stream or role"))
    }

    /// What happened: the plain fields, which depend on the kind. Holds no name and no free text.
    async fn fact(&self) -> Json {
        Json(wire::to_json(&self.told.fact).into())
    }

    /// The personal fields of this record, opened because they are asked for.
    async fn personal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only fields of these classes; by default all.")] classes: Option<Vec<Code<FieldClass>>>,
    ) -> Result<Vec<PersonalValue>> {
        let event = &self.told.record.event;
        let revealed = engine(ctx)?.reveal_parts(self.event_id(), &event.sealed, &personal::classes(classes))?;
        // Sealed under the keys of the primary stream: it is that one's fields that are opened.
        if let Some(file) = self.file.or_else(|| event.about.first().and_then(|about| stream_of(about.stream))) {
            reading(ctx).opened(file, personal::opened(&revealed));
        }
        Ok(personal::shown(&revealed))
    }
}
