//! Two files of one person: whatever is recorded before, between and after, views tell them as one while they are.

use super::*;
use crate::Views;
use crate::indicators::{Indicators, Period, Scope};
use crate::merges::Row;
use domain::codes::{ContractKind, Measure};
use domain::contract::{Place, Terms};
use domain::fact::Fact;
use domain::ids::{EngagementId, OrganisationId, PersonId};
use domain::{contract, merge, person};
use store::Commit;
use synthetic::day;
use uuid::Uuid;

type House = Runtime<MemoryStore, Views>;

async fn recorded(store: &MemoryStore, house: &House, commit: Commit) -> Arc<Snapshot> {
    store.append(commit).await.unwrap();
    house.at_least(head(store), PATIENCE).await.unwrap()
}

fn one(world: &mut World, fact: impl Into<Fact>) -> Commit {
    let event = world.event_of(day(900), fact.into());
    Commit { events: vec![event], guards: Vec::new() }
}

/// Two persons who stand for themselves; none if all are merged into one.
fn two_apart(world: &mut World, views: &Views) -> Option<(PersonId, PersonId)> {
    let stands = |person: PersonId| views.merges.of(person.0).first().is_none_or(|row| row.merged_into.is_none());
    (0..200).map(|_| world.two()).find(|(survivor, absorbed)| stands(*survivor) && stands(*absorbed))
}

#[test]
fn merged_then_unmerged_every_view_is_as_before() {
    under_seeds(|seed| {
        let mut world = merging_world(seed, 10);
        block_on(async {
            let store = lived(&mut world, 60).await;
            let limits = tiny(&mut world.random);
            let house: House = start(&store, limits);
            for _ in 0..6 {
                let before = house.snapshot();
                let Some((survivor, absorbed)) = two_apart(&mut world, &before.views) else { break };
                let commit = one(&mut world, merge::Event::Merged { survivor, absorbed });
                let merged = recorded(&store, &house, commit).await;
                assert_eq!(merged.merges.of(absorbed.0), [Row { merged_into: Some(survivor), absorbed: Vec::new() }]);
                assert!(merged.standing.of(absorbed.0).is_empty() && merged.engagements.of(absorbed.0).is_empty());
                let both = before.engagements.of(survivor.0).len() + before.engagements.of(absorbed.0).len();
                assert_eq!(merged.engagements.of(survivor.0).len(), both);
                assert_eq!(merged.views, plain::<Views>(&store, Cut::default()), "live is not what the log says");
                assert_eq!(house.rebuild(&silent).unwrap(), merged, "rebuilt is not live while merged");
                let commit = one(&mut world, merge::Event::Unmerged { survivor, absorbed });
                let apart = recorded(&store, &house, commit).await;
                assert_eq!(apart.views, before.views, "apart again is not as before");
                assert_eq!(house.rebuild(&silent).unwrap(), apart, "rebuilt is not live");
                live_on(&store, &mut world, 3).await;
                house.at_least(head(&store), PATIENCE).await.unwrap();
            }
        });
    });
}

#[test]
fn before_between_and_after_a_merge_are_logs_that_end_there() {
    under_seeds(|seed| {
        let mut world = merging_world(seed, 6);
        let mut commits: Vec<Commit> = (0..25).map(|_| world.commit()).collect();
        let (survivor, absorbed) = world.two();
        commits.push(one(&mut world, merge::Event::Merged { survivor, absorbed }));
        commits.extend((0..4).map(|_| world.commit()));
        commits.push(one(&mut world, merge::Event::Unmerged { survivor, absorbed }));
        commits.extend((0..4).map(|_| world.commit()));
        block_on(async {
            let whole = empty_store();
            for commit in &commits {
                whole.append(commit.clone()).await.unwrap();
            }
            let house: House = start(&whole, tiny(&mut world.random));
            let then = empty_store();
            for (number, commit) in commits.iter().enumerate() {
                then.append(commit.clone()).await.unwrap();
                if number < 22 {
                    continue;
                }
                let ended = start::<Views>(&then, Limits::default()).snapshot();
                let cut = Cut { as_known_at: ended.known_at, ..Cut::default() };
                assert_eq!(house.at(cut).await.unwrap().views, ended.views, "after {} commits", number + 1);
            }
        });
    });
}

/// The file of somebody who worked in 2022, and had aid.
fn worked(world: &mut World, person: PersonId, number: u128) -> Vec<Commit> {
    let organisation = OrganisationId::new("samusocial").unwrap();
    let engagement = EngagementId(Uuid::from_u128(number));
    let place = Place { post: None, agreement: None };
    let terms = Terms {
        measure: Measure::Art60,
        organisation: organisation.clone(),
        employer: organisation.clone(),
        planned_from: day(10),
        planned_until: Some(day(200)),
        weekly_hours: None,
        kind: ContractKind::Cdd,
    };
    let facts: [(usize, Fact); 3] = [
        (1, person::Event::Registered { person, organisation }.into()),
        (5, contract::Event::Signed { person, engagement, place, terms }.into()),
        (10, contract::Event::Started { person, engagement, place }.into()),
    ];
    let commit = |(on, fact)| Commit { events: vec![world.event_of(day(on), fact)], guards: Vec::new() };
    facts.into_iter().map(commit).collect()
}

/// Distinct persons accompanied in 2022, and how many are listed.
fn counted(snapshot: &Snapshot) -> (String, usize) {
    let law = Law::default();
    let figures = Indicators::new(&snapshot.views, Scope::default(), day(500), &law);
    let year = Period::new(day(0), day(364)).unwrap();
    (figures.persons_accompanied(year, None, None).numerator.to_string(), snapshot.standing.len())
}

#[test]
fn a_person_with_two_files_counts_once_from_the_merge_on_for_all_years() {
    let mut world = World::new(3, 4);
    let (survivor, absorbed) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
    block_on(async {
        let store = empty_store();
        for commit in worked(&mut world, survivor, 11).into_iter().chain(worked(&mut world, absorbed, 12)) {
            store.append(commit).await.unwrap();
        }
        let house: House = start(&store, Limits::default());
        let before = house.snapshot();
        assert_eq!(counted(&before), ("2".to_owned(), 2));
        let commit = one(&mut world, merge::Event::Merged { survivor, absorbed });
        let merged = recorded(&store, &house, commit).await;
        assert_eq!(counted(&merged), ("1".to_owned(), 1));
        assert_eq!(merged.engagements.of(survivor.0).len(), 2);
        // The merge is of day 900; it counts for day 20 all the same, and not for who asks what was known before.
        let long_ago = Cut { as_of: Some(day(20)), ..Cut::default() };
        assert_eq!(house.at(long_ago).await.unwrap().standing.len(), 1);
        let then = Cut { as_known_at: before.known_at, ..Cut::default() };
        assert_eq!(counted(&house.at(then).await.unwrap()), ("2".to_owned(), 2));
        let commit = one(&mut world, merge::Event::Unmerged { survivor, absorbed });
        let apart = recorded(&store, &house, commit).await;
        assert_eq!(counted(&apart), ("2".to_owned(), 2));
        let while_merged = Cut { as_known_at: merged.known_at, ..Cut::default() };
        assert_eq!(counted(&house.at(while_merged).await.unwrap()), ("1".to_owned(), 1));
    });
}
