//! Hiring and what follows it: jobs after an engagement, their end, and the follow-up at some months.
//!
//! The refusals stand in `refusal`.

use crate::codes::{ContractKind, codes};
use crate::command::Step;
use crate::contract;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{EngagementId, HireId, OrganisationId, PersonId};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod refusal;

pub use refusal::Refusal;

codes! {
    /// A person's situation at a follow-up. Unknown is an answer.
    Situation {
        /// Employed for an indefinite term.
        EmployedCdi = "EMPLOYED_CDI" ("en CDI", "vast contract", "employed, indefinite term"),
        /// Employed for a fixed term.
        EmployedCdd = "EMPLOYED_CDD" ("en CDD", "tijdelijk contract", "employed, fixed term"),
        /// Interim work.
        EmployedInterim = "EMPLOYED_INTERIM" ("en intérim", "uitzendarbeid", "interim work"),
        /// Self-employed.
        SelfEmployed = "SELF_EMPLOYED" ("indépendant", "zelfstandig", "self-employed"),
        /// In training or studies.
        Training = "TRAINING" ("en formation", "in opleiding", "in training"),
        /// Unemployed, looking for work.
        Unemployed = "UNEMPLOYED" ("au chômage", "werkloos", "unemployed"),
        /// On social aid.
        Aid = "AID" ("à l'aide sociale", "op maatschappelijke hulp", "on social aid"),
        /// Inactive.
        Inactive = "INACTIVE" ("inactif", "inactief", "inactive"),
        /// Asked and not known.
        Unknown = "UNKNOWN" ("inconnue", "onbekend", "unknown"),
    }
}

codes! {
    /// Where a follow-up was learnt.
    FollowUpSource {
        /// From the person.
        Person = "PERSON" ("la personne", "de persoon", "the person"),
        /// From the employer.
        Employer = "EMPLOYER" ("l'employeur", "de werkgever", "the employer"),
        /// From an authentic source (CBSS, France Travail).
        Authentic = "AUTHENTIC" ("source authentique", "authentieke bron", "authentic source"),
        /// From a partner.
        Partner = "PARTNER" ("un partenaire", "een partner", "a partner"),
    }
}

impl Situation {
    /// True if the person works; none if it is not known.
    #[must_use]
    pub const fn employed(self) -> Option<bool> {
        match self {
            Self::EmployedCdi | Self::EmployedCdd | Self::EmployedInterim | Self::SelfEmployed => Some(true),
            Self::Training | Self::Unemployed | Self::Aid | Self::Inactive => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Something that happened after an engagement. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person was hired; the effective day is that of the signature. Engagé après parcours / aangeworven.
    #[serde(rename = "HiredAfterEngagement")]
    Hired {
        /// Who.
        person: PersonId,
        /// The job.
        hire: HireId,
        /// The engagement after which it came.
        engagement: EngagementId,
        /// The employer.
        employer: OrganisationId,
        /// The kind of contract.
        kind: ContractKind,
        /// First day of work.
        start: NaiveDate,
    },
    /// The job ended; the effective day is the last one worked. Fin de l'emploi / einde van de baan.
    #[serde(rename = "HireEnded")]
    HireEnded {
        /// Whose.
        person: PersonId,
        /// The job.
        hire: HireId,
    },
    /// Somebody asked how the person fares; the effective day is the day that the answer is about. Suivi / opvolging.
    #[serde(rename = "FollowUpRecorded")]
    FollowUpRecorded {
        /// Whose.
        person: PersonId,
        /// Months after the exit for which it was asked (3, 6, 12 …).
        at_months: u16,
        /// The answer.
        situation: Situation,
        /// Where it was learnt.
        source: FollowUpSource,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Hired { person, .. } | Self::HireEnded { person, .. } | Self::FollowUpRecorded { person, .. } => {
                *person
            }
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::HireEnded { .. } => DayRank::Ends,
            Self::Hired { .. } => DayRank::Begins,
            Self::FollowUpRecorded { .. } => DayRank::Within,
        }
    }
}

/// What followed a person's engagements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The jobs, by their id.
    pub hires: BTreeMap<HireId, Hire>,
    /// The follow-ups, in order of the day that they are about.
    pub follow_ups: Vec<FollowUp>,
}

/// One job after an engagement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hire {
    /// The engagement after which it came.
    pub engagement: EngagementId,
    /// The employer.
    pub employer: OrganisationId,
    /// The kind of contract.
    pub kind: ContractKind,
    /// Day of the signature.
    pub signed_on: NaiveDate,
    /// First day of work.
    pub start: NaiveDate,
    /// Last day worked, inclusive; none while it runs.
    pub last_day: Option<NaiveDate>,
}

/// One follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// The day that the answer is about.
    pub on: NaiveDate,
    /// Months after the exit for which it was asked.
    pub at_months: u16,
    /// The answer.
    pub situation: Situation,
    /// Where it was learnt.
    pub source: FollowUpSource,
}

