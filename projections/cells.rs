//! In which cell each file is, and was: one row per pathway.
//!
//! The stays cover every open day of the pathway exactly once, so that cells and "no cell" add up to the open files.

use crate::View;
use chrono::NaiveDate;
use domain::codes::Cell;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{OrganisationId, PathwayId};
use domain::law::Law;
use domain::pathway::{self, Outcome, Pathway};
use serde::{Deserialize, Serialize};

/// In which cell each file is, and was.
pub struct Cells;

impl View for Cells {
    const NAME: &'static str = "cells";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let pathways = pathway::State::of(history).pathways;
        let row = |(pathway, one): (PathwayId, Pathway)| {
            let open = open_periods(&one);
            Row { pathway, stays: stays(&one, &open), open, organisation: one.organisation }
        };
        pathways.into_iter().map(row).collect()
    }
}

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

/// The open periods of a pathway, those without a day left out.
fn open_periods(pathway: &Pathway) -> Vec<Open> {
    let mut open = Vec::with_capacity(pathway.closures.len() + 1);
    let mut from = Some(pathway.opened_on);
    for closure in &pathway.closures {
        if let Some(from) = from.filter(|from| *from < closure.on) {
            open.push(Open { from, closed: Some((closure.on, closure.outcome)) });
        }
        from = closure.reopened_on;
    }
    open.extend(from.map(|from| Open { from, closed: None }));
    open
}

/// Each open day in one stay: those in a cell as recorded, those in none between them.
fn stays(pathway: &Pathway, open: &[Open]) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::with_capacity(pathway.stays.len() + 1);
    for period in open {
        let end = period.closed.map(|(on, _)| on);
        let mut next = Some(period.from);
        for stay in pathway.stays.iter().filter(|stay| end.is_none_or(|end| stay.from < end)) {
            let left_on = earlier(stay.until_exclusive, end);
            let from = stay.from.max(period.from);
            if left_on.is_some_and(|left| left <= from) {
                continue;
            }
            if let Some(gap) = next.filter(|next| *next < from) {
                stays.push(Stay { cell: None, from: gap, left_on: Some(from) });
            }
            stays.push(Stay { cell: Some(stay.cell), from, left_on });
            next = left_on;
        }
        if let Some(from) = next.filter(|next| end.is_none_or(|end| *next < end)) {
            stays.push(Stay { cell: None, from, left_on: end });
        }
    }
    stays
}

/// The earlier of two days of which each may lie open.
fn earlier(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Open {
    /// True if the pathway is open that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.closed.is_none_or(|(closed, _)| day < closed)
    }
}

impl Stay {
    /// True if the file is there that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.left_on.is_none_or(|left| day < left)
    }
}

impl Row {
    /// Where the file is that day; none if the pathway is not open.
    #[must_use]
    pub fn stay_on(&self, day: NaiveDate) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.covers(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history, organisation};
    use domain::fact::Fact;
    use domain::ids::PersonId;
    use domain::pathway::{CellMotive, Event, Origin};
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));
    const PATHWAY: PathwayId = PathwayId(Uuid::from_u128(2));

    fn opened() -> Fact {
        Event::Opened { person: PERSON, pathway: PATHWAY, organisation: organisation("cpas"), origin: Origin::AidFile }
            .into()
    }

    fn entered(cell: Cell) -> Fact {
        Event::CellEntered { person: PERSON, pathway: PATHWAY, cell }.into()
    }

    fn left(cell: Cell) -> Fact {
        Event::CellLeft { person: PERSON, pathway: PATHWAY, cell, motive: CellMotive::Completed }.into()
    }

    #[test]
    fn every_open_day_is_in_one_stay() {
        let closed = Event::Closed { person: PERSON, pathway: PATHWAY, outcome: Outcome::Employment };
        let reopened = Event::Reopened { person: PERSON, pathway: PATHWAY };
        let past = [
            ("2020-01-01", opened()),
            ("2020-02-01", entered(Cell::Alpha)),
            ("2020-03-01", entered(Cell::Employment)),
            ("2020-04-01", left(Cell::Employment)),
            ("2020-05-01", closed.into()),
            ("2020-07-01", reopened.into()),
            ("2020-07-01", entered(Cell::Art60)),
        ];
        let rows = Cells::rows(&history(PERSON, &past), &Law::default());
        let told: Vec<_> = rows[0].stays.iter().map(|stay| (stay.cell, stay.from, stay.left_on)).collect();
        assert_eq!(
            told,
            [
                (None, day("2020-01-01"), Some(day("2020-02-01"))),
                (Some(Cell::Alpha), day("2020-02-01"), Some(day("2020-03-01"))),
                (Some(Cell::Employment), day("2020-03-01"), Some(day("2020-04-01"))),
                (None, day("2020-04-01"), Some(day("2020-05-01"))),
                (Some(Cell::Art60), day("2020-07-01"), None),
            ]
        );
    }

    #[test]
    fn a_stay_without_a_day_is_no_stay() {
        let past =
            [("2020-01-01", opened()), ("2020-01-01", entered(Cell::Alpha)), ("2020-01-01", entered(Cell::Art60))];
        let rows = Cells::rows(&history(PERSON, &past), &Law::default());
        assert_eq!(rows[0].stays, [Stay { cell: Some(Cell::Art60), from: day("2020-01-01"), left_on: None }]);
    }
}
