//! Records of the log, as auditors read them.

use super::personal::{self, PersonalValue};
use crate::Engine;
use crate::access::Reading;
use crate::clock::brussels_day;
use crate::graphql::codes::Code;
use crate::graphql::errors::internal;
use crate::graphql::event_kind::EventKind;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{engine, reading};
use crate::graphql::scalars::{Date, DateTime, Json, Position, Uuid};
use crate::queries::{QueryError, Told};
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
pub struct Event(pub Arc<Told>, Option<Stream>);

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
    /// The record as it was told.
    #[must_use]
    pub fn new(told: Told) -> Self {
        Self(Arc::new(told), None)
    }

    /// As [`Event::new`], noted as a reading of every file that it is about.
    #[must_use]
    pub fn read(told: Told, reading: &Reading) -> Self {
        told.record.event.about.iter().filter_map(|about| stream_of(about.stream)).for_each(|file| reading.saw(file));
        Self::new(told)
    }

    /// As [`Event::new`], reached through a file: what is opened of it is noted there.
    #[must_use]
    pub fn through(told: Told, file: impl Into<Stream>) -> Self {
        Self(Arc::new(told), Some(file.into()))
    }

    fn event_id(&self) -> EventId {
        EventId(self.0.record.event.id)
    }

    /// What became of it, as far as is known now, unless it was reached at another moment.
    async fn fate(&self, engine: &Engine) -> Result<Fate, QueryError> {
        if let Some(row) = &self.0.fate {
            return Ok(Fate { annulled_by: row.annulled_by, corrected_by: row.corrected_by });
        }
        let primary = self.0.record.event.about.first().and_then(|about| stream_of(about.stream));
        let Some(stream) = primary else { return Ok(Fate::default()) };
        let (history, _) = engine.history(stream, Cut::default()).await?;
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
        Position(self.0.record.position)
    }

    /// The kind of event.
    async fn kind(&self) -> EventKind {
        EventKind(wire::kind(&self.0.fact))
    }

    /// The day on which it happened or took effect, as recorded.
    async fn effective_on(&self) -> Date {
        Date(self.0.record.event.effective_on)
    }

    /// The day on which it counts, as corrected; null if it does not count, or is itself an answer to another record.
    /// Known on a timeline only.
    async fn counts_on(&self) -> Option<Date> {
        self.0.fate.as_ref()?.counts_on.map(Date)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.record.recorded_at)
    }

    /// Days from the effective day to the day of recording in Brussels; negative for what was planned.
    async fn delay_days(&self) -> i64 {
        let record = &self.0.record;
        (brussels_day(record.recorded_at) - record.event.effective_on).num_days()
    }

    /// Who recorded it.
    async fn actor(&self) -> Actor {
        let actor = &self.0.record.event.actor;
        Actor { user: actor.user.clone(), role: actor.role.clone(), organisation: actor.organisation.clone() }
    }

    /// For whom the actor acted, if not for themselves.
    async fn on_behalf_of(&self) -> Option<&str> {
        self.0.record.event.on_behalf_of.as_deref()
    }

    /// By which way it came in: ui, api, cli, import, migration, policy.
    async fn source(&self) -> &str {
        &self.0.record.event.source
    }

    /// The import batch.
    async fn batch(&self) -> Option<Uuid> {
        self.0.record.event.batch.map(Uuid)
    }

    /// The event or request that caused it.
    async fn causation(&self) -> Option<Uuid> {
        self.0.record.event.causation.map(Uuid)
    }

    /// What binds the events of one business act.
    async fn correlation(&self) -> Option<Uuid> {
        self.0.record.event.correlation.map(Uuid)
    }

    /// The set of legal rules by which it was decided, if the law swayed it.
    async fn rule_set(&self) -> Option<&str> {
        self.0.record.event.rule_set.as_deref()
    }

    /// The global id of the record that it corrects or annuls.
    async fn corrects(&self) -> Option<ID> {
        self.0.record.event.corrects.map(|id| ids::global(Kind::Event, id))
    }

    /// Why it corrects or annuls.
    async fn correction_reason(&self) -> Option<Code<CorrectionReason>> {
        match &self.0.fact {
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

    /// The things that it is about, the primary one first.
    async fn streams(&self) -> Result<Vec<EventStream>> {
        let record = &self.0.record;
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
        Json(wire::to_json(&self.0.fact).into())
    }

    /// The personal fields of this record, opened because they are asked for.
    async fn personal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only fields of these classes; by default all.")] classes: Option<Vec<Code<FieldClass>>>,
    ) -> Result<Vec<PersonalValue>> {
        let event = &self.0.record.event;
        let revealed = engine(ctx)?.reveal_parts(self.event_id(), &event.sealed, &personal::classes(classes))?;
        // Sealed under the keys of the primary stream: it is that one's fields that are opened.
        if let Some(file) = self.1.or_else(|| event.about.first().and_then(|about| stream_of(about.stream))) {
            reading(ctx).opened(file, personal::opened(&revealed));
        }
        Ok(personal::shown(&revealed))
    }
}
