//! Personal parts on their way into a record and out of it again.

use domain::command::Source;
use domain::ids::{EventId, JudicialFileId, PersonId, derived_id};
use domain::penalty;
use domain::personal::{FieldClass, Personal};
use serde_json::{Map, Value};
use store::vault::{Derived, Vault, VaultError};
use store::{Class, Sealed, Subject};
use uuid::Uuid;

/// Why a personal part could not be sealed or opened. Holds no personal value.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// What was opened is not a personal part of this program.
    #[error("the personal part of event {event} cannot be read: {what}")]
    Unreadable {
        /// The event.
        event: EventId,
        /// What is wrong with it.
        what: String,
    },
}

/// What a personal part is for who reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// The fields that could be opened.
    pub personal: Personal,
    /// The classes whose key was destroyed.
    pub erased: Vec<FieldClass>,
}

/// The class under whose number a vault keeps the keys of personal fields.
#[must_use]
pub const fn class(of: FieldClass) -> Class {
    Class(of.number())
}

/// Seals each class of a personal part under the subject's own key. Call `Vault::sync` before it is recorded.
///
/// # Errors
/// [`VaultError::Shredded`] if the subject was erased; see [`Vault::seal`].
pub fn seal(vault: &Vault, subject: Subject, event: EventId, personal: &Personal) -> Result<Vec<Sealed>, SealingError> {
    let mut sealed = Vec::new();
    for (of, part) in personal.by_class() {
        let plain = rmp_serde::to_vec_named(&part)
            .map_err(|error| SealingError::Unreadable { event, what: error.to_string() })?;
        sealed.push(vault.seal(subject, class(of), event.0, &plain)?);
    }
    Ok(sealed)
}

/// The id that a command derives from a secret; `None` if its input names nobody, or if there is no key to ask.
///
/// A key that is made is durable when this returns.
///
/// # Errors
/// [`VaultError::Shredded`] if the command begins something for a person who was erased; otherwise what the vault says.
pub fn derive(vault: &Vault, source: &Source, input: &Map<String, Value>) -> Result<Option<Uuid>, SealingError> {
    let Source::Person { field, class: of, label, begins } = source;
    // An input that names nobody is refused when it is read, in better words than any here.
    let named = input.get(*field).and_then(Value::as_str).and_then(|text| text.parse().ok());
    let Some(person) = named else { return Ok(None) };
    let bytes = if *begins {
        Some(vault.derive(person, class(*of), label.as_bytes())?)
    } else {
        vault.derive_existing(person, class(*of), label.as_bytes())?
    };
    Ok(bytes.map(|bytes| id_of(&bytes)))
}

/// The judicial file of a person; `None` if there is none, or if nothing leads to it any more.
///
/// # Errors
/// What the vault says if the key cannot be read.
pub fn judicial_file(vault: &Vault, person: PersonId) -> Result<Option<JudicialFileId>, SealingError> {
    let bytes = vault.derive_existing(person.0, class(FieldClass::Judicial), penalty::FILE_LABEL.as_bytes())?;
    Ok(bytes.map(|bytes| JudicialFileId(id_of(&bytes))))
}

/// The id that begins with what a vault derived.
fn id_of(bytes: &Derived) -> Uuid {
    let mut first = [0; 16];
    first.copy_from_slice(&bytes[..16]);
    derived_id(first)
}

/// Opens a personal part, class by class; what was erased is told, not an error.
///
/// # Errors
/// [`VaultError::Tampered`] if the bytes are not what was sealed, and the other errors of [`Vault::open_sealed`].
pub fn open(vault: &Vault, event: EventId, sealed: &[Sealed]) -> Result<Opened, SealingError> {
    let mut opened = Opened::default();
    for part in sealed {
        match vault.open_sealed(part, event.0)? {
            Some(plain) => {
                let part: Personal = rmp_serde::from_slice(&plain)
                    .map_err(|error| SealingError::Unreadable { event, what: error.to_string() })?;
                opened.personal.extend(part);
            }
            None => opened.erased.extend(FieldClass::of_number(part.class.0)),
        }
    }
    Ok(opened)
}
