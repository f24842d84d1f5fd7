//! The moment that a query looks at: every object it reaches is as of the same day and as known at the same instant.

use crate::Engine;
use crate::access::Reading;
use crate::clock::brussels_day;
use crate::graphql::scalars::{Date, DateTime, Position};
use async_graphql::{Context, Error, Result};
use chrono::{NaiveDate, Utc};
use domain::history::Cut;
use domain::ids::{AgreementId, PersonId, PostId};
use projections::{Snapshot, engagements};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// The arguments that choose a moment.
#[derive(Debug, Clone, Copy, Default)]
pub struct When {
    /// The last day that counts.
    pub as_of: Option<Date>,
    /// The last instant of recording that counts.
    pub as_known_at: Option<DateTime>,
    /// A position that must be counted.
    pub not_before: Option<Position>,
}

/// Every view at one moment, and the day on which it is looked at.
pub struct Moment {
    /// The views.
    pub snapshot: Arc<Snapshot>,
    /// What chose them.
    pub cut: Cut,
    /// The day of the question: `asOf`, else today in Brussels at the instant of knowledge.
    pub day: NaiveDate,
    /// Today in Brussels at the instant of knowledge.
    pub today: NaiveDate,
    /// The instant of knowledge.
    pub known_at: chrono::DateTime<Utc>,
    /// Collects whose files are shown.
    pub reading: Arc<Reading>,
    held: OnceLock<Held>,
}

/// An engagement by its person and its place among the person's rows.
type Held = HashMap<PostId, Vec<(PersonId, usize)>>;

impl When {
    /// Finds the moment.
    ///
    /// # Errors
    /// As [`Engine::views`].
    pub async fn moment(self, ctx: &Context<'_>) -> Result<Arc<Moment>> {
        let engine = engine(ctx)?;
        let now = engine.clock.now();
        let cut = Cut {
            as_of: self.as_of.map(|Date(day)| day),
            as_known_at: self.as_known_at.map(|DateTime(at)| at),
            before: None,
        };
        let snapshot = engine.views(cut, self.not_before.map(|Position(at)| at)).await?;
        let known_at = cut.as_known_at.map_or(now, |at| at.min(now));
        let today = brussels_day(known_at);
        let day = cut.as_of.unwrap_or(today);
        let reading = reading(ctx);
        Ok(Arc::new(Moment { snapshot, cut, day, today, known_at, reading, held: OnceLock::new() }))
    }
}

/// The engine behind this schema.
///
/// # Errors
/// If there is none: the schema was made to be printed, not to be asked.
pub fn engine<'a>(ctx: &Context<'a>) -> Result<&'a Engine> {
    ctx.data::<Engine>().map_err(|_| crate::graphql::errors::internal("the schema has no engine"))
}

/// What collects whose files this request reads. A schema that remembers nothing has one that nobody looks at.
pub fn reading(ctx: &Context<'_>) -> Arc<Reading> {
    ctx.data_opt::<Arc<Reading>>().cloned().unwrap_or_default()
}

/// True if a page shows anything of its items, and not their number alone.
pub fn shows_items(ctx: &Context<'_>) -> bool {
    let asked = ctx.look_ahead();
    ["nodes", "edges", "pageInfo"].iter().any(|field| asked.field(field).exists())
}

impl Moment {
    /// The same moment with other views.
    #[must_use]
    pub fn with_snapshot(&self, snapshot: Arc<Snapshot>) -> Self {
        let Self { cut, day, today, known_at, ref reading, .. } = *self;
        Self { snapshot, cut, day, today, known_at, reading: reading.clone(), held: OnceLock::new() }
    }

    /// The engagements that were ever worked at a post. The first question makes the index of all posts.
    pub fn held(&self, post: PostId) -> impl Iterator<Item = (PersonId, &engagements::Row)> {
        let found = self.held.get_or_init(|| self.index()).get(&post).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|(person, index)| Some((*person, self.snapshot.engagements.of(person.0).get(*index)?)))
    }

    fn index(&self) -> Held {
        let mut held = Held::new();
        for (person, rows) in self.snapshot.engagements.iter() {
            for (index, row) in rows.iter().enumerate() {
                let mut posts: Vec<PostId> = row.placements.iter().filter_map(|placement| placement.post).collect();
                posts.sort_unstable();
                posts.dedup();
                for post in posts {
                    held.entry(post).or_default().push((PersonId(person), index));
                }
            }
        }
        held
    }

    /// How many engagements run under an agreement on a day.
    pub fn running_under(&self, agreement: AgreementId, day: NaiveDate) -> usize {
        let runs = |row: &&engagements::Row| {
            row.active_on(day) && placed_on(row, day).is_some_and(|placement| placement.agreement == Some(agreement))
        };
        self.snapshot.engagements.rows().filter(runs).count()
    }
}

/// Where an engagement is worked on a day.
#[must_use]
pub fn placed_on(row: &engagements::Row, day: NaiveDate) -> Option<&engagements::Placement> {
    row.placements.iter().rfind(|placement| placement.from <= day && placement.until.is_none_or(|until| day <= until))
}

/// The error of a stream of things that must be there and is not: a fault of the program.
pub fn lost(what: &str) -> Error {
    crate::graphql::errors::internal(format_args!("{what} is in an index and not in its view"))
}
