//! What must be done by when, with what explains it.

use super::{Agreement, Event, Organisation, Participant, Post, day};
use crate::graphql::codes::Code;
use crate::graphql::moment::{Moment, engine, reading};
use crate::graphql::scalars::Date;
use crate::queries::FoundDeadline;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::deadline::{DeadlineKind, DeadlineStatus, Language, Mark, PeriodUnit};
use domain::fact::StreamKind;
use domain::ids::{AgreementId, PersonId, PostId};
use std::sync::Arc;

/// Something that has to be done, or may be done, by a day.
pub struct Deadline {
    moment: Arc<Moment>,
    found: FoundDeadline,
}

/// What was counted, from which day.
#[derive(SimpleObject)]
pub struct CountedPeriod {
    /// How many; 0 where the day was agreed on.
    amount: u32,
    /// Of what.
    unit: Code<PeriodUnit>,
    /// From which day; that day itself is not counted.
    from: Date,
}

/// A time during which nothing is owed.
#[derive(SimpleObject)]
pub struct SuspendedPeriod {
    /// First day.
    from: Date,
    /// Last day, inclusive, if it is known.
    until: Option<Date>,
}

impl Deadline {
    /// A deadline as it was found at a moment.
    #[must_use]
    pub fn new(moment: &Arc<Moment>, found: FoundDeadline) -> Self {
        moment.reading.saw(found.stream);
        Self { moment: moment.clone(), found }
    }
}

async fn event(ctx: &Context<'_>, moment: &Moment, mark: Mark) -> Result<Option<Event>> {
    let found = engine(ctx)?.event(mark.event).await?;
    Ok(found.map(|told| Event::read(told, moment.cut, &reading(ctx))))
}

/// Something that has to be done, or may be done, by a day. It names the record that started the clock.
#[Object]
impl Deadline {
    /// Its id, stable while days are corrected; it is not a global id.
    async fn id(&self) -> ID {
        ID(self.found.deadline.id().to_string())
    }

    /// What has to be done.
    async fn kind(&self) -> Code<DeadlineKind> {
        Code(self.found.deadline.kind)
    }

    /// How it stands at the end of the day of the question.
    async fn status(&self) -> Code<DeadlineStatus> {
        Code(self.found.status)
    }

    /// The last day in time, inclusive. A Saturday, Sunday or holiday is not moved.
    async fn due_on(&self) -> Date {
        Date(self.found.deadline.due_on)
    }

    /// Days from the day of the question to the last day: 0 on the last day, negative behind it.
    async fn days_left(&self) -> i64 {
        (self.found.deadline.due_on - self.moment.day).num_days()
    }

    /// The day on which the clock started.
    async fn started_on(&self) -> Date {
        Date(self.found.deadline.clock.on)
    }

    /// The record that started the clock.
    async fn started_by(&self, ctx: &Context<'_>) -> Result<Option<Event>> {
        event(ctx, &self.moment, self.found.deadline.clock).await
    }

    /// What was counted, from which day.
    async fn counted(&self) -> CountedPeriod {
        let counted = self.found.deadline.counted;
        CountedPeriod { amount: counted.amount, unit: Code(counted.unit), from: Date(counted.from) }
    }

    /// Times during which nothing is owed.
    async fn suspended(&self) -> Vec<SuspendedPeriod> {
        let paused = self.found.deadline.paused.iter();
        paused.map(|(from, until)| SuspendedPeriod { from: Date(*from), until: day(*until) }).collect()
    }

    /// The day on which it was done, or on which it was no longer wanted.
    async fn closed_on(&self) -> Option<Date> {
        day(self.found.deadline.closed.map(|closing| closing.by.on))
    }

    /// The record that closed it.
    async fn closed_by(&self, ctx: &Context<'_>) -> Result<Option<Event>> {
        match self.found.deadline.closed {
            Some(closing) => event(ctx, &self.moment, closing.by).await,
            None => Ok(None),
        }
    }

    /// Which deadline of the house it is, by its code; null for what the law or an agreed day sets.
    async fn house(&self) -> Option<&str> {
        self.found.deadline.house.as_deref()
    }

    /// What people call it.
    async fn label(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which language; by default English.")] language: Option<Code<Language>>,
    ) -> Result<String> {
        let [fr, nl, en] = self.found.deadline.labels(&engine(ctx)?.law);
        Ok(match language.map(|Code(language)| language) {
            Some(Language::Fr) => fr.into_owned(),
            Some(Language::Nl) => nl.into_owned(),
            Some(Language::En) | None => en.into_owned(),
        })
    }

    /// The article that sets the period, as it held when the clock started; for a deadline of the house, its two events.
    /// Null where the day was agreed on.
    async fn article(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.found.deadline.rule(&engine(ctx)?.law).map(|rule| rule.article.into_owned()))
    }

    /// The rule set that gave the period: the one in force on the day on which the clock started.
    async fn rule_set(&self) -> Option<&str> {
        self.found.deadline.rule_set.as_deref()
    }

    /// How the last day was found, in one sentence that names nobody.
    async fn explanation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which language; by default English.")] language: Option<Code<Language>>,
    ) -> Result<String> {
        let language = language.map_or(Language::En, |Code(language)| language);
        Ok(self.found.deadline.explanation(&engine(ctx)?.law, language))
    }

    /// Whose task it is, as far as the history names an organisation.
    async fn organisation(&self) -> Option<Organisation> {
        self.found.deadline.organisation.as_ref().map(|organisation| Organisation::new(&self.moment, organisation))
    }

    /// The referent of the person's pathway there, as a user id.
    async fn worker(&self) -> Option<&str> {
        self.found.deadline.worker.as_deref()
    }

    /// The person in whose file it stands.
    async fn participant(&self) -> Option<Participant> {
        let of_person = self.found.stream.kind == StreamKind::Person;
        of_person.then(|| Participant::new(&self.moment, PersonId(self.found.stream.id)))
    }

    /// The post in whose history it stands.
    async fn post(&self) -> Option<Post> {
        let of_post = self.found.stream.kind == StreamKind::Post;
        of_post.then(|| Post::find(&self.moment, PostId(self.found.stream.id))).flatten()
    }

    /// The agreement in whose history it stands.
    async fn agreement(&self) -> Option<Agreement> {
        let of_agreement = self.found.stream.kind == StreamKind::Agreement;
        of_agreement.then(|| Agreement::find(&self.moment, AgreementId(self.found.stream.id))).flatten()
    }
}
