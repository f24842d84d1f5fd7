//! Where each sanction of a person stands, folded from their history.

use super::event::{AnnulledBy, Event, SanctionFamily, Suspension};
use crate::fact::Fact;
use crate::history::History;
use crate::ids::{PiisId, SanctionId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The sanctions of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every procedure, decided or not.
    pub sanctions: BTreeMap<SanctionId, Sanction>,
}

/// One procedure, from its first act to its decision and beyond.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sanction {
    /// The project named by the formal notice.
    pub piis: Option<PiisId>,
    /// Day of the first formal notice.
    pub notice_on: Option<NaiveDate>,
    /// Every day on which a hearing was offered, in order.
    pub offered: Vec<NaiveDate>,
    /// Every hearing, in order of day: the day, and whether the person was assisted.
    pub heard: Vec<(NaiveDate, bool)>,
    /// What was decided.
    pub decided: Option<Decided>,
    /// Day of the annulment, and by whom.
    pub annulled: Option<(NaiveDate, AnnulledBy)>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Day of the decision.
    pub on: NaiveDate,
    /// Whether it is about the project or about means.
    pub family: SanctionFamily,
    /// What is not paid, and when.
    pub suspension: Suspension,
    /// Day of the notification.
    pub notified_on: NaiveDate,
    /// The earlier sanction of which it is a recurrence.
    pub recurrence_of: Option<SanctionId>,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Sanction(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        let sanction = self.sanctions.entry(event.sanction()).or_default();
        match event {
            Event::FormalNoticeSent { piis, .. } => {
                sanction.notice_on.get_or_insert(on);
                sanction.piis.get_or_insert(*piis);
            }
            Event::HearingOffered { .. } => sanction.offered.push(on),
            Event::PersonHeard { assisted, .. } => sanction.heard.push((on, *assisted)),
            Event::Decided { family, suspension, notified_on, recurrence_of, .. } => {
                sanction.decided.get_or_insert(Decided {
                    on,
                    family: *family,
                    suspension: *suspension,
                    notified_on: *notified_on,
                    recurrence_of: *recurrence_of,
                });
            }
            Event::Annulled { by, .. } => {
                sanction.annulled.get_or_insert((on, *by));
            }
        }
    }

    /// The last standing sanction of a family that was decided before a day, and the day of its decision.
    ///
    /// A wholly deferred sanction counts, an annulled one does not.
    #[must_use]
    pub fn last_standing(&self, family: SanctionFamily, before: NaiveDate) -> Option<(NaiveDate, SanctionId)> {
        let standing = self.sanctions.iter().filter(|(_, one)| one.annulled.is_none());
        let decided = standing.filter_map(|(id, one)| Some((one.decided.filter(|it| it.family == family)?.on, *id)));
        decided.filter(|(on, _)| *on < before).max()
    }
}

impl Sanction {
    /// The last day of what happened in the procedure before any decision.
    #[must_use]
    pub fn last_act(&self) -> Option<NaiveDate> {
        let heard = self.heard.iter().map(|(on, _)| *on);
        self.notice_on.into_iter().chain(self.offered.iter().copied()).chain(heard).max()
    }
}
