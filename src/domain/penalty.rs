//! The work penalty (peine de travail / werkstraf), Penal Code article 37quinquies. All of it is judicial data.
//!
//! The refusals stand in `refusal`.

use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{OrganisationId, PenaltyId, PersonId};
use crate::law::rules::PenaltyRules;
use crate::law::{Law, add_months};
use crate::person;
use crate::personal::{Field, Personal, Secret, TooLong};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod refusal;

pub use refusal::Refusal;

/// Something that happened to a work penalty. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The penalty was entrusted to a host. Peine de travail confiée / werkstraf toevertrouwd.
    #[serde(rename = "PenaltyAssigned")]
    Assigned {
        /// To whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// Where it is performed.
        organisation: OrganisationId,
        /// The service that sent the person (SEMJA).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<OrganisationId>,
        /// Hours ordered by the judge.
        hours_ordered: Hours,
        /// When the judgment became final.
        final_on: NaiveDate,
        /// Last day to perform it, inclusive.
        deadline: NaiveDate,
    },
    /// Hours were performed on the effective day. Heures prestées / gepresteerde uren.
    #[serde(rename = "PenaltyHoursPerformed")]
    HoursPerformed {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// How many.
        hours: Hours,
    },
    /// All hours are performed. Peine exécutée / werkstraf voltooid.
    #[serde(rename = "PenaltyCompleted")]
    Completed {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
    },
    /// The penalty stopped before its end. Interrompue / onderbroken.
    #[serde(rename = "PenaltyInterrupted")]
    Interrupted {
        /// By whom.
        person: PersonId,
        /// The penalty.
        penalty: PenaltyId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Assigned { person, .. }
            | Self::HoursPerformed { person, .. }
            | Self::Completed { person, .. }
            | Self::Interrupted { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Completed { .. } | Self::Interrupted { .. } => DayRank::Ends,
            Self::Assigned { .. } => DayRank::Begins,
            Self::HoursPerformed { .. } => DayRank::Within,
        }
    }
}

/// The work penalties of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The penalties, by their id.
    pub penalties: BTreeMap<PenaltyId, Penalty>,
}

/// One work penalty as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Penalty {
    /// What was entrusted, and when; none when no assignment stands.
    pub assigned: Option<Assignment>,
    /// Hours performed, in order of day.
    pub performed: Vec<(NaiveDate, Hours)>,
    /// Day on which it was completed.
    pub completed_on: Option<NaiveDate>,
    /// Day on which it stopped before its end.
    pub interrupted_on: Option<NaiveDate>,
}

/// What was entrusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Day of it.
    pub on: NaiveDate,
    /// Where it is performed.
    pub organisation: OrganisationId,
    /// The service that sent the person.
    pub partner: Option<OrganisationId>,
    /// Hours ordered by the judge.
    pub ordered: Hours,
    /// When the judgment became final.
    pub final_on: NaiveDate,
    /// Last day to perform it, inclusive.
    pub deadline: NaiveDate,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Penalty(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Assigned { penalty, organisation, partner, hours_ordered, final_on, deadline, .. } => {
                self.penalty(*penalty).assigned = Some(Assignment {
                    on,
                    organisation: organisation.clone(),
                    partner: partner.clone(),
                    ordered: *hours_ordered,
                    final_on: *final_on,
                    deadline: *deadline,
                });
            }
            Event::HoursPerformed { penalty, hours, .. } => self.penalty(*penalty).performed.push((on, *hours)),
            Event::Completed { penalty, .. } => self.penalty(*penalty).completed_on = Some(on),
            Event::Interrupted { penalty, .. } => self.penalty(*penalty).interrupted_on = Some(on),
        }
    }

    fn penalty(&mut self, penalty: PenaltyId) -> &mut Penalty {
        self.penalties.entry(penalty).or_default()
    }
}

impl Penalty {
    /// All hours performed.
    #[must_use]
    pub fn hours(&self) -> Hours {
        self.performed.iter().map(|(_, hours)| *hours).sum()
    }
}

/// What can be asked of a work penalty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Entrusts a penalty to a host; the deadline follows from the law.
    #[serde(rename = "assignPenalty")]
    Assign {
        /// To whom.
        participant: PersonId,
        /// The penalty; chosen by the server if left out.
        penalty: PenaltyId,
        /// Day on which it was entrusted.
        on: NaiveDate,
        /// Where it is performed.
        organisation: OrganisationId,
        /// The service that sent the person.
        #[serde(default)]
        partner: Option<OrganisationId>,
        /// Hours ordered by the judge.
        hours_ordered: Hours,
        /// When the judgment became final.
        final_on: NaiveDate,
        /// Reference of the mandate; sealed.
        #[serde(default)]
        mandate_reference: Option<Secret>,
    },
    /// Records hours performed.
    #[serde(rename = "performPenaltyHours")]
    Perform {
        /// By whom.
        participant: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// Day on which they were performed.
        on: NaiveDate,
        /// How many.
        hours: Hours,
    },
    /// Says that all hours are performed.
    #[serde(rename = "completePenalty")]
    Complete {
        /// By whom.
        participant: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// Day of it.
        on: NaiveDate,
    },
    /// Stops the penalty before its end.
    #[serde(rename = "interruptPenalty")]
    Interrupt {
        /// By whom.
        participant: PersonId,
        /// The penalty.
        penalty: PenaltyId,
        /// Day of it.
        on: NaiveDate,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("assignPenalty", &["penalty"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Assign { on, .. }
            | Self::Perform { on, .. }
            | Self::Complete { on, .. }
            | Self::Interrupt { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            // A death interrupts.
            Self::Interrupt { .. } => person::registered(past, self.participant())?,
            Self::Assign { .. } | Self::Perform { .. } | Self::Complete { .. } => {
                person::living(past, self.participant(), self.on())?
            }
        };
        let state = past.get(self.participant()).map(State::of).unwrap_or_default();
        let decided = Decided::new(self.on(), decide(&state, self, desk.law)?).with(self.personal()?);
        Ok(vec![match self {
            Self::Assign { final_on, .. } => decided.under(desk.law.on(*final_on).id),
            Self::Perform { .. } | Self::Complete { .. } | Self::Interrupt { .. } => decided,
        }])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Assign { participant, .. }
            | Self::Perform { participant, .. }
            | Self::Complete { participant, .. }
            | Self::Interrupt { participant, .. } => *participant,
        }
    }

    fn personal(&self) -> Result<Personal, TooLong> {
        match self {
            Self::Assign { mandate_reference, .. } => {
                Personal::default().sealing(Field::MandateReference, "mandateReference", mandate_reference.as_ref())
            }
            Self::Perform { .. } | Self::Complete { .. } | Self::Interrupt { .. } => Ok(Personal::default()),
        }
    }
}

