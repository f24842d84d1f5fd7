//! The operations of the European Social Fund that each person entered and left: one row per stay.
//!
//! With which situation is sealed: the row names the records that hold it.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{EventId, OperationId, OrganisationId};
use domain::law::Law;
use domain::operation;
use domain::situation::{self, IscedLevel};
use serde::{Deserialize, Serialize};

/// The operations that each person entered and left.
pub struct Operations;

impl View for Operations {
    const NAME: &'static str = "operations";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let stays = operation::State::of(history).stays;
        if stays.is_empty() {
            return Vec::new();
        }
        let situations = situation::State::of(history).situations;
        let all = stays.into_iter().flat_map(|(id, stays)| stays.into_iter().map(move |stay| (id.clone(), stay)));
        all.map(|(operation, stay)| row(operation, stay, &situations)).collect()
    }
}

/// One stay of a person in an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The operation.
    pub operation: OperationId,
    /// Which organisation carries it.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// The record of the situation that is frozen for it.
    pub situation: EventId,
    /// Highest level of education attained, as frozen, if it was told.
    pub isced: Option<IscedLevel>,
    /// True if the person lived in a rural area, as frozen, if it was told.
    pub rural: Option<bool>,
    /// First day out of it, and whether a qualification was gained; none while the stay lasts.
    pub left: Option<(NaiveDate, bool)>,
    /// The record that holds the situation on leaving.
    pub left_by: Option<EventId>,
}

impl Row {
    /// True if the person is in the operation on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.left.is_none_or(|(left, _)| day < left)
    }
}

fn row(operation: OperationId, stay: operation::Stay, situations: &[situation::Situation]) -> Row {
    let frozen = situations.iter().find(|situation| situation.record == stay.situation);
    Row {
        operation,
        organisation: stay.organisation,
        from: stay.from,
        situation: stay.situation,
        isced: frozen.and_then(|situation| situation.isced),
        rural: frozen.and_then(|situation| situation.rural),
        left: stay.left.map(|exit| (exit.on, exit.qualified)),
        left_by: stay.left.map(|exit| exit.left_by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history, organisation};
    use domain::ids::PersonId;
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));

    #[test]
    fn a_stay_is_told_with_what_was_frozen_for_it() {
        let operation = || OperationId::new("fse-1").unwrap();
        let told = |isced| situation::Event::Recorded {
            person: PERSON,
            pathway: None,
            operation: None,
            isced: Some(isced),
            rural: None,
        };
        // The record of position 1 is frozen; a later one does not count.
        let first = history(PERSON, &[("2022-01-01", told(IscedLevel::Isced2).into())]);
        let situation = first.entries().next().unwrap().id;
        let entered = operation::Event::Entered {
            person: PERSON,
            operation: operation(),
            organisation: organisation("cpas"),
            situation,
        };
        let left = operation::Event::Left { person: PERSON, operation: operation(), qualified: true };
        let past = [
            ("2022-01-01", told(IscedLevel::Isced2).into()),
            ("2022-02-01", entered.into()),
            ("2022-03-01", told(IscedLevel::Isced3).into()),
            ("2022-06-01", left.into()),
        ];
        let rows = Operations::rows(&history(PERSON, &past), &Law::default());
        assert_eq!(
            (rows.len(), rows[0].isced, rows[0].left),
            (1, Some(IscedLevel::Isced2), Some((day("2022-06-01"), true)))
        );
        let there = ["2022-01-31", "2022-02-01", "2022-05-31", "2022-06-01"].map(|on| rows[0].covers(day(on)));
        assert_eq!(there, [false, true, true, false]);
    }
}
