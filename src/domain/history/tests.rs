//! What counts: promises on small histories, then properties on histories at random.

use super::{Cut, History, Known, content};
use crate::aid::AidEndMotive;
use crate::codes::Cell;
use crate::correction;
use crate::fact::{Fact, Stream};
use crate::ids::EventId;
use crate::ids::{GrantId, PathwayId, PersonId};
use crate::pathway::CellMotive;
use crate::scenario::Scenario;
use crate::{aid, pathway};
use chrono::Days;
use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, proptest};
use serde_json::json;
use uuid::Uuid;

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(0xa0 + u128::from(number)))
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + Days::new(number)
}

fn ended(number: u64) -> Fact {
    let grant = GrantId(Uuid::from_u128(number.into()));
    aid::Event::Ended { person: person(0), grant, motive: AidEndMotive::Other }.into()
}

fn annulled(target: EventId) -> Fact {
    let reason = correction::CorrectionReason::TypingError;
    correction::Event::Annulled { target, reason }.into()
}

fn known(position: u64, on: NaiveDate, fact: Fact) -> Known {
    let about = match fact.about() {
        about if about.is_empty() => crate::fact::of_person(person(0)),
        about => about,
    };
    let id = EventId(Uuid::from_u128(position.into()));
    Known { position, id, recorded_at: instant(position), effective_on: on, about, fact }
}

fn instant(second: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::try_from(second).unwrap(), 0).unwrap()
}

fn days(history: &History) -> Vec<NaiveDate> {
    history.entries().map(|entry| entry.on).collect()
}

fn two_and_an_annulment() -> Vec<Known> {
    let first = known(1, day(10), ended(1));
    let target = first.id;
    vec![first, known(2, day(20), ended(2)), known(3, day(10), annulled(target))]
}

#[test]
fn what_was_recorded_at_exactly_that_instant_is_known() {
    let at = |as_known_at| {
        let cut = Cut { as_known_at: Some(as_known_at), ..Cut::default() };
        days(&History::new(person(0).into(), two_and_an_annulment(), cut))
    };
    assert_eq!(at(instant(1)), [day(10)]);
    assert_eq!(at(instant(2)), [day(10), day(20)]);
    assert_eq!(at(instant(3)), [day(20)], "the annulment is known at the instant of its recording");
    assert_eq!(at(instant(3) - chrono::TimeDelta::nanoseconds(1)), [day(10), day(20)]);
    let before = Cut { before: Some(3), ..Cut::default() };
    assert_eq!(days(&History::new(person(0).into(), two_and_an_annulment(), before)), [day(10), day(20)]);
}

#[test]
fn the_last_day_of_a_shorter_history_counts() {
    let as_of = |last| {
        let cut = Cut { as_of: Some(last), ..Cut::default() };
        days(&History::new(person(0).into(), two_and_an_annulment()[..2].to_vec(), cut))
    };
    assert_eq!((as_of(day(19)), as_of(day(20))), (vec![day(10)], vec![day(10), day(20)]));
}

#[test]
fn an_annulment_is_seen_whatever_day_the_history_is_cut_at() {
    let mut records = two_and_an_annulment();
    records[2].effective_on = day(30);
    let cut = Cut { as_of: Some(day(15)), ..Cut::default() };
    assert!(History::new(person(0).into(), records, cut).is_empty());
}

#[test]
fn every_record_is_told_with_its_fate() {
    let history = History::new(person(0).into(), two_and_an_annulment(), Cut::default());
    let fates: Vec<_> = history.records().map(|(_, fate)| fate.annulled_by).collect();
    assert_eq!(fates, [Some(EventId(Uuid::from_u128(3))), None, None]);
}

