//! What was seen and acquired at work: evaluations, incidents, skills validated, titles awarded.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::appraisal::EvaluationResult;

mutations! {
    /// The commands of what was seen and acquired at work.
    AppraisalMutations;

    /// Records an evaluation of the work, in an engagement or after it. Évaluation / evaluatie.
    recordEvaluation(RecordEvaluationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the evaluation.
        on: Date,
        /// The result.
        result: Code<EvaluationResult>,
        /// The words; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that something went wrong; all of it is sealed. Incident / incident.
    recordIncident(RecordIncidentInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the incident.
        on: Date,
        /// What happened; sealed.
        #[graphql(secret)]
        note: String,
    }

    /// Records the validation of a skill. Validation de compétences / erkenning van competenties.
    validateSkill(ValidateSkillInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement in which it was acquired, if in one.
        engagement: Option<ID>,
        /// Day of the validation.
        on: Date,
        /// The competence: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        competence: String,
        /// Who validated it, likewise.
        body: String,
    }

    /// Records the award of a title. Titre / titel.
    awardTitle(AwardTitleInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The engagement in which it was acquired, if in one.
        engagement: Option<ID>,
        /// Day of the award.
        on: Date,
        /// What the title is for: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        competence: String,
        /// Who awarded it, likewise.
        body: String,
    }
}
