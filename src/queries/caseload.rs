//! Who follows how many files, and what is due in them.

use super::{FoundDeadline, WantedDeadlines};
use chrono::NaiveDate;
use domain::deadline::DeadlineStatus;
use domain::ids::{OrganisationId, PathwayId, PersonId};
use domain::law::Law;
use projections::Views;
use std::collections::BTreeMap;

/// The open pathways that one worker follows on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caseload {
    /// The worker, as a user id.
    pub worker: String,
    /// The pathways followed, in order of the persons' ids.
    pub followed: Vec<Followed>,
}

/// A pathway that a worker follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub pathway: PathwayId,
    /// True if the worker answers for it.
    pub referent: bool,
    /// First day on which the worker followed it.
    pub since: NaiveDate,
}

impl Caseload {
    /// How many of the pathways the worker answers for.
    #[must_use]
    pub fn as_referent(&self) -> usize {
        self.followed.iter().filter(|one| one.referent).count()
    }

    /// Everyone who follows an open pathway on a day, with an organisation or with any, in order of user id.
    #[must_use]
    pub fn all(views: &Views, organisation: Option<&OrganisationId>, day: NaiveDate) -> Vec<Self> {
        let mut by_worker: BTreeMap<&str, Vec<Followed>> = BTreeMap::new();
        for (person, rows) in views.caseload.iter() {
            let open = rows.iter().filter(|row| row.open_on(day));
            for row in open.filter(|row| organisation.is_none_or(|only| *only == row.organisation)) {
                for member in row.members_on(day) {
                    let (pathway, since) = (row.pathway, member.from);
                    let followed = Followed { person: PersonId(person), pathway, referent: member.referent, since };
                    by_worker.entry(&member.user).or_default().push(followed);
                }
            }
        }
        let one = |(worker, followed): (&str, Vec<Followed>)| Self { worker: worker.to_owned(), followed };
        by_worker.into_iter().map(one).collect()
    }

    /// What one worker follows; nothing if nobody of that name follows anything.
    #[must_use]
    pub fn of(views: &Views, worker: &str, organisation: Option<&OrganisationId>, day: NaiveDate) -> Self {
        let found = Self::all(views, organisation, day).into_iter().find(|one| one.worker == worker);
        found.unwrap_or_else(|| Self { worker: worker.to_owned(), followed: Vec::new() })
    }
}

/// How much is open in a list of deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Overdue.
    pub overdue: usize,
    /// Due within seven days, the day of the question included.
    pub due_in_seven_days: usize,
    /// Due later.
    pub due_later: usize,
}

/// Days that count as "this week" in a caseload.
const WEEK_DAYS: i64 = 7;

impl Load {
    /// What is open for each worker on a day, by user id.
    #[must_use]
    pub fn by_worker(
        views: &Views,
        law: &Law,
        organisation: Option<&OrganisationId>,
        day: NaiveDate,
    ) -> BTreeMap<String, Self> {
        let wanted = WantedDeadlines { organisation: organisation.cloned(), ..WantedDeadlines::default() };
        let mut loads: BTreeMap<String, Self> = BTreeMap::new();
        for found in wanted.find(views, law, day) {
            if let Some(worker) = &found.deadline.worker {
                loads.entry(worker.clone()).or_default().count(&found, day);
            }
        }
        loads
    }

    fn count(&mut self, found: &FoundDeadline, day: NaiveDate) {
        if found.status == DeadlineStatus::Overdue {
            self.overdue += 1;
        } else if (found.deadline.due_on - day).num_days() < WEEK_DAYS {
            self.due_in_seven_days += 1;
        } else {
            self.due_later += 1;
        }
    }
}
