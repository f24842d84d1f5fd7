//! What aid each person asked for and was granted: one row per grant.

use chrono::NaiveDate;
use domain::codes::AidKind;
use domain::ids::{GrantId, OrganisationId};
use serde::{Deserialize, Serialize};

/// One grant, from the request to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The grant.
    pub grant: GrantId,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which aid.
    pub kind: AidKind,
    /// Day of the request.
    pub requested_on: Option<NaiveDate>,
    /// First day of aid; none if it was not granted.
    pub from: Option<NaiveDate>,
    /// When the decision was notified.
    pub notified_on: Option<NaiveDate>,
    /// First day without it.
    pub ended_on: Option<NaiveDate>,
    /// Day of the refusal.
    pub refused_on: Option<NaiveDate>,
}
