//! Actions that were agreed on (actions, démarches / acties): who does what, by which day, and what became of it.

use crate::codes::{Label, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{ActionId, EventId, PathwayId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Who is to act.
    ActionParty {
        /// The participant.
        Person = "PERSON" ("la personne", "de persoon", "the person"),
        /// The organisation that accompanies.
        Organisation = "ORGANISATION" ("l'organisation", "de organisatie", "the organisation"),
        /// A third party.
        Third = "THIRD" ("un tiers", "een derde", "a third party"),
    }
}

/// Something that happened to an action. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The parties agreed that somebody acts; the words are sealed. Action convenue / afgesproken actie.
    #[serde(rename = "ActionAgreed")]
    Agreed {
        /// Whose file it is.
        person: PersonId,
        /// In which pathway, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<PathwayId>,
        /// The action.
        action: ActionId,
        /// Who is to act.
        party: ActionParty,
        /// What is to be done, as the house calls it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
        /// Last day for it, inclusive, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
    },
    /// It was done on the effective day. Action réalisée / actie uitgevoerd.
    #[serde(rename = "ActionDone")]
    Done {
        /// Whose file it is.
        person: PersonId,
        /// The action.
        action: ActionId,
    },
    /// It is given up from the effective day on. Action abandonnée / actie stopgezet.
    #[serde(rename = "ActionAbandoned")]
    Abandoned {
        /// Whose file it is.
        person: PersonId,
        /// The action.
        action: ActionId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Agreed { person, .. } | Self::Done { person, .. } | Self::Abandoned { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// All of them happen within what runs; an action may be agreed on and done on one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The actions of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every action that was agreed on.
    pub actions: BTreeMap<ActionId, Action>,
}

/// One action, from the agreement on it to what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// Who is to act.
    pub party: ActionParty,
    /// What is to be done, as the house calls it.
    pub label: Option<Label>,
    /// Last day for it, inclusive, if it has one.
    pub due_on: Option<NaiveDate>,
    /// Day of the agreement.
    pub agreed_on: NaiveDate,
    /// The record of the agreement.
    pub agreed_by: EventId,
    /// What became of it.
    pub settled: Option<Settled>,
}

/// What became of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The day.
    pub on: NaiveDate,
    /// True if it was done, false if it was given up.
    pub done: bool,
    /// The record that tells it.
    pub by: EventId,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Action(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Agreed { pathway, action, party, label, due_on, .. } => {
                let (pathway, party, label, due_on) = (*pathway, *party, label.clone(), *due_on);
                let agreed = Action { pathway, party, label, due_on, agreed_on: on, agreed_by: id, settled: None };
                self.actions.entry(*action).or_insert(agreed);
            }
            Event::Done { action, .. } => self.settle(*action, Settled { on, done: true, by: id }),
            Event::Abandoned { action, .. } => self.settle(*action, Settled { on, done: false, by: id }),
        }
    }

    fn settle(&mut self, id: ActionId, settled: Settled) {
        if let Some(action) = self.actions.get_mut(&id) {
            action.settled.get_or_insert(settled);
        }
    }
}

impl State {
    /// The last day on which anything of it happened in a pathway; a day by which something is due says nothing.
    #[must_use]
    pub fn last_day_in(&self, pathway: PathwayId) -> Option<NaiveDate> {
        let of_pathway = self.actions.values().filter(|action| action.pathway == Some(pathway));
        of_pathway.map(|action| action.settled.map_or(action.agreed_on, |settled| settled.on)).max()
    }
}

