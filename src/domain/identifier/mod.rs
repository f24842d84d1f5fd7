//! National numbers of a participant (NISS / INSZ, NIR): sealed, and found again by a keyed hash only.
//!
//! The number itself stands in the personal part. Its hash, under a key of the house, is the id of a stream of its own:
//! so nobody without the key can try all numbers, and that two people hold one number is refused by a guard.
//! A person has a set of numbers over time: a number that was replaced stays theirs, for others know them by it.
//! A house keeps none unless it names its legal basis (law of 8 August 1983, article 8): see the counter.
//!
//! Read [`Event`], [`State`], [`Command`], [`Refusal`], then `decide`.

use crate::codes::codes;
use crate::command::{Derived, Source, Step};
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::ids::{AliasId, PersonId};
use crate::national_number::{NationalNumber, NotANumber, nir, niss};
use crate::person;
use crate::personal::{Field, Personal, Secret};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

codes! {
    /// Who gave a national number.
    IdentifierKind {
        /// Belgian National Register or Crossroads Bank (bis number).
        Niss = "NISS" ("numéro NISS", "INSZ", "Belgian NISS / INSZ"),
        /// French register of persons (INSEE).
        Nir = "NIR" ("numéro de sécurité sociale (NIR)", "Frans socialezekerheidsnummer (NIR)", "French NIR"),
    }
}

codes! {
    /// Why a national number takes the place of another one.
    ReplacementReason {
        /// A bis number became a number of the National Register.
        BisToNational = "BIS_TO_NATIONAL" ("bis vers registre national", "bis naar rijksregister", "bis to National Register"),
        /// A provisional number became a final one.
        ProvisionalToFinal = "PROVISIONAL_TO_FINAL" ("provisoire vers définitif", "voorlopig naar definitief", "provisional to final"),
        /// Birth date or sex was corrected by the register.
        Corrected = "CORRECTED" ("rectifié par le registre", "verbeterd door het register", "corrected by the register"),
    }
}

/// Something that happened to a participant's national numbers. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// A number was recorded. Numéro ajouté / nummer toegevoegd.
    #[serde(rename = "IdentifierAdded")]
    Added {
        /// Whose.
        person: PersonId,
        /// The keyed hash of the number.
        alias: AliasId,
        /// Who gave it.
        kind: IdentifierKind,
    },
    /// A number took the place of another one. Numéro remplacé / nummer vervangen.
    #[serde(rename = "IdentifierReplaced")]
    Replaced {
        /// Whose.
        person: PersonId,
        /// The keyed hash of the new number.
        alias: AliasId,
        /// The keyed hash of the number that was replaced.
        former: AliasId,
        /// Who gave it.
        kind: IdentifierKind,
        /// Why.
        reason: ReplacementReason,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Added { person, .. } | Self::Replaced { person, .. } => *person,
        }
    }

    const fn alias(&self) -> AliasId {
        match self {
            Self::Added { alias, .. } | Self::Replaced { alias, .. } => *alias,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        let mut about = fact::of_person(self.person());
        about.extend(fact::of_one(self.alias(), Role::Alias));
        about
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The national numbers that a history tells of: of a person, or of one number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every number, in order of day.
    pub identifiers: Vec<Identifier>,
}

/// One national number of a person, by its keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier {
    /// Whose.
    pub person: PersonId,
    /// The keyed hash.
    pub alias: AliasId,
    /// Who gave it.
    pub kind: IdentifierKind,
    /// First day on which it is known.
    pub on: NaiveDate,
    /// Day on which another one took its place.
    pub replaced_on: Option<NaiveDate>,
}

impl State {
    /// Folds a history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Identifier(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        let (person, alias) = (event.person(), event.alias());
        let kind = match event {
            Event::Added { kind, .. } => *kind,
            Event::Replaced { kind, former, .. } => {
                let replaced = self.identifiers.iter_mut().filter(|one| one.alias == *former);
                replaced.for_each(|one| one.replaced_on = Some(on));
                *kind
            }
        };
        self.identifiers.push(Identifier { person, alias, kind, on, replaced_on: None });
    }

    /// The number of this kind that holds now.
    #[must_use]
    pub fn current(&self, kind: IdentifierKind) -> Option<&Identifier> {
        self.identifiers.iter().rev().find(|one| one.kind == kind && one.replaced_on.is_none())
    }

    /// Who holds the number, of one number's history: whoever was recorded first, until that is annulled.
    #[must_use]
    pub fn holder(&self) -> Option<PersonId> {
        self.identifiers.first().map(|one| one.person)
    }
}

/// What can be asked of a participant's national numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records a number of a kind of which the person has none.
    #[serde(rename = "addIdentifier")]
    Add {
        /// Whose.
        participant: PersonId,
        /// Day on which it became known.
        on: NaiveDate,
        /// Who gave it.
        kind: IdentifierKind,
        /// The number, with or without its punctuation; sealed.
        value: Secret,
        /// Its keyed hash; derived by the counter from the key of the house, and given by nobody.
        alias: AliasId,
    },
    /// Puts a number in the place of the one of the same kind that holds.
    #[serde(rename = "replaceIdentifier")]
    Replace {
        /// Whose.
        participant: PersonId,
        /// Day from which the new one holds.
        on: NaiveDate,
        /// Who gave it.
        kind: IdentifierKind,
        /// The new number, with or without its punctuation; sealed.
        value: Secret,
        /// Why.
        reason: ReplacementReason,
        /// As above.
        alias: AliasId,
    },
}

