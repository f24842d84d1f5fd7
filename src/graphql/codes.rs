//! The field's coded lists as GraphQL enums, from the lists themselves: no enum is written twice.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult,
    SimpleObject, Value,
};
use domain::codes::{CodeEntry, CodeList, dictionary, list_name};
use std::borrow::Cow;

/// A code of one list, as a GraphQL enum: input, output, description and labels all come from the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code<T>(pub T);

impl<T> From<T> for Code<T> {
    fn from(code: T) -> Self {
        Self(code)
    }
}

impl<T: CodeList> Code<T> {
    /// The name of its GraphQL enum: that of the list, except where it would say nothing outside its own file.
    #[must_use]
    pub fn name() -> &'static str {
        list_name::<T>()
    }

    fn register(_: &mut Registry) -> MetaType {
        let values = T::all().iter().map(|code| {
            let labels = code.labels();
            let description =
                format!("{} (fr: {}; nl: {}; en: {})", code.description(), labels.fr, labels.nl, labels.en);
            EnumValue { name: code.code(), description }
        });
        meta_enum::<Self>(Self::name(), T::DESCRIPTION, values)
    }
}

/// A value of an enum that is made from a list.
pub(crate) struct EnumValue {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub description: String,
}

/// An enum of the schema, made from a list.
pub(crate) fn meta_enum<T>(name: &str, description: &str, values: impl Iterator<Item = EnumValue>) -> MetaType {
    let value = |value: EnumValue| {
        let meta = MetaEnumValue {
            name: value.name.to_owned(),
            description: Some(value.description),
            deprecation: Deprecation::NoDeprecated,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            directive_invocations: Vec::new(),
        };
        (value.name.to_owned(), meta)
    };
    MetaType::Enum {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        enum_values: values.map(value).collect::<IndexMap<_, _>>(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<T>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

impl<T: CodeList> InputType for Code<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Self::name().into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let code = match &value {
            Value::Enum(name) => T::of(name.as_str()),
            Value::String(text) => T::of(text),
            _ => None,
        };
        code.map(Self).ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.0.code()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: CodeList> OutputType for Code<T> {
    fn type_name() -> Cow<'static, str> {
        Self::name().into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(InputType::to_value(self))
    }
}

/// One code of one coded list, with its labels.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct CodeListEntry {
    /// The list, by the name of its enum, such as Measure.
    list: &'static str,
    /// The code, such as ART60.
    code: &'static str,
    /// What it means, in a sentence.
    description: &'static str,
    /// The label in French.
    fr: &'static str,
    /// The label in Dutch.
    nl: &'static str,
    /// The label in English.
    en: &'static str,
}

impl CodeListEntry {
    /// True if it is of the list with this name.
    #[must_use]
    pub fn is_of(&self, list: &str) -> bool {
        self.list == list
    }
}

/// Every code of every list, in the order in which people read them.
#[must_use]
pub fn entries() -> Vec<CodeListEntry> {
    let of = |entry: CodeEntry| CodeListEntry {
        list: entry.list,
        code: entry.code,
        description: entry.description,
        fr: entry.labels.fr,
        nl: entry.labels.nl,
        en: entry.labels.en,
    };
    dictionary().into_iter().flat_map(|list| list.codes).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::codes::Measure;
    use std::collections::HashSet;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for measure in Measure::all() {
            let value = InputType::to_value(&Code(*measure));
            assert_eq!(<Code<Measure> as InputType>::parse(Some(value)).ok(), Some(Code(*measure)));
        }
        assert!(<Code<Measure> as InputType>::parse(Some(Value::String("art60".into()))).is_err());
        assert!(<Code<Measure> as InputType>::parse(None).is_err());
    }

    #[test]
    fn no_two_entries_share_list_and_code() {
        let entries = entries();
        let keys: HashSet<_> = entries.iter().map(|entry| (entry.list, entry.code)).collect();
        assert_eq!(keys.len(), entries.len());
    }
}
