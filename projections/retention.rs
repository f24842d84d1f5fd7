//! Since when each closed file waits, and what was asked and answered about its erasure: one row per person.

use crate::View;
use chrono::NaiveDate;
use domain::erasure::{self, ErasureGround, ErasureRefusalGround, ErasureRequester};
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{EventId, PersonId};
use domain::law::{Law, add_months, house};
use serde::{Deserialize, Serialize};

/// Since when each closed file waits, and what was asked of it.
pub struct Retention;

impl View for Retention {
    const NAME: &'static str = "retention";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let Some(last_act_on) = erasure::last_act(history) else { return Vec::new() };
        let state = erasure::State::of(history);
        vec![Row {
            last_act_on,
            closed_from: erasure::closed_from(history),
            requests: state.requests.iter().map(Request::from).collect(),
            noticed: state.retained.map(|retained| (retained.noticed_on, retained.last_act_on, retained.due_on)),
            erased: state.erased,
            erased_files: state.files,
            anonymised_on: state.anonymised_on,
        }]
    }
}

/// How one file stands towards its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Day of the last act in the file.
    pub last_act_on: NaiveDate,
    /// First day on which no pathway, engagement or grant runs; none while one has no end.
    pub closed_from: Option<NaiveDate>,
    /// Every request for erasure, in order of day.
    pub requests: Vec<Request>,
    /// The last notice: its day, the last act that it counts from, the first day on which keys may be destroyed.
    pub noticed: Option<(NaiveDate, NaiveDate, NaiveDate)>,
    /// Day on which the keys were destroyed, and the record that tells it.
    pub erased: Option<(NaiveDate, EventId)>,
    /// The files whose keys were destroyed.
    pub erased_files: Vec<PersonId>,
    /// Day from which on exports give months only.
    pub anonymised_on: Option<NaiveDate>,
}

/// A request for erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its day.
    pub on: NaiveDate,
    /// The record that tells it.
    pub by: EventId,
    /// Who asked.
    pub requester: ErasureRequester,
    /// Why.
    pub ground: ErasureGround,
    /// Day and legal ground of its refusal.
    pub refused: Option<(NaiveDate, ErasureRefusalGround)>,
}

impl From<&erasure::Request> for Request {
    fn from(request: &erasure::Request) -> Self {
        let erasure::Request { on, by, requester, ground, refused } = *request;
        Self { on, by, requester, ground, refused }
    }
}

impl Row {
    /// The first day on which the keys of the file may be destroyed by the rules of the house, notice apart; none while the
    /// file is open on that day, was erased, or if the house has no rule.
    #[must_use]
    pub fn over_on(&self, rules: house::Retention, day: NaiveDate) -> Option<NaiveDate> {
        let waits = self.erased.is_none() && self.closed_from.is_some_and(|closed| closed <= day);
        let months = rules.file_months.filter(|_| waits)?;
        Some(add_months(self.last_act_on, months))
    }

    /// The notice that still holds: given after the last act.
    #[must_use]
    pub fn standing_notice(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (noticed_on, last_act_on, due_on) = self.noticed?;
        (last_act_on == self.last_act_on).then_some((noticed_on, due_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history, organisation};
    use domain::fact::Fact;
    use domain::ids::PathwayId;
    use domain::pathway::{Origin, Outcome};
    use domain::{pathway, person};
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));
    const PATHWAY: PathwayId = PathwayId(Uuid::from_u128(2));

    fn past(closed: bool) -> Vec<(&'static str, Fact)> {
        let cpas = || organisation("cpas-molenbeek");
        let mut past: Vec<(&'static str, Fact)> = vec![
            ("2020-01-01", person::Event::Registered { person: PERSON, organisation: cpas() }.into()),
            (
                "2020-01-10",
                pathway::Event::Opened {
                    person: PERSON,
                    pathway: PATHWAY,
                    organisation: cpas(),
                    origin: Origin::AidFile,
                }
                .into(),
            ),
        ];
        if closed {
            let outcome = Outcome::Employment;
            past.push(("2020-06-01", pathway::Event::Closed { person: PERSON, pathway: PATHWAY, outcome }.into()));
        }
        past
    }

    fn rules() -> house::Retention {
        house::Retention { file_months: Some(24), ..house::Retention::default() }
    }

    fn row(past: &[(&'static str, Fact)]) -> Row {
        Retention::rows(&history(PERSON, past), &Law::default()).remove(0)
    }

    #[test]
    fn a_closed_file_waits_from_its_last_act_on() {
        let row = row(&past(true));
        assert_eq!((row.last_act_on, row.closed_from), (day("2020-06-01"), Some(day("2020-06-01"))));
        assert_eq!(row.over_on(rules(), day("2023-01-01")), Some(day("2022-06-01")));
        assert_eq!(row.over_on(rules(), day("2020-05-31")), None, "it was still open");
        assert_eq!(row.over_on(house::Retention::default(), day("2023-01-01")), None, "no rule");
    }

    #[test]
    fn an_open_file_never_falls_due() {
        assert_eq!(row(&past(false)).over_on(rules(), day("2040-01-01")), None);
    }

    #[test]
    fn what_is_told_of_the_keys_is_no_act_and_an_erased_file_waits_no_more() {
        let mut told = past(true);
        let request = erasure::Event::Requested {
            person: PERSON,
            requester: ErasureRequester::Person,
            ground: ErasureGround::Objection,
        };
        told.push(("2021-01-01", request.into()));
        assert_eq!(row(&told).last_act_on, day("2020-06-01"));
        told.push(("2021-01-02", erasure::Event::KeyDestroyed { person: PERSON, absorbed: Vec::new() }.into()));
        let row = row(&told);
        assert_eq!((row.erased.map(|(on, _)| on), row.requests.len()), (Some(day("2021-01-02")), 1));
        assert_eq!(row.over_on(rules(), day("2040-01-01")), None);
    }
}
