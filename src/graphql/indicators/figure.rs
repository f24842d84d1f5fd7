//! A figure as a client reads it: exact parts, what is not known, and which definition.

use crate::graphql::codes::Code;
use crate::graphql::scalars::{DateTime, Decimal};
use async_graphql::{Enum, SimpleObject};
use domain::codes::Cell;
use domain::contract::AbsenceReason;
use projections::indicators as core;
use projections::indicators::figure::{as_f64, decimal, whole, zero};

/// A number that can be checked: exact parts, what is not known, and which definition.
#[derive(Debug, Clone, SimpleObject)]
pub struct Figure {
    /// The value in double precision; null if it is a ratio to nothing. Numerator and denominator are exact.
    value: Option<f64>,
    /// What is counted or summed (persons, engagements, post-days, hours …), exact.
    numerator: Decimal,
    /// What it is divided by, exact; null for a count or a sum.
    denominator: Option<Decimal>,
    /// How many things should have been counted and could not be, because a fact about them is missing.
    unknown: i32,
    /// The part of the numerator that rests on days after today alone: it may still change without any correction.
    future: Decimal,
    /// The version of the definition; another definition is another version.
    definition_version: i32,
    /// The legal rule set applied, if any.
    rule_set: Option<&'static str>,
    /// The instant of knowledge: what was recorded later is not counted.
    as_known_at: DateTime,
}

impl Figure {
    /// The figure as known at an instant.
    #[must_use]
    pub fn new(figure: core::Figure, at: DateTime) -> Self {
        Self {
            value: figure.as_f64(),
            numerator: Decimal(decimal(figure.numerator)),
            denominator: figure.denominator.map(|denominator| Decimal(decimal(denominator))),
            unknown: count(figure.unknown),
            future: Decimal(decimal(figure.future)),
            definition_version: count(figure.definition_version.into()),
            rule_set: figure.rule_set,
            as_known_at: at,
        }
    }
}

/// A count that a GraphQL Int can hold; no organisation has two thousand million files.
fn count(of: u64) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}

/// Posts on a day.
#[derive(Debug, Clone, SimpleObject)]
pub struct PostStock {
    /// Open that day: opened, not closed, not frozen.
    open: Figure,
    /// Of them, those with at least one engagement active that day.
    filled: Figure,
    /// Of the open ones, those in social economy that day.
    social_economy: Figure,
}

impl PostStock {
    /// The stock as known at an instant.
    #[must_use]
    pub fn new(stock: core::PostStock, at: DateTime) -> Self {
        Self {
            open: Figure::new(stock.open, at),
            filled: Figure::new(stock.filled, at),
            social_economy: Figure::new(stock.social_economy, at),
        }
    }
}

/// Hires of a cohort: the figure itself is by the kind of the first one.
#[derive(Debug, Clone, SimpleObject)]
pub struct HiredFigure {
    #[graphql(flatten)]
    first: Figure,
    /// By the kind of any hire, not of the first one alone.
    any_kind: Figure,
}

impl HiredFigure {
    /// The hires as known at an instant.
    #[must_use]
    pub fn new(hired: core::Hired, at: DateTime) -> Self {
        Self { first: Figure::new(hired.first_kind, at), any_kind: Figure::new(hired.any_kind, at) }
    }
}

/// Agreements: the figure itself counts agreements.
#[derive(Debug, Clone, SimpleObject)]
pub struct AgreementFigure {
    #[graphql(flatten)]
    agreements: Figure,
    /// The distinct partners of these agreements.
    partners: Figure,
}

impl AgreementFigure {
    /// The agreements as known at an instant.
    #[must_use]
    pub fn new(agreements: core::Agreements, at: DateTime) -> Self {
        Self { agreements: Figure::new(agreements.agreements, at), partners: Figure::new(agreements.partners, at) }
    }
}

/// Work penalties performed in a year. Judicial data.
#[derive(Debug, Clone, SimpleObject)]
pub struct PenaltyTotals {
    /// Distinct persons with hours performed in the year.
    persons: Figure,
    /// Hours performed in the year, not hours ordered.
    hours: Figure,
}

impl PenaltyTotals {
    /// The totals as known at an instant.
    #[must_use]
    pub fn new(totals: core::PenaltyTotals, at: DateTime) -> Self {
        Self { persons: Figure::new(totals.persons, at), hours: Figure::new(totals.hours, at) }
    }
}

/// Files of one cell.
#[derive(Debug, Clone, SimpleObject)]
pub struct CellCount {
    /// The cell.
    cell: Code<Cell>,
    /// Files in it that day.
    value: i32,
}

/// ISP files by cell on a day. Each file is in one cell, so the cells add up to the total.
#[derive(Debug, Clone, SimpleObject)]
pub struct CellStock {
    #[graphql(flatten)]
    figure: Figure,
    /// All files in a cell; open pathways that are in no cell are in `unknown`.
    total: Figure,
    /// By cell, every cell once, in the order of the pathway.
    cells: Vec<CellCount>,
}

impl CellStock {
    /// The stock as known at an instant.
    #[must_use]
    pub fn new(stock: core::CellStock, at: DateTime) -> Self {
        let cells = stock.cells.iter().map(|(cell, files)| CellCount { cell: Code(*cell), value: count(*files) });
        let total = Figure::new(stock.total, at);
        Self { cells: cells.collect(), figure: total.clone(), total }
    }
}

/// The files of one cell over a period: before + entered − left = after.
#[derive(Debug, Clone, SimpleObject)]
pub struct CellFlow {
    /// The cell; null for all cells together, where a move from one to another is neither in nor out.
    cell: Option<Code<Cell>>,
    /// Files on the day before the period.
    before: i32,
    /// Entries in the period.
    entered: i32,
    /// Exits in the period.
    left: i32,
    /// Files on the last day of the period.
    after: i32,
}

