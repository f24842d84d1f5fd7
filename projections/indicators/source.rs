//! What figures are computed from: the rows of the views, borrowed, in any order.

use crate::{
    agreements, aids, cells, courses, engagements, outcomes, penalties, posts, projects, sanctions, trainings,
};
use domain::ids::{JudicialFileId, PersonId};

/// The rows of the views as they stood at one instant of knowledge.
///
/// The person given with a row is the one who is counted: after a merge, the survivor. Order is of no importance.
pub trait Source {
    /// Every engagement.
    fn engagements(&self) -> impl Iterator<Item = (PersonId, &engagements::Row)>;
    /// Every pathway with its cells.
    fn cells(&self) -> impl Iterator<Item = (PersonId, &cells::Row)>;
    /// Every grant of aid.
    fn aids(&self) -> impl Iterator<Item = (PersonId, &aids::Row)>;
    /// Every person's integration projects.
    fn projects(&self) -> impl Iterator<Item = (PersonId, &projects::Row)>;
    /// Every person in a course or activity.
    fn trainings(&self) -> impl Iterator<Item = (PersonId, &trainings::Row)>;
    /// What became of every person.
    fn outcomes(&self) -> impl Iterator<Item = (PersonId, &outcomes::Row)>;
    /// Every work penalty, by judicial file: each is of another person, and no file tells of whom.
    fn penalties(&self) -> impl Iterator<Item = (JudicialFileId, &penalties::Row)>;
    /// Every suspension of payment, and every procedure towards one.
    fn sanctions(&self) -> impl Iterator<Item = (PersonId, &sanctions::Row)>;
    /// Every post.
    fn posts(&self) -> impl Iterator<Item = &posts::Row>;
    /// Every agreement.
    fn agreements(&self) -> impl Iterator<Item = &agreements::Row>;
    /// Every course and activity.
    fn courses(&self) -> impl Iterator<Item = &courses::Row>;
}
