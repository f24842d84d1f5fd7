//! The posts: when each was on offer, and what it was like. One row per post.
//!
//! Who filled it is told by the persons' engagements.

use crate::View;
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{OrganisationId, PostId};
use domain::law::Law;
use domain::post::{self, Profile};
use serde::{Deserialize, Serialize};

/// When each post was on offer, and what it was like.
pub struct Posts;

impl View for Posts {
    const NAME: &'static str = "posts";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Post];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let state = post::State::of(history);
        let row = |opening: post::Opening| Row {
            post: PostId(history.stream().id),
            organisation: opening.organisation,
            measure: opening.measure,
            opened_on: opening.on,
            closed_on: state.closed_on,
            frozen: state.frozen,
            profiles: state.profiles,
        };
        state.opened.map(row).into_iter().collect()
    }
}

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

impl Row {
    /// True if the post is on offer that day: opened, not closed, not frozen.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.opened_on <= day
            && self.closed_on.is_none_or(|closed| day < closed)
            && !self.frozen.iter().any(|(from, until)| *from <= day && until.is_none_or(|last| day <= last))
    }

    /// What the post is like that day.
    #[must_use]
    pub fn profile_on(&self, day: NaiveDate) -> Option<&Profile> {
        self.profiles.iter().rfind(|(from, _)| *from <= day).map(|(_, profile)| profile)
    }
}
