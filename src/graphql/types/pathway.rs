//! ISP pathways, and the cells in which their files were.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::codes::Cell;
use domain::pathway::Outcome;
use projections::cells::{Open, Row, Stay};
use projections::outcomes;
use std::sync::Arc;

/// One ISP pathway of a person with an organisation.
#[derive(SimpleObject)]
pub struct Pathway {
    /// Its global id.
    id: ID,
    /// With which organisation.
    organisation: Organisation,
    /// True if it is open on the day of the question.
    open: bool,
    /// The cell in which the file is on the day of the question; null in none.
    cell: Option<Code<Cell>>,
    /// When it was open, in order of day.
    periods: Vec<PathwayPeriod>,
    /// Where the file was on each open day, in order of day.
    stays: Vec<CellStay>,
}

/// A time during which a pathway was open.
#[derive(SimpleObject)]
pub struct PathwayPeriod {
    /// First day.
    from: Date,
    /// First day out of it; null while it is open.
    closed_on: Option<Date>,
    /// How it ended; null while it is open.
    outcome: Option<Code<Outcome>>,
}

/// A time during which the file of a pathway was in one cell, or in none.
#[derive(SimpleObject)]
pub struct CellStay {
    /// The cell; null between cells.
    cell: Option<Code<Cell>>,
    /// First day.
    from: Date,
    /// First day out of it; null while it lasts.
    left_on: Option<Date>,
}

/// An exit from a pathway.
#[derive(SimpleObject)]
pub struct PathwayExit {
    /// The pathway's global id.
    pathway: ID,
    /// With which organisation.
    organisation: Organisation,
    /// First day out of it.
    on: Date,
    /// How.
    outcome: Code<Outcome>,
    /// The day on which the pathway was opened again.
    reopened_on: Option<Date>,
}

impl Pathway {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        let stay = row.stay_on(moment.day);
        Self {
            id: ids::global(Kind::Pathway, row.pathway),
            organisation: Organisation::new(moment, &row.organisation),
            open: row.open.iter().any(|open| open.covers(moment.day)),
            cell: stay.and_then(|stay| stay.cell).map(Code),
            periods: row.open.iter().map(Into::into).collect(),
            stays: row.stays.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Open> for PathwayPeriod {
    fn from(open: &Open) -> Self {
        let (closed_on, outcome) = open.closed.unzip();
        Self { from: Date(open.from), closed_on: day(closed_on), outcome: outcome.map(Code) }
    }
}

impl From<&Stay> for CellStay {
    fn from(stay: &Stay) -> Self {
        Self { cell: stay.cell.map(Code), from: Date(stay.from), left_on: day(stay.left_on) }
    }
}

impl PathwayExit {
    pub(super) fn new(moment: &Arc<Moment>, exit: &outcomes::Exit) -> Self {
        Self {
            pathway: ids::global(Kind::Pathway, exit.pathway),
            organisation: Organisation::new(moment, &exit.organisation),
            on: Date(exit.on),
            outcome: Code(exit.outcome),
            reopened_on: day(exit.reopened_on),
        }
    }
}
