//! Orientation (doorverwijzing): where a person is sent next, who asked and who decided.

use crate::codes::{Cell, Measure, codes};
use crate::fact::{self, About};
use crate::ids::{OrganisationId, OrientationId, PathwayId, PersonId};
use serde::{Deserialize, Serialize};

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
