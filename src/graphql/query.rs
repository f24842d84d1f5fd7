//! The root of what can be asked.

use crate::graphql::codes::Code;
use crate::graphql::codes::{self, CodeListEntry};
use crate::graphql::connection::{Listed, PageArguments, Place, items};
use crate::graphql::deadlines::{self, DeadlineFilter};
use crate::graphql::errors::{bad_input, not_found};
use crate::graphql::events::{self, EventConnection, EventFilter};
use crate::graphql::figures::{self, types::PublishedFigure};
use crate::graphql::ids::{self, Kind};
use crate::graphql::indicators::Indicators;
use crate::graphql::integrity::Integrity;
use crate::graphql::lists::{self, AgreementFilter, PostFilter};
use crate::graphql::moment::{When, engine};
use crate::graphql::participants::{Choice, ParticipantFilter, ParticipantOrder};
use crate::graphql::scalars::{Date, DateTime, Position, Uuid};
use crate::graphql::types::access::{self, AccessEntry};
use crate::graphql::types::{
    Agreement, Caseload, Course, Deadline, Event, ImportBatch, Node, Organisation, Participant, Post, Rule, RuleSet,
};
use crate::numbers::NumberError;
use crate::queries::aside;
use async_graphql::{Context, ID, Object, Result};
use domain::codes::Measure;
use domain::identifier::IdentifierKind;
use domain::ids::{AgreementId, BatchId, CourseId, EventId, OrganisationId, PersonId, PostId};
use domain::law::Country;

/// What can be asked.
pub struct Query;

