//! What follows the contract: exit reviews, hires and follow-up.
//!
//! Of the 68 who ended in 2020, 25 work at Samusocial on 18 April 2021; others did before, will later, or work elsewhere.
//! Of the 49 who ended in 2022, 20 signed with Samusocial, 4 of them for an indefinite term first.

use super::OFFICE;
use super::workers::{RICH, Worker};
use crate::simulation::day;
use crate::simulation::random::Random;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::json;

/// At work at Samusocial on 18 April 2021, of those who ended in 2020.
const ACTIVE_2020: usize = 25;
/// Hired by Samusocial and gone before that day.
const GONE_2020: usize = 4;
/// Hired by Samusocial for an indefinite term at first, of those who ended in 2022.
const CDI_2022: usize = 4;
/// Hired by Samusocial for a fixed term at first.
const CDD_2022: usize = 16;
/// Hired by Samusocial, of those who ended in 2021: no figure was published.
const HIRED_2021: usize = 13;
/// The history knows nothing after this day.
const LAST_DAY: NaiveDate = day(2023, 12, 29);

/// Adds what followed to the workers' stories.
pub(super) fn tell(workers: &mut [Worker]) {
    for (place, index) in ended_in(workers, 2020).into_iter().enumerate() {
        hired_2020(&mut workers[index], place);
    }
    for (place, index) in ended_in(workers, 2021).into_iter().enumerate() {
        let worker = &mut workers[index];
        if place < HIRED_2021 {
            let start = worker.until() + Days::new(worker.story.random.between(1, 30));
            hire(worker, 1, OFFICE.id, "CDD", (start, start));
        }
    }
    for (place, index) in ended_in(workers, 2022).into_iter().enumerate() {
        hired_2022(&mut workers[index], place);
    }
    for worker in workers {
        elsewhere(worker);
        exit_review(worker);
        follow_up(worker);
    }
}

/// Those whose spell ended in a year and whom nobody else hired; those with the richest files first.
fn ended_in(workers: &[Worker], year: i32) -> Vec<usize> {
    let ended = |worker: &Worker| worker.until().year() == year && !worker.leaves_for_job;
    let mut found: Vec<usize> = (0..workers.len()).filter(|index| ended(&workers[*index])).collect();
    Random::of(year.unsigned_abs().into(), b"hired").shuffle(&mut found);
    found.sort_by_key(|index| !RICH.contains(&workers[*index].number));
    found
}

fn hired_2020(worker: &mut Worker, place: usize) {
    let until = worker.until();
    let soon = |worker: &mut Worker, days| until + Days::new(worker.story.random.between(1, days));
    match place {
        0..ACTIVE_2020 => {
            let start = soon(worker, 60);
            let kind = if place % 4 == 1 { "CDI" } else { "CDD" };
            hire(worker, 1, OFFICE.id, kind, (start, start));
            match place {
                // The day of the figure is the last one worked: it counts.
                0 => end_hire(worker, 1, day(2021, 4, 18)),
                2 => end_hire(worker, 1, day(2021, 9, 30)),
                4 => end_hire(worker, 1, day(2022, 2, 28)),
                // A second contract follows the first: one person still.
                3 => {
                    let last = start + Days::new(27);
                    end_hire(worker, 1, last);
                    hire(worker, 2, OFFICE.id, "CDI", (last + Days::new(1), last + Days::new(1)));
                }
                _ => {}
            }
        }
        _ if place < ACTIVE_2020 + GONE_2020 => {
            let start = soon(worker, 15);
            hire(worker, 1, OFFICE.id, "CDD", (start, start));
            let last = if place == ACTIVE_2020 { day(2021, 4, 17) } else { start + Days::new(40 + place as u64) };
            end_hire(worker, 1, last);
        }
        // Signed before the day of the figure, begun after it.
        _ if place == ACTIVE_2020 + GONE_2020 => hire(worker, 1, OFFICE.id, "CDD", (day(2021, 4, 12), day(2021, 5, 3))),
        _ => {}
    }
}

