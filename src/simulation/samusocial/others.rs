//! The other measures, all from 2021 on: the figure of 2020 names none of them.
//!
//! 40 interns in 2022, ACS posts filled for almost 95 % of the year, and the two measures that were new in 2022.

use super::OFFICE;
use super::partners::ACTIRIS;
use super::posts;
use crate::simulation::day;
use crate::simulation::people;
use crate::simulation::story::Story;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Interns of 2021 that go on into 2022.
const INTERNS_OVER: usize = 5;
/// Interns of 2021 alone.
const INTERNS_2021: usize = 27;
/// Interns who begin in 2022: 40 with those who go on.
const INTERNS_2022: usize = 35;
/// ACS posts left in 2022: the post, the first vacant day, and how many days it is vacant.
///
/// 270 of 14 × 365 = 5,110 days: 4,840 filled, 94.7 %. All are filled on 31 December.
const VACANT: [(usize, NaiveDate, u64); 4] =
    [(1, day(2022, 2, 15), 75), (4, day(2022, 5, 9), 62), (7, day(2022, 8, 1), 78), (11, day(2022, 10, 10), 55)];
/// Stage First: three months to six. Service Citoyen: six to twelve.
const NEW: [(&str, usize, u64, &str, &str); 2] =
    [("STAGE_FIRST", 3, 150, "samusocial", "38"), ("CITIZEN_SERVICE", 4, 240, "plateforme-service-citoyen", "28")];

/// One time at one place under a measure.
struct Stay {
    measure: &'static str,
    employer: &'static str,
    weekly_hours: &'static str,
    kind: &'static str,
    from: NaiveDate,
    planned_until: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    cause: &'static str,
}

/// Every story.
pub(super) fn stories(seed: u64) -> Vec<Story> {
    let mut stories: Vec<Story> =
        (0..INTERNS_OVER + INTERNS_2021 + INTERNS_2022).map(|number| intern(seed, number)).collect();
    stories.extend((0..posts::ACS).flat_map(|number| acs(seed, number)));
    for new in &NEW {
        stories.extend((0..new.1).map(|number| young(seed, new, number)));
    }
    stories
}

fn intern(seed: u64, number: usize) -> Story {
    let mut story = Story::of_person(seed, &format!("samusocial/intern/{number}"), &OFFICE);
    let random = &mut story.random;
    let (from, until) = if number < INTERNS_OVER {
        (random.day(day(2021, 10, 4), day(2021, 11, 29)), random.day(day(2022, 1, 1), day(2022, 2, 28)))
    } else if number < INTERNS_OVER + INTERNS_2021 {
        let from = random.day(day(2021, 1, 18), day(2021, 9, 13));
        (from, from + Days::new(random.between(28, 100)))
    } else {
        let from = random.day(day(2022, 1, 17), day(2022, 9, 12));
        (from, from + Days::new(random.between(28, 100)))
    };
    let employer = *random.pick(&["ecole-partenaire-1", "ecole-partenaire-2", "ecole-partenaire-3"]);
    let stay = Stay {
        measure: "INTERN",
        employer,
        weekly_hours: "30",
        kind: "PLACEMENT",
        from,
        planned_until: Some(until),
        last_day: Some(until),
        cause: "TERM",
    };
    let engagement = stay.tell(&mut story, Value::Null, Value::Null);
    if story.random.percent(40) {
        story.add(until, "completeExitReview", json!({"engagement": engagement, "reserveOptIn": true}));
    }
    story
}

/// Who holds an ACS post: one person since 2021, or two with a vacancy between them.
fn acs(seed: u64, number: usize) -> Vec<Story> {
    let vacancy = VACANT.iter().find(|(post, _, _)| *post == number);
    let first = holder(seed, number, "first", day(2021, 1, 11), vacancy.map(|(_, vacant, _)| *vacant - Days::new(1)));
    let second = vacancy.map(|(_, vacant, days)| holder(seed, number, "second", *vacant + Days::new(*days), None));
    std::iter::once(first).chain(second).collect()
}

fn holder(seed: u64, number: usize, which: &str, from: NaiveDate, last_day: Option<NaiveDate>) -> Story {
    let mut story = Story::of_person(seed, &format!("samusocial/acs/{number}/{which}"), &OFFICE);
    let stay = Stay {
        measure: "ACS",
        employer: OFFICE.id,
        weekly_hours: "38",
        kind: "CDI",
        from,
        planned_until: None,
        last_day,
        cause: "EARLY_PERSON",
    };
    stay.tell(&mut story, json!(posts::acs(seed, number)), json!(ACTIRIS.agreement(seed)));
    story
}

fn young(seed: u64, new: &(&'static str, usize, u64, &'static str, &'static str), number: usize) -> Story {
    let (measure, _, days, employer, weekly_hours) = *new;
    let mut story = Story::of_person(seed, &format!("samusocial/{measure}/{number}"), &OFFICE);
    let from = story.random.day(day(2022, 4, 4), day(2022, 9, 26));
    let until = from + Days::new(days);
    let stay = Stay {
        measure,
        employer,
        weekly_hours,
        kind: "PLACEMENT",
        from,
        planned_until: Some(until),
        last_day: Some(until),
        cause: "TERM",
    };
    stay.tell(&mut story, Value::Null, Value::Null);
    story
}

impl Stay {
    /// Adds the person and the contract to a story, and returns the id of the engagement.
    fn tell(&self, story: &mut Story, post: Value, agreement: Value) -> Value {
        people::register(story, OFFICE.id, self.from - Days::new(20));
        let engagement = json!(story.inner("engagement/1"));
        let input = json!({"engagement": engagement, "measure": self.measure, "organisation": OFFICE.id,
            "employer": self.employer, "plannedFrom": self.from, "plannedUntil": self.planned_until,
            "weeklyHours": self.weekly_hours, "kind": self.kind, "post": post, "agreement": agreement});
        story.add(self.from - Days::new(5), "signEngagement", input);
        story.add(self.from, "startEngagement", json!({"engagement": engagement}));
        if let Some(last_day) = self.last_day {
            story.add(last_day, "endEngagement", json!({"engagement": engagement, "cause": self.cause}));
        }
        engagement
    }
}
