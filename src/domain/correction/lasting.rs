//! What no correction, annulment, restoration or unmerge may break, though the rules of the steps do not judge them.
//!
//! The files concerned are read as they would be with the answer recorded. A rule that is broken already forbids
//! nothing; one that would be broken anew refuses. Read `keeps`, then `Broken`.

use super::Refusal;
use crate::contract::{self, Claims};
use crate::decision::{Desk, Event as Decided, Past};
use crate::fact::{Fact, Stream, StreamKind};
use crate::history::{Cut, History, Known};
use crate::hours::Hours;
use crate::ids::{EngagementId, EventId, PenaltyId, SanctionId};
use crate::kin::Kin;
use crate::penalty;
use crate::sanction;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Refuses what would newly break a lasting rule if it were recorded.
///
/// `root` is the record that is answered in the end, `field` what the refusal names.
///
/// # Errors
/// [`Refusal::OverlapsFullTime`], [`Refusal::PenaltyHoursExceeded`], [`Refusal::SanctionUnlawful`].
pub(crate) fn keeps(
    past: &Past,
    desk: &Desk<'_>,
    decided: &Decided,
    root: &Fact,
    field: &'static str,
) -> Result<(), Refusal> {
    let files = files(past, decided);
    let mut with_answer = files.clone();
    let answer = hypothetical(decided);
    for about in &decided.about {
        with_answer.entry(about.stream).or_default().push(answer.clone());
    }
    let (before, after) = (counting(files), counting(with_answer));
    // Files that come together: what they hold against each other is what is found out by it.
    if after.len() < before.len() {
        return Ok(());
    }
    let claims = [Claims::AsRecorded, Claims::Started].into_iter();
    for claims in claims.chain(is_agreed(root).then_some(Claims::StartedAndPlanned)) {
        Broken::of(&after, claims, desk).beyond(&Broken::of(&before, claims, desk), field)?;
    }
    Ok(())
}

/// The lasting rules that some histories break.
struct Broken {
    /// Pairs of full-time engagements of a person, and the first day of both.
    overlaps: BTreeMap<(EngagementId, EngagementId), NaiveDate>,
    /// Work penalties with more hours than ordered: the hours ordered, and those performed.
    exceeded: BTreeMap<PenaltyId, (Hours, Hours)>,
    /// Sanctions that stand against the law, and the rule that each breaks.
    unlawful: BTreeMap<SanctionId, sanction::Refusal>,
}

impl Broken {
    fn of(histories: &[History], claims: Claims, desk: &Desk<'_>) -> Self {
        let overlaps =
            |history: &History| contract::full_time_overlaps(&contract::State::of(history), claims, desk.today);
        let exceeded = histories.iter().flat_map(|history| penalty::State::of(history).penalties);
        Self {
            overlaps: histories.iter().flat_map(overlaps).collect(),
            exceeded: exceeded
                .filter(|(_, penalty)| penalty.exceeded_by(Hours::default()))
                .filter_map(|(id, penalty)| Some((id, (penalty.assigned.as_ref()?.ordered, penalty.hours()))))
                .collect(),
            unlawful: histories
                .iter()
                .flat_map(|history| sanction::unlawful(&sanction::State::of(history), desk.law))
                .collect(),
        }
    }

    /// Refuses what was not broken before.
    fn beyond(&self, before: &Self, field: &'static str) -> Result<(), Refusal> {
        if let Some(((one, other), day)) = self.overlaps.iter().find(|(pair, _)| !before.overlaps.contains_key(pair)) {
            return Err(Refusal::OverlapsFullTime { day: *day, one: *one, other: *other, field });
        }
        if let Some((sanction, why)) = self.unlawful.iter().find(|(id, _)| !before.unlawful.contains_key(id)) {
            return Err(Refusal::SanctionUnlawful { sanction: *sanction, why: Box::new(why.clone()), field });
        }
        match self.exceeded.iter().find(|(penalty, _)| !before.exceeded.contains_key(penalty)) {
            Some((penalty, (ordered, performed))) => Err(Refusal::PenaltyHoursExceeded {
                penalty: *penalty,
                ordered: *ordered,
                performed: *performed,
                field,
            }),
            None => Ok(()),
        }
    }
}

/// The records of every person's and judicial file in which the answer will stand, and of those read with it.
fn files(past: &Past, decided: &Decided) -> BTreeMap<Stream, Vec<Known>> {
    let judged = |stream: &Stream| matches!(stream.kind, StreamKind::Person | StreamKind::Judicial);
    let named: BTreeSet<Stream> = decided.about.iter().map(|about| about.stream).filter(judged).collect();
    let mut files = BTreeMap::new();
    for history in named.into_iter().filter_map(|stream| past.counting(stream)) {
        let absorbed = history.absorbed().iter().map(|person| Stream::from(*person));
        for file in std::iter::once(history.stream()).chain(absorbed) {
            let stands = |record: &&Known| record.about.iter().any(|about| about.stream == file);
            files.insert(file, history.records().map(|(record, _)| record).filter(stands).cloned().collect());
        }
    }
    files
}

/// The histories in which these files count, one per person or judicial file.
fn counting(files: BTreeMap<Stream, Vec<Known>>) -> Vec<History> {
    let histories = Kin::of_files(files).histories(Cut::default());
    histories.into_values().filter(|history| history.merged().is_none()).collect()
}

/// The record that would be added: younger than all others.
fn hypothetical(decided: &Decided) -> Known {
    Known {
        position: u64::MAX,
        id: EventId(Uuid::max()),
        recorded_at: DateTime::<Utc>::MAX_UTC,
        effective_on: decided.effective_on,
        about: decided.about.clone(),
        fact: decided.fact.clone(),
    }
}

/// True for what was agreed, which must leave room for what others agreed as a signature must.
/// What happened goes before what was planned: the start of the planned one is refused, or its plan is changed.
const fn is_agreed(root: &Fact) -> bool {
    use contract::Event;
    let Fact::Contract(event) = root else { return false };
    match event {
        Event::Signed { .. }
        | Event::Extended { .. }
        | Event::Replanned { .. }
        | Event::Amended { .. }
        | Event::Cancelled { .. } => true,
        Event::Started { .. }
        | Event::SkillsPlanSigned { .. }
        | Event::WorkplaceChanged { .. }
        | Event::HoursScheduled { .. }
        | Event::AbsenceRecorded { .. }
        | Event::Ended { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::HoursWorked { .. }
        | Event::BenefitDaysProposed { .. }
        | Event::BenefitDaysConfirmed { .. } => false,
    }
}

#[cfg(test)]
mod tests;
