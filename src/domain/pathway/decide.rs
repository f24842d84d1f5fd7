//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::{Event, Outcome};
use super::refusal::Refusal;
use super::state::{Member, Pathway, State, Suspension};
use crate::decision::Past;
use crate::history::History;
use crate::ids::{NAME_CHARS_MAX, OrganisationId, PathwayId, PersonId};
use crate::{action, assessment, barrier, contact, contract, piis};
use chrono::NaiveDate;

/// Answers with the event. Pure.
pub(super) fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let (person, pathway) = (command.participant(), command.pathway());
    if let Command::Open { on, organisation, origin, closed_on, outcome, .. } = command {
        may_be_opened(state, pathway, organisation, (*on, *closed_on), *outcome)?;
        return Ok(Event::Opened { person, pathway, organisation: organisation.clone(), origin: *origin });
    }
    let found = state.pathways.get(&pathway).ok_or(Refusal::Unknown(pathway))?;
    match command {
        Command::Open { .. } => Err(Refusal::AlreadyKnown(pathway)),
        Command::Assign { on, user, role, referent, .. } => {
            open(found, pathway, *on)?;
            may_join(found, user, *on, *referent)?;
            Ok(Event::MemberAssigned { person, pathway, user: user.clone(), role: *role, referent: *referent })
        }
        Command::Release { on, user, .. } => {
            let on = *on;
            let left = |member: &Member| member.user == *user && member.from < on && member.covers(on);
            if !found.members.iter().any(left) {
                return Err(Refusal::NotAMember { on });
            }
            Ok(Event::MemberReleased { person, pathway, user: user.clone() })
        }
        Command::Enter { on, cell, .. } => {
            open(found, pathway, *on)?;
            if let Some(stay) = found.stay_on(*on).filter(|stay| stay.cell == *cell) {
                return Err(Refusal::AlreadyInCell { from: stay.from });
            }
            Ok(Event::CellEntered { person, pathway, cell: *cell })
        }
        Command::Leave { on, cell, motive, .. } => {
            // A stay lasts at least a day: on one day what leaves comes before what enters.
            let there = found.stay_on(*on).filter(|stay| stay.cell == *cell && stay.from < *on);
            there.ok_or(Refusal::NotInCell { on: *on })?;
            Ok(Event::CellLeft { person, pathway, cell: *cell, motive: *motive })
        }
        Command::Judge { on, level, .. } => {
            open(found, pathway, *on)?;
            Ok(Event::ReadinessJudged { person, pathway, level: *level })
        }
        Command::Suspend { on, until, .. } => {
            open(found, pathway, *on)?;
            may_be_suspended(found, *on, *until)?;
            Ok(Event::Suspended { person, pathway, until: *until })
        }
        Command::Resume { on, .. } => {
            open(found, pathway, *on)?;
            let suspended = found.suspensions.iter().any(|each| each.from < *on && each.covers(*on));
            if suspended { Ok(Event::Resumed { person, pathway }) } else { Err(Refusal::NotSuspended { on: *on }) }
        }
        Command::Close { on, outcome, .. } => {
            may_be_closed(found, pathway, *on)?;
            Ok(Event::Closed { person, pathway, outcome: *outcome })
        }
        Command::Reopen { on, .. } => {
            let closed_on = found.closed_on().ok_or(Refusal::NotClosed(pathway))?;
            if *on < closed_on {
                return Err(Refusal::ReopensTooEarly { on: *on, closed_on });
            }
            alone(state, pathway, &found.organisation, *on, None)?;
            Ok(Event::Reopened { person, pathway })
        }
    }
}

impl State {
    /// Refuses what can only happen in a pathway that is open that day.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] or [`Refusal::NotOpen`].
    pub(crate) fn open(&self, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
        open(self.pathways.get(&pathway).ok_or(Refusal::Unknown(pathway))?, pathway, on)
    }
}

/// Refuses a fact of a pathway outside of it (domain.md, invariant G3); a fact of none has no such bounds.
///
/// # Errors
/// [`Refusal::Unknown`] or [`Refusal::NotOpen`].
pub(crate) fn within(past: &Past, person: PersonId, pathway: Option<PathwayId>, on: NaiveDate) -> Result<(), Refusal> {
    let Some(pathway) = pathway else {
        return Ok(());
    };
    past.get(person).map(State::of).unwrap_or_default().open(pathway, on)
}

fn may_be_opened(
    state: &State,
    id: PathwayId,
    organisation: &OrganisationId,
    (on, closed_on): (NaiveDate, Option<NaiveDate>),
    outcome: Option<Outcome>,
) -> Result<(), Refusal> {
    if state.pathways.contains_key(&id) {
        return Err(Refusal::AlreadyKnown(id));
    }
    if closed_on.is_some() != outcome.is_some() {
        return Err(Refusal::HalfAClosure);
    }
    if let Some(closed) = closed_on.filter(|closed| *closed < on) {
        return Err(Refusal::ClosesTooEarly { on: closed, last: on });
    }
    alone(state, id, organisation, on, closed_on)
}

