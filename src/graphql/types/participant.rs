//! A person's file.

use super::access::{self, AccessEntry};
use super::accompaniment::Accompaniment;
use super::aid::Aid;
use super::application::{Acquired, Application};
use super::change::Between;
use super::diff::Diff;
use super::engagement::Engagement;
use super::operation::OperationStay;
use super::outcome::{ExitReview, FollowUp, Hire, Spell};
use super::pathway::{Pathway, PathwayExit};
use super::penalty::Penalty;
use super::personal::{self, PersonalValue};
use super::piis::{Piis, PiisStanding, PiisWaiver};
use super::retention::Retention;
use super::sanction::Sanction;
use super::training::Training;
use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::connection::{Listed, PageArguments, Place, items};
use crate::graphql::deadlines::{self, DeadlineFilter};
use crate::graphql::errors::bad_input;
use crate::graphql::event_kind::EventKind;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, engine};
use crate::graphql::scalars::{Date, DateTime, Uuid};
use crate::graphql::timeline::{self, TimelineConnection, TimelineFilter, TimelineOrder};
use crate::graphql::types::Deadline;
use crate::queries::{QueryError, WantedDeadlines};
use crate::sealing;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::codes::{AidKind, Cell, Measure};
use domain::fact::Stream;
use domain::history::Cut;
use domain::identifier::{self, IdentifierKind};
use domain::ids::PersonId;
use domain::personal::FieldClass;
use projections::{merges, outcomes, projects, standing};
use std::sync::Arc;

/// One person's file, at one moment. Who the person is stands in `personal` only.
#[derive(Clone)]
pub struct Participant {
    moment: Arc<Moment>,
    person: PersonId,
}

/// The last step of a person's pathway.
#[derive(SimpleObject)]
pub struct LastStep {
    /// The kind of event.
    kind: EventKind,
    /// The day on which it happened or took effect.
    on: Date,
}

/// A national number of a person; the number itself is a personal value.
#[derive(SimpleObject)]
pub struct Identifier {
    /// Who gave it.
    kind: Code<IdentifierKind>,
    /// First day on which it is known.
    on: Date,
    /// Day on which another one took its place.
    replaced_on: Option<Date>,
}

impl From<&identifier::Identifier> for Identifier {
    fn from(one: &identifier::Identifier) -> Self {
        Self { kind: Code(one.kind), on: Date(one.on), replaced_on: day(one.replaced_on) }
    }
}

impl Participant {
    /// The person's file, known at the moment or not.
    #[must_use]
    pub fn new(moment: &Arc<Moment>, person: PersonId) -> Self {
        moment.reading.saw(person);
        Self::unread(moment, person)
    }

    /// As [`Participant::new`] where nothing of the file is shown: to ask who read it is not to read it.
    #[must_use]
    pub fn unread(moment: &Arc<Moment>, person: PersonId) -> Self {
        Self { moment: moment.clone(), person }
    }

    /// The person's file, if it is known at the moment.
    #[must_use]
    pub fn find(moment: &Arc<Moment>, person: PersonId) -> Option<Self> {
        Self::unread(moment, person).known().then(|| Self::new(moment, person))
    }

    /// True if anything of the person is known at the moment.
    #[must_use]
    pub fn known(&self) -> bool {
        self.standing().is_some() || self.merges().is_some()
    }

    fn merges(&self) -> Option<&merges::Row> {
        self.moment.snapshot.merges.of(self.person.0).first()
    }

    fn standing(&self) -> Option<&standing::Row> {
        self.moment.snapshot.standing.of(self.person.0).first()
    }

    fn outcome(&self) -> Option<&outcomes::Row> {
        self.moment.snapshot.outcomes.of(self.person.0).first()
    }

    fn projects(&self) -> Option<&projects::Row> {
        self.moment.snapshot.projects.of(self.person.0).first()
    }
}