impl State {
    /// Folds a person's history; the end of a job that was never recorded is passed over.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        // A job of one day ends before it begins, as its records are sorted.
        let mut ends: BTreeMap<HireId, NaiveDate> = BTreeMap::new();
        for entry in history.entries() {
            if let Fact::Hiring(event) = entry.fact {
                state.evolve(entry.on, event, &mut ends);
            }
        }
        for (id, hire) in &mut state.hires {
            hire.last_day = ends.get(id).copied();
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event, ends: &mut BTreeMap<HireId, NaiveDate>) {
        match event {
            Event::Hired { hire, engagement, employer, kind, start, .. } => {
                let job = Hire {
                    engagement: *engagement,
                    employer: employer.clone(),
                    kind: *kind,
                    signed_on: on,
                    start: *start,
                    last_day: None,
                };
                self.hires.insert(*hire, job);
            }
            Event::HireEnded { hire, .. } => {
                ends.insert(*hire, on);
            }
            Event::FollowUpRecorded { at_months, situation, source, .. } => {
                self.follow_ups.push(FollowUp { on, at_months: *at_months, situation: *situation, source: *source })
            }
        }
    }
}

impl Hire {
    /// True if the person works there that day; the last day is inclusive.
    #[must_use]
    pub fn active_on(&self, day: NaiveDate) -> bool {
        self.start <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

/// What can be asked of what follows an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records that the person was hired.
    #[serde(rename = "recordHire")]
    RecordHire {
        /// Who.
        participant: PersonId,
        /// The job; chosen by the server if left out.
        hire: HireId,
        /// The engagement after which it came.
        engagement: EngagementId,
        /// Day of the signature.
        on: NaiveDate,
        /// The employer.
        employer: OrganisationId,
        /// The kind of contract.
        kind: ContractKind,
        /// First day of work.
        start: NaiveDate,
    },
    /// Records that the job ended.
    #[serde(rename = "endHire")]
    EndHire {
        /// Whose.
        participant: PersonId,
        /// The job.
        hire: HireId,
        /// Last day worked, inclusive.
        on: NaiveDate,
    },
    /// Records how the person fares.
    #[serde(rename = "recordFollowUp")]
    RecordFollowUp {
        /// Whose.
        participant: PersonId,
        /// The day that the answer is about.
        on: NaiveDate,
        /// Months after the exit for which it was asked.
        at_months: u16,
        /// The answer.
        situation: Situation,
        /// Where it was learnt.
        source: FollowUpSource,
    },
}

/// Latest follow-up, in months after the exit: beyond five years nobody asks.
pub const FOLLOW_UP_MONTHS_MAX: u16 = 60;

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("recordHire", &["hire"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::RecordHire { on, .. } | Self::EndHire { on, .. } | Self::RecordFollowUp { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            Self::RecordHire { .. } => person::living(past, self.participant(), self.on())?,
            // What followed may be learnt after a death as well.
            Self::EndHire { .. } | Self::RecordFollowUp { .. } => person::registered(past, self.participant())?,
        };
        let history = past.get(self.participant());
        Ok(vec![Decided::new(self.on(), decide(history, self)?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::RecordHire { participant, .. }
            | Self::EndHire { participant, .. }
            | Self::RecordFollowUp { participant, .. } => *participant,
        }
    }
}

fn decide(history: Option<&History>, command: &Command) -> Result<Event, Refusal> {
    let person = command.participant();
    let state = history.map(State::of).unwrap_or_default();
    let contracts = history.map(contract::State::of).unwrap_or_default();
    match command {
        Command::RecordHire { hire, engagement, on, employer, kind, start, .. } => {
            if let Some(recorded) = state.hires.get(hire) {
                return Err(Refusal::AlreadyRecorded { signed_on: recorded.signed_on });
            }
            follows(&contracts, *engagement, *on)?;
            if start < on {
                return Err(Refusal::StartsBeforeSignature { on: *on, start: *start });
            }
            Ok(Event::Hired {
                person,
                hire: *hire,
                engagement: *engagement,
                employer: employer.clone(),
                kind: *kind,
                start: *start,
            })
        }
        Command::EndHire { hire, on, .. } => {
            let job = state.hires.get(hire).ok_or(Refusal::Unknown(*hire))?;
            match job.last_day {
                Some(last_day) => Err(Refusal::AlreadyEnded { last_day }),
                None if *on < job.start => Err(Refusal::EndsBeforeItBegins { from: job.start, until: *on }),
                None => Ok(Event::HireEnded { person, hire: *hire }),
            }
        }
        Command::RecordFollowUp { on, at_months, situation, source, .. } => {
            if !(1..=FOLLOW_UP_MONTHS_MAX).contains(at_months) {
                return Err(Refusal::MonthsOutOfRange { given: *at_months });
            }
            let engaged = contracts.counting().any(|(_, each)| each.last_day.is_some_and(|last_day| last_day < *on));
            if !engaged && !history.is_some_and(|history| pathway_closed_by(history, *on)) {
                return Err(Refusal::NothingToFollowUp { on: *on });
            }
            Ok(Event::FollowUpRecorded { person, at_months: *at_months, situation: *situation, source: *source })
        }
    }
}

/// A hire may be signed before the engagement ends, never before it began.
fn follows(contracts: &contract::State, id: EngagementId, on: NaiveDate) -> Result<(), Refusal> {
    let engagement = contracts.engagements.get(&id).filter(|engagement| engagement.counts());
    let started_on = engagement.and_then(|engagement| engagement.started_on).ok_or(Refusal::NoEngagement(id))?;
    if on < started_on { Err(Refusal::BeforeEngagement { on, started_on }) } else { Ok(()) }
}

fn pathway_closed_by(history: &History, on: NaiveDate) -> bool {
    history.entries().any(|entry| entry.on <= on && matches!(entry.fact, Fact::Pathway(pathway::Event::Closed { .. })))
}

#[cfg(test)]
mod tests;
