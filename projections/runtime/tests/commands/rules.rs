//! What holds of the field after every history.
//!
//! A correction, an annulment or a merge may come to contradict these rules, since history is never refused: those
//! that say so are tried on histories without any.

use super::Kind;
use super::player::RECORDS_MAX;
use super::properties::{histories, played};
use crate::translate::{known, read_kin};
use chrono::NaiveDate;
use domain::codes::{ContractKind, Measure};
use domain::contract::{self, Engagement};
use domain::fact::{Fact, Stream, StreamKind};
use domain::history::{Cut, History};
use domain::hours::Hours;
use domain::sanction::{self, Sanction, SanctionFamily};
use domain::{penalty, wire};
use std::collections::{BTreeMap, BTreeSet};
use store::{EventStore, MemoryStore, Position};

#[test]
fn penalty_hours_never_exceed_the_order_unless_corrected() {
    let mut performed = Hours::default();
    let mut completed = 0;
    for (seed, player) in played(Kind::Unanswered) {
        for history in histories(&player.store, StreamKind::Judicial) {
            for (id, penalty) in penalty::State::of(&history).penalties {
                let assigned = penalty.assigned.as_ref().unwrap();
                assert!(penalty.hours() <= assigned.ordered, "seed {seed}: {id}");
                assert!(penalty.completed_on.is_none() || penalty.hours() == assigned.ordered, "seed {seed}: {id}");
                performed += penalty.hours();
                completed += usize::from(penalty.completed_on.is_some());
            }
        }
    }
    assert!(performed > Hours::whole(100) && completed > 0, "too little: {performed}, {completed} completed");
}

/// An insertion engagement that leaves no room for another, said anew here.
fn is_full_time(measure: Measure, hours: Option<Hours>, kind: ContractKind) -> bool {
    let contracts = [Measure::Art60, Measure::Art61, Measure::Acs, Measure::Aci, Measure::SocialEconomyJob];
    let trials = [Measure::Mesp, Measure::SocialInterim];
    let reaches = hours.map(|hours| hours >= Hours::whole(35));
    kind != ContractKind::Placement
        && (contracts.contains(&measure) && reaches != Some(false)
            || trials.contains(&measure) && reaches == Some(true))
}

/// True if the person works full-time under it that day, or is to while no end is recorded.
fn binds(engagement: &Engagement, on: NaiveDate) -> bool {
    let Some(terms) = &engagement.terms else { return false };
    let ends =
        |from: NaiveDate, end: Option<NaiveDate>| end.or(engagement.planned_until.filter(|until| *until >= from));
    let placed = engagement
        .placements
        .iter()
        .any(|each| each.from <= on && ends(each.from, each.until_inclusive).is_none_or(|last| on <= last));
    let phases = engagement.phases();
    let phase = phases.iter().rfind(|(from, ..)| *from <= on).or(phases.first());
    placed && phase.is_some_and(|(_, hours, kind)| is_full_time(terms.measure, *hours, *kind))
}

#[test]
fn nobody_works_full_time_twice_on_any_day_unless_corrected_or_merged() {
    let mut pairs = 0;
    for (seed, player) in played(Kind::Unanswered) {
        for history in histories(&player.store, StreamKind::Person) {
            let engagements = contract::State::of(&history).engagements;
            let first = engagements.values().filter_map(|one| one.started_on).min();
            let days: Vec<NaiveDate> = first.into_iter().flat_map(|day| day.iter_days().take(1_500)).collect();
            let at_work: Vec<_> = engagements.iter().filter(|(_, one)| days.iter().any(|on| binds(one, *on))).collect();
            pairs += at_work.len().saturating_sub(1);
            for on in days {
                let bound: Vec<_> = at_work.iter().filter(|(_, one)| binds(one, on)).map(|(id, _)| id).collect();
                assert!(bound.len() <= 1, "seed {seed}: {bound:?} on {on}");
            }
        }
    }
    let players = played(Kind::Unanswered).iter();
    let refusals = players.filter_map(|(_, player)| player.tallies["signEngagement"].refused.get("OVERLAPS_FULL_TIME"));
    let refused: usize = refusals.sum();
    assert!(pairs > 5 && refused > 2, "too little to prove anything: {pairs} meetings, {refused} refused");
}

/// True if a sanction of the project has its notice and an offer of a hearing before the day of its decision.
fn is_prepared(one: &Sanction) -> bool {
    one.decided.is_none_or(|decided| {
        decided.family == SanctionFamily::Means
            || one.notice_on.is_some_and(|sent| sent < decided.on)
                && one.offered.iter().any(|offer| *offer < decided.on)
    })
}

#[test]
fn a_sanction_of_the_project_follows_a_notice_and_a_hearing_offer_unless_corrected() {
    let mut decided = 0;
    for (seed, player) in played(Kind::Unanswered) {
        for history in histories(&player.store, StreamKind::Person) {
            for (id, one) in sanction::State::of(&history).sanctions {
                assert!(is_prepared(&one), "seed {seed}: {id}: {one:?}");
                decided += usize::from(one.decided.is_some_and(|it| it.family == SanctionFamily::Project));
            }
        }
    }
    assert!(decided > 1, "too few decisions to prove anything: {decided}");
}

/// Of any history: whatever is corrected later, on the day of the decision it was prepared.
#[test]
fn whoever_decided_a_sanction_of_the_project_had_a_notice_and_a_hearing_offer_before_them() {
    let mut decided = 0;
    for (seed, player) in played(Kind::Whole) {
        for record in player.store.read(Position(0), RECORDS_MAX).unwrap() {
            let record = known(&record).unwrap();
            let Fact::Sanction(sanction::Event::Decided { sanction, .. }) = &record.fact else { continue };
            let file: Stream = record.about[0].stream;
            let cut = Cut { before: Some(record.position + 1), ..Cut::default() };
            let history = read_kin(player.store.as_ref(), file).unwrap().0.history(file, cut);
            let state = sanction::State::of(&history);
            assert!(is_prepared(&state.sanctions[sanction]), "seed {seed}: {:?}", state.sanctions[sanction]);
            decided += 1;
        }
    }
    assert!(decided > 1, "too few decisions to prove anything: {decided}");
}

/// What is recorded is read back, each record in every stream that it names.
#[test]
fn every_record_is_read_back_in_each_of_its_streams() {
    for (seed, player) in played(Kind::Whole) {
        let store: &MemoryStore = &player.store;
        let mut kinds = BTreeSet::new();
        let mut read: BTreeMap<Stream, History> = BTreeMap::new();
        for stored in store.read(Position(0), RECORDS_MAX).unwrap() {
            let record = known(&stored).unwrap();
            kinds.insert(wire::kind(&record.fact));
            for stream in record.about.iter().map(|about| about.stream) {
                let whole = || read_kin(store, stream).unwrap().0.history(stream, Cut::default());
                let history = read.entry(stream).or_insert_with(whole);
                let found = history.record(record.id).map(|(found, _)| found);
                assert_eq!(found, Some(&record), "seed {seed}: {stream}");
            }
        }
        assert!(kinds.len() > 30, "seed {seed} records too few kinds: {}", kinds.len());
    }
}
