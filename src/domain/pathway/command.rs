//! What can be asked of a pathway, and which histories the answer needs.

use super::decide;
use super::event::{CellMotive, Event, MemberRole, Origin, Outcome, Readiness, SuspensionMotive};
use super::state::State;
use crate::codes::Cell;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{OrganisationId, PathwayId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{contract, person, piis};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a pathway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Opens a pathway with an organisation.
    #[serde(rename = "openPathway")]
    Open {
        /// Whose.
        participant: PersonId,
        /// The pathway; chosen by the server if left out.
        pathway: PathwayId,
        /// First day.
        on: NaiveDate,
        /// With which organisation.
        organisation: OrganisationId,
        /// How it began.
        origin: Origin,
        /// First day out of it, for a pathway that is over when it is recorded.
        #[serde(default)]
        closed_on: Option<NaiveDate>,
        /// How it ended, if it did.
        #[serde(default)]
        outcome: Option<Outcome>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a worker join the follow-up.
    #[serde(rename = "assignMember")]
    Assign {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day.
        on: NaiveDate,
        /// The worker, as a user id: never a name in full.
        user: String,
        /// What they do.
        role: MemberRole,
        /// True for the one who answers for the pathway.
        #[serde(default)]
        referent: bool,
    },
    /// Lets a worker leave the follow-up.
    #[serde(rename = "releaseMember")]
    Release {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day without them.
        on: NaiveDate,
        /// The worker, as a user id.
        user: String,
    },
    /// Moves the file into a cell, out of the one in which it is.
    #[serde(rename = "enterCell")]
    Enter {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day in the cell.
        on: NaiveDate,
        /// The cell.
        cell: Cell,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Moves the file out of its cell into none.
    #[serde(rename = "leaveCell")]
    Leave {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day out of the cell.
        on: NaiveDate,
        /// The cell.
        cell: Cell,
        /// Why.
        motive: CellMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Judges how near the person is to employment.
    #[serde(rename = "judgeReadiness")]
    Judge {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// Day of the judgement.
        on: NaiveDate,
        /// The judgement.
        level: Readiness,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Suspends the pathway: the file stays open, nothing is expected of the person.
    #[serde(rename = "suspendPathway")]
    Suspend {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day of the suspension.
        on: NaiveDate,
        /// Last day of the suspension, inclusive, if it is known.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Why, sealed.
        motive: Secret<SuspensionMotive>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a suspended pathway go on.
    #[serde(rename = "resumePathway")]
    Resume {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day on which it goes on.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Closes the pathway.
    #[serde(rename = "closePathway")]
    Close {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day out of it.
        on: NaiveDate,
        /// How it ended.
        outcome: Outcome,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a closed pathway go on.
    #[serde(rename = "reopenPathway")]
    Reopen {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day in it again.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("openPathway", &["pathway"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Open { on, .. }
            | Self::Assign { on, .. }
            | Self::Release { on, .. }
            | Self::Enter { on, .. }
            | Self::Leave { on, .. }
            | Self::Judge { on, .. }
            | Self::Suspend { on, .. }
            | Self::Resume { on, .. }
            | Self::Close { on, .. }
            | Self::Reopen { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // What only leaves or ends may come after a death.
            Self::Release { .. } | Self::Leave { .. } | Self::Close { .. } => person::registered(past, participant)?,
            Self::Open { .. }
            | Self::Assign { .. }
            | Self::Enter { .. }
            | Self::Judge { .. }
            | Self::Suspend { .. }
            | Self::Resume { .. }
            | Self::Reopen { .. } => person::living(past, participant, self.on())?,
        };
        let state = past.get(participant).map(State::of).unwrap_or_default();
        if let Self::Suspend { until: Some(until), .. } = self {
            desk.allows_field("until", *until)?;
        }
        let mut events = vec![Decided::new(self.on(), decide::decide(&state, self)?).with(self.personal()?)];
        if let Self::Close { pathway, on, .. } = self {
            let projects = past.get(participant).map(piis::State::of).unwrap_or_default();
            decide::nothing_runs(&state, &projects, *pathway, *on)?;
            let contracts = past.get(participant).map(contract::State::of).unwrap_or_default();
            decide::nobody_works(&state, &contracts, *pathway, *on)?;
            decide::nothing_follows(past.get(participant), *pathway, *on)?;
        }
        if let Self::Open { pathway, closed_on: Some(closed), outcome: Some(outcome), .. } = self {
            desk.allows_field("closedOn", *closed)?;
            let event = Event::Closed { person: participant, pathway: *pathway, outcome: *outcome };
            events.push(Decided::new(*closed, event));
        }
        Ok(events)
    }
}

impl Command {
    /// Whose pathway it is.
    pub(super) const fn participant(&self) -> PersonId {
        match self {
            Self::Open { participant, .. }
            | Self::Assign { participant, .. }
            | Self::Release { participant, .. }
            | Self::Enter { participant, .. }
            | Self::Leave { participant, .. }
            | Self::Judge { participant, .. }
            | Self::Suspend { participant, .. }
            | Self::Resume { participant, .. }
            | Self::Close { participant, .. }
            | Self::Reopen { participant, .. } => *participant,
        }
    }

    /// Which pathway it is.
    pub(super) const fn pathway(&self) -> PathwayId {
        match self {
            Self::Open { pathway, .. }
            | Self::Assign { pathway, .. }
            | Self::Release { pathway, .. }
            | Self::Enter { pathway, .. }
            | Self::Leave { pathway, .. }
            | Self::Judge { pathway, .. }
            | Self::Suspend { pathway, .. }
            | Self::Resume { pathway, .. }
            | Self::Close { pathway, .. }
            | Self::Reopen { pathway, .. } => *pathway,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        let personal = Personal::note(self.note())?;
        Ok(match self {
            Self::Suspend { motive, .. } => personal.coded(Field::PathwaySuspensionMotive, Some(motive)),
            Self::Open { .. }
            | Self::Assign { .. }
            | Self::Release { .. }
            | Self::Enter { .. }
            | Self::Leave { .. }
            | Self::Judge { .. }
            | Self::Resume { .. }
            | Self::Close { .. }
            | Self::Reopen { .. } => personal,
        })
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Open { note, .. }
            | Self::Enter { note, .. }
            | Self::Leave { note, .. }
            | Self::Judge { note, .. }
            | Self::Suspend { note, .. }
            | Self::Resume { note, .. }
            | Self::Close { note, .. }
            | Self::Reopen { note, .. } => note.as_ref(),
            Self::Assign { .. } | Self::Release { .. } => None,
        }
    }
}
