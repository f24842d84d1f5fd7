//! The personal fields of one person, opened because somebody asked.

use super::events::read_records;
use super::{QueryError, aside};
use crate::sealing;
use crate::{Engine, Log};
use domain::fact::Stream;
use domain::history::{Cut, History};
use domain::ids::{EventId, PersonId};
use domain::personal::{FieldClass, Personal};
use projections::translate;
use std::collections::{BTreeSet, HashMap};
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
    let records = read_records(store, stream)?;
    let known = records.iter().map(translate::known).collect::<Result<Vec<_>, _>>()?;
    let history = History::new(stream, known, cut);
    let sealed: HashMap<EventId, Vec<Sealed>> =
        records.into_iter().map(|record| (EventId(record.event.id), record.event.sealed)).collect();
    let corrected: HashMap<EventId, EventId> =
        history.records().filter_map(|(record, fate)| Some((record.id, fate.corrected_by?))).collect();
    let mut revealed = Revealed::default();
    for entry in history.entries() {
        for id in [Some(entry.id), corrected.get(&entry.id).copied()].into_iter().flatten() {
            let parts = sealed.get(&id).map_or(&[][..], Vec::as_slice);
            open_into(&mut revealed, vault, id, parts, wanted)?;
        }
    }
    Ok(revealed)
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
