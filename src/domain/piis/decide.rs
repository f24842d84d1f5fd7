//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::Event;
use super::refusal::Refusal;
use super::state::{Project, State, Waiver};
use crate::aid;
use crate::ids::{GrantId, PiisId};
use crate::law::rules::PiisRules;
use chrono::NaiveDate;

/// Answers with the event. Pure.
pub(super) fn decide(
    state: &State,
    grants: &aid::State,
    command: &Command,
    rules: &PiisRules,
) -> Result<Event, Refusal> {
    match command {
        Command::Waive { participant, grant, on, until, .. } => {
            granted(grants, Some(*grant), *on)?;
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            may_be_waived(state, *grant, *on, *until)?;
            Ok(Event::Waived { person: *participant, grant: *grant, until: *until })
        }
        Command::Propose { participant, piis, grant, on, organisation, kind, label, .. } => {
            if state.projects.contains_key(piis) {
                return Err(Refusal::AlreadyKnown(*piis));
            }
            granted(grants, *grant, *on)?;
            let (person, organisation, label) = (*participant, organisation.clone(), label.clone());
            Ok(Event::Proposed { person, piis: *piis, grant: *grant, organisation, kind: *kind, label })
        }
        Command::Sign { participant, piis, grant, on, until, subsidy_code, .. } => {
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            let (grant, reflection_cut) = may_be_signed(state, grants, (*piis, *grant), *on, rules)?;
            let (person, until, subsidy_code) = (*participant, *until, *subsidy_code);
            Ok(Event::Signed { person, piis: *piis, grant, until, subsidy_code, reflection_cut })
        }
        Command::Evaluate { participant, piis, on, in_person, next_on, .. } => {
            let project = running(state, *piis, *on)?;
            if project.evaluations.iter().any(|evaluation| evaluation.on == *on) {
                return Err(Refusal::AlreadyEvaluated(*on));
            }
            next_on.map_or(Ok(()), |next| follows("nextOn", next, *on))?;
            Ok(Event::Evaluated { person: *participant, piis: *piis, in_person: *in_person, next_on: *next_on })
        }
        Command::Amend { participant, piis, on, requested_by, until, .. } => {
            running(state, *piis, *on)?;
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            Ok(Event::Amended { person: *participant, piis: *piis, requested_by: *requested_by, until: *until })
        }
        Command::End { participant, piis, on, reason, .. } => {
            may_be_ended(state, *piis, *on)?;
            Ok(Event::Ended { person: *participant, piis: *piis, reason: *reason })
        }
        Command::Reactivate { participant, piis, on, job_from, job_until, .. } => {
            may_go_on(state, *piis, *on)?;
            let job = job((*job_from, *job_until), *on)?;
            // Without a short job to explain the gap, nobody knows what changed in it.
            let new_assessment_needed = job.is_none_or(|(from, until)| rules.reassessed_after(from, until));
            let (job_from, job_until) = job.unzip();
            Ok(Event::Reactivated { person: *participant, piis: *piis, job_from, job_until, new_assessment_needed })
        }
    }
}

/// A project that ended goes on after the gap, unless another for the same grant runs by then (mi-is.be).
fn may_go_on(state: &State, piis: PiisId, on: NaiveDate) -> Result<(), Refusal> {
    let project = state.projects.get(&piis).ok_or(Refusal::Unknown(piis))?;
    let ended_on = project.ended_on().filter(|_| project.signed_on.is_some()).ok_or(Refusal::NotEnded(piis))?;
    follows("on", on, ended_on.succ_opt().unwrap_or(ended_on))?;
    let mut others = state.projects.iter().filter(|(id, other)| **id != piis && other.grant == project.grant);
    match others.find(|(_, other)| other.signed_on.is_some() && other.ended_on().is_none_or(|ended| on < ended)) {
        Some((piis, _)) => Err(Refusal::AlreadyRunning { piis: *piis, on }),
        None => Ok(()),
    }
}

