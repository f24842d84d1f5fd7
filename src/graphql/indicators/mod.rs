//! The indicators: one field per figure, named and parameterised as the field defines them.
//!
//! Read [`figure`] (what a figure says), then the fields of [`Indicators`].

pub mod figure;
pub mod occupancy;

use crate::clock::brussels_day;
use crate::graphql::codes::Code;
use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::ids;
use crate::graphql::scalars::{Date, DateTime};
use async_graphql::{Enum, ID, Object, Result};

use domain::codes::{AidKind, ContractKind, Measure};
use domain::course::ActivityKind;
use domain::ids::OrganisationId;
use domain::law::Law;
use figure::{
    AbsenteeismFigure, AgreementFigure, CellFlow, CellStock, Figure, HiredFigure, PenaltyTotals, PostStock,
    ReturnFigure, SustainedFigure, TimeToSignature,
};
use occupancy::Occupancy;
use projections::indicators::{self as core, Period, Scope};
use projections::{Snapshot, Views};
use std::sync::Arc;

/// The most months after an exit that can be asked about: ten years.
const MONTHS_MAX: i32 = 120;

/// By what a person counts as accompanied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum Basis {
    /// By an engagement that is active: a contract or placement that has started and not ended.
    Engagement,
    /// By an open pathway.
    Pathway,
}

impl From<Basis> for core::Basis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Engagement => Self::Engagement,
            Basis::Pathway => Self::Pathway,
        }
    }
}

/// The rows, the law and the scope from which figures are computed; shared with those parts that take more arguments.
#[derive(Clone)]
pub struct Basket {
    snapshot: Arc<Snapshot>,
    law: Arc<Law>,
    scope: Scope,
    at: DateTime,
}

impl Basket {
    fn figures(&self) -> core::Indicators<'_, Views> {
        core::Indicators::new(&self.snapshot.views, self.scope.clone(), brussels_day(self.at.0), &self.law)
    }

    fn figure(&self, figure: core::Figure) -> Figure {
        Figure::new(figure, self.at)
    }

    /// The same, under another measure if one is given.
    fn under(&self, measure: Option<Code<Measure>>) -> Self {
        let measure = measure.map(|code| code.0).or(self.scope.measure);
        Self { scope: Scope { measure, ..self.scope.clone() }, ..self.clone() }
    }

    /// The employer asked for; without one, the organisation whose figures these are.
    fn employer(&self, employer: Option<&ID>) -> Result<Option<OrganisationId>, BadInput> {
        match employer {
            Some(id) => ids::organisation("employer", id).map(Some),
            None => Ok(self.scope.organisation.clone()),
        }
    }
}

/// The figures of an organisation, under a measure, as known at an instant. Days are those of Brussels, both ends of a
/// period inclusive; persons are counted once however many contracts they have.
pub struct Indicators(Basket);

impl Indicators {
    /// The figures of a scope, from every view as known at `at`.
    #[must_use]
    pub fn new(snapshot: Arc<Snapshot>, law: Arc<Law>, scope: Scope, at: DateTime) -> Self {
        Self(Basket { snapshot, law, scope, at })
    }
}

/// A calendar year, or the days between two, both inclusive.
fn period(year: Option<i32>, from: Option<Date>, to: Option<Date>) -> Result<Period, BadInput> {
    match (year, from, to) {
        (Some(number), None, None) => year_of("year", number),
        (None, Some(from), Some(to)) => {
            Period::new(from.0, to.0).ok_or_else(|| bad_input("to", "the last day lies before the first"))
        }
        _ => Err(bad_input("year", "give a year, or the first and the last day (from, to)")),
    }
}

/// A calendar year, or one day.
fn year_or_day(year: Option<i32>, at: Option<Date>) -> Result<Period, BadInput> {
    match (year, at) {
        (Some(number), None) => year_of("year", number),
        (None, Some(day)) => Ok(Period::day(day.0)),
        _ => Err(bad_input("year", "give either a year or a day (at)")),
    }
}

fn year_of(field: &str, year: i32) -> Result<Period, BadInput> {
    let plausible = (1900..=2200).contains(&year).then(|| Period::year(year)).flatten();
    plausible.ok_or_else(|| bad_input(field, "a year from 1900 to 2200 is needed"))
}

