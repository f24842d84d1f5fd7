//! The log itself: one thing's timeline, and pages of everything, straight from the store.

use super::{QueryError, aside};
use crate::clock::brussels_day;
use crate::{Engine, Log};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::fact::{Fact, StepName, Stream};
use domain::history::{Cut, History};
use domain::ids::EventId;
use domain::kin::Kin;
use projections::timeline;
use projections::translate::{self, STREAM_PAGE_RECORDS_MAX, TranslateError};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{EventStore, Position, Record, Revision};
use uuid::Uuid;

/// Records looked at in one go when few of them are wanted: some megabytes, some milliseconds.
const LOOK_RECORDS_MAX: usize = 4_096;

/// A record, what it says, and what became of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The record.
    pub record: Record,
    /// What it says.
    pub fact: Fact,
    /// What became of it, as far as was looked.
    pub fate: Option<timeline::Row>,
}

impl Told {
    /// A record whose fate was not looked at.
    ///
    /// # Errors
    /// [`TranslateError`] if this program does not know what it says.
    pub fn alone(record: Record) -> Result<Self, TranslateError> {
        let fact = translate::known(&record)?.fact;
        Ok(Self { record, fact, fate: None })
    }
}

/// Which records of the log are wanted. The default is all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of one of these kinds, if any is named.
    pub kinds: Vec<String>,
    /// Of one thing.
    pub stream: Option<Stream>,
    /// Effective on that day or later.
    pub effective_from: Option<NaiveDate>,
    /// Effective on that day or before.
    pub effective_to: Option<NaiveDate>,
    /// Recorded at that instant or later.
    pub recorded_from: Option<DateTime<Utc>>,
    /// Recorded at that instant or before.
    pub recorded_to: Option<DateTime<Utc>>,
    /// Of one of these steps, if any is named.
    pub steps: Vec<StepName>,
    /// Recorded by that user.
    pub user: Option<String>,
    /// Recorded in that role.
    pub role: Option<String>,
    /// Recorded for that organisation.
    pub organisation: Option<String>,
    /// Come in by that way.
    pub source: Option<String>,
    /// Decided under that rule set.
    pub rule_set: Option<String>,
    /// Recorded at least so many days after the day on which it happened.
    pub delay_days_min: Option<i64>,
    /// Of that import batch.
    pub batch: Option<Uuid>,
    /// Of that business act.
    pub correlation: Option<Uuid>,
}

impl Wanted {
    /// True if the record is wanted, wherever it stands in the log.
    #[must_use]
    pub fn admits(&self, record: &Record) -> bool {
        let event = &record.event;
        let days = (self.effective_from, self.effective_to);
        (self.kinds.is_empty() || self.kinds.contains(&event.kind))
            && days.0.is_none_or(|from| event.effective_on >= from)
            && days.1.is_none_or(|to| event.effective_on <= to)
            && self.recorded_from.is_none_or(|from| record.recorded_at >= from)
            && self.recorded_to.is_none_or(|to| record.recorded_at <= to)
            && self.admits_actor(event)
            && self.rule_set.as_ref().is_none_or(|set| event.rule_set.as_ref() == Some(set))
            && self.delay_days_min.is_none_or(|days| delay_days(record) >= days)
            && self.admits_step(&event.kind)
            && self.batch.is_none_or(|batch| event.batch == Some(batch))
            && self.correlation.is_none_or(|act| event.correlation == Some(act))
    }

    fn admits_actor(&self, event: &store::Event) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        is(&self.user, &event.actor.user)
            && is(&self.role, &event.actor.role)
            && is(&self.organisation, &event.actor.organisation)
            && is(&self.source, &event.source)
    }

    fn admits_step(&self, kind: &str) -> bool {
        self.steps.is_empty() || StepName::of_kind(kind).is_some_and(|step| self.steps.contains(&step))
    }

    /// True if every record of a stretch of the log is wanted, so that counting them is a subtraction.
    fn is_all(&self) -> bool {
        // The instants bound the stretch; any other condition has to be looked for.
        let instants = Self { recorded_from: self.recorded_from, recorded_to: self.recorded_to, ..Self::default() };
        *self == instants
    }
}

