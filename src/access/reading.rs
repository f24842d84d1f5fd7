//! What one request reads and is refused, noted where it is reached and remembered before the answer leaves.

use super::ledger::{LedgerError, Operation};
use domain::codes::CodeList;
use domain::fact::{Stream, StreamKind};
use domain::ids::PersonId;
use domain::personal::FieldClass;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Files that one request may read: a hundred pages of the longest kind, and some megabytes of entries.
pub const FILES_MAX: usize = 50_000;
/// Refusals that one request may run into; more would be the same one, again and again.
pub const REFUSALS_MAX: usize = 64;

/// That a file was seen, and the classes of personal fields opened in it: one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opened(u16);

impl Opened {
    /// Seen, and no class opened.
    pub const SEEN: Self = Self(1);

    /// Seen, with these classes opened.
    #[must_use]
    pub fn classes(classes: impl IntoIterator<Item = FieldClass>) -> Self {
        Self(classes.into_iter().fold(1, |bits, class| bits | 1 << class.number()))
    }

    /// What either holds.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What this holds and the other does not.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// True if not even seen.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// The classes opened.
    #[must_use]
    pub fn list(self) -> Vec<FieldClass> {
        FieldClass::all().iter().copied().filter(|class| self.0 & (1 << class.number()) != 0).collect()
    }
}

/// What was noted up to now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    /// Each file seen, with what was opened in it.
    pub files: BTreeMap<Stream, Opened>,
    /// Each refusal: the operation, its code, and the person if one was named.
    pub refused: Vec<(Operation, PersonIfNamed)>,
}

/// The person that a request named, if it did.
pub type PersonIfNamed = Option<PersonId>;

/// Collects what one request reads. Shared by everything that answers it.
#[derive(Debug, Default)]
pub struct Reading {
    noted: Mutex<Noted>,
    too_many: AtomicBool,
    follows: AtomicBool,
}

impl Reading {
    fn noted_now(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a file is shown, or anything of it; what is nobody's file is passed over.
    pub fn saw(&self, file: impl Into<Stream>) {
        self.note(file.into(), Opened::SEEN);
    }

    /// Notes that personal fields of a file are shown.
    pub fn opened(&self, file: impl Into<Stream>, classes: impl IntoIterator<Item = FieldClass>) {
        self.note(file.into(), Opened::classes(classes));
    }

    fn note(&self, file: Stream, opened: Opened) {
        if !matches!(file.kind, StreamKind::Person | StreamKind::Judicial) {
            return;
        }
        let mut noted = self.noted_now();
        if let Some(before) = noted.files.get_mut(&file) {
            *before = before.and(opened);
        } else if noted.files.len() < FILES_MAX {
            noted.files.insert(file, opened);
        } else {
            self.too_many.store(true, Ordering::Relaxed);
        }
    }

    /// Notes that something was not shown.
    pub fn refused(&self, operation: Operation, person: PersonIfNamed) {
        let mut noted = self.noted_now();
        if noted.refused.len() < REFUSALS_MAX {
            noted.refused.push((operation, person));
        }
    }

    /// Says that what is read is the log as it grows.
    pub fn follow(&self) {
        self.follows.store(true, Ordering::Relaxed);
    }

    /// True if what is read is the log as it grows.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.follows.load(Ordering::Relaxed)
    }

    /// What was noted and not yet remembered.
    ///
    /// # Errors
    /// [`LedgerError::TooMany`] if more was read than one request may: nothing of it may be shown.
    pub fn noted(&self) -> Result<Noted, LedgerError> {
        if self.too_many.load(Ordering::Relaxed) {
            return Err(LedgerError::TooMany);
        }
        Ok(self.noted_now().clone())
    }

    /// Drops what is remembered. Until then it stays noted, so that no answer that waits beside overtakes it.
    pub fn forget(&self, remembered: &Noted) {
        let mut noted = self.noted_now();
        for (file, opened) in &remembered.files {
            if noted.files.get(file) == Some(opened) {
                noted.files.remove(file);
            }
        }
        noted.refused.retain(|one| !remembered.refused.contains(one));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));

    #[test]
    fn a_person_is_noted_once_with_every_class_opened() {
        let reading = Reading::default();
        reading.saw(PERSON);
        reading.opened(PERSON, [FieldClass::Identifying]);
        reading.opened(PERSON, [FieldClass::Health]);
        reading.saw(domain::ids::PostId(PERSON.0));
        let noted = reading.noted().unwrap();
        assert_eq!(noted.files.len(), 1);
        assert_eq!(noted.files[&PERSON.into()].list(), [FieldClass::Identifying, FieldClass::Health]);
        reading.forget(&noted);
        assert_eq!(reading.noted().unwrap(), Noted::default());
    }

    #[test]
    fn what_is_noted_meanwhile_is_not_forgotten() {
        let reading = Reading::default();
        reading.saw(PERSON);
        let noted = reading.noted().unwrap();
        reading.opened(PERSON, [FieldClass::Contact]);
        reading.forget(&noted);
        assert_eq!(reading.noted().unwrap().files[&PERSON.into()].list(), [FieldClass::Contact]);
    }

    #[test]
    fn more_than_a_request_may_read_is_an_error_and_no_silent_cut() {
        let reading = Reading::default();
        (0..FILES_MAX as u128).for_each(|id| reading.saw(PersonId(Uuid::from_u128(id))));
        assert!(reading.noted().is_ok());
        reading.saw(PersonId(Uuid::from_u128(u128::MAX)));
        assert!(matches!(reading.noted(), Err(LedgerError::TooMany)));
    }
}
