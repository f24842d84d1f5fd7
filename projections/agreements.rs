//! The agreements between organisations: one row each.

use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::{AgreementId, OrganisationId};
use serde::{Deserialize, Serialize};

/// One agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The agreement.
    pub agreement: AgreementId,
    /// The organisation that keeps it.
    pub organisation: OrganisationId,
    /// The other party.
    pub partner: OrganisationId,
    /// Under which measure.
    pub measure: Measure,
    /// Day of the signature; renewals are not signatures.
    pub signed_on: NaiveDate,
    /// First day in force.
    pub from: NaiveDate,
    /// Last planned day in force as renewed, inclusive; it stays in force until an end is recorded.
    pub until: Option<NaiveDate>,
    /// Last day in force, inclusive, once an end is recorded.
    pub last_day: Option<NaiveDate>,
    /// Most engagements at a time, by first day; none for no limit.
    pub quotas: Vec<(NaiveDate, Option<u32>)>,
}
