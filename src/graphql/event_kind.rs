//! The kinds of event as a GraphQL enum, from the list of those that this program reads and writes.

use super::codes::{EnumValue, meta_enum};
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult,
    Value,
};
use domain::wire;
use std::borrow::Cow;

/// The kind of an event, such as `PiisSigned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind(pub &'static str);

impl EventKind {
    /// The kind with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        wire::kinds().into_iter().find(|kind| *kind == name).map(Self)
    }

    fn register(_: &mut Registry) -> MetaType {
        let values = wire::kinds().into_iter().map(|kind| EnumValue { name: kind, description: words(kind) });
        meta_enum::<Self>("EventKind", "The kinds of event, by the names under which they are stored.", values)
    }
}

/// What a kind is called: `ProjectSigned` is "Integration project signed. PIIS signé / GPMI ondertekend."
fn words(kind: &str) -> String {
    let Some(labels) = wire::labels(kind) else { return String::new() };
    let (first, rest) = labels.en.split_at(1);
    format!("{}{rest}. {} / {}.", first.to_uppercase(), labels.fr, labels.nl)
}

impl InputType for EventKind {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        "EventKind".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let kind = match &value {
            Value::Enum(name) => Self::of(name.as_str()),
            Value::String(text) => Self::of(text),
            _ => None,
        };
        kind.ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.0))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl OutputType for EventKind {
    fn type_name() -> Cow<'static, str> {
        "EventKind".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(InputType::to_value(self))
    }
}
