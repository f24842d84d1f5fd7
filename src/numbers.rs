//! National numbers: whether this house keeps any, and who holds one.
//!
//! Using the number of the National Register needs a legal basis (law of 8 August 1983, article 8): a CPAS has one, an
//! association usually needs its own. So it is off until whoever runs the program names the basis.

use crate::queries::{QueryError, aside};
use crate::{Engine, sealing};
use domain::codes::CodeList;
use domain::decision::Refusal;
use domain::history::Cut;
use domain::identifier::{self, IdentifierKind};
use domain::ids::PersonId;
use domain::personal::FieldClass;
use projections::translate;
use serde_json::json;

/// Longest legal basis, in characters: it stands in each record of a number.
pub const BASIS_CHARS_MAX: usize = 200;

/// Reads the legal basis on which a house keeps national numbers.
///
/// # Errors
/// What is wrong with the text.
pub fn basis(text: &str) -> Result<String, String> {
    let length = text.trim().chars().count();
    match length {
        0 => Err("name the legal basis, such as \"law of 8 August 1983, article 5\"".to_owned()),
        1..=BASIS_CHARS_MAX => Ok(text.trim().to_owned()),
        _ => Err(format!("the legal basis has {length} characters, at most {BASIS_CHARS_MAX} are kept")),
    }
}

impl Engine {
    /// Refuses to keep or look for a national number if the house has named no legal basis.
    ///
    /// # Errors
    /// `NATIONAL_NUMBERS_OFF`.
    pub fn keeps_numbers(&self) -> Result<(), Refusal> {
        if self.national_numbers.is_some() {
            return Ok(());
        }
        Err(Refusal {
            rule: "NATIONAL_NUMBERS_OFF",
            field: None,
            message: "this house keeps no national numbers; start trajet with --national-numbers and the legal basis"
                .to_owned(),
        })
    }

    /// Who holds a national number, looked for by its keyed hash only.
    ///
    /// # Errors
    /// [`NumberError::Off`] with `NATIONAL_NUMBERS_OFF`; otherwise what the vault or the log says.
    pub async fn holder_of(&self, kind: IdentifierKind, number: &str) -> Result<Option<PersonId>, NumberError> {
        self.keeps_numbers()?;
        let input = json!({"kind": kind.code(), "value": number});
        let hashed = input.as_object().and_then(identifier::hashed).unwrap_or_default();
        let (store, vault) = (self.store.clone(), self.vault.clone());
        let found = aside(move || {
            let Some(alias) = sealing::alias(&vault, &hashed)? else { return Ok(None) };
            let (history, _) = translate::read_history(store.as_ref(), alias.into(), Cut::default())?;
            // Of somebody who was erased nothing may lead from the number to the file any more.
            let class = sealing::class(FieldClass::Identifying);
            Ok(identifier::State::of(&history).holder().filter(|person| !vault.is_shredded(person.0, class)))
        });
        Ok(found.await?)
    }
}

/// Why a number was not looked for.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// The house keeps none.
    #[error(transparent)]
    Off(#[from] Refusal),
    /// The vault or the log failed.
    #[error(transparent)]
    Query(#[from] QueryError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_is_named_and_short() {
        assert_eq!(basis(" law of 8 August 1983 ").as_deref(), Ok("law of 8 August 1983"));
        assert!(basis("  ").is_err());
        assert!(basis(&"x".repeat(BASIS_CHARS_MAX)).is_ok());
        assert!(basis(&"x".repeat(BASIS_CHARS_MAX + 1)).is_err());
    }
}
