//! The engagement: a contract or a placement under a measure, such as article 60§7 of the organic law of 8 July 1976.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::ID;
use domain::codes::{ContractKind, Measure};
use domain::contract::{AbsenceReason, EndCause};

mutations! {
    /// The commands of an engagement.
    EngagementMutations;

    /// Signs a contract or a placement: its post must be free and its agreement have room. Contrat signé / getekend.
    signEngagement(SignEngagementInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The engagement; chosen by the server if left out.
        engagement: Option<ID>,
        /// Day of the signature.
        on: Date,
        /// The measure.
        measure: Code<Measure>,
        /// The organisation where the person works.
        organisation: ID,
        /// The employer of record: the CPAS for article 60§7, the third party for article 61.
        employer: ID,
        /// First planned day.
        planned_from: Date,
        /// Last planned day, inclusive; none for an indefinite term.
        planned_until: Option<Date>,
        /// Contract hours a week, such as "38".
        weekly_hours: Option<Decimal>,
        /// The kind of contract.
        kind: Code<ContractKind>,
        /// The post that it fills.
        post: Option<ID>,
        /// The agreement under which it runs.
        agreement: Option<ID>,
    }

    /// Says that the person began to work; from then on the post is filled. Début effectif / effectieve start.
    startEngagement(StartEngagementInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day worked.
        on: Date,
    }

    /// Signs the plan of skills to acquire. Plan d'acquisition des compétences / competentieverwervingsplan.
    signSkillsPlan(SignSkillsPlanInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the signature.
        on: Date,
    }

    /// Moves the planned end to a later day. Prolongation / verlenging.
    extendEngagement(ExtendEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day on which it was agreed.
        on: Date,
        /// New last planned day, inclusive.
        planned_until: Date,
    }

    /// Goes on at another post, under the same agreement. Changement de poste / andere werkplek.
    changeWorkplace(ChangeWorkplaceInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day at the new post.
        on: Date,
        /// The new post.
        post: ID,
    }

    /// Says how many hours are to be worked in a period. Heures prévues / geplande uren.
    scheduleHours(ScheduleHoursInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day of the period.
        on: Date,
        /// Last day of the period, inclusive.
        until: Date,
        /// Hours in it, without holidays and annual leave.
        hours: Decimal,
    }

    /// Records an absence; no two overlap. Absence / afwezigheid.
    recordAbsence(RecordAbsenceInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// The absence; chosen by the server if left out.
        absence: Option<ID>,
        /// First day of it.
        on: Date,
        /// Last day of it, inclusive.
        until: Date,
        /// Hours missed.
        hours: Decimal,
        /// Why. Sickness is health data.
        reason: Code<AbsenceReason>,
    }

    /// Ends an engagement; the post is free from the next day on. Fin de contrat / einde.
    endEngagement(EndEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Last day worked, inclusive.
        on: Date,
        /// Why.
        cause: Code<EndCause>,
    }

    /// Cancels an engagement before its start: a false start. Annulé avant début / geannuleerd voor de start.
    cancelEngagement(CancelEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the cancellation.
        on: Date,
        /// Why.
        cause: Code<EndCause>,
    }
}
