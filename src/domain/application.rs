//! The application (candidature / sollicitatie): a person applies for a post or a measure and gets an answer.

use crate::codes::{CodeList, Measure, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{ApplicationId, PersonId, PostId};
use crate::personal::{Personal, Secret};
use crate::{contract, person, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Why an application is rejected. Nothing about health or origin: a code is not sealed.
    RejectionReason {
        /// The post is filled, or there is no place in the measure.
        NoVacancy = "NO_VACANCY" ("pas de place", "geen plaats", "no vacancy"),
        /// The profile does not fit.
        Profile = "PROFILE" ("profil inadéquat", "profiel past niet", "profile does not fit"),
        /// The conditions of the measure are not met.
        NotAdmissible = "NOT_ADMISSIBLE" ("conditions non remplies", "voorwaarden niet vervuld", "conditions not met"),
        /// The person withdrew.
        Withdrawn = "WITHDRAWN" ("candidature retirée", "kandidatuur ingetrokken", "withdrawn"),
        /// The person did not come to the interview.
        NotPresented = "NOT_PRESENTED" ("ne s'est pas présenté", "niet opgedaagd", "did not come"),
        /// Any other reason.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

/// Something that happened to an application. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person applied. Candidature reçue / sollicitatie ontvangen.
    #[serde(rename = "ApplicationReceived")]
    Received {
        /// Whose.
        person: PersonId,
        /// The application.
        application: ApplicationId,
        /// For which measure.
        measure: Measure,
        /// For which post, if for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<PostId>,
        /// True if the person wants to stand in the recruitment reserve if not retained.
        reserve_opt_in: bool,
    },
    /// The person is retained. Candidature retenue / sollicitatie weerhouden.
    #[serde(rename = "ApplicationRetained")]
    Retained {
        /// Whose.
        person: PersonId,
        /// The application.
        application: ApplicationId,
        /// For which post, if for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<PostId>,
    },
    /// The person is not retained. Candidature rejetée / sollicitatie afgewezen.
    #[serde(rename = "ApplicationRejected")]
    Rejected {
        /// Whose.
        person: PersonId,
        /// The application.
        application: ApplicationId,
        /// For which post, if for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<PostId>,
        /// Why.
        reason: RejectionReason,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Received { person, .. } | Self::Retained { person, .. } | Self::Rejected { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first: the post hears of its candidates.
    pub(crate) fn about(&self) -> Vec<About> {
        let post = match self {
            Self::Received { post, .. } | Self::Retained { post, .. } | Self::Rejected { post, .. } => *post,
        };
        fact::of_place(self.person(), contract::Place { post, agreement: None }, None)
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Received { .. } => DayRank::Begins,
            Self::Retained { .. } | Self::Rejected { .. } => DayRank::Within,
        }
    }
}

/// The applications of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The applications that were received.
    pub applications: BTreeMap<ApplicationId, Application>,
}

/// One application as its history tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application {
    /// Day of the application.
    pub received_on: NaiveDate,
    /// For which measure.
    pub measure: Measure,
    /// For which post, if for one.
    pub post: Option<PostId>,
    /// True if the person wants to stand in the recruitment reserve if not retained.
    pub reserve_opt_in: bool,
    /// The answer and its day, if it was given: none of the reason means retained.
    pub answered: Option<(NaiveDate, Option<RejectionReason>)>,
}

impl State {
    /// Folds a person's history; an answer to an application that does not stand is passed over.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Application(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Received { application, measure, post, reserve_opt_in, .. } => {
                self.applications.entry(*application).or_insert(Application {
                    received_on: on,
                    measure: *measure,
                    post: *post,
                    reserve_opt_in: *reserve_opt_in,
                    answered: None,
                });
            }
            Event::Retained { application, .. } => self.answer(*application, (on, None)),
            Event::Rejected { application, reason, .. } => self.answer(*application, (on, Some(*reason))),
        }
    }

    fn answer(&mut self, application: ApplicationId, answer: (NaiveDate, Option<RejectionReason>)) {
        if let Some(one) = self.applications.get_mut(&application) {
            one.answered.get_or_insert(answer);
        }
    }
}

