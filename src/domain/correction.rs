//! Correction and annulment: what was recorded is never changed, it is answered by another record.
//!
//! Both stand in every stream of the record they answer, and in those of every other correction of it,
//! so that each stream's history can be resolved alone. [`crate::history`] does it, and nothing else does.
//! The refusals stand in `refusal`; what an answer may not break, in `lasting`.

use crate::codes::codes;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{About, DayRank, Fact, Stream};
use crate::history::{Fate, History, Known};
use crate::ids::EventId;
use crate::personal::{Field, Personal, Secret};
use crate::{erasure, wire};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(crate) mod lasting;
mod refusal;

pub use refusal::Refusal;

codes! {
    /// Why a record is corrected or annulled.
    CorrectionReason {
        /// Typed wrongly.
        TypingError = "TYPING_ERROR" ("erreur de saisie", "typfout", "typing error"),
        /// Recorded for the wrong person, post or agreement.
        WrongSubject = "WRONG_SUBJECT" ("mauvais dossier", "verkeerd dossier", "wrong file"),
        /// Recorded twice.
        Duplicate = "DUPLICATE" ("doublon", "dubbel", "duplicate"),
        /// It never happened.
        NeverHappened = "NEVER_HAPPENED" ("n'a pas eu lieu", "niet gebeurd", "never happened"),
        /// New information came in.
        NewInformation = "NEW_INFORMATION" ("information nouvelle", "nieuwe informatie", "new information"),
        /// The person asked for it (GDPR article 16).
        PersonsRequest = "PERSONS_REQUEST" ("à la demande de la personne", "op vraag van de persoon", "at the person's request"),
        /// The correction or annulment was itself a mistake.
        Mistaken = "MISTAKEN" ("correction erronée", "verkeerde correctie", "mistaken correction"),
    }
}

/// What a corrected record says from now on: the whole content, day and streams included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    /// The day on which it happened or took effect.
    pub effective_on: NaiveDate,
    /// What happened: never itself a correction or annulment.
    #[serde(deserialize_with = "wire::original")]
    pub fact: Box<Fact>,
}

/// An answer to an earlier record. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The record does not count; annulling an annulment restores. Annulation / annulering.
    #[serde(rename = "EventAnnulled")]
    Annulled {
        /// The record: an event, a correction or an annulment.
        target: EventId,
        /// Why.
        reason: CorrectionReason,
    },
    /// The record says something else; of two standing corrections the later holds. Correction / verbetering.
    #[serde(rename = "EventCorrected")]
    Corrected {
        /// The original record, never a correction of it.
        target: EventId,
        /// Its place in the log, which orders it among the records of its day.
        target_position: u64,
        /// What it says from now on.
        replacement: Replacement,
        /// Why.
        reason: CorrectionReason,
    },
}

impl Event {
    /// The record that it answers.
    #[must_use]
    pub const fn target(&self) -> EventId {
        match self {
            Self::Annulled { target, .. } | Self::Corrected { target, .. } => *target,
        }
    }

    /// None of its own: it stands wherever its target and the other answers to it stand.
    pub(crate) const fn about(&self) -> Vec<About> {
        Vec::new()
    }

    /// Its content has the rank of what it says.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// What can be asked of a record.
///
/// `stream` is any stream in which the target stands, as `person:` and an id: the counter knows where a record
/// stands and fills it in, a caller need not give it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Lets a record count no more; annulling an annulment restores.
    #[serde(rename = "annulEvent")]
    Annul {
        /// A stream in which the target stands.
        stream: Stream,
        /// The record: an event, a correction or an annulment.
        target: EventId,
        /// Why.
        reason: CorrectionReason,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        motive: Option<Secret>,
    },
    /// Lets a record say something else; the kind stays, and what is left out stays as it holds now.
    #[serde(rename = "correctEvent")]
    Correct {
        /// A stream in which the target stands.
        stream: Stream,
        /// The original record, never a correction of it.
        target: EventId,
        /// The new day on which it happened or took effect.
        #[serde(default)]
        on: Option<NaiveDate>,
        /// Fields of the fact and their new values; null empties an optional one. Not printed: nothing was read yet.
        #[serde(default)]
        changes: Option<Secret<Map<String, Value>>>,
        /// Why.
        reason: CorrectionReason,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        motive: Option<Secret>,
        /// Personal fields by code, such as `NOTE`, and their new values; sealed. Only what changes.
        #[serde(default)]
        personal: BTreeMap<Field, Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    /// The new day if one is given; else the target's, which only [`Step::decide`] knows: any day that is allowed.
    fn on(&self) -> NaiveDate {
        match self {
            Self::Annul { .. } => NaiveDate::default(),
            Self::Correct { on, .. } => on.unwrap_or_default(),
        }
    }

    fn is_for_absorbed(&self) -> bool {
        true
    }

    /// Every stream in which the answer will stand: each needs its guard, for each is resolved alone.
    fn reads(&self, past: &Past) -> Vec<Stream> {
        let mut streams = vec![self.stream()];
        let found = past.get(self.stream()).and_then(|history| history.record(self.target()));
        streams.extend(found.iter().flat_map(|(record, _)| &record.about).map(|about| about.stream));
        if let Some(family) = Family::of(past, self.stream(), self.target()) {
            let replacement = family.replacement(self).ok().flatten();
            streams.extend(family.about(replacement.as_ref()).iter().map(|about| about.stream));
        }
        streams
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let family = Family::of(past, self.stream(), self.target()).ok_or(Refusal::TargetUnknown(self.target()))?;
        let replacement = family.replacement(self)?;
        let about = family.about(replacement.as_ref());
        let personal = self.personal()?;
        let (effective_on, event) = decide(&family, self, replacement, personal.is_empty())?;
        let motive = Personal::default().sealing(Field::Motive, "motive", self.motive())?;
        let mut decided = Decided::new(effective_on, event).with(personal);
        decided.personal.extend(motive);
        decided.about = about;
        decided.corrects = Some(self.target());
        lasting::keeps(past, desk, &decided, &family.root.fact, self.field())?;
        Ok(vec![decided])
    }
}

impl Command {
    const fn stream(&self) -> Stream {
        match self {
            Self::Annul { stream, .. } | Self::Correct { stream, .. } => *stream,
        }
    }

