//! Training and activities of one person: enrolled, attended, missed, completed.
//!
//! The records stand in the streams of the person and of the course or activity.
//! Read this file (events, state), then `command`, `refusal` and, here again, `decide`.

use crate::codes::codes;
use crate::course;
use crate::fact::{self, About, DayRank, Fact, Role};
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{CourseId, PersonId, SessionId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

mod command;
mod refusal;

pub use command::Command;
pub use refusal::Refusal;

codes! {
    /// The result of an admission test.
    TestResult {
        /// Admitted.
        Passed = "PASSED" ("réussi", "geslaagd", "passed"),
        /// Admitted if a place falls free.
        Reserve = "RESERVE" ("en réserve", "reserve", "reserve"),
        /// Not admitted.
        Failed = "FAILED" ("échoué", "niet geslaagd", "failed"),
    }
}

/// Something that happened to a person in a course or activity. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person was enrolled. Inscrit / ingeschreven.
    #[serde(rename = "ParticipantEnrolled")]
    Enrolled {
        /// Who.
        person: PersonId,
        /// In which course.
        course: CourseId,
    },
    /// The person attended a session; the session's own day decides when. Présent / aanwezig.
    #[serde(rename = "ParticipantAttended")]
    Attended {
        /// Who.
        person: PersonId,
        /// Which course.
        course: CourseId,
        /// Which session.
        session: SessionId,
        /// Hours attended.
        hours: Hours,
    },
    /// The person missed a session. Absent / afwezig.
    #[serde(rename = "ParticipantMissed")]
    Missed {
        /// Who.
        person: PersonId,
        /// Which course.
        course: CourseId,
        /// Which session.
        session: SessionId,
    },
    /// The person completed the course. Formation achevée / opleiding voltooid.
    #[serde(rename = "TrainingCompleted")]
    Completed {
        /// Who.
        person: PersonId,
        /// Which course.
        course: CourseId,
    },
    /// A certificate was awarded. Attestation délivrée / attest uitgereikt.
    #[serde(rename = "CertificateAwarded")]
    CertificateAwarded {
        /// To whom.
        person: PersonId,
        /// For which course.
        course: CourseId,
    },
    /// The person took part in an activity such as a Job Day.
    #[serde(rename = "ActivityAttended")]
    ActivityAttended {
        /// Who.
        person: PersonId,
        /// Which activity.
        activity: CourseId,
    },
    /// The person took the admission test of a course. Test d'admission / toelatingsproef.
    #[serde(rename = "AdmissionTestTaken")]
    AdmissionTestTaken {
        /// Who.
        person: PersonId,
        /// Of which course.
        course: CourseId,
        /// The result.
        result: TestResult,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Enrolled { person, .. }
            | Self::Attended { person, .. }
            | Self::Missed { person, .. }
            | Self::Completed { person, .. }
            | Self::CertificateAwarded { person, .. }
            | Self::ActivityAttended { person, .. }
            | Self::AdmissionTestTaken { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Enrolled { person, course }
            | Self::Attended { person, course, .. }
            | Self::Missed { person, course, .. }
            | Self::Completed { person, course }
            | Self::AdmissionTestTaken { person, course, .. }
            | Self::CertificateAwarded { person, course } => fact::of_course(*person, *course, Role::Course),
            Self::ActivityAttended { person, activity } => fact::of_course(*person, *activity, Role::Activity),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Completed { .. } => DayRank::Ends,
            Self::Enrolled { .. } => DayRank::Begins,
            Self::Attended { .. }
            | Self::Missed { .. }
            | Self::CertificateAwarded { .. }
            | Self::ActivityAttended { .. }
            | Self::AdmissionTestTaken { .. } => DayRank::Within,
        }
    }
}

/// One person's training as the history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What the person did in each course.
    pub courses: BTreeMap<CourseId, Participation>,
    /// The activities attended, each with the day recorded for it.
    pub activities: BTreeMap<CourseId, NaiveDate>,
}

/// What one person did in one course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Participation {
    /// Days of enrolment, in order; a course may be taken again once completed.
    pub enrolled: Vec<NaiveDate>,
    /// Sessions attended, each with the hours attended. The session's own day decides when.
    pub attended: BTreeMap<SessionId, Hours>,
    /// Sessions missed.
    pub missed: BTreeSet<SessionId>,
    /// Days of completion, in order.
    pub completed: Vec<NaiveDate>,
    /// Days on which a certificate was awarded, in order.
    pub certified: Vec<NaiveDate>,
    /// Admission tests taken, in order of day.
    pub tests: Vec<(NaiveDate, TestResult)>,
}

impl State {
    /// Folds the training of the person whose history it is.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Training(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    /// Folds the history of a course or activity: what each person did in it.
    #[must_use]
    pub fn of_each(history: &History) -> BTreeMap<PersonId, Self> {
        let mut states: BTreeMap<PersonId, Self> = BTreeMap::new();
        for entry in history.entries() {
            if let Fact::Training(event) = entry.fact {
                states.entry(event.person()).or_default().evolve(entry.on, event);
            }
        }
        states
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Enrolled { course, .. } => self.course(*course).enrolled.push(on),
            Event::Attended { course, session, hours, .. } => {
                self.course(*course).attended.insert(*session, *hours);
            }
            Event::Missed { course, session, .. } => {
                self.course(*course).missed.insert(*session);
            }
            Event::Completed { course, .. } => self.course(*course).completed.push(on),
            Event::AdmissionTestTaken { course, result, .. } => self.course(*course).tests.push((on, *result)),
            Event::CertificateAwarded { course, .. } => self.course(*course).certified.push(on),
            Event::ActivityAttended { activity, .. } => {
                self.activities.insert(*activity, on);
            }
        }
    }

    fn course(&mut self, course: CourseId) -> &mut Participation {
        self.courses.entry(course).or_default()
    }
}

