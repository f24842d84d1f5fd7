//! Every engagement that was signed, and what was worked under it: one row per engagement.

use chrono::NaiveDate;
use domain::codes::{ContractKind, Measure};
use domain::contract::{AbsenceReason, EndCause};
use domain::hours::Hours;
use domain::ids::{AgreementId, EngagementId, OrganisationId, PostId};
use serde::{Deserialize, Serialize};

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
    /// The kind of contract.
    pub kind: ContractKind,
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
    /// Where it was worked, in order of day; the first from the start on, each until the day before the next.
    pub placements: Vec<Placement>,
    /// Every absence, in order of its first day.
    pub absences: Vec<Absence>,
    /// Hours to be worked, in order of the first day of the period.
    pub schedules: Vec<Schedule>,
}

/// Where an engagement is worked from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// First day there.
    pub from: NaiveDate,
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