/// One open pathway per person and organisation (domain.md, E.3); the day out is not in.
fn alone(
    state: &State,
    id: PathwayId,
    organisation: &OrganisationId,
    on: NaiveDate,
    closed_on: Option<NaiveDate>,
) -> Result<(), Refusal> {
    let others = state.pathways.iter().filter(|(other, each)| **other != id && each.organisation == *organisation);
    for (pathway, other) in others {
        let both = other.next_open_day(on).filter(|day| closed_on.is_none_or(|closed| *day < closed));
        if let Some(from) = both {
            return Err(Refusal::AlreadyOpen { pathway: *pathway, from });
        }
    }
    Ok(())
}

fn open(found: &Pathway, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    if found.open_on(on) { Ok(()) } else { Err(Refusal::NotOpen { pathway, on }) }
}

/// A worker follows a pathway once, and at most one referent answers for it (domain.md, E.3).
fn may_join(found: &Pathway, user: &str, on: NaiveDate, referent: bool) -> Result<(), Refusal> {
    let of_a_user_id = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    if user.is_empty() || user.len() > NAME_CHARS_MAX || !user.chars().all(of_a_user_id) {
        return Err(Refusal::NotAUser);
    }
    let mut from_then_on = found.members.iter().filter(|member| member.until_exclusive.is_none_or(|until| on < until));
    match from_then_on.find(|member| member.user == user || (referent && member.referent)) {
        Some(member) if member.user == user => Err(Refusal::AlreadyMember { from: member.from }),
        Some(member) => Err(Refusal::SecondReferent { from: member.from }),
        None => Ok(()),
    }
}

/// Two suspensions of one pathway never share a day.
fn may_be_suspended(found: &Pathway, on: NaiveDate, until: Option<NaiveDate>) -> Result<(), Refusal> {
    if let Some(until) = until.filter(|until| *until < on) {
        return Err(Refusal::SuspensionEndsTooEarly { on, until });
    }
    let meets = |each: &&Suspension| until.is_none_or(|last| each.from <= last) && each.reaches(on);
    match found.suspensions.iter().find(meets) {
        Some(other) => Err(Refusal::AlreadySuspended { from: other.from }),
        None => Ok(()),
    }
}

fn may_be_closed(found: &Pathway, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    if found.closed_on().is_some() {
        return Err(Refusal::NotOpen { pathway, on });
    }
    match found.first_day_to_close() {
        day if on < day => Err(Refusal::ClosesTooEarly { on, last: day.pred_opt().unwrap_or(day) }),
        _ => Ok(()),
    }
}

/// No pathway closes over a PIIS that runs (domain.md, E.3); one of unknown organisation counts for every pathway.
pub(super) fn nothing_runs(state: &State, projects: &piis::State, id: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    let of_pathway = |project: &piis::Project| {
        let found = state.pathways.get(&id).map(|pathway| &pathway.organisation);
        project.organisation.is_none() || project.organisation.as_ref() == found
    };
    let runs_on =
        |project: &piis::Project| project.signed_on.is_some() && project.ended_on().is_none_or(|ended| on < ended);
    if projects.projects.values().any(|project| of_pathway(project) && runs_on(project)) {
        return Err(Refusal::PiisRunning { on });
    }
    Ok(())
}

/// No pathway closes over what happened in it on that day or later: the closure is the first day out (domain.md, G3).
pub(super) fn nothing_follows(history: Option<&History>, id: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    let last = history.and_then(|history| {
        let days = [
            barrier::State::of(history).last_day_in(id),
            assessment::State::of(history).last_day_in(id),
            contact::State::of(history).last_day_in(id),
            action::State::of(history).last_day_in(id),
        ];
        days.into_iter().flatten().max()
    });
    match last {
        Some(last) if on <= last => Err(Refusal::ClosesTooEarly { on, last }),
        Some(_) | None => Ok(()),
    }
}

/// No pathway closes over an engagement that runs that day or later with the organisation, as host or as employer
/// (domain.md, E.3).
pub(super) fn nobody_works(
    state: &State,
    contracts: &contract::State,
    id: PathwayId,
    on: NaiveDate,
) -> Result<(), Refusal> {
    let organisation = state.pathways.get(&id).map(|pathway| &pathway.organisation);
    let of_pathway = |terms: &contract::Terms| [&terms.organisation, &terms.employer].map(Some).contains(&organisation);
    let runs = contracts.counting().any(|(_, engagement)| {
        engagement.last_day.is_none_or(|last| on <= last) && engagement.terms.as_ref().is_some_and(of_pathway)
    });
    if runs { Err(Refusal::EngagementRunning { on }) } else { Ok(()) }
}
