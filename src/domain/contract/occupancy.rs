//! Who holds a post, and how many run under an agreement: what must be known before one more may come.
//!
//! A post's own stream cannot tell who holds it: a signature may have been annulled or corrected in the stream of
//! another post. So the files of all who ever stood there are read, and the post is held by whoever those files say,
//! with the placements that the views count. An engagement stays under one agreement, so that the stream of an
//! agreement tells alone which engagements run under it.

use super::state::{Engagement, Placement, State};
use crate::agreement;
use crate::codes::{ContractKind, Measure};
use crate::correction;
use crate::decision::Past;
use crate::fact::{Fact, Stream, StreamKind};
use crate::hours::Hours;
use crate::ids::{AgreementId, EngagementId, PostId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Contract hours a week from which an engagement is full-time.
///
/// The lowest full-time week of the two countries: 35 hours in France (law of 19 January 2000), 38 in Belgium
/// (law of 10 August 2001), where sectors go down to 35.
pub(super) const FULL_TIME_HOURS: Hours = Hours::whole(35);

/// A time from a day on to a last day, inclusive, or without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

impl Span {
    /// The first day of both.
    pub(super) fn first_shared_day(self, other: Self) -> Option<NaiveDate> {
        let day = self.from.max(other.from);
        (self.covers(day) && other.covers(day)).then_some(day)
    }

    /// The days of both.
    pub(super) fn shared(self, other: Self) -> Option<Self> {
        let from = self.first_shared_day(other)?;
        Some(Self { from, until: self.until.into_iter().chain(other.until).min() })
    }

    pub(super) fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// Whose claims stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claims {
    /// Of those who work or worked there, to the planned end where none is recorded, even if it is past.
    AsRecorded,
    /// Of those who work or worked there: what happened goes before what was planned.
    Started,
    /// Of those as well who signed to come.
    StartedAndPlanned,
}

/// The files of all who ever stood in a post's stream, by a record that counts or by one that no longer does.
pub(super) fn persons_ever_at(past: &Past, post: PostId) -> BTreeSet<Stream> {
    let Some(history) = past.get(post) else { return BTreeSet::new() };
    let mut persons = BTreeSet::new();
    for (record, _) in history.records() {
        persons.extend(record.about.iter().map(|about| about.stream));
        if let Fact::Correction(correction::Event::Corrected { replacement, .. }) = &record.fact {
            persons.extend(replacement.fact.about().iter().map(|about| about.stream));
        }
    }
    persons.retain(|stream| stream.kind == StreamKind::Person);
    persons
}

/// The first day of a span on which somebody else holds the post, as told by the files of all who ever stood there.
pub(super) fn first_day_taken(
    past: &Past,
    post: PostId,
    span: Span,
    claims: Claims,
    own: EngagementId,
    today: NaiveDate,
) -> Option<NaiveDate> {
    persons_ever_at(past, post)
        .into_iter()
        .filter_map(|person| past.counting(person))
        .flat_map(|history| State::of(history).engagements)
        .filter(|(id, _)| *id != own)
        .flat_map(|(_, engagement)| engagement.claims(claims, today))
        .filter(|placement| placement.post == Some(post))
        .filter_map(|placement| span.first_shared_day(placement.span()))
        .min()
}

/// A day on which an agreement has no room for one more.
pub(super) struct Full {
    pub(super) day: NaiveDate,
    pub(super) quota: u32,
    pub(super) running: usize,
}

/// The first day of a span on which one engagement more would exceed the quota of the agreement.
pub(super) fn first_day_full(
    state: &agreement::State,
    id: AgreementId,
    span: Span,
    own: EngagementId,
    today: NaiveDate,
) -> Option<Full> {
    let others: Vec<Span> = state
        .engagements
        .engagements
        .iter()
        .filter(|(other, _)| **other != own)
        .flat_map(|(_, engagement)| engagement.claims(Claims::StartedAndPlanned, today))
        .filter(|placement| placement.agreement == Some(id))
        .map(|placement| placement.span())
        .collect();
    // The number running grows, and the quota changes, on these days only.
    let begins = others.iter().map(|other| other.from).chain(state.amendments.iter().map(|(on, _)| *on));
    let days: BTreeSet<NaiveDate> = std::iter::once(span.from).chain(begins.filter(|day| span.covers(*day))).collect();
    days.into_iter().find_map(|day| {
        let quota = state.quota_on(day)?;
        let running = others.iter().filter(|other| other.covers(day)).count();
        (running >= quota as usize).then_some(Full { day, quota, running })
    })
}

/// The first day of a span on which the person has another full-time insertion engagement, and which one.
pub(super) fn first_day_employed(
    state: &State,
    span: Span,
    claims: Claims,
    own: EngagementId,
    today: NaiveDate,
) -> Option<(NaiveDate, EngagementId)> {
    state
        .engagements
        .iter()
        .filter(|(id, _)| **id != own)
        .flat_map(|(id, engagement)| engagement.held_full_time(claims, today).into_iter().map(|other| (*id, other)))
        .filter_map(|(id, other)| span.first_shared_day(other).map(|day| (day, id)))
        .min()
}

/// The pairs of full-time insertion engagements of a person that share a day, the lower id first, with their first one.
pub(crate) fn full_time_overlaps(
    state: &State,
    claims: Claims,
    today: NaiveDate,
) -> BTreeMap<(EngagementId, EngagementId), NaiveDate> {
    let held: Vec<(EngagementId, Vec<Span>)> =
        state.engagements.iter().map(|(id, each)| (*id, each.held_full_time(claims, today))).collect();
    let first_day = |one: &[Span], other: &[Span]| {
        one.iter().flat_map(|span| other.iter().filter_map(|taken| span.first_shared_day(*taken))).min()
    };
    let mut overlaps = BTreeMap::new();
    for (index, (id, spans)) in held.iter().enumerate() {
        for (other, taken) in &held[index + 1..] {
            overlaps.extend(first_day(spans, taken).map(|day| ((*id, *other), day)));
        }
    }
    overlaps
}

/// True for an insertion engagement that leaves no room for another.
///
/// Contracts of employment in insertion are full-time unless their hours say otherwise; a trial (MESP) or interim work
/// is so only if its hours say it. Placements and everything else may stand beside a contract.
pub(super) fn full_time(measure: Measure, kind: ContractKind, weekly_hours: Option<Hours>) -> bool {
    let reaches = |hours: Hours| hours >= FULL_TIME_HOURS;
    match (kind, measure) {
        (ContractKind::Placement, _) => false,
        (_, Measure::Art60 | Measure::Art61 | Measure::Acs | Measure::Aci | Measure::SocialEconomyJob) => {
            weekly_hours.is_none_or(reaches)
        }
        (_, Measure::Mesp | Measure::SocialInterim) => weekly_hours.is_some_and(reaches),
        (
            _,
            Measure::Intern
            | Measure::StageFirst
            | Measure::WorkPenalty
            | Measure::CitizenService
            | Measure::Piis
            | Measure::Alpha
            | Measure::StudiesTraining
            | Measure::JobCoaching
            | Measure::SkillsValidation
            | Measure::SelfEmployment
            | Measure::StudentJob
            | Measure::EsfProject
            | Measure::SocialInsertion,
        ) => false,
    }
}

impl Placement {
    pub(super) const fn span(&self) -> Span {
        Span { from: self.from, until: self.until_inclusive }
    }
}

impl Engagement {
    /// The times in which its terms leave no room for another, whether it is worked in them or not.
    pub(super) fn full_time(&self) -> Vec<Span> {
        let Some(measure) = self.terms.as_ref().map(|terms| terms.measure) else { return Vec::new() };
        let phases = self.phases();
        let ends = phases.iter().skip(1).map(|(from, ..)| from.pred_opt()).chain([None]);
        phases
            .iter()
            .zip(ends)
            .filter(|((_, hours, kind), _)| full_time(measure, *kind, *hours))
            .map(|((from, ..), until)| Span { from: *from, until })
            .collect()
    }

    /// When it leaves the person no room for another: its claims, in the times in which its terms are full-time.
    pub(super) fn held_full_time(&self, claims: Claims, today: NaiveDate) -> Vec<Span> {
        let phases = self.full_time();
        let claimed = self.claims(claims, today);
        claimed.iter().flat_map(|claim| phases.iter().filter_map(|phase| phase.shared(claim.span()))).collect()
    }

    /// Where and when it holds a place: as worked, then as planned; as planned only, while it has not started.
    ///
    /// Past its planned end without a recorded one it is still running, and holds its place without end.
    pub(super) fn claims(&self, claims: Claims, today: NaiveDate) -> Vec<Placement> {
        if self.counts() {
            let mut placements = self.placements.clone();
            if let Some(last) = placements.last_mut().filter(|last| last.until_inclusive.is_none()) {
                let earliest = match claims {
                    Claims::AsRecorded => last.from,
                    Claims::Started | Claims::StartedAndPlanned => today.max(last.from),
                };
                last.until_inclusive = self.planned_until.filter(|until| *until >= earliest);
            }
            return placements;
        }
        match (claims, &self.terms) {
            (Claims::StartedAndPlanned, Some(terms)) if self.awaits_start() => vec![Placement {
                post: self.place.post,
                agreement: self.place.agreement,
                from: terms.planned_from,
                until_inclusive: self.planned_until,
            }],
            _ => Vec::new(),
        }
    }
}
