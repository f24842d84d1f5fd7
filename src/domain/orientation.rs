//! Orientation (doorverwijzing): where a person is sent next, who asked and who decided.
//!
//! The refusals stand in `refusal`.

use crate::codes::{Cell, Measure, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{OrganisationId, OrientationId, PathwayId, PersonId};
use crate::personal::{Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod refusal;

pub use refusal::Refusal;

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

    /// Nothing begins or ends with it.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The orientations of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every orientation that was asked for, decided or done.
    pub orientations: BTreeMap<OrientationId, Orientation>,
    /// Those that were carried out, in order of day.
    pub sent: Vec<(NaiveDate, OrientationId)>,
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
                self.sent.push((on, *orientation));
                let found = self.one(*orientation, *pathway);
                found.oriented_on = Some(on);
                found.to = to.clone();
            }
            Event::Reoriented { pathway, orientation, from, to, .. } => {
                self.sent.push((on, *orientation));
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
        let mut latest_first = self.sent.iter().rev().filter(|(on, _)| *on <= day);
        latest_first
            .find_map(|(_, id)| self.orientations.get(id).filter(|each| each.pathway == pathway))
            .map(|each| &each.to)
    }
}

impl Orientation {
    /// True if it was asked for, and neither decided on nor carried out.
    #[must_use]
    pub const fn pending(&self) -> bool {
        self.requested_on.is_some() && self.decided.is_none() && self.oriented_on.is_none()
    }
}

/// What can be asked about orientation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Asks for an orientation.
    #[serde(rename = "requestOrientation")]
    Request {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The request; chosen by the server if left out.
        orientation: OrientationId,
        /// Day of the request.
        on: NaiveDate,
        /// Where to.
        to: Destination,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Decides on a request.
    #[serde(rename = "decideOrientation")]
    Decide {
        /// Whose.
        participant: PersonId,
        /// The request.
        orientation: OrientationId,
        /// Day of the decision.
        on: NaiveDate,
        /// What is decided.
        decision: Decision,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Sends the person somewhere: as an accepted request says, or without a request.
    #[serde(rename = "orient")]
    Orient {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The accepted request; a new orientation if left out.
        orientation: OrientationId,
        /// Day from which the person is sent there.
        on: NaiveDate,
        /// Where to; as requested if left out.
        #[serde(default)]
        to: Option<Destination>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("requestOrientation", &["orientation"]), ("orient", &["orientation"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Request { on, .. } | Self::Decide { on, .. } | Self::Orient { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        person::living(past, participant, self.on())?;
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let pathways = past.get(participant).map(pathway::State::of).unwrap_or_default();
        match self {
            Self::Request { pathway, on, .. } | Self::Orient { pathway, on, .. } => pathways.open(*pathway, *on)?,
            Self::Decide { .. } => {}
        }
        Ok(vec![Decided::new(self.on(), decide(&state, self)?).with(Personal::note(self.note())?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Request { participant, .. } | Self::Decide { participant, .. } | Self::Orient { participant, .. } => {
                *participant
            }
        }
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Request { note, .. } | Self::Decide { note, .. } | Self::Orient { note, .. } => note.as_ref(),
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    match command {
        Command::Request { participant, pathway, orientation, to, .. } => {
            if state.orientations.contains_key(orientation) {
                return Err(Refusal::AlreadyKnown(*orientation));
            }
            if let Some(pending) = state.pending(*pathway) {
                return Err(Refusal::Pending(pending));
            }
            let to = somewhere(to)?;
            Ok(Event::Requested { person: *participant, pathway: *pathway, orientation: *orientation, to })
        }
        Command::Decide { participant, orientation, on, decision, .. } => {
            let found = state.orientations.get(orientation).ok_or(Refusal::Unknown(*orientation))?;
            if !found.pending() {
                return Err(Refusal::AlreadyDecided(*orientation));
            }
            if let Some(begun) = found.requested_on.filter(|begun| on < begun) {
                return Err(Refusal::TooEarly { on: *on, begun });
            }
            let (orientation, decision) = (*orientation, *decision);
            Ok(Event::Decided { person: *participant, pathway: found.pathway, orientation, decision })
        }
        Command::Orient { participant, pathway, orientation, on, to, .. } => {
            let request = state.orientations.get(orientation);
            if let Some(request) = request {
                may_be_carried_out(request, *orientation, *pathway, *on)?;
            }
            let to = to.as_ref().or(request.map(|request| &request.to)).ok_or(Refusal::Nowhere)?;
            let (person, pathway, orientation, to) = (*participant, *pathway, *orientation, somewhere(to)?);
            match state.current(pathway, *on) {
                None => Ok(Event::Oriented { person, pathway, orientation, to }),
                Some(from) if *from == to => Err(Refusal::AlreadyThere),
                Some(from) => Ok(Event::Reoriented { person, pathway, orientation, from: from.clone(), to }),
            }
        }
    }
}

fn may_be_carried_out(
    request: &Orientation,
    id: OrientationId,
    pathway: PathwayId,
    on: NaiveDate,
) -> Result<(), Refusal> {
    if request.pathway != pathway {
        return Err(Refusal::OfAnotherPathway(id));
    }
    if let Some(on) = request.oriented_on {
        return Err(Refusal::AlreadyOriented { orientation: id, on });
    }
    match request.decided {
        Some((begun, Decision::Accepted)) if on < begun => Err(Refusal::TooEarly { on, begun }),
        Some((_, Decision::Accepted)) => Ok(()),
        Some((_, Decision::Refused)) | None => Err(Refusal::NotAccepted(id)),
    }
}

fn somewhere(to: &Destination) -> Result<Destination, Refusal> {
    if *to == Destination::default() { Err(Refusal::Nowhere) } else { Ok(to.clone()) }
}

#[cfg(test)]
mod tests;
