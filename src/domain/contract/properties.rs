//! What holds after any sequence of allowed commands; each failure names its seed.
//!
//! Commands are drawn over few persons, posts, agreements and days, so that they get in each other's way;
//! those that are refused record nothing.

use super::occupancy::Span;
use super::{Engagement, Event, State};
use crate::fact::{Fact, Stream};
use crate::history::{Cut, History, Known};
use crate::hours::Hours;
use crate::ids::{AgreementId, EngagementId, OrganisationId, PersonId, PostId};
use crate::scenario::{Scenario, judicial_file};
use crate::{agreement, course, hiring, offboarding, organisation, penalty, person, post, training};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const SEEDS: u64 = 30;
const COMMANDS: usize = 110;
const PERSONS: u64 = 3;
const POSTS: u64 = 2;
const ENGAGEMENTS: u64 = 12;
const PENALTIES: u64 = 2;
const YEAR_DAYS: u64 = 240;

/// SplitMix64: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn id(&mut self, kind: u64, count: u64) -> Uuid {
        uuid(kind, 1 + self.below(count))
    }

    fn day(&mut self) -> NaiveDate {
        first_day() + Days::new(self.below(YEAR_DAYS))
    }

    fn later(&mut self, day: NaiveDate) -> NaiveDate {
        day + Days::new(self.below(40))
    }
}

fn uuid(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(kind, number)
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap()
}

fn house() -> Scenario {
    let mut scenario = Scenario::new();
    for number in 1..=PERSONS {
        let organisation = OrganisationId::new("samusocial").unwrap();
        let event = person::Event::Registered { person: PersonId(uuid(1, number)), organisation };
        scenario = scenario.given(first_day(), event);
    }
    for number in 1..=POSTS {
        let open = json!({"post": uuid(2, number), "on": first_day(), "organisation": "samusocial", "measure": "ART60",
            "function": "x"});
        scenario = scenario.given_command("openPost", open);
    }
    let agreement = json!({"agreement": uuid(3, 1), "on": first_day(), "organisation": "samusocial",
        "partner": "cpas-bruxelles", "measure": "ART60", "from": first_day(), "quota": 3});
    scenario.given_command("signAgreement", agreement)
}

/// An engagement that is signed, with a day near to what was agreed, so that what follows is mostly allowed.
fn standing(dice: &mut Dice, scenario: &Scenario) -> Option<(Uuid, NaiveDate)> {
    let mut signed = engagements(scenario);
    signed.retain(|(_, each)| each.last_day.is_none() && each.cancelled_on.is_none());
    let index = usize::try_from(dice.below(signed.len().max(1) as u64)).unwrap();
    let (id, each) = signed.get(index)?;
    let day = each.started_on.or(each.terms.as_ref().map(|terms| terms.planned_from))?;
    Some((id.0, day + Days::new(dice.below(if each.started_on.is_some() { 50 } else { 5 }))))
}