/// Which rule of national numbers forbids a command. Quotes no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is no such number.
    #[error(transparent)]
    Invalid(#[from] NotANumber),
    /// Another file has the number: perhaps two files of one person.
    #[error("participant {0} has this number: if both files are of one person, merge them")]
    HeldByAnother(PersonId),
    /// The person has the number already.
    #[error("the participant has this number since {on}")]
    HeldAlready {
        /// Since when.
        on: NaiveDate,
    },
    /// The person has another number of this kind.
    #[error("the participant has a number of this kind since {on}; replace it")]
    OtherHeld {
        /// Since when.
        on: NaiveDate,
    },
    /// There is no number to replace.
    #[error("the participant has no number of this kind; add it")]
    NothingToReplace,
    /// The day is before the number that would be replaced was known.
    #[error("the number that would be replaced is known since {since}, the day given is {on}")]
    BeforeFormer {
        /// The day given.
        on: NaiveDate,
        /// Since when.
        since: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Invalid(_) => ("NATIONAL_NUMBER_INVALID", Some("value")),
            Self::HeldByAnother(_) => ("NATIONAL_NUMBER_OF_ANOTHER", Some("value")),
            Self::HeldAlready { .. } => ("NATIONAL_NUMBER_KNOWN", Some("value")),
            Self::OtherHeld { .. } => ("NATIONAL_NUMBER_HELD", Some("kind")),
            Self::NothingToReplace => ("NATIONAL_NUMBER_UNKNOWN", Some("kind")),
            Self::BeforeFormer { .. } => ("BEFORE_FORMER_NUMBER", Some("on")),
        }
    }
}

/// What is hashed of a number: its kind and its characters without punctuation, so that each number has one hash,
/// however it is written. `None` if the input has no number.
///
/// It decides the ids of all aliases, so it is never changed.
#[must_use]
pub fn hashed(input: &Map<String, Value>) -> Option<String> {
    let text = |field: &str| input.get(field).and_then(Value::as_str);
    let (kind, value) = (text("kind")?, text("value")?);
    let characters: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(format!("national number {kind} {}", characters.to_uppercase()))
}

const fn alias_of(command: &'static str) -> Derived {
    Derived { command, field: "alias", from: Source::House { text: hashed } }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];
    const DERIVED: &'static [Derived] = &[alias_of("addIdentifier"), alias_of("replaceIdentifier")];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Add { on, .. } | Self::Replace { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into(), self.alias().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        // A number is often found out after a death, and settles who it was.
        person::registered(past, self.participant())?;
        let number = self.number(desk.today).map_err(Refusal::from)?;
        let event = decide(past, self)?;
        let personal = Personal::default().with(Field::NationalNumber, Some(number.reveal()));
        Ok(vec![Decided::new(self.on(), event).with(personal)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Add { participant, .. } | Self::Replace { participant, .. } => *participant,
        }
    }

    const fn alias(&self) -> AliasId {
        match self {
            Self::Add { alias, .. } | Self::Replace { alias, .. } => *alias,
        }
    }

    const fn kind(&self) -> IdentifierKind {
        match self {
            Self::Add { kind, .. } | Self::Replace { kind, .. } => *kind,
        }
    }

    fn number(&self, today: NaiveDate) -> Result<NationalNumber, NotANumber> {
        let (Self::Add { value, .. } | Self::Replace { value, .. }) = self;
        match self.kind() {
            IdentifierKind::Niss => niss::read(value.reveal(), today),
            IdentifierKind::Nir => nir::read(value.reveal(), today),
        }
    }
}

fn decide(past: &Past, command: &Command) -> Result<Event, Refusal> {
    let (person, alias, kind) = (command.participant(), command.alias(), command.kind());
    let state = past.get(person).map(State::of).unwrap_or_default();
    let holder = past.get(alias).map(State::of).unwrap_or_default().holder();
    if let Some(other) = holder.filter(|holder| *holder != person) {
        return Err(Refusal::HeldByAnother(other));
    }
    if let Some(known) = state.identifiers.iter().find(|one| one.alias == alias) {
        return Err(Refusal::HeldAlready { on: known.on });
    }
    match (command, state.current(kind)) {
        (Command::Add { .. }, None) => Ok(Event::Added { person, alias, kind }),
        (Command::Add { .. }, Some(held)) => Err(Refusal::OtherHeld { on: held.on }),
        (Command::Replace { .. }, None) => Err(Refusal::NothingToReplace),
        (Command::Replace { on, .. }, Some(held)) if *on < held.on => {
            Err(Refusal::BeforeFormer { on: *on, since: held.on })
        }
        (Command::Replace { reason, .. }, Some(held)) => {
            Ok(Event::Replaced { person, alias, former: held.alias, kind, reason: *reason })
        }
    }
}

#[cfg(test)]
mod tests;
