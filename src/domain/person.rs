//! The participant: who this is. Names and contact stand in the personal part; the fact says only that they were given.

use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{OrganisationId, PersonId};
use crate::personal::{Field, Personal, Secret};
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

    /// The last day of birth that is possible: that of the registration, or the one given if there is none yet.
    fn born_by(&self, on: NaiveDate) -> NaiveDate {
        self.registered.as_ref().map_or(on, |registration| registration.on)
    }

    /// True if the person died before that day; the day of death itself is still lived.
    #[must_use]
    pub fn dead_on(&self, day: NaiveDate) -> bool {
        self.died_on.is_some_and(|died| died < day)
    }
}

/// What can be asked about a participant's identity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Registers a participant.
    #[serde(rename = "registerParticipant")]
    Register {
        /// The participant; chosen by the server if left out.
        participant: PersonId,
        /// Day of the registration.
        on: NaiveDate,
        /// By which organisation.
        organisation: OrganisationId,
        /// Family name.
        family_name: Secret,
        /// Given names.
        given_name: Secret,
        /// Date of birth.
        #[serde(default)]
        birth_date: Option<Secret<NaiveDate>>,
        /// Gender as the person gives it.
        #[serde(default)]
        gender: Option<Secret>,
        /// Language of contact.
        #[serde(default)]
        language: Option<Secret>,
    },
    /// Rectifies what is known of the identity; what is left out stays as it was.
    #[serde(rename = "correctIdentity")]
    CorrectIdentity {
        /// The participant.
        participant: PersonId,
        /// Day of the rectification.
        on: NaiveDate,
        /// Family name.
        #[serde(default)]
        family_name: Option<Secret>,
        /// Given names.
        #[serde(default)]
        given_name: Option<Secret>,
        /// Date of birth.
        #[serde(default)]
        birth_date: Option<Secret<NaiveDate>>,
        /// Gender as the person gives it.
        #[serde(default)]
        gender: Option<Secret>,
        /// Language of contact.
        #[serde(default)]
        language: Option<Secret>,
    },
    /// Says how to reach the person from a day on; what is left out stays, an empty text removes.
    #[serde(rename = "changeContact")]
    ChangeContact {
        /// The participant.
        participant: PersonId,
        /// First day of the new contact.
        on: NaiveDate,
        /// Postal address.
        #[serde(default)]
        address: Option<Secret>,
        /// Telephone number.
        #[serde(default)]
        phone: Option<Secret>,
        /// E-mail address.
        #[serde(default)]
        email: Option<Secret>,
    },
    /// Records a death.
    #[serde(rename = "recordDeath")]
    RecordDeath {
        /// The participant.
        participant: PersonId,
        /// Day of death.
        on: NaiveDate,
    },
}

/// Which rule about participants forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody was registered under this id.
    #[error("participant {0} was never registered")]
    Unknown(PersonId),
    /// The participant is registered already.
    #[error("participant {0} is registered already")]
    AlreadyRegistered(PersonId),
    /// The participant had died by then.
    #[error("the participant died on {died_on}, the day given is {on}")]
    Died {
        /// The day given.
        on: NaiveDate,
        /// Day of death.
        died_on: NaiveDate,
    },
    /// The death is recorded already.
    #[error("the death is recorded already, on {died_on}; correct or annul that record")]
    DeathKnown {
        /// Day of death.
        died_on: NaiveDate,
    },
    /// A death cannot be planned.
    #[error("the day of death {on} is after today ({today})")]
    DeathAhead {
        /// The day given.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// A birth cannot lie ahead, nor after the registration of who was born.
    #[error("the date of birth is after today, or after the registration")]
    BornAhead,
    /// A name says nothing.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// The command changes nothing.
    #[error("give at least one field to change")]
    NothingGiven,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("PARTICIPANT_UNKNOWN", Some("participant")),
            Self::AlreadyRegistered(_) => ("PARTICIPANT_ALREADY_REGISTERED", Some("participant")),
            Self::Died { .. } => ("PARTICIPANT_DIED", Some("on")),
            Self::DeathKnown { .. } => ("DEATH_ALREADY_RECORDED", Some("on")),
            Self::DeathAhead { .. } => ("DEATH_AHEAD", Some("on")),
            Self::BornAhead => ("BIRTH_AHEAD", Some("birthDate")),
            Self::Empty(field) => ("VALUE_EMPTY", Some(field)),
            Self::NothingGiven => ("NOTHING_GIVEN", None),
        }
    }
}

/// The participant, who must be registered; of somebody whose file was absorbed, the survivor's file tells.
///
/// # Errors
/// [`Refusal::Unknown`].
pub(crate) fn registered(past: &Past, person: PersonId) -> Result<State, Refusal> {
    let state = past.counting(person.into()).map(State::of).unwrap_or_default();
    if state.registered.is_some() { Ok(state) } else { Err(Refusal::Unknown(person)) }
}