#[test]
fn on_one_day_what_leaves_and_ends_comes_before_what_begins_and_enters() {
    let pathway = PathwayId(Uuid::from_u128(1));
    let person = person(0);
    let entered = pathway::Event::CellEntered { person, pathway, cell: Cell::Alpha };
    let left = pathway::Event::CellLeft { person, pathway, cell: Cell::Art60, motive: CellMotive::Other };
    let closed = pathway::Event::Closed { person, pathway, outcome: pathway::Outcome::Other };
    let reopened = pathway::Event::Reopened { person, pathway };
    let judged = pathway::Event::ReadinessJudged { person, pathway, level: pathway::Readiness::Ready };
    let facts = [judged, entered, reopened, closed, left];
    let records = facts.iter().zip(1..).map(|(fact, at)| known(at, day(0), fact.clone().into())).collect();
    let history = History::new(person.into(), records, Cut::default());
    let order: Vec<_> = history.entries().map(|entry| entry.position).collect();
    assert_eq!(order, [5, 4, 3, 2, 1]);
}

/// What holds in a stream if all records were in one place: the definition, with no regard to streams.
fn held(records: &[Known], stream: Stream) -> Vec<(NaiveDate, u64, Fact)> {
    fn stands(records: &[Known], id: EventId) -> bool {
        !records.iter().any(|record| match &record.fact {
            Fact::Correction(correction::Event::Annulled { target, .. }) => *target == id && stands(records, record.id),
            _ => false,
        })
    }
    let originals = records.iter().filter(|record| !matches!(record.fact, Fact::Correction(_)));
    let standing = originals.filter(|record| stands(records, record.id));
    let mut held: Vec<_> = standing
        .map(|original| {
            let mut corrections = records.iter().filter(|record| match &record.fact {
                Fact::Correction(correction::Event::Corrected { target, .. }) => *target == original.id,
                _ => false,
            });
            let last = corrections.rfind(|record| stands(records, record.id)).unwrap_or(original);
            let (on, fact) = content(last);
            (on, original.position, fact.clone())
        })
        .filter(|(_, _, fact)| fact.about().iter().any(|about| about.stream == stream))
        .collect();
    held.sort_by_key(|(on, position, fact)| (*on, fact.day_rank(), *position));
    held
}

/// Corrects or annuls at random what stands at a position, moving it between three persons and some days.
fn answered(scenario: Scenario, (from, position, to, on): (u8, usize, u8, u64)) -> Scenario {
    let target = scenario.id(position % scenario.records().len() + 1);
    let stream = Stream::from(person(from));
    if to == 3 {
        let input = json!({"stream": stream, "target": target, "reason": "MISTAKEN"});
        return scenario.tried("annulEvent", input).0;
    }
    let input = json!({"stream": stream, "target": target, "reason": "WRONG_SUBJECT", "on": day(on),
        "changes": {"person": person(to)}});
    scenario.tried("correctEvent", input).0
}

proptest! {
    #[test]
    fn the_order_of_recording_does_not_matter_on_distinct_days(
        order in Just((0..12_u64).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let records: Vec<_> = order.iter().zip(1..).map(|(at, position)| known(position, day(*at), ended(*at))).collect();
        let history = History::new(person(0).into(), records, Cut::default());
        let told: Vec<_> = history.entries().map(|entry| (entry.on, entry.fact.clone())).collect();
        let expected: Vec<_> = (0..12).map(|at| (day(at), ended(at))).collect();
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn each_stream_alone_tells_what_all_streams_together_tell(
        answers in prop::collection::vec((0..3_u8, any::<usize>(), 0..5_u8, 0..40_u64), 1..40),
        as_of in 0..40_u64, known in 1..40_u64,
    ) {
        let begun = Scenario::new().given(day(1), ended(1)).given(day(2), ended(2));
        let scenario = answers.into_iter().map(|(from, at, to, on)| (from, at, to.min(3), on)).fold(begun, answered);
        for number in 0..3 {
            let stream = Stream::from(person(number));
            for (as_of, before) in [(None, None), (Some(day(as_of)), None), (None, Some(known))] {
                let history = scenario.history(stream, Cut { as_of, before, as_known_at: None });
                let told: Vec<_> =
                    history.entries().map(|entry| (entry.on, entry.position, entry.fact.clone())).collect();
                let known: Vec<_> = scenario.records().iter().filter(|record| before.is_none_or(|before| record.position < before)).cloned().collect();
                let mut expected = held(&known, stream);
                expected.retain(|(on, _, _)| as_of.is_none_or(|day| *on <= day));
                prop_assert_eq!(&told, &expected, "{:#?}", scenario.records());
            }
        }
    }
}
