//! Which rules and codes the house works by: published with the hash of what they say.

use super::declare::mutations;
use crate::graphql::scalars::Date;

mutations! {
    /// The commands of publications.
    PublicationMutations;

    /// Publishes a rule set as this server holds it; refused if it was published as it is. Jeu de règles publié / regelset
    /// gepubliceerd.
    publishRuleSet(PublishRuleSetInput) -> PublicationPayload {
        /// The day of the publication, not after today.
        on: Date,
        /// The set, such as be-2016-11-01 (`ruleSets`), or house- and the first day for the deadlines of the house.
        rule_set: String,
    }

    /// Publishes a list of codes as this server holds it; refused if it was published as it is.
    /// Liste de codes publiée / codelijst gepubliceerd.
    publishDictionary(PublishDictionaryInput) -> PublicationPayload {
        /// The day of the publication, not after today.
        on: Date,
        /// The list, by the name of its enum, such as Measure (`codes`).
        list: String,
    }
}
