//! The agreement between organisations (convention / overeenkomst), such as that of a CPAS with a host.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::codes::Measure;

mutations! {
    /// The commands of an agreement.
    AgreementMutations;

    /// Signs an agreement. Convention signée / overeenkomst ondertekend.
    signAgreement(SignAgreementInput) -> AgreementPayload {
        /// The agreement; chosen by the server if left out.
        agreement: Option<ID>,
        /// Day of the signature.
        on: Date,
        /// The organisation that keeps it, such as the host.
        organisation: ID,
        /// The other party, such as the CPAS.
        partner: ID,
        /// Under which measure.
        measure: Code<Measure>,
        /// First day in force.
        from: Date,
        /// Last day in force, inclusive; none for an indefinite term.
        until: Option<Date>,
        /// Most engagements that may run under it at a time; none for no limit.
        quota: Option<u32>,
    }

    /// Changes the quota; below what runs already, nobody new comes until it fits. Avenant / wijziging.
    amendAgreement(AmendAgreementInput) -> AgreementPayload {
        /// The agreement.
        agreement: ID,
        /// First day of the new quota.
        on: Date,
        /// Most engagements that may run under it at a time; none for no limit.
        quota: Option<u32>,
    }

    /// Lets the agreement go on; a renewal is not a signature. Reconduction / verlenging.
    renewAgreement(RenewAgreementInput) -> AgreementPayload {
        /// The agreement.
        agreement: ID,
        /// Day on which it was agreed.
        on: Date,
        /// New last day in force, inclusive; none for an indefinite term.
        until: Option<Date>,
    }

    /// Ends the agreement at its term or before; what runs under it goes on to its own end. Fin / einde.
    endAgreement(EndAgreementInput) -> AgreementPayload {
        /// The agreement.
        agreement: ID,
        /// Last day in force, inclusive.
        on: Date,
    }
}
