//! The agreement between organisations (convention / overeenkomst), such as that of a CPAS with a host.

use crate::codes::Measure;
use crate::command::Step;
use crate::contract;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::ids::{AgreementId, OrganisationId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that happened to an agreement. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The agreement was signed on the effective day. Convention signée / overeenkomst ondertekend.
    #[serde(rename = "AgreementSigned")]
    Signed {
        /// The agreement.
        agreement: AgreementId,
        /// The organisation that keeps it, such as the host.
        organisation: OrganisationId,
        /// The other party, such as the CPAS.
        partner: OrganisationId,
        /// Under which measure.
        measure: Measure,
        /// First day in force.
        from: NaiveDate,
        /// Last day in force, inclusive; none for an indefinite term.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// Most engagements that may run under it at a time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quota: Option<u32>,
    },
    /// The quota changed from the effective day on. Avenant / wijziging.
    #[serde(rename = "AgreementAmended")]
    Amended {
        /// The agreement.
        agreement: AgreementId,
        /// Most engagements that may run under it at a time; none for no limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quota: Option<u32>,
    },
    /// The agreement goes on; a renewal is not a signature. Reconduction / verlenging.
    #[serde(rename = "AgreementRenewed")]
    Renewed {
        /// The agreement.
        agreement: AgreementId,
        /// New last day in force, inclusive; none for an indefinite term.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The agreement ended; the effective day is the last one in force. Fin / einde.
    #[serde(rename = "AgreementEnded")]
    Ended {
        /// The agreement.
        agreement: AgreementId,
    },
}

impl Event {
    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Signed { agreement, .. }
            | Self::Amended { agreement, .. }
            | Self::Renewed { agreement, .. }
            | Self::Ended { agreement, .. } => fact::of_one(*agreement, Role::Agreement),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Ended { .. } => DayRank::Ends,
            Self::Signed { .. } => DayRank::Begins,
            Self::Amended { .. } | Self::Renewed { .. } => DayRank::Within,
        }
    }
}

/// An agreement as its history tells it, with the engagements that run under it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What was signed, and when; none when no signature stands.
    pub signed: Option<Signed>,
    /// Every renewal: its day, and the last day in force from then on, inclusive; none for an indefinite term.
    pub renewals: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Every amendment of the quota: its first day, and the quota from then on; none for no limit.
    pub amendments: Vec<(NaiveDate, Option<u32>)>,
    /// Last day in force, inclusive, once it was ended.
    pub last_day: Option<NaiveDate>,
    /// The engagements signed under it, by the records that stand in its stream.
    pub engagements: contract::State,
}

/// What was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Day of the signature.
    pub on: NaiveDate,
    /// The organisation that keeps it, such as the host.
    pub organisation: OrganisationId,
    /// The other party, such as the CPAS.
    pub partner: OrganisationId,
    /// Under which measure.
    pub measure: Measure,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force as signed, inclusive; none for an indefinite term.
    pub until: Option<NaiveDate>,
    /// Most engagements that may run under it at a time, as signed; none for no limit.
    pub quota: Option<u32>,
}

impl State {
    /// Folds an agreement's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self { engagements: contract::State::of(history), ..Self::default() };
        for entry in history.entries() {
            if let Fact::Agreement(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Signed { organisation, partner, measure, from, until, quota, .. } => {
                self.signed = Some(Signed {
                    on,
                    organisation: organisation.clone(),
                    partner: partner.clone(),
                    measure: *measure,
                    from: *from,
                    until: *until,
                    quota: *quota,
                });
            }
            Event::Amended { quota, .. } => self.amendments.push((on, *quota)),
            Event::Renewed { until, .. } => self.renewals.push((on, *until)),
            Event::Ended { .. } => self.last_day = Some(on),
        }
    }

    /// The last day in force, inclusive: as ended, else as last renewed, else as signed; none for an indefinite term.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        let signed = self.signed.as_ref().and_then(|signed| signed.until);
        let planned = self.renewals.last().map_or(signed, |(_, until)| *until);
        self.last_day.or(planned)
    }

    /// True if the agreement is in force that day; first and last day are inclusive.
    ///
    /// Its planned end alone does not end it: past it and with no end recorded, it still runs.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.from <= day) && self.last_day.is_none_or(|last| day <= last)
    }

    /// Most engagements that may run under it that day; none for no limit.
    #[must_use]
    pub fn quota_on(&self, day: NaiveDate) -> Option<u32> {
        let signed = self.signed.as_ref().and_then(|signed| signed.quota);
        self.amendments.iter().rfind(|(on, _)| *on <= day).map_or(signed, |(_, quota)| *quota)
    }
}

/// What can be asked of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Signs an agreement.
    #[serde(rename = "signAgreement")]
    Sign {
        /// The agreement; chosen by the server if left out.
        agreement: AgreementId,
        /// Day of the signature.
        on: NaiveDate,
        /// The organisation that keeps it.
        organisation: OrganisationId,
        /// The other party.
        partner: OrganisationId,
        /// Under which measure.
        measure: Measure,
        /// First day in force.
        from: NaiveDate,
        /// Last day in force, inclusive; none for an indefinite term.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Most engagements that may run under it at a time; none for no limit.
        #[serde(default)]
        quota: Option<u32>,
    },
    /// Changes the quota. It may fall below what runs: then nobody new comes until it fits.
    #[serde(rename = "amendAgreement")]
    Amend {
        /// The agreement.
        agreement: AgreementId,
        /// First day of the new quota.
        on: NaiveDate,
        /// Most engagements that may run under it at a time; none for no limit.
        #[serde(default)]
        quota: Option<u32>,
    },
    /// Lets the agreement go on.
    #[serde(rename = "renewAgreement")]
    Renew {
        /// The agreement.
        agreement: AgreementId,
        /// Day on which it was agreed.
        on: NaiveDate,
        /// New last day in force, inclusive; none for an indefinite term.
        #[serde(default)]
        until: Option<NaiveDate>,
    },
    /// Ends the agreement at its term or before. What runs under it goes on to its own end.
    #[serde(rename = "endAgreement")]
    End {
        /// The agreement.
        agreement: AgreementId,
        /// Last day in force, inclusive.
        on: NaiveDate,
    },
}

