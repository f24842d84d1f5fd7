//! What was recorded wrongly and put right: a person never engaged, and a correction that was itself mistaken.
//!
//! The wrong day and the wrong post stand with the `workers`, the late entries too.

use super::OFFICE;
use super::workers::Worker;
use crate::simulation::day;
use crate::simulation::people;
use crate::simulation::story::Story;
use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// The worker whose attendance was corrected by mistake.
pub(super) const CORRECTION_ANNULLED: usize = 1002;

/// A contract signed, started and then found to be somebody else's: both records are annulled.
pub(super) fn annulled(seed: u64, label: &str) -> Story {
    let mut story = Story::of_person(seed, label, &OFFICE);
    people::register(&mut story, OFFICE.id, day(2022, 2, 14));
    let engagement = story.inner("engagement/1");
    let input = json!({"engagement": engagement, "measure": "ART60", "organisation": OFFICE.id,
        "employer": "cpas-bruxelles", "plannedFrom": "2022-03-01", "plannedUntil": "2023-02-28", "weeklyHours": "38",
        "kind": "CDD"});
    let signed = story.add(day(2022, 2, 21), "signEngagement", input);
    let started = story.add(day(2022, 3, 1), "startEngagement", json!({"engagement": engagement}));
    for target in [started, signed] {
        story.answer(day(2022, 5, 9), "annulEvent", target, json!({"reason": "WRONG_SUBJECT"}));
    }
    story
}

/// Seven hours become four, and seven again when the correction turns out to be the mistake.
pub(super) fn correct_and_take_back(story: &mut Story, attendance: Uuid, on: NaiveDate) {
    let four = json!({"changes": {"hours": "4"}, "reason": "NEW_INFORMATION"});
    let correction = story.answer(on + Days::new(12), "correctEvent", attendance, four);
    story.answer(on + Days::new(26), "annulEvent", correction, json!({"reason": "MISTAKEN"}));
}

/// A false start: signed, and cancelled before the first day.
pub(super) fn tell(workers: &mut [Worker]) {
    for worker in workers.iter_mut().filter(|worker| worker.number % 20 == 13 && worker.from() >= day(2021, 1, 1)) {
        let (from, engagement) = (worker.from() - Days::new(13), worker.story.inner("engagement/0"));
        let input = json!({"engagement": engagement, "measure": "ART60", "organisation": OFFICE.id,
            "employer": worker.cpas.id, "plannedFrom": from, "plannedUntil": from + Days::new(180),
            "weeklyHours": "19", "kind": "CDD"});
        let signed_on = from - Days::new(1);
        worker.story.add(signed_on, "signEngagement", input);
        let input = json!({"engagement": engagement, "cause": "EARLY_PERSON"});
        worker.story.add(signed_on, "cancelEngagement", input);
    }
}
