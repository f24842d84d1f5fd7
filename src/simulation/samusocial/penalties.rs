//! Work penalties: four people and 400 hours performed in 2022, whatever was ordered.

use super::OFFICE;
use crate::simulation::day;
use crate::simulation::people;
use crate::simulation::story::Story;
use chrono::{Days, NaiveDate};
use serde_json::json;

/// A penalty: final on, hours ordered, and the hours performed from a day on.
struct Penalty {
    final_on: NaiveDate,
    ordered: u64,
    /// First day, and hours, eight a week at most.
    performed: &'static [(NaiveDate, u64)],
}

/// In 2022: 60 + 120 + 100 + 120 = 400. Fifty hours of the third fall in 2021, eighty of the fourth in 2023.
const PENALTIES: [Penalty; 4] = [
    Penalty { final_on: day(2021, 11, 8), ordered: 60, performed: &[(day(2022, 1, 10), 60)] },
    Penalty { final_on: day(2022, 2, 14), ordered: 120, performed: &[(day(2022, 4, 4), 120)] },
    Penalty { final_on: day(2021, 9, 20), ordered: 150, performed: &[(day(2021, 11, 8), 50), (day(2022, 1, 17), 100)] },
    Penalty { final_on: day(2022, 6, 13), ordered: 200, performed: &[(day(2022, 8, 22), 120), (day(2023, 1, 9), 80)] },
];

/// Every story.
pub(super) fn stories(seed: u64) -> Vec<Story> {
    PENALTIES.iter().enumerate().map(|(number, penalty)| penalty.story(seed, number)).collect()
}

impl Penalty {
    fn story(&self, seed: u64, number: usize) -> Story {
        let mut story = Story::of_person(seed, &format!("samusocial/penalty/{number}"), &OFFICE);
        let begun = self.final_on + Days::new(21);
        people::register(&mut story, OFFICE.id, begun);
        let id = json!(story.inner("penalty"));
        let partner = if number.is_multiple_of(2) { "semja-bruxelles" } else { "semja-evere" };
        let input = json!({"penalty": id, "organisation": OFFICE.id, "partner": partner,
            "hoursOrdered": self.ordered.to_string(), "finalOn": self.final_on});
        story.add(begun, "assignPenalty", input);
        let mut last = begun;
        for (first, hours) in self.performed {
            let mut left = *hours;
            last = *first;
            while left > 0 {
                let now = left.min(8);
                story.add(last, "performPenaltyHours", json!({"penalty": id, "hours": now.to_string()}));
                left -= now;
                last = last + Days::new(if left > 0 { 7 } else { 0 });
            }
        }
        story.add(last, "completePenalty", json!({"penalty": id}));
        story
    }
}
