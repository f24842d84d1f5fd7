//! Where each person stands: one row per person.
//!
//! What is over on the day of the last record is left out; what may end later carries its end,
//! and the reader compares it with today.

use chrono::NaiveDate;
use domain::codes::{AidKind, Cell, Measure};
use domain::ids::{EngagementId, GrantId, OrganisationId, PathwayId, PiisId, PostId};
use serde::{Deserialize, Serialize};

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// When and by which organisation the person was registered.
    pub registered: Option<(NaiveDate, OrganisationId)>,
    /// Day of death.
    pub died_on: Option<NaiveDate>,
    /// Pathways that are open.
    pub pathways: Vec<Pathway>,
    /// The integration project that matters: the running one, else the last one.
    pub piis: Piis,
    /// Engagements that run.
    pub engagements: Vec<Engagement>,
    /// Aid that runs.
    pub aids: Vec<Aid>,
    /// The kind of the last step, and its day.
    pub last: Option<(String, NaiveDate)>,
}

/// An open pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// First day out of it, if it is known to close.
    pub closes_on: Option<NaiveDate>,
    /// The cell last entered and not left, with its first day.
    pub cell: Option<(Cell, NaiveDate)>,
    /// The worker who answers for it, as a user id.
    pub referent: Option<String>,
}

/// How far a person is with the integration project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piis {
    /// None was handed over.
    Absent,
    /// Waived from that day on, until a last day if it has one.
    Waived(NaiveDate, Option<NaiveDate>),
    /// Handed over on that day, not signed.
    Proposed(PiisId, NaiveDate),
    /// Signed on that day; no end recorded.
    Running(PiisId, NaiveDate),
    /// Ended; that day is the first without it.
    Ended(PiisId, NaiveDate),
}

/// A running engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// The engagement.
    pub engagement: EngagementId,
    /// The measure.
    pub measure: Measure,
    /// The host.
    pub organisation: OrganisationId,
    /// The post last taken.
    pub post: Option<PostId>,
    /// First day worked.
    pub from: NaiveDate,
    /// Last day worked, inclusive, if an end is recorded.
    pub last_day: Option<NaiveDate>,
}

/// Running aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aid {
    /// The grant.
    pub grant: GrantId,
    /// Which aid.
    pub kind: AidKind,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// First day without it, if an end is recorded.
    pub ended_on: Option<NaiveDate>,
}
