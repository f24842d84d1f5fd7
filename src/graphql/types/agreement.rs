//! Agreements between organisations.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, Object, SimpleObject};
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::AgreementId;
use projections::agreements::Row;
use std::sync::Arc;

/// One agreement under which engagements run.
pub struct Agreement {
    moment: Arc<Moment>,
    row: Row,
}

/// The most engagements at a time from a day on.
#[derive(SimpleObject)]
pub struct Quota {
    /// First day.
    from: Date,
    /// The most engagements at a time; null for no limit.
    most: Option<u32>,
}

impl Agreement {
    /// The agreement, if it is known at the moment.
    #[must_use]
    pub fn find(moment: &Arc<Moment>, agreement: AgreementId) -> Option<Self> {
        let row = moment.snapshot.agreements.of(agreement.0).first()?.clone();
        Some(Self { moment: moment.clone(), row })
    }

    fn day(&self, on: Option<Date>) -> NaiveDate {
        on.map_or(self.moment.day, |Date(day)| day)
    }
}

/// One agreement under which engagements run.
#[Object]
impl Agreement {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Agreement, self.row.agreement)
    }

    /// The organisation that keeps it.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.moment, &self.row.organisation)
    }

    /// The other party.
    async fn partner(&self) -> Organisation {
        Organisation::new(&self.moment, &self.row.partner)
    }

    /// Under which measure.
    async fn measure(&self) -> Code<Measure> {
        Code(self.row.measure)
    }

    /// Day of the signature; renewals are not signatures.
    async fn signed_on(&self) -> Date {
        Date(self.row.signed_on)
    }

    /// First day in force.
    async fn from(&self) -> Date {
        Date(self.row.from)
    }

    /// Last planned day in force as renewed, inclusive; it stays in force until an end is recorded.
    async fn until(&self) -> Option<Date> {
        day(self.row.until)
    }

    /// Last day in force, inclusive, once an end is recorded.
    async fn last_day(&self) -> Option<Date> {
        day(self.row.last_day)
    }

    /// The most engagements at a time, by first day.
    async fn quotas(&self) -> Vec<Quota> {
        self.row.quotas.iter().map(|(from, most)| Quota { from: Date(*from), most: *most }).collect()
    }

    /// True if it is in force on a day.
    async fn in_force(&self, #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>) -> bool {
        self.row.in_force_on(self.day(on))
    }

    /// How many engagements run under it on a day.
    async fn running_engagements(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> usize {
        self.moment.running_under(self.row.agreement, self.day(on))
    }
}
