//! Whose figures are asked for, on which day, by which definitions.

use super::figure::Figure;
use super::{Exact, Period, Source};
use crate::{engagements, posts};
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::OrganisationId;
use domain::law::Law;

/// Which rows count.
///
/// An organisation filters engagements by their host, and posts, agreements, courses, pathways, grants and penalties
/// by their own organisation. A measure filters engagements, posts and agreements, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Of one organisation, or of all.
    pub organisation: Option<OrganisationId>,
    /// Under one measure, or under all.
    pub measure: Option<Measure>,
}

impl Scope {
    /// True if what belongs to this organisation counts.
    #[must_use]
    pub fn holds(&self, organisation: &OrganisationId) -> bool {
        self.organisation.as_ref().is_none_or(|only| only == organisation)
    }

    /// True if what is done under this measure counts.
    #[must_use]
    pub fn of(&self, measure: Measure) -> bool {
        self.measure.is_none_or(|only| only == measure)
    }

    /// True if the engagement counts: its host and measure are in scope.
    #[must_use]
    pub fn engagement(&self, row: &engagements::Row) -> bool {
        self.of(row.measure) && self.holds(&row.organisation)
    }

    /// True if the post counts.
    #[must_use]
    pub fn post(&self, row: &posts::Row) -> bool {
        self.of(row.measure) && self.holds(&row.organisation)
    }
}

/// What the definitions leave open, with the default of the house. Another value is another definition version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definitions {
    /// Full days without engagement that do not end a spell.
    pub spell_gap_days: u32,
    /// How long before the end of the spell a hire may have been signed.
    pub hire_before_days: u64,
    /// An engagement that ends at most so many days after its first day is a false start.
    pub false_start_days: i64,
    /// How far from the day asked for a follow-up may lie, on both sides.
    pub observation_days: i64,
    /// Longest gap between two jobs, in days, that leaves employment continuous.
    pub employment_gap_days: i64,
}

impl Default for Definitions {
    fn default() -> Self {
        Self {
            spell_gap_days: 0,
            hire_before_days: 90,
            false_start_days: 30,
            observation_days: 15,
            employment_gap_days: 7,
        }
    }
}

/// The figures of one scope, from one source. Each question stands in a file of its own.
#[derive(Debug)]
pub struct Indicators<'a, S> {
    /// The rows.
    pub source: &'a S,
    /// Which of them count.
    pub scope: Scope,
    /// Today in Brussels, at the instant of knowledge: what lies after it is told apart.
    pub today: NaiveDate,
    /// The law by its days.
    pub law: &'a Law,
    /// What the definitions leave open.
    pub definitions: Definitions,
}

impl<'a, S: Source> Indicators<'a, S> {
    /// The figures of a scope by the default definitions.
    #[must_use]
    pub fn new(source: &'a S, scope: Scope, today: NaiveDate, law: &'a Law) -> Self {
        Self { source, scope, today, law, definitions: Definitions::default() }
    }

    /// A sum over a period that only grows with it; what the days after today add is told apart.
    pub(crate) fn growing(&self, period: Period, sum: impl Fn(Period) -> Exact) -> Figure {
        let total = sum(period);
        let future = match period.past(self.today) {
            Some(past) if past == period => super::figure::zero(),
            Some(past) => total - sum(past),
            None => total,
        };
        Figure::sum(total).future(future.max(super::figure::zero()))
    }

    /// A figure about one day: all of it lies in the future if the day does.
    pub(crate) fn on(&self, day: NaiveDate, figure: Figure) -> Figure {
        if day > self.today { figure.future(figure.numerator) } else { figure }
    }
}
