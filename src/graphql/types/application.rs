//! Applications (candidature / sollicitatie), and what was acquired: skills and titles.

use super::{Post, day};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{Enum, ID, SimpleObject};
use domain::application::RejectionReason;
use domain::codes::Measure;
use projections::{acquired, applications};
use std::sync::Arc;

/// An application for a post or a measure.
#[derive(SimpleObject)]
pub struct Application {
    /// Its global id.
    id: ID,
    /// Day of the application.
    received_on: Date,
    /// For which measure.
    measure: Code<Measure>,
    /// For which post, if for one.
    post: Option<Post>,
    /// True if the person wants to stand in the recruitment reserve if not retained.
    reserve_opt_in: bool,
    /// How far it is.
    state: ApplicationState,
    /// Day of the answer.
    answered_on: Option<Date>,
    /// Why it was rejected.
    rejection: Option<Code<RejectionReason>>,
}

/// How far an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum ApplicationState {
    /// Awaits its answer.
    Pending,
    /// Retained.
    Retained,
    /// Rejected.
    Rejected,
}

/// A skill that was validated, or a title that was awarded.
#[derive(SimpleObject)]
pub struct Acquired {
    /// The day.
    on: Date,
    /// The global id of the engagement in which it was acquired, if in one.
    engagement: Option<ID>,
    /// What it is for.
    competence: String,
    /// Who vouches for it.
    body: String,
    /// True for a title (titre, titel), false for the validation of a skill (validation, erkenning).
    title: bool,
}

impl Application {
    pub(super) fn new(moment: &Arc<Moment>, row: &applications::Row) -> Self {
        let (answered_on, rejection) = row.answered.unzip();
        let rejection = rejection.flatten();
        let state = match (answered_on, rejection) {
            (None, _) => ApplicationState::Pending,
            (Some(_), None) => ApplicationState::Retained,
            (Some(_), Some(_)) => ApplicationState::Rejected,
        };
        Self {
            id: ids::global(Kind::Application, row.application),
            received_on: Date(row.received_on),
            measure: Code(row.measure),
            post: row.post.and_then(|post| Post::find(moment, post)),
            reserve_opt_in: row.reserve_opt_in,
            state,
            answered_on: day(answered_on),
            rejection: rejection.map(Code),
        }
    }
}

impl From<&acquired::Row> for Acquired {
    fn from(row: &acquired::Row) -> Self {
        Self {
            on: Date(row.on),
            engagement: row.engagement.map(|engagement| ids::global(Kind::Engagement, engagement)),
            competence: row.competence.as_str().to_owned(),
            body: row.body.as_str().to_owned(),
            title: row.title,
        }
    }
}
