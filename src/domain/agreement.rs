//! The agreement between organisations (convention / overeenkomst), such as that of a CPAS with a host.

use crate::codes::Measure;
use crate::fact::{self, About, DayRank, Role};
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
