//! What aid each person asked for and was granted: one row per grant.

use crate::View;
use chrono::NaiveDate;
use domain::aid;
use domain::codes::AidKind;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{GrantId, OrganisationId};
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// What aid each person asked for and was granted.
pub struct Aids;

impl View for Aids {
    const NAME: &'static str = "aids";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let grants = aid::State::of(history).grants;
        let row = |(grant, one): (GrantId, aid::Grant)| Row {
            grant,
            organisation: one.organisation,
            kind: one.kind,
            requested_on: one.requested_on,
            from: one.from,
            notified_on: one.notified_on,
            ended_on: one.ended_on,
            refused_on: one.refused_on,
        };
        grants.into_iter().map(row).collect()
    }
}

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

impl Row {
    /// True if aid runs on that day: from its first day on, before the first day without it.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.ended_on.is_none_or(|ended| day < ended)
    }
}
