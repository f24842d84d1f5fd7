//! Publishing: the figure is computed here and recorded, never given by whoever asks.

use super::question::{Question, quoted, version};
use crate::Engine;
use crate::commands::{CommandError, Origin};
use crate::graphql::errors::{BadInput, bad_input, not_found};
use crate::graphql::indicators::Indicators;
use crate::graphql::lists;
use crate::graphql::moment::Moment;
use async_graphql::{Error, Result};
use chrono::{DateTime, Utc};
use domain::codes::Label;
use domain::decision::{Event as Decided, Refusal};
use domain::fact::Fact;
use domain::figure::{Event, State};
use domain::history::Cut;
use domain::ids::{EventId, OrganisationId};
use domain::publication::HOUSE;
use std::sync::Arc;
use store::{Commit, EventStore, Guard, Position, StoreError};
use uuid::Uuid;

/// A figure that somebody wants to publish.
pub struct Wanted {
    /// The idempotency key.
    pub key: Uuid,
    /// The day of the publication.
    pub on: chrono::NaiveDate,
    /// What is asked.
    pub question: Question,
    /// Of which organisation; of all if none.
    pub organisation: Option<OrganisationId>,
    /// What whoever publishes calls it.
    pub label: Option<Label>,
    /// The instant of knowledge, if not now.
    pub as_known_at: Option<DateTime<Utc>>,
}

/// What was recorded.
pub struct Published {
    /// Where.
    pub position: Position,
    /// Its event.
    pub event: EventId,
    /// True if it had been recorded before.
    pub repeated: bool,
}

/// The indicators of an organisation at a moment.
///
/// # Errors
/// If the organisation is not known.
pub fn indicators(engine: &Engine, moment: &Arc<Moment>, organisation: Option<OrganisationId>) -> Result<Indicators> {
    let present = engine.runtime.snapshot();
    if let Some(organisation) = organisation.as_ref().filter(|it| !lists::is_known(&present, it)) {
        return Err(not_found("organisation", format_args!("organisation {organisation}")));
    }
    Ok(Indicators::new(moment.clone(), engine.law.clone(), organisation, None))
}

/// Computes a figure and records it, once for each key and once for each question at one instant of knowledge.
///
/// # Errors
/// A refusal, a bad argument, or what the log says.
pub async fn publish(engine: &Engine, origin: &Origin, wanted: Wanted, moment: &Arc<Moment>) -> Result<Published> {
    let today = crate::clock::brussels_day(engine.clock.now());
    if wanted.on > today {
        return Err(refusal("FIGURE_AHEAD", "on", format!("{} is after today ({today})", wanted.on)));
    }
    let (history, revision) = engine.history(HOUSE, Cut::default()).await?;
    if let Some(position) = engine.store.find(wanted.key).map_err(CommandError::from)? {
        return repeated(&history, &wanted, position);
    }
    let answer = wanted.question.ask(indicators(engine, moment, wanted.organisation.clone())?).await?;
    let event = Event::Published {
        indicator: wanted.question.indicator.clone(),
        organisation: wanted.organisation.clone(),
        arguments: wanted.question.canonical(),
        as_known_at: moment.known_at,
        definition_version: version(&answer),
        value: quoted(&answer),
        answer: answer.to_string(),
        label: wanted.label.clone(),
    };
    let same = |(_, _, other): &&(chrono::NaiveDate, EventId, Event)| same_question(other, &event);
    if let Some((on, ..)) = State::of(&history).published.iter().find(same) {
        return Err(refusal(
            "ALREADY_PUBLISHED",
            "indicator",
            format!("published on {on}, as known at the same instant"),
        ));
    }
    let guard = Guard { stream: projections::stream_id(HOUSE), revision };
    record(engine, origin, &wanted, event, guard).await
}

async fn record(engine: &Engine, origin: &Origin, wanted: &Wanted, event: Event, guard: Guard) -> Result<Published> {
    let id = EventId(wanted.key);
    let event = engine.seal(origin, id, Decided::new(wanted.on, event))?;
    let appended = engine.store.append(Commit { events: vec![event], guards: vec![guard] }).await;
    match appended {
        Ok(appended) => Ok(Published { position: appended.last, event: id, repeated: appended.repeated }),
        Err(StoreError::Conflict { .. }) => Err(CommandError::Contended.into()),
        Err(error) => Err(CommandError::from(error).into()),
    }
}

/// The answer to a key that is known: as the first time if it asked the same, else a refusal.
fn repeated(history: &domain::history::History, wanted: &Wanted, position: Position) -> Result<Published> {
    let event = EventId(wanted.key);
    let reused = || Error::from(CommandError::KeyReused { key: wanted.key, position });
    let (record, _) = history.record(event).ok_or_else(reused)?;
    let Fact::Figure(Event::Published { indicator, organisation, arguments, label, as_known_at, .. }) = &record.fact
    else {
        return Err(reused());
    };
    let same = *indicator == wanted.question.indicator
        && *organisation == wanted.organisation
        && *arguments == wanted.question.canonical()
        && *label == wanted.label
        && record.effective_on == wanted.on
        && wanted.as_known_at.is_none_or(|instant| instant == *as_known_at);
    if same { Ok(Published { position, event, repeated: true }) } else { Err(reused()) }
}

fn same_question(one: &Event, other: &Event) -> bool {
    let key = |event: &Event| {
        let Event::Published { indicator, organisation, arguments, as_known_at, definition_version, .. } =
            event.clone();
        (indicator, organisation, arguments, as_known_at, definition_version)
    };
    key(one) == key(other)
}

fn refusal(rule: &'static str, field: &'static str, message: String) -> Error {
    CommandError::Refused(Refusal { rule, field: Some(field), message }).into()
}

/// Reads a label.
///
/// # Errors
/// [`BadInput`] names the field.
pub fn label(text: Option<String>) -> Result<Option<Label>, BadInput> {
    text.map(|text| Label::new(&text).map_err(|error| bad_input("label", error))).transpose()
}