fn drawn(dice: &mut Dice, scenario: &Scenario) -> (&'static str, Value) {
    let kind = dice.below(18);
    let person = dice.id(1, PERSONS);
    let anything = (dice.id(4, ENGAGEMENTS), dice.day());
    let (engagement, on) = match standing(dice, scenario) {
        Some(standing) if (4..=10).contains(&kind) || (14..=17).contains(&kind) => standing,
        _ => anything,
    };
    // Each engagement belongs to one person, whatever else is drawn.
    let owner = uuid(1, 1 + u64::try_from(engagement.as_u128() % u128::from(PERSONS)).unwrap());
    let until = dice.later(on);
    let of = |more: Value| {
        let mut input = json!({"participant": owner, "engagement": engagement, "on": on});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let penalty = json!({"participant": person, "penalty": dice.id(5, PENALTIES), "on": on});
    let penalised = |more: Value| {
        let mut input = penalty.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    match kind {
        0..=3 => {
            let hours = ["38", "35", "34.5", "19"][usize::try_from(dice.below(4)).unwrap()];
            let ends = dice.below(8) > 0;
            let placed = dice.below(5) > 0;
            let terms = json!({"measure": "ART60", "organisation": "samusocial", "employer": "cpas-bruxelles",
                "plannedFrom": on, "plannedUntil": ends.then_some(until), "weeklyHours": hours, "kind": "CDD",
                "post": placed.then(|| dice.id(2, POSTS)), "agreement": (dice.below(2) > 0).then(|| uuid(3, 1))});
            ("signEngagement", of(terms))
        }
        4..=6 => ("startEngagement", of(json!({}))),
        7 => ("extendEngagement", of(json!({"plannedUntil": until}))),
        8 => ("changeWorkplace", of(json!({"post": dice.id(2, POSTS)}))),
        9 => ("endEngagement", of(json!({"cause": "TERM"}))),
        10 => ("cancelEngagement", of(json!({"cause": "OTHER"}))),
        11 => {
            let assignment = json!({"organisation": "samusocial", "hoursOrdered": 20 + dice.below(20), "finalOn": on});
            ("assignPenalty", penalised(assignment))
        }
        12 => ("performPenaltyHours", penalised(json!({"hours": 1 + dice.below(15)}))),
        13 => ("completePenalty", penalised(json!({}))),
        14 => {
            let hours = ["38", "34.5"][usize::try_from(dice.below(2)).unwrap()];
            ("amendEngagement", of(json!({"weeklyHours": hours})))
        }
        15 => {
            let kind = ["CDD", "PLACEMENT"][usize::try_from(dice.below(2)).unwrap()];
            ("amendEngagement", of(json!({"kind": kind})))
        }
        _ => ("replanEngagement", of(json!({"plannedUntil": until, "reason": "AGREED"}))),
    }
}

/// What is left after random commands, each given on a later day than the one before.
fn played(seed: u64) -> (Scenario, usize) {
    let mut dice = Dice(seed);
    let (mut scenario, mut allowed) = (house(), 0);
    for turn in 0..COMMANDS {
        let today = first_day() + Days::new(2 * turn as u64);
        let (name, input) = drawn(&mut dice, &scenario);
        let (next, answer) = scenario.today(today).tried(name, input);
        scenario = next;
        allowed += usize::from(answer.is_ok());
    }
    (scenario, allowed)
}

/// What an answer to any record asks: to annul it, which restores what was annulled, or to say something else.
fn answer(dice: &mut Dice, scenario: &Scenario) -> (&'static str, Value) {
    let is_judged = |record: &&Known| matches!(record.fact, Fact::Contract(_) | Fact::Penalty(_) | Fact::Correction(_));
    let records: Vec<&Known> = scenario.records().iter().filter(is_judged).collect();
    let Some(record) = records.get(usize::try_from(dice.below(records.len().max(1) as u64)).unwrap()) else {
        return drawn(dice, scenario);
    };
    let mut input = json!({"stream": record.about[0].stream, "target": record.id, "reason": "TYPING_ERROR"});
    let on = dice.day();
    let changes = match &record.fact {
        Fact::Contract(Event::Signed { .. }) => {
            let hours = ["38", "19"][usize::try_from(dice.below(2)).unwrap()];
            let mut terms = json!({"weeklyHours": hours});
            if dice.below(3) == 0 {
                terms = json!({"plannedFrom": on, "plannedUntil": dice.later(on), "weeklyHours": hours});
            }
            json!({"terms": terms})
        }
        Fact::Contract(Event::Amended { .. }) => json!({"weeklyHours": "38", "kind": "CDD"}),
        Fact::Contract(Event::Extended { .. } | Event::Replanned { .. }) => json!({"plannedUntil": dice.later(on)}),
        Fact::Penalty(penalty::Event::HoursPerformed { .. }) => json!({"hours": 1 + dice.below(15)}),
        Fact::Penalty(penalty::Event::Assigned { .. }) => json!({"hoursOrdered": 20 + dice.below(20)}),
        _ => json!({}),
    };
    if dice.below(3) == 0 || matches!(record.fact, Fact::Correction(_)) {
        return ("annulEvent", input);
    }
    input["changes"] = changes;
    if dice.below(2) == 0 {
        input["on"] = json!(record.effective_on + Days::new(dice.below(30)) - Days::new(15));
    }
    ("correctEvent", input)
}

/// Work at no post and hours of a penalty, so that little else is refused than what full-time work and orders forbid.
fn crowded(dice: &mut Dice, scenario: &Scenario) -> (&'static str, Value) {
    let number = 1 + dice.below(PERSONS);
    let person = uuid(1, number);
    let mut input = json!({"participant": person, "penalty": uuid(5, number), "on": first_day()});
    let mut with = |more: Value| {
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input.clone()
    };
    match dice.below(8) {
        0 => {
            let hours = 20 + dice.below(20);
            (
                "assignPenalty",
                with(json!({"organisation": "samusocial", "hoursOrdered": hours, "finalOn": first_day()})),
            )
        }
        1 => ("performPenaltyHours", with(json!({"hours": 1 + dice.below(15), "on": dice.day()}))),
        2..=4 => {
            let (on, engagement) = (dice.day(), uuid(4, number + PERSONS * dice.below(ENGAGEMENTS)));
            let until = dice.later(on);
            let terms = json!({"participant": person, "engagement": engagement, "on": on, "measure": "ART60",
                "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": on, "plannedUntil": until,
                "weeklyHours": "38", "kind": "CDD"});
            ("signEngagement", terms)
        }
        _ => match standing(dice, scenario) {
            Some((id, on)) => {
                let owner = uuid(1, 1 + (id.as_u64_pair().1 - 1) % PERSONS);
                let name = if dice.below(4) == 0 { "endEngagement" } else { "startEngagement" };
                let mut input = json!({"participant": owner, "engagement": id, "on": on});
                if name == "endEngagement" {
                    input["cause"] = json!("TERM");
                }
                (name, input)
            }
            None => drawn(dice, scenario),
        },
    }
}

/// What is left when mistakes are answered all along; how many answers were taken, and which rules refused others.
fn answered(seed: u64) -> (Scenario, BTreeMap<&'static str, usize>) {
    let mut dice = Dice(seed);
    let (mut scenario, mut told) = (house(), BTreeMap::new());
    for turn in 0..2 * COMMANDS {
        let today = first_day() + Days::new(turn as u64);
        let (name, input) = match dice.below(8) {
            0..=2 => answer(&mut dice, &scenario),
            3 => drawn(&mut dice, &scenario),
            _ => crowded(&mut dice, &scenario),
        };
        let (next, outcome) = scenario.today(today).tried(name, input);
        scenario = next;
        if ["annulEvent", "correctEvent"].contains(&name) {
            *told.entry(outcome.err().map_or("ALLOWED", |refusal| refusal.rule)).or_default() += 1;
        }
    }
    (scenario, told)
}

/// The sequences of answers mean nothing for what they never meet.
#[test]
fn answers_are_taken_and_refused_for_what_they_would_break() {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        for (rule, count) in answered(seed).1 {
            *told.entry(rule).or_default() += count;
        }
    }
    let met = |rule: &str| told.get(rule).copied().unwrap_or_default();
    assert!(met("ALLOWED") > 500, "{told:?}");
    assert!(met("OVERLAPS_FULL_TIME") > 20 && met("PENALTY_HOURS_EXCEEDED") > 5, "{told:?}");
}

/// The days on which an engagement that began is worked, or planned to be while no end is recorded.
fn worked(engagement: &Engagement) -> Vec<(Option<PostId>, Span)> {
    let until = |end: Option<NaiveDate>, from| end.or(engagement.planned_until.filter(|planned| *planned >= from));
    engagement
        .placements
        .iter()
        .map(|each| (each.post, Span { from: each.from, until: until(each.until_inclusive, each.from) }))
        .collect()
}

/// The days on which it is worked, or planned to be, under full-time terms.
fn worked_full_time(engagement: &Engagement) -> Vec<Span> {
    let phases = engagement.full_time();
    let worked = worked(engagement).into_iter();
    worked.flat_map(|(_, span)| phases.iter().filter_map(move |phase| phase.shared(span)).collect::<Vec<_>>()).collect()
}

fn engagements(scenario: &Scenario) -> Vec<(EngagementId, Engagement)> {
    (1..=PERSONS)
        .flat_map(|number| State::of(&scenario.history(PersonId(uuid(1, number)), Cut::default())).engagements)
        .collect()
}

#[test]
fn no_post_is_held_twice_on_any_day() {
    let mut pairs = 0;
    for seed in 0..SEEDS {
        let (scenario, _) = played(seed);
        let held: Vec<_> = engagements(&scenario)
            .iter()
            .flat_map(|(id, engagement)| worked(engagement).into_iter().map(|(post, span)| (*id, post, span)))
            .filter(|(_, post, _)| post.is_some())
            .collect();
        for (index, (id, post, span)) in held.iter().enumerate() {
            for (other, _, other_span) in held[index + 1..].iter().filter(|(other, at, _)| at == post && other != id) {
                pairs += 1;
                let shared = span.first_shared_day(*other_span);
                assert_eq!(shared, None, "seed {seed}: {id} and {other} at {post:?}");
            }
        }
    }
    assert!(pairs > 20, "too few meetings to prove anything: {pairs}");
}

/// No two full-time engagements of a person share a day; returns how many were compared.
fn full_time_once(scenario: &Scenario, told: &str) -> usize {
    let mut pairs = 0;
    for number in 1..=PERSONS {
        let state = State::of(&scenario.history(PersonId(uuid(1, number)), Cut::default()));
        let full: Vec<_> = state.engagements.iter().map(|(id, each)| (id, worked_full_time(each))).collect();
        for (index, (id, one)) in full.iter().enumerate() {
            for (other, two) in full[index + 1..].iter().filter(|(_, two)| !two.is_empty()) {
                for span in one {
                    pairs += 1;
                    let shared = two.iter().find_map(|other| span.first_shared_day(*other));
                    assert_eq!(shared, None, "{told}: {id} and {other}");
                }
            }
        }
    }
    pairs
}

#[test]
fn nobody_works_full_time_twice_on_any_day() {
    let pairs: usize = (0..2 * SEEDS).map(|seed| full_time_once(&played(seed).0, &format!("seed {seed}"))).sum();
    assert!(pairs > 20, "too few meetings to prove anything: {pairs}");
}

#[test]
fn nobody_works_full_time_twice_whatever_is_corrected_annulled_and_restored() {
    let pairs: usize = (0..4 * SEEDS).map(|seed| full_time_once(&answered(seed).0, &format!("seed {seed}"))).sum();
    assert!(pairs > 200, "too few meetings to prove anything: {pairs}");
}

#[test]
fn penalty_hours_never_exceed_the_order_whatever_is_corrected_annulled_and_restored() {
    let mut performed = Hours::default();
    for seed in 0..4 * SEEDS {
        let (scenario, _) = answered(seed);
        for number in 1..=PERSONS {
            let file = judicial_file(&uuid(1, number).to_string());
            for (id, each) in penalty::State::of(&scenario.history(file, Cut::default())).penalties {
                let Some(assigned) = &each.assigned else { continue };
                assert!(each.hours() <= assigned.ordered, "seed {seed}: {id}");
                performed += each.hours();
            }
        }
    }
    assert!(performed > Hours::whole(100), "too few hours to prove anything: {performed}");
}

/// The sequences above mean nothing for what they never do.
#[test]
fn terms_are_amended_and_ends_replanned_and_extended() {
    let (mut amended, mut replanned, mut extended) = (0, 0, 0);
    for seed in 0..SEEDS {
        let (scenario, _) = played(seed);
        for record in scenario.records() {
            match &record.fact {
                Fact::Contract(Event::Amended { .. }) => amended += 1,
                Fact::Contract(Event::Replanned { .. }) => replanned += 1,
                Fact::Contract(Event::Extended { .. }) => extended += 1,
                _ => {}
            }
        }
    }
    assert!(amended > 20 && replanned > 20 && extended > 10, "{amended}, {replanned}, {extended}");
}

#[test]
fn penalty_hours_never_exceed_the_order() {
    let mut performed = Hours::default();
    for seed in 0..SEEDS {
        let (scenario, allowed) = played(seed);
        assert!(allowed > 5, "seed {seed} plays too little: {allowed}");
        for number in 1..=PERSONS {
            let state =
                penalty::State::of(&scenario.history(judicial_file(&uuid(1, number).to_string()), Cut::default()));
            for (id, each) in state.penalties {
                let ordered = each.assigned.as_ref().map(|assigned| assigned.ordered).unwrap();
                assert!(each.hours() <= ordered, "seed {seed}: {id}");
                assert!(each.completed_on.is_none() || each.hours() == ordered, "seed {seed}: {id}");
                performed += each.hours();
            }
        }
    }
    assert!(performed > Hours::whole(100), "too few hours to prove anything: {performed}");
}

/// Folds everything that a history may be folded into.
fn fold_all(history: &History) {
    let state = State::of(history);
    for (_, engagement) in state.counting() {
        assert!(engagement.placements.iter().all(|each| each.until_inclusive.is_none_or(|last| each.from <= last)));
    }
    let _ = (post::State::of(history), agreement::State::of(history).until(), course::State::of(history));
    let _ = (training::State::of(history), training::State::of_each(history), hiring::State::of(history));
    let _ = (offboarding::State::of(history), penalty::State::of(history), organisation::State::of(history));
}

#[test]
fn any_part_of_history_in_any_order_can_be_folded() {
    for seed in 0..SEEDS {
        let (scenario, _) = played(seed);
        let mut dice = Dice(!seed);
        for stream in scenario.streams().into_keys().collect::<BTreeSet<Stream>>() {
            let whole = scenario.history(stream, Cut::default());
            let mut records: Vec<_> = whole.records().map(|(record, _)| record.clone()).collect();
            records.retain(|_| dice.below(4) > 0);
            for index in (1..records.len()).rev() {
                records.swap(index, usize::try_from(dice.below(index as u64 + 1)).unwrap());
            }
            for record in &mut records {
                if dice.below(4) == 0 {
                    record.effective_on = dice.day();
                }
            }
            for (index, record) in records.iter_mut().enumerate() {
                record.position = index as u64 + 1;
            }
            fold_all(&History::new(stream, records, Cut::default()));
        }
    }
}

#[test]
fn an_agreement_tells_alone_who_runs_under_it() {
    for seed in 0..SEEDS {
        let (scenario, _) = played(seed);
        let id = AgreementId(uuid(3, 1));
        let told = agreement::State::of(&scenario.history(id, Cut::default())).engagements.engagements;
        let known: Vec<_> = engagements(&scenario).into_iter().filter(|(_, e)| e.place.agreement == Some(id)).collect();
        assert_eq!(told.len(), known.len(), "seed {seed}");
        for (engagement, whole) in known {
            let told = &told[&engagement];
            assert_eq!((told.counts(), told.last_day), (whole.counts(), whole.last_day), "seed {seed}");
            assert_eq!((told.planned_until, &told.placements), (whole.planned_until, &whole.placements), "seed {seed}");
        }
    }
}
