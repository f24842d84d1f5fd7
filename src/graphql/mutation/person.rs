//! Who the participant is: what is given here is sealed under that person's own keys.

use super::declare::mutations;
use crate::graphql::scalars::Date;
use async_graphql::ID;

mutations! {
    /// The commands of a participant's identity.
    PersonMutations;

    /// Registers a participant; their file begins. Inscription / registratie.
    registerParticipant(RegisterParticipantInput) -> ParticipantPayload {
        /// The participant; chosen by the server if left out.
        participant: Option<ID>,
        /// Day of the registration.
        on: Date,
        /// By which organisation.
        organisation: ID,
        /// Family name; sealed.
        #[graphql(secret)]
        family_name: String,
        /// Given names; sealed.
        #[graphql(secret)]
        given_name: String,
        /// Date of birth, not after today; sealed.
        #[graphql(secret)]
        birth_date: Option<Date>,
        /// Gender as the person gives it; sealed.
        #[graphql(secret)]
        gender: Option<String>,
        /// Language of contact; sealed.
        #[graphql(secret)]
        language: Option<String>,
    }

    /// Rectifies the identity (GDPR article 16); what is left out stays. Rectification / verbetering.
    correctIdentity(CorrectIdentityInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// Day of the rectification.
        on: Date,
        /// Family name; sealed.
        #[graphql(secret)]
        family_name: Option<String>,
        /// Given names; sealed.
        #[graphql(secret)]
        given_name: Option<String>,
        /// Date of birth, not after today; sealed.
        #[graphql(secret)]
        birth_date: Option<Date>,
        /// Gender as the person gives it; sealed.
        #[graphql(secret)]
        gender: Option<String>,
        /// Language of contact; sealed.
        #[graphql(secret)]
        language: Option<String>,
    }

    /// Says how to reach the person; what is left out stays, an empty text removes. Coordonnées / contactgegevens.
    changeContact(ChangeContactInput) -> ParticipantPayload {
        /// Whose.
        participant: ID,
        /// First day of the new contact.
        on: Date,
        /// Postal address; sealed.
        #[graphql(secret)]
        address: Option<String>,
        /// Telephone number; sealed.
        #[graphql(secret)]
        phone: Option<String>,
        /// E-mail address; sealed.
        #[graphql(secret)]
        email: Option<String>,
    }

    /// Records a death: it ends every expectation and counts neither for nor against an outcome. Décès / overlijden.
    recordDeath(RecordDeathInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// Day of death, itself still lived; not after today.
        on: Date,
    }
}
