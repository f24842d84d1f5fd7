//! Personal fields as they are shown: open, or erased.

use crate::graphql::codes::Code;
use crate::queries::Revealed;
use async_graphql::{Enum, SimpleObject};
use domain::codes::CodeList;
use domain::personal::{Field, FieldClass};
use std::collections::BTreeSet;
use store::Sealed;
use store::vault::Vault;

/// What became of a personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum PersonalState {
    /// It can be read.
    Open,
    /// Its key was destroyed; nobody can read it any more.
    Erased,
}

/// One personal field, or one class of them that was erased.
#[derive(SimpleObject)]
pub struct PersonalValue {
    /// The field; null if its class was erased, because which fields it held is not known any more either.
    field: Option<Code<Field>>,
    /// Its class.
    class: Code<FieldClass>,
    /// The value; null if it was erased.
    value: Option<String>,
    /// What became of it.
    state: PersonalState,
}

/// The fields that could be opened, then the classes that were erased.
pub(super) fn shown(revealed: &Revealed) -> Vec<PersonalValue> {
    let open = revealed.personal.iter().map(|(field, value)| PersonalValue {
        field: Some(Code(field)),
        class: Code(field.class()),
        value: Some(value.to_owned()),
        state: PersonalState::Open,
    });
    let erased = revealed.erased.iter().map(|class| PersonalValue {
        field: None,
        class: Code(*class),
        value: None,
        state: PersonalState::Erased,
    });
    open.chain(erased).collect()
}

/// What can be done with a sealed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum SealedState {
    /// Its key is there: `personal` opens it for who may see its class.
    Sealed,
    /// Its key was destroyed; nobody can read it any more.
    Erased,
}

/// One class of personal fields in a record.
#[derive(SimpleObject)]
pub struct SealedPart {
    /// The class.
    class: Code<FieldClass>,
    /// Whether it can still be opened.
    state: SealedState,
}

/// The sealed parts of a record, told by the keys alone.
pub(super) fn sealed(vault: &Vault, parts: &[Sealed]) -> Vec<SealedPart> {
    let told = |part: &Sealed| {
        let class = FieldClass::of_number(part.class.0)?;
        let erased = vault.is_shredded(part.subject, part.class);
        Some(SealedPart { class: Code(class), state: if erased { SealedState::Erased } else { SealedState::Sealed } })
    };
    parts.iter().filter_map(told).collect()
}

/// The classes of which a value is shown.
pub(super) fn opened(revealed: &Revealed) -> BTreeSet<FieldClass> {
    revealed.personal.iter().map(|(field, _)| field.class()).collect()
}

/// The classes that are asked for; all if none is named.
pub(super) fn classes(asked: Option<Vec<Code<FieldClass>>>) -> BTreeSet<FieldClass> {
    match asked {
        Some(classes) => classes.into_iter().map(|Code(class)| class).collect(),
        None => FieldClass::all().iter().copied().collect(),
    }
}
