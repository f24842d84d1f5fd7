//! The work penalty (peine de travail / werkstraf), Penal Code article 37quinquies. All of it is judicial data.

use super::declare::mutations;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::ID;

mutations! {
    /// The commands of a work penalty.
    PenaltyMutations;

    /// Entrusts a penalty to a host; to be performed within twelve months of the final judgment (Penal Code, article
    /// 37quinquies). Peine de travail confiée / werkstraf toevertrouwd.
    assignPenalty(AssignPenaltyInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The penalty; chosen by the server if left out.
        penalty: Option<ID>,
        /// Day on which it was entrusted.
        on: Date,
        /// The organisation where it is performed.
        organisation: ID,
        /// The service that sent the person.
        partner: Option<ID>,
        /// Hours ordered by the judge, 20 to 300.
        hours_ordered: Decimal,
        /// Day on which the judgment became final.
        final_on: Date,
        /// Reference of the mandate; sealed.
        #[graphql(secret)]
        mandate_reference: Option<String>,
    }

    /// Records hours performed, in all no more than ordered. Heures prestées / gepresteerde uren.
    performPenaltyHours(PerformPenaltyHoursInput) -> ParticipantPayload {
        /// By whom.
        participant: ID,
        /// The penalty.
        penalty: ID,
        /// Day on which they were performed.
        on: Date,
        /// How many, such as "7.6".
        hours: Decimal,
    }

    /// Records that the person was not there. Absence / afwezigheid.
    recordPenaltyAbsence(RecordPenaltyAbsenceInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The penalty.
        penalty: ID,
        /// The day; one absence a day.
        on: Date,
        /// Hours that were planned that day, such as "7.6", if they are known.
        hours: Option<Decimal>,
        /// True if a valid reason was given.
        justified: bool,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        motive: Option<String>,
    }

    /// Records that the probation commission gave more time (Penal Code, article 37quinquies). Délai prolongé / termijn
    /// verlengd.
    extendPenaltyDeadline(ExtendPenaltyDeadlineInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The penalty.
        penalty: ID,
        /// Day of the decision.
        on: Date,
        /// New last day to perform it, inclusive: later than the one that stands.
        until: Date,
    }

    /// Says that all hours are performed. Peine exécutée / werkstraf voltooid.
    completePenalty(CompletePenaltyInput) -> ParticipantPayload {
        /// By whom.
        participant: ID,
        /// The penalty.
        penalty: ID,
        /// Day of it.
        on: Date,
    }

    /// Stops the penalty before its end. Interrompue / onderbroken.
    interruptPenalty(InterruptPenaltyInput) -> ParticipantPayload {
        /// By whom.
        participant: ID,
        /// The penalty.
        penalty: ID,
        /// Day of it.
        on: Date,
    }
}