fn hired_2022(worker: &mut Worker, place: usize) {
    let kind = match place {
        0..CDI_2022 => "CDI",
        _ if place < CDI_2022 + CDD_2022 => "CDD",
        _ => return,
    };
    let next_day = worker.until() + Days::new(1);
    // Some sign while the contract still runs.
    let signed_on = if place.is_multiple_of(3) {
        worker.until() - Days::new(worker.story.random.between(2, 20))
    } else {
        worker.until() + Days::new(worker.story.random.between(1, 14))
    };
    let start = next_day.max(signed_on);
    hire(worker, 1, OFFICE.id, kind, (signed_on, start));
    match place {
        // For an indefinite term later on, but not at first.
        5 => {
            end_hire(worker, 1, day(2023, 3, 31));
            hire(worker, 2, OFFICE.id, "CDI", (day(2023, 3, 20), day(2023, 4, 1)));
        }
        6 => end_hire(worker, 1, start + Days::new(60)),
        _ => {}
    }
}

fn elsewhere(worker: &mut Worker) {
    if worker.leaves_for_job && worker.until() <= day(2022, 12, 31) {
        let employer = *worker.story.random.pick(&["employeur-1", "employeur-2", "employeur-3"]);
        let start = worker.until() + Days::new(1);
        hire(worker, 1, employer, "CDI", (start - Days::new(3), start));
    }
}

fn hire(worker: &mut Worker, number: usize, employer: &str, kind: &str, (signed_on, start): (NaiveDate, NaiveDate)) {
    let Some(contract) = worker.last() else { return };
    let id = worker.story.inner(&format!("hire/{number}"));
    let input =
        json!({"hire": id, "engagement": contract.engagement, "employer": employer, "kind": kind, "start": start});
    worker.hires.push((start, kind == "CDI"));
    worker.story.add(signed_on.max(contract.from), "recordHire", input);
}

fn end_hire(worker: &mut Worker, number: usize, last_day: NaiveDate) {
    let id = worker.story.inner(&format!("hire/{number}"));
    worker.story.add(last_day, "endHire", json!({"hire": id}));
}

fn exit_review(worker: &mut Worker) {
    let Some(contract) = worker.last().filter(|contract| contract.until <= day(2023, 6, 30)) else { return };
    if RICH.contains(&worker.number) || worker.story.random.percent(60) {
        let on = contract.until + Days::new(worker.story.random.between(0, 20));
        let opt_in = worker.story.random.percent(70);
        let input = json!({"engagement": contract.engagement, "reserveOptIn": opt_in});
        worker.story.add(on, "completeExitReview", input);
    }
}

/// Asked after three, six and twelve months, as far as people can be reached.
fn follow_up(worker: &mut Worker) {
    if worker.until() > day(2022, 12, 31) {
        return;
    }
    for months in [3, 6, 12] {
        let asked = RICH.contains(&worker.number) || worker.story.random.percent(65);
        let on = worker.until() + Months::new(months) + Days::new(worker.story.random.between(0, 9));
        if !asked || on > LAST_DAY {
            continue;
        }
        let employed = worker.hires.iter().rfind(|(start, _)| *start <= on).map(|(_, cdi)| *cdi);
        let situation = match employed {
            Some(true) => "EMPLOYED_CDI",
            Some(false) => "EMPLOYED_CDD",
            None => *worker.story.random.pick(&[
                "UNEMPLOYED",
                "UNKNOWN",
                "TRAINING",
                "AID",
                "UNEMPLOYED",
                "EMPLOYED_INTERIM",
            ]),
        };
        let source = if employed.is_some() { "EMPLOYER" } else { "PERSON" };
        worker.story.add(on, "recordFollowUp", json!({"atMonths": months, "situation": situation, "source": source}));
    }
}
