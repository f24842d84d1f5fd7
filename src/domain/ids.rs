//! One newtype per identifier, so that no id can stand where another belongs.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{Builder, Uuid};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A recorded event; the idempotency key of the command is the id of its first event.
    EventId,
    /// A participant: the person whose pathway this is.
    PersonId,
    /// One grant of social aid (RIS, ERIS, RSA …), from the request to its end.
    GrantId,
    /// One ISP pathway of a person with an organisation.
    PathwayId,
    /// One request to orient a person.
    OrientationId,
    /// One integration project (PIIS / GPMI).
    PiisId,
    /// One sanction (suspension of payment), from the formal notice or the hearing offer on.
    SanctionId,
    /// One application for a post or a measure.
    ApplicationId,
    /// One contract or placement under a measure.
    EngagementId,
    /// One absence within an engagement.
    AbsenceId,
    /// One job found after an engagement.
    HireId,
    /// One work penalty (peine de travail / werkstraf).
    PenaltyId,
    /// What courts ordered of one person. Only the key of the person's judicial data leads from the person to it.
    JudicialFileId,
    /// The keyed hash of a national number, under a key of the house.
    AliasId,
    /// What was imported together.
    BatchId,
    /// One job that can be filled.
    PostId,
    /// One agreement between organisations.
    AgreementId,
    /// One training course, or one activity such as a Job Day.
    CourseId,
    /// One session of a course.
    SessionId,
    /// One obstacle on the way to work.
    BarrierId,
    /// One socio-professional assessment, with all its versions.
    AssessmentId,
    /// One appointment.
    AppointmentId,
    /// One interview that the person asked for.
    InterviewId,
    /// One action that somebody is to take.
    ActionId,
    /// Whoever reads: the ledger of what they read. Follows from the user id.
    ReaderId,
}

/// The namespace of readers' ids (UUID v5). Stored in every entry of the ledger: fixed for ever.
const READERS: Uuid = Uuid::from_u128(0x6b1c_5f0e_93a4_4d0b_8f62_7c1e_0d5a_2b90);

impl ReaderId {
    /// The reader behind a user id.
    #[must_use]
    pub fn of(user: &str) -> Self {
        Self(Uuid::new_v5(&READERS, user.as_bytes()))
    }
}

/// The id that begins with these bytes, which a vault derived: a UUID of version 8, as no other id of this program is.
#[must_use]
pub const fn derived_id(bytes: [u8; 16]) -> Uuid {
    Builder::from_custom_bytes(bytes).into_uuid()
}

impl JudicialFileId {
    /// What stands for a file in events of version 1, which were recorded in the person's own history.
    #[must_use]
    pub const fn of_version_1(person: PersonId) -> Self {
        Self(person.0)
    }

    /// The person in whose own history it stands, if it is of version 1.
    #[must_use]
    pub fn person_of_version_1(self) -> Option<PersonId> {
        (self.0.get_version_num() != 8).then_some(PersonId(self.0))
    }
}

/// An organisation (CPAS/OCMW, CCAS, host, employer), by a short readable name such as `cpas-molenbeek`.
///
/// One to 64 small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OrganisationId(String);

/// Longest name of an organisation or user, in characters: they stand in every record.
pub const NAME_CHARS_MAX: usize = 64;

/// The text is not an organisation's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an organisation id: use 1 to 64 small letters, digits and hyphens, such as cpas-molenbeek")]
pub struct NotAnOrganisation(String);

impl OrganisationId {
    /// Reads an organisation's short name.
    ///
    /// # Errors
    /// [`NotAnOrganisation`] if it is empty, too long or holds another character.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAnOrganisation> {
        let text = text.into();
        if is_short_name(&text) {
            Ok(Self(text))
        } else {
            Err(NotAnOrganisation(text.chars().take(NAME_CHARS_MAX).collect()))
        }
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of its stream: the same name always gives the same one.
    #[must_use]
    pub fn stream_id(&self) -> Uuid {
        Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("trajet:organisation:{}", self.0).as_bytes())
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for OrganisationId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An operation of the European Social Fund (ESF+, FSE+), by a short readable name such as `fse-activation-2023`.
///
/// One to 64 small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OperationId(String);

/// The text is not the name of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an operation: use 1 to 64 small letters, digits and hyphens, such as fse-activation-2023")]
pub struct NotAnOperation;

impl OperationId {
    /// Reads an operation's short name.
    ///
    /// # Errors
    /// [`NotAnOperation`] if it is empty, too long or holds another character.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAnOperation> {
        let text = text.into();
        if is_short_name(&text) { Ok(Self(text)) } else { Err(NotAnOperation) }
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for OperationId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn is_short_name(text: &str) -> bool {
    let of_a_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=NAME_CHARS_MAX).contains(&text.len()) && text.bytes().all(of_a_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_named_in_small_letters_digits_and_hyphens() {
        assert!(OrganisationId::new("cpas-molenbeek").is_ok());
        assert!(OrganisationId::new("").is_err());
        assert!(OrganisationId::new("CPAS Molenbeek").is_err());
        assert!(OrganisationId::new("x".repeat(64)).is_ok());
        assert!(OrganisationId::new("x".repeat(65)).is_err());
    }
}
