//! Grants of social aid.

use super::{Organisation, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::codes::AidKind;
use projections::aids::{Row, Suspension};
use std::sync::Arc;

/// One grant of social aid, from the request to its end.
#[derive(SimpleObject)]
pub struct Aid {
    /// Its global id.
    id: ID,
    /// Of which organisation.
    organisation: Organisation,
    /// Which aid.
    kind: Code<AidKind>,
    /// Day of the request.
    requested_on: Option<Date>,
    /// First day of aid; null if it was not granted.
    from: Option<Date>,
    /// When the decision was notified; the PIIS is due three months later.
    notified_on: Option<Date>,
    /// First day without it, or without it here if it was transferred.
    ended_on: Option<Date>,
    /// Day of the refusal.
    refused_on: Option<Date>,
    /// True if it runs on the day of the question; a suspended payment leaves it running.
    running: bool,
    /// Every suspension of the payment, in order of day; why is sealed.
    suspensions: Vec<PaymentSuspension>,
    /// First day on which the request or grant was another organisation's.
    transferred_on: Option<Date>,
    /// Which organisation took it over.
    transferred_to: Option<Organisation>,
}

/// A time during which aid is not paid, or in part only. Suspension du paiement / schorsing van de betaling.
#[derive(SimpleObject)]
pub struct PaymentSuspension {
    /// First day that is not paid.
    from: Date,
    /// Last planned day, inclusive, if it is known; then it ends by itself.
    until: Option<Date>,
    /// First day that is paid again, before that.
    resumed_on: Option<Date>,
    /// The share that is not paid, in percent.
    share: u16,
    /// True if it holds on the day of the question.
    running: bool,
}

impl Aid {
    pub(super) fn new(moment: &Arc<Moment>, row: &Row) -> Self {
        let suspension = |one: &Suspension| PaymentSuspension {
            from: Date(one.from),
            until: day(one.until),
            resumed_on: day(one.resumed_on),
            share: one.share,
            running: one.covers(moment.day),
        };
        Self {
            id: ids::global(Kind::Aid, row.grant),
            organisation: Organisation::new(moment, &row.organisation),
            kind: Code(row.kind),
            requested_on: day(row.requested_on),
            from: day(row.from),
            notified_on: day(row.notified_on),
            ended_on: day(row.ended_on),
            refused_on: day(row.refused_on),
            running: row.running_on(moment.day),
            suspensions: row.suspensions.iter().map(suspension).collect(),
            transferred_on: row.transferred.as_ref().map(|(on, _)| Date(*on)),
            transferred_to: row.transferred.as_ref().map(|(_, receiver)| Organisation::new(moment, receiver)),
        }
    }
}
