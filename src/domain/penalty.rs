//! The work penalty (peine de travail / werkstraf), Penal Code article 37quinquies. All of it is judicial data.

use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{OrganisationId, PenaltyId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
