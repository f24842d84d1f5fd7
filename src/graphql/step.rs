//! The steps as a GraphQL enum, from the one list of them.

use super::codes::{EnumValue, meta_enum};
use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::{InputType, InputValueError, InputValueResult, Name, Value};
use domain::fact::StepName;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Each step with its name in capitals, as enums are written.
static NAMES: LazyLock<Vec<(StepName, String)>> =
    LazyLock::new(|| StepName::ALL.iter().map(|step| (*step, step.name().to_ascii_uppercase())).collect());

/// A step of a pathway or of a house: each kind of event is of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventStep(pub StepName);

impl EventStep {
    fn name(self) -> &'static str {
        NAMES.iter().find(|(step, _)| *step == self.0).map_or("", |(_, name)| name)
    }

    fn of(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| known == name).map(|(step, _)| Self(*step))
    }

    fn register(_: &mut Registry) -> MetaType {
        let values = StepName::ALL
            .iter()
            .map(|step| EnumValue { name: Self(*step).name(), description: step.about().to_owned() });
        meta_enum::<Self>("EventStep", "The steps of a pathway and of a house: each kind of event is of one.", values)
    }
}

impl InputType for EventStep {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        "EventStep".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, Self::register)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let step = match &value {
            Value::Enum(name) => Self::of(name.as_str()),
            Value::String(text) => Self::of(text),
            _ => None,
        };
        step.ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.name()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