/// Days from the effective day to the day of recording in Brussels; negative for what was planned.
#[must_use]
pub fn delay_days(record: &Record) -> i64 {
    (brussels_day(record.recorded_at) - record.event.effective_on).num_days()
}

/// A stretch of the log: behind `after`, up to `to` inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The position behind which it begins.
    pub after: Position,
    /// The last position in it.
    pub to: Position,
}

impl Span {
    fn holds(&self, position: Position) -> bool {
        self.after < position && position <= self.to
    }

    fn is_empty(&self) -> bool {
        self.after >= self.to
    }
}

impl Engine {
    /// Everything that was recorded of one thing and is known at a cut, in order of position, each with its fate.
    ///
    /// Of a person it is what stands in any of the files that are theirs at the cut.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn timeline(&self, stream: Stream, cut: Cut) -> Result<Vec<Told>, QueryError> {
        let store = self.store.clone();
        aside(move || timeline_of(&store, stream, cut)).await
    }

    /// The history of one thing, and the revision up to which it was read.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn history(&self, stream: Stream, cut: Cut) -> Result<(History, Revision), QueryError> {
        let store = self.store.clone();
        aside(move || Ok(translate::read_history(store.as_ref(), stream, cut)?)).await
    }

    /// The record with this event id.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn event(&self, id: EventId) -> Result<Option<Told>, QueryError> {
        let store = self.store.clone();
        aside(move || {
            let Some(position) = store.find(id.0)? else { return Ok(None) };
            let found = store.read(Position(position.0.saturating_sub(1)), 1)?.pop();
            Ok(found.map(Told::alone).transpose()?)
        })
        .await
    }

    /// The stretch of the log in which wanted records can stand: the instants bound it without reading it.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read.
    pub async fn span(&self, wanted: &Wanted) -> Result<Span, QueryError> {
        let (store, from, to) = (self.store.clone(), wanted.recorded_from, wanted.recorded_to);
        aside(move || {
            let before = from.map(|from| from - TimeDelta::microseconds(1));
            let place = |instant| translate::position_at(store.as_ref(), instant);
            let after = before.map(place).transpose()?.unwrap_or_default();
            let to = to.map(place).transpose()?.unwrap_or_else(|| *store.head().borrow());
            Ok(Span { after, to })
        })
        .await
    }

    /// The first wanted records of a stretch, oldest first, at most `count` of them.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn first_events(&self, wanted: &Wanted, span: Span, count: usize) -> Result<Vec<Told>, QueryError> {
        if let Some(stream) = wanted.stream {
            let mut found = self.of_stream(stream, wanted, span).await?;
            found.truncate(count);
            return Ok(found);
        }
        let (mut found, mut rest) = (Vec::new(), span);
        while found.len() < count && !rest.is_empty() {
            let look = if wanted.is_all() { count - found.len() } else { LOOK_RECORDS_MAX };
            let (seen, some) = self.look(wanted.clone(), rest, look).await?;
            rest.after = seen;
            found.extend(some);
        }
        found.truncate(count);
        Ok(found)
    }

    /// The last wanted records of a stretch, oldest first, at most `count` of them.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn last_events(&self, wanted: &Wanted, span: Span, count: usize) -> Result<Vec<Told>, QueryError> {
        if let Some(stream) = wanted.stream {
            let mut found = self.of_stream(stream, wanted, span).await?;
            return Ok(found.split_off(found.len().saturating_sub(count)));
        }
        let (mut found, mut rest) = (Vec::new(), span);
        while found.len() < count && !rest.is_empty() {
            let look = if wanted.is_all() { count - found.len() } else { LOOK_RECORDS_MAX };
            let from = Position(rest.to.0.saturating_sub(look as u64).max(rest.after.0));
            let (_, mut some) = self.look(wanted.clone(), Span { after: from, to: rest.to }, look).await?;
            rest.to = from;
            some.extend(found);
            found = some;
        }
        Ok(found.split_off(found.len().saturating_sub(count)))
    }

    /// How many records of a stretch are wanted. With a filter the stretch is read; dropping the future stops it.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn count_events(&self, wanted: &Wanted, span: Span) -> Result<u64, QueryError> {
        if wanted.is_all() {
            return Ok(span.to.0.saturating_sub(span.after.0));
        }
        if let Some(stream) = wanted.stream {
            return Ok(self.of_stream(stream, wanted, span).await?.len() as u64);
        }
        let (mut count, mut rest) = (0, span);
        while !rest.is_empty() {
            let (store, wanted) = (self.store.clone(), wanted.clone());
            let (seen, some) = aside(move || {
                let records = read_within(&store, rest, LOOK_RECORDS_MAX)?;
                let seen = records.last().map_or(rest.to, |last| last.position);
                Ok((seen, records.iter().filter(|record| wanted.admits(record)).count() as u64))
            })
            .await?;
            rest.after = seen;
            count += some;
        }
        Ok(count)
    }

    /// Looks at the next `look` records of a stretch: how far it came, and what is wanted of them.
    async fn look(&self, wanted: Wanted, span: Span, look: usize) -> Result<(Position, Vec<Told>), QueryError> {
        let store = self.store.clone();
        aside(move || {
            let records = read_within(&store, span, look)?;
            let seen = records.last().map_or(span.to, |last| last.position);
            let some = records.into_iter().filter(|record| wanted.admits(record)).map(Told::alone);
            Ok((seen, some.collect::<Result<_, _>>()?))
        })
        .await
    }

    async fn of_stream(&self, stream: Stream, wanted: &Wanted, span: Span) -> Result<Vec<Told>, QueryError> {
        let mut found = self.timeline(stream, Cut::default()).await?;
        // The log is told as it was written: what stands in the file itself, whatever was merged into it.
        let stands =
            |record: &Record| record.event.about.iter().any(|about| about.stream == translate::stream_id(stream));
        found.retain(|told| stands(&told.record) && span.holds(told.record.position) && wanted.admits(&told.record));
        Ok(found)
    }
}

