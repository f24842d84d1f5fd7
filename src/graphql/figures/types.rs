//! Published figures as the contract tells them.

use super::publish::{self, Published, indicators, label};
use super::question::{Question, quoted, version};
use super::restate::{self, Explained, FileExplained, Today, compare, explain};
use crate::Engine;
use crate::graphql::connection::{Listed, Page, PageArguments, connect};
use crate::graphql::events::page_of_places;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, When, engine, reading};
use crate::graphql::scalars::{Date, DateTime, Decimal, Json, Position, Uuid};
use crate::graphql::types::Event;
use crate::graphql::types::change::FieldChange;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{NaiveDate, SubsecRound};
use domain::figure::{self as of_house, State};
use domain::history::Cut;
use domain::ids::{EventId, OrganisationId};
use domain::publication::HOUSE;
use projections::indicators::{Exact, figure};
use std::sync::Arc;

/// A figure that was published, as it was then.
pub struct PublishedFigure {
    on: NaiveDate,
    record: EventId,
    event: of_house::Event,
}

/// What is published: the figure is computed by the server, at the instant of knowledge.
#[derive(InputObject)]
pub struct PublishFigureInput {
    /// Chosen by the caller, once for each act: a UUID, by preference of version 7. It becomes the id of the event.
    idempotency_key: Uuid,
    /// The day of the publication, not after today.
    on: Date,
    /// The indicator, by the name of its field in `Indicators`, such as personsAccompanied.
    indicator: String,
    /// Its arguments as an object, such as {"year": 2020, "measure": "ART60"}.
    arguments: Option<Json>,
    /// Of which organisation, by its short name or global id; of all if left out.
    organisation: Option<ID>,
    /// The instant of knowledge: what was recorded later is not counted; by default now.
    as_known_at: Option<DateTime>,
    /// What whoever publishes calls it, such as the name of a report: 1 to 60 letters, digits, spaces and - ' . & / ( ).
    label: Option<String>,
}

/// What was published.
#[derive(SimpleObject)]
pub struct PublishFigurePayload {
    /// The position of the record.
    position: Position,
    /// True if it had been recorded before under the same key, and nothing was written now.
    repeated: bool,
    /// The figure as published; null if its publication was annulled since.
    figure: Option<PublishedFigure>,
}

/// Publishes a figure.
///
/// # Errors
/// A refusal, a bad argument, or what the log says.
pub async fn publish_figure(ctx: &Context<'_>, input: PublishFigureInput) -> Result<PublishFigurePayload> {
    let engine = engine(ctx)?;
    let question = Question::new(&input.indicator, &input.arguments.map(|Json(json)| json).unwrap_or_default()).await?;
    let organisation = input.organisation.map(|id| ids::organisation("organisation", &id)).transpose()?;
    let as_known_at = input.as_known_at.map(|DateTime(at)| at);
    // Kept to the microsecond, as every instant of the log.
    let instant = as_known_at.map_or_else(|| engine.clock.now(), |at| at.min(engine.clock.now())).trunc_subsecs(6);
    let moment = When { as_known_at: Some(DateTime(instant)), ..When::default() }.moment(ctx).await?;
    let wanted = publish::Wanted {
        key: input.idempotency_key.0,
        on: input.on.0,
        question,
        organisation,
        label: label(input.label)?,
        as_known_at,
    };
    let origin = crate::graphql::mutation::origin(ctx)?;
    let Published { position, event, repeated } = publish::publish(engine, &origin, wanted, &moment).await?;
    let figure = all(engine).await?.into_iter().find(|figure| figure.record == event);
    Ok(PublishFigurePayload { position: Position(position), repeated, figure })
}

/// Every figure that was published and stands, in order of its day.
async fn all(engine: &Engine) -> Result<Vec<PublishedFigure>> {
    let (history, _) = engine.history(HOUSE, Cut::default()).await?;
    let published = State::of(&history).published.into_iter();
    Ok(published.map(|(on, record, event)| PublishedFigure { on, record, event }).collect())
}

/// The place of a figure in the list: its day, then its record.
pub type Key = (i64, uuid::Uuid);

