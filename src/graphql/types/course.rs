//! Courses with their sessions, and activities such as a Job Day.

use super::{Organisation, day, hours};
use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ID, Object, SimpleObject};
use domain::codes::Measure;
use domain::course::ActivityKind;
use domain::ids::CourseId;
use projections::courses::{self, Row};
use std::sync::Arc;

/// One training course with its sessions, or one activity such as a Job Day.
pub struct Course {
    moment: Arc<Moment>,
    row: Row,
}

/// A session held.
#[derive(SimpleObject)]
pub struct Session {
    /// Its global id.
    id: ID,
    /// Its day.
    on: Date,
    /// Hours given.
    hours: Decimal,
}

impl Course {
    /// The course, if it is known at the moment.
    #[must_use]
    pub fn find(moment: &Arc<Moment>, course: CourseId) -> Option<Self> {
        let row = moment.snapshot.courses.of(course.0).first()?.clone();
        Some(Self { moment: moment.clone(), row })
    }
}

/// One training course with its sessions, or one activity such as a Job Day.
#[Object]
impl Course {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Course, self.row.course)
    }

    /// By which organisation; null if its planning does not stand.
    async fn organisation(&self) -> Option<Organisation> {
        self.row.organisation.as_ref().map(|organisation| Organisation::new(&self.moment, organisation))
    }

    /// The measure whose workers must take it, if any.
    async fn mandatory_for(&self) -> Option<Code<Measure>> {
        self.row.mandatory_for.map(Code)
    }

    /// Day on which it was planned.
    async fn planned_on(&self) -> Option<Date> {
        day(self.row.planned_on)
    }

    /// Day on which it was cancelled; sessions held stay held.
    async fn cancelled_on(&self) -> Option<Date> {
        day(self.row.cancelled_on)
    }

    /// Every session held, in order of day.
    async fn sessions(&self) -> Vec<Session> {
        self.row.sessions.iter().map(Session::from).collect()
    }

    /// The kind of activity, if it is one.
    async fn activity(&self) -> Option<Code<ActivityKind>> {
        self.row.activity.map(|(_, kind)| Code(kind))
    }

    /// The day of the activity, if it is one.
    async fn held_on(&self) -> Option<Date> {
        self.row.activity.map(|(on, _)| Date(on))
    }
}

impl From<&courses::Session> for Session {
    fn from(session: &courses::Session) -> Self {
        Self { id: ids::global(Kind::Session, session.session), on: Date(session.on), hours: hours(session.hours) }
    }
}
