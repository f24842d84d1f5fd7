//! Pages of one thing's timeline.

use crate::graphql::connection::{Listed, Page, connect};
use crate::graphql::event_kind::EventKind;
use crate::graphql::moment::{engine, reading, shows_items};
use crate::graphql::scalars::{Date, DateTime, Uuid};
use crate::graphql::step::EventStep;
use crate::graphql::types::Event;
use crate::queries::{Told, Wanted};
use async_graphql::connection::{ConnectionNameType, EdgeNameType};
use async_graphql::{Context, Enum, InputObject, OutputType, Result};
use chrono::{Datelike, NaiveDate};
use domain::fact::Stream;
use domain::history::Cut;
use domain::wire;
use std::sync::Arc;

/// The place of a record on a timeline: its rank in the order, then its position.
pub type Key = (i64, u64);

/// A page of a timeline.
pub type TimelineConnection = Listed<Key, Event, TimelineName, TimelineName>;

/// What a page of a timeline is called, to tell it from a page of the log.
pub struct TimelineName;

impl ConnectionNameType for TimelineName {
    fn type_name<T: OutputType>() -> String {
        "TimelineConnection".to_owned()
    }
}

impl EdgeNameType for TimelineName {
    fn type_name<T: OutputType>() -> String {
        "TimelineEdge".to_owned()
    }
}

/// Which records of a timeline.
#[derive(Debug, Default, InputObject)]
pub struct TimelineFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<EventKind>>,
    /// Effective on this day or later.
    pub from: Option<Date>,
    /// Effective on this day or before.
    pub to: Option<Date>,
    /// Of one of these steps.
    pub steps: Option<Vec<EventStep>>,
    /// Recorded at this instant or later.
    pub recorded_from: Option<DateTime>,
    /// Recorded at this instant or before.
    pub recorded_to: Option<DateTime>,
    /// Recorded by this user, as an opaque id.
    pub user: Option<String>,
    /// Recorded in this role.
    pub role: Option<String>,
    /// Recorded for this organisation, by its short name: that of who recorded it.
    pub recorded_for: Option<String>,
    /// Come in by this way: ui, api, cli, import, migration, policy.
    pub source: Option<String>,
    /// Of this import batch.
    pub batch: Option<Uuid>,
    /// Of this business act.
    pub correlation: Option<Uuid>,
    /// Decided under this rule set.
    pub rule_set: Option<String>,
    /// Recorded at least so many days after the day on which it happened.
    pub delay_days_min: Option<i32>,
    /// Only those that count, or only those that do not: annulled ones, corrections and annulments.
    pub counts: Option<bool>,
}

/// The order of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Enum)]
pub enum TimelineOrder {
    /// As it was recorded.
    #[default]
    Recorded,
    /// As it happened, by the day on which each record counts.
    Effective,
}

impl TimelineFilter {
    /// What is asked of the record alone, as it was recorded.
    fn wanted(&self) -> Wanted {
        Wanted {
            steps: self.steps.iter().flatten().map(|EventStep(step)| *step).collect(),
            recorded_from: self.recorded_from.map(|DateTime(at)| at),
            recorded_to: self.recorded_to.map(|DateTime(at)| at),
            user: self.user.clone(),
            role: self.role.clone(),
            organisation: self.recorded_for.clone(),
            source: self.source.clone(),
            batch: self.batch.map(|Uuid(batch)| batch),
            correlation: self.correlation.map(|Uuid(act)| act),
            rule_set: self.rule_set.clone(),
            delay_days_min: self.delay_days_min.map(i64::from),
            ..Wanted::default()
        }
    }

    fn admits(&self, told: &Told) -> bool {
        let day = day(told);
        let counts = told.fate.as_ref().is_some_and(|fate| fate.counts_on.is_some());
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&EventKind(wire::kind(&told.fact))))
            && self.from.is_none_or(|Date(from)| day >= from)
            && self.to.is_none_or(|Date(to)| day <= to)
            && self.counts.is_none_or(|wanted| wanted == counts)
            && self.wanted().admits(&told.record)
    }
}

/// The day on which a record counts; of one that does not count, the day as recorded.
fn day(told: &Told) -> NaiveDate {
    told.fate.as_ref().and_then(|fate| fate.counts_on).unwrap_or(told.record.event.effective_on)
}

/// A page of what was recorded of one thing and is known at a cut; with a last day, only what is effective by then.
///
/// # Errors
/// If the log cannot be read.
pub async fn page(
    ctx: &Context<'_>,
    stream: Stream,
    cut: Cut,
    filter: TimelineFilter,
    order: TimelineOrder,
    page: Page<Key>,
) -> Result<TimelineConnection> {
    let key = move |told: &Told| {
        let rank = match order {
            TimelineOrder::Recorded => 0,
            TimelineOrder::Effective => i64::from(day(told).num_days_from_ce()),
        };
        (rank, told.record.position.0)
    };
    let mut told = engine(ctx)?.timeline(stream, cut).await?;
    told.retain(|told| filter.admits(told) && cut.as_of.is_none_or(|last| day(told) <= last));
    told.sort_by_key(key);
    let shown = page.of(&told, key);
    let total = told.len();
    let reading = if shows_items(ctx) { reading(ctx) } else { Arc::default() };
    let items = told.drain(shown.range.clone()).map(|told| (key(&told), Event::read(told, cut, &reading)));
    Ok(connect(&shown, total, items))
}
