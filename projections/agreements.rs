//! The agreements between organisations: one row each.

use crate::View;
use chrono::NaiveDate;
use domain::agreement;
use domain::codes::Measure;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{AgreementId, OrganisationId};
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// The agreements between organisations.
pub struct Agreements;

impl View for Agreements {
    const NAME: &'static str = "agreements";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Agreement];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let state = agreement::State::of(history);
        let row = |signed: agreement::Signed| Row {
            agreement: AgreementId(history.stream().id),
            organisation: signed.organisation,
            partner: signed.partner,
            measure: signed.measure,
            signed_on: signed.on,
            from: signed.from,
            until: state.renewals.last().map_or(signed.until, |(_, until)| *until),
            last_day: state.last_day,
            quotas: std::iter::once((signed.from, signed.quota)).chain(state.amendments).collect(),
        };
        state.signed.map(row).into_iter().collect()
    }
}

/// One agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The agreement.
    pub agreement: AgreementId,
    /// The organisation that keeps it.
    pub organisation: OrganisationId,
    /// The other party.
    pub partner: OrganisationId,
    /// Under which measure.
    pub measure: Measure,
    /// Day of the signature; renewals are not signatures.
    pub signed_on: NaiveDate,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force as signed or renewed, inclusive; none for an indefinite term.
    pub until: Option<NaiveDate>,
    /// Last day in force, inclusive, once an end is recorded.
    pub last_day: Option<NaiveDate>,
    /// Most engagements at a time, each from a day on; none for no limit.
    pub quotas: Vec<(NaiveDate, Option<u32>)>,
}

impl Row {
    /// True if the agreement is in force that day, first and last day included.
    ///
    /// Past its planned end and with no end recorded it still runs (`choices.md`, how days are written).
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.last_day.is_none_or(|last| day <= last)
    }
}