/// A page of published figures, of one indicator and organisation if they are named.
///
/// # Errors
/// If the log cannot be read.
pub async fn page(
    ctx: &Context<'_>,
    indicator: Option<String>,
    organisation: Option<OrganisationId>,
    page: Page<Key>,
) -> Result<Listed<Key, PublishedFigure>> {
    use chrono::Datelike;
    let mut figures = all(engine(ctx)?).await?;
    figures.retain(|figure| {
        let of_house::Event::Published { indicator: name, organisation: of, .. } = &figure.event;
        indicator.as_ref().is_none_or(|wanted| wanted == name)
            && organisation.as_ref().is_none_or(|wanted| of.as_ref() == Some(wanted))
    });
    let key = |figure: &PublishedFigure| (i64::from(figure.on.num_days_from_ce()), figure.record.0);
    figures.sort_by_key(key);
    let (shown, total) = (page.of(&figures, key), figures.len());
    let items: Vec<_> = figures.drain(shown.range.clone()).map(|figure| (key(&figure), figure)).collect();
    Ok(connect(&shown, total, items))
}

impl PublishedFigure {
    fn told(&self) -> (&String, &Option<OrganisationId>, serde_json::Value, serde_json::Value) {
        let of_house::Event::Published { indicator, organisation, arguments, answer, .. } = &self.event;
        let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
        (indicator, organisation, read(arguments), read(answer))
    }

    const fn instant(&self) -> chrono::DateTime<chrono::Utc> {
        let of_house::Event::Published { as_known_at, .. } = &self.event;
        *as_known_at
    }

    /// What it is at a moment.
    async fn asked_at(&self, engine: &Engine, moment: &Arc<Moment>) -> Result<serde_json::Value> {
        let (indicator, organisation, arguments, _) = self.told();
        let question = Question::new(indicator, &arguments).await?;
        Ok(question.ask(indicators(engine, moment, organisation.clone())?).await?)
    }
}

/// A figure that was published, as it was then: it never changes. Chiffre publié / gepubliceerd cijfer.
#[Object]
impl PublishedFigure {
    /// The global id of its record.
    async fn id(&self) -> ID {
        ids::global(Kind::Event, self.record)
    }

    /// Its record: who published it, and when.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Event>> {
        Ok(engine(ctx)?.event(self.record).await?.map(Event::new))
    }

    /// The indicator, by the name of its field in `Indicators`.
    async fn indicator(&self) -> &str {
        self.told().0
    }

    /// Of which organisation, by its short name; null if of all.
    async fn organisation(&self) -> Option<&str> {
        self.told().1.as_ref().map(OrganisationId::as_str)
    }

    /// The arguments of the indicator.
    async fn arguments(&self) -> Json {
        Json(self.told().2)
    }

    /// The day of the publication.
    async fn published_on(&self) -> Date {
        Date(self.on)
    }

    /// What whoever published called it.
    async fn label(&self) -> Option<&str> {
        let of_house::Event::Published { label, .. } = &self.event;
        label.as_ref().map(domain::codes::Label::as_str)
    }

    /// The instant of knowledge: what was recorded later was not counted.
    async fn as_known_at(&self) -> DateTime {
        DateTime(self.instant())
    }

    /// The version of the definition by which it was computed.
    async fn definition_version(&self) -> u32 {
        let of_house::Event::Published { definition_version, .. } = &self.event;
        *definition_version
    }

    /// The number that is quoted; null if it is a ratio to nothing or has no single number.
    async fn value(&self) -> Option<Decimal> {
        let of_house::Event::Published { value, .. } = &self.event;
        value.clone().map(Decimal)
    }

    /// The whole answer as the field of `Indicators` gave it: exact parts, what is unknown.
    async fn answer(&self) -> Json {
        Json(self.told().3)
    }

    /// True if the figure, asked today as known at the instant of its publication, is the one that was published: nothing
    /// behind it was changed, and the program still counts alike.
    async fn reproduced(&self, ctx: &Context<'_>) -> Result<bool> {
        let moment = When { as_known_at: Some(DateTime(self.instant())), ..When::default() }.moment(ctx).await?;
        Ok(self.asked_at(engine(ctx)?, &moment).await? == self.told().3)
    }

    /// What it is today, and what explains the difference.
    #[graphql(complexity = "200 + child_complexity")]
    async fn restatement(&self, ctx: &Context<'_>) -> Result<Restatement> {
        let moment = When::default().moment(ctx).await?;
        let answer = self.asked_at(engine(ctx)?, &moment).await?;
        let (indicator, organisation, arguments, published) = self.told();
        let question = Question::new(indicator, &arguments).await?;
        let today = compare(&published, answer);
        Ok(Restatement {
            known_at: moment.known_at,
            published,
            instant: self.instant(),
            organisation: organisation.clone(),
            question,
            today,
        })
    }
}

