//! What a record did to the file in which it stands: a new fact, or an answer to an earlier record with old and new values.

use super::{QueryError, Told, aside};
use crate::Engine;
use chrono::NaiveDate;
use domain::correction;
use domain::fact::Fact;
use domain::history::{Cut, History};
use domain::ids::EventId;
use domain::wire;
use projections::difference::{Change, Columns, changes};
use projections::{read_kin, stream_of};
use serde_json::json;

/// What a record did when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It told something new.
    New,
    /// It let an earlier record say something else.
    Corrected,
    /// It let an earlier record count no more.
    Annulled,
    /// It annulled an annulment or a correction: what that had changed is as before.
    Restored,
}

/// What a record did, and to which one.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// What it did.
    pub effect: Effect,
    /// The original record that says something else since; none for a new fact.
    pub original: Option<EventId>,
    /// What the original said just before and just after, field by field, its day as `effectiveOn`. Of a new fact nothing.
    pub changes: Vec<Change>,
}

impl Answered {
    const fn new_fact() -> Self {
        Self { effect: Effect::New, original: None, changes: Vec::new() }
    }
}

impl Engine {
    /// What a record did, when it was recorded.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read or understood.
    pub async fn answered(&self, told: &Told) -> Result<Answered, QueryError> {
        if !matches!(told.fact, Fact::Correction(_)) {
            return Ok(Answered::new_fact());
        }
        let Some(stream) = told.record.event.about.first().and_then(|about| stream_of(about.stream)) else {
            return Ok(Answered::new_fact());
        };
        let store = self.store.clone();
        let (id, position) = (EventId(told.record.event.id), told.record.position.0);
        aside(move || {
            let cut = Cut { before: Some(position + 1), ..Cut::default() };
            let (kin, _) = read_kin(store.as_ref(), stream)?;
            Ok(of(&kin.history(stream, cut), id, position))
        })
        .await
    }
}

/// What a record of a history did, the history reaching just behind it.
#[must_use]
pub fn of(history: &History, id: EventId, position: u64) -> Answered {
    let (Some((record, _)), Some(root)) = (history.record(id), history.root_of(id)) else {
        return Answered::new_fact();
    };
    let Fact::Correction(answer) = &record.fact else { return Answered::new_fact() };
    let effect = match answer {
        correction::Event::Corrected { .. } => Effect::Corrected,
        correction::Event::Annulled { target, .. } if *target == root => Effect::Annulled,
        correction::Event::Annulled { .. } => Effect::Restored,
    };
    let said = |before| history.said_before(root, before).map(as_columns);
    let (old, new) = (said(position), said(position + 1));
    Answered { effect, original: Some(root), changes: changes(old.as_ref(), new.as_ref()) }
}

fn as_columns((on, fact): (NaiveDate, &Fact)) -> Columns {
    let day = [("effectiveOn".to_owned(), json!(on))];
    day.into_iter().chain(wire::to_json(fact)).collect()
}
