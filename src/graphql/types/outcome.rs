//! What became of people: spells that ended, jobs found, follow-ups.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::codes::{ContractKind, Measure};
use domain::hiring::Situation;
use projections::outcomes;
use std::sync::Arc;

/// A chain of engagements of one measure without a gap, ended.
#[derive(SimpleObject)]
pub struct Spell {
    /// The measure.
    measure: Code<Measure>,
    /// The host of the last engagement.
    organisation: Organisation,
    /// First day of the first engagement.
    start: Date,
    /// Last day of the last engagement.
    last_day: Date,
}

/// A job found after an engagement.
#[derive(SimpleObject)]
pub struct Hire {
    /// Its global id.
    id: ID,
    /// The global id of the engagement after which it came.
    engagement: ID,
    /// The employer.
    employer: Organisation,
    /// The kind of contract.
    kind: Code<ContractKind>,
    /// Day of the signature.
    signed_on: Date,
    /// First day of work.
    start: Date,
    /// Last day worked, inclusive; null while it lasts.
    last_day: Option<Date>,
    /// True if the person works there on the day of the question.
    active: bool,
}

/// An answer to how the person fares some months after the exit.
#[derive(SimpleObject)]
pub struct FollowUp {
    /// The day that the answer is about.
    on: Date,
    /// Months after the exit for which it was asked.
    at_months: u16,
    /// The answer.
    situation: Code<Situation>,
}

/// A review made around the end of an engagement.
#[derive(SimpleObject)]
pub struct ExitReview {
    /// The engagement's global id.
    engagement: ID,
    /// The day.
    on: Date,
    /// True if the person wants to stand in the recruitment reserve.
    reserve: bool,
}

impl Spell {
    pub(super) fn new(moment: &Arc<Moment>, spell: &outcomes::Spell) -> Self {
        Self {
            measure: Code(spell.measure),
            organisation: Organisation::new(moment, &spell.organisation),
            start: Date(spell.start),
            last_day: Date(spell.last_day),
        }
    }
}

impl Hire {
    pub(super) fn new(moment: &Arc<Moment>, hire: &outcomes::Hire) -> Self {
        Self {
            id: ids::global(Kind::Hire, hire.hire),
            engagement: ids::global(Kind::Engagement, hire.engagement),
            employer: Organisation::new(moment, &hire.employer),
            kind: Code(hire.kind),
            signed_on: Date(hire.signed_on),
            start: Date(hire.start),
            last_day: day(hire.last_day),
            active: hire.active_on(moment.day),
        }
    }
}

impl From<&outcomes::FollowUp> for FollowUp {
    fn from(follow_up: &outcomes::FollowUp) -> Self {
        Self { on: Date(follow_up.on), at_months: follow_up.at_months, situation: Code(follow_up.situation) }
    }
}

impl ExitReview {
    pub(super) fn new((engagement, on, reserve): &(domain::ids::EngagementId, chrono::NaiveDate, bool)) -> Self {
        Self { engagement: ids::global(Kind::Engagement, engagement), on: Date(*on), reserve: *reserve }
    }
}
