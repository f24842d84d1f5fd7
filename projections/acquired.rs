//! What was acquired by each person: skills validated and titles awarded, in order of day.

use crate::View;
use chrono::NaiveDate;
use domain::appraisal;
use domain::codes::Label;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::EngagementId;
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// What was acquired by each person.
pub struct Acquired;

impl View for Acquired {
    const NAME: &'static str = "acquired";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let row = |one: appraisal::Acquired| Row {
            on: one.on,
            engagement: one.engagement,
            competence: one.competence,
            body: one.body,
            title: one.title,
        };
        appraisal::State::of(history).acquired.into_iter().map(row).collect()
    }
}

/// A skill validated, or a title awarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The day.
    pub on: NaiveDate,
    /// The engagement in which it was acquired, if in one.
    pub engagement: Option<EngagementId>,
    /// What it is for.
    pub competence: Label,
    /// Who vouches for it.
    pub body: Label,
    /// True for a title, false for the validation of a skill.
    pub title: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history};
    use domain::ids::PersonId;
    use uuid::Uuid;

    #[test]
    fn skills_and_titles_are_told_in_order_of_day() {
        let person = PersonId(Uuid::from_u128(1));
        let (competence, body) = (Label::new("cook").unwrap(), Label::new("centre").unwrap());
        let skill = appraisal::Event::SkillValidated {
            person,
            engagement: None,
            competence: competence.clone(),
            body: body.clone(),
        };
        let title = appraisal::Event::TitleAwarded { person, engagement: None, competence, body };
        let past = [("2022-03-01", skill.into()), ("2022-05-01", title.into())];
        let rows = Acquired::rows(&history(person, &past), &Law::default());
        let told: Vec<_> = rows.iter().map(|row| (row.on, row.title)).collect();
        assert_eq!(told, [(day("2022-03-01"), false), (day("2022-05-01"), true)]);
    }
}
