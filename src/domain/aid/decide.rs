//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::{Event, PaymentSuspensionMotive};
use super::refusal::Refusal;
use super::state::{Grant, State, Suspension};
use crate::codes::AidKind;
use crate::ids::{GrantId, OrganisationId};
use crate::law::rules::AidRules;
use crate::personal::Secret;
use chrono::NaiveDate;

/// Answers with the event. Pure.
pub(super) fn decide(state: &State, command: &Command, rules: &AidRules) -> Result<Event, Refusal> {
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
        Command::Suspend { grant, on, until, share, motive, abroad_since, .. } => {
            may_be_suspended(state, *grant, (*on, *until), *share)?;
            abroad_long_enough(*on, *motive.reveal(), abroad_since.as_ref().map(Secret::reveal), rules)?;
            Ok(Event::PaymentSuspended { person, grant: *grant, share: *share, until: *until })
        }
        Command::Resume { grant, on, .. } => {
            let found = running(state, *grant, *on)?;
            let suspended = found.suspensions.iter().any(|each| each.from < *on && each.covers(*on));
            if suspended {
                Ok(Event::PaymentResumed { person, grant: *grant })
            } else {
                Err(Refusal::NotSuspended(*on))
            }
        }
        Command::Transfer { grant, on, receiver, .. } => {
            may_be_transferred(state, *grant, *on, receiver)?;
            Ok(Event::Transferred { person, grant: *grant, receiver: receiver.clone() })
        }
    }
}

fn running(state: &State, grant: GrantId, on: NaiveDate) -> Result<&Grant, Refusal> {
    let found = state.grants.get(&grant).ok_or(Refusal::Unknown(grant))?;
    if found.running_on(on) { Ok(found) } else { Err(Refusal::NotRunning { grant, on }) }
}

/// Two suspensions of one grant never share a day, whatever their shares.
fn may_be_suspended(
    state: &State,
    grant: GrantId,
    (on, until): (NaiveDate, Option<NaiveDate>),
    share: u16,
) -> Result<(), Refusal> {
    let found = running(state, grant, on)?;
    if !(1..=100).contains(&share) {
        return Err(Refusal::NotAShare(share));
    }
    until.map_or(Ok(()), |last| follows("until", last, on))?;
    let meets = |each: &&Suspension| until.is_none_or(|last| each.from <= last) && each.reaches(on);
    match found.suspensions.iter().find(meets) {
        Some(other) => Err(Refusal::AlreadySuspended { from: other.from }),
        None => Ok(()),
    }
}

/// A stay abroad suspends the payment from its 29th day on (DIS article 23 § 5; list of motives of the SPP-IS).
fn abroad_long_enough(
    on: NaiveDate,
    motive: PaymentSuspensionMotive,
    since: Option<&NaiveDate>,
    rules: &AidRules,
) -> Result<(), Refusal> {
    match (motive, since) {
        (PaymentSuspensionMotive::Abroad, Some(since)) if on < rules.abroad_suspension(*since) => {
            Err(Refusal::AbroadTooShort { days: rules.abroad_days })
        }
        (PaymentSuspensionMotive::Abroad, _) | (_, None) => Ok(()),
        (PaymentSuspensionMotive::Detention | PaymentSuspensionMotive::Sanction, Some(_)) => Err(Refusal::NotAbroad),
    }
}

/// A request until it is decided, a grant while it runs; once.
fn may_be_transferred(state: &State, id: GrantId, on: NaiveDate, receiver: &OrganisationId) -> Result<(), Refusal> {
    let found = state.grants.get(&id).ok_or(Refusal::Unknown(id))?;
    if let Some(transfer) = &found.transferred {
        return Err(Refusal::AlreadyTransferred { on: transfer.on });
    }
    if found.organisation == *receiver {
        return Err(Refusal::TransferredToItself);
    }
    if found.refused_on.is_some() {
        return Err(Refusal::AlreadyDecided(id));
    }
    match (found.from, found.requested_on) {
        (Some(_), _) => running(state, id, on).map(|_| ()),
        (None, Some(requested)) => follows("on", on, requested),
        (None, None) => Err(Refusal::NotRunning { grant: id, on }),
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
