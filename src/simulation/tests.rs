//! The plan by plain arithmetic on its acts, before any command decides on them.

use super::{Plan, demonstration};
use crate::clock::brussels_day;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use uuid::Uuid;

static PLAN: LazyLock<Plan> = LazyLock::new(|| demonstration(1));

fn text<'a>(input: &'a Value, field: &str) -> &'a str {
    input[field].as_str().unwrap_or_default()
}

/// First and last day of each article 60 engagement that started, by its id, with its participant; as finally known.
fn engagements(plan: &Plan, measure: &str) -> BTreeMap<String, (String, NaiveDate, Option<NaiveDate>)> {
    let mut of_measure = BTreeSet::new();
    let (mut found, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for act in plan.acts() {
        let engagement = text(&act.input, "engagement").to_owned();
        match act.command {
            "signEngagement" if text(&act.input, "measure") == measure => drop(of_measure.insert(engagement)),
            "startEngagement" if of_measure.contains(&engagement) => {
                found.insert(engagement, (text(&act.input, "participant").to_owned(), act.on, None));
            }
            "endEngagement" => drop(ends.insert(act.key, (engagement, act.on))),
            "correctEvent" if act.input["on"].is_string() => {
                let target: Uuid = text(&act.input, "target").parse().unwrap();
                ends.entry(target).and_modify(|end| end.1 = text(&act.input, "on").parse().unwrap());
            }
            "annulEvent" => {
                let target: Uuid = text(&act.input, "target").parse().unwrap();
                let annulled = plan.acts().iter().find(|act| act.key == target).unwrap();
                found.remove(text(&annulled.input, "engagement"));
            }
            _ => {}
        }
    }
    for (engagement, last_day) in ends.into_values() {
        found.entry(engagement).and_modify(|each| each.2 = Some(last_day));
    }
    found
}

fn active_in(plan: &Plan, measure: &str, year: i32) -> BTreeSet<String> {
    let found = engagements(plan, measure).into_values();
    let active = found.filter(|(_, from, until)| from.year() <= year && until.is_none_or(|last| last.year() >= year));
    active.map(|(participant, _, _)| participant).collect()
}

#[test]
fn the_same_seed_gives_the_same_acts_and_another_seed_others() {
    assert_eq!(demonstration(1).acts(), PLAN.acts());
    assert_ne!(demonstration(2).acts()[500], PLAN.acts()[500]);
}

#[test]
fn every_seed_gives_the_published_numbers_of_people() {
    for seed in [1, 2, 77] {
        let plan = demonstration(seed);
        let counts =
            [("ART60", 2020, 114), ("ART60", 2022, 97), ("INTERN", 2022, 40), ("INTERN", 2020, 0), ("ACS", 2020, 0)];
        for (measure, year, people) in counts {
            assert_eq!(active_in(&plan, measure, year).len(), people, "{measure} {year}, seed {seed}");
        }
    }
}

#[test]
fn a_second_contract_in_a_row_is_no_second_person() {
    let contracts = engagements(&PLAN, "ART60");
    let people: BTreeSet<_> = contracts.values().map(|(participant, _, _)| participant).collect();
    assert!(contracts.len() > people.len() + 10, "{} contracts of {} people", contracts.len(), people.len());
}

#[test]
fn every_worker_fills_a_post() {
    for seed in 1..6 {
        let plan = demonstration(seed).of("samusocial");
        let full_time = plan.acts().iter().filter(|act| {
            act.command == "signEngagement" && act.input["measure"] == "ART60" && act.input["weeklyHours"] == "38"
        });
        let without = full_time.filter(|act| act.input["post"].is_null()).count();
        // The one that was somebody else's has none.
        assert_eq!(without, 1, "seed {seed}");
        let moved = plan.acts().iter().filter(|act| act.command == "changeWorkplace").count();
        assert!(moved > 2, "{moved} moved, seed {seed}");
    }
}

#[test]
fn the_training_hours_of_2022_add_up() {
    let attended = PLAN.acts().iter().filter(|act| act.command == "recordAttendance" && act.on.year() == 2022);
    let hours: f64 = attended.map(|act| text(&act.input, "hours").parse::<f64>().unwrap()).sum();
    assert!((hours - 2408.0).abs() < 1e-9, "{hours}");
}

#[test]
fn the_penalty_hours_of_2022_add_up() {
    let performed = PLAN.acts().iter().filter(|act| act.command == "performPenaltyHours" && act.on.year() == 2022);
    assert_eq!(performed.map(|act| text(&act.input, "hours").parse::<u32>().unwrap()).sum::<u32>(), 400);
}

#[test]
fn acts_stand_in_order_of_recording_after_they_happened_with_keys_of_their_own() {
    for plan in [&*PLAN, &PLAN.reordered(5)] {
        assert!(plan.acts().is_sorted_by_key(|act| act.recorded_at));
        assert!(plan.acts().iter().all(|act| act.on <= brussels_day(act.recorded_at)));
        let keys: BTreeSet<Uuid> = plan.acts().iter().map(|act| act.key).collect();
        assert_eq!(keys.len(), plan.acts().len());
    }
}

#[test]
fn most_acts_are_recorded_within_ten_days_and_some_after_months() {
    let delays = || {
        let recorded = PLAN.acts().iter().filter(|act| act.source == "ui" && act.organisation == "samusocial");
        recorded.map(|act| (brussels_day(act.recorded_at) - act.on).num_days())
    };
    let (all, soon, late) =
        (delays().count(), delays().filter(|days| *days <= 12).count(), delays().filter(|days| *days > 60).count());
    assert!(soon * 10 > all * 7 && late > 20, "{soon} of {all} soon, {late} late");
}

#[test]
fn another_order_keeps_the_acts_and_moves_them() {
    let other = PLAN.reordered(5);
    let order = |plan: &Plan| plan.acts().iter().map(|act| act.key).collect::<Vec<_>>();
    let (mut one, mut two) = (order(&PLAN), order(&other));
    assert_ne!(one, two);
    one.sort_unstable();
    two.sort_unstable();
    assert_eq!(one, two);
}

#[test]
fn a_mistake_adds_a_person_who_is_annulled_and_moves_nothing_else() {
    let other = PLAN.with_mistake();
    assert!(other.acts().len() > PLAN.acts().len());
    assert_eq!(active_in(&other, "ART60", 2022), active_in(&PLAN, "ART60", 2022));
}

#[test]
fn molenbeek_has_more_than_five_thousand_files() {
    let granted = PLAN.acts().iter().filter(|act| act.command == "grantAid" && act.organisation == "cpas-molenbeek");
    let people: BTreeSet<&str> = granted.map(|act| text(&act.input, "participant")).collect();
    assert!((6_500..9_000).contains(&people.len()), "{} people, {} acts in all", people.len(), PLAN.acts().len());
}
