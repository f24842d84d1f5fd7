//! The article 60 workers. Each cohort has a size, a time of beginning and a time of end:
//! the published figures are sums of sizes, see [`COHORTS`].

use super::OFFICE;
use super::partners::{self, Partner};
use super::posts::{Board, Given};
use crate::simulation::day;
use crate::simulation::people;
use crate::simulation::random::Random;
use crate::simulation::story::Story;
use chrono::{Datelike, Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// Ends of 2020 and of 2022 that were learnt of months later: until then both years showed fewer.
pub(super) const LEARNT_LATE: [usize; 3] = [2, 6, 1301];
/// Ended on 31 December 2020; first recorded as 4 January 2021, then corrected.
pub(super) const WRONG_DAY: usize = 1;
/// Moved to another post; first recorded as a third one, then corrected.
const WRONG_POST: usize = 1009;
/// Their files tell everything from the first request on; both end in 2022.
pub(super) const RICH: [usize; 2] = [902, 1003];

type Between = (NaiveDate, NaiveDate);

/// Workers who begin and end in the same times, both days inclusive; ends are last days.
pub(super) struct Cohort {
    size: usize,
    starts: Between,
    ends: Between,
}

const fn cohort(size: usize, starts: Between, ends: Between) -> Cohort {
    Cohort { size, starts, ends }
}

/// 2020: 114 = the first seven. 68 of them end in 2020 = the first two.
/// 18 April 2021: 55 = 3 + 31 + 4 + 2 + 12 + 3, marked `*`.
/// 2022: 97 = 4 + 12 + 18 + 3 + 19 + 15 + 26; 49 end in it = 4 + 12 + 18 + 15.
pub(super) const COHORTS: [Cohort; 14] = [
    cohort(52, (day(2018, 11, 5), day(2019, 12, 16)), (day(2020, 1, 1), day(2020, 12, 31))),
    cohort(16, (day(2020, 1, 13), day(2020, 7, 31)), (day(2020, 9, 1), day(2020, 12, 30))),
    cohort(3, (day(2019, 6, 3), day(2019, 12, 16)), (day(2021, 1, 8), day(2021, 4, 17))),
    cohort(5, (day(2020, 3, 2), day(2020, 8, 31)), (day(2021, 1, 4), day(2021, 4, 17))),
    // *
    cohort(3, (day(2019, 6, 3), day(2019, 12, 16)), (day(2021, 4, 18), day(2021, 6, 30))),
    // *
    cohort(31, (day(2020, 5, 15), day(2020, 12, 14)), (day(2021, 4, 19), day(2021, 12, 30))),
    // *
    cohort(4, (day(2020, 9, 1), day(2020, 12, 14)), (day(2022, 1, 1), day(2022, 3, 31))),
    // *
    cohort(2, (day(2021, 1, 4), day(2021, 4, 18)), (day(2021, 6, 1), day(2021, 12, 17))),
    cohort(6, (day(2021, 4, 19), day(2021, 8, 31)), (day(2021, 10, 1), day(2021, 12, 31))),
    // *
    cohort(12, (day(2021, 1, 4), day(2021, 4, 18)), (day(2022, 1, 14), day(2022, 9, 30))),
    cohort(18, (day(2021, 4, 19), day(2021, 12, 13)), (day(2022, 4, 1), day(2022, 12, 31))),
    // *
    cohort(3, (day(2021, 3, 1), day(2021, 4, 18)), (day(2023, 1, 6), day(2023, 4, 14))),
    cohort(19, (day(2021, 6, 1), day(2021, 12, 13)), (day(2023, 1, 6), day(2023, 6, 30))),
    cohort(15, (day(2022, 1, 10), day(2022, 6, 30)), (day(2022, 8, 16), day(2022, 12, 31))),
];

/// Those who begin in 2022 and go on into 2023.
const LAST: Cohort = cohort(26, (day(2022, 1, 10), day(2022, 12, 12)), (day(2023, 2, 1), day(2023, 12, 29)));

/// Cohorts of which most leave early in their time, and cohorts of which most come late in theirs: there are 70 posts.
const END_EARLY: [usize; 4] = [0, 5, 9, 10];
const START_LATE: [usize; 2] = [12, 14];

/// One contract of a worker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contract {
    pub(super) engagement: Uuid,
    pub(super) from: NaiveDate,
    /// Last day worked, inclusive.
    pub(super) until: NaiveDate,
}

/// An article 60 worker.
pub(super) struct Worker {
    /// Cohort times a hundred, plus the place in it.
    pub(super) number: usize,
    pub(super) story: Story,
    /// In order, without a gap: they are one spell.
    pub(super) contracts: Vec<Contract>,
    pub(super) cpas: &'static Partner,
    pub(super) function: &'static str,
    /// True if somebody else hires the person, so that the contract ends for that.
    pub(super) leaves_for_job: bool,
    /// First day of each job after it, and whether it is for an indefinite term.
    pub(super) hires: Vec<(NaiveDate, bool)>,
}

