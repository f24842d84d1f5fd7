//! The posts that the article 60 cell manages: 350 open at the end of 2012, of which 121 in social economy.

use super::OFFICE;
use crate::simulation::day;
use crate::simulation::story::Story;
use serde_json::json;

/// Open on 31 December 2012.
const OPEN: usize = 350;
/// Of which in social economy.
const SOCIAL_ECONOMY: usize = 121;
/// Closed before: part of the texture, not of the figure.
const CLOSED: usize = 14;
const FUNCTIONS: &[&str] = &[
    "ouvrier polyvalent",
    "auxiliaire administratif",
    "aide-ménager",
    "agent d'entretien",
    "aide-cuisine",
    "magasinier",
];
const SITES: &[&str] = &["Service du CPAS", "Maison de repos", "Commune", "ASBL partenaire", "Atelier Déma-R-âges"];

pub(super) fn stories(seed: u64) -> Vec<Story> {
    (0..OPEN + CLOSED).map(|number| post(seed, number)).collect()
}

fn post(seed: u64, number: usize) -> Story {
    let mut story = Story::of_thing(seed, &format!("molenbeek/post/{number}"), &OFFICE);
    let opened_on = story.random.day(day(2004, 3, 1), day(2011, 11, 30));
    // 121 of the 350, spread evenly over them.
    let social_economy = (number + 1) * SOCIAL_ECONOMY / OPEN > number * SOCIAL_ECONOMY / OPEN;
    let (function, site) = (*story.random.pick(FUNCTIONS), *story.random.pick(SITES));
    let input = json!({"post": story.id, "organisation": OFFICE.id, "measure": "ART60", "function": function,
        "site": site, "socialEconomy": social_economy});
    story.add(opened_on, "openPost", input);
    if number >= OPEN {
        let closed_on = story.random.day(day(2012, 1, 2), day(2012, 12, 31));
        story.add(closed_on, "closePost", json!({"post": story.id}));
    }
    story
}
