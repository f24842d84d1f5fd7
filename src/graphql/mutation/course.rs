//! Courses with their sessions, and activities such as a Job Day.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::ID;
use domain::codes::Measure;
use domain::course::ActivityKind;

mutations! {
    /// The commands of courses and activities.
    CourseMutations;

    /// Plans a course. Formation planifiée / opleiding gepland.
    planCourse(PlanCourseInput) -> CoursePayload {
        /// The course; chosen by the server if left out.
        course: Option<ID>,
        /// Day on which it is planned.
        on: Date,
        /// By which organisation.
        organisation: ID,
        /// Its title: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        title: String,
        /// The measure whose workers must take it, if any.
        mandatory_for: Option<Code<Measure>>,
        /// The organisation that gives it, if not the same.
        provider: Option<ID>,
    }

    /// Records a session that was held. Séance tenue / sessie gehouden.
    holdSession(HoldSessionInput) -> CoursePayload {
        /// The course.
        course: ID,
        /// The session; chosen by the server if left out.
        session: Option<ID>,
        /// Its day.
        on: Date,
        /// Hours given, such as "3.5".
        hours: Decimal,
    }

    /// Cancels what is left of a course; sessions held stay held. Formation annulée / opleiding geannuleerd.
    cancelCourse(CancelCourseInput) -> CoursePayload {
        /// The course.
        course: ID,
        /// First day without it.
        on: Date,
    }

    /// Records an activity that was held. Activité tenue / activiteit gehouden.
    holdActivity(HoldActivityInput) -> CoursePayload {
        /// The activity; chosen by the server if left out.
        activity: Option<ID>,
        /// Its day.
        on: Date,
        /// By which organisation.
        organisation: ID,
        /// Its kind.
        kind: Code<ActivityKind>,
    }
}