impl Worker {
    /// First day worked.
    pub(super) fn from(&self) -> NaiveDate {
        self.contracts.first().map_or(NaiveDate::MAX, |contract| contract.from)
    }

    /// Last day worked.
    pub(super) fn until(&self) -> NaiveDate {
        self.contracts.last().map_or(NaiveDate::MIN, |contract| contract.until)
    }

    /// The contract under which the person works that day.
    pub(super) fn contract_on(&self, on: NaiveDate) -> Option<&Contract> {
        self.contracts.iter().find(|contract| contract.from <= on && on <= contract.until)
    }

    /// The last contract.
    pub(super) fn last(&self) -> Option<Contract> {
        self.contracts.last().copied()
    }
}

/// A worker before posts are given: the label, and the first and the last day.
struct Stay {
    number: usize,
    from: NaiveDate,
    until: NaiveDate,
}

/// Every worker, in order of the first day: so those who come later find the posts of those who left.
pub(super) fn all(seed: u64) -> Vec<Worker> {
    let mut board = Board::new(seed);
    let mut workers: Vec<Worker> = Vec::new();
    for stay in stays(seed) {
        workers.push(worker(seed, &stay, &mut board));
    }
    workers
}

fn stays(seed: u64) -> Vec<Stay> {
    let mut stays = Vec::new();
    for (place, cohort) in COHORTS.iter().chain([&LAST]).enumerate() {
        for within in 0..cohort.size {
            let mut random = Random::of(seed, format!("stay/{place}/{within}").as_bytes());
            let first = drawn(&mut random, cohort.starts);
            let first = if START_LATE.contains(&place) { first.max(drawn(&mut random, cohort.starts)) } else { first };
            let from = workday(first, cohort.starts);
            // The edges of a time are always met; those learnt of late ended late in the year.
            let until = match within {
                0 => cohort.ends.0,
                1 => cohort.ends.1,
                2 | 6 if place == 0 => day(2020, 12, 4) + Days::new(within as u64),
                _ if END_EARLY.contains(&place) => drawn(&mut random, cohort.ends).min(drawn(&mut random, cohort.ends)),
                _ => drawn(&mut random, cohort.ends),
            };
            stays.push(Stay { number: place * 100 + within, from, until });
        }
    }
    stays.sort_by_key(|stay| (stay.from, stay.number));
    stays
}

fn drawn(random: &mut Random, (from, until): Between) -> NaiveDate {
    random.day(from, until)
}

/// Contracts begin on a Monday where the time allows it.
fn workday(on: NaiveDate, within: Between) -> NaiveDate {
    let monday = on - Days::new(u64::from(on.weekday().num_days_from_monday()));
    if monday < within.0 { on } else { monday }
}

fn worker(seed: u64, stay: &Stay, board: &mut Board) -> Worker {
    let mut story = Story::of_person(seed, &format!("samusocial/art60/{}", stay.number), &OFFICE);
    let rich = RICH.contains(&stay.number);
    let drawn = partners::cpas_for(&mut story.random, stay.from - Days::new(14), stay.until);
    let cpas = if rich { &partners::CPAS[0] } else { drawn };
    let registered_on = stay.from - Days::new(if rich { 450 } else { story.random.between(14, 30) });
    people::register(&mut story, OFFICE.id, registered_on);
    let contracts = contracts(&story, stay);
    let agreement = cpas.agreement(seed);
    let leaves_for_job = stay.number % 16 == 7;
    let mut worker = Worker {
        number: stay.number,
        story,
        contracts,
        cpas,
        function: "polyvalent",
        leaves_for_job,
        hires: Vec::new(),
    };
    let given = board.give(&mut worker.story.random, stay.from);
    worker.function = given.map_or("polyvalent", |given| given.function);
    let mut post = given;
    let split = worker.contracts.len() > 1;
    for contract in worker.contracts.clone() {
        worker.sign(contract, post, agreement, split);
        if !split && stay.number % 6 == 1 {
            post = worker.move_on(contract, post, board);
        }
        worker.end(contract);
    }
    if let Some(given) = post {
        // Nobody follows on a post before the end that frees it is known.
        let known_late = if stay.number == WRONG_DAY || LEARNT_LATE.contains(&stay.number) { 130 } else { 0 };
        board.leave(given, stay.until + Days::new(known_late));
    }
    worker
}