    const fn target(&self) -> EventId {
        match self {
            Self::Annul { target, .. } | Self::Correct { target, .. } => *target,
        }
    }

    /// The field that offends if what follows from the answer does.
    const fn field(&self) -> &'static str {
        match self {
            Self::Annul { .. } => "target",
            Self::Correct { changes: None, .. } => "on",
            Self::Correct { changes: Some(_), .. } => "changes",
        }
    }

    const fn motive(&self) -> Option<&Secret> {
        match self {
            Self::Annul { motive, .. } | Self::Correct { motive, .. } => motive.as_ref(),
        }
    }

    /// The personal fields that change.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Annul { .. } => Ok(Personal::default()),
            Self::Correct { personal, .. } => {
                let mut part = Personal::default();
                for (field, value) in personal {
                    if *field == Field::Motive {
                        return Err(Refusal::MotiveIsItsOwn.into());
                    }
                    part = part.sealing(*field, "personal", Some(value))?;
                }
                Ok(part)
            }
        }
    }
}

/// An original record with all that answers it, as its primary stream tells them: there all of them stand.
struct Family<'a> {
    history: &'a History,
    target: &'a Known,
    fate: Fate,
    /// The original at the root of the target: the target itself, or what it corrects or annuls.
    root: &'a Known,
}

impl<'a> Family<'a> {
    /// None if the target does not stand in the stream, or if more has to be read first.
    fn of(past: &'a Past, stream: Stream, target: EventId) -> Option<Self> {
        let (found, _) = past.get(stream)?.record(target)?;
        // Every answer stands first in the primary stream of the original.
        let history = past.get(found.about.first()?.stream)?;
        let (target, fate) = history.record(target)?;
        let mut root = target;
        // An answer is younger than what it answers, so this ends.
        while let Fact::Correction(event) = &root.fact {
            root = history.record(event.target())?.0;
        }
        Some(Self { history, target, fate, root })
    }

    /// The corrections of the root, standing or not, in order of position.
    fn corrections(&self) -> impl Iterator<Item = (&'a Known, Fate, &'a Replacement)> {
        let root = self.root.id;
        self.history.records().filter_map(move |(record, fate)| match &record.fact {
            Fact::Correction(Event::Corrected { target, replacement, .. }) if *target == root => {
                Some((record, fate, replacement))
            }
            _ => None,
        })
    }

    /// What the root says now: the content of its last standing correction, or its own.
    fn content(&self) -> (NaiveDate, &'a Fact) {
        let standing = self.corrections().filter(|(_, fate, _)| fate.annulled_by.is_none());
        let held = standing.last().map(|(_, _, replacement)| (replacement.effective_on, &*replacement.fact));
        held.unwrap_or((self.root.effective_on, &self.root.fact))
    }

    /// Where an answer has to stand: with the root, with all its corrections, and where the content goes.
    fn about(&self, replacement: Option<&Replacement>) -> Vec<About> {
        let mut all = self.root.about.clone();
        all.extend(self.corrections().flat_map(|(record, _, _)| record.about.iter().copied()));
        all.extend(replacement.map(|replacement| replacement.fact.about()).unwrap_or_default());
        let mut once: Vec<About> = Vec::with_capacity(all.len());
        for about in all {
            if !once.iter().any(|each| each.stream == about.stream) {
                once.push(about);
            }
        }
        once
    }

