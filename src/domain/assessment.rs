//! The socio-professional assessment (bilan socioprofessionnel / socioprofessionele balans), and the occupation aimed at.
//!
//! It serves all along the pathway, so it has versions: each is numbered by the decision and never changes. The
//! occupation is determined on the ground of a version. The commands stand in `command`,
//! the refusals in `refusal`.

use crate::codes::{Label, codes};
use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{AssessmentId, EventId, PathwayId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod command;
mod refusal;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use refusal::Refusal;

/// Most competences in one version of an assessment: they stand in one record.
pub const COMPETENCES_MAX: usize = 50;

codes! {
    /// The lists of occupations.
    OccupationScheme {
        /// Répertoire opérationnel des métiers et des emplois: a letter from A to N and four digits, such as G1602.
        Rome = "ROME" ("ROME", "ROME (Frankrijk)", "ROME"),
        /// International Standard Classification of Occupations of 2008: one to four digits, such as 5120.
        Isco = "ISCO" ("CITP-08", "ISCO-08", "ISCO-08"),
    }
}

impl OccupationScheme {
    /// True if the text has the shape of a code of this list; whether the list holds it is not known here.
    #[must_use]
    pub fn has_shape(self, code: &str) -> bool {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Rome => match code.split_at_checked(1) {
                Some((letter, number)) => ("A"..="N").contains(&letter) && number.len() == 4 && digits(number),
                None => false,
            },
            Self::Isco => (1..=4).contains(&code.len()) && digits(code),
        }
    }
}

/// Something that happened to an assessment. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The assessment began. Bilan socioprofessionnel entamé / socioprofessionele balans gestart.
    #[serde(rename = "AssessmentStarted")]
    Started {
        /// With whom.
        person: PersonId,
        /// In which pathway.
        pathway: PathwayId,
        /// The assessment.
        assessment: AssessmentId,
    },
    /// A version of it stands; the aspirations are sealed. Version du bilan / versie van de balans.
    #[serde(rename = "AssessmentVersioned")]
    Versioned {
        /// With whom.
        person: PersonId,
        /// The assessment.
        assessment: AssessmentId,
        /// Its number, from 1.
        version: u32,
        /// What the person is able to do, as the house calls it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        competences: Vec<Label>,
        /// Where the document is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Label>,
    },
    /// The assessment is complete: no version follows. Bilan clôturé / balans afgerond.
    #[serde(rename = "AssessmentCompleted")]
    Completed {
        /// With whom.
        person: PersonId,
        /// The assessment.
        assessment: AssessmentId,
    },
    /// The occupation aimed at. Projet professionnel déterminé / beroepsproject bepaald.
    #[serde(rename = "ProjectDetermined")]
    Determined {
        /// Whose.
        person: PersonId,
        /// In which pathway.
        pathway: PathwayId,
        /// The list of occupations.
        scheme: OccupationScheme,
        /// The code of the occupation in it.
        occupation: String,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Started { person, .. }
            | Self::Versioned { person, .. }
            | Self::Completed { person, .. }
            | Self::Determined { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// All of them happen within the pathway; all may happen on one day, in order of their recording.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The assessments of a person as their history tells them, and the occupations aimed at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every assessment that began.
    pub assessments: BTreeMap<AssessmentId, Assessment>,
    /// Every occupation aimed at, in order of day; in each pathway the last one holds.
    pub projects: Vec<Project>,
}

/// One assessment with all its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// In which pathway.
    pub pathway: PathwayId,
    /// Day on which it began.
    pub started_on: NaiveDate,
    /// The record that began it.
    pub started_by: EventId,
    /// Every version, in order of day.
    pub versions: Vec<Version>,
    /// Day on which it was complete, and the record that tells it.
    pub completed: Option<(NaiveDate, EventId)>,
}

/// One version of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// The day from which it stands.
    pub on: NaiveDate,
    /// The record that holds it, with the aspirations, sealed.
    pub record: EventId,
    /// What the person is able to do, as the house calls it.
    pub competences: Vec<Label>,
    /// Where the document is kept.
    pub document: Option<Label>,
}

/// An occupation aimed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// In which pathway.
    pub pathway: PathwayId,
    /// The day on which it was determined.
    pub on: NaiveDate,
    /// The list of occupations.
    pub scheme: OccupationScheme,
    /// The code of the occupation in it.
    pub occupation: String,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Assessment(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Started { pathway, assessment, .. } => {
                let (versions, completed) = (Vec::new(), None);
                let begun = Assessment { pathway: *pathway, started_on: on, started_by: id, versions, completed };
                self.assessments.entry(*assessment).or_insert(begun);
            }
            Event::Versioned { assessment, version, competences, document, .. } => {
                if let Some(assessment) = self.assessments.get_mut(assessment) {
                    let (competences, document) = (competences.clone(), document.clone());
                    assessment.versions.push(Version { number: *version, on, record: id, competences, document });
                }
            }
            Event::Completed { assessment, .. } => {
                if let Some(assessment) = self.assessments.get_mut(assessment) {
                    assessment.completed.get_or_insert((on, id));
                }
            }
            Event::Determined { pathway, scheme, occupation, .. } => {
                let (pathway, occupation) = (*pathway, occupation.clone());
                self.projects.push(Project { pathway, on, scheme: *scheme, occupation });
            }
        }
    }

    /// The last day on which anything of it happened in a pathway.
    #[must_use]
    pub fn last_day_in(&self, pathway: PathwayId) -> Option<NaiveDate> {
        let of_pathway = self.assessments.values().filter(|each| each.pathway == pathway);
        let assessed = of_pathway.flat_map(|each| {
            let versions = each.versions.iter().map(|version| version.on);
            versions.chain([each.started_on]).chain(each.completed.map(|(on, _)| on))
        });
        let determined = self.projects.iter().filter(|project| project.pathway == pathway).map(|project| project.on);
        assessed.chain(determined).max()
    }

    /// The occupation aimed at in a pathway on that day.
    #[must_use]
    pub fn project_on(&self, pathway: PathwayId, day: NaiveDate) -> Option<&Project> {
        self.projects.iter().rev().find(|project| project.pathway == pathway && project.on <= day)
    }
}
