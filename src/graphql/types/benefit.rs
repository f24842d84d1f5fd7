//! What follows the signature of an engagement: suspensions, evaluations, days to prove for unemployment benefit.

use super::day;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use domain::appraisal::EvaluationResult;
use domain::contract::BenefitBasis;
use projections::engagements::Benefit;

/// A suspension of an engagement (suspension, schorsing); its motive is sealed, and its post stays taken.
#[derive(SimpleObject)]
pub struct Suspension {
    /// First day.
    from: Date,
    /// First day worked again; null while it lasts.
    resumed_on: Option<Date>,
}

/// An evaluation of the work (évaluation, evaluatie); its words are sealed.
#[derive(SimpleObject)]
pub struct WorkEvaluation {
    /// The day.
    on: Date,
    /// The result.
    result: Code<EvaluationResult>,
}

/// What an article 60 worker would have to prove for unemployment benefit (jours à prouver, te bewijzen dagen).
///
/// A proposal, never a right: assimilated days and other ways in are not weighed.
#[derive(SimpleObject)]
pub struct BenefitDays {
    /// Day of the proposal.
    proposed_on: Date,
    /// Day of the application for benefit, whose rule it is.
    application_on: Date,
    /// Age in years from which that rule holds.
    age_band: u32,
    /// Days of work to prove, as proposed.
    required_days: u32,
    /// Months in which they must lie, as proposed.
    reference_months: u32,
    /// On what they depend.
    basis: Code<BenefitBasis>,
    /// Day on which a worker of the house confirmed; null if nobody did.
    confirmed_on: Option<Date>,
    /// Days of work to prove, as confirmed.
    confirmed_days: Option<u32>,
    /// Months in which they must lie, as confirmed.
    confirmed_months: Option<u32>,
}

impl From<&(NaiveDate, Option<NaiveDate>)> for Suspension {
    fn from((from, resumed_on): &(NaiveDate, Option<NaiveDate>)) -> Self {
        Self { from: Date(*from), resumed_on: day(*resumed_on) }
    }
}

impl From<&(NaiveDate, EvaluationResult)> for WorkEvaluation {
    fn from((on, result): &(NaiveDate, EvaluationResult)) -> Self {
        Self { on: Date(*on), result: Code(*result) }
    }
}

impl From<&Benefit> for BenefitDays {
    fn from(benefit: &Benefit) -> Self {
        let proposal = &benefit.proposal;
        Self {
            proposed_on: Date(benefit.proposed_on),
            application_on: Date(proposal.application_on),
            age_band: proposal.age_band,
            required_days: proposal.required_days,
            reference_months: proposal.reference_months,
            basis: Code(proposal.basis),
            confirmed_on: day(benefit.confirmed.map(|(on, ..)| on)),
            confirmed_days: benefit.confirmed.map(|(_, days, _)| days),
            confirmed_months: benefit.confirmed.map(|(.., months)| months),
        }
    }
}
