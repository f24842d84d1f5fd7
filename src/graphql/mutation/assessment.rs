//! The socio-professional assessment (bilan socioprofessionnel / socioprofessionele balans).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::assessment::OccupationScheme;

mutations! {
    /// The commands of the assessment.
    AssessmentMutations;

    /// Begins an assessment, one at a time in a pathway. Bilan socioprofessionnel entamé / socioprofessionele balans
    /// gestart.
    startAssessment(StartAssessmentInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// In which pathway.
        pathway: ID,
        /// The assessment; chosen by the server if left out.
        assessment: Option<ID>,
        /// First day.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records the next version of an assessment; it is numbered, and never changes. Version du bilan / versie van de
    /// balans.
    versionAssessment(VersionAssessmentInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The assessment.
        assessment: ID,
        /// The day from which it stands, not before the version before it.
        on: Date,
        /// What the person is able to do, as the house calls it: at most 50 labels of 1 to 60 letters, digits, spaces and
        /// `- ' . & / ( )`.
        competences: Option<Vec<String>>,
        /// Where the document is kept: a label of the same shape.
        document: Option<String>,
        /// What the person wishes for; sealed.
        #[graphql(secret)]
        aspirations: Option<String>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Completes an assessment: no version follows. Bilan clôturé / balans afgerond.
    completeAssessment(CompleteAssessmentInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The assessment.
        assessment: ID,
        /// The day.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records the occupation aimed at, on the ground of an assessment. Projet professionnel déterminé / beroepsproject
    /// bepaald.
    determineProject(DetermineProjectInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// In which pathway.
        pathway: ID,
        /// The day.
        on: Date,
        /// The list of occupations.
        scheme: Code<OccupationScheme>,
        /// The code in it: a letter from A to N and four digits for ROME, one to four digits for ISCO.
        occupation: String,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
