//! CCAS of Saint-Lô, 2019: 140 people with RSA and an open pathway on 28 November, and those around them.

use super::story::{Office, Story};
use super::{day, people};
use chrono::{Days, NaiveDate};
use serde_json::json;

/// The CCAS began to use the program in January 2019.
static OFFICE: Office = Office { id: "ccas-saint-lo", since: day(2019, 1, 7) };
/// The day of the published figure.
const ON: NaiveDate = day(2019, 11, 28);
/// Insertion posts of PASTEL.
const POSTS: usize = 22;
const WORKSHOPS: &[&str] = &["bâtiment", "lingerie", "ressourcerie"];

/// How a file stands on the day of the figure: kind and number of files.
///
/// The first two groups are the 140; the others are what a wrong definition would count or lose.
const GROUPS: [(Kind, usize); 7] = [
    (Kind::Accompanied, 139),
    (Kind::GrantedThatDay, 1),
    (Kind::ClosedThatDay, 2),
    (Kind::ClosedBefore, 27),
    (Kind::AidEnded, 9),
    (Kind::OtherAid, 12),
    (Kind::NoPathway, 16),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Accompanied,
    GrantedThatDay,
    ClosedThatDay,
    ClosedBefore,
    AidEnded,
    OtherAid,
    NoPathway,
}

/// Every story of the CCAS.
pub(super) fn stories(seed: u64) -> Vec<Story> {
    let mut stories = vec![itself(seed)];
    stories.extend((0..POSTS).map(|number| post(seed, number)));
    let kinds = GROUPS.iter().flat_map(|(kind, count)| std::iter::repeat_n(*kind, *count));
    stories.extend(kinds.enumerate().map(|(number, kind)| file(seed, number, kind)));
    stories
}

fn itself(seed: u64) -> Story {
    let mut story = Story::of_thing(seed, "organisation/ccas-saint-lo", &OFFICE);
    let input = json!({"organisation": OFFICE.id, "name": "CCAS de Saint-Lô", "kind": "CCAS"});
    story.add(OFFICE.since, "registerOrganisation", input);
    story
}

fn post_label(number: usize) -> String {
    format!("saint-lo/post/{number}")
}

fn post(seed: u64, number: usize) -> Story {
    let mut story = Story::of_thing(seed, &post_label(number), &OFFICE);
    let input = json!({"post": story.id, "organisation": OFFICE.id, "measure": "ACI", "site": "PASTEL",
        "function": WORKSHOPS[number % WORKSHOPS.len()], "socialEconomy": true});
    story.add(day(2019, 1, 7), "openPost", input);
    story
}

fn file(seed: u64, number: usize, kind: Kind) -> Story {
    let mut story = Story::of_person(seed, &format!("saint-lo/file/{number}"), &OFFICE);
    let granted_on = match kind {
        Kind::GrantedThatDay => ON,
        _ => story.random.day(day(2016, 3, 1), day(2019, 8, 30)),
    };
    people::register(&mut story, OFFICE.id, granted_on);
    let aid = if kind == Kind::OtherAid { "OTHER" } else { "RSA" };
    let (grant, notified_on) = (story.inner("grant"), granted_on + Days::new(story.random.between(0, 20)));
    let input = json!({"grant": grant, "organisation": OFFICE.id, "kind": aid, "notifiedOn": notified_on});
    story.add(granted_on, "grantAid", input);
    if kind != Kind::NoPathway {
        let opened_on = story.random.day(granted_on, granted_on.max(day(2019, 10, 31)));
        accompany(&mut story, opened_on, kind);
        if kind == Kind::Accompanied && number < POSTS {
            work(seed, &mut story, number, opened_on);
        }
    }
    if kind == Kind::AidEnded {
        let ended_on = if number.is_multiple_of(3) { ON } else { story.random.day(day(2019, 11, 1), ON) };
        story.add(ended_on, "endAid", json!({"grant": grant, "motive": "RESOURCES"}));
    }
    story
}

fn accompany(story: &mut Story, opened_on: NaiveDate, kind: Kind) {
    let pathway = story.inner("pathway");
    let origin = *story.random.pick(&["PRESCRIBER", "AID_FILE", "SPONTANEOUS"]);
    story.add(opened_on, "openPathway", json!({"pathway": pathway, "organisation": OFFICE.id, "origin": origin}));
    let user = format!("conseiller-{:02}", story.random.between(1, 6));
    let input = json!({"pathway": pathway, "user": user, "role": "INSERTION_AGENT", "referent": true});
    story.add(opened_on, "assignMember", input);
    let closed_on = match kind {
        Kind::ClosedThatDay => ON,
        Kind::ClosedBefore => story.random.day((opened_on + Days::new(20)).max(day(2019, 2, 1)), ON),
        _ => return,
    };
    let outcome = *story.random.pick(&["EMPLOYMENT", "TRAINING", "MOVED", "AID"]);
    story.add(closed_on, "closePathway", json!({"pathway": pathway, "outcome": outcome}));
}

/// A contract in the insertion workshop.
fn work(seed: u64, story: &mut Story, number: usize, opened_on: NaiveDate) {
    let engagement = story.inner("engagement");
    let start = (opened_on + Days::new(story.random.between(7, 21))).max(day(2019, 1, 14));
    let until = start + Days::new(364);
    let post = super::story::id_of(seed, &post_label(number));
    let input = json!({"engagement": engagement, "measure": "ACI", "organisation": OFFICE.id, "employer": OFFICE.id,
        "plannedFrom": start, "plannedUntil": until, "weeklyHours": "26", "kind": "CDD", "post": post});
    story.add(start - Days::new(3), "signEngagement", input);
    story.add(start, "startEngagement", json!({"engagement": engagement}));
    // Some contracts reach their term in the time of the history.
    if until <= day(2020, 6, 30) {
        story.add(until, "endEngagement", json!({"engagement": engagement, "cause": "TERM"}));
    }
}
