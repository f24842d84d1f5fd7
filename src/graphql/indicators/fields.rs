//! One field per indicator, by the names of the catalogue.

use super::Indicators;
use super::after::{ReturnToAid, Sustained, TimeToSignature};
use super::figure::Figure;
use super::period::{on as day, period, year as calendar_year};
use super::shapes::{
    Absenteeism, AgreementCount, CellFlow, CellStock, Hired, Occupancy, PenaltyTotals, PostStock, SanctionTotals,
};
use crate::graphql::codes::Code;
use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::ids;
use crate::graphql::scalars::Date;
use async_graphql::{Enum, ID, Object, Result};
use domain::codes::{AidKind, ContractKind, Measure};
use domain::course::ActivityKind;
use domain::ids::OrganisationId;
use projections::indicators as of_views;

/// Months after an exit that can be asked for at most: five years, beyond which nobody is asked.
const MONTHS_MAX: i32 = 60;

/// By what a person counts as accompanied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "of_views::Basis")]
pub enum AccompaniedBasis {
    /// By an engagement that is active.
    Engagement,
    /// By an open pathway of the organisation.
    Pathway,
}

fn read_months(asked: i32) -> Result<u16, BadInput> {
    let found = u16::try_from(asked).ok().filter(|_| (1..=MONTHS_MAX).contains(&asked));
    found.ok_or_else(|| bad_input("months", format_args!("{asked} is not a number of months from 1 to {MONTHS_MAX}")))
}

fn read_employer(asked: Option<ID>) -> Result<Option<OrganisationId>, BadInput> {
    asked.map(|id| ids::organisation("employer", &id)).transpose()
}

