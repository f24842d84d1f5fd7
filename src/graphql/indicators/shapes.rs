//! Answers of several figures, each itself a figure: its most quoted one stands at the top.

use super::Indicators;
use super::figure::{Figure, Float};
use super::period::on;
use crate::graphql::codes::Code;
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ComplexObject, Result, SimpleObject};
use domain::codes::{Cell, Measure};
use domain::contract::AbsenceReason;
use projections::indicators::{self, Band, figure};

/// Posts on a day. As a figure: those filled over those open.
#[derive(SimpleObject)]
pub struct PostStock {
    #[graphql(flatten)]
    figure: Figure,
    /// Open: opened, not closed, not frozen.
    open: Figure,
    /// Of them, with at least one engagement active that day.
    filled: Figure,
    /// Of the open ones, those in social economy that day.
    social_economy: Figure,
}

/// How far posts were filled over a period. As a figure: filled post-days over open post-days, which is `dayWeighted`.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Occupancy {
    #[graphql(flatten)]
    figure: Figure,
    /// Filled post-days over open post-days.
    day_weighted: Figure,
    /// Distinct posts open on at least one day of the period.
    posts: Figure,
    /// Posts open on its last day.
    posts_at_end: Figure,
    /// Filled post-days over the days of the period: the average number of posts filled.
    average_posts: Figure,
    #[graphql(skip)]
    of: Indicators,
    #[graphql(skip)]
    measure: Option<Code<Measure>>,
}

/// Files per cell on a day. As a figure: the ISP stock; unknown are the open files in no cell.
#[derive(SimpleObject)]
pub struct CellStock {
    #[graphql(flatten)]
    figure: Figure,
    /// All files that are in a cell: the ISP stock.
    total: Figure,
    /// Files per cell, every cell named, in the order of the list.
    cells: Vec<CellCount>,
}

/// How many files are in a cell.
#[derive(SimpleObject)]
pub struct CellCount {
    /// The cell.
    cell: Code<Cell>,
    /// The files in it.
    value: u64,
}

/// What moved between two days: the stock after is the stock before, plus what entered, less what left.
#[derive(SimpleObject)]
pub struct CellFlow {
    /// Per cell, every cell named, in the order of the list; a move between cells leaves one and enters the other.
    cells: Vec<CellMoves>,
    /// Of the ISP stock as a whole: a move between cells neither enters nor leaves it.
    total: Flow,
    /// Moves from one cell straight to another.
    moves: u64,
    /// Open files in no cell on the last day.
    unknown: u64,
    /// The version of the definition.
    definition_version: u32,
}

/// What moved in and out of a cell.
#[derive(SimpleObject)]
pub struct CellMoves {
    /// The cell.
    cell: Code<Cell>,
    /// What moved.
    flow: Flow,
}

/// A stock, what entered, what left, and the stock after.
#[derive(SimpleObject)]
pub struct Flow {
    /// Stock on the first day.
    before: u64,
    /// Entered after the first day, up to the last one.
    entered: u64,
    /// Left after the first day, up to the last one.
    left: u64,
    /// Stock on the last day.
    after: u64,
}

/// Work penalties performed in a period. As a figure: hours performed over persons.
#[derive(SimpleObject)]
pub struct PenaltyTotals {
    #[graphql(flatten)]
    figure: Figure,
    /// Distinct persons with hours performed.
    persons: Figure,
    /// Hours performed.
    hours: Figure,
}

/// Suspensions of payment decided in a period, annulled ones included. As a figure: calendar days over sanctions.
#[derive(SimpleObject)]
pub struct SanctionTotals {
    #[graphql(flatten)]
    figure: Figure,
    /// For a project that is not respected.
    project: Figure,
    /// For means that were not declared.
    means: Figure,
    /// Those wholly deferred (sursis, uitstel), over sanctions.
    wholly_deferred: Figure,
    /// Those partly deferred, over sanctions.
    partly_deferred: Figure,
    /// Those annulled since, by a court or by the CPAS, over sanctions.
    annulled: Figure,
}

/// Persons hired by a day. As a figure: by the kind of the first hire signed in the window.
#[derive(SimpleObject)]
pub struct Hired {
    #[graphql(flatten)]
    figure: Figure,
    /// By the kind of any hire signed in the window.
    any_kind: Figure,
}

/// Agreements. As a figure: how many.
#[derive(SimpleObject)]
pub struct AgreementCount {
    #[graphql(flatten)]
    figure: Figure,
    /// Distinct partners of them: the field counts "CPAS under agreement".
    partners: Figure,
}

/// Hours absent over hours scheduled. As a figure: that rate.
#[derive(SimpleObject)]
pub struct Absenteeism {
    #[graphql(flatten)]
    figure: Figure,
    /// Hours absent by reason and length; they add up to the numerator. What is zero is left out.
    parts: Vec<AbsencePart>,
}

