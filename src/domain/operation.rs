//! Operations of the European Social Fund (ESF+, FSE+): who entered, with which situation, and with which they left.
//!
//! Regulation (EU) 2021/1057, annex I: the values at entry are frozen on the day of entry, and a person who enters the
//! same operation again counts once, with the values of the first entry. So an entry names the record of the situation.

use crate::codes::codes;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{EventId, OperationId, OrganisationId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{person, situation};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Where a person stands on leaving an operation, within four weeks. Status towards social aid: it is sealed.
    ExitSituation {
        /// Looking for work (EECR01, if the person was inactive).
        JobSearching = "JOB_SEARCHING" ("en recherche d'emploi", "werkzoekend", "job searching"),
        /// In education or training (EECR02).
        InTraining = "IN_TRAINING" ("en enseignement ou formation", "in onderwijs of opleiding", "in education or training"),
        /// In employment (EECR04).
        Employed = "EMPLOYED" ("en emploi", "aan het werk", "employed"),
        /// Self-employed (EECR04).
        SelfEmployed = "SELF_EMPLOYED" ("indépendant", "zelfstandige", "self-employed"),
        /// Neither working, nor learning, nor looking for work.
        Inactive = "INACTIVE" ("inactif", "inactief", "inactive"),
        /// Nobody knows.
        Unknown = "UNKNOWN" ("inconnue", "onbekend", "unknown"),
    }
}

/// Something that happened to a person in an operation. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person entered the operation. Entrée dans l'opération / instap in de operatie.
    #[serde(rename = "OperationEntered")]
    Entered {
        /// Who.
        person: PersonId,
        /// The operation.
        operation: OperationId,
        /// Which organisation carries it.
        organisation: OrganisationId,
        /// The record of the situation that is frozen for it.
        situation: EventId,
    },
    /// The person left the operation; the effective day is the first out of it. Sortie de l'opération / uitstap.
    #[serde(rename = "OperationLeft")]
    Left {
        /// Who.
        person: PersonId,
        /// The operation.
        operation: OperationId,
        /// True if a qualification was gained (EECR03).
        qualified: bool,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Entered { person, .. } | Self::Left { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Left { .. } => DayRank::Leaves,
            Self::Entered { .. } => DayRank::Enters,
        }
    }
}

/// The operations of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every stay in each operation, in order of day; no two stays in one operation overlap.
    pub stays: BTreeMap<OperationId, Vec<Stay>>,
}

/// One stay in an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Which organisation carries the operation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// The record that began it.
    pub entered_by: EventId,
    /// The record of the situation that is frozen for it.
    pub situation: EventId,
    /// How it ended, if it did.
    pub left: Option<Exit>,
}

/// The end of a stay in an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// First day out of the operation.
    pub on: NaiveDate,
    /// True if a qualification was gained.
    pub qualified: bool,
    /// The record that tells it, with the situation on leaving, sealed.
    pub left_by: EventId,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Operation(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    /// An entry during a stay, and an exit from none, are passed over: history is never refused.
    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Entered { operation, organisation, situation, .. } => {
                let stays = self.stays.entry(operation.clone()).or_default();
                if stays.last().is_none_or(|stay| stay.left.is_some()) {
                    let (organisation, situation) = (organisation.clone(), *situation);
                    stays.push(Stay { organisation, from: on, entered_by: id, situation, left: None });
                }
            }
            Event::Left { operation, qualified, .. } => {
                if let Some(stay) = self.stays.get_mut(operation).and_then(|stays| stays.last_mut()) {
                    stay.left.get_or_insert(Exit { on, qualified: *qualified, left_by: id });
                }
            }
        }
    }
}

impl Stay {
    /// True if the person is in the operation on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.left.is_none_or(|exit| day < exit.on)
    }
}

