//! Two files of one person: read as one, and taken apart again.

use super::declare::mutations;
use crate::graphql::scalars::Date;
use async_graphql::ID;

mutations! {
    /// The commands about two files of one person.
    MergeMutations;

    /// Lets two files be read as one, from now on and for all years. Fusion de dossiers / dossiers samenvoegen.
    ///
    /// Nothing moves: each record stays in the file in which it stands, and what is asked of the survivor tells both.
    mergeParticipants(MergeParticipantsInput) -> ParticipantPayload {
        /// Whose file goes on.
        survivor: ID,
        /// Whose file is read as part of it; it takes corrections and annulments from then on, and nothing else.
        absorbed: ID,
        /// Day on which it was found out, not after today; the merge counts from its recording on.
        on: Date,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        motive: Option<String>,
    }

    /// Takes two merged files apart again. Séparation de dossiers / dossiers splitsen.
    ///
    /// Each file tells what stands in it; what was recorded for the survivor meanwhile stays with the survivor.
    unmergeParticipants(UnmergeParticipantsInput) -> ParticipantPayload {
        /// Whose file absorbed the other, directly.
        survivor: ID,
        /// Whose file stands alone again.
        absorbed: ID,
        /// Day on which it was found out, not after today; it counts from its recording on.
        on: Date,
        /// Why, in the words of the case worker; sealed.
        #[graphql(secret)]
        motive: Option<String>,
    }
}
