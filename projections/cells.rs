//! In which cell each file is, and was: one row per pathway.
//!
//! The stays cover every open day of the pathway exactly once, so that cells and "no cell" add up to the open files.

use chrono::NaiveDate;
use domain::codes::Cell;
use domain::ids::{OrganisationId, PathwayId};
use domain::pathway::Outcome;
use serde::{Deserialize, Serialize};

/// One pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// When it was open, in order of day; no two overlap.
    pub open: Vec<Open>,
    /// Where the file was on each open day, in order of day; none is empty and no two overlap.
    pub stays: Vec<Stay>,
}

/// A time during which a pathway was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// First day.
    pub from: NaiveDate,
    /// First day out of it, and how it ended; none while it is open.
    pub closed: Option<(NaiveDate, Outcome)>,
}

/// A time during which the file was in one cell, or in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The cell; none between cells.
    pub cell: Option<Cell>,
    /// First day.
    pub from: NaiveDate,
    /// First day out of it.
    pub left_on: Option<NaiveDate>,
}
