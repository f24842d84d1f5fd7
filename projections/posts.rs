//! The posts: when each was on offer, and what it was like. One row per post.
//!
//! Who filled it is told by the persons' engagements.

use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::{OrganisationId, PostId};
use domain::post::Profile;
use serde::{Deserialize, Serialize};

/// One post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The post.
    pub post: PostId,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Under which measure.
    pub measure: Measure,
    /// First day on offer.
    pub opened_on: NaiveDate,
    /// First day without it.
    pub closed_on: Option<NaiveDate>,
    /// Frozen periods: first day, last day inclusive if known.
    pub frozen: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Every profile with its first day, in order of day.
    pub profiles: Vec<(NaiveDate, Profile)>,
}
