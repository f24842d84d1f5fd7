//! The engagement: a contract or a placement under a measure, such as article 60§7 of the organic law of 8 July 1976.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::ID;
use domain::codes::{ContractKind, Measure};
use domain::contract::{AbsenceReason, EndCause, EngagementSuspensionMotive, ReplanReason};

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
        /// Age in years on the first planned day, for the rules of the measure (18 to 25 for Service Citoyen); not kept.
        age_at_start: Option<u32>,
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

    /// Changes the terms from a day on; who becomes full-time must be free for it. Avenant / wijziging.
    amendEngagement(AmendEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day of the change.
        on: Date,
        /// New contract hours a week, such as "19", if they change.
        weekly_hours: Option<Decimal>,
        /// The new kind of contract, if it changes.
        kind: Option<Code<ContractKind>>,
    }

    /// Moves the planned end to a later or an earlier day, with a reason. Replanification / herplanning.
    replanEngagement(ReplanEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day on which it was agreed.
        on: Date,
        /// New last planned day, inclusive.
        planned_until: Date,
        /// Why.
        reason: Code<ReplanReason>,
    }

    /// Suspends the engagement; its post stays taken. Suspension / schorsing.
    suspendEngagement(SuspendEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day of the suspension.
        on: Date,
        /// Why; health data, sealed.
        #[graphql(secret)]
        motive: Code<EngagementSuspensionMotive>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Says that a suspended engagement goes on. Reprise / hervatting.
    resumeEngagement(ResumeEngagementInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day worked again.
        on: Date,
    }

    /// Records the hours worked in a period; no day is told twice. Heures prestées / gepresteerde uren.
    recordHoursWorked(RecordHoursWorkedInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// First day of the period.
        on: Date,
        /// Last day of the period, inclusive, today at the latest.
        until: Date,
        /// Hours in it.
        hours: Decimal,
    }

    /// Proposes what an article 60 worker would have to prove for unemployment benefit, by the rule of the day of the
    /// application (royal decree of 25 November 1991, article 30; programme law of 18 July 2025): a proposal, never a
    /// right. Jours à prouver / te bewijzen dagen.
    proposeBenefitDays(ProposeBenefitDaysInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the proposal.
        on: Date,
        /// Day of the application for benefit; the day after the last (planned) day if left out.
        application_on: Option<Date>,
        /// Age in years on that day, needed until 28 February 2026; only its band is kept.
        age: Option<u32>,
    }

    /// Confirms what is to be proved, as proposed unless it says otherwise. Confirmation / bevestiging.
    confirmBenefitDays(ConfirmBenefitDaysInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The engagement.
        engagement: ID,
        /// Day of the confirmation.
        on: Date,
        /// Days of work to prove; as proposed if left out.
        required_days: Option<u32>,
        /// Months in which they must lie; as proposed if left out.
        reference_months: Option<u32>,
        /// Why it differs; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
