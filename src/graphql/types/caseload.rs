//! Who follows how many files, and what is due in them.

use super::Participant;
use crate::graphql::connection::{Listed, PageArguments, Place, items};
use crate::graphql::deadlines::{self, DeadlineFilter};
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use crate::graphql::types::Deadline;
use crate::queries::caseload::{self as found, Followed, Load};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::OrganisationId;
use domain::law::Law;
use std::sync::Arc;

/// The open pathways that one worker follows on a day, and what is due in them.
pub struct Caseload {
    moment: Arc<Moment>,
    organisation: Option<OrganisationId>,
    found: found::Caseload,
    load: Load,
}

/// A pathway that a worker follows.
#[derive(SimpleObject)]
pub struct FollowedPathway {
    /// Whose.
    participant: Participant,
    /// The pathway's global id.
    pathway: ID,
    /// True if the worker answers for it (référent / referent).
    referent: bool,
    /// First day on which the worker followed it.
    since: Date,
}

impl Caseload {
    /// The caseload of one worker; an empty one if nobody of that name follows anything.
    #[must_use]
    pub fn of(moment: &Arc<Moment>, law: &Law, worker: &str, organisation: Option<OrganisationId>) -> Self {
        let views = &moment.snapshot.views;
        let found = found::Caseload::of(views, worker, organisation.as_ref(), moment.day);
        let load = Load::by_worker(views, law, organisation.as_ref(), moment.day).remove(worker).unwrap_or_default();
        Self { moment: moment.clone(), organisation, found, load }
    }

    /// Everyone's caseload, in order of user id.
    #[must_use]
    pub fn all(moment: &Arc<Moment>, law: &Law, organisation: Option<&OrganisationId>) -> Vec<Self> {
        let views = &moment.snapshot.views;
        let mut loads = Load::by_worker(views, law, organisation, moment.day);
        let one = |found: found::Caseload| {
            let load = loads.remove(&found.worker).unwrap_or_default();
            Self { moment: moment.clone(), organisation: organisation.cloned(), found, load }
        };
        found::Caseload::all(views, organisation, moment.day).into_iter().map(one).collect()
    }

    fn followed(&self, one: &Followed) -> FollowedPathway {
        FollowedPathway {
            participant: Participant::new(&self.moment, one.person),
            pathway: ids::global(Kind::Pathway, one.pathway),
            referent: one.referent,
            since: Date(one.since),
        }
    }
}

/// The open pathways that one worker follows on a day, and what is due in them.
#[Object]
impl Caseload {
    /// The worker, as a user id.
    async fn worker(&self) -> &str {
        &self.found.worker
    }

    /// The day of the question.
    async fn day(&self) -> Date {
        Date(self.moment.day)
    }

    /// Open pathways that the worker follows on that day.
    async fn pathways_followed(&self) -> usize {
        self.found.followed.len()
    }

    /// Of them, those for which the worker answers (référent / referent).
    async fn as_referent(&self) -> usize {
        self.found.as_referent()
    }

    /// Tasks of the worker behind their last day.
    async fn overdue(&self) -> usize {
        self.load.overdue
    }

    /// Tasks with their last day in the seven days from the day of the question on.
    async fn due_in_seven_days(&self) -> usize {
        self.load.due_in_seven_days
    }

    /// Tasks with a later last day.
    async fn due_later(&self) -> usize {
        self.load.due_later
    }

    /// The pathways, in order of the participants' ids.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn pathways(&self) -> Vec<FollowedPathway> {
        self.found.followed.iter().map(|one| self.followed(one)).collect()
    }

    /// The worker's tasks, in order of their last day.
    #[graphql(complexity = "items(first, last) * child_complexity + 1")]
    async fn deadlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; by default those due or overdue. The worker is this one, whatever it says.")]
        filter: Option<DeadlineFilter>,
        #[graphql(desc = "How many from the start, at most 500; by default 50.")] first: Option<i32>,
        #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what stands in front of this cursor.")] before: Option<String>,
    ) -> Result<Listed<Place, Deadline>> {
        let page = PageArguments { first, after, last, before }.read()?;
        let mut wanted = filter.unwrap_or_default().read()?;
        wanted.worker = Some(self.found.worker.clone());
        wanted.organisation = wanted.organisation.or_else(|| self.organisation.clone());
        deadlines::page(ctx, &self.moment, wanted, page).await
    }
}
