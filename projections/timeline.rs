//! Everything that was ever recorded of one thing, annulled and corrected records included.
//!
//! It is not kept: one stream is folded when somebody asks.

use chrono::{DateTime, NaiveDate, Utc};
use domain::correction::{self, CorrectionReason};
use domain::fact::Fact;
use domain::history::History;
use domain::ids::EventId;
use domain::wire;
use std::collections::HashMap;

/// One record and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the log.
    pub position: u64,
    /// The event.
    pub event: EventId,
    /// The kind of event.
    pub kind: &'static str,
    /// The day as it was recorded.
    pub effective_on: NaiveDate,
    /// The day on which it counts, as corrected; none if it does not count in this stream, or is an answer itself.
    pub counts_on: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Days from the day as recorded to the day of recording; negative for what was planned.
    pub delay_days: i64,
    /// The standing annulment that removes it.
    pub annulled_by: Option<EventId>,
    /// The standing correction whose content holds instead.
    pub corrected_by: Option<EventId>,
    /// The record that it corrects or annuls.
    pub corrects: Option<EventId>,
    /// Why it corrects or annuls.
    pub reason: Option<CorrectionReason>,
}

/// Every known record, in order of position. `day_of` tells the day of an instant on the house's calendar.
#[must_use]
pub fn rows(history: &History, day_of: impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Row> {
    let counts: HashMap<EventId, NaiveDate> =
        history.entries().chain(history.merges()).map(|entry| (entry.id, entry.on)).collect();
    let row = |(record, fate): (&domain::history::Known, domain::history::Fate)| {
        let (corrects, reason) = answer(&record.fact);
        Row {
            position: record.position,
            event: record.id,
            kind: wire::kind(&record.fact),
            effective_on: record.effective_on,
            counts_on: counts.get(&record.id).copied(),
            recorded_at: record.recorded_at,
            delay_days: (day_of(record.recorded_at) - record.effective_on).num_days(),
            annulled_by: fate.annulled_by,
            corrected_by: fate.corrected_by,
            corrects,
            reason,
        }
    };
    history.records().map(row).collect()
}

/// What a record answers, and why.
const fn answer(fact: &Fact) -> (Option<EventId>, Option<CorrectionReason>) {
    match fact {
        Fact::Correction(
            correction::Event::Annulled { target, reason } | correction::Event::Corrected { target, reason, .. },
        ) => (Some(*target), Some(*reason)),
        Fact::Person(_)
        | Fact::Merge(_)
        | Fact::Aid(_)
        | Fact::Pathway(_)
        | Fact::Situation(_)
        | Fact::Operation(_)
        | Fact::Barrier(_)
        | Fact::Assessment(_)
        | Fact::Contact(_)
        | Fact::Action(_)
        | Fact::Orientation(_)
        | Fact::Piis(_)
        | Fact::Sanction(_)
        | Fact::Application(_)
        | Fact::Contract(_)
        | Fact::Appraisal(_)
        | Fact::Training(_)
        | Fact::Offboarding(_)
        | Fact::Hiring(_)
        | Fact::Post(_)
        | Fact::Agreement(_)
        | Fact::Course(_)
        | Fact::Penalty(_)
        | Fact::Identifier(_)
        | Fact::Erasure(_)
        | Fact::Figure(_)
        | Fact::Batch(_)
        | Fact::Publication(_)
        | Fact::Access(_)
        | Fact::Organisation(_) => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history, organisation};
    use domain::correction::Replacement;
    use domain::ids::PersonId;
    use domain::person::Event;
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(9));

    fn id(position: u128) -> EventId {
        EventId(Uuid::from_u128(position))
    }

    #[test]
    fn a_timeline_tells_what_was_recorded_and_what_became_of_it() {
        let registered: Fact = Event::Registered { person: PERSON, organisation: organisation("cpas") }.into();
        let contact: Fact = Event::ContactChanged { person: PERSON }.into();
        let replacement = Replacement { effective_on: day("2022-01-01"), fact: Box::new(registered.clone()) };
        let corrected = correction::Event::Corrected {
            target: id(1),
            target_position: 1,
            replacement,
            reason: CorrectionReason::TypingError,
        };
        let annulled = correction::Event::Annulled { target: id(2), reason: CorrectionReason::Duplicate };
        let past = [
            ("2022-02-01", registered),
            ("2022-02-02", contact),
            ("2022-02-03", corrected.into()),
            ("2022-02-04", annulled.into()),
        ];
        let rows = rows(&history(PERSON, &past), |instant| instant.date_naive() + chrono::Days::new(3));
        let told: Vec<_> = rows.iter().map(|row| (row.kind, row.counts_on, row.corrects, row.delay_days)).collect();
        assert_eq!(
            told,
            [
                ("ParticipantRegistered", Some(day("2022-01-01")), None, 3),
                ("ContactChanged", None, None, 3),
                ("EventCorrected", None, Some(id(1)), 3),
                ("EventAnnulled", None, Some(id(2)), 3),
            ]
        );
        assert_eq!((rows[0].corrected_by, rows[1].annulled_by), (Some(id(3)), Some(id(4))));
        assert_eq!(rows[3].reason, Some(CorrectionReason::Duplicate));
    }
}
