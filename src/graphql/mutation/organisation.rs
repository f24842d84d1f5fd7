//! The organisations by the names that people know.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::organisation::OrganisationKind;

mutations! {
    /// The commands of organisations.
    OrganisationMutations;

    /// Makes an organisation known under a name. Partenaire enregistré / partner geregistreerd.
    registerOrganisation(RegisterOrganisationInput) -> OrganisationPayload {
        /// Its short name for machines, such as `cpas-molenbeek`: 1 to 64 small letters, digits and hyphens.
        organisation: ID,
        /// First day under this name.
        on: Date,
        /// The name that people know: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        name: String,
        /// Its kind. Some kinds are judicial or health data by themselves.
        kind: Code<OrganisationKind>,
    }

    /// Gives an organisation another name. Partenaire renommé / partner hernoemd.
    renameOrganisation(RenameOrganisationInput) -> OrganisationPayload {
        /// The organisation.
        organisation: ID,
        /// First day under this name.
        on: Date,
        /// The name that people know: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        name: String,
    }
}