impl Participation {
    /// True while an enrolment is not completed.
    ///
    /// Counted, not compared by day: a course of one day is completed on the day of its enrolment.
    #[must_use]
    pub fn running(&self) -> bool {
        self.enrolled.len() > self.completed.len()
    }
}

fn decide(state: &State, given: &course::State, command: &Command) -> Result<Event, Refusal> {
    let (person, course) = command.subject();
    let taken = state.courses.get(&course).cloned().unwrap_or_default();
    match command {
        Command::Enrol { on, .. } => {
            enrolment(&taken, given, course, *on)?;
            Ok(Event::Enrolled { person, course })
        }
        Command::RecordAttendance { session, on, hours, .. } => {
            let held = attendable(&taken, given, course, *session, *on)?;
            if hours.0 == 0 {
                return Err(Refusal::NoHours);
            }
            if *hours > held.hours {
                return Err(Refusal::MoreHoursThanSession { hours: *hours, session: held.hours });
            }
            Ok(Event::Attended { person, course, session: *session, hours: *hours })
        }
        Command::RecordMissed { session, on, .. } => {
            attendable(&taken, given, course, *session, *on)?;
            Ok(Event::Missed { person, course, session: *session })
        }
        Command::Complete { on, .. } => {
            let enrolled_on = *taken.enrolled.last().filter(|_| taken.running()).ok_or(Refusal::NotEnrolled)?;
            if *on < enrolled_on {
                return Err(Refusal::BeforeEnrolment { on: *on, enrolled_on });
            }
            Ok(Event::Completed { person, course })
        }
        Command::AwardCertificate { on, .. } => {
            may_be_certified(&taken, given, *on)?;
            Ok(Event::CertificateAwarded { person, course })
        }
        Command::RecordAdmissionTest { on, result, .. } => {
            may_be_tested(&taken, given, course, *on)?;
            Ok(Event::AdmissionTestTaken { person, course, result: *result })
        }
        Command::AttendActivity { on, .. } => {
            let held_on = given.activity.as_ref().ok_or(Refusal::ActivityUnknown(course))?.on;
            same_day(*on, held_on)?;
            if state.activities.contains_key(&course) {
                return Err(Refusal::ActivityAlreadyAttended);
            }
            Ok(Event::ActivityAttended { person, activity: course })
        }
    }
}

fn enrolment(taken: &Participation, given: &course::State, course: CourseId, on: NaiveDate) -> Result<(), Refusal> {
    if given.planned.is_none() {
        return Err(Refusal::CourseUnknown(course));
    }
    if let Some(cancelled_on) = given.cancelled_on.filter(|cancelled_on| *cancelled_on <= on) {
        return Err(Refusal::CourseCancelled { cancelled_on });
    }
    match taken.enrolled.last().filter(|_| taken.running()) {
        Some(enrolled_on) => Err(Refusal::AlreadyEnrolled { enrolled_on: *enrolled_on }),
        None => Ok(()),
    }
}

/// A test is taken for a course that is planned and not cancelled, once a day.
fn may_be_tested(taken: &Participation, given: &course::State, course: CourseId, on: NaiveDate) -> Result<(), Refusal> {
    if given.planned.is_none() {
        return Err(Refusal::CourseUnknown(course));
    }
    if let Some(cancelled_on) = given.cancelled_on.filter(|cancelled_on| *cancelled_on <= on) {
        return Err(Refusal::CourseCancelled { cancelled_on });
    }
    if taken.tests.iter().any(|(taken_on, _)| *taken_on == on) { Err(Refusal::TestAlreadyTaken(on)) } else { Ok(()) }
}

/// A certificate follows a completion, or attendance at a session that was held; the session's own day decides.
fn may_be_certified(taken: &Participation, given: &course::State, on: NaiveDate) -> Result<(), Refusal> {
    let attended = taken.attended.keys().filter_map(|session| given.sessions.get(session)).map(|session| session.on);
    let first_on = taken.completed.iter().copied().chain(attended).min().ok_or(Refusal::NothingToCertify)?;
    if on < first_on {
        return Err(Refusal::BeforeCompletion { on, first_on });
    }
    // One certificate for each time that the course was taken.
    match taken.certified.last() {
        Some(certified_on) if taken.certified.len() >= taken.completed.len().max(1) => {
            Err(Refusal::AlreadyCertified { certified_on: *certified_on })
        }
        _ => Ok(()),
    }
}

/// The session, if it was held that day and nothing is recorded of the person there.
fn attendable(
    taken: &Participation,
    given: &course::State,
    course: CourseId,
    session: SessionId,
    on: NaiveDate,
) -> Result<course::Session, Refusal> {
    if given.planned.is_none() {
        return Err(Refusal::CourseUnknown(course));
    }
    let held = *given.sessions.get(&session).ok_or(Refusal::SessionUnknown(session))?;
    same_day(on, held.on)?;
    if taken.attended.contains_key(&session) || taken.missed.contains(&session) {
        return Err(Refusal::AttendanceAlreadyRecorded);
    }
    Ok(held)
}

fn same_day(on: NaiveDate, held_on: NaiveDate) -> Result<(), Refusal> {
    if on == held_on { Ok(()) } else { Err(Refusal::OtherDay { on, held_on }) }
}

#[cfg(test)]
mod tests;
