//! Whatever is merged, taken apart, corrected and annulled, each record counts in one file and no other.

use super::Kin;
use crate::aid;
use crate::correction;
use crate::fact::{Fact, Stream};
use crate::history::{Cut, Known};
use crate::ids::{EventId, GrantId, PersonId};
use crate::merge;
use crate::scenario::Scenario;
use chrono::{Days, NaiveDate};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const PERSONS: u8 = 4;

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(0xa0 + u128::from(number)))
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + Days::new(number)
}

/// What is tried on a past.
#[derive(Debug, Clone)]
enum Try {
    Happens { who: u8, on: u64 },
    Merge { survivor: u8, absorbed: u8 },
    Unmerge { survivor: u8, absorbed: u8 },
    Annul { from: u8, position: usize },
    Move { from: u8, position: usize, to: u8 },
}

fn any_try() -> impl Strategy<Value = Try> {
    (0..5_u8, 0..PERSONS, 0..PERSONS, any::<usize>(), 0..40_u64).prop_map(|(what, one, other, position, on)| match what
    {
        0 => Try::Happens { who: one, on },
        1 => Try::Merge { survivor: one, absorbed: other },
        2 => Try::Unmerge { survivor: one, absorbed: other },
        3 => Try::Annul { from: one, position },
        _ => Try::Move { from: one, position, to: other },
    })
}

fn happened(scenario: Scenario, who: u8, on: u64) -> Scenario {
    let grant = GrantId(Uuid::from_u128(on.into()));
    scenario.given(day(on), aid::Event::Ended { person: person(who), grant, motive: aid::AidEndMotive::Other })
}

fn tried(scenario: Scenario, what: Try) -> Scenario {
    let target = |position: usize| scenario.id(position % scenario.records().len() + 1);
    let files = |one, other| json!({"survivor": person(one), "absorbed": person(other), "on": "2022-06-01"});
    let answer = |from, position| json!({"stream": Stream::from(person(from)), "target": target(position), "reason": "MISTAKEN"});
    match what {
        Try::Happens { who, on } => happened(scenario, who, on),
        Try::Merge { survivor, absorbed } => scenario.tried("mergeParticipants", files(survivor, absorbed)).0,
        Try::Unmerge { survivor, absorbed } => scenario.tried("unmergeParticipants", files(survivor, absorbed)).0,
        Try::Annul { from, position } => {
            let input = answer(from, position);
            scenario.tried("annulEvent", input).0
        }
        Try::Move { from, position, to } => {
            let mut input = answer(from, position);
            input["changes"] = json!({"person": person(to)});
            scenario.tried("correctEvent", input).0
        }
    }
}

fn begun() -> Scenario {
    (0..PERSONS).fold(Scenario::new(), |scenario, number| {
        let input = json!({"participant": person(number), "on": "2022-01-01", "organisation": "cpas-molenbeek",
            "familyName": "Invented", "givenName": "Name"});
        happened(scenario.given_command("registerParticipant", input), number, number.into())
    })
}

fn stands(records: &[Known], id: EventId) -> bool {
    !records.iter().any(|record| match &record.fact {
        Fact::Correction(correction::Event::Annulled { target, .. }) => *target == id && stands(records, record.id),
        _ => false,
    })
}

/// Who speaks for whom, with no regard to streams: links are laid in order of recording, but for one that closes a circle.
fn survivors(records: &[Known]) -> BTreeMap<PersonId, PersonId> {
    let mut last: BTreeMap<PersonId, (u64, PersonId)> = BTreeMap::new();
    for record in records.iter().filter(|record| stands(records, record.id)) {
        match record.fact {
            Fact::Merge(merge::Event::Merged { survivor, absorbed }) => {
                last.insert(absorbed, (record.position, survivor));
            }
            Fact::Merge(merge::Event::Unmerged { survivor, absorbed }) => {
                last.retain(|file, (_, into)| *file != absorbed || *into != survivor);
            }
            _ => {}
        }
    }
    let mut links: Vec<_> = last.into_iter().map(|(absorbed, (position, into))| (position, absorbed, into)).collect();
    links.sort_unstable();
    let mut laid = BTreeMap::new();
    for (_, absorbed, into) in links {
        if end(&laid, into) != absorbed {
            laid.insert(absorbed, into);
        }
    }
    laid
}

fn end(links: &BTreeMap<PersonId, PersonId>, mut of: PersonId) -> PersonId {
    while let Some(into) = links.get(&of) {
        of = *into;
    }
    of
}

/// What counts for a person: what counts in each file for which they speak, as if it had never been merged.
fn expected(records: &[Known], who: PersonId) -> BTreeSet<u64> {
    let links = survivors(records);
    let files = (0..PERSONS).map(person).filter(|file| end(&links, *file) == who);
    let alone = |file: PersonId| {
        let own = records.iter().filter(|record| record.about.iter().any(|about| about.stream == file.into()));
        let kin = Kin { files: [(file.into(), own.cloned().collect())].into() };
        let positions: Vec<u64> =
            kin.history(file.into(), Cut::default()).entries().map(|entry| entry.position).collect();
        positions
    };
    files.flat_map(alone).collect()
}

fn counts(scenario: &Scenario, who: PersonId, cut: Cut) -> Vec<u64> {
    scenario.history(who, cut).entries().map(|entry| entry.position).collect()
}

proptest! {
    #[test]
    fn each_record_counts_in_the_file_of_whoever_speaks_for_it(
        tries in prop::collection::vec(any_try(), 1..50), before in 1..60_u64,
    ) {
        let scenario = tries.into_iter().fold(begun(), tried);
        for before in [None, Some(before)] {
            let cut = Cut { before, ..Cut::default() };
            let known: Vec<_> = scenario.records().iter().filter(|record| before.is_none_or(|before| record.position < before)).cloned().collect();
            let mut all = BTreeSet::new();
            for who in (0..PERSONS).map(person) {
                let told = counts(&scenario, who, cut);
                prop_assert!(told.iter().all(|position| all.insert(*position)), "a record counts twice");
                prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), expected(&known, who), "{:#?}", scenario.records());
            }
        }
    }

    #[test]
    fn merged_then_unmerged_every_file_is_as_before(
        tries in prop::collection::vec(any_try(), 1..40), survivor in 0..PERSONS, absorbed in 0..PERSONS,
    ) {
        let scenario = tries.into_iter().fold(begun(), tried);
        let merged = tried(scenario.clone(), Try::Merge { survivor, absorbed });
        if merged.records().len() > scenario.records().len() {
            let apart = tried(merged.clone(), Try::Unmerge { survivor, absorbed });
            prop_assert!(apart.records().len() > merged.records().len(), "what was merged can be taken apart");
            for who in (0..PERSONS).map(person) {
                prop_assert_eq!(counts(&apart, who, Cut::default()), counts(&scenario, who, Cut::default()));
            }
        }
    }
}
