//! Orientation (doorverwijzing): where a person is sent next, who asked and who decided.

use crate::codes::{Cell, Measure, codes};
use crate::fact::{self, About, Fact};
use crate::history::History;
use crate::ids::{OrganisationId, OrientationId, PathwayId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What was decided on a request of orientation.
    Decision {
        /// Accepted.
        Accepted = "ACCEPTED" ("acceptée", "aanvaard", "accepted"),
        /// Refused.
        Refused = "REFUSED" ("refusée", "geweigerd", "refused"),
    }
}

/// Where an orientation leads: a cell, a measure, a partner, or several of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Destination {
    /// The cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// The measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<OrganisationId>,
}

/// Something that happened to an orientation. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// An orientation was asked for. Orientation demandée / doorverwijzing gevraagd.
    #[serde(rename = "OrientationRequested")]
    Requested {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The request.
        orientation: OrientationId,
        /// Where to.
        to: Destination,
    },
    /// The request was decided on.
    #[serde(rename = "OrientationDecided")]
    Decided {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The request.
        orientation: OrientationId,
        /// What was decided.
        decision: Decision,
    },
    /// The person was oriented for the first time. Orienté / doorverwezen.
    #[serde(rename = "Oriented")]
    Oriented {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The orientation.
        orientation: OrientationId,
        /// Where to.
        to: Destination,
    },
    /// The person was oriented elsewhere than before. Réorienté / opnieuw doorverwezen.
    #[serde(rename = "Reoriented")]
    Reoriented {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The orientation.
        orientation: OrientationId,
        /// Where from.
        from: Destination,
        /// Where to.
        to: Destination,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Requested { person, .. }
            | Self::Decided { person, .. }
            | Self::Oriented { person, .. }
            | Self::Reoriented { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }
}

/// The orientations of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every orientation that was asked for, decided or done.
    pub orientations: BTreeMap<OrientationId, Orientation>,
}

/// One orientation, from the request to the day on which the person was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orientation {
    /// In which pathway.
    pub pathway: PathwayId,
    /// Day of the request, if there was one.
    pub requested_on: Option<NaiveDate>,
    /// Day of the decision, and what was decided.
    pub decided: Option<(NaiveDate, Decision)>,
    /// Day on which the person was oriented.
    pub oriented_on: Option<NaiveDate>,
    /// Where from, if the person had been oriented before.
    pub from: Option<Destination>,
    /// Where to: as oriented, else as requested.
    pub to: Destination,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Orientation(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Requested { pathway, orientation, to, .. } => {
                let found = self.one(*orientation, *pathway);
                found.requested_on.get_or_insert(on);
                if found.oriented_on.is_none() {
                    found.to = to.clone();
                }
            }
            Event::Decided { pathway, orientation, decision, .. } => {
                self.one(*orientation, *pathway).decided = Some((on, *decision));
            }
            Event::Oriented { pathway, orientation, to, .. } => {
                let found = self.one(*orientation, *pathway);
                found.oriented_on = Some(on);
                found.to = to.clone();
            }
            Event::Reoriented { pathway, orientation, from, to, .. } => {
                let found = self.one(*orientation, *pathway);
                found.oriented_on = Some(on);
                found.from = Some(from.clone());
                found.to = to.clone();
            }
        }
    }

    fn one(&mut self, orientation: OrientationId, pathway: PathwayId) -> &mut Orientation {
        self.orientations.entry(orientation).or_insert_with(|| Orientation {
            pathway,
            requested_on: None,
            decided: None,
            oriented_on: None,
            from: None,
            to: Destination::default(),
        })
    }

    /// The request of a pathway that waits for a decision.
    #[must_use]
    pub fn pending(&self, pathway: PathwayId) -> Option<OrientationId> {
        let mut all = self.orientations.iter();
        all.find(|(_, each)| each.pathway == pathway && each.pending()).map(|(id, _)| *id)
    }

    /// Where the person was last sent in a pathway, up to that day.
    #[must_use]
    pub fn current(&self, pathway: PathwayId, day: NaiveDate) -> Option<&Destination> {
        let sent = self.orientations.values().filter(|each| each.pathway == pathway);
        let sent = sent.filter_map(|each| Some((each.oriented_on.filter(|on| *on <= day)?, &each.to)));
        sent.max_by_key(|(on, _)| *on).map(|(_, to)| to)
    }
}

impl Orientation {
    /// True if it was asked for, and neither decided on nor carried out.
    #[must_use]
    pub const fn pending(&self) -> bool {
        self.requested_on.is_some() && self.decided.is_none() && self.oriented_on.is_none()
    }
}
