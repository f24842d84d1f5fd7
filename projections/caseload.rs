//! Who follows whom: every pathway with the times during which it was open and everyone who followed it.
//!
//! One row per pathway. Who follows it today is asked of a row with a day.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{OrganisationId, PathwayId};
use domain::law::Law;
use domain::pathway::{self, MemberRole};
use serde::{Deserialize, Serialize};

/// Who follows whom.
pub struct Caseload;

impl View for Caseload {
    const NAME: &'static str = "caseload";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        pathway::State::of(history).pathways.into_iter().map(|(id, pathway)| row(id, pathway)).collect()
    }
}

/// One pathway and its followers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// Times during which it was open: first day, first day out of it if it closed. In order of day.
    pub open: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Everyone who followed it, in order of their first day.
    pub members: Vec<Member>,
}

/// Somebody who follows a pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The worker, as a user id.
    pub user: String,
    /// What they do.
    pub role: MemberRole,
    /// True for the one who answers for the pathway.
    pub referent: bool,
    /// First day.
    pub from: NaiveDate,
    /// First day without them.
    pub until_exclusive: Option<NaiveDate>,
}

impl Row {
    /// True if the pathway is open on that day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.open.iter().any(|(from, out)| *from <= day && out.is_none_or(|out| day < out))
    }

    /// Who follows the pathway on that day.
    pub fn members_on(&self, day: NaiveDate) -> impl Iterator<Item = &Member> {
        let present = move |member: &&Member| member.from <= day && member.until_exclusive.is_none_or(|out| day < out);
        self.members.iter().filter(present)
    }
}

fn row(id: PathwayId, pathway: pathway::Pathway) -> Row {
    let mut open = vec![(pathway.opened_on, None)];
    for closure in &pathway.closures {
        if let Some(last) = open.last_mut() {
            last.1 = Some(closure.on);
        }
        open.extend(closure.reopened_on.map(|day| (day, None)));
    }
    let member = |one: pathway::Member| Member {
        user: one.user,
        role: one.role,
        referent: one.referent,
        from: one.from,
        until_exclusive: one.until_exclusive,
    };
    let members = pathway.members.into_iter().map(member).collect();
    Row { pathway: id, organisation: pathway.organisation, open, members }
}