fn read_within(store: &Arc<Log>, span: Span, limit: usize) -> Result<Vec<Record>, QueryError> {
    let rest = usize::try_from(span.to.0.saturating_sub(span.after.0)).unwrap_or(usize::MAX);
    Ok(store.read(span.after, limit.min(rest))?)
}

fn timeline_of(store: &Log, stream: Stream, cut: Cut) -> Result<Vec<Told>, QueryError> {
    let (mut records, history) = read_whole(store, stream, cut)?;
    let fates = timeline::rows(&history, brussels_day).into_iter().zip(history.records());
    let told = fates.filter_map(|(row, (known, _))| {
        let record = records.remove(&row.position)?;
        Some(Told { record, fact: known.fact.clone(), fate: Some(row) })
    });
    Ok(told.collect())
}

/// One thing's history with the files merged into it, and the records that it may tell, by position.
pub(super) fn read_whole(
    store: &Log,
    stream: Stream,
    cut: Cut,
) -> Result<(BTreeMap<u64, Record>, History), QueryError> {
    let mut whole = BTreeMap::new();
    let mut read = |stream: Stream| {
        let records = read_records(store, stream)?;
        let known = records.iter().map(translate::known).collect::<Result<Vec<_>, _>>()?;
        whole.extend(records.into_iter().map(|record| (record.position.0, record)));
        Ok::<_, QueryError>(known)
    };
    let own = read(stream)?;
    let kin = Kin::gather(stream, own, read)?;
    Ok((whole, kin.history(stream, cut)))
}

/// Every record of one stream.
fn read_records(store: &Log, stream: Stream) -> Result<Vec<Record>, QueryError> {
    let mut records = Vec::new();
    loop {
        let after = Revision(records.len() as u64);
        let page = store.read_stream(translate::stream_id(stream), after, STREAM_PAGE_RECORDS_MAX)?;
        let is_last = page.len() < STREAM_PAGE_RECORDS_MAX;
        records.extend(page);
        if is_last {
            return Ok(records);
        }
    }
}
