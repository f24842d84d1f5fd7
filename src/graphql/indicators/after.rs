//! Answers about what follows: how people fare, how long a signature takes, who comes back.

use super::figure::{Figure, Float};
use crate::graphql::moment::Moment;
use async_graphql::SimpleObject;
use projections::indicators;
use projections::indicators::survival::Curve;

/// Persons employed on a day some months after. As a figure: employed over those who are known.
#[derive(SimpleObject)]
pub struct Sustained {
    #[graphql(flatten)]
    figure: Figure,
    /// Employed that day.
    employed: u64,
    /// Not employed that day.
    not_employed: u64,
    /// Of the unknown, those whose day is still to come.
    not_due: u64,
    /// Died before: of no count.
    died: u64,
    /// Employed over those who are known.
    of_known: Figure,
    /// Employed over all, the unknown included.
    of_all: Figure,
}

/// Days from the grant to the signature of the PIIS. As a figure: the share signed within the three months.
#[derive(SimpleObject)]
pub struct TimeToSignature {
    #[graphql(flatten)]
    figure: Figure,
    /// Grants watched.
    grants: Figure,
    /// Of them, signed while watched.
    signed: Figure,
    /// First day, from the notification on, by which half of them are signed by the curve.
    median_days: Option<i64>,
    /// First day by which nine in ten are.
    p90_days: Option<i64>,
    /// Share signed within the three months, of all grants at risk: one less the curve's share.
    in_time: Figure,
    /// Signed within the three months over signed.
    in_time_of_signed: Figure,
    /// The curve by days.
    curve: Vec<CurveStep>,
}

/// Persons who came back to aid. As a figure: those over persons who left.
#[derive(SimpleObject)]
pub struct ReturnToAid {
    #[graphql(flatten)]
    figure: Figure,
    /// The risk of coming back, with those who died or whose months are not over watched as long as they could be.
    risk: Figure,
    /// The curve by days; who was watched to the end of the months stays in it.
    curve: Vec<CurveStep>,
}

/// A day of a survival curve (Kaplan–Meier) on which something happened.
#[derive(SimpleObject)]
pub struct CurveStep {
    /// Days from the beginning.
    days: i64,
    /// How many were still watched.
    at_risk: u64,
    /// To how many of them it happened.
    happened: u64,
    /// The share to which it has not happened by the end of that day.
    survival: Float,
    /// Lower end of the 95 % band (Greenwood, log-log); null where the share is 0 or 1.
    band_low: Option<f64>,
    /// Upper end of the 95 % band; null where the share is 0 or 1.
    band_high: Option<f64>,
}

fn steps(curve: &Curve) -> Vec<CurveStep> {
    let step = |step: &indicators::survival::Step| {
        let (band_low, band_high) = curve.band(step.days).unzip();
        CurveStep {
            days: step.days,
            at_risk: step.at_risk,
            happened: step.happened,
            survival: Float(curve.survival(step.days)),
            band_low,
            band_high,
        }
    };
    curve.steps.iter().map(step).collect()
}

impl Sustained {
    pub(super) fn new(moment: &Moment, sustained: &indicators::Sustained) -> Self {
        Self {
            figure: Figure::new(moment, &sustained.of_known),
            employed: sustained.employed,
            not_employed: sustained.not_employed,
            not_due: sustained.not_due,
            died: sustained.died,
            of_known: Figure::new(moment, &sustained.of_known),
            of_all: Figure::new(moment, &sustained.of_all),
        }
    }
}

impl TimeToSignature {
    pub(super) fn new(moment: &Moment, time: &indicators::TimeToSignature) -> Self {
        Self {
            figure: Figure::new(moment, &time.in_time),
            grants: Figure::new(moment, &time.grants),
            signed: Figure::new(moment, &time.signed),
            median_days: time.median_days,
            p90_days: time.p90_days,
            in_time: Figure::new(moment, &time.in_time),
            in_time_of_signed: Figure::new(moment, &time.in_time_of_signed),
            curve: steps(&time.curve),
        }
    }
}

impl ReturnToAid {
    pub(super) fn new(moment: &Moment, back: &indicators::ReturnToAid) -> Self {
        Self {
            figure: Figure::new(moment, &back.returned),
            risk: Figure::new(moment, &back.risk),
            curve: steps(&back.curve),
        }
    }
}
