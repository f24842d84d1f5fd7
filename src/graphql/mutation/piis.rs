//! The individual integration project (PIIS / GPMI), law of 26 May 2002 articles 11 and 13.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::piis::{Party, PiisEnd, PiisKind, WaiverGround};

mutations! {
    /// The commands of the integration project.
    PiisMutations;

    /// Waives the PIIS of a grant, for equity or health (law of 26 May 2002, article 11 §2). Dispense / vrijstelling.
    waivePiis(WaivePiisInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// For which grant.
        grant: ID,
        /// First day of the waiver.
        on: Date,
        /// Last day of the waiver, inclusive, if it has one.
        until: Option<Date>,
        /// Why; health data, sealed.
        #[graphql(secret)]
        ground: Code<WaiverGround>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Hands the project over; five calendar days of reflection begin (law of 26 May 2002, article 11 and royal decree of
    /// 11 July 2002). Projet remis / project overhandigd.
    proposePiis(ProposePiisInput) -> ParticipantPayload {
        /// To whom.
        participant: ID,
        /// The project; chosen by the server if left out.
        piis: Option<ID>,
        /// The grant for which it is due, if any.
        grant: Option<ID>,
        /// Day on which it is handed over.
        on: Date,
        /// With which organisation.
        organisation: ID,
        /// The legal kind, since 1 November 2016.
        kind: Code<PiisKind>,
        /// The house's own name of it: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        label: Option<String>,
        /// Its objectives; sealed.
        #[graphql(secret)]
        objectives: Option<String>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that both parties signed: due within three months of the notification of the grant (law of 26 May 2002,
    /// article 11). Signed before the fifth day after it was handed over, it is recorded as it was, and its fact says
    /// `reflectionCut`. PIIS signé / GPMI ondertekend.
    signPiis(SignPiisInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The project handed over; a new one if left out.
        piis: Option<ID>,
        /// The grant for which it was due; as handed over if left out.
        grant: Option<ID>,
        /// Day of the signature.
        on: Date,
        /// Last day of the project, inclusive, if it has one.
        until: Option<Date>,
        /// Code of the subsidy at the SPP-IS (11, 17 …).
        subsidy_code: Option<u16>,
        /// Its objectives; sealed.
        #[graphql(secret)]
        objectives: Option<String>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records a look back at the goal: at least three a year, two of them in person. Évaluation / evaluatie.
    evaluatePiis(EvaluatePiisInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The project.
        piis: ID,
        /// Day of the evaluation.
        on: Date,
        /// True if the person was met in person.
        in_person: bool,
        /// Day for which the next one is planned.
        next_on: Option<Date>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records a change that both parties agreed on. Avenant / wijziging.
    amendPiis(AmendPiisInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// The project.
        piis: ID,
        /// First day of the change.
        on: Date,
        /// Who asked for it.
        requested_by: Code<Party>,
        /// New last day, inclusive, if it changes.
        until: Option<Date>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Ends the project. Fin / einde.
    endPiis(EndPiisInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The project.
        piis: ID,
        /// First day without it.
        on: Date,
        /// Why.
        reason: Code<PiisEnd>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets an ended project go on after a gap such as a short job; a job of less than three months needs no new
    /// assessment. Réactivation / heractivering.
    reactivatePiis(ReactivatePiisInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The project.
        piis: ID,
        /// First day with it again.
        on: Date,
        /// First day of the job that made the gap, if one did.
        job_from: Option<Date>,
        /// Last day of that job, inclusive.
        job_until: Option<Date>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
