//! Training and activities of one person: enrolled, attended, missed, completed.
//!
//! The records stand in the streams of the person and of the course or activity.

use crate::fact::{self, About, DayRank, Role};
use crate::hours::Hours;
use crate::ids::{CourseId, PersonId, SessionId};
use serde::{Deserialize, Serialize};

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
            | Self::ActivityAttended { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Enrolled { person, course }
            | Self::Attended { person, course, .. }
            | Self::Missed { person, course, .. }
            | Self::Completed { person, course }
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
            | Self::ActivityAttended { .. } => DayRank::Within,
        }
    }
}