/// Which rule of the agreement forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The agreement is not known.
    #[error("agreement {0} was never signed")]
    Unknown(AgreementId),
    /// The agreement is signed already.
    #[error("the agreement was signed on {signed_on}")]
    AlreadySigned {
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// The day is before the signature.
    #[error("the agreement was signed on {signed_on}, the day given is {on}")]
    BeforeSignature {
        /// The day given.
        on: NaiveDate,
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// The agreement is over by then.
    #[error("the last day of the agreement is {last_day}")]
    Over {
        /// Last day in force, inclusive.
        last_day: NaiveDate,
    },
    /// The last day is before the first.
    #[error("the last day {until} is before the first day {from}")]
    EndsBeforeItBegins {
        /// First day in force.
        from: NaiveDate,
        /// Last day given.
        until: NaiveDate,
        /// The field that holds the last day.
        field: &'static str,
    },
    /// A renewal does not prolong.
    #[error("the agreement is in force until {until} already")]
    RenewalNotLater {
        /// Last day in force, inclusive.
        until: NaiveDate,
    },
    /// The renewal is before the last one, which would go on to hold.
    #[error("the agreement was renewed on {renewed_on}, the day given is {on}: correct that renewal")]
    BeforeRenewal {
        /// The day given.
        on: NaiveDate,
        /// Day of the last renewal.
        renewed_on: NaiveDate,
    },
    /// There is no last day to move.
    #[error("the agreement is for an indefinite term: there is nothing to renew")]
    NothingToRenew,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("AGREEMENT_UNKNOWN", Some("agreement")),
            Self::AlreadySigned { .. } => ("AGREEMENT_ALREADY_SIGNED", Some("agreement")),
            Self::BeforeSignature { .. } => ("BEFORE_SIGNATURE", Some("on")),
            Self::Over { .. } => ("AGREEMENT_OVER", Some("on")),
            Self::EndsBeforeItBegins { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
            Self::RenewalNotLater { .. } => ("RENEWAL_NOT_LATER", Some("until")),
            Self::BeforeRenewal { .. } => ("BEFORE_RENEWAL", Some("on")),
            Self::NothingToRenew => ("NOTHING_TO_RENEW", Some("until")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("signAgreement", &["agreement"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Sign { on, .. } | Self::Amend { on, .. } | Self::Renew { on, .. } | Self::End { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.agreement().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(self.agreement()).map(State::of).unwrap_or_default();
        Ok(vec![Decided::new(self.on(), decide(&state, self)?)])
    }
}

impl Command {
    const fn agreement(&self) -> AgreementId {
        match self {
            Self::Sign { agreement, .. }
            | Self::Amend { agreement, .. }
            | Self::Renew { agreement, .. }
            | Self::End { agreement, .. } => *agreement,
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let agreement = command.agreement();
    match command {
        Command::Sign { organisation, partner, measure, from, until, quota, .. } => {
            if let Some(signed) = &state.signed {
                return Err(Refusal::AlreadySigned { signed_on: signed.on });
            }
            not_before(*from, *until, "until")?;
            Ok(Event::Signed {
                agreement,
                organisation: organisation.clone(),
                partner: partner.clone(),
                measure: *measure,
                from: *from,
                until: *until,
                quota: *quota,
            })
        }
        Command::Amend { on, quota, .. } => {
            signed(state, agreement, *on)?;
            match state.last_day {
                Some(last_day) if last_day < *on => Err(Refusal::Over { last_day }),
                _ => Ok(Event::Amended { agreement, quota: *quota }),
            }
        }
        Command::Renew { on, until, .. } => {
            signed(state, agreement, *on)?;
            if let Some(last_day) = state.last_day {
                return Err(Refusal::Over { last_day });
            }
            if let Some((renewed_on, _)) = state.renewals.last().filter(|(renewed_on, _)| on < renewed_on) {
                return Err(Refusal::BeforeRenewal { on: *on, renewed_on: *renewed_on });
            }
            let former = state.until().ok_or(Refusal::NothingToRenew)?;
            match until {
                Some(until) if *until <= former => Err(Refusal::RenewalNotLater { until: former }),
                _ => Ok(Event::Renewed { agreement, until: *until }),
            }
        }
        Command::End { on, .. } => {
            let from = signed(state, agreement, *on)?.from;
            not_before(from, Some(*on), "on")?;
            match state.last_day {
                Some(last_day) => Err(Refusal::Over { last_day }),
                None => Ok(Event::Ended { agreement }),
            }
        }
    }
}

fn signed(state: &State, agreement: AgreementId, on: NaiveDate) -> Result<&Signed, Refusal> {
    match &state.signed {
        Some(signed) if on < signed.on => Err(Refusal::BeforeSignature { on, signed_on: signed.on }),
        Some(signed) => Ok(signed),
        None => Err(Refusal::Unknown(agreement)),
    }
}

fn not_before(from: NaiveDate, until: Option<NaiveDate>, field: &'static str) -> Result<(), Refusal> {
    match until {
        Some(until) if until < from => Err(Refusal::EndsBeforeItBegins { from, until, field }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
