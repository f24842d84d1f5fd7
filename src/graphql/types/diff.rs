//! What was learnt of one file between two instants.

use super::change::{Between, ViewDiff};
use crate::graphql::connection::{PageArguments, items};
use crate::graphql::moment::engine;
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::timeline::{self, TimelineConnection, TimelineFilter, TimelineOrder};
use async_graphql::{Context, Object, Result};
use chrono::{NaiveDate, TimeDelta};
use domain::fact::Stream;
use domain::history::Cut;
use domain::ids::PersonId;

/// What was learnt of one file between two instants: the records, and what the views of the file say otherwise since.
pub struct Diff {
    person: PersonId,
    between: Between,
    as_of: Option<NaiveDate>,
}

impl Diff {
    /// Of a person's file, as of a day.
    pub(super) const fn new(person: PersonId, between: Between, as_of: Option<NaiveDate>) -> Self {
        Self { person, between, as_of }
    }
}

/// What was learnt of one file between two instants: the records, and what the views of the file say otherwise since.
#[Object]
impl Diff {
    /// The instant before: what was recorded by then, inclusive, was known.
    async fn from(&self) -> DateTime {
        DateTime(self.between.from)
    }

    /// The instant after: what was recorded by then, inclusive, is known.
    async fn to(&self) -> DateTime {
        DateTime(self.between.to)
    }

    /// The last day that counts; null if all days count.
    async fn as_of(&self) -> Option<Date> {
        self.as_of.map(Date)
    }

    /// What was recorded in between, in order of recording, each with what it changed (`change`).
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<TimelineConnection> {
        let page = PageArguments { first, after, last, before }.read()?;
        let since = self.between.from + TimeDelta::microseconds(1);
        let filter = TimelineFilter { recorded_from: Some(DateTime(since)), ..TimelineFilter::default() };
        let cut = Cut { as_of: self.as_of, as_known_at: Some(self.between.to), before: None };
        timeline::page(ctx, Stream::from(self.person), cut, filter, TimelineOrder::Recorded, page).await
    }

    /// What each view of the file says otherwise; views that say the same are left out.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn views(&self, ctx: &Context<'_>) -> Result<Vec<ViewDiff>> {
        let between = (self.between.from, self.between.to);
        let found = engine(ctx)?.difference(Stream::from(self.person), between, self.as_of).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }
}
