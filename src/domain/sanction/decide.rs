//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::{Event, SanctionFamily, SanctionGround, Suspension};
use super::refusal::Refusal;
use super::state::{Sanction, State};
use crate::ids::SanctionId;
use crate::law::rules::SanctionRules;
use crate::law::{Law, add_months};
use crate::piis;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Answers with the event. Pure.
pub(super) fn decide(
    state: &State,
    projects: &piis::State,
    command: &Command,
    rules: &SanctionRules,
) -> Result<Event, Refusal> {
    match command {
        Command::SendFormalNotice { participant, sanction, piis, on, .. } => {
            let running = projects.projects.get(piis).is_some_and(|project| project.running_on(*on));
            if !running {
                return Err(Refusal::ProjectNotRunning { piis: *piis, on: *on });
            }
            if let Some(one) = state.sanctions.get(sanction) {
                undecided(one)?;
                one.notice_on.map_or(Ok(()), |sent_on| Err(Refusal::NoticeAlreadySent { sent_on }))?;
            }
            Ok(Event::FormalNoticeSent { person: *participant, sanction: *sanction, piis: *piis })
        }
        Command::OfferHearing { participant, sanction, on, .. } => {
            if let Some(one) = state.sanctions.get(sanction) {
                undecided(one)?;
                if one.offered.contains(on) {
                    return Err(Refusal::HearingAlreadyOffered(*on));
                }
            }
            Ok(Event::HearingOffered { person: *participant, sanction: *sanction })
        }
        Command::HearPerson { participant, sanction, on, assisted, .. } => {
            let one = state.sanctions.get(sanction).ok_or(Refusal::Unknown(*sanction))?;
            undecided(one)?;
            if !one.offered.iter().any(|offered| offered <= on) {
                return Err(Refusal::NoHearing { on: *on });
            }
            if one.heard.iter().any(|(heard, _)| heard == on) {
                return Err(Refusal::AlreadyHeard(*on));
            }
            Ok(Event::PersonHeard { person: *participant, sanction: *sanction, assisted: *assisted })
        }
        Command::Decide {
            participant,
            sanction,
            on,
            ground,
            share,
            first_day,
            last_day,
            deferred_days,
            notified_on,
            ..
        } => {
            let suspension =
                Suspension { share: *share, first_day: *first_day, last_day: *last_day, deferred_days: *deferred_days };
            let ground = *ground.reveal();
            let (family, notified_on) = (ground.family(), *notified_on);
            may_be_decided(state, *sanction, family, *on)?;
            may_be_suspended(&suspension, *on, notified_on, rules)?;
            let recurrence_of = recurrence(state, family, *on, rules);
            not_too_long(&suspension, months(ground, recurrence_of.is_some(), rules))?;
            let (person, sanction) = (*participant, *sanction);
            Ok(Event::Decided { person, sanction, family, suspension, notified_on, recurrence_of })
        }
        Command::Annul { participant, sanction, on, by, .. } => {
            let one = state.sanctions.get(sanction).ok_or(Refusal::Unknown(*sanction))?;
            let decided = one.decided.ok_or(Refusal::NotDecided(*sanction))?;
            if let Some((annulled_on, _)) = one.annulled {
                return Err(Refusal::AlreadyAnnulled { annulled_on });
            }
            follows("on", *on, decided.on)?;
            Ok(Event::Annulled { person: *participant, sanction: *sanction, by: *by })
        }
    }
}

/// The sanctions that stand against the law as they are recorded: by a correction or an annulment, never by a decision.
///
/// The ceiling is that of a recurrence and of fraud: which of the two it was is sealed, or hangs on what came later.
pub(crate) fn unlawful(state: &State, law: &Law) -> BTreeMap<SanctionId, Refusal> {
    let standing = state.sanctions.iter().filter(|(_, one)| one.annulled.is_none());
    let decided = standing.filter_map(|(id, one)| Some((*id, one, one.decided?)));
    let judged = decided.filter_map(|(id, one, decided)| {
        let rules = &law.on(decided.on).sanction;
        let longest = match decided.family {
            SanctionFamily::Project => months(SanctionGround::PiisNotRespected, true, rules),
            SanctionFamily::Means => months(SanctionGround::Fraud, true, rules),
        };
        let lawful = prepared(one, decided.family, decided.on)
            .and_then(|()| may_be_suspended(&decided.suspension, decided.on, decided.notified_on, rules))
            .and_then(|()| not_too_long(&decided.suspension, longest));
        Some((id, lawful.err()?))
    });
    judged.collect()
}