/// What can be asked of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Lets a person enter an operation, with the situation recorded last.
    #[serde(rename = "enterOperation")]
    Enter {
        /// Who.
        participant: PersonId,
        /// The operation.
        operation: OperationId,
        /// First day in it.
        on: NaiveDate,
        /// Which organisation carries it.
        organisation: OrganisationId,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a person leave an operation.
    #[serde(rename = "leaveOperation")]
    Leave {
        /// Who.
        participant: PersonId,
        /// The operation.
        operation: OperationId,
        /// First day out of it.
        on: NaiveDate,
        /// Where the person stands on leaving, sealed.
        exit_situation: Secret<ExitSituation>,
        /// True if a qualification was gained.
        #[serde(default)]
        qualified: bool,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of an operation forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No situation is recorded by then.
    #[error("no entry situation is recorded on or before {on}; record it first, it is frozen on the day of entry")]
    NoSituation {
        /// The day given.
        on: NaiveDate,
    },
    /// The person is in the operation that day or later.
    #[error("the participant is in this operation from {from} on")]
    AlreadyIn {
        /// First day of the other stay.
        from: NaiveDate,
    },
    /// The person is not in the operation on the eve of that day.
    #[error("the participant is not in operation {operation} before {on}")]
    NotIn {
        /// The operation.
        operation: OperationId,
        /// The day given.
        on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NoSituation { .. } => ("ENTRY_SITUATION_MISSING", Some("on")),
            Self::AlreadyIn { .. } => ("OPERATION_ALREADY_ENTERED", Some("operation")),
            Self::NotIn { .. } => ("NOT_IN_OPERATION", Some("operation")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Enter { on, .. } | Self::Leave { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        match self {
            Self::Enter { participant, .. } | Self::Leave { participant, .. } => vec![(*participant).into()],
        }
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            Self::Enter { participant, operation, on, organisation, note } => {
                person::living(past, *participant, *on)?;
                let state = past.get(*participant).map(State::of).unwrap_or_default();
                let situations = past.get(*participant).map(situation::State::of).unwrap_or_default();
                let situation = may_enter(&state, &situations, operation, *on)?;
                let (operation, organisation) = (operation.clone(), organisation.clone());
                let event = Event::Entered { person: *participant, operation, organisation, situation };
                Ok(vec![Decided::new(*on, event).with(Personal::note(note.as_ref())?)])
            }
            Self::Leave { participant, operation, on, exit_situation, qualified, note } => {
                // An operation is left after a death as well.
                person::registered(past, *participant)?;
                let state = past.get(*participant).map(State::of).unwrap_or_default();
                may_leave(&state, operation, *on)?;
                let event = Event::Left { person: *participant, operation: operation.clone(), qualified: *qualified };
                let personal = Personal::note(note.as_ref())?.coded(Field::ExitSituation, Some(exit_situation));
                Ok(vec![Decided::new(*on, event).with(personal)])
            }
        }
    }
}

/// Answers with the record of the situation to freeze: that of the first entry, if this is not the first.
fn may_enter(
    state: &State,
    situations: &situation::State,
    operation: &OperationId,
    on: NaiveDate,
) -> Result<EventId, Refusal> {
    let stays = state.stays.get(operation).map_or(&[][..], Vec::as_slice);
    if let Some(stay) = stays.iter().find(|stay| stay.left.is_none_or(|exit| on < exit.on)) {
        return Err(Refusal::AlreadyIn { from: stay.from });
    }
    let first = stays.first().map(|stay| stay.situation);
    let recorded = || situations.at_entry(operation, on).map(|situation| situation.record);
    first.or_else(recorded).ok_or(Refusal::NoSituation { on })
}

/// A stay lasts at least a day: on one day what leaves comes before what enters.
fn may_leave(state: &State, operation: &OperationId, on: NaiveDate) -> Result<(), Refusal> {
    let there = state.stays.get(operation).and_then(|stays| stays.last());
    let there = there.filter(|stay| stay.left.is_none() && stay.from < on);
    there.map(|_| ()).ok_or_else(|| Refusal::NotIn { operation: operation.clone(), on })
}

#[cfg(test)]
mod tests {
    use super::{Event, State};
    use crate::fact::Fact;
    use crate::history::Cut;
    use crate::ids::{OperationId, PersonId};
    use crate::personal::Field;
    use crate::scenario::{PERSON, Scenario, accompanied};
    use serde_json::{Value, json};

    fn enter(operation: &str, on: &str) -> Value {
        json!({"participant": PERSON, "operation": operation, "on": on, "organisation": "cpas-molenbeek"})
    }

    fn leave(operation: &str, on: &str) -> Value {
        json!({"participant": PERSON, "operation": operation, "on": on, "exitSituation": "EMPLOYED", "qualified": true})
    }

    fn situation(on: &str) -> Value {
        json!({"participant": PERSON, "on": on, "employmentStatus": "UNEMPLOYED"})
    }

    /// Registered, with a situation of 1 February 2022, which is the third record.
    fn asked() -> Scenario {
        accompanied().given_command("recordEntrySituation", situation("2022-02-01"))
    }

    fn frozen(event: &crate::decision::Event) -> crate::ids::EventId {
        let Fact::Operation(Event::Entered { situation, .. }) = &event.fact else { unreachable!() };
        *situation
    }

    #[test]
    fn an_operation_is_entered_with_a_situation_recorded_by_then() {
        // Regulation (EU) 2021/1057, annex I: the values are those of the day of entry.
        asked().when("enterOperation", enter("fse-1", "2022-01-31")).refused("ENTRY_SITUATION_MISSING", "on");
        let events = asked().when("enterOperation", enter("fse-1", "2022-02-01")).events();
        assert_eq!(frozen(&events[0]), asked().id(3));
    }

    #[test]
    fn a_situation_recorded_for_another_operation_is_not_taken() {
        let mut of_other = situation("2022-02-10");
        of_other["operation"] = json!("fse-2");
        let both = asked().given_command("recordEntrySituation", of_other);
        assert_eq!(frozen(&both.when("enterOperation", enter("fse-1", "2022-03-01")).events()[0]), both.id(3));
        assert_eq!(frozen(&both.when("enterOperation", enter("fse-2", "2022-03-01")).events()[0]), both.id(4));
    }

    #[test]
    fn who_enters_again_keeps_the_situation_of_the_first_entry() {
        let again = asked()
            .given_command("enterOperation", enter("fse-1", "2022-02-01"))
            .given_command("leaveOperation", leave("fse-1", "2022-06-01"))
            .given_command("recordEntrySituation", situation("2022-07-01"));
        assert_eq!(frozen(&again.when("enterOperation", enter("fse-1", "2022-07-01")).events()[0]), again.id(3));
        assert_eq!(frozen(&again.when("enterOperation", enter("fse-2", "2022-07-01")).events()[0]), again.id(6));
    }

    #[test]
    fn an_operation_is_entered_once_until_it_is_left() {
        let entered = asked().given_command("enterOperation", enter("fse-1", "2022-02-01"));
        entered.when("enterOperation", enter("fse-1", "2022-03-01")).refused("OPERATION_ALREADY_ENTERED", "operation");
        assert_eq!(entered.when("enterOperation", enter("fse-2", "2022-03-01")).events().len(), 1);
        entered.when("leaveOperation", leave("fse-1", "2022-02-01")).refused("NOT_IN_OPERATION", "operation");
        entered.when("leaveOperation", leave("fse-2", "2022-06-01")).refused("NOT_IN_OPERATION", "operation");
        let left = entered.given_command("leaveOperation", leave("fse-1", "2022-06-01"));
        left.when("leaveOperation", leave("fse-1", "2022-07-01")).refused("NOT_IN_OPERATION", "operation");
        left.when("enterOperation", enter("fse-1", "2022-05-31")).refused("OPERATION_ALREADY_ENTERED", "operation");
        assert_eq!(left.when("enterOperation", enter("fse-1", "2022-06-01")).events().len(), 1);
    }

    #[test]
    fn the_day_of_leaving_is_the_first_day_out() {
        let left = asked()
            .given_command("enterOperation", enter("fse-1", "2022-02-01"))
            .given_command("leaveOperation", leave("fse-1", "2022-06-01"));
        let state = State::of(&left.history(PersonId(PERSON.parse().unwrap()), Cut::default()));
        let stay = &state.stays[&OperationId::new("fse-1").unwrap()][0];
        let there =
            ["2022-01-31", "2022-02-01", "2022-05-31", "2022-06-01"].map(|day| stay.covers(day.parse().unwrap()));
        assert_eq!(there, [false, true, true, false]);
        assert_eq!(stay.left.map(|exit| (exit.qualified, exit.left_by)), Some((true, left.id(5))));
    }

    #[test]
    fn the_situation_on_leaving_is_sealed() {
        let entered = asked().given_command("enterOperation", enter("fse-1", "2022-02-01"));
        let events = entered.when("leaveOperation", leave("fse-1", "2022-06-01")).events();
        assert_eq!(events[0].personal.get(Field::ExitSituation), Some("EMPLOYED"));
        assert!(!format!("{events:?}").contains("EMPLOYED"));
    }

    #[test]
    fn an_operation_is_left_after_a_death_and_not_entered() {
        let died = asked()
            .given_command("enterOperation", enter("fse-1", "2022-02-01"))
            .given_command("recordDeath", json!({"participant": PERSON, "on": "2022-04-01"}));
        died.when("enterOperation", enter("fse-2", "2022-04-02")).refused("PARTICIPANT_DIED", "on");
        assert_eq!(died.when("leaveOperation", leave("fse-1", "2022-04-02")).events().len(), 1);
    }
}