/// Hours absent for one reason in absences of one length.
#[derive(SimpleObject)]
pub struct AbsencePart {
    /// Why.
    reason: Code<AbsenceReason>,
    /// How long the absence was as a whole.
    band: AbsenceBand,
    /// The hours.
    hours: Float,
}

/// How long an absence is, those that follow each other taken as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(remote = "Band")]
pub enum AbsenceBand {
    /// Less than 30 days.
    Short,
    /// From 30 to 365 days.
    Medium,
    /// More than 365 days.
    Long,
}

#[ComplexObject]
impl Occupancy {
    /// Filled posts over open posts on one day.
    async fn point_in_time(&self, #[graphql(desc = "The day.")] at: Date) -> Result<Figure> {
        let day = on(at);
        let measure = self.measure;
        self.of.figure(measure, move |indicators| indicators.point_in_time(day)).await
    }
}

impl Occupancy {
    pub(super) fn new(of: &Indicators, measure: Option<Code<Measure>>, occupancy: &indicators::Occupancy) -> Self {
        let figure = |figure| Figure::new(&of.moment, figure);
        Self {
            figure: figure(&occupancy.day_weighted),
            day_weighted: figure(&occupancy.day_weighted),
            posts: figure(&occupancy.posts),
            posts_at_end: figure(&occupancy.posts_at_end),
            average_posts: figure(&occupancy.average_posts),
            of: of.clone(),
            measure,
        }
    }
}

impl PostStock {
    pub(super) fn new(moment: &Moment, stock: &indicators::PostStock, ratio: &indicators::Figure) -> Self {
        Self {
            figure: Figure::new(moment, ratio),
            open: Figure::new(moment, &stock.open),
            filled: Figure::new(moment, &stock.filled),
            social_economy: Figure::new(moment, &stock.social_economy),
        }
    }
}

impl CellStock {
    pub(super) fn new(moment: &Moment, stock: &indicators::CellStock) -> Self {
        let count = |(cell, value): &(Cell, u64)| CellCount { cell: Code(*cell), value: *value };
        Self {
            figure: Figure::new(moment, &stock.total),
            total: Figure::new(moment, &stock.total),
            cells: stock.cells.iter().map(count).collect(),
        }
    }
}

impl From<&indicators::CellFlow> for CellFlow {
    fn from(flow: &indicators::CellFlow) -> Self {
        let moves = |(cell, flow): &(Cell, indicators::Flow)| CellMoves { cell: Code(*cell), flow: Flow::from(flow) };
        Self {
            cells: flow.cells.iter().map(moves).collect(),
            total: Flow::from(&flow.total),
            moves: flow.moves,
            unknown: flow.unknown,
            definition_version: 1,
        }
    }
}

impl From<&indicators::Flow> for Flow {
    fn from(flow: &indicators::Flow) -> Self {
        Self { before: flow.before, entered: flow.entered, left: flow.left, after: flow.after }
    }
}

impl PenaltyTotals {
    pub(super) fn new(moment: &Moment, totals: &indicators::PenaltyTotals) -> Self {
        let mean = indicators::Figure { denominator: Some(totals.persons.numerator), ..totals.hours };
        Self {
            figure: Figure::new(moment, &mean),
            persons: Figure::new(moment, &totals.persons),
            hours: Figure::new(moment, &totals.hours),
        }
    }
}

impl SanctionTotals {
    pub(super) fn new(moment: &Moment, totals: &indicators::SanctionTotals) -> Self {
        Self {
            figure: Figure::new(moment, &totals.mean_days),
            project: Figure::new(moment, &totals.project),
            means: Figure::new(moment, &totals.means),
            wholly_deferred: Figure::new(moment, &totals.wholly_deferred),
            partly_deferred: Figure::new(moment, &totals.partly_deferred),
            annulled: Figure::new(moment, &totals.annulled),
        }
    }
}

impl Hired {
    pub(super) fn new(moment: &Moment, hired: &indicators::Hired) -> Self {
        Self { figure: Figure::new(moment, &hired.first_kind), any_kind: Figure::new(moment, &hired.any_kind) }
    }
}

impl AgreementCount {
    pub(super) fn new(moment: &Moment, agreements: &indicators::Agreements) -> Self {
        Self {
            figure: Figure::new(moment, &agreements.agreements),
            partners: Figure::new(moment, &agreements.partners),
        }
    }
}

impl Absenteeism {
    pub(super) fn new(moment: &Moment, absenteeism: &indicators::Absenteeism) -> Self {
        let part = |(reason, band, hours): &(AbsenceReason, Band, figure::Exact)| AbsencePart {
            reason: Code(*reason),
            band: (*band).into(),
            hours: Float(*hours),
        };
        Self { figure: Figure::new(moment, &absenteeism.rate), parts: absenteeism.parts.iter().map(part).collect() }
    }
}
