//! Obstacles on the way to work (freins / hindernissen): found, and lifted. Which obstacle it is, is sealed.
//!
//! The kind of an obstacle alone may be health or judicial data (GDPR articles 9 and 10), so all kinds are sealed as
//! health data. How grave it is and whether it was lifted is not: it tells the distance that a person covered.

use crate::codes::codes;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{BarrierId, EventId, PathwayId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What stands between a person and work. Health or judicial data: it is sealed, and stands in no fact.
    BarrierKind {
        /// Level of the language of work.
        Language = "LANGUAGE" ("niveau de langue", "taalniveau", "language level"),
        /// No or low qualification, or one that is not recognised.
        Qualification = "QUALIFICATION" ("qualification", "kwalificatie", "qualification"),
        /// Little experience of work, or long ago.
        Experience = "EXPERIENCE" ("expérience", "ervaring", "experience"),
        /// Rhythm and landmarks of a working day.
        Rhythm = "RHYTHM" ("rythme et repères", "ritme en houvast", "rhythm and landmarks"),
        /// Care of children or others.
        Care = "CARE" ("garde d'enfants ou de proches", "opvang en zorg", "care of children or others"),
        /// Housing.
        Housing = "HOUSING" ("logement", "huisvesting", "housing"),
        /// Mobility.
        Mobility = "MOBILITY" ("mobilité", "mobiliteit", "mobility"),
        /// Debts.
        Debts = "DEBTS" ("endettement", "schulden", "debts"),
        /// Residence permit or other papers.
        Papers = "PAPERS" ("situation administrative", "administratieve situatie", "papers"),
        /// Digital skills.
        Digital = "DIGITAL" ("numérique", "digitale vaardigheden", "digital skills"),
        /// Physical health.
        Health = "HEALTH" ("santé physique", "lichamelijke gezondheid", "physical health"),
        /// Mental health.
        MentalHealth = "MENTAL_HEALTH" ("santé mentale", "geestelijke gezondheid", "mental health"),
        /// Addiction.
        Addiction = "ADDICTION" ("dépendance", "verslaving", "addiction"),
        /// Criminal record.
        CriminalRecord = "CRIMINAL_RECORD" ("casier judiciaire", "strafregister", "criminal record"),
        /// Violence in the family or outside of it.
        Violence = "VIOLENCE" ("violences", "geweld", "violence"),
        /// Any other obstacle.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// How much an obstacle stands in the way.
    Severity {
        /// It hinders.
        Low = "LOW" ("faible", "laag", "low"),
        /// It slows the way to work down.
        Medium = "MEDIUM" ("moyen", "middelmatig", "medium"),
        /// Nothing goes on before it is lifted.
        High = "HIGH" ("élevé", "hoog", "high"),
    }
}

/// Something that happened to an obstacle. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// An obstacle was found; its kind is sealed. Frein repéré / hindernis vastgesteld.
    #[serde(rename = "BarrierIdentified")]
    Identified {
        /// Whose.
        person: PersonId,
        /// The pathway in which it stands.
        pathway: PathwayId,
        /// The obstacle.
        barrier: BarrierId,
        /// How much it stands in the way.
        severity: Severity,
    },
    /// An obstacle stands in the way no more, from the effective day on. Frein levé / hindernis weggenomen.
    #[serde(rename = "BarrierLifted")]
    Lifted {
        /// Whose.
        person: PersonId,
        /// The pathway in which it stood.
        pathway: PathwayId,
        /// The obstacle.
        barrier: BarrierId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Identified { person, .. } | Self::Lifted { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Both happen within the pathway; an obstacle may be found and lifted on one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The obstacles of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every obstacle that was found.
    pub barriers: BTreeMap<BarrierId, Barrier>,
}

/// One obstacle, from the day on which it was found to that on which it was lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Barrier {
    /// The pathway in which it stands.
    pub pathway: PathwayId,
    /// How much it stands in the way.
    pub severity: Severity,
    /// Day on which it was found.
    pub identified_on: NaiveDate,
    /// The record that tells it, with the kind, sealed.
    pub identified_by: EventId,
    /// First day without it, and the record that tells it.
    pub lifted: Option<(NaiveDate, EventId)>,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Barrier(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Identified { pathway, barrier, severity, .. } => {
                let (pathway, severity) = (*pathway, *severity);
                let found = Barrier { pathway, severity, identified_on: on, identified_by: id, lifted: None };
                self.barriers.entry(*barrier).or_insert(found);
            }
            Event::Lifted { barrier, .. } => {
                if let Some(barrier) = self.barriers.get_mut(barrier) {
                    barrier.lifted.get_or_insert((on, id));
                }
            }
        }
    }
}