/// The participant, who must be registered and alive that day (domain.md, invariant G3).
///
/// What only ends something asks for [`registered`] instead: a file is closed after a death as well.
///
/// # Errors
/// [`Refusal::Unknown`] or [`Refusal::Died`].
pub(crate) fn living(past: &Past, person: PersonId, on: NaiveDate) -> Result<State, Refusal> {
    let state = registered(past, person)?;
    match state.died_on.filter(|_| state.dead_on(on)) {
        Some(died_on) => Err(Refusal::Died { on, died_on }),
        None => Ok(state),
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("registerParticipant", &["participant"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Register { on, .. }
            | Self::CorrectIdentity { on, .. }
            | Self::ChangeContact { on, .. }
            | Self::RecordDeath { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(self.participant()).map(State::of).unwrap_or_default();
        let event = decide(&state, self, desk.today)?;
        Ok(vec![Decided::new(self.on(), event).with(self.personal(state.born_by(self.on()).min(desk.today))?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Register { participant, .. }
            | Self::CorrectIdentity { participant, .. }
            | Self::ChangeContact { participant, .. }
            | Self::RecordDeath { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self, born_by: NaiveDate) -> Result<Personal, Answer> {
        match self {
            Self::Register { family_name, given_name, birth_date, gender, language, .. } => {
                let names = (Some(family_name), Some(given_name));
                identity(names, birth_date.as_ref(), gender.as_ref(), language.as_ref(), born_by)
            }
            Self::CorrectIdentity { family_name, given_name, birth_date, gender, language, .. } => {
                let names = (family_name.as_ref(), given_name.as_ref());
                let personal = identity(names, birth_date.as_ref(), gender.as_ref(), language.as_ref(), born_by)?;
                if personal.is_empty() { Err(Refusal::NothingGiven.into()) } else { Ok(personal) }
            }
            Self::ChangeContact { address, phone, email, .. } => {
                let personal = Personal::default()
                    .sealing(Field::Address, "address", address.as_ref())?
                    .sealing(Field::Phone, "phone", phone.as_ref())?
                    .sealing(Field::Email, "email", email.as_ref())?;
                if personal.is_empty() { Err(Refusal::NothingGiven.into()) } else { Ok(personal) }
            }
            Self::RecordDeath { .. } => Ok(Personal::default()),
        }
    }
}

fn identity(
    (family_name, given_name): (Option<&Secret>, Option<&Secret>),
    birth_date: Option<&Secret<NaiveDate>>,
    gender: Option<&Secret>,
    language: Option<&Secret>,
    born_by: NaiveDate,
) -> Result<Personal, Answer> {
    for (name, field) in [(family_name, "familyName"), (given_name, "givenName")] {
        if name.is_some_and(|name| name.reveal().trim().is_empty()) {
            return Err(Refusal::Empty(field).into());
        }
    }
    if birth_date.is_some_and(|birth| *birth.reveal() > born_by) {
        return Err(Refusal::BornAhead.into());
    }
    Ok(Personal::default()
        .sealing(Field::FamilyName, "familyName", family_name)?
        .sealing(Field::GivenName, "givenName", given_name)?
        .with(Field::BirthDate, birth_date.map(|birth| birth.reveal().to_string()))
        .sealing(Field::Gender, "gender", gender)?
        .sealing(Field::Language, "language", language)?)
}

fn decide(state: &State, command: &Command, today: NaiveDate) -> Result<Event, Refusal> {
    let person = command.participant();
    if state.registered.is_none() && !matches!(command, Command::Register { .. }) {
        return Err(Refusal::Unknown(person));
    }
    match command {
        Command::Register { .. } if state.registered.is_some() => Err(Refusal::AlreadyRegistered(person)),
        Command::Register { organisation, .. } => Ok(Event::Registered { person, organisation: organisation.clone() }),
        // The right to rectification (GDPR article 16) does not end here: a mistake is a mistake after a death too.
        Command::CorrectIdentity { .. } => Ok(Event::IdentityCorrected { person }),
        Command::ChangeContact { on, .. } => match state.died_on.filter(|_| state.dead_on(*on)) {
            Some(died_on) => Err(Refusal::Died { on: *on, died_on }),
            None => Ok(Event::ContactChanged { person }),
        },
        Command::RecordDeath { on, .. } => match state.died_on {
            Some(died_on) => Err(Refusal::DeathKnown { died_on }),
            None if *on > today => Err(Refusal::DeathAhead { on: *on, today }),
            None => Ok(Event::DeathRecorded { person }),
        },
    }
}

#[cfg(test)]
mod tests;