/// What can be asked of an action.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records an action that was agreed on.
    #[serde(rename = "agreeAction")]
    Agree {
        /// Whose file it is.
        participant: PersonId,
        /// In which pathway, if in one.
        #[serde(default)]
        pathway: Option<PathwayId>,
        /// The action; chosen by the server if left out.
        action: ActionId,
        /// Day of the agreement.
        on: NaiveDate,
        /// Who is to act.
        party: ActionParty,
        /// What is to be done, as the house calls it.
        #[serde(default)]
        label: Option<Label>,
        /// What is to be done, in words, sealed.
        #[serde(default)]
        text: Option<Secret>,
        /// Last day for it, inclusive, if it has one.
        #[serde(default)]
        due_on: Option<NaiveDate>,
    },
    /// Records that it was done.
    #[serde(rename = "completeAction")]
    Complete {
        /// Whose file it is.
        participant: PersonId,
        /// The action.
        action: ActionId,
        /// The day.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that it is given up.
    #[serde(rename = "abandonAction")]
    Abandon {
        /// Whose file it is.
        participant: PersonId,
        /// The action.
        action: ActionId,
        /// The day.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of actions forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The action is not known.
    #[error("action {0} is not known")]
    Unknown(ActionId),
    /// The id is taken.
    #[error("action {0} is known already")]
    AlreadyKnown(ActionId),
    /// Nobody says what is to be done.
    #[error("say what is to be done: give a label, a text, or both")]
    Unsaid,
    /// The action was done or given up.
    #[error("the action was done or given up on {on} already")]
    AlreadySettled {
        /// That day.
        on: NaiveDate,
    },
    /// A day lies before the agreement.
    #[error("{day} is before {agreed_on}, the day of the agreement")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// Day of the agreement.
        agreed_on: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("ACTION_UNKNOWN", Some("action")),
            Self::AlreadyKnown(_) => ("ACTION_ALREADY_KNOWN", Some("action")),
            Self::Unsaid => ("ACTION_UNSAID", Some("label")),
            Self::AlreadySettled { .. } => ("ACTION_ALREADY_SETTLED", Some("action")),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("agreeAction", &["action"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Agree { on, .. } | Self::Complete { on, .. } | Self::Abandon { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let (participant, on) = (self.participant(), self.on());
        match self {
            // What nobody will do any more is given up after a death as well.
            Self::Abandon { .. } => person::registered(past, participant)?,
            Self::Agree { .. } | Self::Complete { .. } => person::living(past, participant, on)?,
        };
        if let Self::Agree { due_on: Some(due), .. } = self {
            desk.allows_field("dueOn", *due)?;
        }
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let (pathway, event) = decide(&state, self)?;
        pathway::within(past, participant, pathway, on)?;
        Ok(vec![Decided::new(on, event).with(self.personal()?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Agree { participant, .. }
            | Self::Complete { participant, .. }
            | Self::Abandon { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Agree { text, .. } => Ok(Personal::default().sealing(Field::ActionText, "text", text.as_ref())?),
            Self::Complete { note, .. } | Self::Abandon { note, .. } => Ok(Personal::note(note.as_ref())?),
        }
    }
}

/// Answers with the event, and with the pathway that bounds it. Pure.
fn decide(state: &State, command: &Command) -> Result<(Option<PathwayId>, Event), Refusal> {
    let person = command.participant();
    match command {
        Command::Agree { pathway, action, on, party, label, text, due_on, .. } => {
            if state.actions.contains_key(action) {
                return Err(Refusal::AlreadyKnown(*action));
            }
            if label.is_none() && text.is_none() {
                return Err(Refusal::Unsaid);
            }
            due_on.map_or(Ok(()), |due| follows("dueOn", due, *on))?;
            let (pathway, label, due_on) = (*pathway, label.clone(), *due_on);
            Ok((pathway, Event::Agreed { person, pathway, action: *action, party: *party, label, due_on }))
        }
        Command::Complete { action, on, .. } => {
            Ok((may_be_settled(state, *action, *on)?, Event::Done { person, action: *action }))
        }
        Command::Abandon { action, on, .. } => {
            Ok((may_be_settled(state, *action, *on)?, Event::Abandoned { person, action: *action }))
        }
    }
}

/// Answers with the pathway of the action.
fn may_be_settled(state: &State, id: ActionId, on: NaiveDate) -> Result<Option<PathwayId>, Refusal> {
    let action = state.actions.get(&id).ok_or(Refusal::Unknown(id))?;
    if let Some(settled) = action.settled {
        return Err(Refusal::AlreadySettled { on: settled.on });
    }
    follows("on", on, action.agreed_on)?;
    Ok(action.pathway)
}

fn follows(field: &'static str, day: NaiveDate, agreed_on: NaiveDate) -> Result<(), Refusal> {
    if day < agreed_on { Err(Refusal::TooEarly { day, agreed_on, field }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
