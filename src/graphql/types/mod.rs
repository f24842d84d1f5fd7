//! The things that can be asked for. Each holds the moment it was reached at, and hands it on.

pub mod access;
pub mod accompaniment;
pub mod agreement;
pub mod aid;
pub mod application;
pub mod benefit;
pub mod caseload;
pub mod change;
pub mod course;
pub mod deadline;
pub mod diff;
pub mod engagement;
pub mod event;
pub mod import_batch;
pub mod operation;
pub mod organisation;
pub mod outcome;
pub mod participant;
pub mod pathway;
pub mod penalty;
pub mod personal;
pub mod piis;
pub mod post;
pub mod retention;
pub mod rule;
pub mod sanction;
pub mod training;

pub use agreement::Agreement;
pub use caseload::Caseload;
pub use course::Course;
pub use deadline::Deadline;
pub use event::Event;
pub use import_batch::ImportBatch;
pub use organisation::Organisation;
pub use participant::Participant;
pub use post::Post;
pub use rule::{Rule, RuleSet};

use crate::graphql::scalars::{Date, Decimal};
use async_graphql::{ID, Interface};
use chrono::NaiveDate;
use domain::hours::Hours;

/// A thing that has a global id and can be asked for by it.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its global id."))]
pub enum Node {
    /// A person's file.
    Participant(Participant),
    /// A record of the log.
    Event(Event),
    /// A post.
    Post(Post),
    /// An agreement.
    Agreement(Agreement),
    /// A course or activity.
    Course(Course),
    /// An organisation.
    Organisation(Organisation),
}

/// A day, if there is one, as the contract writes it.
pub(crate) fn day(day: Option<NaiveDate>) -> Option<Date> {
    day.map(Date)
}

/// Hours as the contract writes them.
pub(crate) fn hours(hours: Hours) -> Decimal {
    Decimal(hours.to_string())
}
