//! Work penalties; judicial data.

use super::{Event, Organisation, day, hours};
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, engine};
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use domain::fact::{Fact, Stream};
use domain::ids::{EventId, PenaltyId, PersonId};
use domain::penalty::Absence;
use projections::penalties::Row;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One work penalty (peine de travail / werkstraf). Judicial data.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Penalty {
    #[graphql(skip)]
    moment: Arc<Moment>,
    #[graphql(skip)]
    file: Stream,
    #[graphql(skip)]
    person: PersonId,
    #[graphql(skip)]
    penalty: PenaltyId,
    /// Its global id.
    id: ID,
    /// Where it is performed.
    organisation: Organisation,
    /// Day on which it was entrusted.
    assigned_on: Date,
    /// Hours ordered by the judge.
    hours_ordered: Decimal,
    /// Last day to perform it, inclusive; extensions by the probation commission are counted.
    deadline: Date,
    /// Hours performed by day, in order.
    performed: Vec<PenaltyHours>,
    /// Days on which the person was not there, in order.
    absences: Vec<PenaltyAbsence>,
    /// Day on which it was completed.
    completed_on: Option<Date>,
    /// Day on which it was interrupted.
    interrupted_on: Option<Date>,
}

/// Hours of a work penalty performed on a day.
#[derive(SimpleObject)]
pub struct PenaltyHours {
    /// The day.
    on: Date,
    /// The hours.
    hours: Decimal,
}

/// A day on which the person was not there.
#[derive(SimpleObject)]
pub struct PenaltyAbsence {
    /// The day.
    on: Date,
    /// Hours that were planned, if they are known.
    hours: Option<Decimal>,
    /// True if a valid reason was given.
    justified: bool,
}

#[ComplexObject]
impl Penalty {
    /// Everything that was recorded of it and is known at the moment, annulled and corrected records included, in order
    /// of recording. It stands on no participant's timeline.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<Event>> {
        let told = engine(ctx)?.timeline(self.file, self.moment.cut).await?;
        let mut own = BTreeSet::new();
        for one in &told {
            let is_own = match &one.fact {
                Fact::Penalty(event) => event.penalty() == self.penalty,
                Fact::Correction(answer) => own.contains(&answer.target()),
                _ => false,
            };
            if is_own {
                own.insert(EventId(one.record.event.id));
            }
        }
        let of_own = told.into_iter().filter(|one| own.contains(&EventId(one.record.event.id)));
        // Read through the person's file, which is noted; so no entry leads from the person to the judicial file.
        Ok(of_own.map(|told| Event::through(told, self.moment.cut, self.person)).collect())
    }
}

impl Penalty {
    pub(super) fn new(moment: &Arc<Moment>, person: PersonId, file: Stream, row: &Row) -> Self {
        Self {
            moment: moment.clone(),
            person,
            file,
            penalty: row.penalty,
            id: ids::global(Kind::Penalty, row.penalty),
            organisation: Organisation::new(moment, &row.organisation),
            assigned_on: Date(row.assigned_on),
            hours_ordered: hours(row.hours_ordered),
            deadline: Date(row.deadline),
            performed: row.performed.iter().map(|(on, h)| PenaltyHours { on: Date(*on), hours: hours(*h) }).collect(),
            absences: row.absences.iter().map(PenaltyAbsence::from).collect(),
            completed_on: day(row.completed_on),
            interrupted_on: day(row.interrupted_on),
        }
    }
}

impl From<&Absence> for PenaltyAbsence {
    fn from(absence: &Absence) -> Self {
        Self { on: Date(absence.on), hours: absence.hours.map(hours), justified: absence.justified }
    }
}
