//! Pages of deadlines at a moment.

use crate::graphql::codes::Code;
use crate::graphql::connection::{Listed, Page, Place, connect};
use crate::graphql::errors::BadInput;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::{Moment, engine, shows_items};
use crate::graphql::scalars::Date;
use crate::graphql::types::Deadline;
use crate::queries::{FoundDeadline, QueryError, WantedDeadlines, aside};
use async_graphql::{Context, ID, InputObject, Result};
use chrono::Datelike;
use domain::deadline::{DeadlineKind, DeadlineStatus};
use domain::ids::PersonId;
use domain::law::Law;
use std::sync::Arc;

/// Which deadlines: those for which every condition holds on the day of the question.
#[derive(Debug, Default, InputObject)]
pub struct DeadlineFilter {
    /// Standing so; by default what is due or overdue.
    pub status: Option<Vec<Code<DeadlineStatus>>>,
    /// Of one of these kinds.
    pub kind: Option<Vec<Code<DeadlineKind>>>,
    /// The deadline that the house set under this code, such as `SKILLS_PLAN`.
    pub house: Option<String>,
    /// Set by an article that holds this text, such as `article 21`.
    pub article: Option<String>,
    /// With its last day on this day or later.
    pub due_from: Option<Date>,
    /// With its last day on this day or before.
    pub due_until: Option<Date>,
    /// The task of this worker, as a user id.
    pub worker: Option<String>,
    /// The task of this organisation, by its short name or global id.
    pub organisation: Option<ID>,
    /// In the file of this participant: a global id or the bare UUID.
    pub participant: Option<ID>,
}

impl DeadlineFilter {
    /// Reads the ids of a filter.
    ///
    /// # Errors
    /// [`BadInput`] names the field.
    pub fn read(self) -> Result<WantedDeadlines, BadInput> {
        let organisation = self.organisation.map(|id| ids::organisation("filter.organisation", &id)).transpose()?;
        let participant = self.participant.map(|id| ids::uuid(Kind::Participant, "filter.participant", &id));
        Ok(WantedDeadlines {
            statuses: self.status.unwrap_or_default().into_iter().map(|Code(status)| status).collect(),
            kinds: self.kind.unwrap_or_default().into_iter().map(|Code(kind)| kind).collect(),
            house: self.house,
            article: self.article,
            due_from: self.due_from.map(|Date(day)| day),
            due_until: self.due_until.map(|Date(day)| day),
            worker: self.worker,
            organisation,
            stream: participant.transpose()?.map(|id| PersonId(id).into()),
        })
    }
}

/// A page of deadlines, in order of their last day.
///
/// # Errors
/// If the program is shutting down.
pub async fn page(
    ctx: &Context<'_>,
    moment: &Arc<Moment>,
    wanted: WantedDeadlines,
    page: Page<Place>,
) -> Result<Listed<Place, Deadline>> {
    let found = found(engine(ctx)?.law.clone(), moment.clone(), wanted).await?;
    let shown = page.of(&found, place);
    let range = if shows_items(ctx) { shown.range.clone() } else { 0..0 };
    let items = found[range].iter().map(|one| (place(one), Deadline::new(moment, one.clone())));
    Ok(connect(&shown, found.len(), items))
}

/// What is wanted, looked for aside: it walks over every file.
async fn found(law: Arc<Law>, moment: Arc<Moment>, wanted: WantedDeadlines) -> Result<Vec<FoundDeadline>, QueryError> {
    aside(move || Ok(wanted.find(&moment.snapshot.views, &law, moment.day))).await
}

fn place(found: &FoundDeadline) -> Place {
    Place(i64::from(found.deadline.due_on.num_days_from_ce()), found.deadline.id())
}