/// What can be asked of an application.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records that a person applied.
    #[serde(rename = "receiveApplication")]
    Receive {
        /// Who.
        participant: PersonId,
        /// The application; chosen by the server if left out.
        application: ApplicationId,
        /// Day of the application.
        on: NaiveDate,
        /// For which measure.
        measure: Measure,
        /// For which post, if for one.
        #[serde(default)]
        post: Option<PostId>,
        /// True if the person wants to stand in the recruitment reserve if not retained.
        #[serde(default)]
        reserve_opt_in: bool,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that the person is retained.
    #[serde(rename = "retainApplication")]
    Retain {
        /// Whose.
        participant: PersonId,
        /// The application.
        application: ApplicationId,
        /// Day of the answer.
        on: NaiveDate,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that the person is not retained.
    #[serde(rename = "rejectApplication")]
    Reject {
        /// Whose.
        participant: PersonId,
        /// The application.
        application: ApplicationId,
        /// Day of the answer.
        on: NaiveDate,
        /// Why.
        reason: RejectionReason,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of the application forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person made no such application.
    #[error("the participant made no application {0}")]
    Unknown(ApplicationId),
    /// The id is taken.
    #[error("application {0} is known already")]
    AlreadyKnown(ApplicationId),
    /// The same application awaits its answer.
    #[error("application {0} for the same post or measure awaits its answer")]
    Pending(ApplicationId),
    /// The post is not known.
    #[error("post {0} was never opened")]
    PostUnknown(PostId),
    /// The post is closed.
    #[error("the post is closed from {closed_on} on")]
    PostClosed {
        /// First day without it.
        closed_on: NaiveDate,
    },
    /// The post is for another measure.
    #[error("the post is for {}, the application for {}", post.code(), application.code())]
    PostOfOtherMeasure {
        /// Of the post.
        post: Measure,
        /// Of the application.
        application: Measure,
    },
    /// The answer was given.
    #[error("the application was answered on {answered_on}")]
    AlreadyAnswered {
        /// Day of the answer.
        answered_on: NaiveDate,
    },
    /// The answer is before the application.
    #[error("the application was received on {received_on}, the day given is {on}")]
    BeforeReceipt {
        /// The day given.
        on: NaiveDate,
        /// Day of the application.
        received_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::Unknown(_) => ("APPLICATION_UNKNOWN", "application"),
            Self::AlreadyKnown(_) => ("APPLICATION_ALREADY_KNOWN", "application"),
            Self::Pending(_) => ("APPLICATION_PENDING", "measure"),
            Self::PostUnknown(_) => ("POST_UNKNOWN", "post"),
            Self::PostClosed { .. } => ("POST_CLOSED", "post"),
            Self::PostOfOtherMeasure { .. } => ("POST_OF_OTHER_MEASURE", "post"),
            Self::AlreadyAnswered { .. } => ("APPLICATION_ALREADY_ANSWERED", "application"),
            Self::BeforeReceipt { .. } => ("ENDS_BEFORE_IT_BEGINS", "on"),
        };
        (rule, Some(field))
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("receiveApplication", &["application"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Receive { on, .. } | Self::Retain { on, .. } | Self::Reject { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        let mut streams = vec![self.participant().into()];
        match self {
            Self::Receive { post, .. } => streams.extend(post.map(Stream::from)),
            // The answer stands in the post's stream as well, and changes nothing that its own facts tell.
            Self::Retain { .. } | Self::Reject { .. } => {}
        }
        streams
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        person::living(past, self.participant(), self.on())?;
        let state = past.get(self.participant()).map(State::of).unwrap_or_default();
        let event = decide(&state, past, self)?;
        Ok(vec![Decided::new(self.on(), event).with(Personal::note(self.note())?)])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Receive { participant, .. } | Self::Retain { participant, .. } | Self::Reject { participant, .. } => {
                *participant
            }
        }
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Receive { note, .. } | Self::Retain { note, .. } | Self::Reject { note, .. } => note.as_ref(),
        }
    }
}

fn decide(state: &State, past: &Past, command: &Command) -> Result<Event, Refusal> {
    let person = command.participant();
    match command {
        Command::Receive { application, on, measure, post, reserve_opt_in, .. } => {
            if state.applications.contains_key(application) {
                return Err(Refusal::AlreadyKnown(*application));
            }
            let same = |one: &Application| one.answered.is_none() && (one.measure, one.post) == (*measure, *post);
            if let Some((pending, _)) = state.applications.iter().find(|(_, one)| same(one)) {
                return Err(Refusal::Pending(*pending));
            }
            post.map_or(Ok(()), |post| fits(past, post, *measure, *on))?;
            let (application, reserve_opt_in) = (*application, *reserve_opt_in);
            Ok(Event::Received { person, application, measure: *measure, post: *post, reserve_opt_in })
        }
        Command::Retain { application, on, .. } => {
            let post = unanswered(state, *application, *on)?.post;
            Ok(Event::Retained { person, application: *application, post })
        }
        Command::Reject { application, on, reason, .. } => {
            let post = unanswered(state, *application, *on)?.post;
            Ok(Event::Rejected { person, application: *application, post, reason: *reason })
        }
    }
}

/// People apply for a post before it is open and while it is filled or frozen, never once it is closed.
fn fits(past: &Past, id: PostId, measure: Measure, on: NaiveDate) -> Result<(), Refusal> {
    let state = past.get(id).map(post::State::of).unwrap_or_default();
    let of = state.opened.ok_or(Refusal::PostUnknown(id))?.measure;
    if of != measure {
        return Err(Refusal::PostOfOtherMeasure { post: of, application: measure });
    }
    match state.closed_on {
        Some(closed_on) if closed_on <= on => Err(Refusal::PostClosed { closed_on }),
        _ => Ok(()),
    }
}

fn unanswered(state: &State, id: ApplicationId, on: NaiveDate) -> Result<&Application, Refusal> {
    let one = state.applications.get(&id).ok_or(Refusal::Unknown(id))?;
    if let Some((answered_on, _)) = one.answered {
        return Err(Refusal::AlreadyAnswered { answered_on });
    }
    if on < one.received_on {
        return Err(Refusal::BeforeReceipt { on, received_on: one.received_on });
    }
    Ok(one)
}

#[cfg(test)]
mod tests;
