//! Where the work penalties of one file stand.

use super::event::Event;
use crate::fact::Fact;
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{OrganisationId, PenaltyId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The work penalties of one file.
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
    /// Days on which the person was not there, in order.
    pub absences: Vec<Absence>,
    /// Last days that the probation commission gave, in order of decision.
    pub extended: Vec<NaiveDate>,
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
    /// Last day to perform it, inclusive, as it followed from the law.
    pub deadline: NaiveDate,
}

/// A day on which the person was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The day.
    pub on: NaiveDate,
    /// Hours that were planned, if they are known.
    pub hours: Option<Hours>,
    /// True if a valid reason was given.
    pub justified: bool,
}

impl State {
    /// Folds the history of a judicial file, or of a person for what was recorded before there were such files.
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
            Event::Absent { penalty, hours, justified, .. } => {
                self.penalty(*penalty).absences.push(Absence { on, hours: *hours, justified: *justified });
            }
            Event::DeadlineExtended { penalty, until, .. } => self.penalty(*penalty).extended.push(*until),
            Event::Completed { penalty, .. } => self.penalty(*penalty).completed_on = Some(on),
            Event::Interrupted { penalty, .. } => self.penalty(*penalty).interrupted_on = Some(on),
        }
    }

    fn penalty(&mut self, penalty: PenaltyId) -> &mut Penalty {
        self.penalties.entry(penalty).or_default()
    }
}

impl Penalty {
    /// The last day to perform it, inclusive, extensions counted; none when no assignment stands.
    #[must_use]
    pub fn deadline(&self) -> Option<NaiveDate> {
        let by_law = self.assigned.as_ref()?.deadline;
        Some(self.extended.iter().copied().fold(by_law, NaiveDate::max))
    }

    /// True if some hours more would exceed those ordered; without a standing order nothing does.
    #[must_use]
    pub fn exceeded_by(&self, more: Hours) -> bool {
        self.assigned.as_ref().is_some_and(|assigned| self.hours() + more > assigned.ordered)
    }

    /// All hours performed.
    #[must_use]
    pub fn hours(&self) -> Hours {
        self.performed.iter().map(|(_, hours)| *hours).sum()
    }
}
