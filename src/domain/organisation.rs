//! The organisations by the names that people know: CPAS/OCMW, CCAS, hosts, employers, prescribers.

use crate::codes::{Label, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
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

/// What can be asked of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Makes an organisation known under a name.
    #[serde(rename = "registerOrganisation")]
    Register {
        /// The organisation.
        organisation: OrganisationId,
        /// First day under this name.
        on: NaiveDate,
        /// Its name.
        name: Label,
        /// Its kind.
        kind: OrganisationKind,
    },
    /// Gives an organisation another name.
    #[serde(rename = "renameOrganisation")]
    Rename {
        /// The organisation.
        organisation: OrganisationId,
        /// First day under this name.
        on: NaiveDate,
        /// Its name.
        name: Label,
    },
}

/// Which rule of the organisation forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The organisation is not known.
    #[error("organisation {0} is not registered")]
    Unknown(OrganisationId),
    /// The organisation is known already.
    #[error("organisation {organisation} was registered on {registered_on}")]
    AlreadyRegistered {
        /// The organisation.
        organisation: OrganisationId,
        /// First day on which it was known.
        registered_on: NaiveDate,
    },
    /// The day is before the organisation was known.
    #[error("the organisation was registered on {registered_on}, the day given is {on}")]
    BeforeRegistration {
        /// The day given.
        on: NaiveDate,
        /// First day on which it was known.
        registered_on: NaiveDate,
    },
    /// The organisation has that name already.
    #[error("the organisation has this name already")]
    SameName,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("ORGANISATION_UNKNOWN", Some("organisation")),
            Self::AlreadyRegistered { .. } => ("ORGANISATION_ALREADY_REGISTERED", Some("organisation")),
            Self::BeforeRegistration { .. } => ("BEFORE_REGISTRATION", Some("on")),
            Self::SameName => ("SAME_NAME", Some("name")),
        }
    }
}

impl Step for Command {
    // An organisation is named by people, never by the server.
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Register { on, .. } | Self::Rename { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.organisation().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(self.organisation()).map(State::of).unwrap_or_default();
        Ok(vec![Decided::new(self.on(), decide(&state, self)?)])
    }
}

impl Command {
    const fn organisation(&self) -> &OrganisationId {
        match self {
            Self::Register { organisation, .. } | Self::Rename { organisation, .. } => organisation,
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let organisation = command.organisation().clone();
    match (command, state.registered_on) {
        (Command::Register { .. }, Some(registered_on)) => {
            Err(Refusal::AlreadyRegistered { organisation, registered_on })
        }
        (Command::Register { name, kind, .. }, None) => {
            Ok(Event::Registered { organisation, name: name.clone(), kind: *kind })
        }
        (Command::Rename { .. }, None) => Err(Refusal::Unknown(organisation)),
        (Command::Rename { on, .. }, Some(registered_on)) if *on < registered_on => {
            Err(Refusal::BeforeRegistration { on: *on, registered_on })
        }
        (Command::Rename { on, name, .. }, Some(_)) if state.name_on(*on) == Some(name) => Err(Refusal::SameName),
        (Command::Rename { name, .. }, Some(_)) => Ok(Event::Renamed { organisation, name: name.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::history::Cut;
    use crate::ids::OrganisationId;
    use crate::scenario::Scenario;
    use serde_json::json;

    fn registered() -> Scenario {
        let host = json!({"organisation": "samusocial", "on": "2020-01-01", "name": "Samusocial", "kind": "HOST"});
        Scenario::new().given_command("registerOrganisation", host)
    }

    #[test]
    fn an_organisation_is_registered_once() {
        let again = json!({"organisation": "samusocial", "on": "2021-01-01", "name": "Samu", "kind": "HOST"});
        registered().when("registerOrganisation", again).refused("ORGANISATION_ALREADY_REGISTERED", "organisation");
    }

    #[test]
    fn a_name_holds_from_its_day_on() {
        let rename = |on| json!({"organisation": "samusocial", "on": on, "name": "New Samusocial"});
        let renamed = registered().given_command("renameOrganisation", rename("2022-01-01"));
        let id = OrganisationId::new("samusocial").unwrap();
        let state = State::of(&renamed.history(&id, Cut::default()));
        for (day, name) in [("2021-12-31", "Samusocial"), ("2022-01-01", "New Samusocial")] {
            assert_eq!(state.name_on(day.parse().unwrap()).unwrap().as_str(), name);
        }
        renamed.when("renameOrganisation", rename("2022-02-01")).refused("SAME_NAME", "name");
        registered().when("renameOrganisation", rename("2019-12-31")).refused("BEFORE_REGISTRATION", "on");
        Scenario::new()
            .when("renameOrganisation", rename("2022-01-01"))
            .refused("ORGANISATION_UNKNOWN", "organisation");
    }
}
