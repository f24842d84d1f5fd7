//! What is due: the deadlines of a moment, chosen and in order of their last day.

use chrono::NaiveDate;
use domain::deadline::{Deadline, DeadlineKind, DeadlineStatus};
use domain::fact::Stream;
use domain::ids::OrganisationId;
use domain::law::Law;
use projections::Views;

/// Which deadlines are wanted: those for which every condition holds. The default is what is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WantedDeadlines {
    /// Standing so; if none is named, what is due or overdue.
    pub statuses: Vec<DeadlineStatus>,
    /// Of one of these kinds, if any is named.
    pub kinds: Vec<DeadlineKind>,
    /// The deadline of the house with this code.
    pub house: Option<String>,
    /// Set by an article that holds this text.
    pub article: Option<String>,
    /// With its last day on this day or later.
    pub due_from: Option<NaiveDate>,
    /// With its last day on this day or before.
    pub due_until: Option<NaiveDate>,
    /// The task of this worker, as a user id.
    pub worker: Option<String>,
    /// The task of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Of this file, post or agreement.
    pub stream: Option<Stream>,
}

/// A deadline where it was found.
#[derive(Debug, Clone)]
pub struct FoundDeadline {
    /// In whose history.
    pub stream: Stream,
    /// The deadline.
    pub deadline: Deadline,
    /// How it stands at the end of the day of the question.
    pub status: DeadlineStatus,
}

impl WantedDeadlines {
    /// The wanted deadlines as they stand at the end of a day, in order of their last day, then of their ids.
    ///
    /// A clock that starts later than that day is left out.
    #[must_use]
    pub fn find(&self, views: &Views, law: &Law, day: NaiveDate) -> Vec<FoundDeadline> {
        let mut found = Vec::new();
        let mut look = |stream, rows: &[Deadline]| {
            let wanted = rows.iter().filter(|row| self.admits(row, day));
            found.extend(wanted.map(|row| {
                let status = row.status_on(day);
                FoundDeadline { stream, deadline: row.clone(), status }
            }));
        };
        match self.stream {
            Some(stream) => look(stream, views.deadlines.of_stream(stream)),
            None => views.deadlines.streams().for_each(|(stream, rows)| look(stream, rows)),
        }
        if let Some(text) = &self.article {
            found.retain(|one| one.deadline.rule(law).is_some_and(|rule| rule.article.contains(text.as_str())));
        }
        found.sort_by_cached_key(|one| (one.deadline.due_on, one.deadline.id()));
        found
    }

    fn admits(&self, row: &Deadline, day: NaiveDate) -> bool {
        row.begun_on(day)
            && (self.kinds.is_empty() || self.kinds.contains(&row.kind))
            && self.house.as_ref().is_none_or(|code| row.house.as_ref() == Some(code))
            && self.due_from.is_none_or(|from| from <= row.due_on)
            && self.due_until.is_none_or(|until| row.due_on <= until)
            && self.worker.as_deref().is_none_or(|worker| row.worker.as_deref() == Some(worker))
            && self.organisation.as_ref().is_none_or(|only| row.organisation.as_ref() == Some(only))
            && self.stands(row.status_on(day))
    }

    fn stands(&self, status: DeadlineStatus) -> bool {
        if self.statuses.is_empty() {
            matches!(status, DeadlineStatus::Due | DeadlineStatus::Overdue)
        } else {
            self.statuses.contains(&status)
        }
    }
}
