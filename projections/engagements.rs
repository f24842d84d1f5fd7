//! Every engagement that was signed, and what was worked under it: one row per engagement.

use crate::View;
use chrono::NaiveDate;
use domain::appraisal::{self, EvaluationResult};
use domain::codes::{ContractKind, Measure};
use domain::contract::{self, AbsenceReason, BenefitProposal, EndCause, EngagementWarning};
use domain::fact::StreamKind;
use domain::history::History;
use domain::hours::Hours;
use domain::ids::{AgreementId, EngagementId, OrganisationId, PostId};
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// Every engagement that was signed, and what was worked under it.
pub struct Engagements;

impl View for Engagements {
    const NAME: &'static str = "engagements";
    const VERSION: u32 = 2;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, law: &Law) -> Vec<Row> {
        let engagements = contract::State::of(history).engagements;
        let seen = appraisal::State::of(history);
        engagements.into_iter().filter_map(|(engagement, one)| row(engagement, one, &seen, law)).collect()
    }
}

/// One engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The engagement.
    pub engagement: EngagementId,
    /// The measure.
    pub measure: Measure,
    /// The host, whose figures count it.
    pub organisation: OrganisationId,
    /// The employer of record.
    pub employer: OrganisationId,
    /// The kind of contract, as last amended.
    pub kind: ContractKind,
    /// Contract hours a week, as last amended.
    pub weekly_hours: Option<Hours>,
    /// Day of the signature.
    pub signed_on: NaiveDate,
    /// First day worked; none if it has not started.
    pub start: Option<NaiveDate>,
    /// Last planned day, inclusive; the engagement runs on until an end is recorded.
    pub planned_until: Option<NaiveDate>,
    /// Last day worked, inclusive; none while it runs.
    pub last_day: Option<NaiveDate>,
    /// Why it ended or was cancelled.
    pub cause: Option<EndCause>,
    /// Day on which it was cancelled before its start.
    pub cancelled_on: Option<NaiveDate>,
    /// True if it is an engagement for the figures: signed, started, not cancelled.
    pub counts: bool,
    /// Where it was worked, in order of day; without gap; empty unless it counts.
    pub placements: Vec<Placement>,
    /// Every absence, in order of its first day.
    pub absences: Vec<Absence>,
    /// Hours to be worked, in order of the first day of the period.
    pub schedules: Vec<Schedule>,
    /// What only some engagements know; boxed, because most know nothing of it.
    pub later: Option<Box<Later>>,
}

/// What only some engagements know: changes, suspensions, hours worked, days to prove, and how the work was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Later {
    /// Days on which the terms changed, in order.
    pub amended_on: Vec<NaiveDate>,
    /// Hours worked, in order of the first day of the period.
    pub hours_worked: Vec<Schedule>,
    /// Every suspension: its first day, and the first day worked again if it is over.
    pub suspensions: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// What is to be proved for unemployment benefit, as proposed last.
    pub benefit: Option<Benefit>,
    /// Every evaluation of the work, in order of day.
    pub evaluations: Vec<(NaiveDate, EvaluationResult)>,
    /// Of what it warns, by the law of its first day.
    pub warnings: Vec<EngagementWarning>,
}

/// What an article 60 worker would have to prove for unemployment benefit: a proposal, and what was confirmed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit {
    /// Day of the proposal.
    pub proposed_on: NaiveDate,
    /// What was proposed.
    pub proposal: BenefitProposal,
    /// Day of the confirmation, the days of work confirmed and the months in which they must lie.
    pub confirmed: Option<(NaiveDate, u32, u32)>,
}

/// Where an engagement is worked from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// First day there.
    pub from: NaiveDate,
    /// Last day there, inclusive; none while it lasts.
    pub until: Option<NaiveDate>,
    /// The post that it fills.
    pub post: Option<PostId>,
    /// The agreement under which it runs.
    pub agreement: Option<AgreementId>,
}

/// An absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub until: NaiveDate,
    /// Hours missed.
    pub hours: Hours,
    /// Why.
    pub reason: AbsenceReason,
}

/// Hours to be worked in a period: contract hours without holidays and annual leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub until: NaiveDate,
    /// Hours in it.
    pub hours: Hours,
}

/// The row of an engagement; none if no signature stands, which is a finding of data quality and no engagement.
fn row(engagement: EngagementId, one: contract::Engagement, seen: &appraisal::State, law: &Law) -> Option<Row> {
    let counts = one.counts();
    let placement = |it: &contract::Placement| Placement {
        from: it.from,
        until: it.until_inclusive,
        post: it.post,
        agreement: it.agreement,
    };
    let absence =
        |it: &contract::Absence| Absence { from: it.from, until: it.until, hours: it.hours, reason: it.reason };
    let schedule = |it: &contract::Schedule| Schedule { from: it.from, until: it.until, hours: it.hours };
    let mut absences: Vec<Absence> = one.absences.iter().map(absence).collect();
    absences.sort_by_key(|absence| (absence.from, absence.until));
    let (warnings, phases) = (one.warnings(law), one.phases());
    let evaluations = seen.evaluations.iter().filter(|(_, of, _)| *of == engagement);
    let benefit = |(proposed_on, proposal)| Benefit { proposed_on, proposal, confirmed: one.benefit_confirmed };
    let mut hours_worked: Vec<Schedule> = one.worked.iter().map(schedule).collect();
    hours_worked.sort_by_key(|worked| worked.from);
    let terms = one.terms?;
    let (_, weekly_hours, kind) = *phases.last()?;
    let later = Later {
        amended_on: one.amendments.iter().map(|change| change.on).collect(),
        hours_worked,
        suspensions: one.suspensions,
        benefit: one.benefit.map(benefit),
        evaluations: evaluations.map(|(on, _, result)| (*on, *result)).collect(),
        warnings,
    };
    Some(Row {
        engagement,
        measure: terms.measure,
        organisation: terms.organisation,
        employer: terms.employer,
        kind,
        weekly_hours,
        signed_on: one.signed_on?,
        start: one.started_on,
        planned_until: one.planned_until,
        last_day: one.last_day,
        cause: one.cause,
        cancelled_on: one.cancelled_on,
        counts,
        placements: one.placements.iter().map(placement).collect(),
        absences,
        schedules: one.schedules.iter().map(schedule).collect(),
        later: (later != Later::default()).then(|| Box::new(later)),
    })
}

impl Row {
    /// True if the engagement is suspended that day.
    #[must_use]
    pub fn suspended_on(&self, day: NaiveDate) -> bool {
        let covers =
            |(from, again): &(NaiveDate, Option<NaiveDate>)| *from <= day && again.is_none_or(|again| day < again);
        self.active_on(day) && self.later.iter().any(|later| later.suspensions.iter().any(covers))
    }

    /// First and last day worked, the last inclusive; none if it does not count or holds no day.
    #[must_use]
    pub fn worked(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let start = self.start.filter(|_| self.counts)?;
        (self.last_day.is_none_or(|last| start <= last)).then_some((start, self.last_day))
    }

    /// True if it counts and runs that day; the last day is inclusive, and without a recorded end it runs on.
    #[must_use]
    pub fn active_on(&self, day: NaiveDate) -> bool {
        self.worked().is_some_and(|(start, last)| start <= day && last.is_none_or(|last| day <= last))
    }
}
