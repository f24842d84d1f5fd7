//! Contacts and appointments (entretiens, rendez-vous / gesprekken, afspraken), and interviews that the person asks for.
//!
//! A contact may keep an appointment, and answer a request for an interview, which is owed within five working days
//! (royal decree of 11 July 2002; droitsquotidiens.be): the deadline view says so, no contact is refused for being late.
//! The commands stand in `command`, the refusals in `refusal`.

use crate::codes::codes;
use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{AppointmentId, EventId, InterviewId, PathwayId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod command;
mod refusal;

#[cfg(test)]
mod tests;

pub use command::Command;
pub use refusal::Refusal;

codes! {
    /// How people are in contact.
    ContactMode {
        /// In person, at the organisation or elsewhere.
        InPerson = "IN_PERSON" ("en personne", "persoonlijk", "in person"),
        /// By telephone.
        Phone = "PHONE" ("téléphone", "telefoon", "phone"),
        /// By video.
        Video = "VIDEO" ("visioconférence", "videogesprek", "video"),
        /// By e-mail.
        Email = "EMAIL" ("courriel", "e-mail", "e-mail"),
        /// By letter.
        Letter = "LETTER" ("courrier", "brief", "letter"),
        /// At the person's home.
        HomeVisit = "HOME_VISIT" ("visite à domicile", "huisbezoek", "home visit"),
    }
}

impl ContactMode {
    /// True if people speak with each other.
    #[must_use]
    pub const fn is_spoken(self) -> bool {
        match self {
            Self::InPerson | Self::Phone | Self::Video | Self::HomeVisit => true,
            Self::Email | Self::Letter => false,
        }
    }
}

codes! {
    /// What a contact is about, in a word that tells nothing of health or justice.
    ContactTopic {
        /// Intake.
        Intake = "INTAKE" ("accueil", "onthaal", "intake"),
        /// Follow-up of the pathway.
        FollowUp = "FOLLOW_UP" ("suivi", "opvolging", "follow-up"),
        /// Assessment.
        Assessment = "ASSESSMENT" ("bilan", "balans", "assessment"),
        /// Integration project.
        Project = "PROJECT" ("PIIS", "GPMI", "integration project"),
        /// Training.
        Training = "TRAINING" ("formation", "opleiding", "training"),
        /// Work, before or during an engagement.
        Work = "WORK" ("emploi", "werk", "work"),
        /// Aid.
        Aid = "AID" ("aide", "hulp", "aid"),
        /// Anything else.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

/// Something that happened between a person and those who accompany them. Stored for ever: add variants, never
/// reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// People were in contact. Entretien / gesprek.
    #[serde(rename = "ContactRecorded")]
    Recorded {
        /// With whom.
        person: PersonId,
        /// In which pathway, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<PathwayId>,
        /// How.
        mode: ContactMode,
        /// About what.
        topic: ContactTopic,
        /// The appointment that it keeps, if one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<AppointmentId>,
        /// The request for an interview that it answers, if one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interview: Option<InterviewId>,
    },
    /// A contact is planned for the effective day. Rendez-vous fixé / afspraak gemaakt.
    #[serde(rename = "AppointmentPlanned")]
    Planned {
        /// With whom.
        person: PersonId,
        /// In which pathway, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<PathwayId>,
        /// The appointment.
        appointment: AppointmentId,
        /// How.
        mode: ContactMode,
        /// About what.
        topic: ContactTopic,
    },
    /// The person did not come. Rendez-vous manqué / gemiste afspraak.
    #[serde(rename = "AppointmentMissed")]
    Missed {
        /// Who.
        person: PersonId,
        /// The appointment.
        appointment: AppointmentId,
        /// True if the person was excused.
        excused: bool,
    },
    /// The person asked for an interview. Entretien demandé / gesprek gevraagd.
    #[serde(rename = "InterviewRequested")]
    Requested {
        /// Who.
        person: PersonId,
        /// In which pathway, if in one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<PathwayId>,
        /// The request.
        interview: InterviewId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Recorded { person, .. }
            | Self::Planned { person, .. }
            | Self::Missed { person, .. }
            | Self::Requested { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// All of them happen within what runs.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The contacts of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every contact, in order of day.
    pub contacts: Vec<Contact>,
    /// Every appointment.
    pub appointments: BTreeMap<AppointmentId, Appointment>,
    /// Every request for an interview.
    pub interviews: BTreeMap<InterviewId, Interview>,
}

/// A contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// The day.
    pub on: NaiveDate,
    /// The record that tells it.
    pub record: EventId,
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// How.
    pub mode: ContactMode,
    /// About what.
    pub topic: ContactTopic,
}

/// An appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// How.
    pub mode: ContactMode,
    /// About what.
    pub topic: ContactTopic,
    /// The day for which it is planned.
    pub planned_on: NaiveDate,
    /// The record that planned it.
    pub planned_by: EventId,
    /// Day of the contact that kept it, and its record.
    pub kept: Option<(NaiveDate, EventId)>,
    /// How it was missed, if it was.
    pub missed: Option<Absence>,
}

/// An appointment to which the person did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// The day.
    pub on: NaiveDate,
    /// True if the person was excused.
    pub excused: bool,
    /// The record that tells it.
    pub by: EventId,
}

/// An interview that the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interview {
    /// In which pathway, if in one.
    pub pathway: Option<PathwayId>,
    /// Day of the request.
    pub requested_on: NaiveDate,
    /// The record of the request.
    pub requested_by: EventId,
    /// Day of the contact that answered it, and its record.
    pub held: Option<(NaiveDate, EventId)>,
}

