//! What holds of every world, tried on random ones. A failure names the seed that reproduces it.

use super::figure::whole;
use super::period::later;
use super::world::{World, at, period, post};
use super::{Exact, Indicators, Period};
use crate::cells::{Open, Row, Stay};
use crate::engagements::Placement;
use crate::past::day;
use chrono::NaiveDate;
use domain::codes::{Cell, CodeList, Measure};
use domain::ids::{EngagementId, PathwayId};
use std::collections::BTreeSet;

/// How many worlds are tried.
const WORLDS: u64 = 300;

/// Random numbers that a seed decides (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % limit
    }

    fn day(&mut self) -> NaiveDate {
        later(day("2020-01-01"), self.below(120))
    }

    /// One time in so many.
    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// The period that every world is asked about.
fn asked() -> Period {
    period("2020-02-01", "2020-03-15")
}

fn each_world(check: impl Fn(&mut Dice, World)) {
    for seed in 1..=WORLDS {
        println!("seed {seed}");
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let world = world(&mut dice);
        check(&mut dice, world);
    }
}

fn world(dice: &mut Dice) -> World {
    let mut world = World::default();
    for number in 1..=3 {
        let opened = dice.day();
        let row = world.post(number, "2020-01-01", None);
        row.opened_on = opened;
        row.closed_on = dice.one_in(2).then(|| later(opened, dice.below(100)));
        for _ in 0..dice.below(3) {
            let from = dice.day();
            row.frozen.push((from, (!dice.one_in(4)).then(|| later(from, dice.below(30)))));
        }
    }
    for _ in 0..dice.below(12) {
        engage(dice, &mut world);
    }
    for who in 0..dice.below(6) {
        file(dice, &mut world, u128::from(who));
    }
    world
}

fn engage(dice: &mut Dice, world: &mut World) {
    let who = u128::from(dice.below(4));
    let row = world.engaged(who, "2020-01-01", None);
    let start = dice.day();
    row.start = Some(start);
    row.last_day = (!dice.one_in(4)).then(|| later(start, dice.below(60)));
    row.measure = if dice.one_in(3) { Measure::Acs } else { Measure::Art60 };
    row.organisation = at(if dice.one_in(3) { "other-host" } else { "samusocial" });
    let post = dice.one_in(2).then(|| post(1 + u128::from(dice.below(3))));
    row.placements = vec![Placement { from: start, until: row.last_day, post, agreement: None }];
}

fn file(dice: &mut Dice, world: &mut World, who: u128) {
    let pathway = PathwayId(world.id());
    let from = dice.day();
    let mut stays: Vec<Stay> = Vec::new();
    let mut next = from;
    for _ in 0..1 + dice.below(4) {
        let cell = (!dice.one_in(4)).then(|| Cell::all()[usize::try_from(dice.below(7)).unwrap()]);
        let left_on = later(next, 1 + dice.below(30));
        stays.push(Stay { cell, from: next, left_on: Some(left_on) });
        next = left_on;
    }
    if dice.one_in(2) {
        stays.last_mut().unwrap().left_on = None;
    }
    let closed = stays.last().unwrap().left_on.map(|on| (on, domain::pathway::Outcome::Other));
    let row = Row { pathway, organisation: at("cpas"), open: vec![Open { from, closed }], stays };
    world.cells.push((super::world::person(who), row));
}

/// Every figure of the engagements and posts.
fn told(figures: &Indicators<'_, World>) -> Vec<Exact> {
    let occupancy = figures.occupancy(asked());
    let stock = figures.posts(asked().to());
    let all = [
        figures.persons_accompanied(asked(), None, None),
        figures.persons_contract_ended(asked()),
        figures.continuing(asked()),
        occupancy.day_weighted,
        occupancy.posts,
        occupancy.posts_at_end,
        stock.open,
        stock.filled,
    ];
    all.iter().map(|figure| figure.numerator).collect()
}

#[test]
fn who_is_accompanied_either_ended_or_continues() {
    each_world(|_, world| {
        for figures in [world.figures(), world.figures_of("samusocial"), world.figures_of("other-host")] {
            let told = told(&figures);
            assert_eq!(told[0], told[1] + told[2]);
        }
    });
}

