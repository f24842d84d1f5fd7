//! The participant: who this is. Names and contact stand in the personal part; the fact says only that they were given.

use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{OrganisationId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that happened to a participant's identity. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The participant was registered. Participant inscrit / deelnemer geregistreerd.
    #[serde(rename = "ParticipantRegistered")]
    Registered {
        /// Who.
        person: PersonId,
        /// By which organisation.
        organisation: OrganisationId,
    },
    /// The identity was rectified (GDPR article 16). Identité rectifiée / identiteit verbeterd.
    #[serde(rename = "IdentityCorrected")]
    IdentityCorrected {
        /// Whose.
        person: PersonId,
    },
    /// Address, telephone or e-mail changed. Coordonnées modifiées / contactgegevens gewijzigd.
    #[serde(rename = "ContactChanged")]
    ContactChanged {
        /// Whose.
        person: PersonId,
    },
    /// The participant died; ends every expectation, neutral for outcomes. Décès / overlijden.
    #[serde(rename = "DeathRecorded")]
    DeathRecorded {
        /// Who.
        person: PersonId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Registered { person, .. }
            | Self::IdentityCorrected { person, .. }
            | Self::ContactChanged { person, .. }
            | Self::DeathRecorded { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::DeathRecorded { .. } => DayRank::Ends,
            Self::Registered { .. } => DayRank::Begins,
            Self::IdentityCorrected { .. } | Self::ContactChanged { .. } => DayRank::Within,
        }
    }
}

/// A participant as their history tells it: that they are known, never who they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The registration, if there was one.
    pub registered: Option<Registration>,
    /// Day of death.
    pub died_on: Option<NaiveDate>,
    /// Last day on which the identity was rectified.
    pub identity_corrected_on: Option<NaiveDate>,
    /// Last day on which the contact changed.
    pub contact_changed_on: Option<NaiveDate>,
}

/// When and by whom a participant was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The day.
    pub on: NaiveDate,
    /// By which organisation.
    pub organisation: OrganisationId,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Person(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Registered { organisation, .. } => {
                self.registered.get_or_insert_with(|| Registration { on, organisation: organisation.clone() });
            }
            Event::IdentityCorrected { .. } => self.identity_corrected_on = Some(on),
            Event::ContactChanged { .. } => self.contact_changed_on = Some(on),
            Event::DeathRecorded { .. } => {
                self.died_on.get_or_insert(on);
            }
        }
    }

    /// True if the person died before that day; the day of death itself is still lived.
    #[must_use]
    pub fn dead_on(&self, day: NaiveDate) -> bool {
        self.died_on.is_some_and(|died| died < day)
    }
}