/// The figures that the field publishes, each by its definition, at one instant of knowledge.
#[Object]
#[allow(clippy::too_many_arguments, reason = "arguments of the contract, not of a function that people call")]
impl Indicators {
    /// Distinct persons accompanied on at least one day.
    async fn persons_accompanied(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "On this day, in place of a year.")] at: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
        #[graphql(desc = "Only persons with running aid of this kind on a day of an open pathway.")] status: Option<
            Code<AidKind>,
        >,
        #[graphql(
            desc = "By what a person counts; by default by an engagement, or by a pathway if a status is given."
        )]
        basis: Option<AccompaniedBasis>,
    ) -> Result<Figure> {
        let period = period(year, from, to, at)?;
        let (basis, status) = (basis.map(Into::into), status.map(|Code(status)| status));
        self.figure(measure, move |of| of.persons_accompanied(period, basis, status)).await
    }

    /// Distinct persons with a contract, or a chain of contracts without gap, that ended.
    async fn persons_contract_ended(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(measure, move |of| of.persons_contract_ended(period)).await
    }

    /// Persons accompanied whose contract did not end: accompanied is ended plus continuing, always.
    async fn continuing(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(measure, move |of| of.continuing(period)).await
    }

    /// Persons whose contract ended in a year and who work for an employer on a day.
    async fn hired_active_at(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "On this day.")] at: Date,
        #[graphql(
            desc = "With this employer, by its short name or global id; by default the organisation of the indicators, else any."
        )]
        employer: Option<ID>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let employer = read_employer(employer)?;
        let at = day(at);
        self.figure(measure, move |of| of.hired_active_at(cohort, at, employer.as_ref())).await
    }

    /// Persons whose contract ended in a year and who signed with an employer by a day, whatever became of it.
    async fn hired_signed_by(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "By this day, inclusive.")] by: Date,
        #[graphql(
            desc = "With this employer, by its short name or global id; by default the organisation of the indicators, else any."
        )]
        employer: Option<ID>,
        #[graphql(desc = "Only hires by this kind of contract.")] kind: Option<Code<ContractKind>>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Hired> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let employer = read_employer(employer)?;
        let (by, kind) = (day(by), kind.map(|Code(kind)| kind));
        let hired = self.compute(measure, move |of| of.hired_signed_by(cohort, by, employer.as_ref(), kind)).await?;
        Ok(Hired::new(&self.moment, &hired))
    }

    /// Persons hired by a day, as in hiredSignedBy, over those whose contract ended.
    async fn hire_rate(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "By this day, inclusive.")] by: Date,
        #[graphql(
            desc = "With this employer, by its short name or global id; by default the organisation of the indicators, else any."
        )]
        employer: Option<ID>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let employer = read_employer(employer)?;
        let by = day(by);
        self.figure(measure, move |of| of.hire_rate(cohort, by, employer.as_ref())).await
    }

    /// Posts on a day: open, filled, in social economy.
    async fn posts(
        &self,
        #[graphql(desc = "On this day.")] at: Date,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<PostStock> {
        let at = day(at);
        let (stock, ratio) = self.compute(measure, move |of| (of.posts(at), of.point_in_time(at))).await?;
        Ok(PostStock::new(&self.moment, &stock, &ratio))
    }

    /// How far posts were filled over a period, by day.
    async fn occupancy(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Occupancy> {
        let period = period(year, from, to, None)?;
        let occupancy = self.compute(measure, move |of| of.occupancy(period)).await?;
        Ok(Occupancy::new(self, measure, &occupancy))
    }

    /// The average number of posts filled over a period.
    async fn average_posts(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(measure, move |of| of.occupancy(period).average_posts).await
    }

    /// Agreements in force on a day, first and last day included.
    async fn agreements_in_force(
        &self,
        #[graphql(desc = "On this day.")] at: Date,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] kind: Option<Code<Measure>>,
    ) -> Result<AgreementCount> {
        let at = day(at);
        let agreements = self.compute(kind, move |of| of.agreements_in_force(at)).await?;
        Ok(AgreementCount::new(&self.moment, &agreements))
    }

    /// Agreements signed; a renewal is no signature.
    async fn agreements_signed(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] kind: Option<Code<Measure>>,
    ) -> Result<AgreementCount> {
        let period = period(year, from, to, None)?;
        let agreements = self.compute(kind, move |of| of.agreements_signed(period)).await?;
        Ok(AgreementCount::new(&self.moment, &agreements))
    }

    /// Hours of training attended by persons with an active engagement on the day of the session.
    async fn training_person_hours(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(measure, move |of| of.training_person_hours(period)).await
    }

    /// Hours of the sessions held, whoever attended.
    async fn training_delivered_hours(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(None, move |of| of.training_delivered_hours(period)).await
    }

    /// Work penalties: persons who performed hours, and their hours.
    async fn work_penalty(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<PenaltyTotals> {
        let period = period(year, from, to, None)?;
        let totals = self.compute(None, move |of| of.work_penalty(period)).await?;
        Ok(PenaltyTotals::new(&self.moment, &totals))
    }

    /// Suspensions of payment (law of 26 May 2002, article 30), on the day of their decision. Of an organisation count
    /// those of persons whom it grants aid on that day.
    async fn sanctions(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<SanctionTotals> {
        let period = period(year, from, to, None)?;
        let totals = self.compute(None, move |of| of.sanctions(period)).await?;
        Ok(SanctionTotals::new(&self.moment, &totals))
    }

    /// Distinct persons who took part in activities of a kind.
    async fn participants_of(
        &self,
        #[graphql(desc = "The kind of activity.")] activity: Code<ActivityKind>,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        let Code(activity) = activity;
        self.figure(None, move |of| of.participants_of(activity, period)).await
    }

    /// Hours absent over hours scheduled.
    async fn absenteeism_rate(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Absenteeism> {
        let period = period(year, from, to, None)?;
        let absenteeism = self.compute(measure, move |of| of.absenteeism_rate(period)).await?;
        Ok(Absenteeism::new(&self.moment, &absenteeism))
    }

    /// Files with an open ISP pathway by the cell that they are in on a day.
    async fn stock_per_cell(&self, #[graphql(desc = "On this day.")] on: Date) -> Result<CellStock> {
        let on = day(on);
        let stock = self.compute(None, move |of| of.stock_per_cell(on)).await?;
        Ok(CellStock::new(&self.moment, &stock))
    }

    /// What entered and left the cells after the first day of a period, up to its last one.
    async fn flow_per_cell(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<CellFlow> {
        let period = period(year, from, to, None)?;
        let flow = self.compute(None, move |of| of.flow_per_cell(period)).await?;
        Ok(CellFlow::from(&flow))
    }

    /// The ISP stock over the aid files (RIS and ERIS) on a day: two independent counts.
    async fn share_in_isp(&self, #[graphql(desc = "On this day.")] on: Date) -> Result<Figure> {
        let on = day(on);
        self.figure(None, move |of| of.share_in_isp(on)).await
    }

    /// Engagements signed in a period that were cancelled before their start or ended at once, over those signed.
    async fn false_starts(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let period = period(year, from, to, None)?;
        self.figure(measure, move |of| of.false_starts(period)).await
    }

    /// Persons whose contract ended in a year and who are employed on the day so many months later.
    async fn sustained(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "So many months after: 1 to 60.")] months: i32,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Sustained> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let months = read_months(months)?;
        let sustained = self.compute(measure, move |of| of.sustained(cohort, months)).await?;
        Ok(Sustained::new(&self.moment, &sustained))
    }

    /// Persons whose contract ended in a year and for whom a job began within so many months, over the cohort.
    async fn employed_within(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "So many months after: 1 to 60.")] months: i32,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let months = read_months(months)?;
        self.figure(measure, move |of| of.employed_within(cohort, months)).await
    }

    /// Persons whose contract ended in a year and who had a job on every day of the so many months after, over the cohort.
    async fn continuously_employed(
        &self,
        #[graphql(desc = "Persons whose contract ended in this calendar year.")] cohort_ended_in: i32,
        #[graphql(desc = "So many months after: 1 to 60.")] months: i32,
        #[graphql(desc = "Under this measure, in place of that of the indicators.")] measure: Option<Code<Measure>>,
    ) -> Result<Figure> {
        let cohort = calendar_year("cohortEndedIn", cohort_ended_in)?;
        let months = read_months(months)?;
        self.figure(measure, move |of| of.continuously_employed(cohort, months)).await
    }

    /// Persons who left a pathway in a year, otherwise than to aid, and came back to aid within so many months.
    async fn return_to_aid(
        &self,
        #[graphql(desc = "Persons who left a pathway in this calendar year.")] left_in: i32,
        #[graphql(desc = "So many months after: 1 to 60.")] months: i32,
    ) -> Result<ReturnToAid> {
        let cohort = calendar_year("leftIn", left_in)?;
        let months = read_months(months)?;
        let back = self.compute(None, move |of| of.return_to_aid(cohort, months)).await?;
        Ok(ReturnToAid::new(&self.moment, &back))
    }

    /// Obliged grants running on a day whose PIIS is signed too late or not at all, over obliged grants running.
    async fn piis_overdue(&self, #[graphql(desc = "On this day.")] on: Date) -> Result<Figure> {
        let on = day(on);
        self.figure(None, move |of| of.piis_overdue(on)).await
    }

    /// PIIS running on a day without the evaluations that they are owed, over those running.
    async fn evaluation_overdue(&self, #[graphql(desc = "On this day.")] on: Date) -> Result<Figure> {
        let on = day(on);
        self.figure(None, move |of| of.evaluation_overdue(on)).await
    }

    /// Days from the notification of the grant to the signature of the PIIS, of the obliged grants notified in a period.
    async fn time_grant_to_piis(
        &self,
        #[graphql(desc = "Of this calendar year.")] year: Option<i32>,
        #[graphql(desc = "From this day on; with `to`, in place of a year.")] from: Option<Date>,
        #[graphql(desc = "Up to this day, inclusive.")] to: Option<Date>,
    ) -> Result<TimeToSignature> {
        let period = period(year, from, to, None)?;
        let time = self.compute(None, move |of| of.time_grant_to_piis(period)).await?;
        Ok(TimeToSignature::new(&self.moment, &time))
    }
}