impl State {
    /// The last day on which anything of it happened in a pathway.
    #[must_use]
    pub fn last_day_in(&self, pathway: PathwayId) -> Option<NaiveDate> {
        let of_pathway = self.barriers.values().filter(|barrier| barrier.pathway == pathway);
        of_pathway.map(|barrier| barrier.lifted.map_or(barrier.identified_on, |(on, _)| on)).max()
    }
}

impl Barrier {
    /// True if it stands in the way on that day.
    #[must_use]
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.identified_on <= day && self.lifted.is_none_or(|(lifted, _)| day < lifted)
    }
}

/// What can be asked of an obstacle.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records an obstacle.
    #[serde(rename = "identifyBarrier")]
    Identify {
        /// Whose.
        participant: PersonId,
        /// The pathway in which it stands.
        pathway: PathwayId,
        /// The obstacle; chosen by the server if left out.
        barrier: BarrierId,
        /// Day on which it was found.
        on: NaiveDate,
        /// What it is, sealed.
        kind: Secret<BarrierKind>,
        /// How much it stands in the way.
        severity: Severity,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that an obstacle stands in the way no more.
    #[serde(rename = "liftBarrier")]
    Lift {
        /// Whose.
        participant: PersonId,
        /// The obstacle.
        barrier: BarrierId,
        /// First day without it.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of obstacles forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The obstacle is not known.
    #[error("barrier {0} is not known")]
    Unknown(BarrierId),
    /// The id is taken.
    #[error("barrier {0} is known already")]
    AlreadyKnown(BarrierId),
    /// The obstacle was lifted.
    #[error("the barrier was lifted on {lifted_on} already")]
    AlreadyLifted {
        /// First day without it.
        lifted_on: NaiveDate,
    },
    /// The obstacle would be lifted before it was found.
    #[error("the barrier was found on {identified_on}, it cannot be lifted on {on}")]
    LiftedTooEarly {
        /// The day given.
        on: NaiveDate,
        /// Day on which it was found.
        identified_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("BARRIER_UNKNOWN", Some("barrier")),
            Self::AlreadyKnown(_) => ("BARRIER_ALREADY_KNOWN", Some("barrier")),
            Self::AlreadyLifted { .. } => ("BARRIER_ALREADY_LIFTED", Some("barrier")),
            Self::LiftedTooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("identifyBarrier", &["barrier"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Identify { on, .. } | Self::Lift { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        match self {
            Self::Identify { participant, .. } | Self::Lift { participant, .. } => vec![(*participant).into()],
        }
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            Self::Identify { participant, pathway, barrier, on, kind, severity, note } => {
                person::living(past, *participant, *on)?;
                pathway::within(past, *participant, Some(*pathway), *on)?;
                if state(past, *participant).barriers.contains_key(barrier) {
                    return Err(Refusal::AlreadyKnown(*barrier).into());
                }
                let (person, pathway, barrier) = (*participant, *pathway, *barrier);
                let event = Event::Identified { person, pathway, barrier, severity: *severity };
                let personal = Personal::note(note.as_ref())?.coded(Field::BarrierKind, Some(kind));
                Ok(vec![Decided::new(*on, event).with(personal)])
            }
            Self::Lift { participant, barrier, on, note } => {
                person::living(past, *participant, *on)?;
                let pathway = may_be_lifted(&state(past, *participant), *barrier, *on)?;
                pathway::within(past, *participant, Some(pathway), *on)?;
                let event = Event::Lifted { person: *participant, pathway, barrier: *barrier };
                Ok(vec![Decided::new(*on, event).with(Personal::note(note.as_ref())?)])
            }
        }
    }
}

fn state(past: &Past, person: PersonId) -> State {
    past.get(person).map(State::of).unwrap_or_default()
}

/// Answers with the pathway in which the obstacle stands.
fn may_be_lifted(state: &State, id: BarrierId, on: NaiveDate) -> Result<PathwayId, Refusal> {
    let barrier = state.barriers.get(&id).ok_or(Refusal::Unknown(id))?;
    match barrier.lifted {
        Some((lifted_on, _)) => Err(Refusal::AlreadyLifted { lifted_on }),
        None if on < barrier.identified_on => Err(Refusal::LiftedTooEarly { on, identified_on: barrier.identified_on }),
        None => Ok(barrier.pathway),
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::history::Cut;
    use crate::ids::{BarrierId, PersonId};
    use crate::personal::{Field, FieldClass};
    use crate::scenario::{PATHWAY, PERSON, accompanied, accompanied_and_gone};
    use serde_json::{Value, json};

    const ONE: &str = "00000000-0000-4000-8000-000000000001";

    fn identify(on: &str) -> Value {
        json!({"participant": PERSON, "pathway": PATHWAY, "barrier": ONE, "on": on, "kind": "CRIMINAL_RECORD",
            "severity": "HIGH", "note": "in confidence"})
    }

    fn lift(on: &str) -> Value {
        json!({"participant": PERSON, "barrier": ONE, "on": on})
    }

    #[test]
    fn the_kind_of_a_barrier_is_sealed_and_its_severity_is_not() {
        let events = accompanied().when("identifyBarrier", identify("2022-02-01")).events();
        assert_eq!(events[0].personal.get(Field::BarrierKind), Some("CRIMINAL_RECORD"));
        let classes: Vec<_> = events[0].personal.by_class().into_iter().map(|(class, _)| class).collect();
        assert_eq!(classes, [FieldClass::Health, FieldClass::FreeText]);
        let printed = format!("{events:?}");
        assert!(
            printed.contains("High") && !printed.contains("Criminal") && !printed.contains("CRIMINAL"),
            "{printed}"
        );
    }

    #[test]
    fn a_barrier_is_found_once_and_lifted_once() {
        let found = accompanied().given_command("identifyBarrier", identify("2022-02-01"));
        found.when("identifyBarrier", identify("2022-02-01")).refused("BARRIER_ALREADY_KNOWN", "barrier");
        accompanied().when("liftBarrier", lift("2022-02-01")).refused("BARRIER_UNKNOWN", "barrier");
        found.when("liftBarrier", lift("2022-01-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        let lifted = found.given_command("liftBarrier", lift("2022-04-01"));
        lifted.when("liftBarrier", lift("2022-05-01")).refused("BARRIER_ALREADY_LIFTED", "barrier");
        let state = State::of(&lifted.history(PersonId(PERSON.parse().unwrap()), Cut::default()));
        let barrier = state.barriers[&BarrierId(ONE.parse().unwrap())];
        let stands =
            ["2022-01-31", "2022-02-01", "2022-03-31", "2022-04-01"].map(|on| barrier.stands_on(on.parse().unwrap()));
        assert_eq!(stands, [false, true, true, false]);
        assert_eq!((barrier.identified_by, barrier.lifted.unwrap().1), (lifted.id(3), lifted.id(4)));
    }

    #[test]
    fn a_barrier_found_and_lifted_on_one_day_never_stood() {
        let day = accompanied()
            .given_command("identifyBarrier", identify("2022-02-01"))
            .given_command("liftBarrier", lift("2022-02-01"));
        let state = State::of(&day.history(PersonId(PERSON.parse().unwrap()), Cut::default()));
        assert!(!state.barriers[&BarrierId(ONE.parse().unwrap())].stands_on("2022-02-01".parse().unwrap()));
    }

    #[test]
    fn no_barrier_is_found_or_lifted_outside_of_the_pathway() {
        // domain.md, invariant G3: the pathway is closed from 1 June on.
        accompanied().when("identifyBarrier", identify("2022-01-09")).refused("PATHWAY_NOT_OPEN", "on");
        accompanied_and_gone().when("identifyBarrier", identify("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
        let found = accompanied_and_gone().given_command("identifyBarrier", identify("2022-05-31"));
        found.when("liftBarrier", lift("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    }
}