/// The job that made the gap: both of its days or neither, over before the project goes on.
fn job(days: (Option<NaiveDate>, Option<NaiveDate>), on: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, Refusal> {
    let (job_from, job_until) = match days {
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(Refusal::HalfAJob { field: "jobUntil" }),
        (None, Some(_)) => return Err(Refusal::HalfAJob { field: "jobFrom" }),
        (Some(job_from), Some(job_until)) => (job_from, job_until),
    };
    follows("jobUntil", job_until, job_from)?;
    if on <= job_until { Err(Refusal::JobStillRuns { on, job_until }) } else { Ok(Some((job_from, job_until))) }
}

/// A signature in time or late, after the days of reflection or before: it is recorded as it was.
///
/// A deadline missed is for the deadline view to say (law of 26 May 2002, article 11: three months from the
/// notification); cut reflection is a warning kept with the record. Without a handing over on record nobody
/// knows whether the reflection was whole, and nothing is claimed.
///
/// Answers with the grant for which it is signed, and whether the reflection was cut.
fn may_be_signed(
    state: &State,
    grants: &aid::State,
    (piis, grant): (PiisId, Option<GrantId>),
    on: NaiveDate,
    rules: &PiisRules,
) -> Result<(Option<GrantId>, bool), Refusal> {
    let proposed = state.projects.get(&piis);
    if let Some(signed_on) = proposed.and_then(|project| project.signed_on) {
        return Err(Refusal::AlreadySigned { signed_on });
    }
    let handed_over_on = proposed.and_then(|project| project.proposed_on);
    handed_over_on.map_or(Ok(()), |handed_over| follows("on", on, handed_over))?;
    let due_for = proposed.and_then(|project| project.grant);
    if grant.is_some() && due_for.is_some() && grant != due_for {
        return Err(Refusal::OfAnotherGrant(piis));
    }
    let grant = grant.or(due_for);
    granted(grants, grant, on)?;
    let mut others = state.projects.iter().filter(|(_, project)| project.grant == grant);
    if let Some((piis, _)) = others.find(|(_, project)| project.running_on(on)) {
        return Err(Refusal::AlreadyRunning { piis: *piis, on });
    }
    Ok((grant, handed_over_on.is_some_and(|handed_over| on < rules.earliest_signature(handed_over))))
}

/// Never before the grant, never as a condition of it (law of 26 May 2002, article 11; bdas-wwsb.brussels).
fn granted(grants: &aid::State, grant: Option<GrantId>, on: NaiveDate) -> Result<(), Refusal> {
    let Some(grant) = grant else {
        return Ok(());
    };
    let found = grants.grants.get(&grant).ok_or(Refusal::GrantUnknown(grant))?;
    if found.from.is_some_and(|from| from <= on) { Ok(()) } else { Err(Refusal::BeforeGrant { grant, on }) }
}

/// A waiver is renewed by one that reaches further; the same one asked for twice is recorded once.
fn may_be_waived(state: &State, grant: GrantId, on: NaiveDate, until: Option<NaiveDate>) -> Result<(), Refusal> {
    let covers = |waiver: &Waiver| match (waiver.until, until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(last), Some(until)) => until <= last,
    };
    let mut waivers = state.waivers.iter().filter(|waiver| waiver.grant == grant && waiver.on <= on);
    if waivers.any(covers) { Err(Refusal::AlreadyWaived(grant)) } else { Ok(()) }
}

fn running(state: &State, piis: PiisId, on: NaiveDate) -> Result<&Project, Refusal> {
    let project = state.projects.get(&piis).ok_or(Refusal::Unknown(piis))?;
    if project.running_on(on) { Ok(project) } else { Err(Refusal::NotRunning { piis, on }) }
}

fn may_be_ended(state: &State, piis: PiisId, on: NaiveDate) -> Result<(), Refusal> {
    let project = state.projects.get(&piis).ok_or(Refusal::Unknown(piis))?;
    if let Some(ended_on) = project.ended_on() {
        return Err(Refusal::AlreadyEnded { ended_on });
    }
    let signed_on = project.signed_on.ok_or(Refusal::NotRunning { piis, on })?;
    let evaluated = project.evaluations.iter().map(|evaluation| evaluation.on);
    let amended = project.amendments.iter().map(|(on, _)| *on);
    // The end is the first day out: an evaluation or an amendment of that day would lie outside.
    let gone_on = project.gaps.iter().map(|gap| gap.reactivated_on);
    match evaluated.chain(amended).chain(gone_on).max() {
        Some(last) if on <= last => Err(Refusal::EndsTooEarly { on, last }),
        _ => follows("on", on, signed_on),
    }
}

fn follows(field: &'static str, day: NaiveDate, begun: NaiveDate) -> Result<(), Refusal> {
    if day < begun { Err(Refusal::TooEarly { day, begun, field }) } else { Ok(()) }
}
