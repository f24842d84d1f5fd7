//! The post (poste / functie, arbeidsplaats): a job that can be filled.

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::codes::Measure;

mutations! {
    /// The commands of a post.
    PostMutations;

    /// Opens a post. Poste ouvert / post geopend.
    openPost(OpenPostInput) -> PostPayload {
        /// The post; chosen by the server if left out.
        post: Option<ID>,
        /// First day on offer.
        on: Date,
        /// Of which organisation.
        organisation: ID,
        /// Under which measure.
        measure: Code<Measure>,
        /// The function, in the house's words: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        function: String,
        /// The site, likewise.
        site: Option<String>,
        /// True for a post in social economy.
        #[graphql(default)]
        social_economy: bool,
    }

    /// Says what the post is like from a day on: all of it, what is left out is empty. Poste modifié / post gewijzigd.
    reconfigurePost(ReconfigurePostInput) -> PostPayload {
        /// The post.
        post: ID,
        /// First day of the new profile.
        on: Date,
        /// The function, in the house's words: 1 to 60 letters, digits, spaces and `- ' . & / ( )`.
        function: String,
        /// The site, likewise.
        site: Option<String>,
        /// True for a post in social economy.
        #[graphql(default)]
        social_economy: bool,
    }

    /// Takes the post off the offer for a time. Poste gelé / post bevroren.
    freezePost(FreezePostInput) -> PostPayload {
        /// The post.
        post: ID,
        /// First frozen day.
        on: Date,
        /// Last frozen day, inclusive; none if not known yet.
        until: Option<Date>,
    }

    /// Lifts a freeze, with or without a last day: the post is on offer again. Poste dégelé / post ontdooid.
    unfreezePost(UnfreezePostInput) -> PostPayload {
        /// The post.
        post: ID,
        /// First day on offer again.
        on: Date,
    }

    /// Closes the post. Poste fermé / post gesloten.
    closePost(ClosePostInput) -> PostPayload {
        /// The post.
        post: ID,
        /// First day without it.
        on: Date,
    }
}
