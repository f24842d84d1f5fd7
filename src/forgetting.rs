//! Forgetting a person: what follows from the record that says it, whoever recorded it and however often it is done.
//!
//! The record comes first and is durable; then the keys go. A crash in between leaves a record without its deed: the next
//! opening does it. So does an opening of keys that are older than the log, such as a backup of the keys put back.

use crate::Engine;
use crate::sealing::{self, SealingError};
use domain::codes::CodeList;
use domain::erasure;
use domain::fact::Fact;
use domain::ids::PersonId;
use domain::personal::FieldClass;
use domain::wire::{self, Stored};
use projections::Views;
use std::collections::BTreeSet;
use store::Class;
use store::vault::Vault;

/// What was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Files whose keys are gone: the person's, those merged into it, their judicial files.
    pub files: usize,
    /// Keys that were destroyed now; none if it had been done before.
    pub keys: usize,
}

impl Engine {
    /// Destroys the keys of these files, whose erasure is recorded; what [`asked_by`] some events tells.
    ///
    /// # Errors
    /// [`SealingError`] if the vault cannot be written: ask again, or open the data directory again.
    pub(crate) fn carry_out(&self, files: Vec<PersonId>) -> Result<(), SealingError> {
        forget(&self.vault, files).map(drop)
    }
}

/// The files whose keys these events ask to destroy; of other events none.
pub(crate) fn asked_by(events: &[store::Event]) -> Vec<PersonId> {
    let erasures = events.iter().filter_map(read);
    let files = erasures.filter_map(|erasure| match erasure {
        erasure::Event::KeyDestroyed { person, absorbed } => Some(std::iter::once(person).chain(absorbed)),
        erasure::Event::RetentionScheduled { .. }
        | erasure::Event::Requested { .. }
        | erasure::Event::Refused { .. }
        | erasure::Event::Anonymised { .. } => None,
    });
    files.flatten().collect()
}

/// The erasure that an event tells, if it tells one.
fn read(event: &store::Event) -> Option<erasure::Event> {
    // Facts of every other kind are not decoded.
    if domain::fact::StepName::of_kind(&event.kind) != Some(domain::fact::StepName::Erasure) {
        return None;
    }
    let stored = Stored { kind: event.kind.clone(), version: event.version, fact: event.fact.clone() };
    match wire::decode(&stored.kind, stored.version, &stored.fact) {
        Ok(Fact::Erasure(erasure)) => Some(erasure),
        _ => None,
    }
}

/// Destroys every key of some files. Done again it changes nothing.
///
/// # Errors
/// [`SealingError`] if the vault cannot be written.
pub fn forget(vault: &Vault, files: impl IntoIterator<Item = PersonId>) -> Result<Forgotten, SealingError> {
    let classes: Vec<Class> = FieldClass::all().iter().map(|class| sealing::class(*class)).collect();
    let mut done = Forgotten::default();
    for person in files {
        // The judicial file first: only the person's own key leads to it.
        let judicial = sealing::judicial_file(vault, person)?.map(|file| file.0);
        for subject in judicial.into_iter().chain([person.0]) {
            done.files += 1;
            done.keys += vault.shred(subject, &classes)?;
        }
    }
    Ok(done)
}

/// Destroys again the keys of everybody whom the log says to be erased and who has keys all the same.
///
/// # Errors
/// [`SealingError`] if the vault cannot be written.
pub(crate) fn forget_again(vault: &Vault, views: &Views) -> Result<Forgotten, SealingError> {
    let erased: BTreeSet<PersonId> = views.retention.rows().flat_map(|row| row.erased_files.iter().copied()).collect();
    let is_known = |person: &PersonId| vault.is_shredded(person.0, sealing::class(FieldClass::Identifying));
    forget(vault, erased.into_iter().filter(|person| !is_known(person)))
}