fn decide(state: &State, command: &Command, law: &Law) -> Result<Event, Refusal> {
    let person = command.participant();
    match command {
        Command::Assign { penalty, on, organisation, partner, hours_ordered, final_on, .. } => {
            if let Some(assigned) = state.penalties.get(penalty).and_then(|penalty| penalty.assigned.as_ref()) {
                return Err(Refusal::AlreadyAssigned { assigned_on: assigned.on });
            }
            Ok(Event::Assigned {
                person,
                penalty: *penalty,
                organisation: organisation.clone(),
                partner: partner.clone(),
                hours_ordered: *hours_ordered,
                final_on: *final_on,
                deadline: deadline(&law.on(*final_on).penalty, *on, *hours_ordered, *final_on)?,
            })
        }
        Command::Perform { penalty, on, hours, .. } => {
            let (standing, assigned) = performable(state, *penalty, *on)?;
            if *hours == Hours::default() {
                return Err(Refusal::NoHours);
            }
            let (ordered, performed) = (assigned.ordered, standing.hours());
            if performed + *hours > ordered {
                return Err(Refusal::HoursExceeded { ordered, performed, given: *hours });
            }
            Ok(Event::HoursPerformed { person, penalty: *penalty, hours: *hours })
        }
        Command::Complete { penalty, on, .. } => {
            let (standing, assigned) = running(state, *penalty, *on)?;
            let (ordered, performed) = (assigned.ordered, standing.hours());
            if performed != ordered {
                return Err(Refusal::HoursMissing { ordered, performed });
            }
            after_hours(standing, *on)?;
            Ok(Event::Completed { person, penalty: *penalty })
        }
        Command::Interrupt { penalty, on, .. } => {
            let (standing, _) = running(state, *penalty, *on)?;
            after_hours(standing, *on)?;
            Ok(Event::Interrupted { person, penalty: *penalty })
        }
    }
}

/// The last day to perform a penalty, inclusive: the same day twelve months after the judgment became final
/// (Penal Code article 37quinquies). The law is that of the day on which it became final.
fn deadline(rules: &PenaltyRules, on: NaiveDate, given: Hours, final_on: NaiveDate) -> Result<NaiveDate, Refusal> {
    if !(rules.hours_min..=rules.hours_max).contains(&given) {
        return Err(Refusal::HoursOutOfRange { given, least: rules.hours_min, most: rules.hours_max });
    }
    if on < final_on {
        return Err(Refusal::NotFinal { on, final_on });
    }
    let deadline = add_months(final_on, rules.months);
    if deadline < on { Err(Refusal::AfterDeadline { on, deadline }) } else { Ok(deadline) }
}

fn running(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let (penalty, assigned) = entrusted(state, id, on)?;
    match penalty.completed_on.or(penalty.interrupted_on) {
        Some(over_on) => Err(Refusal::Over { over_on }),
        None => Ok((penalty, assigned)),
    }
}

/// Refuses a day on which no hours could be performed. The day of an interruption may still have some.
fn performable(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let (penalty, assigned) = entrusted(state, id, on)?;
    match penalty.completed_on.or(penalty.interrupted_on.filter(|interrupted_on| *interrupted_on < on)) {
        Some(over_on) => Err(Refusal::Over { over_on }),
        None if assigned.deadline < on => Err(Refusal::AfterDeadline { on, deadline: assigned.deadline }),
        None => Ok((penalty, assigned)),
    }
}

fn entrusted(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let penalty = state.penalties.get(&id).ok_or(Refusal::Unknown(id))?;
    let assigned = penalty.assigned.as_ref().ok_or(Refusal::Unknown(id))?;
    if on < assigned.on {
        return Err(Refusal::BeforeAssignment { on, assigned_on: assigned.on });
    }
    Ok((penalty, assigned))
}

fn after_hours(penalty: &Penalty, on: NaiveDate) -> Result<(), Refusal> {
    match penalty.performed.last() {
        Some((performed_on, _)) if on < *performed_on => {
            Err(Refusal::BeforeLastHours { on, performed_on: *performed_on })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