/// A sanction for the project needs a formal notice, each needs the offer of a hearing, both before the day of the
/// decision (law of 26 May 2002, articles 20 and 30 §2). Undeclared means need no notice: there is nothing to resume.
fn prepared(one: &Sanction, family: SanctionFamily, on: NaiveDate) -> Result<(), Refusal> {
    let noticed = match family {
        SanctionFamily::Project => one.notice_on.is_some_and(|sent_on| sent_on < on),
        SanctionFamily::Means => true,
    };
    if !noticed {
        return Err(Refusal::NoNotice { on });
    }
    if !one.offered.iter().any(|offered| *offered < on) {
        return Err(Refusal::NoHearing { on });
    }
    Ok(())
}

/// A decision comes once, after all that prepares it.
fn may_be_decided(state: &State, id: SanctionId, family: SanctionFamily, on: NaiveDate) -> Result<(), Refusal> {
    let unopened = Sanction::default();
    let one = state.sanctions.get(&id).unwrap_or(&unopened);
    undecided(one)?;
    prepared(one, family, on)?;
    match one.last_act() {
        Some(last) if on < last => Err(Refusal::DecidedTooEarly { on, last }),
        _ => Ok(()),
    }
}

/// The suspension is of days, of a share, and begins from the day after the notification to the first day of the
/// third month after the decision (law of 26 May 2002, article 30).
fn may_be_suspended(
    suspension: &Suspension,
    on: NaiveDate,
    notified_on: NaiveDate,
    rules: &SanctionRules,
) -> Result<(), Refusal> {
    let Suspension { share, first_day, last_day, deferred_days } = *suspension;
    if !(1..=100).contains(&share) {
        return Err(Refusal::NotAShare(share));
    }
    follows("notifiedOn", notified_on, on)?;
    follows("lastDay", last_day, first_day)?;
    let latest = rules.latest_start(on);
    if first_day <= notified_on || latest < first_day {
        return Err(Refusal::OutsideStartWindow { first_day, notified_on, latest });
    }
    if suspension.days() < deferred_days {
        return Err(Refusal::DefersTooMuch { days: suspension.days(), deferred: deferred_days });
    }
    Ok(())
}

/// The earlier sanction of the same family, decided so recently that this one is a recurrence.
///
/// Within one year, or three for means, to the same day inclusive, from decision to decision.
fn recurrence(state: &State, family: SanctionFamily, on: NaiveDate, rules: &SanctionRules) -> Option<SanctionId> {
    let within = match family {
        SanctionFamily::Project => rules.project_repeat_within_months,
        SanctionFamily::Means => rules.means_repeat_within_months,
    };
    let (decided_on, last) = state.last_standing(family, on)?;
    (on <= add_months(decided_on, within)).then_some(last)
}

/// Most calendar months of suspension (law of 26 May 2002, article 30 §1 and §2).
const fn months(ground: SanctionGround, recurs: bool, rules: &SanctionRules) -> u32 {
    let factor = if recurs { rules.means_repeat_factor } else { 1 };
    match (ground, recurs) {
        (SanctionGround::PiisNotRespected, false) => rules.project_months,
        (SanctionGround::PiisNotRespected, true) => rules.project_repeat_months,
        (SanctionGround::UndeclaredMeans, _) => rules.means_months * factor,
        (SanctionGround::Fraud, _) => rules.fraud_months * factor,
    }
}

/// A month is a calendar month from the first day: it ends on the eve of the same day of the next.
fn not_too_long(suspension: &Suspension, months: u32) -> Result<(), Refusal> {
    let end = add_months(suspension.first_day, months);
    let latest = end.pred_opt().unwrap_or(end);
    if suspension.last_day <= latest { Ok(()) } else { Err(Refusal::TooLong { last_day: suspension.last_day, latest }) }
}

fn undecided(one: &Sanction) -> Result<(), Refusal> {
    match &one.decided {
        Some(decided) => Err(Refusal::AlreadyDecided { decided_on: decided.on }),
        None => Ok(()),
    }
}

fn follows(field: &'static str, day: NaiveDate, begun: NaiveDate) -> Result<(), Refusal> {
    if day < begun { Err(Refusal::TooEarly { day, begun, field }) } else { Ok(()) }
}