#[test]
fn the_order_of_rows_changes_no_figure() {
    each_world(|dice, mut world| {
        let before = told(&world.figures_of("samusocial"));
        for index in (1..world.engagements.len()).rev() {
            world.engagements.swap(index, usize::try_from(dice.below(index as u64 + 1)).unwrap());
        }
        assert_eq!(told(&world.figures_of("samusocial")), before);
    });
}

#[test]
fn an_engagement_split_in_two_without_gap_changes_no_figure() {
    each_world(|dice, mut world| {
        let before = told(&world.figures_of("samusocial"));
        for index in 0..world.engagements.len() {
            let (person, mut second) = world.engagements[index].clone();
            let first = &mut world.engagements[index].1;
            let cut = later(first.start.unwrap(), dice.below(20));
            if first.last_day.is_some_and(|last| last <= cut) {
                continue;
            }
            first.last_day = Some(cut);
            first.placements[0].until = Some(cut);
            second.start = cut.succ_opt();
            second.placements[0].from = cut.succ_opt().unwrap();
            second.engagement = EngagementId(uuid::Uuid::from_u128(1000 + index as u128));
            world.engagements.push((person, second));
        }
        assert_eq!(told(&world.figures_of("samusocial")), before);
    });
}

#[test]
fn day_weighted_occupancy_is_the_count_of_each_day() {
    each_world(|_, world| {
        let (mut open, mut filled, mut posts) = (0, 0, BTreeSet::new());
        for day in asked().each_day() {
            for row in world.posts.iter().filter(|row| row.open_on(day)) {
                open += 1;
                posts.insert(row.post);
                let active = world.engagements.iter().filter(|(_, engagement)| engagement.active_on(day));
                filled += usize::from(
                    active.into_iter().any(|(_, engagement)| engagement.placements[0].post == Some(row.post)),
                );
            }
        }
        let told = world.figures().occupancy(asked());
        assert_eq!(told.day_weighted.numerator, whole(filled));
        assert_eq!(told.day_weighted.denominator, Some(whole(open)));
        assert_eq!(told.posts.numerator, whole(posts.len()));
        assert!(told.day_weighted.value().is_none_or(|value| whole(0) <= value && value <= whole(1)));
        let last = world.figures().point_in_time(asked().to());
        let one_day = world.figures().occupancy(Period::day(asked().to())).day_weighted;
        assert_eq!((last.numerator, last.denominator), (one_day.numerator, one_day.denominator));
    });
}

#[test]
fn the_cells_add_up_and_the_flow_explains_the_stock() {
    each_world(|_, world| {
        let figures = world.figures();
        let (before, after) = (figures.stock_per_cell(asked().from()), figures.stock_per_cell(asked().to()));
        let flow = figures.flow_per_cell(asked());
        for (index, (_, count)) in after.cells.iter().enumerate() {
            let of_cell = flow.cells[index].1;
            assert_eq!((of_cell.before, of_cell.after), (before.cells[index].1, *count));
            assert_eq!(of_cell.after + of_cell.left, of_cell.before + of_cell.entered);
        }
        let sum = after.cells.iter().map(|(_, count)| count).sum::<u64>();
        assert_eq!(Exact::from_integer(sum.into()), after.total.numerator);
        assert_eq!((flow.total.after, flow.unknown), (sum, after.total.unknown));
        assert_eq!(flow.total.after + flow.total.left, flow.total.before + flow.total.entered);
        let open = world.cells.iter().filter(|(_, row)| row.open.iter().any(|open| open.covers(asked().to()))).count();
        assert_eq!(sum + after.total.unknown, open as u64);
    });
}

#[test]
fn what_is_known_up_to_today_is_the_whole_less_the_future() {
    each_world(|_, world| {
        let today = day("2020-02-20");
        let whole = Indicators { today, ..world.figures() };
        let past = asked().past(today).unwrap();
        for figure in [Indicators::persons_contract_ended, |figures: &Indicators<'_, World>, period| {
            figures.occupancy(period).day_weighted
        }] {
            let told = figure(&whole, asked());
            assert_eq!(told.numerator - told.future, figure(&whole, past).numerator);
        }
    });
}
