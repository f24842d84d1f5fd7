//! Stays in operations of the European Social Fund.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::situation::IscedLevel;
use projections::operations::Row;
use std::sync::Arc;

/// One stay of a person in an operation of the European Social Fund (Regulation (EU) 2021/1057, annex I).
#[derive(SimpleObject)]
pub struct OperationStay {
    /// The operation, by its short name.
    operation: String,
    /// Which organisation carries it.
    organisation: Organisation,
    /// First day.
    from: Date,
    /// First day out of it; null while it lasts.
    left_on: Option<Date>,
    /// True if a qualification was gained; null while it lasts.
    qualified: Option<bool>,
    /// Highest level of education attained, as frozen on the day of entry.
    isced: Option<Code<IscedLevel>>,
    /// True if the person lived in a rural area, as frozen on the day of entry.
    rural: Option<bool>,
    /// The record of the situation frozen for it: what is sealed stands in its personal fields.
    situation: ID,
    /// The record of the exit: the situation on leaving stands in its personal fields.
    exit: Option<ID>,
    /// True if the person is in the operation on the day of the question.
    running: bool,
}

impl OperationStay {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        let (left_on, qualified) = row.left.unzip();
        Self {
            operation: row.operation.as_str().to_owned(),
            organisation: Organisation::new(moment, &row.organisation),
            from: Date(row.from),
            left_on: day(left_on),
            qualified,
            isced: row.isced.map(Code),
            rural: row.rural,
            situation: ids::global(Kind::Event, row.situation),
            exit: row.left_by.map(|record| ids::global(Kind::Event, record)),
            running: row.covers(moment.day),
        }
    }
}
