//! Suspensions of payment (sanction / sanctie), law of 26 May 2002, article 30.

use super::day;
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::sanction::{AnnulledBy, SanctionFamily};
use projections::sanctions::{Decided, Row};

/// One procedure towards a suspension of payment. The ground is sealed; the aid goes on.
#[derive(SimpleObject)]
pub struct Sanction {
    /// Its global id.
    id: ID,
    /// The global id of the project named by the formal notice.
    piis: Option<ID>,
    /// Day of the formal notice (mise en demeure, aanmaning).
    notice_on: Option<Date>,
    /// Every day on which a hearing was offered, in order.
    hearing_offered_on: Vec<Date>,
    /// Every hearing, in order of day.
    hearings: Vec<Hearing>,
    /// What was decided; null while the procedure runs.
    decision: Option<SanctionDecision>,
    /// Day on which it was annulled; an annulled sanction counts no more.
    annulled_on: Option<Date>,
    /// By whom it was annulled.
    annulled_by: Option<Code<AnnulledBy>>,
}

/// A hearing (audition, verhoor).
#[derive(SimpleObject)]
pub struct Hearing {
    /// The day.
    on: Date,
    /// True if somebody assisted the person.
    assisted: bool,
}

/// What was decided in a sanction.
#[derive(SimpleObject)]
pub struct SanctionDecision {
    /// Day of the decision.
    on: Date,
    /// Whether it is about the project or about means.
    family: Code<SanctionFamily>,
    /// Share of the income that is not paid, in per cent.
    share: u16,
    /// First day of the suspension.
    first_day: Date,
    /// Last day of the suspension, inclusive.
    last_day: Date,
    /// Its length in calendar days.
    days: u32,
    /// How many of its calendar days are deferred (sursis, uitstel).
    deferred_days: u32,
    /// Day of the notification.
    notified_on: Date,
    /// The global id of the earlier sanction of which it is a recurrence.
    recurrence_of: Option<ID>,
}

impl From<&Row> for Sanction {
    fn from(row: &Row) -> Self {
        let (annulled_on, annulled_by) = row.annulled.unzip();
        let hearing = |(on, assisted): &(_, bool)| Hearing { on: Date(*on), assisted: *assisted };
        Self {
            id: ids::global(Kind::Sanction, row.sanction),
            piis: row.piis.map(|piis| ids::global(Kind::Piis, piis)),
            notice_on: day(row.notice_on),
            hearing_offered_on: row.offered.iter().map(|on| Date(*on)).collect(),
            hearings: row.heard.iter().map(hearing).collect(),
            decision: row.decided.as_ref().map(SanctionDecision::from),
            annulled_on: day(annulled_on),
            annulled_by: annulled_by.map(Code),
        }
    }
}

impl From<&Decided> for SanctionDecision {
    fn from(decided: &Decided) -> Self {
        let suspension = &decided.suspension;
        Self {
            on: Date(decided.on),
            family: Code(decided.family),
            share: suspension.share,
            first_day: Date(suspension.first_day),
            last_day: Date(suspension.last_day),
            days: suspension.days(),
            deferred_days: suspension.deferred_days,
            notified_on: Date(decided.notified_on),
            recurrence_of: decided.recurrence_of.map(|former| ids::global(Kind::Sanction, former)),
        }
    }
}
