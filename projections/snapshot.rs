//! The list of the views that are kept, and a moment of all of them.
//!
//! A view is added by one line in [`Views`]; a person's timeline is folded on demand and not kept.

use crate::indicators::Source;
use crate::{Table, View};
use crate::{
    agreements, aids, cells, courses, engagements, outcomes, penalties, posts, projects, sanctions, trainings,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{JudicialFileId, PersonId};
use std::ops::Deref;
use store::Position;

crate::views! {
    /// Every view that is kept, each under the question it answers.
    pub struct Views, folded by FoldedViews {
        /// Where each person stands.
        standing: crate::standing::Standing,
        /// In which cells each pathway was.
        cells: crate::cells::Cells,
        /// Every engagement and what was worked under it, by person.
        engagements: crate::engagements::Engagements,
        /// Every person in a course or activity.
        trainings: crate::trainings::Trainings,
        /// What became of each person.
        outcomes: crate::outcomes::Outcomes,
        /// Every grant of aid, by person.
        aids: crate::aids::Aids,
        /// Every person's integration projects.
        projects: crate::projects::Projects,
        /// Every suspension of payment, by person.
        sanctions: crate::sanctions::Sanctions,
        /// Every application, by person.
        applications: crate::applications::Applications,
        /// Every skill and title, by person.
        acquired: crate::acquired::Acquired,
        /// How each person is accompanied.
        accompaniment: crate::accompaniment::Accompaniment,
        /// Every stay in an operation of the European Social Fund, by person.
        operations: crate::operations::Operations,
        /// Every work penalty, by judicial file.
        penalties: crate::penalties::Penalties,
        /// Which persons' files are read as one.
        merges: crate::merges::Merges,
        /// Since when each closed file waits, and what was asked about its erasure.
        retention: crate::retention::Retention,
        /// Every post.
        posts: crate::posts::Posts,
        /// Every agreement.
        agreements: crate::agreements::Agreements,
        /// Every course and activity.
        courses: crate::courses::Courses,
        /// Who follows whom.
        caseload: crate::caseload::Caseload,
        /// What must be done by when.
        deadlines: crate::deadlines::Deadlines,
        /// Every organisation.
        organisations: crate::organisations::Organisations,
    }
}

/// Every view at one moment: nothing of a commit is missing in one and present in another.
///
/// The tables are reached as fields: `snapshot.standing.of(person)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot<V = Views> {
    /// The place of the last record that counts; always the end of a commit, unless a cut asked for another place.
    pub position: Position,
    /// When that record was recorded; none if the log is empty. What was recorded later is not known here.
    pub known_at: Option<DateTime<Utc>>,
    /// The last day that counts, inclusive; none if all days count.
    pub as_of: Option<NaiveDate>,
    /// The tables.
    pub views: V,
}

impl<V> Deref for Snapshot<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.views
    }
}

/// Figures are computed from the rows of one moment.
impl Source for Views {
    fn engagements(&self) -> impl Iterator<Item = (PersonId, &engagements::Row)> {
        of_persons(&self.engagements)
    }

    fn cells(&self) -> impl Iterator<Item = (PersonId, &cells::Row)> {
        of_persons(&self.cells)
    }

    fn aids(&self) -> impl Iterator<Item = (PersonId, &aids::Row)> {
        of_persons(&self.aids)
    }

    fn projects(&self) -> impl Iterator<Item = (PersonId, &projects::Row)> {
        of_persons(&self.projects)
    }

    fn trainings(&self) -> impl Iterator<Item = (PersonId, &trainings::Row)> {
        of_persons(&self.trainings)
    }

    fn outcomes(&self) -> impl Iterator<Item = (PersonId, &outcomes::Row)> {
        of_persons(&self.outcomes)
    }

    fn penalties(&self) -> impl Iterator<Item = (JudicialFileId, &penalties::Row)> {
        let files = self.penalties.iter();
        files.flat_map(|(file, rows)| rows.iter().map(move |row| (JudicialFileId(file), row)))
    }

    fn sanctions(&self) -> impl Iterator<Item = (PersonId, &sanctions::Row)> {
        of_persons(&self.sanctions)
    }

    fn posts(&self) -> impl Iterator<Item = &posts::Row> {
        self.posts.rows()
    }

    fn agreements(&self) -> impl Iterator<Item = &agreements::Row> {
        self.agreements.rows()
    }

    fn courses(&self) -> impl Iterator<Item = &courses::Row> {
        self.courses.rows()
    }
}

fn of_persons<V: View>(table: &Table<V>) -> impl Iterator<Item = (PersonId, &V::Row)> {
    table.iter().flat_map(|(person, rows)| rows.iter().map(move |row| (PersonId(person), row)))
}
