//! What can be asked of a sanction, and which histories the answer needs.

use super::decide;
use super::event::{AnnulledBy, SanctionGround};
use super::state::State;
use crate::codes::CodeList;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{PersonId, PiisId, SanctionId};
use crate::personal::{Field, Personal, Secret};
use crate::{person, piis};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a sanction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Tells the person formally to respect the project; opens the procedure.
    #[serde(rename = "sendFormalNotice")]
    SendFormalNotice {
        /// To whom.
        participant: PersonId,
        /// The procedure; chosen by the server if left out.
        sanction: SanctionId,
        /// The project that is not respected.
        piis: PiisId,
        /// Day on which it was sent.
        on: NaiveDate,
        /// The facts; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Offers the person to be heard; opens the procedure if there was no notice.
    #[serde(rename = "offerHearing")]
    OfferHearing {
        /// To whom.
        participant: PersonId,
        /// The procedure; a new one if left out.
        sanction: SanctionId,
        /// Day of the offer.
        on: NaiveDate,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that the person was heard.
    #[serde(rename = "hearPerson")]
    HearPerson {
        /// Who.
        participant: PersonId,
        /// The procedure.
        sanction: SanctionId,
        /// Day of the hearing.
        on: NaiveDate,
        /// True if somebody assisted the person.
        assisted: bool,
        /// What was said; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Suspends payment in whole or in part.
    #[serde(rename = "decideSanction")]
    Decide {
        /// Whose.
        participant: PersonId,
        /// The procedure.
        sanction: SanctionId,
        /// Day of the decision.
        on: NaiveDate,
        /// Why; sealed.
        ground: Secret<SanctionGround>,
        /// Share of the income that is not paid, in per cent: 1 to 100.
        share: u16,
        /// First day of the suspension.
        first_day: NaiveDate,
        /// Last day of the suspension, inclusive.
        last_day: NaiveDate,
        /// How many of its days are deferred (sursis / uitstel), in calendar days.
        #[serde(default)]
        deferred_days: u32,
        /// Day of the notification.
        notified_on: NaiveDate,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that a sanction was annulled.
    #[serde(rename = "annulSanction")]
    Annul {
        /// Whose.
        participant: PersonId,
        /// The sanction.
        sanction: SanctionId,
        /// Day of the judgment or decision.
        on: NaiveDate,
        /// By whom.
        by: AnnulledBy,
        /// Reference of the judgment or decision; sealed.
        #[serde(default)]
        reference: Option<Secret>,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("sendFormalNotice", &["sanction"]), ("offerHearing", &["sanction"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::SendFormalNotice { on, .. }
            | Self::OfferHearing { on, .. }
            | Self::HearPerson { on, .. }
            | Self::Decide { on, .. }
            | Self::Annul { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // A court may annul after a death as well.
            Self::Annul { .. } => person::registered(past, participant)?,
            Self::SendFormalNotice { .. }
            | Self::OfferHearing { .. }
            | Self::HearPerson { .. }
            | Self::Decide { .. } => person::living(past, participant, self.on())?,
        };
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let projects = past.get(participant).map(piis::State::of).unwrap_or_default();
        let rules = desk.law.on(self.on());
        let event = decide::decide(&state, &projects, self, &rules.sanction)?;
        let decided = Decided::new(self.on(), event).with(self.personal()?);
        Ok(vec![match self {
            Self::Decide { .. } => decided.under(rules.id),
            Self::SendFormalNotice { .. }
            | Self::OfferHearing { .. }
            | Self::HearPerson { .. }
            | Self::Annul { .. } => decided,
        }])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::SendFormalNotice { participant, .. }
            | Self::OfferHearing { participant, .. }
            | Self::HearPerson { participant, .. }
            | Self::Decide { participant, .. }
            | Self::Annul { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Decide { ground, note, .. } => {
                Ok(Personal::note(note.as_ref())?.with(Field::SanctionGround, Some(ground.reveal().code())))
            }
            Self::Annul { reference, note, .. } => {
                let note = Personal::note(note.as_ref())?;
                Ok(note.sealing(Field::JudgmentReference, "reference", reference.as_ref())?)
            }
            Self::SendFormalNotice { note, .. } | Self::OfferHearing { note, .. } | Self::HearPerson { note, .. } => {
                Ok(Personal::note(note.as_ref())?)
            }
        }
    }
}
