//! The work penalties and the hours performed: one row each. All of it is judicial data.

use chrono::NaiveDate;
use domain::hours::Hours;
use domain::ids::{OrganisationId, PenaltyId};
use serde::{Deserialize, Serialize};

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
    /// Last day to perform it, inclusive.
    pub deadline: NaiveDate,
    /// Hours performed by day, in order.
    pub performed: Vec<(NaiveDate, Hours)>,
    /// Day on which it was completed.
    pub completed_on: Option<NaiveDate>,
    /// Day on which it was interrupted.
    pub interrupted_on: Option<NaiveDate>,
}