    /// What a correction makes of the content; none for an annulment.
    fn replacement(&self, command: &Command) -> Result<Option<Replacement>, Refusal> {
        if matches!(self.target.fact, Fact::Access(_)) {
            return Err(Refusal::LedgerStands);
        }
        let Command::Correct { on, changes, .. } = command else {
            return Ok(None);
        };
        if matches!(self.target.fact, Fact::Correction(_)) {
            return Err(Refusal::NotATarget(self.target.id));
        }
        if matches!(self.target.fact, Fact::Merge(_)) {
            return Err(Refusal::MergeNotCorrected);
        }
        if matches!(self.target.fact, Fact::Publication(_)) {
            return Err(Refusal::PublicationNotCorrected);
        }
        if matches!(self.target.fact, Fact::Figure(_)) {
            return Err(Refusal::FigureNotCorrected);
        }
        if matches!(self.target.fact, Fact::Erasure(_)) {
            return Err(Refusal::ErasureNotCorrected);
        }
        let (day, fact) = self.content();
        let fact = match changes {
            Some(changes) => changed(fact, changes.reveal())?,
            None => fact.clone(),
        };
        Ok(Some(Replacement { effective_on: on.unwrap_or(day), fact: Box::new(fact) }))
    }
}

fn decide(
    family: &Family<'_>,
    command: &Command,
    replacement: Option<Replacement>,
    same_personal: bool,
) -> Result<(NaiveDate, Event), Refusal> {
    let target = family.target.id;
    if let Some(by) = family.fate.annulled_by {
        return Err(Refusal::AlreadyAnnulled { target, by });
    }
    if let Fact::Erasure(erasure::Event::KeyDestroyed { .. } | erasure::Event::Anonymised { .. }) = family.target.fact {
        return Err(Refusal::ErasureStands);
    }
    match (command, replacement) {
        (Command::Correct { reason, .. }, Some(replacement)) => {
            let same = family.content() == (replacement.effective_on, &*replacement.fact);
            if same && same_personal {
                return Err(Refusal::NothingChanged);
            }
            let on = replacement.effective_on;
            let target_position = family.root.position;
            Ok((on, Event::Corrected { target, target_position, replacement, reason: *reason }))
        }
        (Command::Annul { reason, .. } | Command::Correct { reason, .. }, _) => {
            may_be_annulled(family)?;
            Ok((family.target.effective_on, Event::Annulled { target, reason: *reason }))
        }
    }
}

/// A restoration is not annulled: a correction recorded after it may stand in streams that never heard of it,
/// and each stream must be resolved alone. Annulling the original again says the same, in all of them.
fn may_be_annulled(family: &Family<'_>) -> Result<(), Refusal> {
    if let Fact::Correction(Event::Annulled { target: annulled, .. }) = &family.target.fact
        && let Some((record, _)) = family.history.record(*annulled)
        && matches!(record.fact, Fact::Correction(Event::Annulled { .. }))
    {
        return Err(Refusal::Restoration(family.target.id));
    }
    Ok(())
}

/// The fact with some of its fields changed.
fn changed(fact: &Fact, changes: &Map<String, Value>) -> Result<Fact, Refusal> {
    let kind = wire::kind(fact);
    if let Some(field) = changes.keys().find(|field| !wire::fields(fact).contains(&field.as_str())) {
        return Err(Refusal::UnknownField { kind, field: field.clone() });
    }
    let mut fields = wire::to_json(fact);
    merge(&mut fields, changes);
    let fact = wire::from_json(fact, fields).map_err(|field| Refusal::BadValue { kind, field })?;
    match lost(changes, &wire::to_json(&fact)) {
        Some(field) => Err(Refusal::UnknownField { kind, field }),
        None => Ok(fact),
    }
}

/// JSON merge patch (RFC 7396): objects are merged, null removes, all else replaces.
fn merge(into: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (field, change) in changes {
        match (into.get_mut(field), change) {
            (_, Value::Null) => {
                into.remove(field);
            }
            (Some(Value::Object(into)), Value::Object(changes)) => merge(into, changes),
            _ => {
                into.insert(field.clone(), change.clone());
            }
        }
    }
}

/// The path of a field that was given and did not come back, since nothing reads it.
fn lost(given: &Map<String, Value>, kept: &Map<String, Value>) -> Option<String> {
    given.iter().find_map(|(field, value)| match (value, kept.get(field)) {
        (Value::Null, _) => None,
        (_, None) => Some(field.clone()),
        (Value::Object(given), Some(Value::Object(kept))) => lost(given, kept).map(|inner| format!("{field}.{inner}")),
        (_, Some(_)) => None,
    })
}

#[cfg(test)]
mod tests;
