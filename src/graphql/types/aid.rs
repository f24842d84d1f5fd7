//! Grants of social aid.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::codes::AidKind;
use projections::aids::Row;
use std::sync::Arc;

/// One grant of social aid, from the request to its end.
#[derive(SimpleObject)]
pub struct Aid {
    /// Its global id.
    id: ID,
    /// Of which organisation.
    organisation: Organisation,
    /// Which aid.
    kind: Code<AidKind>,
    /// Day of the request.
    requested_on: Option<Date>,
    /// First day of aid; null if it was not granted.
    from: Option<Date>,
    /// When the decision was notified; the PIIS is due three months later.
    notified_on: Option<Date>,
    /// First day without it.
    ended_on: Option<Date>,
    /// Day of the refusal.
    refused_on: Option<Date>,
    /// True if it runs on the day of the question.
    running: bool,
}

impl Aid {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        Self {
            id: ids::global(Kind::Aid, row.grant),
            organisation: Organisation::new(moment, &row.organisation),
            kind: Code(row.kind),
            requested_on: day(row.requested_on),
            from: day(row.from),
            notified_on: day(row.notified_on),
            ended_on: day(row.ended_on),
            refused_on: day(row.refused_on),
            running: row.running_on(moment.day),
        }
    }
}
