//! Work penalties; judicial data.

use super::{Organisation, day, hours};
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ID, SimpleObject};
use projections::penalties::Row;
use std::sync::Arc;

/// One work penalty (peine de travail / werkstraf). Judicial data.
#[derive(SimpleObject)]
pub struct Penalty {
    /// Its global id.
    id: ID,
    /// Where it is performed.
    organisation: Organisation,
    /// Day on which it was entrusted.
    assigned_on: Date,
    /// Hours ordered by the judge.
    hours_ordered: Decimal,
    /// Last day to perform it, inclusive.
    deadline: Date,
    /// Hours performed by day, in order.
    performed: Vec<PenaltyHours>,
    /// Day on which it was completed.
    completed_on: Option<Date>,
    /// Day on which it was interrupted.
    interrupted_on: Option<Date>,
}

/// Hours of a work penalty performed on a day.
#[derive(SimpleObject)]
pub struct PenaltyHours {
    /// The day.
    on: Date,
    /// The hours.
    hours: Decimal,
}

impl Penalty {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        Self {
            id: ids::global(Kind::Penalty, row.penalty),
            organisation: Organisation::new(moment, &row.organisation),
            assigned_on: Date(row.assigned_on),
            hours_ordered: hours(row.hours_ordered),
            deadline: Date(row.deadline),
            performed: row.performed.iter().map(|(on, h)| PenaltyHours { on: Date(*on), hours: hours(*h) }).collect(),
            completed_on: day(row.completed_on),
            interrupted_on: day(row.interrupted_on),
        }
    }
}
