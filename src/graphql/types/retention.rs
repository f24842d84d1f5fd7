//! How long a file is kept, and what was asked and answered about its erasure.

use super::day;
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::scalars::Date;
use async_graphql::{ID, SimpleObject};
use domain::erasure::{ErasureGround, ErasureRefusalGround, ErasureRequester};
use domain::law::HouseRules;
use projections::retention::{Request, Row};

/// How long a file is kept, and what was asked and answered about its erasure. Conservation / bewaring.
#[derive(SimpleObject)]
pub struct Retention {
    /// Day of the last act in the file.
    last_act_on: Date,
    /// First day on which no pathway, engagement or grant of aid runs; null while one has no end.
    closed_from: Option<Date>,
    /// First day on which the rules of the house let the file be erased without a request; null while it is open on the day
    /// of the question, if the house has no such rule, or once the person was erased.
    over_on: Option<Date>,
    /// Day of the notice that still holds.
    noticed_on: Option<Date>,
    /// First day on which the keys may be destroyed under that notice.
    due_on: Option<Date>,
    /// Every request for erasure, in order of day.
    requests: Vec<ErasureRequest>,
    /// Day on which the keys of the person were destroyed.
    erased_on: Option<Date>,
    /// The record that tells it.
    erased_by: Option<ID>,
    /// Day from which on exports give months only.
    anonymised_on: Option<Date>,
}

/// A request for erasure (GDPR article 17) and its answer.
#[derive(SimpleObject)]
pub struct ErasureRequest {
    /// Its day.
    on: Date,
    /// The record that tells it.
    record: ID,
    /// Who asked.
    requester: Code<ErasureRequester>,
    /// Why.
    ground: Code<ErasureGround>,
    /// Day of the refusal.
    refused_on: Option<Date>,
    /// Its legal ground.
    refusal_ground: Option<Code<ErasureRefusalGround>>,
}

impl Retention {
    /// As of a day, by the rules of the house.
    pub(super) fn new(row: &Row, rules: &HouseRules, on: chrono::NaiveDate) -> Self {
        let (noticed_on, due_on) = row.standing_notice().unzip();
        Self {
            last_act_on: Date(row.last_act_on),
            closed_from: day(row.closed_from),
            over_on: day(row.over_on(rules.retention, on)),
            noticed_on: day(noticed_on),
            due_on: day(due_on),
            requests: row.requests.iter().map(ErasureRequest::from).collect(),
            erased_on: row.erased.map(|(on, _)| Date(on)),
            erased_by: row.erased.map(|(_, by)| ids::global(Kind::Event, by)),
            anonymised_on: day(row.anonymised_on),
        }
    }
}

impl From<&Request> for ErasureRequest {
    fn from(request: &Request) -> Self {
        let (refused_on, refusal_ground) = request.refused.unzip();
        Self {
            on: Date(request.on),
            record: ids::global(Kind::Event, request.by),
            requester: Code(request.requester),
            ground: Code(request.ground),
            refused_on: day(refused_on),
            refusal_ground: refusal_ground.map(Code),
        }
    }
}
