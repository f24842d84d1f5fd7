//! What holds of the views and figures of every history.

use super::super::synthetic::Random;
use super::super::{PATIENCE, empty_store};
use super::player::draws;
use super::{BTreeMap, Kind, Player, Tally, block_on, head, plain, start, tiny};
use crate::Views;
use crate::indicators::{Exact, Indicators, Period, Scope};
use crate::merges::Row;
use crate::runtime::{Runtime, silent};
use crate::translate::{read_history, stream_of};
use chrono::NaiveDate;
use domain::codes::Cell;
use domain::command::Command;
use domain::fact::{Fact, StreamKind};
use domain::history::{Cut, History};
use domain::ids::{PathwayId, PersonId};
use domain::law::Law;
use domain::pathway;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use store::{EventStore, MemoryStore};

/// Histories played when nothing else is asked for.
const HISTORIES: u64 = 12;

/// Commands given in one history.
const COMMANDS: usize = 320;

/// How often each command must have been accepted in [`HISTORIES`] histories, or they mean nothing for it.
///
/// Once: a rule that changes anywhere changes all that is drawn after it, and these are few histories.
const ACCEPTED_MIN: usize = 1;

pub fn seeds() -> Vec<u64> {
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    match given("TRAJET_SEED") {
        Some(seed) => vec![seed],
        None => (1..=given("TRAJET_HISTORIES").unwrap_or(HISTORIES)).collect(),
    }
}

/// The histories of a kind, played once for all tests, with their seeds.
pub fn played(kind: Kind) -> &'static [(u64, Player)] {
    static WHOLE: LazyLock<Vec<(u64, Player)>> = LazyLock::new(|| play_all(Kind::Whole));
    static UNANSWERED: LazyLock<Vec<(u64, Player)>> = LazyLock::new(|| play_all(Kind::Unanswered));
    match kind {
        Kind::Whole => &WHOLE,
        Kind::Unanswered => &UNANSWERED,
    }
}

fn play_all(kind: Kind) -> Vec<(u64, Player)> {
    let played = |seed| {
        println!("TRAJET_SEED={seed} {kind:?}");
        let mut player = Player::new(seed, kind);
        block_on(async {
            player.open().await;
            player.play(COMMANDS).await;
        });
        (seed, player)
    };
    seeds().into_iter().map(played).collect()
}

/// Every history of one kind of stream, as it counts.
pub fn histories(store: &MemoryStore, kind: StreamKind) -> Vec<History> {
    let history = |stream| read_history(store, stream_of(stream).unwrap(), Cut::default()).unwrap().0;
    store.streams(kind as u8).into_iter().map(history).collect()
}

fn tallies(players: &[(u64, Player)]) -> BTreeMap<&'static str, Tally> {
    let mut all: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for (name, tally) in players.iter().flat_map(|(_, player)| &player.tallies) {
        let sum = all.entry(name).or_default();
        sum.accepted += tally.accepted;
        for (rule, count) in &tally.refused {
            *sum.refused.entry(rule).or_default() += count;
        }
    }
    all
}

#[test]
fn every_command_is_drawn_and_accepted() {
    let drawn: BTreeSet<&str> = draws().map(|draw| draw.name).chain(["correctEvent", "annulEvent"]).collect();
    assert_eq!(drawn, Command::names().into_iter().collect(), "a command is never drawn");
    let players = played(Kind::Whole);
    let tallies = tallies(players);
    for (name, tally) in &tallies {
        println!("{:4} {name}, refused {:?}", tally.accepted, tally.refused);
    }
    if players.len() as u64 >= HISTORIES {
        let rare: Vec<_> = drawn
            .iter()
            .map(|name| (*name, tallies.get(name).map_or(0, |tally| tally.accepted)))
            .filter(|(_, accepted)| *accepted < ACCEPTED_MIN)
            .collect();
        assert!(rare.is_empty(), "accepted too seldom to prove anything: {rare:?}");
        let restored: usize = players.iter().map(|(_, player)| player.restored).sum();
        assert!(restored >= ACCEPTED_MIN, "annulments annulled: {restored}");
    }
}

