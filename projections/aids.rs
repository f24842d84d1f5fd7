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
    const VERSION: u32 = 3;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, law: &Law) -> Vec<Row> {
        let state = aid::State::of(history);
        let row = |(grant, one): (&GrantId, &aid::Grant)| Row {
            grant: *grant,
            organisation: one.organisation.clone(),
            kind: one.kind,
            requested_on: one.requested_on,
            from: one.from,
            notified_on: one.notified_on,
            ended_on: one.ended_on,
            refused_on: one.refused_on,
            suspensions: one.suspensions.iter().map(Suspension::from).collect(),
            transferred: one.transferred.as_ref().map(|transfer| (transfer.on, transfer.receiver.clone())),
            owes_project: state.owes_project(*grant, law),
        };
        state.grants.iter().map(row).collect()
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
    /// First day without it, or without it here if it was transferred.
    pub ended_on: Option<NaiveDate>,
    /// Day of the refusal.
    pub refused_on: Option<NaiveDate>,
    /// Every suspension of the payment, in order of day; the aid runs all the same.
    pub suspensions: Vec<Suspension>,
    /// First day on which it was another organisation's, and whose, if it was transferred.
    pub transferred: Option<(NaiveDate, OrganisationId)>,
    /// Whether an integration project is owed for it; none where that hangs on the age, which is sealed.
    pub owes_project: Option<bool>,
}

/// A time during which aid is not paid, or in part only. Why is sealed, and not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// First day that is not paid.
    pub from: NaiveDate,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    pub until: Option<NaiveDate>,
    /// First day that is paid again, before that.
    pub resumed_on: Option<NaiveDate>,
    /// The share that is not paid, in percent.
    pub share: u16,
}

impl From<&aid::Suspension> for Suspension {
    fn from(one: &aid::Suspension) -> Self {
        Self { from: one.from, until: one.until, resumed_on: one.resumed_on, share: one.share }
    }
}

impl Suspension {
    /// True if the payment is suspended on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last) && self.resumed_on.is_none_or(|again| day < again)
    }
}

impl Row {
    /// The suspension of the payment on that day.
    #[must_use]
    pub fn suspended_on(&self, day: NaiveDate) -> Option<&Suspension> {
        self.suspensions.iter().find(|suspension| suspension.covers(day))
    }

    /// True if aid runs on that day: from its first day on, before the first day without it.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.ended_on.is_none_or(|ended| day < ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{self, day, organisation};
    use domain::fact::Fact;
    use domain::ids::PersonId;
    use uuid::Uuid;

    #[test]
    fn a_row_says_whether_a_project_is_owed_or_hangs_on_the_age() {
        let person = PersonId(Uuid::from_u128(1));
        let granted = |number: u128, kind: AidKind, on: &'static str| {
            let grant = GrantId(Uuid::from_u128(number));
            let (organisation, notified_on) = (organisation("cpas"), day(on));
            let event = aid::Event::Granted { person, grant, organisation, kind, category: None, notified_on };
            (on, Fact::from(event))
        };
        // The rule for every new beneficiary counts from 1 November 2016 (law of 21 July 2016).
        let facts = [
            granted(1, AidKind::Ris, "2017-01-01"),
            granted(2, AidKind::Ris, "2017-06-01"),
            granted(3, AidKind::Eris, "2017-06-01"),
        ];
        let rows = Aids::rows(&past::history(person, &facts), &Law::default());
        let owed: Vec<Option<bool>> = rows.iter().map(|row| row.owes_project).collect();
        assert_eq!(owed, [Some(true), None, Some(false)]);
    }
}