impl CellFlow {
    /// The flow of every cell, and of all together at the end.
    #[must_use]
    pub fn each(flow: &core::CellFlow) -> Vec<Self> {
        let of = |cell: Option<Cell>, flow: core::Flow| Self {
            cell: cell.map(Code),
            before: count(flow.before),
            entered: count(flow.entered),
            left: count(flow.left),
            after: count(flow.after),
        };
        let cells = flow.cells.iter().map(|(cell, flow)| of(Some(*cell), *flow));
        cells.chain(std::iter::once(of(None, flow.total))).collect()
    }
}

/// How long an absence is, chained with those that follow it without a day between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AbsenceBand {
    /// Less than 30 days.
    Short,
    /// From 30 to 365 days.
    Medium,
    /// More than 365 days.
    Long,
}

/// Hours absent for one reason, in one band.
#[derive(Debug, Clone, SimpleObject)]
pub struct AbsencePart {
    /// Why. Sickness is health data.
    reason: Code<AbsenceReason>,
    /// How long the absence is.
    band: AbsenceBand,
    /// Hours absent in the period.
    hours: Decimal,
}

/// Hours absent over hours scheduled: the figure itself is the rate.
#[derive(Debug, Clone, SimpleObject)]
pub struct AbsenteeismFigure {
    #[graphql(flatten)]
    rate: Figure,
    /// What the absent hours are made of, by reason and length.
    parts: Vec<AbsencePart>,
}

impl AbsenteeismFigure {
    /// The rate as known at an instant.
    #[must_use]
    pub fn new(absence: &core::Absenteeism, at: DateTime) -> Self {
        let part = |(reason, band, hours): &(AbsenceReason, core::Band, core::Exact)| AbsencePart {
            reason: Code(*reason),
            band: match band {
                core::Band::Short => AbsenceBand::Short,
                core::Band::Medium => AbsenceBand::Medium,
                core::Band::Long => AbsenceBand::Long,
            },
            hours: Decimal(decimal(*hours)),
        };
        Self { rate: Figure::new(absence.rate, at), parts: absence.parts.iter().map(part).collect() }
    }
}

/// How the persons of a cohort fare some months after their exit: the figure itself is employed over all.
#[derive(Debug, Clone, SimpleObject)]
pub struct SustainedFigure {
    #[graphql(flatten)]
    of_all: Figure,
    /// Employed over those whose situation is known.
    of_known: Figure,
    /// Employed that day.
    employed: i32,
    /// Not employed that day.
    not_employed: i32,
    /// Of the unknown, those whose day is still to come.
    not_due: i32,
    /// Died before that day: of no count.
    died: i32,
}

impl SustainedFigure {
    /// The cohort as known at an instant.
    #[must_use]
    pub fn new(sustained: core::Sustained, at: DateTime) -> Self {
        Self {
            of_all: Figure::new(sustained.of_all, at),
            of_known: Figure::new(sustained.of_known, at),
            employed: count(sustained.employed),
            not_employed: count(sustained.not_employed),
            not_due: count(sustained.not_due),
            died: count(sustained.died),
        }
    }
}

/// Who came back to aid: the figure itself is persons who came back over persons who left.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReturnFigure {
    #[graphql(flatten)]
    returned: Figure,
    /// The risk of coming back (1 − Kaplan–Meier), with those watched for less than the whole time counted as long as they could be.
    risk: Figure,
}

impl ReturnFigure {
    /// The returns as known at an instant.
    #[must_use]
    pub fn new(returns: &core::ReturnToAid, at: DateTime) -> Self {
        Self { returned: Figure::new(returns.returned, at), risk: Figure::new(returns.risk, at) }
    }
}

/// Days from the notification of a grant to the signature of its PIIS.
#[derive(Debug, Clone, SimpleObject)]
pub struct TimeToSignature {
    /// Grants watched, from their notification on.
    grants: Figure,
    /// Of them, those signed.
    signed: Figure,
    /// Days by which half have signed (Kaplan–Meier); null if half never did.
    median_days: Option<i32>,
    /// Days by which nine in ten have signed (Kaplan–Meier); null if they never did.
    p90_days: Option<i32>,
    /// Share signed within three months, of all grants at risk (1 − Kaplan–Meier).
    in_time: Figure,
    /// Share signed within three months, of those signed.
    in_time_of_signed: Figure,
}

impl TimeToSignature {
    /// The times as known at an instant.
    #[must_use]
    pub fn new(time: &core::TimeToSignature, at: DateTime) -> Self {
        let days = |days: Option<i64>| days.and_then(|days| i32::try_from(days).ok());
        Self {
            grants: Figure::new(time.grants, at),
            signed: Figure::new(time.signed, at),
            median_days: days(time.median_days),
            p90_days: days(time.p90_days),
            in_time: Figure::new(time.in_time, at),
            in_time_of_signed: Figure::new(time.in_time_of_signed, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_keeps_its_exact_parts() {
        let at = DateTime(chrono::DateTime::UNIX_EPOCH);
        let figure = Figure::new(core::Figure::ratio(whole(1082), whole(5131)), at);
        assert_eq!((figure.numerator.0.as_str(), figure.denominator.map(|all| all.0).as_deref()), ("1082", Some("5131")));
        assert!(figure.value.is_some_and(|value| (value - 0.210_875).abs() < 1e-6));
        assert_eq!(Figure::new(core::Figure::ratio(zero(), zero()), at).value, None);
    }

    #[test]
    fn a_number_of_double_precision_is_near_the_exact_one() {
        assert!((as_f64(core::Exact::new(1, 3)) - 1.0 / 3.0).abs() < f64::EPSILON);
    }
}
