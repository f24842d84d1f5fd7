//! The ISP pathway (parcours ISP / SPI-traject): who follows it, and in which cell the file is.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::codes::Cell;
use domain::pathway::{CellMotive, MemberRole, Origin, Outcome, Readiness, SuspensionMotive};

mutations! {
    /// The commands of the pathway.
    PathwayMutations;

    /// Opens a pathway with an organisation, one at a time. Parcours ouvert / traject gestart.
    openPathway(OpenPathwayInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway; chosen by the server if left out.
        pathway: Option<ID>,
        /// First day.
        on: Date,
        /// With which organisation.
        organisation: ID,
        /// How it began.
        origin: Code<Origin>,
        /// First day out of it, for a pathway that is over when it is recorded; with `outcome`.
        closed_on: Option<Date>,
        /// How it ended, if it did; with `closedOn`.
        outcome: Option<Code<Outcome>>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets a worker join the follow-up. Référent désigné / toegewezen.
    assignMember(AssignMemberInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day.
        on: Date,
        /// The worker, as a user id: 1 to 64 letters, digits and `. _ - @`; never a name in full.
        user: String,
        /// What they do.
        role: Code<MemberRole>,
        /// True for the one who answers for the pathway.
        #[graphql(default)]
        referent: bool,
    }

    /// Lets a worker leave the follow-up. Fin de suivi / einde opvolging.
    releaseMember(ReleaseMemberInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day without them.
        on: Date,
        /// The worker, as a user id.
        user: String,
    }

    /// Moves the file into a cell, out of the one in which it is. Entrée en cellule / instap in de cel.
    enterCell(EnterCellInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day in the cell.
        on: Date,
        /// The cell.
        cell: Code<Cell>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Moves the file out of its cell into none. Sortie de cellule / uitstap uit de cel.
    leaveCell(LeaveCellInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day out of the cell.
        on: Date,
        /// The cell.
        cell: Code<Cell>,
        /// Why.
        motive: Code<CellMotive>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Judges how near the person is to employment. Prêt pour l'emploi / arbeidsklaar.
    judgeReadiness(JudgeReadinessInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// Day of the judgement.
        on: Date,
        /// The judgement.
        level: Code<Readiness>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Suspends the pathway: the file stays open. Suspension / schorsing.
    suspendPathway(SuspendPathwayInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day of the suspension.
        on: Date,
        /// Last day of the suspension, inclusive, if it is known.
        until: Option<Date>,
        /// Why; health data, sealed.
        #[graphql(secret)]
        motive: Code<SuspensionMotive>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets a suspended pathway go on. Reprise / hervatting.
    resumePathway(ResumePathwayInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day on which it goes on.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Closes the pathway. Clôture / afsluiting.
    closePathway(ClosePathwayInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day out of it.
        on: Date,
        /// How it ended.
        outcome: Code<Outcome>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets a closed pathway go on. Reprise / heropening.
    reopenPathway(ReopenPathwayInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// The pathway.
        pathway: ID,
        /// First day in it again.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
