//! Posts: jobs that can be filled.

use super::engagement::Engagement;
use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, placed_on};
use crate::graphql::scalars::Date;
use async_graphql::{ID, Object, SimpleObject};
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::{PersonId, PostId};
use projections::engagements;
use projections::posts::Row;
use std::sync::Arc;

/// One job that can be filled, open from a day on.
pub struct Post {
    moment: Arc<Moment>,
    row: Row,
}

/// What a post is like from a day on.
#[derive(SimpleObject)]
pub struct PostProfile {
    /// First day.
    from: Date,
    /// The function, in the house's words.
    function: String,
    /// The site.
    site: Option<String>,
    /// True for a post in social economy.
    social_economy: bool,
}

/// A time during which a post was not on offer.
#[derive(SimpleObject)]
pub struct FrozenPeriod {
    /// First day.
    from: Date,
    /// Last day, inclusive, if it is known.
    until: Option<Date>,
}

impl Post {
    /// The post, if it is known at the moment.
    #[must_use]
    pub fn find(moment: &Arc<Moment>, post: PostId) -> Option<Self> {
        let row = moment.snapshot.posts.of(post.0).first()?.clone();
        Some(Self { moment: moment.clone(), row })
    }

    fn day(&self, on: Option<Date>) -> NaiveDate {
        on.map_or(self.moment.day, |Date(day)| day)
    }

    fn holders_on(&self, day: NaiveDate) -> impl Iterator<Item = (PersonId, &engagements::Row)> {
        let here = move |row: &engagements::Row| {
            row.active_on(day) && placed_on(row, day).is_some_and(|placement| placement.post == Some(self.row.post))
        };
        self.moment.held(self.row.post).filter(move |(_, row)| here(row))
    }
}

/// One job that can be filled, open from a day on.
#[Object]
impl Post {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Post, self.row.post)
    }

    /// Of which organisation.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.moment, &self.row.organisation)
    }

    /// Under which measure.
    async fn measure(&self) -> Code<Measure> {
        Code(self.row.measure)
    }

    /// First day on offer.
    async fn opened_on(&self) -> Date {
        Date(self.row.opened_on)
    }

    /// First day without it.
    async fn closed_on(&self) -> Option<Date> {
        day(self.row.closed_on)
    }

    /// Times during which it was not on offer, in order of day.
    async fn frozen(&self) -> Vec<FrozenPeriod> {
        let period =
            |(from, until): &(NaiveDate, Option<NaiveDate>)| FrozenPeriod { from: Date(*from), until: day(*until) };
        self.row.frozen.iter().map(period).collect()
    }

    /// What it was like, each profile with its first day, in order of day.
    async fn profiles(&self) -> Vec<PostProfile> {
        let profile = |(from, profile): &(NaiveDate, domain::post::Profile)| PostProfile {
            from: Date(*from),
            function: profile.function.as_str().to_owned(),
            site: profile.site.as_ref().map(|site| site.as_str().to_owned()),
            social_economy: profile.social_economy,
        };
        self.row.profiles.iter().map(profile).collect()
    }

    /// The function on a day, in the house's words.
    async fn function(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> Option<String> {
        self.row.profile_on(self.day(on)).map(|profile| profile.function.as_str().to_owned())
    }

    /// True if it is in social economy on a day.
    async fn social_economy(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> bool {
        self.row.profile_on(self.day(on)).is_some_and(|profile| profile.social_economy)
    }

    /// True if it is on offer on a day: opened, not closed, not frozen.
    async fn open(&self, #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>) -> bool {
        self.row.open_on(self.day(on))
    }

    /// True if at least one engagement on it is active on a day; an absence does not vacate it.
    async fn filled(&self, #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>) -> bool {
        let day = self.day(on);
        self.row.open_on(day) && self.holders_on(day).next().is_some()
    }

    /// The engagements active on it on a day.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn holders(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> Vec<Engagement> {
        let day = self.day(on);
        self.holders_on(day).map(|(person, row)| Engagement::new(&self.moment, person, row)).collect()
    }

    /// Every engagement that was ever worked on it, in order of its first day.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn engagements(&self) -> Vec<Engagement> {
        let mut held: Vec<_> = self.moment.held(self.row.post).collect();
        held.sort_by_key(|(_, row)| (row.start, row.engagement));
        held.into_iter().map(|(person, row)| Engagement::new(&self.moment, person, row)).collect()
    }
}
