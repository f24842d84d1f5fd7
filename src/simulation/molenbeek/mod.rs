//! CPAS of Molenbeek-Saint-Jean, 2009–2012: the aid files and the cells of its pathway, at four published dates.
//!
//! `flows` decides how many files move between two dates, so that each stock is met; `files` decides which, and when.

mod files;
mod flows;
mod posts;

use super::day;
use super::story::{Office, Story};
use chrono::NaiveDate;
use files::Files;
use flows::Stock;

/// The CPAS began to use the program in January 2009.
static OFFICE: Office = Office { id: "cpas-molenbeek", since: day(2009, 1, 5) };

/// The published table: the day, the files in each cell in the order of [`flows::CELLS`], and the RIS and ERIS files.
pub(super) const TABLE: [(NaiveDate, Stock, usize); 4] = [
    (day(2009, 12, 31), [208, 81, 300, 192, 301], 5131),
    (day(2010, 12, 31), [1005, 682, 707, 314, 297], 5640),
    (day(2011, 12, 31), [665, 1087, 1092, 833, 332], 5832),
    (day(2012, 6, 30), [920, 1034, 1087, 772, 332], 5633),
];

/// Every story of the CPAS.
pub(super) fn stories(seed: u64) -> Vec<Story> {
    let mut files = Files::at_first(seed, TABLE[0].0, TABLE[0].1, TABLE[0].2);
    for pair in TABLE.windows(2) {
        let (from, until) = (&pair[0], &pair[1]);
        files.move_on((from.0, until.0), &flows::between(&from.1, &until.1, until.0), until.2);
    }
    let mut stories = vec![itself(seed)];
    stories.extend(posts::stories(seed));
    stories.extend(files.into_stories(TABLE[3].0));
    stories
}

fn itself(seed: u64) -> Story {
    let mut story = Story::of_thing(seed, "organisation/cpas-molenbeek", &OFFICE);
    let input = serde_json::json!({"organisation": OFFICE.id, "name": "CPAS de Molenbeek-Saint-Jean", "kind": "CPAS"});
    story.add(OFFICE.since, "registerOrganisation", input);
    story
}
