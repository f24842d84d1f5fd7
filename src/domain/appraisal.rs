//! What was seen and acquired at work: evaluations, incidents, skills validated, titles awarded.
//!
//! What people write of each other is sealed: a fact holds a result code, a competence and who vouches for it.
//! Of an incident nothing stands in the clear but that there was one.

use crate::codes::{Label, codes};
use crate::command::Step;
use crate::contract;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{EngagementId, PersonId};
use crate::person;
use crate::personal::{Personal, Secret};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// The result of an evaluation at work.
    EvaluationResult {
        /// Better than expected.
        Good = "GOOD" ("bon", "goed", "good"),
        /// As expected.
        Satisfactory = "SATISFACTORY" ("satisfaisant", "voldoende", "satisfactory"),
        /// Something must change.
        ToImprove = "TO_IMPROVE" ("à améliorer", "te verbeteren", "to improve"),
        /// Not as expected.
        Insufficient = "INSUFFICIENT" ("insuffisant", "onvoldoende", "insufficient"),
    }
}

/// Something that was seen or acquired. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The work was evaluated; the words are sealed. Évaluation / evaluatie.
    #[serde(rename = "EvaluationRecorded")]
    EvaluationRecorded {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// The result.
        result: EvaluationResult,
    },
    /// Something went wrong; what it was is sealed. Incident / incident.
    #[serde(rename = "IncidentRecorded")]
    IncidentRecorded {
        /// With whom.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
    },
    /// A skill was validated. Validation de compétences / erkenning van competenties.
    #[serde(rename = "SkillValidated")]
    SkillValidated {
        /// Whose.
        person: PersonId,
        /// The engagement in which it was acquired, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engagement: Option<EngagementId>,
        /// The competence.
        competence: Label,
        /// Who validated it.
        body: Label,
    },
    /// A title was awarded. Titre / titel.
    #[serde(rename = "TitleAwarded")]
    TitleAwarded {
        /// To whom.
        person: PersonId,
        /// The engagement in which it was acquired, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engagement: Option<EngagementId>,
        /// What the title is for.
        competence: Label,
        /// Who awarded it.
        body: Label,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::EvaluationRecorded { person, .. }
            | Self::IncidentRecorded { person, .. }
            | Self::SkillValidated { person, .. }
            | Self::TitleAwarded { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first: only the person's own file.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Nothing begins or ends with it.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// What was seen and acquired by one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every evaluation, in order of day.
    pub evaluations: Vec<(NaiveDate, EngagementId, EvaluationResult)>,
    /// Every incident, in order of day.
    pub incidents: Vec<(NaiveDate, EngagementId)>,
    /// Every skill and title, in order of day.
    pub acquired: Vec<Acquired>,
}

/// A skill validated, or a title awarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquired {
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

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Appraisal(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::EvaluationRecorded { engagement, result, .. } => self.evaluations.push((on, *engagement, *result)),
            Event::IncidentRecorded { engagement, .. } => self.incidents.push((on, *engagement)),
            Event::SkillValidated { engagement, competence, body, .. } => {
                self.acquire(on, *engagement, competence, body, false);
            }
            Event::TitleAwarded { engagement, competence, body, .. } => {
                self.acquire(on, *engagement, competence, body, true);
            }
        }
    }

    fn acquire(
        &mut self,
        on: NaiveDate,
        engagement: Option<EngagementId>,
        competence: &Label,
        body: &Label,
        title: bool,
    ) {
        let (competence, body) = (competence.clone(), body.clone());
        self.acquired.push(Acquired { on, engagement, competence, body, title });
    }
}

/// What can be recorded of what was seen and acquired.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records an evaluation of the work.
    #[serde(rename = "recordEvaluation")]
    RecordEvaluation {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the evaluation.
        on: NaiveDate,
        /// The result.
        result: EvaluationResult,
        /// The words; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that something went wrong.
    #[serde(rename = "recordIncident")]
    RecordIncident {
        /// With whom.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the incident.
        on: NaiveDate,
        /// What happened; sealed.
        note: Secret,
    },
    /// Records the validation of a skill.
    #[serde(rename = "validateSkill")]
    ValidateSkill {
        /// Whose.
        participant: PersonId,
        /// The engagement in which it was acquired, if in one.
        #[serde(default)]
        engagement: Option<EngagementId>,
        /// Day of the validation.
        on: NaiveDate,
        /// The competence.
        competence: Label,
        /// Who validated it.
        body: Label,
    },
    /// Records the award of a title.
    #[serde(rename = "awardTitle")]
    AwardTitle {
        /// To whom.
        participant: PersonId,
        /// The engagement in which it was acquired, if in one.
        #[serde(default)]
        engagement: Option<EngagementId>,
        /// Day of the award.
        on: NaiveDate,
        /// What the title is for.
        competence: Label,
        /// Who awarded it.
        body: Label,
    },
}

