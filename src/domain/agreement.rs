//! The agreement between organisations (convention / overeenkomst), such as that of a CPAS with a host.

use crate::codes::Measure;
use crate::contract;
use crate::fact::{self, About, DayRank, Fact, Role};
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
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.from <= day) && self.until().is_none_or(|last| day <= last)
    }

    /// Most engagements that may run under it that day; none for no limit.
    #[must_use]
    pub fn quota_on(&self, day: NaiveDate) -> Option<u32> {
        let signed = self.signed.as_ref().and_then(|signed| signed.quota);
        self.amendments.iter().rfind(|(on, _)| *on <= day).map_or(signed, |(_, quota)| *quota)
    }
}
