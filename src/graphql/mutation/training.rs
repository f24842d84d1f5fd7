//! Training and activities of one person.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::ID;
use domain::training::TestResult;

mutations! {
    /// The commands of a person's training.
    TrainingMutations;

    /// Enrols a person in a course. Inscrit / ingeschreven.
    enrolParticipant(EnrolParticipantInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// In which course.
        course: ID,
        /// Day of the enrolment.
        on: Date,
    }

    /// Records that the person attended a session; enrolment is not required. Présent / aanwezig.
    recordAttendance(RecordAttendanceInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Which course.
        course: ID,
        /// Which session.
        session: ID,
        /// The day of the session.
        on: Date,
        /// Hours attended, more than none and at most those of the session.
        hours: Decimal,
    }

    /// Records that the person missed a session. Absent / afwezig.
    recordMissedSession(RecordMissedSessionInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Which course.
        course: ID,
        /// Which session.
        session: ID,
        /// The day of the session.
        on: Date,
    }

    /// Records that the person completed the course. Formation achevée / opleiding voltooid.
    completeTraining(CompleteTrainingInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Which course.
        course: ID,
        /// Day of the completion.
        on: Date,
    }

    /// Awards a certificate. Attestation délivrée / attest uitgereikt.
    awardCertificate(AwardCertificateInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// For which course.
        course: ID,
        /// Day of the award.
        on: Date,
    }

    /// Records that the person took part in an activity such as a Job Day. Participation / deelname.
    attendActivity(AttendActivityInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Which activity.
        activity: ID,
        /// The day of the activity.
        on: Date,
    }

    /// Records that the person took the admission test of a course. Test d'admission / toelatingsproef.
    recordAdmissionTest(RecordAdmissionTestInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Of which course.
        course: ID,
        /// Day of the test.
        on: Date,
        /// The result.
        result: Code<TestResult>,
    }
}
