//! What can be asked of a PIIS, and which histories the answer needs.

use super::decide;
use super::event::{Party, PiisEnd, PiisKind, WaiverGround};
use super::state::State;
use crate::codes::{CodeList, Label};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{GrantId, OrganisationId, PersonId, PiisId};
use crate::personal::{Field, Personal, Secret};
use crate::{aid, person};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a PIIS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Waives the PIIS of a grant.
    #[serde(rename = "waivePiis")]
    Waive {
        /// Who.
        participant: PersonId,
        /// For which grant.
        grant: GrantId,
        /// First day of the waiver.
        on: NaiveDate,
        /// Last day of the waiver, inclusive, if it has one.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Why: equity or health, sealed.
        ground: Secret<WaiverGround>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Hands the project over; the days of reflection begin.
    #[serde(rename = "proposePiis")]
    Propose {
        /// To whom.
        participant: PersonId,
        /// The project; chosen by the server if left out.
        piis: PiisId,
        /// The grant for which it is due, if any.
        #[serde(default)]
        grant: Option<GrantId>,
        /// Day on which it is handed over.
        on: NaiveDate,
        /// With which organisation.
        organisation: OrganisationId,
        /// The legal kind.
        kind: PiisKind,
        /// The house's own name of it.
        #[serde(default)]
        label: Option<Label>,
        /// Its objectives, sealed.
        #[serde(default)]
        objectives: Option<Secret>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that both parties signed.
    #[serde(rename = "signPiis")]
    Sign {
        /// With whom.
        participant: PersonId,
        /// The project handed over; a new one if left out.
        piis: PiisId,
        /// The grant for which it was due; as handed over if left out.
        #[serde(default)]
        grant: Option<GrantId>,
        /// Day of the signature.
        on: NaiveDate,
        /// Last day of the project, if it has one.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Code of the subsidy at the SPP-IS (11, 17 …).
        #[serde(default)]
        subsidy_code: Option<u16>,
        /// Its objectives, sealed.
        #[serde(default)]
        objectives: Option<Secret>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records a look back at the goal.
    #[serde(rename = "evaluatePiis")]
    Evaluate {
        /// With whom.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// Day of the evaluation.
        on: NaiveDate,
        /// True if the person was met in person.
        in_person: bool,
        /// When the next one is planned.
        #[serde(default)]
        next_on: Option<NaiveDate>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records a change that both parties agreed on.
    #[serde(rename = "amendPiis")]
    Amend {
        /// With whom.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// First day of the change.
        on: NaiveDate,
        /// Who asked for it.
        requested_by: Party,
        /// New last day, if it changes.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Ends the project.
    #[serde(rename = "endPiis")]
    End {
        /// Whose.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// First day without it.
        on: NaiveDate,
        /// Why.
        reason: PiisEnd,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets an ended project go on after a gap such as a short job.
    #[serde(rename = "reactivatePiis")]
    Reactivate {
        /// Whose.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// First day with it again.
        on: NaiveDate,
        /// First day of the job that made the gap, if one did.
        #[serde(default)]
        job_from: Option<NaiveDate>,
        /// Last day of that job, inclusive.
        #[serde(default)]
        job_until: Option<NaiveDate>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("proposePiis", &["piis"]), ("signPiis", &["piis"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Waive { on, .. }
            | Self::Propose { on, .. }
            | Self::Sign { on, .. }
            | Self::Evaluate { on, .. }
            | Self::Amend { on, .. }
            | Self::End { on, .. }
            | Self::Reactivate { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // A project is ended after a death as well.
            Self::End { .. } => person::registered(past, participant)?,
            Self::Waive { .. }
            | Self::Propose { .. }
            | Self::Sign { .. }
            | Self::Evaluate { .. }
            | Self::Amend { .. }
            | Self::Reactivate { .. } => person::living(past, participant, self.on())?,
        };
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let grants = past.get(participant).map(aid::State::of).unwrap_or_default();
        let rules = desk.law.on(self.on());
        let event = decide::decide(&state, &grants, self, &rules.piis)?;
        let decided = Decided::new(self.on(), event).with(self.personal()?);
        Ok(vec![match self {
            Self::Sign { .. } | Self::Reactivate { .. } => decided.under(rules.id),
            Self::Waive { .. }
            | Self::Propose { .. }
            | Self::Evaluate { .. }
            | Self::Amend { .. }
            | Self::End { .. } => decided,
        }])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Waive { participant, .. }
            | Self::Propose { participant, .. }
            | Self::Sign { participant, .. }
            | Self::Evaluate { participant, .. }
            | Self::Amend { participant, .. }
            | Self::End { participant, .. }
            | Self::Reactivate { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Waive { ground, note, .. } => {
                let ground = ground.reveal().code();
                Ok(Personal::note(note.as_ref())?.with(Field::WaiverGround, Some(ground)))
            }
            Self::Propose { objectives, note, .. } | Self::Sign { objectives, note, .. } => {
                Ok(Personal::note(note.as_ref())?.sealing(Field::Objectives, "objectives", objectives.as_ref())?)
            }
            Self::Evaluate { note, .. }
            | Self::Amend { note, .. }
            | Self::End { note, .. }
            | Self::Reactivate { note, .. } => Ok(Personal::note(note.as_ref())?),
        }
    }
}
