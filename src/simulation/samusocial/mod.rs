//! Samusocial, Pôle Insertion, 2020–2022: article 60 workers first, then every other measure.
//!
//! `workers` holds the cohorts: who is counted in which year is decided there, by construction.
//! The other files add to the workers' stories: hires and follow-up, training, hours and absences, mistakes.

mod after;
mod hours;
mod mistakes;
mod others;
mod partners;
mod penalties;
mod posts;
mod rich;
mod training;
mod workers;

use super::Example;
use super::day;
use super::schedule::Draft;
use super::story::{Office, Story};

/// Samusocial began to use the program in December 2019.
static OFFICE: Office = Office { id: "samusocial", since: day(2019, 12, 2) };

/// Every story, posts and agreements first; and the files worth opening.
pub(super) fn stories(seed: u64) -> (Vec<Story>, Vec<Example>) {
    let mut workers = workers::all(seed);
    after::tell(&mut workers);
    hours::tell(seed, &mut workers);
    let courses = training::tell(seed, &mut workers);
    let examples = rich::tell(&mut workers);
    mistakes::tell(&mut workers);
    let mut stories = partners::stories(seed);
    stories.extend(posts::stories(seed));
    stories.extend(courses);
    stories.extend(workers.into_iter().map(|worker| worker.story));
    stories.extend(others::stories(seed));
    stories.extend(penalties::stories(seed));
    stories.push(mistakes::annulled(seed, "samusocial/annulled"));
    (stories, examples)
}

/// One more person, whose contract was recorded by mistake and annulled.
pub(super) fn mistake(seed: u64) -> Vec<Draft> {
    mistakes::annulled(seed, "samusocial/another-mistake").tell()
}