#[test]
fn every_view_kept_up_with_the_commands_is_what_a_rebuild_says() {
    for (seed, player) in played(Kind::Whole) {
        println!("TRAJET_SEED={seed}");
        let store = empty_store();
        let mut random = Random(*seed);
        block_on(async {
            let house: Runtime<MemoryStore, Views> = start(&store, tiny(&mut random));
            let commits = player.commits();
            for part in commits.chunks(commits.len().div_ceil(3)) {
                for commit in part {
                    store.append(commit.clone()).await.unwrap();
                }
                let live = house.at_least(head(&store), PATIENCE).await.unwrap();
                assert_eq!(live.views, plain::<Views>(&store, Cut::default()), "seed {seed}: not what the log says");
                assert_eq!(house.rebuild(&silent).unwrap(), live, "seed {seed}: rebuilt is not live");
            }
        });
    }
}

/// A day between the first of the house and some time after the last.
fn some_day(random: &mut Random) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    super::dealer::some_days(random, first, (0, 1_200))
}

#[test]
fn the_stock_of_a_cell_is_the_stock_before_plus_in_less_out() {
    let law = Law::default();
    let mut moved = 0;
    for (seed, player) in played(Kind::Whole) {
        let views = plain::<Views>(&player.store, Cut::default());
        let figures = Indicators::new(&views, Scope::default(), player.today(), &law);
        let mut random = Random(*seed);
        for _ in 0..30 {
            let (one, other) = (some_day(&mut random), some_day(&mut random));
            let (from, to) = (one.min(other), one.max(other));
            let flow = figures.flow_per_cell(Period::new(from, to).unwrap());
            let stocks = figures.stocks_per_cell(&[from, to]);
            for (index, (cell, flow)) in flow.cells.iter().enumerate() {
                assert_eq!(flow.before + flow.entered - flow.left, flow.after, "seed {seed}: {cell:?}, {from} to {to}");
                let counted = (stocks[0].cells[index].1, stocks[1].cells[index].1);
                assert_eq!((flow.before, flow.after), counted, "seed {seed}: {cell:?}, {from} to {to}");
                moved += flow.entered;
            }
            let total = flow.total;
            assert_eq!(total.before + total.entered - total.left, total.after, "seed {seed}: {from} to {to}");
            let counted = [0, 1].map(|index: usize| stocks[index].total.numerator);
            assert_eq!([total.before, total.after].map(|count| Exact::from_integer(count.into())), counted);
        }
    }
    assert!(moved > 100, "too few entries to prove anything: {moved}");
}

/// The cell of each open file on a day, by the last entry that says something of it: no fold of the house is used.
fn told_by_entries(history: &History, on: NaiveDate) -> BTreeMap<PathwayId, Option<Cell>> {
    let mut files = BTreeMap::new();
    let mut events = Vec::new();
    for entry in history.entries().filter(|entry| entry.on <= on) {
        if let Fact::Pathway(event) = entry.fact {
            events.push((entry.on, event));
        }
    }
    // Closed on the day on which it was opened, it was open on no day: of that day the opening comes first.
    events.sort_by_key(|(on, event)| (*on, !matches!(event, pathway::Event::Opened { .. })));
    for (_, event) in events {
        match event {
            pathway::Event::Opened { pathway, .. } | pathway::Event::Reopened { pathway, .. } => {
                files.insert(*pathway, None);
            }
            pathway::Event::CellEntered { pathway, cell, .. } => {
                files.insert(*pathway, Some(*cell));
            }
            // Leaving another cell than the one where the file is, by a late entry, changes nothing.
            pathway::Event::CellLeft { pathway, cell, .. } => {
                files.entry(*pathway).and_modify(|now| *now = now.filter(|now| now != cell));
            }
            pathway::Event::Closed { pathway, .. } => {
                files.remove(pathway);
            }
            pathway::Event::MemberAssigned { .. }
            | pathway::Event::MemberReleased { .. }
            | pathway::Event::ReadinessJudged { .. }
            | pathway::Event::Suspended { .. }
            | pathway::Event::Resumed { .. } => {}
        }
    }
    files
}