fn months(count: i32) -> Result<u16, BadInput> {
    let fits = (1..=MONTHS_MAX).contains(&count).then(|| u16::try_from(count).ok()).flatten();
    fits.ok_or_else(|| bad_input("months", format_args!("{count} is not from 1 to {MONTHS_MAX}")))
}

#[Object]
impl Indicators {
    /// Distinct persons accompanied in a year or on a day: with an engagement active on at least one day of it, first
    /// and last day included. With `status` (RIS, RSA …): with an open pathway of the organisation and aid of that kind
    /// running on one and the same day.
    async fn persons_accompanied(
        &self,
        #[graphql(desc = "The calendar year; give either this or `at`.")] year: Option<i32>,
        #[graphql(desc = "One day; give either this or `year`.")] at: Option<Date>,
        #[graphql(desc = "By what a person counts: by default an engagement; with `status` always the pathway.")]
        basis: Option<Basis>,
        #[graphql(desc = "Only persons with this aid running.")] status: Option<Code<AidKind>>,
    ) -> Result<Figure> {
        let period = year_or_day(year, at)?;
        let figure = self.0.figures().persons_accompanied(period, basis.map(Into::into), status.map(|code| code.0));
        Ok(self.0.figure(figure))
    }

    /// Distinct persons with a spell of engagements that ended in the year, its last day in it; 31 December counts in its
    /// year. Engagements of one person and measure without a day between are one spell.
    async fn persons_contract_ended(
        &self,
        #[graphql(desc = "The calendar year.")] year: i32,
    ) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().persons_contract_ended(year_of("year", year)?)))
    }

    /// Persons accompanied in the year without a spell that ended in it: accompanied = ended + continuing, always. It is
    /// not the stock of 31 December.
    async fn continuing(&self, #[graphql(desc = "The calendar year.")] year: i32) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().continuing(year_of("year", year)?)))
    }

    /// Persons of a cohort (spell ended in the year) with a hire at the employer that is active on a day: begun, and not
    /// ended before it. Who was hired and has gone again is not counted; see `hiredSignedBy`.
    async fn hired_active_at(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "The day on which the hire is active, its last day included.")] at: Date,
        #[graphql(desc = "The employer; by default the organisation whose figures these are.")] employer: Option<ID>,
    ) -> Result<Figure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        let employer = self.0.employer(employer.as_ref())?;
        Ok(self.0.figure(self.0.figures().hired_active_at(cohort, at.0, employer.as_ref())))
    }

    /// Persons of a cohort (spell ended in the year) who signed with the employer up to a day, whatever became of it; from
    /// ninety days before the end of the spell. With a kind: by the kind of the first such hire.
    async fn hired_signed_by(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "The last day of signature that counts.")] by: Date,
        #[graphql(desc = "Only hires of this kind of contract.")] kind: Option<Code<ContractKind>>,
        #[graphql(desc = "The employer; by default the organisation whose figures these are.")] employer: Option<ID>,
    ) -> Result<HiredFigure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        let employer = self.0.employer(employer.as_ref())?;
        let hired = self.0.figures().hired_signed_by(cohort, by.0, employer.as_ref(), kind.map(|code| code.0));
        Ok(HiredFigure::new(hired, self.0.at))
    }

    /// Persons hired over persons whose spell ended in the year; see `hiredSignedBy`. Who is not known is not removed.
    async fn hire_rate(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "The last day of signature that counts.")] by: Date,
        #[graphql(desc = "The employer; by default the organisation whose figures these are.")] employer: Option<ID>,
    ) -> Result<Figure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        let employer = self.0.employer(employer.as_ref())?;
        Ok(self.0.figure(self.0.figures().hire_rate(cohort, by.0, employer.as_ref())))
    }

    /// Posts on a day: open, filled, in social economy.
    async fn posts(
        &self,
        #[graphql(desc = "The day.")] at: Date,
        #[graphql(desc = "Another measure than that of these figures.")] measure: Option<Code<Measure>>,
    ) -> PostStock {
        PostStock::new(self.0.under(measure).figures().posts(at.0), self.0.at)
    }

    /// How far posts were filled over a year or between two days: filled post-days over open post-days. Frozen days are
    /// neither; an absence does not vacate a post; a post counts once a day.
    async fn occupancy(
        &self,
        #[graphql(desc = "The calendar year; give either this or `from` and `to`.")] year: Option<i32>,
        #[graphql(desc = "First day.")] from: Option<Date>,
        #[graphql(desc = "Last day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Another measure than that of these figures.")] measure: Option<Code<Measure>>,
    ) -> Result<Occupancy> {
        Ok(Occupancy::new(self.0.under(measure), period(year, from, to)?))
    }

    /// The average number of posts filled over a year: filled post-days over the days of the year.
    async fn average_posts(
        &self,
        #[graphql(desc = "The calendar year.")] year: i32,
        #[graphql(desc = "Another measure than that of these figures.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let basket = self.0.under(measure);
        Ok(self.0.figure(basket.figures().occupancy(year_of("year", year)?).average_posts))
    }

    /// Agreements in force on a day, first and last day included.
    async fn agreements_in_force(
        &self,
        #[graphql(desc = "The day.")] at: Date,
        #[graphql(desc = "Another measure than that of these figures.")] kind: Option<Code<Measure>>,
    ) -> AgreementFigure {
        AgreementFigure::new(self.0.under(kind).figures().agreements_in_force(at.0), self.0.at)
    }

    /// Agreements signed in a year; a renewal is not a signature.
    async fn agreements_signed(
        &self,
        #[graphql(desc = "The calendar year.")] year: i32,
        #[graphql(desc = "Another measure than that of these figures.")] kind: Option<Code<Measure>>,
    ) -> Result<AgreementFigure> {
        let period = year_of("year", year)?;
        Ok(AgreementFigure::new(self.0.under(kind).figures().agreements_signed(period), self.0.at))
    }

    /// Hours of training attended in a year by persons with an engagement active on the day of the session. Attendance
    /// at a session that does not stand is in `unknown`.
    async fn training_person_hours(&self, #[graphql(desc = "The calendar year.")] year: i32) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().training_person_hours(year_of("year", year)?)))
    }

    /// Hours of training given in a year: the sessions held, whoever attended.
    async fn training_delivered_hours(&self, #[graphql(desc = "The calendar year.")] year: i32) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().training_delivered_hours(year_of("year", year)?)))
    }

    /// Work penalties performed in a year: persons, hours. Judicial data.
    async fn work_penalty(&self, #[graphql(desc = "The calendar year.")] year: i32) -> Result<PenaltyTotals> {
        Ok(PenaltyTotals::new(self.0.figures().work_penalty(year_of("year", year)?), self.0.at))
    }

    /// Distinct persons who took part in an activity of a kind in a year.
    async fn participants_of(
        &self,
        #[graphql(desc = "The kind of activity.")] activity: Code<ActivityKind>,
        #[graphql(desc = "The calendar year.")] year: i32,
    ) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().participants_of(activity.0, year_of("year", year)?)))
    }

    /// Hours absent over hours scheduled, in a year or between two days. Leave and training are no absence; an engagement
    /// without a schedule is in `unknown`.
    async fn absenteeism_rate(
        &self,
        #[graphql(desc = "The calendar year; give either this or `from` and `to`.")] year: Option<i32>,
        #[graphql(desc = "First day.")] from: Option<Date>,
        #[graphql(desc = "Last day, inclusive.")] to: Option<Date>,
    ) -> Result<AbsenteeismFigure> {
        Ok(AbsenteeismFigure::new(&self.0.figures().absenteeism_rate(period(year, from, to)?), self.0.at))
    }

    /// ISP files by cell on a day. The cells add up to the total; an open pathway in no cell is in `unknown`.
    async fn stock_per_cell(&self, #[graphql(desc = "The day.")] on: Date) -> CellStock {
        CellStock::new(self.0.figures().stock_per_cell(on.0), self.0.at)
    }

    /// Entries and exits by cell between two days; before + entered − left = after, in each cell.
    async fn flow_per_cell(
        &self,
        #[graphql(desc = "First day.")] from: Date,
        #[graphql(desc = "Last day, inclusive.")] to: Date,
    ) -> Result<Vec<CellFlow>> {
        Ok(CellFlow::each(&self.0.figures().flow_per_cell(period(None, Some(from), Some(to))?)))
    }

    /// ISP files over aid files (RIS and ERIS) on a day: two independent counts, as an exact fraction.
    async fn share_in_isp(&self, #[graphql(desc = "The day.")] on: Date) -> Figure {
        self.0.figure(self.0.figures().share_in_isp(on.0))
    }

    /// False starts (faux départs) among the engagements signed in a year: cancelled before the start, or ended within
    /// thirty days for another cause than a job elsewhere, death or rights opened.
    async fn false_starts(&self, #[graphql(desc = "The year of signature.")] year: i32) -> Result<Figure> {
        Ok(self.0.figure(self.0.figures().false_starts(year_of("year", year)?)))
    }

    /// Persons whose spell ended in the year and who are employed on the day so many months later.
    async fn sustained(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "Months after the last day, such as 3, 6 or 12.")] months: i32,
    ) -> Result<SustainedFigure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        Ok(SustainedFigure::new(self.0.figures().sustained(cohort, self::months(months)?), self.0.at))
    }

    /// Persons whose spell ended in the year and who had a job that began within so many months; not the same as
    /// `sustained`.
    async fn employed_within(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "Months after the last day.")] months: i32,
    ) -> Result<Figure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        Ok(self.0.figure(self.0.figures().employed_within(cohort, self::months(months)?)))
    }

    /// Persons whose spell ended in the year and who were employed on every day of the months that followed, gaps of at
    /// most seven days allowed. Hires only.
    async fn continuously_employed(
        &self,
        #[graphql(desc = "The year in which the spell ended.")] cohort_ended_in: i32,
        #[graphql(desc = "Months after the last day.")] months: i32,
    ) -> Result<Figure> {
        let cohort = year_of("cohortEndedIn", cohort_ended_in)?;
        Ok(self.0.figure(self.0.figures().continuously_employed(cohort, self::months(months)?)))
    }

    /// Persons who left a pathway in the year, otherwise than to aid or by death, and were granted RIS or ERIS within so
    /// many months (rechute au CPAS).
    async fn return_to_aid(
        &self,
        #[graphql(desc = "The year of the exit.")] left_in: i32,
        #[graphql(desc = "Months after the exit.")] months: i32,
    ) -> Result<ReturnFigure> {
        let returns = self.0.figures().return_to_aid(year_of("leftIn", left_in)?, self::months(months)?);
        Ok(ReturnFigure::new(&returns, self.0.at))
    }

    /// Grants whose PIIS is due and not signed on a day, over the obliged grants running that day (law of 26 May 2002,
    /// article 11; three months from the notification).
    async fn piis_overdue(&self, #[graphql(desc = "The day.")] on: Date) -> Figure {
        self.0.figure(self.0.figures().piis_overdue(on.0))
    }

    /// PIIS running on a day whose evaluation is late (three a year, two in person), over those running.
    async fn evaluation_overdue(&self, #[graphql(desc = "The day.")] on: Date) -> Figure {
        self.0.figure(self.0.figures().evaluation_overdue(on.0))
    }

    /// Days from the notification of a grant to the signature of its PIIS, for the grants notified in a year.
    async fn time_grant_to_piis(
        &self,
        #[graphql(desc = "The year of notification.")] year: i32,
    ) -> Result<TimeToSignature> {
        Ok(TimeToSignature::new(&self.0.figures().time_grant_to_piis(year_of("year", year)?), self.0.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn day(text: &str) -> Date {
        Date(text.parse::<NaiveDate>().unwrap())
    }

    #[test]
    fn a_period_is_a_year_or_two_days_and_nothing_else() {
        assert_eq!(period(Some(2022), None, None).unwrap().days(), 365);
        assert_eq!(period(None, Some(day("2022-01-01")), Some(day("2022-01-01"))).unwrap().days(), 1);
        assert!(period(None, None, None).is_err());
        assert!(period(Some(2022), Some(day("2022-01-01")), None).is_err());
        assert_eq!(period(None, Some(day("2022-01-02")), Some(day("2022-01-01"))).unwrap_err().field, "to");
        assert!(period(Some(999_999), None, None).is_err());
    }

    #[test]
    fn months_have_a_limit() {
        assert!(months(1).is_ok() && months(120).is_ok());
        assert!(months(0).is_err() && months(121).is_err());
    }
}