/// One person's file, at one moment. Who the person is stands in `personal` only.
#[Object]
impl Participant {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Participant, self.person)
    }

    /// The UUID of the person in the log.
    async fn uuid(&self) -> Uuid {
        Uuid(self.person.0)
    }

    /// How many records stand in the file now, whatever the moment: what a command calls `expectedRevision`.
    async fn revision(&self, ctx: &Context<'_>) -> Result<u64> {
        let (_, revision) = engine(ctx)?.history(Stream::from(self.person), Cut::default()).await?;
        Ok(revision.0)
    }

    /// The participant into whose file this one was merged, as known at the moment: that file tells all, this one nothing
    /// but its own timeline. Dossier fusionné / samengevoegd dossier.
    async fn merged_into(&self) -> Option<Self> {
        self.merges()?.merged_into.map(|survivor| Self::new(&self.moment, survivor))
    }

    /// The participants whose files were merged into this one, directly or through others, as known at the moment.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn absorbed(&self) -> Vec<Self> {
        let files = self.merges().map_or(&[][..], |row| &row.absorbed);
        files.iter().map(|file| Self::new(&self.moment, *file)).collect()
    }

    /// The day on which the person was registered.
    async fn registered_on(&self) -> Option<Date> {
        self.standing()?.registered.as_ref().map(|(on, _)| Date(*on))
    }

    /// By which organisation the person was registered.
    async fn registered_by(&self) -> Option<Organisation> {
        let (_, organisation) = self.standing()?.registered.as_ref()?;
        Some(Organisation::new(&self.moment, organisation))
    }

    /// Day of death.
    async fn died_on(&self) -> Option<Date> {
        day(self.standing()?.died_on)
    }

    /// The last step, as of the moment.
    async fn last_step(&self) -> Option<LastStep> {
        let (kind, on) = self.standing()?.last.as_ref()?;
        Some(LastStep { kind: EventKind::of(kind)?, on: Date(*on) })
    }

    /// True if an engagement runs on the day of the question.
    async fn engaged(&self) -> bool {
        self.moment.snapshot.engagements.of(self.person.0).iter().any(|row| row.active_on(self.moment.day))
    }

    /// Every ISP pathway.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn pathways(
        &self,
        #[graphql(desc = "Only those open, or only those not open, on the day of the question.")] open: Option<bool>,
    ) -> Vec<Pathway> {
        let rows = self.moment.snapshot.cells.of(self.person.0);
        let is_open = |row: &&projections::cells::Row| row.open.iter().any(|open| open.covers(self.moment.day));
        let asked = rows.iter().filter(|row| open.is_none_or(|open| open == is_open(row)));
        asked.map(|row| Pathway::new(&self.moment, row)).collect()
    }

    /// The cells in which the person's files are on the day of the question: one per open pathway that is in a cell.
    async fn cells(&self) -> Vec<Code<Cell>> {
        let rows = self.moment.snapshot.cells.of(self.person.0);
        rows.iter().filter_map(|row| row.stay_on(self.moment.day)?.cell.map(Code)).collect()
    }

    /// Every contract and placement.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn engagements(
        &self,
        #[graphql(desc = "Only those under this measure.")] measure: Option<Code<Measure>>,
        #[graphql(desc = "Only those that run, or only those that do not, on the day of the question.")]
        running: Option<bool>,
    ) -> Vec<Engagement> {
        let rows = self.moment.snapshot.engagements.of(self.person.0).iter();
        let asked = rows.filter(|row| {
            measure.is_none_or(|Code(measure)| row.measure == measure)
                && running.is_none_or(|running| running == row.active_on(self.moment.day))
        });
        asked.map(|row| Engagement::new(&self.moment, self.person, row)).collect()
    }

    /// Every grant of social aid.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn aids(
        &self,
        #[graphql(desc = "Only grants of this aid.")] kind: Option<Code<AidKind>>,
        #[graphql(desc = "Only those that run, or only those that do not, on the day of the question.")]
        running: Option<bool>,
    ) -> Vec<Aid> {
        let rows = self.moment.snapshot.aids.of(self.person.0).iter();
        let asked = rows.filter(|row| {
            kind.is_none_or(|Code(kind)| row.kind == kind)
                && running.is_none_or(|running| running == row.running_on(self.moment.day))
        });
        asked.map(|row| Aid::new(&self.moment, row)).collect()
    }

    /// Every integration project.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn piis(&self) -> Vec<Piis> {
        let projects = self.projects().map_or(&[][..], |row| &row.projects);
        projects.iter().map(|project| Piis::new(&self.moment, project)).collect()
    }

    /// Where the person stands with the integration project that matters.
    async fn piis_standing(&self) -> Option<PiisStanding> {
        self.standing().map(|row| PiisStanding::from(&row.piis))
    }

    /// Every waiver of an integration project, in order of day.
    async fn piis_waivers(&self) -> Vec<PiisWaiver> {
        self.projects().map_or(&[][..], |row| &row.waivers).iter().map(PiisWaiver::from).collect()
    }

    /// How the person is accompanied; null if nothing of it was recorded.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn accompaniment(&self) -> Option<Accompaniment> {
        let row = self.moment.snapshot.accompaniment.of(self.person.0).first()?;
        Some(Accompaniment::new(row, self.moment.day))
    }

    /// Every stay in an operation of the European Social Fund.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn operations(&self) -> Vec<OperationStay> {
        let rows = self.moment.snapshot.operations.of(self.person.0);
        rows.iter().map(|row| OperationStay::new(&self.moment, row)).collect()
    }

    /// Every course and activity.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn trainings(&self) -> Vec<Training> {
        let rows = self.moment.snapshot.trainings.of(self.person.0);
        rows.iter().map(|row| Training::new(&self.moment, row)).collect()
    }

    /// Spells of engagements that ended, in order of their last day.
    async fn spells(&self) -> Vec<Spell> {
        let spells = self.outcome().map_or(&[][..], |row| &row.spells);
        spells.iter().map(|spell| Spell::new(&self.moment, spell)).collect()
    }

    /// Every job found, in order of the day of signature.
    async fn hires(&self) -> Vec<Hire> {
        let hires = self.outcome().map_or(&[][..], |row| &row.hires);
        hires.iter().map(|hire| Hire::new(&self.moment, hire)).collect()
    }

    /// Every follow-up, in order of day.
    async fn follow_ups(&self) -> Vec<FollowUp> {
        self.outcome().map_or(&[][..], |row| &row.follow_ups).iter().map(FollowUp::from).collect()
    }

    /// Every exit from a pathway, in order of day; a reopening cancels none of them.
    async fn exits(&self) -> Vec<PathwayExit> {
        let exits = self.outcome().map_or(&[][..], |row| &row.exits);
        exits.iter().map(|exit| PathwayExit::new(&self.moment, exit)).collect()
    }

    /// Every exit review.
    async fn exit_reviews(&self) -> Vec<ExitReview> {
        self.outcome().map_or(&[][..], |row| &row.reviews).iter().map(ExitReview::new).collect()
    }

    /// Every suspension of payment, and every procedure that led to none.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn sanctions(&self) -> Vec<Sanction> {
        self.moment.snapshot.sanctions.of(self.person.0).iter().map(Sanction::from).collect()
    }

    /// Every application for a post or a measure.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn applications(&self) -> Vec<Application> {
        let rows = self.moment.snapshot.applications.of(self.person.0);
        rows.iter().map(|row| Application::new(&self.moment, row)).collect()
    }

    /// Every skill validated and every title awarded, in order of day.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn acquired(&self) -> Vec<Acquired> {
        self.moment.snapshot.acquired.of(self.person.0).iter().map(Acquired::from).collect()
    }

    /// Every work penalty. Judicial data: kept in a file of its own, found through the person's judicial key only, and on
    /// no timeline of the person.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn work_penalties(&self, ctx: &Context<'_>) -> Result<Vec<Penalty>> {
        let mut places = Vec::new();
        // Noted whether there is any or not, so that the ledger does not tell what only the judicial key tells.
        self.moment.reading.opened(self.person, [FieldClass::Judicial]);
        // Judicial files are not merged: each is found through the person in whose file it was begun.
        for person in std::iter::once(&self.person).chain(self.merges().map_or(&[][..], |row| &row.absorbed)) {
            let file = sealing::judicial_file(&engine(ctx)?.vault, *person).map_err(QueryError::from)?;
            places.extend(file.map(Stream::from));
        }
        // What was recorded before there were judicial files stands in the person's own history.
        places.push(Stream::from(self.person));
        let of = |place: Stream| {
            let rows = self.moment.snapshot.penalties.of_stream(place).iter();
            rows.map(move |row| Penalty::new(&self.moment, self.person, place, row))
        };
        Ok(places.into_iter().flat_map(of).collect())
    }

    /// What must be done by when in this file, in order of the last day; by default what is due or overdue.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which deadlines; by default those due or overdue. The file is this one, whatever it says.")]
        filter: Option<DeadlineFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Listed<Place, Deadline>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let wanted = WantedDeadlines { stream: Some(self.person.into()), ..filter.unwrap_or_default().read()? };
        deadlines::page(ctx, &self.moment, wanted, page).await
    }

    /// What was learnt of the file between two instants, as of the day of the question if one was named: the records, and
    /// what the file says otherwise since, view by view, with old and new values.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn diff(
        &self,
        #[graphql(desc = "The instant before: what was recorded by then, inclusive, was known.")] from: DateTime,
        #[graphql(desc = "The instant after, inclusive; by default that of the question.")] to: Option<DateTime>,
    ) -> Result<Diff> {
        let to = to.map_or(self.moment.known_at, |DateTime(to)| to.min(self.moment.known_at));
        if from.0 > to {
            return Err(bad_input("from", format_args!("{} is after {to}", from.0)).into());
        }
        Ok(Diff::new(self.person, Between { from: from.0, to }, self.moment.cut.as_of))
    }

    /// How long the file is kept, and what was asked and answered about its erasure; null if nothing was recorded in it.
    async fn retention(&self, ctx: &Context<'_>) -> Result<Option<Retention>> {
        let day = self.moment.day;
        let rules = engine(ctx)?.law.house_on(day);
        let row = self.moment.snapshot.retention.of(self.person.0).first();
        Ok(row.map(|row| Retention::new(row, rules, day)))
    }

    /// Every national number, in order of day: when it held and who gave it. The latest value stands in `personal`
    /// (`NATIONAL_NUMBER`), each value in `personal` of its own event.
    async fn identifiers(&self, ctx: &Context<'_>) -> Result<Vec<Identifier>> {
        let (history, _) = engine(ctx)?.history(Stream::from(self.person), self.moment.cut).await?;
        Ok(identifier::State::of(&history).identifiers.iter().map(Identifier::from).collect())
    }

    /// Everything that was recorded in the file and is known at the moment, annulled and corrected records included.
    /// With the files merged into it: `streams` of each record tells in which file it stands.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which records.")] filter: Option<TimelineFilter>,
        #[graphql(desc = "In which order; by default that of recording.")] order_by: Option<TimelineOrder>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<TimelineConnection> {
        let page = PageArguments { first, after, last, before }.read()?;
        let stream = Stream::from(self.person);
        timeline::page(ctx, stream, self.moment.cut, filter.unwrap_or_default(), order_by.unwrap_or_default(), page)
            .await
    }

    /// Who read the file, took it along or was refused it, oldest first: also what was read of it alone by following the log,
    /// and exports of everyone. With the files merged into it. To ask this is no reading of the file.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn access_ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what this user read, as an opaque id.")] reader: Option<String>,
        #[graphql(desc = "Only what was recorded at this instant or later.")] from: Option<DateTime>,
        #[graphql(desc = "Only what was recorded at this instant or before.")] to: Option<DateTime>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Listed<u64, AccessEntry>> {
        let page = PageArguments { first, after, last, before }.read()?;
        access::page(ctx, access::asked(Some(self.person), reader, from, to), page).await
    }

    /// Who the person is, opened because it is asked for: of each field the latest value, as of the moment.
    async fn personal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only fields of these classes; by default all.")] classes: Option<Vec<Code<FieldClass>>>,
    ) -> Result<Vec<PersonalValue>> {
        let revealed = engine(ctx)?.reveal(self.person, self.moment.cut, personal::classes(classes)).await?;
        self.moment.reading.opened(self.person, personal::opened(&revealed));
        Ok(personal::shown(&revealed))
    }
}