impl State {
    /// Folds a person's history.
    ///
    /// What is planned and requested is folded first: an appointment may be kept before the day that was planned.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        let events = history.entries().filter_map(|entry| match entry.fact {
            Fact::Contact(event) => Some((entry.on, entry.id, event)),
            _ => None,
        });
        for (on, id, event) in events.clone() {
            state.begin(on, id, event);
        }
        for (on, id, event) in events {
            state.evolve(on, id, event);
        }
        state
    }

    fn begin(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Planned { pathway, appointment, mode, topic, .. } => {
                let (pathway, mode, topic) = (*pathway, *mode, *topic);
                let (planned_on, planned_by, kept, missed) = (on, id, None, None);
                let planned = Appointment { pathway, mode, topic, planned_on, planned_by, kept, missed };
                self.appointments.entry(*appointment).or_insert(planned);
            }
            Event::Requested { pathway, interview, .. } => {
                let asked = Interview { pathway: *pathway, requested_on: on, requested_by: id, held: None };
                self.interviews.entry(*interview).or_insert(asked);
            }
            Event::Recorded { .. } | Event::Missed { .. } => {}
        }
    }

    fn evolve(&mut self, on: NaiveDate, id: EventId, event: &Event) {
        match event {
            Event::Planned { .. } | Event::Requested { .. } => {}
            Event::Recorded { pathway, mode, topic, appointment, interview, .. } => {
                self.contacts.push(Contact { on, record: id, pathway: *pathway, mode: *mode, topic: *topic });
                if let Some(kept) = appointment.and_then(|appointment| self.appointments.get_mut(&appointment)) {
                    kept.kept.get_or_insert((on, id));
                }
                if let Some(held) = interview.and_then(|interview| self.interviews.get_mut(&interview)) {
                    held.held.get_or_insert((on, id));
                }
            }
            Event::Missed { appointment, excused, .. } => {
                if let Some(appointment) = self.appointments.get_mut(appointment) {
                    appointment.missed.get_or_insert(Absence { on, excused: *excused, by: id });
                }
            }
        }
    }
}

impl State {
    /// The last day on which anything of it happened in a pathway; what is only planned says nothing.
    #[must_use]
    pub fn last_day_in(&self, pathway: PathwayId) -> Option<NaiveDate> {
        let contacts = self.contacts.iter().filter(|one| one.pathway == Some(pathway)).map(|one| one.on);
        let missed = self.appointments.values().filter(|one| one.pathway == Some(pathway));
        let asked = self.interviews.values().filter(|one| one.pathway == Some(pathway));
        let missed = missed.filter_map(|one| one.missed.map(|absence| absence.on));
        contacts.chain(missed).chain(asked.map(|one| one.requested_on)).max()
    }
}

impl Appointment {
    /// True if nobody recorded what became of it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.kept.is_none() && self.missed.is_none()
    }
}
