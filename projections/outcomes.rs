//! What became of each person after an engagement or a pathway: one row per person who has anything to tell.

use crate::View;
use crate::engagements::Engagements;
use crate::indicators::spells;
use chrono::NaiveDate;
use domain::codes::{ContractKind, Measure};
use domain::fact::StreamKind;
use domain::hiring::{self, Situation};
use domain::history::History;
use domain::ids::{EngagementId, HireId, OrganisationId, PathwayId, PersonId};
use domain::law::Law;
use domain::pathway::{self, Outcome};
use domain::{offboarding, person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of each person after an engagement or a pathway.
pub struct Outcomes;

impl View for Outcomes {
    const NAME: &'static str = "outcomes";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, law: &Law) -> Vec<Row> {
        let hiring = hiring::State::of(history);
        let reviews = offboarding::State::of(history).reviews;
        let row = Row {
            died_on: person::State::of(history).died_on,
            spells: ended_spells(history, law),
            hires: hires(hiring.hires),
            follow_ups: hiring.follow_ups.iter().map(follow_up).collect(),
            exits: exits(history),
            reviews: reviews.iter().map(|(id, review)| (*id, review.on, review.reserve_opt_in)).collect(),
        };
        if row.is_empty() { Vec::new() } else { vec![row] }
    }
}

/// What followed, for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Day of death.
    pub died_on: Option<NaiveDate>,
    /// Spells of engagements that ended, in order of their last day.
    pub spells: Vec<Spell>,
    /// Every job found, in order of the day of signature.
    pub hires: Vec<Hire>,
    /// Every follow-up, in order of day.
    pub follow_ups: Vec<FollowUp>,
    /// Every exit from a pathway, in order of day.
    pub exits: Vec<Exit>,
    /// Exit reviews: the engagement, the day, and whether the person wants to stand in the recruitment reserve.
    pub reviews: Vec<(EngagementId, NaiveDate, bool)>,
}

/// A chain of engagements of one measure without a gap, ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The measure.
    pub measure: Measure,
    /// The host of the last engagement.
    pub organisation: OrganisationId,
    /// First day of the first engagement.
    pub start: NaiveDate,
    /// Last day of the last engagement.
    pub last_day: NaiveDate,
}

/// A job found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hire {
    /// The job.
    pub hire: HireId,
    /// The engagement after which it came.
    pub engagement: EngagementId,
    /// The employer.
    pub employer: OrganisationId,
    /// The kind of contract.
    pub kind: ContractKind,
    /// Day of the signature.
    pub signed_on: NaiveDate,
    /// First day of work.
    pub start: NaiveDate,
    /// Last day worked, inclusive; none while it lasts.
    pub last_day: Option<NaiveDate>,
}

/// An answer to how the person fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The day that the answer is about.
    pub on: NaiveDate,
    /// Months after the exit for which it was asked.
    pub at_months: u16,
    /// The answer.
    pub situation: Situation,
}

/// An exit from a pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// First day out of it.
    pub on: NaiveDate,
    /// How.
    pub outcome: Outcome,
    /// First day in it again, if it was reopened.
    pub reopened_on: Option<NaiveDate>,
}

impl Row {
    const fn is_empty(&self) -> bool {
        self.died_on.is_none()
            && self.spells.is_empty()
            && self.hires.is_empty()
            && self.follow_ups.is_empty()
            && self.exits.is_empty()
            && self.reviews.is_empty()
    }
}

/// The spells that ended, by the figures' own rule.
fn ended_spells(history: &History, law: &Law) -> Vec<Spell> {
    let rows = Engagements::rows(history, law);
    let person = PersonId(history.stream().id);
    let mut stints: Vec<spells::Stint<'_>> = rows.iter().filter_map(|row| spells::Stint::of(person, row)).collect();
    let ended = spells::chain(&mut stints, 0);
    let row = |spell: spells::Spell<'_, '_>| {
        Some(Spell {
            measure: spell.measure(),
            organisation: spell.last_hosts().next()?.clone(),
            start: spell.start(),
            last_day: spell.last_day?,
        })
    };
    let mut ended: Vec<Spell> = ended.filter_map(row).collect();
    ended.sort_by_key(|spell| (spell.last_day, spell.measure));
    ended
}

fn hires(found: BTreeMap<HireId, hiring::Hire>) -> Vec<Hire> {
    let row = |(hire, one): (HireId, hiring::Hire)| Hire {
        hire,
        engagement: one.engagement,
        employer: one.employer,
        kind: one.kind,
        signed_on: one.signed_on,
        start: one.start,
        last_day: one.last_day,
    };
    let mut hires: Vec<Hire> = found.into_iter().map(row).collect();
    hires.sort_by_key(|hire| (hire.signed_on, hire.start, hire.hire));
    hires
}

fn follow_up(one: &hiring::FollowUp) -> FollowUp {
    FollowUp { on: one.on, at_months: one.at_months, situation: one.situation }
}

fn exits(history: &History) -> Vec<Exit> {
    let mut exits = Vec::new();
    for (pathway, one) in pathway::State::of(history).pathways {
        exits.extend(one.closures.iter().map(|closure| Exit {
            pathway,
            organisation: one.organisation.clone(),
            on: closure.on,
            outcome: closure.outcome,
            reopened_on: closure.reopened_on,
        }));
    }
    exits.sort_by_key(|exit| (exit.on, exit.pathway));
    exits
}

impl Hire {
    /// True if the person works there on that day, the last day included.
    #[must_use]
    pub fn active_on(&self, day: NaiveDate) -> bool {
        self.start <= day && self.last_day.is_none_or(|last| day <= last)
    }
}
