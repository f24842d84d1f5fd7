//! The personal fields of one person, opened because somebody asked.

use super::events::read_whole;
use super::{QueryError, aside};
use crate::sealing;
use crate::{Engine, Log};
use domain::fact::Stream;
use domain::history::{Cut, History, Known};
use domain::ids::{EventId, PersonId};
use domain::personal::{FieldClass, Personal};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::Sealed;
use store::vault::Vault;

/// The personal fields of a person, or of one record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revealed {
    /// The latest value of each field.
    pub personal: Personal,
    /// The classes whose key was destroyed. Which fields they held is not known any more.
    pub erased: BTreeSet<FieldClass>,
}

impl Engine {
    /// The personal fields of a person at a cut: of each field the value with the latest effective day.
    ///
    /// Of merged files every one is opened under its own keys, and the survivor's own file says who the person is.
    /// Only what counts is opened, and of it only the classes that are wanted; a correction's fields take the place of
    /// those of the record that it corrects.
    ///
    /// # Errors
    /// [`QueryError::Read`] if the log cannot be read; [`QueryError::Sealing`] if a part is not what was sealed.
    pub async fn reveal(
        &self,
        person: PersonId,
        cut: Cut,
        wanted: BTreeSet<FieldClass>,
    ) -> Result<Revealed, QueryError> {
        let (store, vault) = (self.store.clone(), self.vault.clone());
        aside(move || of_person(&store, &vault, person, cut, &wanted)).await
    }

    /// The personal fields of one record, as far as they are of the wanted classes.
    ///
    /// # Errors
    /// [`QueryError::Sealing`] if a part is not what was sealed.
    pub fn reveal_parts(
        &self,
        event: EventId,
        sealed: &[Sealed],
        wanted: &BTreeSet<FieldClass>,
    ) -> Result<Revealed, QueryError> {
        let mut revealed = Revealed::default();
        open_into(&mut revealed, &self.vault, event, sealed, wanted)?;
        Ok(revealed)
    }
}

fn of_person(
    store: &Log,
    vault: &Vault,
    person: PersonId,
    cut: Cut,
    wanted: &BTreeSet<FieldClass>,
) -> Result<Revealed, QueryError> {
    let stream = Stream::from(person);
    let (records, history) = read_whole(store, stream, cut)?;
    let sealed: HashMap<EventId, Vec<Sealed>> =
        records.into_values().map(|record| (EventId(record.event.id), record.event.sealed)).collect();
    let corrected: HashMap<EventId, EventId> =
        history.records().filter_map(|(record, fate)| Some((record.id, fate.corrected_by?))).collect();
    let who = |class: &FieldClass| *class == FieldClass::Identifying;
    let (names, others): (BTreeSet<_>, BTreeSet<_>) = wanted.iter().copied().partition(who);
    let own: HashSet<EventId> = own_records(&history).collect();
    let mut revealed = Revealed::default();
    // Who the person is, the survivor's own file says last; of all else the latest day holds, in whichever file.
    for (of_own, classes) in [(false, &names), (true, &names)] {
        let entries = history.entries().filter(|entry| own.contains(&entry.id) == of_own);
        open_entries(&mut revealed, vault, entries.map(|entry| entry.id), &sealed, &corrected, classes)?;
    }
    open_entries(&mut revealed, vault, history.entries().map(|entry| entry.id), &sealed, &corrected, &others)?;
    Ok(revealed)
}

/// The records that stand in the file itself, and not only in one that was merged into it.
fn own_records(history: &History) -> impl Iterator<Item = EventId> {
    let stands = |record: &Known| record.about.iter().any(|about| about.stream == history.stream());
    history.records().filter(move |(record, _)| stands(record)).map(|(record, _)| record.id)
}

/// Opens what each record holds, and what its correction puts over it.
fn open_entries(
    revealed: &mut Revealed,
    vault: &Vault,
    entries: impl Iterator<Item = EventId>,
    sealed: &HashMap<EventId, Vec<Sealed>>,
    corrected: &HashMap<EventId, EventId>,
    wanted: &BTreeSet<FieldClass>,
) -> Result<(), QueryError> {
    for entry in entries {
        for id in [Some(entry), corrected.get(&entry).copied()].into_iter().flatten() {
            let parts = sealed.get(&id).map_or(&[][..], Vec::as_slice);
            open_into(revealed, vault, id, parts, wanted)?;
        }
    }
    Ok(())
}

/// Opens the parts of the wanted classes and puts them over what was found before.
fn open_into(
    revealed: &mut Revealed,
    vault: &Vault,
    event: EventId,
    sealed: &[Sealed],
    wanted: &BTreeSet<FieldClass>,
) -> Result<(), QueryError> {
    let is_wanted = |part: &&Sealed| FieldClass::of_number(part.class.0).is_some_and(|class| wanted.contains(&class));
    let parts: Vec<Sealed> = sealed.iter().filter(is_wanted).cloned().collect();
    let opened = sealing::open(vault, event, &parts)?;
    revealed.personal.extend(opened.personal);
    revealed.erased.extend(opened.erased);
    Ok(())
}
