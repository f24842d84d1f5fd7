//! Where a person stands at an entry, and operations of the European Social Fund (Regulation (EU) 2021/1057, annex I).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::operation::ExitSituation;
use domain::situation::{Declared, EmploymentStatus, Household, Housing, IscedLevel, NationalityGroup};

mutations! {
    /// The commands of situations at entry and of operations.
    OperationMutations;

    /// Records where the person stands at an entry. Situation à l'entrée / situatie bij instap.
    recordEntrySituation(RecordEntrySituationInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// For which pathway, if for one.
        pathway: Option<ID>,
        /// For which operation, if for one: 1 to 64 small letters, digits and hyphens.
        operation: Option<String>,
        /// The day on which it was so.
        on: Date,
        /// Situation on the labour market; sealed.
        #[graphql(secret)]
        employment_status: Code<EmploymentStatus>,
        /// First day without work, for an unemployed person only; sealed.
        #[graphql(secret)]
        unemployed_since: Option<Date>,
        /// Highest level of education attained.
        isced: Option<Code<IscedLevel>>,
        /// With whom the person lives; sealed.
        #[graphql(secret)]
        household: Option<Code<Household>>,
        /// How the person is housed; sealed.
        #[graphql(secret)]
        housing: Option<Code<Housing>>,
        /// Whether the person has a disability; health data, sealed.
        #[graphql(secret)]
        disability: Option<Code<Declared>>,
        /// Whether the person has a foreign background; sealed.
        #[graphql(secret)]
        foreign_background: Option<Code<Declared>>,
        /// The group of the person's nationality; sealed.
        #[graphql(secret)]
        nationality_group: Option<Code<NationalityGroup>>,
        /// True if the person lives in a rural area.
        rural: Option<bool>,
    }

    /// Lets a person enter an operation; the situation recorded last is frozen for it. Entrée dans l'opération / instap in
    /// de operatie.
    enterOperation(EnterOperationInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The operation: 1 to 64 small letters, digits and hyphens.
        operation: String,
        /// First day in it.
        on: Date,
        /// Which organisation carries it.
        organisation: ID,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Lets a person leave an operation. Sortie de l'opération / uitstap uit de operatie.
    leaveOperation(LeaveOperationInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The operation.
        operation: String,
        /// First day out of it.
        on: Date,
        /// Where the person stands within four weeks after leaving; sealed.
        #[graphql(secret)]
        exit_situation: Code<ExitSituation>,
        /// True if a qualification was gained.
        #[graphql(default)]
        qualified: bool,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
