//! The organisations by the names that people know: CPAS/OCMW, CCAS, hosts, employers, prescribers.

use crate::codes::{Label, codes};
use crate::fact::{self, About, DayRank, Fact, Role};
use crate::history::History;
use crate::ids::OrganisationId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// The kinds of organisation. Some reveal health or justice by themselves.
    OrganisationKind {
        /// Public centre for social welfare (Belgium).
        Cpas = "CPAS" ("CPAS", "OCMW", "public centre for social welfare"),
        /// Communal centre for social action (France).
        Ccas = "CCAS" ("CCAS", "CCAS (Frankrijk)", "communal centre for social action"),
        /// Host of insertion workers.
        Host = "HOST" ("utilisateur", "gebruiker", "host organisation"),
        /// Public employment service.
        EmploymentService = "EMPLOYMENT_SERVICE" ("service public de l'emploi", "openbare arbeidsbemiddeling", "public employment service"),
        /// Service that supervises judicial measures (SEMJA); judicial data.
        JudicialService = "JUDICIAL_SERVICE" ("service d'encadrement de mesures judiciaires", "dienst gerechtelijke maatregelen", "judicial supervision service"),
        /// School or training body.
        TrainingBody = "TRAINING_BODY" ("organisme de formation", "opleidingsinstelling", "training body"),
        /// Ordinary employer.
        Employer = "EMPLOYER" ("employeur", "werkgever", "employer"),
        /// Any other partner.
        Other = "OTHER" ("autre partenaire", "andere partner", "other partner"),
    }
}

/// Something that happened to an organisation. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The organisation is known under this name from the effective day on. Partenaire enregistré / partner geregistreerd.
    #[serde(rename = "PartnerRegistered")]
    Registered {
        /// The organisation.
        organisation: OrganisationId,
        /// Its name.
        name: Label,
        /// Its kind.
        kind: OrganisationKind,
    },
    /// The organisation changed its name. Partenaire renommé / partner hernoemd.
    #[serde(rename = "PartnerRenamed")]
    Renamed {
        /// The organisation.
        organisation: OrganisationId,
        /// Its name from now on.
        name: Label,
    },
}

impl Event {
    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Registered { organisation, .. } | Self::Renamed { organisation, .. } => {
                fact::of_one(organisation, Role::Organisation)
            }
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Registered { .. } => DayRank::Begins,
            Self::Renamed { .. } => DayRank::Within,
        }
    }
}

/// An organisation as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The day from which it is known.
    pub registered_on: Option<NaiveDate>,
    /// Its kind.
    pub kind: Option<OrganisationKind>,
    /// Every name with its first day, in order of day.
    pub names: Vec<(NaiveDate, Label)>,
}

impl State {
    /// Folds an organisation's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Organisation(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Registered { name, kind, .. } => {
                self.registered_on = Some(on);
                self.kind = Some(*kind);
                self.names.push((on, name.clone()));
            }
            Event::Renamed { name, .. } => self.names.push((on, name.clone())),
        }
    }

    /// Its name on that day; before the first one, the first.
    #[must_use]
    pub fn name_on(&self, day: NaiveDate) -> Option<&Label> {
        self.names.iter().rfind(|(from, _)| *from <= day).or(self.names.first()).map(|(_, name)| name)
    }
}
