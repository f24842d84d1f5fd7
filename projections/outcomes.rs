//! What became of each person after an engagement or a pathway: one row per person who has anything to tell.

use chrono::NaiveDate;
use domain::codes::{ContractKind, Measure};
use domain::hiring::Situation;
use domain::ids::{EngagementId, HireId, OrganisationId, PathwayId};
use domain::pathway::Outcome;
use serde::{Deserialize, Serialize};

/// What followed, for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Day of death.
    pub died_on: Option<NaiveDate>,
    /// Spells of engagements that ended, in order of their last day.
    pub spells: Vec<Spell>,
    /// Every job found, in order of the day of signature.
    pub hires: Vec<Hire>,
    /// Every follow-up, in order of day.
    pub follow_ups: Vec<FollowUp>,
    /// Every exit from a pathway, in order of day; a reopening cancels none of them.
    pub exits: Vec<Exit>,
    /// Exit reviews: the engagement, the day, and whether the person wants to stand in the recruitment reserve.
    pub reviews: Vec<(EngagementId, NaiveDate, bool)>,
}

/// A chain of engagements of one measure without a gap, ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The measure.
    pub measure: Measure,
    /// The host of the last engagement.
    pub organisation: OrganisationId,
    /// First day of the first engagement.
    pub start: NaiveDate,
    /// Last day of the last engagement.
    pub last_day: NaiveDate,
}

/// A job found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hire {
    /// The job.
    pub hire: HireId,
    /// The engagement after which it came.
    pub engagement: EngagementId,
    /// The employer.
    pub employer: OrganisationId,
    /// The kind of contract.
    pub kind: ContractKind,
    /// Day of the signature.
    pub signed_on: NaiveDate,
    /// First day of work.
    pub start: NaiveDate,
    /// Last day worked, inclusive; none while it lasts.
    pub last_day: Option<NaiveDate>,
}

/// An answer to how the person fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The day that the answer is about.
    pub on: NaiveDate,
    /// Months after the exit for which it was asked.
    pub at_months: u16,
    /// The answer.
    pub situation: Situation,
}

/// An exit from a pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// First day out of it.
    pub on: NaiveDate,
    /// How.
    pub outcome: Outcome,
}

impl Hire {
    /// True if the person works there on that day, the last day included.
    #[must_use]
    pub fn active_on(&self, day: NaiveDate) -> bool {
        self.start <= day && self.last_day.is_none_or(|last| day <= last)
    }
}
