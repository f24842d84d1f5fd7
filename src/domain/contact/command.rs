//! What can be asked of a contact or appointment, and the answer.

use super::{Appointment, ContactMode, ContactTopic, Event, Refusal, State};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::ids::{AppointmentId, InterviewId, PathwayId, PersonId};
use crate::personal::{Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a contact or appointment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records a contact.
    #[serde(rename = "recordContact")]
    Record {
        /// With whom.
        participant: PersonId,
        /// In which pathway, if in one.
        #[serde(default)]
        pathway: Option<PathwayId>,
        /// The day.
        on: NaiveDate,
        /// How.
        mode: ContactMode,
        /// About what.
        topic: ContactTopic,
        /// The appointment that it keeps, if one.
        #[serde(default)]
        appointment: Option<AppointmentId>,
        /// The request for an interview that it answers, if one.
        #[serde(default)]
        interview: Option<InterviewId>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Plans an appointment.
    #[serde(rename = "planAppointment")]
    Plan {
        /// With whom.
        participant: PersonId,
        /// In which pathway, if in one.
        #[serde(default)]
        pathway: Option<PathwayId>,
        /// The appointment; chosen by the server if left out.
        appointment: AppointmentId,
        /// The day for which it is planned.
        on: NaiveDate,
        /// How.
        mode: ContactMode,
        /// About what.
        topic: ContactTopic,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that the person did not come.
    #[serde(rename = "missAppointment")]
    Miss {
        /// Who.
        participant: PersonId,
        /// The appointment.
        appointment: AppointmentId,
        /// The day for which it was planned.
        on: NaiveDate,
        /// True if the person was excused.
        excused: bool,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that the person asks for an interview.
    #[serde(rename = "requestInterview")]
    Request {
        /// Who.
        participant: PersonId,
        /// In which pathway, if in one.
        #[serde(default)]
        pathway: Option<PathwayId>,
        /// The request; chosen by the server if left out.
        interview: InterviewId,
        /// Day of the request.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("planAppointment", &["appointment"]), ("requestInterview", &["interview"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Record { on, .. } | Self::Plan { on, .. } | Self::Miss { on, .. } | Self::Request { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let (participant, on) = (self.participant(), self.on());
        person::living(past, participant, on)?;
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let (pathway, event) = decide(&state, self, desk.today)?;
        pathway::within(past, participant, pathway, on)?;
        Ok(vec![Decided::new(on, event).with(Personal::note(self.note())?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Record { participant, .. }
            | Self::Plan { participant, .. }
            | Self::Miss { participant, .. }
            | Self::Request { participant, .. } => *participant,
        }
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Record { note, .. }
            | Self::Plan { note, .. }
            | Self::Miss { note, .. }
            | Self::Request { note, .. } => note.as_ref(),
        }
    }
}

/// Answers with the event, and with the pathway that bounds it. Pure.
fn decide(state: &State, command: &Command, today: NaiveDate) -> Result<(Option<PathwayId>, Event), Refusal> {
    let person = command.participant();
    match command {
        Command::Record { pathway, on, mode, topic, appointment, interview, .. } => {
            happened("on", *on, today)?;
            appointment.map_or(Ok(()), |id| open(state, id).map(|_| ()))?;
            interview.map_or(Ok(()), |id| may_be_held(state, id, *on, *mode))?;
            let (pathway, mode, topic) = (*pathway, *mode, *topic);
            let (appointment, interview) = (*appointment, *interview);
            Ok((pathway, Event::Recorded { person, pathway, mode, topic, appointment, interview }))
        }
        Command::Plan { pathway, appointment, mode, topic, .. } => {
            if state.appointments.contains_key(appointment) {
                return Err(Refusal::AppointmentKnown(*appointment));
            }
            let (pathway, appointment) = (*pathway, *appointment);
            Ok((pathway, Event::Planned { person, pathway, appointment, mode: *mode, topic: *topic }))
        }
        Command::Miss { appointment, on, excused, .. } => {
            let found = open(state, *appointment)?;
            if found.planned_on != *on {
                return Err(Refusal::PlannedOnAnotherDay { on: *on, planned_on: found.planned_on });
            }
            happened("on", *on, today)?;
            Ok((found.pathway, Event::Missed { person, appointment: *appointment, excused: *excused }))
        }
        Command::Request { pathway, interview, on, .. } => {
            if state.interviews.contains_key(interview) {
                return Err(Refusal::InterviewKnown(*interview));
            }
            happened("on", *on, today)?;
            Ok((*pathway, Event::Requested { person, pathway: *pathway, interview: *interview }))
        }
    }
}

/// Only what is planned lies ahead (domain.md, invariant G2).
fn happened(field: &'static str, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if on > today { Err(Refusal::NotYet { on, today, field }) } else { Ok(()) }
}

fn open(state: &State, id: AppointmentId) -> Result<&Appointment, Refusal> {
    let found = state.appointments.get(&id).ok_or(Refusal::AppointmentUnknown(id))?;
    if found.is_open() { Ok(found) } else { Err(Refusal::AppointmentOver(id)) }
}

/// An interview is spoken, and held once, on the day of the request at the earliest.
fn may_be_held(state: &State, id: InterviewId, on: NaiveDate, mode: ContactMode) -> Result<(), Refusal> {
    let found = state.interviews.get(&id).ok_or(Refusal::InterviewUnknown(id))?;
    if let Some((held_on, _)) = found.held {
        return Err(Refusal::InterviewHeld { held_on });
    }
    if on < found.requested_on {
        return Err(Refusal::BeforeRequest { on, requested_on: found.requested_on });
    }
    if mode.is_spoken() { Ok(()) } else { Err(Refusal::InterviewInWriting) }
}
