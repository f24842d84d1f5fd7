//! The posts, and who may be put where: 70 open for article 60 on 18 April 2021, and 14 for ACS from 2021 on.

use super::OFFICE;
use crate::simulation::day;
use crate::simulation::random::Random;
use crate::simulation::story::{Story, id_of};
use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// Article 60 posts that people fill: open on 18 April 2021 and ever since.
const LASTING: usize = 70;
/// Of which opened in the first weeks of 2020; the others were there before.
const RECENT: usize = 3;
/// Article 60 posts opened in May 2021, after the figure.
const LATER: usize = 3;
/// Vacant posts that are kept for those who come.
const SPARE: usize = 16;
/// ACS posts.
pub(super) const ACS: usize = 14;

/// Posts around the figure of 18 April 2021, all vacant: opened, last frozen day or none, closed.
const AROUND: [Around; 4] = [
    // Closed from that very day on.
    Around { opened_on: day(2018, 3, 5), frozen: None, closed_on: Some(day(2021, 4, 18)) },
    Around { opened_on: day(2018, 9, 3), frozen: None, closed_on: Some(day(2020, 12, 1)) },
    Around {
        opened_on: day(2019, 2, 4),
        frozen: Some((day(2021, 3, 15), day(2021, 6, 30))),
        closed_on: Some(day(2022, 9, 1)),
    },
    // Opened on the day after.
    Around { opened_on: day(2021, 4, 19), frozen: None, closed_on: None },
];

struct Around {
    opened_on: NaiveDate,
    frozen: Option<(NaiveDate, NaiveDate)>,
    closed_on: Option<NaiveDate>,
}

/// Functions by how many of ten posts have them.
const FUNCTIONS: [&str; 10] = [
    "polyvalent",
    "chauffeur",
    "aide-cuisine",
    "agent d'entretien",
    "veilleur de nuit",
    "portier-accueillant",
    "polyvalent",
    "chauffeur",
    "aide-cuisine",
    "logistique",
];
const SITES: [&str; 9] = [
    "Centre 1",
    "Centre 2",
    "Centre 3",
    "Centre 4",
    "Centre 5",
    "Centre 6",
    "Centre 7",
    "Bureaux de support",
    "Équipe IT",
];

fn label(measure: &str, number: usize) -> String {
    format!("samusocial/post/{measure}/{number}")
}

/// An ACS post, by its number.
pub(super) fn acs(seed: u64, number: usize) -> Uuid {
    id_of(seed, &label("ACS", number))
}

/// The function of an article 60 post.
fn function(number: usize) -> &'static str {
    FUNCTIONS[number % FUNCTIONS.len()]
}

pub(super) fn stories(seed: u64) -> Vec<Story> {
    let filled = (0..LASTING + LATER).map(|number| {
        let mut story = Story::of_thing(seed, &label("ART60", number), &OFFICE);
        let opened_on = match number {
            _ if number >= LASTING => day(2021, 5, 3),
            _ if number >= LASTING - RECENT => story.random.day(day(2020, 1, 6), day(2020, 3, 2)),
            _ => story.random.day(day(2016, 1, 4), day(2018, 10, 1)),
        };
        open(&mut story, "ART60", number, opened_on);
        story
    });
    let around = AROUND.iter().enumerate().map(|(number, around)| around.story(seed, LASTING + LATER + number));
    let acs = (0..ACS).map(|number| {
        let mut story = Story::of_thing(seed, &label("ACS", number), &OFFICE);
        open(&mut story, "ACS", number, day(2021, 1, 4));
        story
    });
    filled.chain(around).chain(acs).collect()
}

fn open(story: &mut Story, measure: &str, number: usize, on: NaiveDate) {
    let input = json!({"post": story.id, "organisation": OFFICE.id, "measure": measure, "function": function(number),
        "site": SITES[number % SITES.len()]});
    story.add(on, "openPost", input);
}

impl Around {
    fn story(&self, seed: u64, number: usize) -> Story {
        let mut story = Story::of_thing(seed, &label("ART60", number), &OFFICE);
        let post = story.id;
        open(&mut story, "ART60", number, self.opened_on);
        if let Some((on, until)) = self.frozen {
            story.add(on, "freezePost", json!({"post": post, "until": until}));
        }
        if let Some(on) = self.closed_on {
            story.add(on, "closePost", json!({"post": post}));
        }
        story
    }
}

/// Which article 60 post is free from when on.
pub(super) struct Board {
    seed: u64,
    free_from: Vec<NaiveDate>,
}

/// A post given to somebody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    pub(super) post: Uuid,
    pub(super) function: &'static str,
    number: usize,
}

impl Board {
    /// The board of the article 60 posts; recent ones are free once they are open.
    pub(super) fn new(seed: u64) -> Self {
        let first = |number| match number {
            _ if number >= LASTING => day(2021, 5, 4),
            _ if number >= LASTING - RECENT => day(2020, 3, 3),
            _ => day(2018, 10, 2),
        };
        Self { seed, free_from: (0..LASTING + LATER).map(first).collect() }
    }

    /// Gives a post that is free from a day on, for good; [`Board::leave`] gives it back.
    ///
    /// It has been vacant for some days where there is such a one, as a successor is not found in a day.
    pub(super) fn give(&mut self, random: &mut Random, from: NaiveDate) -> Option<Given> {
        let vacant_for = |days: u64| {
            let free = |number: &usize| {
                self.free_from[*number].checked_add_days(Days::new(days)).is_some_and(|day| day <= from)
            };
            (0..self.free_from.len()).filter(free).collect::<Vec<_>>()
        };
        let numbers = Some(vacant_for(12)).filter(|numbers| !numbers.is_empty()).unwrap_or_else(|| vacant_for(0));
        if numbers.is_empty() {
            return None;
        }
        let number = *random.pick(&numbers);
        self.free_from[number] = NaiveDate::MAX;
        Some(Given { post: id_of(self.seed, &label("ART60", number)), function: function(number), number })
    }

    /// Gives a post to somebody who has one already, as long as enough are left for those who come.
    pub(super) fn give_another(&mut self, random: &mut Random, from: NaiveDate) -> Option<Given> {
        let vacant = self.free_from.iter().filter(|free| **free <= from).count();
        if vacant > SPARE { self.give(random, from) } else { None }
    }

    /// Gives a post back after its last day.
    pub(super) fn leave(&mut self, given: Given, last_day: NaiveDate) {
        self.free_from[given.number] = last_day + Days::new(1);
    }
}
