//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::Event;
use super::refusal::Refusal;
use super::state::State;
use crate::codes::AidKind;
use crate::ids::{GrantId, OrganisationId};
use chrono::NaiveDate;

/// Answers with the event. Pure.
pub(super) fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let person = command.participant();
    match command {
        Command::Request { grant, organisation, kind, .. } => {
            may_be_requested(state, *grant, organisation, *kind)?;
            Ok(Event::Requested { person, grant: *grant, organisation: organisation.clone(), kind: *kind })
        }
        Command::Grant { grant, on, organisation, kind, category, notified_on, ended_on, end_motive, .. } => {
            may_be_granted(state, *grant, (organisation, *kind), *notified_on)?;
            if ended_on.is_some() != end_motive.is_some() {
                return Err(Refusal::HalfAnEnd);
            }
            ended_on.map_or(Ok(()), |day| follows("endedOn", day, *on))?;
            alone(state, *grant, (organisation, *kind), *on, *ended_on)?;
            let (organisation, notified_on) = (organisation.clone(), *notified_on);
            Ok(Event::Granted { person, grant: *grant, organisation, kind: *kind, category: *category, notified_on })
        }
        Command::Refuse { grant, on, motive, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            if !found.pending() {
                return Err(Refusal::AlreadyDecided(*grant));
            }
            found.requested_on.map_or(Ok(()), |requested| follows("on", *on, requested))?;
            Ok(Event::Refused { person, grant: *grant, motive: *motive })
        }
        Command::Revise { grant, on, category, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            if !found.running_on(*on) {
                return Err(Refusal::NotRunning { grant: *grant, on: *on });
            }
            if found.category_on(*on) == Some(*category) {
                return Err(Refusal::NothingChanged(*on));
            }
            Ok(Event::Revised { person, grant: *grant, category: *category })
        }
        Command::End { grant, on, motive, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            let from = found.from.ok_or(Refusal::NotRunning { grant: *grant, on: *on })?;
            if let Some(ended_on) = found.ended_on {
                return Err(Refusal::AlreadyEnded { ended_on });
            }
            follows("on", *on, from)?;
            Ok(Event::Ended { person, grant: *grant, motive: *motive })
        }
    }
}

fn may_be_requested(state: &State, id: GrantId, of: &OrganisationId, kind: AidKind) -> Result<(), Refusal> {
    if state.grants.contains_key(&id) {
        return Err(Refusal::AlreadyKnown(id));
    }
    let mut grants = state.grants.iter();
    let same = grants.find(|(_, grant)| grant.pending() && grant.organisation == *of && grant.kind == kind);
    match same.and_then(|(grant, found)| Some((*grant, found.requested_on?))) {
        Some((grant, on)) => Err(Refusal::AlreadyRequested { grant, on }),
        None => Ok(()),
    }
}

/// A grant answers the request with its id, or none.
fn may_be_granted(
    state: &State,
    id: GrantId,
    (organisation, kind): (&OrganisationId, AidKind),
    notified_on: NaiveDate,
) -> Result<(), Refusal> {
    let Some(request) = state.grants.get(&id) else {
        return Ok(());
    };
    if !request.pending() {
        return Err(Refusal::AlreadyDecided(id));
    }
    if request.organisation != *organisation {
        return Err(Refusal::NotAsRequested { grant: id, field: "organisation" });
    }
    if request.kind != kind {
        return Err(Refusal::NotAsRequested { grant: id, field: "kind" });
    }
    request.requested_on.map_or(Ok(()), |requested| follows("notifiedOn", notified_on, requested))
}

/// One active aid of a kind per person and organisation (domain.md, E.2); days out are not in.
fn alone(
    state: &State,
    id: GrantId,
    (organisation, kind): (&OrganisationId, AidKind),
    on: NaiveDate,
    ended_on: Option<NaiveDate>,
) -> Result<(), Refusal> {
    let others = state
        .grants
        .iter()
        .filter(|(other, grant)| **other != id && grant.organisation == *organisation && grant.kind == kind);
    for (grant, other) in others {
        let Some(from) = other.from else { continue };
        let both_from = on.max(from);
        if [other.ended_on, ended_on].into_iter().flatten().all(|ended| both_from < ended) {
            return Err(Refusal::AlreadyRunning { grant: *grant, from });
        }
    }
    Ok(())
}

fn follows(field: &'static str, day: NaiveDate, begun: NaiveDate) -> Result<(), Refusal> {
    if day < begun { Err(Refusal::TooEarly { day, begun, field }) } else { Ok(()) }
}
