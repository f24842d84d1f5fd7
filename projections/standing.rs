//! Where each person stands: one row per person.
//!
//! What is over on the day of the last record is left out; what may end later carries its end,
//! and the reader compares it with today.

use crate::View;
use chrono::NaiveDate;
use domain::codes::{AidKind, Cell, Measure};
use domain::fact::{Fact, StreamKind};
use domain::history::{Entry, History};
use domain::ids::{EngagementId, GrantId, OrganisationId, PathwayId, PiisId, PostId};
use domain::law::Law;
use domain::{aid, contract, pathway, person, piis, wire};
use serde::{Deserialize, Serialize};

/// Where each person stands.
pub struct Standing;

impl View for Standing {
    const NAME: &'static str = "standing";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        if history.is_empty() {
            return Vec::new();
        }
        let person = person::State::of(history);
        // A merge or its undoing is no news of the person: with both recorded, all is as before.
        let mut news = history.records().filter(|(record, _)| domain::merge::told_by(record).is_none());
        let known_on = news.next_back().map_or(NaiveDate::MIN, |(last, _)| last.recorded_at.date_naive());
        vec![Row {
            registered: person.registered.map(|registration| (registration.on, registration.organisation)),
            died_on: person.died_on,
            pathways: pathways(history, known_on),
            piis: last_project(history),
            engagements: engagements(history, known_on),
            aids: aids(history, known_on),
            last: steps(history).next_back().map(|entry| (wire::kind(entry.fact).to_owned(), entry.on)),
        }]
    }
}

/// What happened in the file; what is told of its keys is no step of anybody's pathway.
fn steps(history: &History) -> impl DoubleEndedIterator<Item = Entry<'_>> {
    history.entries().filter(|entry| !matches!(entry.fact, Fact::Erasure(_)))
}

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// When and by which organisation the person was registered.
    pub registered: Option<(NaiveDate, OrganisationId)>,
    /// Day of death.
    pub died_on: Option<NaiveDate>,
    /// Pathways that are open.
    pub pathways: Vec<Pathway>,
    /// The integration project that matters: the running one, else the last one.
    pub piis: Piis,
    /// Engagements that run.
    pub engagements: Vec<Engagement>,
    /// Aid that runs.
    pub aids: Vec<Aid>,
    /// The kind of the last step, and its day.
    pub last: Option<(String, NaiveDate)>,
}

/// An open pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway {
    /// The pathway.
    pub pathway: PathwayId,
    /// With which organisation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// First day out of it, if it is known to close.
    pub closes_on: Option<NaiveDate>,
    /// The cell last entered and not left, with its first day.
    pub cell: Option<(Cell, NaiveDate)>,
    /// The worker who answers for it, as a user id.
    pub referent: Option<String>,
}

/// How far a person is with the integration project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piis {
    /// None was handed over.
    Absent,
    /// Waived from that day on, until a last day if it has one.
    Waived(NaiveDate, Option<NaiveDate>),
    /// Handed over on that day, not signed.
    Proposed(PiisId, NaiveDate),
    /// Signed on that day; no end recorded.
    Running(PiisId, NaiveDate),
    /// Ended; that day is the first without it.
    Ended(PiisId, NaiveDate),
}

/// A running engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// The engagement.
    pub engagement: EngagementId,
    /// The measure.
    pub measure: Measure,
    /// The host.
    pub organisation: OrganisationId,
    /// The post last taken.
    pub post: Option<PostId>,
    /// First day worked.
    pub from: NaiveDate,
    /// Last day worked, inclusive, if an end is recorded.
    pub last_day: Option<NaiveDate>,
}

/// Running aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aid {
    /// The grant.
    pub grant: GrantId,
    /// Which aid.
    pub kind: AidKind,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// First day without it, if an end is recorded.
    pub ended_on: Option<NaiveDate>,
}

fn pathways(history: &History, known_on: NaiveDate) -> Vec<Pathway> {
    let state = pathway::State::of(history);
    let open = |one: &pathway::Pathway| one.closed_on().is_none_or(|closed| known_on < closed);
    let row = |(pathway, one): (PathwayId, pathway::Pathway)| Pathway {
        pathway,
        from: one.closures.last().and_then(|closure| closure.reopened_on).unwrap_or(one.opened_on),
        closes_on: one.closed_on(),
        cell: one.stays.last().filter(|stay| stay.until_exclusive.is_none()).map(|stay| (stay.cell, stay.from)),
        referent: referent(&one),
        organisation: one.organisation,
    };
    state.pathways.into_iter().filter(|(_, one)| open(one)).map(row).collect()
}

/// The last one appointed to answer for the pathway who was not released.
fn referent(pathway: &pathway::Pathway) -> Option<String> {
    let stays = |member: &&pathway::Member| member.referent && member.until_exclusive.is_none();
    pathway.members.iter().rfind(stays).map(|member| member.user.clone())
}

/// The running project signed last, else the one that ended or was handed over last, else the last waiver.
fn last_project(history: &History) -> Piis {
    let state = piis::State::of(history);
    let told = |(id, one): (&PiisId, &piis::Project)| match (one.ended_on(), one.signed_on, one.proposed_on) {
        (None, Some(signed), _) => Some((2, signed, Piis::Running(*id, signed))),
        (Some(ended), _, _) => Some((1, ended, Piis::Ended(*id, ended))),
        (None, None, Some(proposed)) => Some((1, proposed, Piis::Proposed(*id, proposed))),
        (None, None, None) => None,
    };
    let waived = state.waivers.iter().map(|one| (1, one.on, Piis::Waived(one.on, one.until)));
    let all = state.projects.iter().filter_map(told).chain(waived);
    all.max_by_key(|(rank, on, _)| (*rank, *on)).map_or(Piis::Absent, |(_, _, piis)| piis)
}

fn engagements(history: &History, known_on: NaiveDate) -> Vec<Engagement> {
    let row = |(engagement, one): (EngagementId, &contract::Engagement)| {
        let terms = one.terms.as_ref()?;
        let from = one.started_on.filter(|_| one.last_day.is_none_or(|last| known_on <= last))?;
        Some(Engagement {
            engagement,
            measure: terms.measure,
            organisation: terms.organisation.clone(),
            post: one.placements.last().and_then(|placement| placement.post),
            from,
            last_day: one.last_day,
        })
    };
    contract::State::of(history).counting().filter_map(row).collect()
}

fn aids(history: &History, known_on: NaiveDate) -> Vec<Aid> {
    let row = |(grant, one): (GrantId, aid::Grant)| {
        let from = one.from.filter(|_| one.ended_on.is_none_or(|ended| known_on < ended))?;
        Some(Aid { grant, kind: one.kind, organisation: one.organisation, from, ended_on: one.ended_on })
    };
    aid::State::of(history).grants.into_iter().filter_map(row).collect()
}