#[test]
fn every_file_is_in_one_cell_at_most_and_the_cells_add_up_to_the_stock() {
    let law = Law::default();
    let mut counted = 0;
    for (kind, (seed, player)) in [Kind::Whole, Kind::Unanswered]
        .into_iter()
        .flat_map(|kind| played(kind).iter().map(move |played| (kind, played)))
    {
        let views = plain::<Views>(&player.store, Cut::default());
        let figures = Indicators::new(&views, Scope::default(), player.today(), &law);
        let persons = histories(&player.store, StreamKind::Person);
        let mut random = Random(!seed);
        for on in (0..20).map(|_| some_day(&mut random)) {
            let stock = figures.stock_per_cell(on);
            let rows = || views.cells.rows();
            assert!(
                rows().all(|row| row.stays.iter().filter(|stay| stay.covers(on)).count() <= 1),
                "seed {seed}: {on}"
            );
            let in_cells = rows().filter(|row| row.stay_on(on).is_some_and(|stay| stay.cell.is_some())).count();
            let sum: u64 = stock.cells.iter().map(|(_, count)| count).sum();
            assert_eq!(sum, in_cells as u64, "seed {seed}: {on}");
            assert_eq!(stock.total.numerator, Exact::from_integer(sum.into()), "seed {seed}: {on}");
            let states = persons.iter().map(pathway::State::of).collect::<Vec<_>>();
            let files = || states.iter().flat_map(|state| state.pathways.values());
            let in_state = files().filter(|file| file.open_on(on) && file.cell_on(on).is_some()).count();
            assert_eq!(sum, in_state as u64, "seed {seed}: {on}");
            counted += sum;
            // A corrected history may enter a cell before its pathway is open: the entries alone do not tell then.
            if kind == Kind::Unanswered {
                let told: Vec<_> = persons.iter().flat_map(|history| told_by_entries(history, on)).collect();
                let each = |cell: Cell| told.iter().filter(|(_, now)| *now == Some(cell)).count() as u64;
                assert!(
                    stock.cells.iter().all(|(cell, count)| *count == each(*cell)),
                    "seed {seed}: {on}, {stock:?}, {told:?}"
                );
                let none = told.iter().filter(|(_, now)| now.is_none()).count() as u64;
                assert_eq!(stock.total.unknown, none, "seed {seed}: {on}");
            }
        }
    }
    assert!(counted > 100, "too few files to prove anything: {counted}");
}

/// Two people whose files stand for themselves.
fn two_apart(player: &mut Player, views: &Views) -> Option<(PersonId, PersonId)> {
    let stands = |row: &&Row| row.merged_into.is_none();
    let mut persons: Vec<PersonId> = views.standing.iter().map(|(person, _)| PersonId(person)).collect();
    persons.retain(|person| views.merges.of(person.0).first().as_ref().is_none_or(stands));
    player.random.shuffle(&mut persons);
    persons.first().copied().zip(persons.get(1).copied())
}

#[test]
fn merged_then_unmerged_by_command_every_view_is_as_before() {
    let mut tried = 0;
    for (seed, player) in played(Kind::Whole) {
        println!("TRAJET_SEED={seed}");
        block_on(async {
            let mut player = player.twin(!seed).await;
            let limits = tiny(&mut player.random);
            let house: Runtime<MemoryStore, Views> = start(&player.store, limits);
            for _ in 0..2 {
                let before = house.at_least(head(&player.store), PATIENCE).await.unwrap();
                let Some((survivor, absorbed)) = two_apart(&mut player, &before.views) else { break };
                let files = json!({"survivor": survivor, "absorbed": absorbed, "on": player.today()});
                let input = files.as_object().unwrap();
                if !player.give("mergeParticipants", input.clone()).await {
                    continue;
                }
                let merged = house.at_least(head(&player.store), PATIENCE).await.unwrap();
                assert_eq!(merged.merges.of(absorbed.0)[0].merged_into, Some(survivor), "seed {seed}");
                assert_eq!(merged.views, plain::<Views>(&player.store, Cut::default()), "seed {seed}");
                assert!(player.give("unmergeParticipants", input.clone()).await, "seed {seed}");
                let apart = house.at_least(head(&player.store), PATIENCE).await.unwrap();
                assert_eq!(apart.views, before.views, "seed {seed}: apart again is not as before");
                tried += 1;
                player.play(20).await;
            }
        });
    }
    assert!(tried > seeds().len() / 2, "too few merges to prove anything: {tried}");
}
