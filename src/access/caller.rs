//! Who asks, as the way in has established it. Nothing in a document or an input can set it.

use crate::commands::Origin;
use domain::access::{CallerRole, Purpose};
use domain::codes::CodeList;
use domain::ids::NAME_CHARS_MAX;
use store::Actor;

/// Whoever sends a request, runs a command, or follows the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The user, as an opaque id; never a name.
    pub user: String,
    /// What they are to the house.
    pub role: CallerRole,
    /// The organisation for which they act, by its short name.
    pub organisation: String,
    /// Why they read, as far as they said.
    pub purpose: Option<Purpose>,
}

/// Reads a user's opaque id: it stands in the plain part of records, so nothing like a name fits in.
///
/// # Errors
/// What an id is made of.
pub fn user(text: &str) -> Result<String, String> {
    let fits = (1..=NAME_CHARS_MAX).contains(&text.len());
    if fits && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte)) {
        Ok(text.to_owned())
    } else {
        Err("not a user id: use 1 to 64 letters, digits and . _ - @".to_owned())
    }
}

impl Caller {
    /// Whoever sits at this machine, as long as the house asks nobody who they are.
    ///
    /// It stands in every record made this way, so that they can be told from those of a time with sign-in.
    #[must_use]
    pub fn local() -> Self {
        Self { user: "local".into(), role: CallerRole::Local, organisation: "local".into(), purpose: None }
    }

    /// As the envelope of a record names them: the role in small letters, as it always stood there.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            user: self.user.clone(),
            role: self.role.code().to_ascii_lowercase(),
            organisation: self.organisation.clone(),
        }
    }

    /// Where a command of theirs comes from, by a way such as `api` or `cli`.
    #[must_use]
    pub fn origin(&self, way: &str) -> Origin {
        Origin {
            actor: self.actor(),
            on_behalf_of: None,
            source: way.into(),
            batch: None,
            causation: None,
            correlation: None,
        }
    }
}
