//! Contracts and placements, and what was worked under them.

use super::benefit::{BenefitDays, Suspension, WorkEvaluation};
use super::{Agreement, Organisation, Participant, Post, day, hours};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, placed_on};
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ComplexObject, ID, SimpleObject};
use domain::codes::{ContractKind, Measure};
use domain::contract::{AbsenceReason, EndCause, EngagementWarning};
use domain::ids::PersonId;
use projections::engagements::{self, Row};
use std::sync::Arc;

/// One contract or placement under a measure, from its signature to its end.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Engagement {
    /// Its global id.
    id: ID,
    /// The person.
    participant: Participant,
    /// The measure.
    measure: Code<Measure>,
    /// The host, whose figures count it.
    organisation: Organisation,
    /// The employer of record.
    employer: Organisation,
    /// The kind of contract, as last amended.
    kind: Code<ContractKind>,
    /// Contract hours a week, as last amended.
    weekly_hours: Option<Decimal>,
    /// Day of the signature.
    signed_on: Date,
    /// First day worked; null if it has not started.
    start: Option<Date>,
    /// Last planned day, inclusive; the engagement runs on until an end is recorded.
    planned_until: Option<Date>,
    /// Last day worked, inclusive; null while it runs.
    last_day: Option<Date>,
    /// Why it ended or was cancelled.
    cause: Option<Code<EndCause>>,
    /// Day on which it was cancelled before its start.
    cancelled_on: Option<Date>,
    /// True if it is an engagement for the figures: signed, started, not cancelled.
    counts: bool,
    /// True if it runs on the day of the question.
    running: bool,
    /// True if it is suspended on the day of the question; it runs all the same.
    suspended: bool,
    #[graphql(skip)]
    moment: Arc<Moment>,
    #[graphql(skip)]
    row: Row,
}

/// Where an engagement is worked from a day on.
#[derive(SimpleObject)]
pub struct Placement {
    /// First day there.
    from: Date,
    /// Last day there, inclusive; null while it lasts.
    until: Option<Date>,
    /// The post that it fills.
    post: Option<Post>,
    /// The agreement under which it runs.
    agreement: Option<Agreement>,
}

/// An absence within an engagement.
#[derive(SimpleObject)]
pub struct Absence {
    /// First day.
    from: Date,
    /// Last day, inclusive.
    until: Date,
    /// Hours missed.
    hours: Decimal,
    /// Why.
    reason: Code<AbsenceReason>,
}

/// Hours in a period: to be worked (contract hours without holidays and annual leave), or worked.
#[derive(SimpleObject)]
pub struct Schedule {
    /// First day.
    from: Date,
    /// Last day, inclusive.
    until: Date,
    /// Hours in it.
    hours: Decimal,
}

impl Engagement {
    pub(super) fn new(moment: &Arc<Moment>, person: PersonId, row: &Row) -> Self {
        Self {
            id: ids::global(Kind::Engagement, row.engagement),
            participant: Participant::new(moment, person),
            measure: Code(row.measure),
            organisation: Organisation::new(moment, &row.organisation),
            employer: Organisation::new(moment, &row.employer),
            kind: Code(row.kind),
            weekly_hours: row.weekly_hours.map(hours),
            signed_on: Date(row.signed_on),
            start: day(row.start),
            planned_until: day(row.planned_until),
            last_day: day(row.last_day),
            cause: row.cause.map(Code),
            cancelled_on: day(row.cancelled_on),
            counts: row.counts,
            running: row.active_on(moment.day),
            suspended: row.suspended_on(moment.day),
            moment: moment.clone(),
            row: row.clone(),
        }
    }

    fn placed(&self, placement: &engagements::Placement) -> Placement {
        Placement {
            from: Date(placement.from),
            until: day(placement.until),
            post: placement.post.and_then(|post| Post::find(&self.moment, post)),
            agreement: placement.agreement.and_then(|agreement| Agreement::find(&self.moment, agreement)),
        }
    }
}

#[ComplexObject]
impl Engagement {
    /// Where it was worked, in order of day.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn placements(&self) -> Vec<Placement> {
        self.row.placements.iter().map(|placement| self.placed(placement)).collect()
    }

    /// Where it is worked on a day.
    async fn placement(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> Option<Placement> {
        let day = on.map_or(self.moment.day, |Date(day)| day);
        placed_on(&self.row, day).map(|placement| self.placed(placement))
    }

    /// Every absence, in order of its first day.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn absences(&self) -> Vec<Absence> {
        let absences = self.row.absences.iter().map(|absence| Absence {
            from: Date(absence.from),
            until: Date(absence.until),
            hours: hours(absence.hours),
            reason: Code(absence.reason),
        });
        absences.collect()
    }

    /// Hours to be worked, in order of the first day of the period.
    #[graphql(complexity = "12 * child_complexity + 1")]
    async fn schedules(&self) -> Vec<Schedule> {
        let schedules = self.row.schedules.iter().map(|schedule| Schedule {
            from: Date(schedule.from),
            until: Date(schedule.until),
            hours: hours(schedule.hours),
        });
        schedules.collect()
    }

    /// Days on which the terms changed, in order.
    async fn amended_on(&self) -> Vec<Date> {
        self.row.later.iter().flat_map(|later| &later.amended_on).map(|on| Date(*on)).collect()
    }

    /// Hours worked, in order of the first day of the period.
    #[graphql(complexity = "12 * child_complexity + 1")]
    async fn hours_worked(&self) -> Vec<Schedule> {
        let worked = self.row.later.iter().flat_map(|later| &later.hours_worked);
        let worked = worked.map(|worked| Schedule {
            from: Date(worked.from),
            until: Date(worked.until),
            hours: hours(worked.hours),
        });
        worked.collect()
    }

    /// Every suspension, in order of day.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn suspensions(&self) -> Vec<Suspension> {
        self.row.later.iter().flat_map(|later| &later.suspensions).map(Into::into).collect()
    }

    /// What is to be proved for unemployment benefit, as proposed last and as confirmed.
    async fn benefit_days(&self) -> Option<BenefitDays> {
        self.row.later.as_ref()?.benefit.as_ref().map(BenefitDays::from)
    }

    /// Every evaluation of the work, in order of day.
    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn evaluations(&self) -> Vec<WorkEvaluation> {
        self.row.later.iter().flat_map(|later| &later.evaluations).map(WorkEvaluation::from).collect()
    }

    /// Of what it warns, by the law of its first day.
    async fn warnings(&self) -> Vec<Code<EngagementWarning>> {
        self.row.later.iter().flat_map(|later| &later.warnings).map(|warning| Code(*warning)).collect()
    }
}