/// What can be asked. By default of today in Brussels and as known now. Nothing asked changes what is asked about; who read
/// a participant's file is remembered in the access ledger before the answer leaves.
#[Object]
#[allow(clippy::too_many_arguments, reason = "arguments of the contract, not of a function that people call")]
impl Query {
    /// Any thing by its global id; null if it is not known.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id.")] id: ID,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
    ) -> Result<Option<Node>> {
        let (kind, rest) = ids::split("id", &id)?;
        if kind == Kind::Event {
            let id = EventId(ids::uuid(kind, "id", rest)?);
            return Ok(events::one(ctx, id, as_of, as_known_at).await?.map(Node::Event));
        }
        let moment = When { as_of, as_known_at, not_before: None }.moment(ctx).await?;
        if kind == Kind::Organisation {
            let found = Organisation::registered(&moment, &lists::organisation_of(&moment, rest)?);
            return Ok(found.map(Node::Organisation));
        }
        let uuid = ids::uuid(kind, "id", rest)?;
        match kind {
            Kind::Participant => Ok(Participant::find(&moment, PersonId(uuid)).map(Node::Participant)),
            Kind::Post => Ok(Post::find(&moment, PostId(uuid)).map(Node::Post)),
            Kind::Agreement => Ok(Agreement::find(&moment, AgreementId(uuid)).map(Node::Agreement)),
            Kind::Course => Ok(Course::find(&moment, CourseId(uuid)).map(Node::Course)),
            other => {
                Err(bad_input("id", format_args!("a {other} is reached through the file that it stands in")).into())
            }
        }
    }

    /// One person's file; null if it is not known at the moment.
    async fn participant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person: a global id or the bare UUID.")] id: ID,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Option<Participant>> {
        let person = PersonId(ids::uuid(Kind::Participant, "id", &id)?);
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        if access::asks_ledger_alone(ctx) {
            let file = Participant::unread(&moment, person);
            return Ok(file.known().then_some(file));
        }
        Ok(Participant::find(&moment, person))
    }

    /// The access ledger of a participant, or of a reader, oldest first: who read whom, in which classes of personal fields,
    /// under which purpose; what was taken along; what was refused. Within 15 minutes one entry stands for all readings of
    /// the same by the same. Of a participant's ledger only what concerns that file is told. The whole ledger is
    /// `events(filter: {kinds: [RecordViewed, ExportProduced, AccessRefused]})`. To ask this is no reading of a file.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn access_ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What this user read, as an opaque id. Name the reader, the participant, or both.")]
        reader: Option<String>,
        #[graphql(desc = "Who read this participant: a global id or the bare UUID.")] participant: Option<ID>,
        #[graphql(desc = "Only what was recorded at this instant or later.")] from: Option<DateTime>,
        #[graphql(desc = "Only what was recorded at this instant or before.")] to: Option<DateTime>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Listed<u64, AccessEntry>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let participant = participant.map(|id| ids::uuid(Kind::Participant, "participant", &id)).transpose()?;
        if reader.is_none() && participant.is_none() {
            return Err(bad_input("reader", "name a reader, a participant, or both").into());
        }
        access::page(ctx, access::asked(participant.map(PersonId), reader, from, to), page).await
    }

    /// Participants, filtered and sorted.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which participants; by default all.")] filter: Option<ParticipantFilter>,
        #[graphql(desc = "In which order; by default that of their ids.")] order_by: Option<ParticipantOrder>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Listed<Place, Participant>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        let retention = engine(ctx)?.law.house_on(moment.day).retention;
        let choice = Choice::new(filter.unwrap_or_default(), order_by.unwrap_or_default(), retention)?;
        lists::participants(ctx, &moment, choice, page).await
    }

    /// The log itself, oldest first: every record with both times, its actor and its fact. For auditors.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which records; by default all.")] filter: Option<EventFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
    ) -> Result<EventConnection> {
        let page = PageArguments { first, after, last, before }.read()?;
        events::page(ctx, filter.unwrap_or_default(), (as_of, as_known_at), page).await
    }

    /// One record of the log by its event id; null if it is not recorded.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event: a global id or the bare UUID.")] id: ID,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
    ) -> Result<Option<Event>> {
        let id = EventId(ids::uuid(Kind::Event, "id", &id)?);
        events::one(ctx, id, as_of, as_known_at).await
    }

    /// Posts, in order of their first day.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which posts; by default all.")] filter: Option<PostFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Listed<Place, Post>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        lists::posts(&moment, filter.unwrap_or_default(), &page)
    }

    /// Agreements, in order of their signature.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreements; by default all.")] filter: Option<AgreementFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Listed<Place, Agreement>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        lists::agreements(&moment, filter.unwrap_or_default(), &page)
    }

    /// Every organisation that is registered, in order of its short name.
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
    ) -> Result<Vec<Organisation>> {
        let moment = When { as_of, as_known_at, not_before: None }.moment(ctx).await?;
        let mut ids: Vec<&OrganisationId> = moment.snapshot.organisations.rows().map(|row| &row.organisation).collect();
        ids.sort();
        Ok(ids.into_iter().map(|organisation| Organisation::new(&moment, organisation)).collect())
    }

    /// The figures that the field publishes, by the definitions of the house.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this organisation, by its short name or global id; by default of all.")]
        organisation: Option<ID>,
        #[graphql(desc = "Under this measure; a figure's own argument overrides it.")] measure: Option<Code<Measure>>,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Indicators> {
        let organisation = organisation.map(|id| ids::organisation("organisation", &id)).transpose()?;
        let moment = When { as_of: None, as_known_at, not_before }.moment(ctx).await?;
        let present = engine(ctx)?.runtime.snapshot();
        if let Some(organisation) = organisation.as_ref().filter(|it| !lists::is_known(&present, it)) {
            return Err(not_found("organisation", format_args!("organisation {organisation}")));
        }
        Ok(Indicators::new(moment, engine(ctx)?.law.clone(), organisation, measure.map(|Code(measure)| measure)))
    }

    /// The figures that were published, as they were then, in order of the day of publication.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn published_figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this indicator, by the name of its field in Indicators.")] indicator: Option<String>,
        #[graphql(desc = "Only of this organisation, by its short name or global id.")] organisation: Option<ID>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Listed<figures::types::Key, PublishedFigure>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let organisation = organisation.map(|id| ids::organisation("organisation", &id)).transpose()?;
        figures::types::page(ctx, indicator, organisation, page).await
    }

    /// What must be done by when, in order of the last day; by default what is due or overdue on the day of the question.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which deadlines; by default those due or overdue.")] filter: Option<DeadlineFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
        #[graphql(
            desc = "As of this day: only what is effective by then, and overdue by then; by default everything on record, looked at today."
        )]
        as_of: Option<Date>,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Listed<Place, Deadline>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let wanted = filter.unwrap_or_default().read()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        deadlines::page(ctx, &moment, wanted, page).await
    }

    /// The open pathways that a worker follows on a day, and what is due in them. Empty if nobody of that name follows any.
    async fn caseload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The worker, as a user id.")] worker: String,
        #[graphql(desc = "Only pathways with this organisation, by its short name or global id.")] organisation: Option<
            ID,
        >,
        #[graphql(desc = "On this day; by default today.")] as_of: Option<Date>,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Caseload> {
        let organisation = organisation.map(|id| ids::organisation("organisation", &id)).transpose()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        let law = engine(ctx)?.law.clone();
        Ok(aside(move || Ok(Caseload::of(&moment, &law, &worker, organisation))).await?)
    }

    /// The caseload of everyone who follows an open pathway on a day, in order of user id.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn caseloads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only pathways with this organisation, by its short name or global id.")] organisation: Option<
            ID,
        >,
        #[graphql(desc = "On this day; by default today.")] as_of: Option<Date>,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
        #[graphql(desc = "Wait until this position is counted: read your own write.")] not_before: Option<Position>,
    ) -> Result<Vec<Caseload>> {
        let organisation = organisation.map(|id| ids::organisation("organisation", &id)).transpose()?;
        let moment = When { as_of, as_known_at, not_before }.moment(ctx).await?;
        let law = engine(ctx)?.law.clone();
        Ok(aside(move || Ok(Caseload::all(&moment, &law, organisation.as_ref()))).await?)
    }

    /// Every rule of the law and of the house with its article, its source and the days on which it held.
    async fn rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what is in force on this day; by default every period of each rule.")] on: Option<Date>,
        #[graphql(desc = "Only the law of this country, and the deadlines of the house; by default all.")]
        country: Option<Code<Country>>,
    ) -> Result<Vec<Rule>> {
        Ok(Rule::all(&engine(ctx)?.law, on.map(|Date(day)| day), country.map(|Code(country)| country)))
    }

    /// Every rule set: what was in force together, by the names under which events tell what swayed them.
    async fn rule_sets(&self, ctx: &Context<'_>) -> Result<Vec<RuleSet>> {
        Ok(RuleSet::all(&engine(ctx)?.law))
    }

    /// Who holds a national number (NISS / INSZ, NIR) now, with their file at the moment of the question; found by its keyed hash: the number itself is compared with nothing
    /// and kept nowhere. Null if nobody does; refused (`NATIONAL_NUMBERS_OFF`) if the house keeps none.
    ///
    /// Send the number as a variable, in the body of a POST.
    async fn participant_by_number(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gave it.")] kind: Code<IdentifierKind>,
        #[graphql(desc = "The number, with or without its punctuation.", secret)] value: String,
        #[graphql(desc = "Only what is effective by this day; by default everything, looked at today.")] as_of: Option<
            Date,
        >,
        #[graphql(desc = "Only what was recorded by this instant, inclusive; by default now.")] as_known_at: Option<
            DateTime,
        >,
    ) -> Result<Option<Participant>> {
        let held = engine(ctx)?.holder_of(kind.0, &value).await.inspect_err(|error| {
            if let NumberError::Off(refusal) = error {
                access::refused(ctx, "participantByNumber", refusal.rule);
            }
        })?;
        let moment = When { as_of, as_known_at, not_before: None }.moment(ctx).await?;
        Ok(held.and_then(|person| Participant::find(&moment, person)))
    }

    /// Import batches, the one opened last first.
    #[graphql(complexity = "items(first, None) * child_complexity + 1")]
    async fn import_batches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 500; by default 50.")] first: Option<i32>,
    ) -> Result<Vec<ImportBatch>> {
        let count = items(first, None);
        let found = engine(ctx)?.batches(count).await?;
        Ok(found.into_iter().map(|(id, state)| ImportBatch::new(id, state)).collect())
    }

    /// One import batch; null if it was never opened.
    async fn import_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch: `batch` of each of its events.")] id: Uuid,
    ) -> Result<Option<ImportBatch>> {
        let id = BatchId(id.0);
        Ok(engine(ctx)?.batch(id).await?.map(|state| ImportBatch::new(id, state)))
    }

    /// Every code of every list with its labels, for forms and reports.
    async fn codes(
        &self,
        #[graphql(desc = "Only this list, by the name of its enum, such as Measure.")] list: Option<String>,
    ) -> Vec<CodeListEntry> {
        let mut entries = codes::entries();
        entries.retain(|entry| list.as_ref().is_none_or(|list| entry.is_of(list)));
        entries
    }

    /// What proves that nobody changed the log: its tree head, signed, and proofs about it. For auditors.
    async fn integrity(&self, ctx: &Context<'_>) -> Result<Integrity> {
        Ok(Integrity::new(engine(ctx)?))
    }

    /// The position of the last record: give it back as notBefore to read everything recorded so far.
    async fn head(&self, ctx: &Context<'_>) -> Result<Position> {
        Ok(Position(*store::EventStore::head(engine(ctx)?.store.as_ref()).borrow()))
    }

    /// True if a record with this idempotency key exists: whether a command was recorded before the line broke.
    async fn recorded(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The idempotency key of the command.")] idempotency_key: Uuid,
    ) -> Result<bool> {
        Ok(engine(ctx)?.event(EventId(idempotency_key.0)).await?.is_some())
    }
}
