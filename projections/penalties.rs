//! The work penalties and the hours performed: one row each, by judicial file. All of it is judicial data.
//!
//! Only the key of a person's judicial data leads from the person to the file. What was recorded before there were such
//! files stands in the person's own history, and its rows under the person's id.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::hours::Hours;
use domain::ids::{OrganisationId, PenaltyId};
use domain::law::Law;
use domain::penalty;
use serde::{Deserialize, Serialize};

/// The work penalties and the hours performed.
pub struct Penalties;

impl View for Penalties {
    const NAME: &'static str = "penalties";
    const VERSION: u32 = 2;
    const OF: &'static [StreamKind] = &[StreamKind::Judicial, StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let row = |(penalty, one): (PenaltyId, penalty::Penalty)| {
            let assigned = one.assigned?;
            Some(Row {
                penalty,
                deadline: one.extended.iter().copied().fold(assigned.deadline, NaiveDate::max),
                organisation: assigned.organisation,
                assigned_on: assigned.on,
                hours_ordered: assigned.ordered,
                absences: one.absences,
                performed: one.performed,
                completed_on: one.completed_on,
                interrupted_on: one.interrupted_on,
            })
        };
        penalty::State::of(history).penalties.into_iter().filter_map(row).collect()
    }
}

/// One work penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The penalty.
    pub penalty: PenaltyId,
    /// Where it is performed.
    pub organisation: OrganisationId,
    /// Day on which it was entrusted.
    pub assigned_on: NaiveDate,
    /// Hours ordered by the judge.
    pub hours_ordered: Hours,
    /// Last day to perform it, inclusive, extensions counted.
    pub deadline: NaiveDate,
    /// Hours performed by day, in order.
    pub performed: Vec<(NaiveDate, Hours)>,
    /// Days on which the person was not there, in order.
    pub absences: Vec<penalty::Absence>,
    /// Day on which it was completed.
    pub completed_on: Option<NaiveDate>,
    /// Day on which it was interrupted.
    pub interrupted_on: Option<NaiveDate>,
}