/// One contract, or two without a gap: every fifth worker has a second one from the next day on.
fn contracts(story: &Story, stay: &Stay) -> Vec<Contract> {
    let contract =
        |number: usize, from, until| Contract { engagement: story.inner(&format!("engagement/{number}")), from, until };
    let length = (stay.until - stay.from).num_days().unsigned_abs();
    if stay.number % 5 != 2 || length < 120 {
        return vec![contract(1, stay.from, stay.until)];
    }
    // The first ends with the year where it can: whoever counts contracts counts too many.
    let year_end = day(stay.from.year(), 12, 31);
    let first_until = if year_end < stay.until { year_end } else { stay.from + Days::new(length / 2) };
    vec![contract(1, stay.from, first_until), contract(2, first_until + Days::new(1), stay.until)]
}

impl Worker {
    fn sign(&mut self, contract: Contract, post: Option<Given>, agreement: Uuid, split: bool) {
        let Contract { engagement, from, until } = contract;
        let first = from == self.from();
        let signed_on = from - Days::new(if first { self.story.random.between(1, 12) } else { 1 });
        // Some leave before their term, and some stay longer than was agreed at first.
        let length = (until - from).num_days().unsigned_abs();
        let extended = !split && length > 150 && self.story.random.percent(25);
        let planned_until =
            if extended { from + Days::new(length / 2) } else { until + Days::new(self.planned_beyond()) };
        let input = json!({"engagement": engagement, "measure": "ART60", "organisation": OFFICE.id,
            "employer": self.cpas.id, "plannedFrom": from, "plannedUntil": planned_until, "weeklyHours": "38",
            "kind": "CDD", "post": post.map(|given| given.post), "agreement": agreement});
        // A second contract is told once the end of the first is.
        self.story.add_after(if first { signed_on } else { from - Days::new(1) }, signed_on, "signEngagement", input);
        self.story.add(from, "startEngagement", json!({"engagement": engagement}));
        if first && length > 30 {
            let on = from + Days::new(self.story.random.between(0, 14));
            self.story.add(on, "signSkillsPlan", json!({"engagement": engagement}));
        }
        if extended {
            let on = planned_until - Days::new(self.story.random.between(7, 21));
            let later = json!({"engagement": engagement, "plannedUntil": until});
            self.story.add(on, "extendEngagement", later);
        }
    }

    /// How many days of the contract are left when it ends.
    fn planned_beyond(&mut self) -> u64 {
        if self.leaves_for_job || self.story.random.percent(15) { self.story.random.between(20, 90) } else { 0 }
    }

    /// The same contract goes on at another post.
    fn move_on(&mut self, contract: Contract, from: Option<Given>, board: &mut Board) -> Option<Given> {
        let length = (contract.until - contract.from).num_days().unsigned_abs();
        let on = contract.from + Days::new(length * 2 / 3);
        let another = match self.number {
            _ if length < 90 => None,
            number if number == WRONG_POST || RICH.contains(&number) => {
                board.give(&mut self.story.random, contract.from)
            }
            _ => board.give_another(&mut self.story.random, contract.from),
        };
        let Some(given) = another else { return from };
        let to = |post: Uuid| json!({"engagement": contract.engagement, "post": post});
        if self.number == WRONG_POST
            && let Some(wrong) = board.give(&mut self.story.random, contract.from)
        {
            let key = self.story.add(on, "changeWorkplace", to(wrong.post));
            let right = json!({"changes": {"place": {"post": given.post}}, "reason": "TYPING_ERROR"});
            self.story.answer(on + Days::new(18), "correctEvent", key, right);
            board.leave(wrong, on + Days::new(60));
        } else {
            self.story.add(on, "changeWorkplace", to(given.post));
        }
        if let Some(former) = from {
            board.leave(former, on - Days::new(1));
        }
        Some(given)
    }

    fn end(&mut self, contract: Contract) {
        let last = contract.until == self.until();
        let cause = match self.story.random.below(100) {
            _ if !last => "TERM",
            _ if self.leaves_for_job => "HIRED_ELSEWHERE",
            0..60 => "TERM",
            60..85 => "RIGHTS_OPENED",
            85..94 => "EARLY_PERSON",
            _ => "EARLY_EMPLOYER",
        };
        let late = if last && LEARNT_LATE.contains(&self.number) { 120 } else { 0 };
        let input = json!({"engagement": contract.engagement, "cause": cause});
        if last && self.number == WRONG_DAY {
            let wrong = contract.until + Days::new(4);
            let key = self.story.add(wrong, "endEngagement", input);
            let right = json!({"on": contract.until, "reason": "TYPING_ERROR"});
            self.story.answer(wrong + Days::new(24), "correctEvent", key, right);
        } else {
            self.story.add_late(contract.until, late, "endEngagement", input);
        }
    }
}
