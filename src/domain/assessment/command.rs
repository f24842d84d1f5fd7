//! What can be asked of an assessment, and the answer.

use super::{Assessment, COMPETENCES_MAX, Event, OccupationScheme, Project, Refusal, State};
use crate::codes::Label;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{AssessmentId, PathwayId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Begins an assessment.
    #[serde(rename = "startAssessment")]
    Start {
        /// With whom.
        participant: PersonId,
        /// In which pathway.
        pathway: PathwayId,
        /// The assessment; chosen by the server if left out.
        assessment: AssessmentId,
        /// First day.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records the next version of an assessment.
    #[serde(rename = "versionAssessment")]
    Version {
        /// With whom.
        participant: PersonId,
        /// The assessment.
        assessment: AssessmentId,
        /// The day from which it stands.
        on: NaiveDate,
        /// What the person is able to do, as the house calls it.
        #[serde(default)]
        competences: Vec<Label>,
        /// Where the document is kept.
        #[serde(default)]
        document: Option<Label>,
        /// What the person wishes for, sealed.
        #[serde(default)]
        aspirations: Option<Secret>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Completes an assessment.
    #[serde(rename = "completeAssessment")]
    Complete {
        /// With whom.
        participant: PersonId,
        /// The assessment.
        assessment: AssessmentId,
        /// The day.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records the occupation aimed at.
    #[serde(rename = "determineProject")]
    Determine {
        /// Whose.
        participant: PersonId,
        /// In which pathway.
        pathway: PathwayId,
        /// The day.
        on: NaiveDate,
        /// The list of occupations.
        scheme: OccupationScheme,
        /// The code of the occupation in it.
        occupation: String,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("startAssessment", &["assessment"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Start { on, .. }
            | Self::Version { on, .. }
            | Self::Complete { on, .. }
            | Self::Determine { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let (participant, on) = (self.participant(), self.on());
        person::living(past, participant, on)?;
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let (pathway, event) = decide(&state, self)?;
        pathway::within(past, participant, Some(pathway), on)?;
        Ok(vec![Decided::new(on, event).with(self.personal()?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Start { participant, .. }
            | Self::Version { participant, .. }
            | Self::Complete { participant, .. }
            | Self::Determine { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Version { aspirations, note, .. } => {
                let note = Personal::note(note.as_ref())?;
                Ok(note.sealing(Field::Aspirations, "aspirations", aspirations.as_ref())?)
            }
            Self::Start { note, .. } | Self::Complete { note, .. } | Self::Determine { note, .. } => {
                Ok(Personal::note(note.as_ref())?)
            }
        }
    }
}

/// Answers with the event, and with the pathway that bounds it. Pure.
fn decide(state: &State, command: &Command) -> Result<(PathwayId, Event), Refusal> {
    let person = command.participant();
    match command {
        Command::Start { pathway, assessment, .. } => {
            may_be_started(state, *pathway, *assessment)?;
            Ok((*pathway, Event::Started { person, pathway: *pathway, assessment: *assessment }))
        }
        Command::Version { assessment, on, competences, document, .. } => {
            let found = running(state, *assessment, *on)?;
            if competences.len() > COMPETENCES_MAX {
                return Err(Refusal::TooManyCompetences(competences.len()));
            }
            let version = found.versions.iter().map(|version| version.number).max().unwrap_or_default() + 1;
            let (competences, document) = (competences.clone(), document.clone());
            let assessment = *assessment;
            Ok((found.pathway, Event::Versioned { person, assessment, version, competences, document }))
        }
        Command::Complete { assessment, on, .. } => {
            let found = running(state, *assessment, *on)?;
            if found.versions.is_empty() {
                return Err(Refusal::NoVersion { on: *on, field: "assessment" });
            }
            Ok((found.pathway, Event::Completed { person, assessment: *assessment }))
        }
        Command::Determine { pathway, on, scheme, occupation, .. } => {
            may_be_determined(state, *pathway, *on, (*scheme, occupation))?;
            let (scheme, occupation) = (*scheme, occupation.clone());
            Ok((*pathway, Event::Determined { person, pathway: *pathway, scheme, occupation }))
        }
    }
}

/// One assessment at a time serves a pathway: what evolves is its versions.
fn may_be_started(state: &State, pathway: PathwayId, id: AssessmentId) -> Result<(), Refusal> {
    if state.assessments.contains_key(&id) {
        return Err(Refusal::AlreadyKnown(id));
    }
    let mut of_pathway = state.assessments.iter().filter(|(_, each)| each.pathway == pathway);
    match of_pathway.find(|(_, each)| each.completed.is_none()) {
        Some((running, _)) => Err(Refusal::AlreadyRunning(*running)),
        None => Ok(()),
    }
}

/// Numbers follow the days: what is added comes after all that there is.
fn running(state: &State, id: AssessmentId, on: NaiveDate) -> Result<&Assessment, Refusal> {
    let found = state.assessments.get(&id).ok_or(Refusal::Unknown(id))?;
    if let Some((completed_on, _)) = found.completed {
        return Err(Refusal::AlreadyCompleted { completed_on });
    }
    let last = found.versions.iter().map(|version| version.on).fold(found.started_on, NaiveDate::max);
    if on < last { Err(Refusal::TooEarly { on, last }) } else { Ok(found) }
}

/// After a version of an assessment (domain.md, E.3).
fn may_be_determined(
    state: &State,
    pathway: PathwayId,
    on: NaiveDate,
    (scheme, occupation): (OccupationScheme, &str),
) -> Result<(), Refusal> {
    if !scheme.has_shape(occupation) {
        return Err(Refusal::NotAnOccupation(scheme));
    }
    let mut versions =
        state.assessments.values().filter(|each| each.pathway == pathway).flat_map(|each| &each.versions);
    if !versions.any(|version| version.on <= on) {
        return Err(Refusal::NoVersion { on, field: "on" });
    }
    let same = |project: &&Project| project.scheme == scheme && project.occupation == occupation;
    match state.project_on(pathway, on).filter(same) {
        Some(project) => Err(Refusal::NothingChanged { since: project.on }),
        None => Ok(()),
    }
}