/// Which rule of the appraisal forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has no engagement with this id that was signed and started.
    #[error("the participant has no engagement {0} that has started")]
    NoEngagement(EngagementId),
    /// The day is before the engagement.
    #[error("the engagement started on {started_on}, the day given is {on}")]
    BeforeStart {
        /// The day given.
        on: NaiveDate,
        /// First day worked.
        started_on: NaiveDate,
    },
    /// The incident is after the last day.
    #[error("the last day of the engagement is {last_day}, the day given is {on}")]
    AfterEnd {
        /// The day given.
        on: NaiveDate,
        /// Last day worked, inclusive.
        last_day: NaiveDate,
    },
    /// The evaluation of that day is recorded.
    #[error("an evaluation on {0} is recorded already")]
    AlreadyEvaluated(NaiveDate),
    /// The same body vouched for the same competence.
    #[error("the same body vouched for it on {acquired_on} already")]
    AlreadyAcquired {
        /// Day on which it did.
        acquired_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::NoEngagement(_) => ("ENGAGEMENT_UNKNOWN", "engagement"),
            Self::BeforeStart { .. } => ("BEFORE_START", "on"),
            Self::AfterEnd { .. } => ("ENGAGEMENT_ENDED", "on"),
            Self::AlreadyEvaluated(_) => ("EVALUATION_ALREADY_RECORDED", "on"),
            Self::AlreadyAcquired { .. } => ("ALREADY_ACQUIRED", "competence"),
        };
        (rule, Some(field))
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::RecordEvaluation { on, .. }
            | Self::RecordIncident { on, .. }
            | Self::ValidateSkill { on, .. }
            | Self::AwardTitle { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        person::living(past, participant, self.on())?;
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let contracts = past.get(participant).map(contract::State::of).unwrap_or_default();
        let event = decide(&state, &contracts, self)?;
        Ok(vec![Decided::new(self.on(), event).with(self.personal()?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::RecordEvaluation { participant, .. }
            | Self::RecordIncident { participant, .. }
            | Self::ValidateSkill { participant, .. }
            | Self::AwardTitle { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::RecordEvaluation { note, .. } => Ok(Personal::note(note.as_ref())?),
            Self::RecordIncident { note, .. } => Ok(Personal::note(Some(note))?),
            Self::ValidateSkill { .. } | Self::AwardTitle { .. } => Ok(Personal::default()),
        }
    }
}

fn decide(state: &State, contracts: &contract::State, command: &Command) -> Result<Event, Refusal> {
    let person = command.participant();
    match command {
        Command::RecordEvaluation { engagement, on, result, .. } => {
            // The end of a placement is evaluated after it as well.
            started(contracts, *engagement, *on)?;
            if state.evaluations.iter().any(|(day, of, _)| (day, of) == (on, engagement)) {
                return Err(Refusal::AlreadyEvaluated(*on));
            }
            Ok(Event::EvaluationRecorded { person, engagement: *engagement, result: *result })
        }
        Command::RecordIncident { engagement, on, .. } => {
            match started(contracts, *engagement, *on)?.last_day {
                Some(last_day) if last_day < *on => return Err(Refusal::AfterEnd { on: *on, last_day }),
                _ => {}
            }
            Ok(Event::IncidentRecorded { person, engagement: *engagement })
        }
        Command::ValidateSkill { engagement, on, competence, body, .. } => {
            may_be_acquired(state, contracts, (*engagement, competence, body, false), *on)?;
            let (engagement, competence, body) = (*engagement, competence.clone(), body.clone());
            Ok(Event::SkillValidated { person, engagement, competence, body })
        }
        Command::AwardTitle { engagement, on, competence, body, .. } => {
            may_be_acquired(state, contracts, (*engagement, competence, body, true), *on)?;
            let (engagement, competence, body) = (*engagement, competence.clone(), body.clone());
            Ok(Event::TitleAwarded { person, engagement, competence, body })
        }
    }
}

/// A skill is validated once by one body, a title awarded once.
fn may_be_acquired(
    state: &State,
    contracts: &contract::State,
    (engagement, competence, body, title): (Option<EngagementId>, &Label, &Label, bool),
    on: NaiveDate,
) -> Result<(), Refusal> {
    if let Some(engagement) = engagement {
        started(contracts, engagement, on)?;
    }
    let same = |one: &&Acquired| (&one.competence, &one.body, one.title) == (competence, body, title);
    match state.acquired.iter().find(same) {
        Some(one) => Err(Refusal::AlreadyAcquired { acquired_on: one.on }),
        None => Ok(()),
    }
}

/// The engagement, if it counts and had started by that day.
fn started(contracts: &contract::State, id: EngagementId, on: NaiveDate) -> Result<&contract::Engagement, Refusal> {
    let engagement = contracts.engagements.get(&id).filter(|engagement| engagement.counts());
    let engagement = engagement.ok_or(Refusal::NoEngagement(id))?;
    match engagement.started_on {
        Some(started_on) if on < started_on => Err(Refusal::BeforeStart { on, started_on }),
        _ => Ok(engagement),
    }
}

#[cfg(test)]
mod tests;
