//! The answer to each command of a work penalty.

use super::command::Command;
use super::event::Event;
use super::refusal::Refusal;
use super::state::{Assignment, Penalty, State};
use crate::decision::Past;
use crate::hours::Hours;
use crate::ids::{JudicialFileId, PenaltyId};
use crate::law::rules::PenaltyRules;
use crate::law::{Law, add_months};
use chrono::NaiveDate;

/// Answers a command with the event that records it, or with the rule that forbids it.
pub(super) fn decide(past: &Past, command: &Command, law: &Law) -> Result<Event, Refusal> {
    let (file, state) = file(past, command)?;
    let (state, penalty) = (&state, command.penalty());
    match command {
        Command::Assign { on, organisation, partner, hours_ordered, final_on, .. } => {
            let standing = state.penalties.get(&penalty);
            if let Some(assigned) = standing.and_then(|penalty| penalty.assigned.as_ref()) {
                return Err(Refusal::AlreadyAssigned { assigned_on: assigned.on });
            }
            // Hours outlive the annulment of their order: the new order must reach for them.
            let performed = standing.map(Penalty::hours).unwrap_or_default();
            if *hours_ordered < performed {
                return Err(Refusal::OrderBelowHours { ordered: *hours_ordered, performed });
            }
            Ok(Event::Assigned {
                file,
                penalty,
                organisation: organisation.clone(),
                partner: partner.clone(),
                hours_ordered: *hours_ordered,
                final_on: *final_on,
                deadline: deadline(&law.on(*final_on).penalty, *on, *hours_ordered, *final_on)?,
            })
        }
        Command::Perform { on, hours, .. } => perform(state, file, penalty, *on, *hours),
        Command::RecordAbsence { on, hours, justified, .. } => {
            let (standing, _) = performable(state, penalty, *on)?;
            if *hours == Some(Hours::default()) {
                return Err(Refusal::NoHours);
            }
            if standing.absences.iter().any(|absence| absence.on == *on) {
                return Err(Refusal::AbsenceKnown { on: *on });
            }
            Ok(Event::Absent { file, penalty, hours: *hours, justified: *justified })
        }
        Command::Extend { on, until, .. } => extend(state, file, penalty, *on, *until),
        Command::Complete { on, .. } => {
            let (standing, assigned) = running(state, penalty, *on)?;
            let (ordered, performed) = (assigned.ordered, standing.hours());
            if performed != ordered {
                return Err(Refusal::HoursMissing { ordered, performed });
            }
            after_hours(standing, *on)?;
            Ok(Event::Completed { file, penalty })
        }
        Command::Interrupt { on, .. } => {
            let (standing, _) = running(state, penalty, *on)?;
            after_hours(standing, *on)?;
            Ok(Event::Interrupted { file, penalty })
        }
    }
}

/// The file in which the penalty stands, and where its penalties stand.
///
/// A penalty that was begun in the person's own history, before there were judicial files, goes on there: its hours and
/// its order are one history, and only one history can be folded.
fn file(past: &Past, command: &Command) -> Result<(JudicialFileId, State), Refusal> {
    let own = past.get(command.participant()).map(State::of).unwrap_or_default();
    if own.penalties.contains_key(&command.penalty()) {
        return Ok((JudicialFileId::of_version_1(command.participant()), own));
    }
    let file = command.file().ok_or(Refusal::Unknown(command.penalty()))?;
    Ok((file, past.get(file).map(State::of).unwrap_or_default()))
}

fn perform(state: &State, file: JudicialFileId, id: PenaltyId, on: NaiveDate, hours: Hours) -> Result<Event, Refusal> {
    let (standing, assigned) = performable(state, id, on)?;
    if hours == Hours::default() {
        return Err(Refusal::NoHours);
    }
    let (ordered, performed) = (assigned.ordered, standing.hours());
    if standing.exceeded_by(hours) {
        return Err(Refusal::HoursExceeded { ordered, performed, given: hours });
    }
    Ok(Event::HoursPerformed { file, penalty: id, hours })
}

/// The probation commission may give more time, before the deadline or after it (Penal Code article 37quinquies).
fn extend(
    state: &State,
    file: JudicialFileId,
    id: PenaltyId,
    on: NaiveDate,
    until: NaiveDate,
) -> Result<Event, Refusal> {
    let (standing, assigned) = running(state, id, on)?;
    let deadline = standing.deadline().unwrap_or(assigned.deadline);
    if until <= deadline {
        return Err(Refusal::DeadlineNotLater { until, deadline });
    }
    Ok(Event::DeadlineExtended { file, penalty: id, until })
}

/// The last day to perform a penalty, inclusive: the same day twelve months after the judgment became final
/// (Penal Code article 37quinquies). The law is that of the day on which it became final.
fn deadline(rules: &PenaltyRules, on: NaiveDate, given: Hours, final_on: NaiveDate) -> Result<NaiveDate, Refusal> {
    if !(rules.hours_min..=rules.hours_max).contains(&given) {
        return Err(Refusal::HoursOutOfRange { given, least: rules.hours_min, most: rules.hours_max });
    }
    if on < final_on {
        return Err(Refusal::NotFinal { on, final_on });
    }
    let deadline = add_months(final_on, rules.months);
    if deadline < on { Err(Refusal::AfterDeadline { on, deadline }) } else { Ok(deadline) }
}

fn running(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let (penalty, assigned) = entrusted(state, id, on)?;
    match penalty.completed_on.or(penalty.interrupted_on) {
        Some(over_on) => Err(Refusal::Over { over_on }),
        None => Ok((penalty, assigned)),
    }
}

/// Refuses a day on which no hours could be performed. The day of an interruption may still have some.
fn performable(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let (penalty, assigned) = entrusted(state, id, on)?;
    match penalty.completed_on.or(penalty.interrupted_on.filter(|interrupted_on| *interrupted_on < on)) {
        Some(over_on) => Err(Refusal::Over { over_on }),
        None => match penalty.deadline().filter(|deadline| *deadline < on) {
            Some(deadline) => Err(Refusal::AfterDeadline { on, deadline }),
            None => Ok((penalty, assigned)),
        },
    }
}

fn entrusted(state: &State, id: PenaltyId, on: NaiveDate) -> Result<(&Penalty, &Assignment), Refusal> {
    let penalty = state.penalties.get(&id).ok_or(Refusal::Unknown(id))?;
    let assigned = penalty.assigned.as_ref().ok_or(Refusal::Unknown(id))?;
    if on < assigned.on {
        return Err(Refusal::BeforeAssignment { on, assigned_on: assigned.on });
    }
    Ok((penalty, assigned))
}

fn after_hours(penalty: &Penalty, on: NaiveDate) -> Result<(), Refusal> {
    match penalty.performed.last() {
        Some((performed_on, _)) if on < *performed_on => {
            Err(Refusal::BeforeLastHours { on, performed_on: *performed_on })
        }
        _ => Ok(()),
    }
}
