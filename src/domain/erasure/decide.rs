//! Whether a person may be forgotten.

use super::command::Command;
use super::event::{ErasureGround, Event};
use super::refusal::Refusal;
use super::state::State;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{Fact, Stream};
use crate::history::History;
use crate::law::{add_months, days::add_days};
use crate::personal::{Field, Personal};
use crate::{aid, contract, pathway, person};
use chrono::{Days, NaiveDate};

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        self.day()
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let person = self.participant();
        person::registered(past, person)?;
        let empty = History::empty(person.into());
        let history = past.get(person).unwrap_or(&empty);
        let event = decide(history, self, desk)?;
        let motive = match self {
            Self::Refuse { motive, .. } => Personal::default().sealing(Field::Motive, "motive", motive.as_ref())?,
            Self::Schedule { .. } | Self::Request { .. } | Self::Erase { .. } | Self::Anonymise { .. } => {
                Personal::default()
            }
        };
        Ok(vec![Decided::new(self.day(), event).with(motive)])
    }
}

fn decide(history: &History, command: &Command, desk: &Desk<'_>) -> Result<Event, Refusal> {
    let state = State::of(history);
    let (person, on) = (command.participant(), command.day());
    if let (Some((erased_on, _)), false) = (state.erased, matches!(command, Command::Anonymise { .. })) {
        return Err(Refusal::AlreadyErased { erased_on });
    }
    if on > desk.today {
        return Err(Refusal::Day { on, after: NaiveDate::MIN, today: desk.today });
    }
    match command {
        Command::Schedule { .. } => schedule(&state, history, on, desk)
            .map(|(last_act_on, months, due_on)| Event::RetentionScheduled { person, last_act_on, months, due_on }),
        Command::Request { requester, ground, .. } => match state.open_request() {
            Some(open) => Err(Refusal::AlreadyAsked { asked_on: open.on }),
            None => Ok(Event::Requested { person, requester: *requester, ground: *ground }),
        },
        Command::Refuse { ground, .. } => match state.open_request().filter(|request| request.on <= on) {
            Some(_) => Ok(Event::Refused { person, ground: *ground }),
            None => Err(Refusal::NothingAsked { on }),
        },
        Command::Erase { .. } => {
            may_erase(&state, history, on)?;
            Ok(Event::KeyDestroyed { person, absorbed: history.absorbed().to_vec() })
        }
        Command::Anonymise { .. } => {
            may_anonymise(&state, on, desk.today)?;
            Ok(Event::Anonymised { person })
        }
    }
}

/// The last act of the file, the months for which it is kept, and the day on which its keys may be destroyed.
fn schedule(
    state: &State,
    history: &History,
    on: NaiveDate,
    desk: &Desk<'_>,
) -> Result<(NaiveDate, u32, NaiveDate), Refusal> {
    let rules = desk.law.house_on(on).retention;
    let months = rules.file_months.ok_or(Refusal::NoRule)?;
    closed(history, on)?;
    let last_act_on = last_act(history).unwrap_or(on);
    let notice_days = rules.notice_days.unwrap_or(0);
    let over_on = add_months(last_act_on, months);
    let notice_from = over_on.checked_sub_days(Days::new(notice_days.into())).unwrap_or(over_on);
    if on < notice_from {
        return Err(Refusal::TooEarly { months, last_act_on, notice_from });
    }
    match state.retained.filter(|retained| retained.last_act_on == last_act_on) {
        Some(retained) => Err(Refusal::AlreadyNoticed { noticed_on: retained.noticed_on, due_on: retained.due_on }),
        None => Ok((last_act_on, months, over_on.max(add_days(on, notice_days)))),
    }
}

fn may_erase(state: &State, history: &History, on: NaiveDate) -> Result<(), Refusal> {
    if let Some(request) = state.open_request().filter(|request| request.on <= on) {
        // What should never have been kept is not kept until a contract ends.
        return if request.ground == ErasureGround::Unlawful { Ok(()) } else { closed(history, on) };
    }
    let Some(retained) = state.retained else { return Err(Refusal::NoGround { on }) };
    if on < retained.due_on {
        return Err(Refusal::NotDue { on, due_on: retained.due_on });
    }
    closed(history, on)?;
    match last_act(history).filter(|last| *last > retained.last_act_on) {
        Some(last_act_on) => Err(Refusal::WentOn { last_act_on }),
        None => Ok(()),
    }
}

fn may_anonymise(state: &State, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let (erased_on, _) = state.erased.ok_or(Refusal::NotErased)?;
    if let Some(anonymised_on) = state.anonymised_on {
        return Err(Refusal::AlreadyAnonymised { anonymised_on });
    }
    if on < erased_on { Err(Refusal::Day { on, after: erased_on, today }) } else { Ok(()) }
}

/// Refuses while anything of the file runs.
fn closed(history: &History, on: NaiveDate) -> Result<(), Refusal> {
    running(history, on).map_or(Ok(()), |what| Err(Refusal::StillOpen { on, what }))
}

/// What of a file runs on a day or is still to come, if anything does.
fn running(history: &History, on: NaiveDate) -> Option<&'static str> {
    if pathway::State::of(history).pathways.values().any(|pathway| pathway.closed_on().is_none_or(|closed| on < closed))
    {
        return Some("a pathway");
    }
    if contract::State::of(history).counting().any(|(_, one)| one.last_day.is_none_or(|last| on <= last)) {
        return Some("an engagement");
    }
    let aids = aid::State::of(history);
    let runs = aids.grants.values().any(|grant| grant.from.is_some() && grant.ended_on.is_none_or(|ended| on < ended));
    runs.then_some("a grant of aid")
}

/// The first day on which no pathway, engagement or grant of a file runs; none while one has no end.
#[must_use]
pub fn closed_from(history: &History) -> Option<NaiveDate> {
    let pathways = pathway::State::of(history);
    let engagements = contract::State::of(history);
    let aids = aid::State::of(history);
    let of_pathways = pathways.pathways.values().map(pathway::Pathway::closed_on);
    let of_engagements = engagements.counting().map(|(_, one)| one.last_day.map(|last| add_days(last, 1)));
    let of_aids = aids.grants.values().filter(|grant| grant.from.is_some()).map(|grant| grant.ended_on);
    let registered = person::State::of(history).registered.map(|registration| registration.on);
    let ends = std::iter::once(registered).chain(of_pathways).chain(of_engagements).chain(of_aids);
    // One without an end makes the whole open.
    ends.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The last day on which anything of the file happened; what is told of its keys is no act in it.
#[must_use]
pub fn last_act(history: &History) -> Option<NaiveDate> {
    let acts = history.entries().filter(|entry| !matches!(entry.fact, Fact::Erasure(_)));
    acts.map(|entry| entry.on).max()
}
