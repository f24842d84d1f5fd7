//! What can be asked about aid, and which histories the answer needs.

use super::decide;
use super::event::{AidCategory, AidEndMotive, Event, PaymentSuspensionMotive};
use super::state::State;
use crate::codes::AidKind;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::person;
use crate::personal::{Field, Personal, Secret};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked about aid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records a request of aid.
    #[serde(rename = "requestAid")]
    Request {
        /// Who asks.
        participant: PersonId,
        /// The grant asked for; chosen by the server if left out.
        grant: GrantId,
        /// Day of the request.
        on: NaiveDate,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Grants aid, asked for or not.
    #[serde(rename = "grantAid")]
    Grant {
        /// To whom.
        participant: PersonId,
        /// The grant asked for; a new one if left out.
        grant: GrantId,
        /// First day of aid.
        on: NaiveDate,
        /// By which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// The category, where the aid knows one.
        #[serde(default)]
        category: Option<AidCategory>,
        /// When the decision was notified.
        notified_on: NaiveDate,
        /// First day without it, for a grant that is over when it is recorded.
        #[serde(default)]
        ended_on: Option<NaiveDate>,
        /// Why it ended, if it did.
        #[serde(default)]
        end_motive: Option<AidEndMotive>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Refuses a request.
    #[serde(rename = "refuseAid")]
    Refuse {
        /// To whom.
        participant: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Day of the refusal.
        on: NaiveDate,
        /// Why.
        motive: AidEndMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Changes the category from a day on.
    #[serde(rename = "reviseAid")]
    Revise {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day of the new category.
        on: NaiveDate,
        /// The category from then on.
        category: AidCategory,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Ends aid.
    #[serde(rename = "endAid")]
    End {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day without it.
        on: NaiveDate,
        /// Why.
        motive: AidEndMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Suspends the payment, in whole or in part; the aid goes on running.
    #[serde(rename = "suspendAidPayment")]
    Suspend {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day that is not paid.
        on: NaiveDate,
        /// Last day that is not paid, inclusive, if it is known.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// The share that is not paid, in percent, from 1 to 100.
        share: u16,
        /// Why, sealed.
        motive: Secret<PaymentSuspensionMotive>,
        /// First day abroad, sealed; for a stay abroad only.
        #[serde(default)]
        abroad_since: Option<Secret<NaiveDate>>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets the payment go on.
    #[serde(rename = "resumeAidPayment")]
    Resume {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day that is paid again.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Hands a request or a grant over to another organisation.
    #[serde(rename = "transferAid")]
    Transfer {
        /// Whose.
        participant: PersonId,
        /// The grant, or the grant asked for.
        grant: GrantId,
        /// First day on which it is the other's.
        on: NaiveDate,
        /// Which organisation takes it over.
        receiver: OrganisationId,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("requestAid", &["grant"]), ("grantAid", &["grant"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Request { on, .. }
            | Self::Grant { on, .. }
            | Self::Refuse { on, .. }
            | Self::Revise { on, .. }
            | Self::End { on, .. }
            | Self::Suspend { on, .. }
            | Self::Resume { on, .. }
            | Self::Transfer { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // The answer to a request, and the end of aid, may come after a death.
            Self::Refuse { .. } | Self::End { .. } | Self::Transfer { .. } => person::registered(past, participant)?,
            Self::Request { .. }
            | Self::Grant { .. }
            | Self::Revise { .. }
            | Self::Suspend { .. }
            | Self::Resume { .. } => person::living(past, participant, self.on())?,
        };
        if let Self::Grant { notified_on, ended_on, .. } = self {
            desk.allows_field("notifiedOn", *notified_on)?;
            ended_on.map_or(Ok(()), |ended| desk.allows_field("endedOn", ended))?;
        }
        if let Self::Suspend { until: Some(until), .. } = self {
            desk.allows_field("until", *until)?;
        }
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let rules = desk.law.on(self.on());
        let decided = Decided::new(self.on(), decide::decide(&state, self, &rules.aid)?).with(self.personal()?);
        // Every suspension names the rules, whatever its motive: a stay abroad alone would tell what is sealed.
        let mut events = vec![match self {
            Self::Suspend { .. } => decided.under(rules.id),
            Self::Request { .. }
            | Self::Grant { .. }
            | Self::Refuse { .. }
            | Self::Revise { .. }
            | Self::End { .. }
            | Self::Resume { .. }
            | Self::Transfer { .. } => decided,
        }];
        if let Self::Grant { grant, ended_on: Some(ended), end_motive: Some(motive), .. } = self {
            events.push(Decided::new(*ended, Event::Ended { person: participant, grant: *grant, motive: *motive }));
        }
        Ok(events)
    }
}

impl Command {
    /// Whose aid it is.
    pub(super) const fn participant(&self) -> PersonId {
        match self {
            Self::Request { participant, .. }
            | Self::Grant { participant, .. }
            | Self::Refuse { participant, .. }
            | Self::Revise { participant, .. }
            | Self::End { participant, .. }
            | Self::Suspend { participant, .. }
            | Self::Resume { participant, .. }
            | Self::Transfer { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        let personal = Personal::note(self.note())?;
        Ok(match self {
            Self::Suspend { motive, abroad_since, .. } => personal
                .coded(Field::AidSuspensionMotive, Some(motive))
                .with(Field::AbroadSince, abroad_since.as_ref().map(|since| since.reveal().to_string())),
            Self::Request { .. }
            | Self::Grant { .. }
            | Self::Refuse { .. }
            | Self::Revise { .. }
            | Self::End { .. }
            | Self::Resume { .. }
            | Self::Transfer { .. } => personal,
        })
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Request { note, .. }
            | Self::Grant { note, .. }
            | Self::Refuse { note, .. }
            | Self::Revise { note, .. }
            | Self::End { note, .. }
            | Self::Suspend { note, .. }
            | Self::Resume { note, .. }
            | Self::Transfer { note, .. } => note.as_ref(),
        }
    }
}