/// What a published figure is today.
pub struct Restatement {
    known_at: chrono::DateTime<chrono::Utc>,
    published: serde_json::Value,
    instant: chrono::DateTime<chrono::Utc>,
    organisation: Option<OrganisationId>,
    question: Question,
    today: Today,
}

/// What a published figure is today, and what explains the difference. Chiffre révisé / herziening.
#[Object]
impl Restatement {
    /// The instant of knowledge of today's figure.
    async fn as_known_at(&self) -> DateTime {
        DateTime(self.known_at)
    }

    /// The version of today's definition.
    async fn definition_version(&self) -> u32 {
        version(&self.today.answer)
    }

    /// True if the definition is another one since: then the two figures count different things.
    async fn definition_changed(&self) -> bool {
        version(&self.today.answer) != version(&self.published)
    }

    /// The number that is quoted today; null if there is none.
    async fn value(&self) -> Option<Decimal> {
        quoted(&self.today.answer).map(Decimal)
    }

    /// Today's figure less the published one, exact or to six decimals; null if one of the two is no number.
    async fn difference(&self) -> Option<Decimal> {
        self.today.difference.map(decimal)
    }

    /// Today's whole answer.
    async fn answer(&self) -> Json {
        Json(self.today.answer.clone())
    }

    /// The parts of the answer that say something else.
    async fn parts(&self) -> Vec<FieldChange> {
        self.today.parts.iter().cloned().map(Into::into).collect()
    }

    /// Which files explain the difference. Each file that got a record since the publication is looked at by itself, 200 at
    /// most: it takes some milliseconds for each.
    #[graphql(complexity = "2000 + 5 * child_complexity")]
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Explanation> {
        let moment = When { as_known_at: Some(DateTime(self.instant)), ..When::default() }.moment(ctx).await?;
        let explained =
            explain(engine(ctx)?, &self.question, self.organisation.clone(), &self.published, &moment).await?;
        let unexplained = self.today.difference.zip(explained.sum).map(|(all, sum)| all - sum);
        Ok(Explanation { explained, unexplained })
    }
}

/// Which files explain a difference.
pub struct Explanation {
    explained: Explained,
    unexplained: Option<Exact>,
}

/// Which files explain the difference between a published figure and today's.
#[Object]
impl Explanation {
    /// Each file that alone makes the figure another one, what adds or takes most first.
    async fn files(&self) -> Vec<ExplainingFile> {
        self.explained.files.iter().cloned().map(ExplainingFile).collect()
    }

    /// The difference less what the files add: what only several files together make, what files beyond the limit make, and
    /// the days that have passed.
    async fn unexplained(&self) -> Option<Decimal> {
        self.unexplained.map(decimal)
    }

    /// The files that got a record since the publication, merged ones together.
    async fn files_touched(&self) -> usize {
        self.explained.touched
    }

    /// Those of them that were looked at.
    async fn files_examined(&self) -> usize {
        self.explained.examined
    }

    /// The most that are looked at.
    async fn files_examined_max(&self) -> usize {
        restate::FILES_MAX
    }
}

/// A file that explains a difference.
pub struct ExplainingFile(FileExplained);

/// A file that explains a difference, by its records since the publication.
#[Object]
impl ExplainingFile {
    /// The global id of the file; of merged ones the first.
    async fn file(&self, ctx: &Context<'_>) -> ID {
        reading(ctx).saw(self.0.file);
        ids::of_stream(self.0.file)
    }

    /// What it alone adds to the published figure, or takes from it.
    async fn contribution(&self) -> Decimal {
        decimal(self.0.contribution)
    }

    /// Its records since the publication: late entries, corrections, annulments.
    #[graphql(complexity = "crate::graphql::connection::items(first, last) * child_complexity + 1")]
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<crate::graphql::events::LinkedConnection> {
        let page = PageArguments { first, after, last, before }.read()?;
        page_of_places(ctx, &self.0.records, Cut::default(), page).await
    }
}

fn decimal(number: Exact) -> Decimal {
    Decimal(figure::decimal(number))
}
