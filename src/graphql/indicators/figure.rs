//! A figure as the contract writes it.

use crate::graphql::moment::Moment;
use crate::graphql::scalars::{DateTime, Decimal};
use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Number, OutputType, Positioned, ServerResult, SimpleObject, Value};
use projections::indicators::{self, Exact, figure};
use std::borrow::Cow;

/// A number that can be checked: exact parts, what is not known, and which definition.
#[derive(Debug, Clone, SimpleObject)]
pub struct Figure {
    /// The number; null if it is a ratio to nothing.
    value: Option<Float>,
    /// What is counted or summed, exact.
    numerator: Decimal,
    /// What it is divided by, exact; null for a count or a sum.
    denominator: Option<Decimal>,
    /// How many things should have been counted and could not be, because a fact about them is missing.
    unknown: u64,
    /// The part of the numerator that rests on days to come alone: it may still change without any correction.
    future: Decimal,
    /// The version of the definition; another one counts otherwise.
    definition_version: u32,
    /// The set of legal rules applied, if any.
    rule_set: Option<&'static str>,
    /// The instant of knowledge: what was recorded later is not counted.
    as_known_at: DateTime,
}

impl Figure {
    /// A figure of a moment.
    #[must_use]
    pub fn new(moment: &Moment, figure: &indicators::Figure) -> Self {
        Self {
            value: figure.value().map(Float),
            numerator: decimal(figure.numerator),
            denominator: figure.denominator.map(decimal),
            unknown: figure.unknown,
            future: decimal(figure.future),
            definition_version: figure.definition_version,
            rule_set: figure.rule_set,
            as_known_at: DateTime(moment.known_at),
        }
    }
}

fn decimal(number: Exact) -> Decimal {
    Decimal(figure::decimal(number))
}

/// A Float of the schema that is written without a fraction where it has none: 114 persons are not 114.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Float(pub Exact);

impl OutputType for Float {
    fn type_name() -> Cow<'static, str> {
        <f64 as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <f64 as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let whole = self.0.is_integer().then(|| i64::try_from(self.0.to_integer()).ok()).flatten();
        let number = whole.map(Number::from).or_else(|| Number::from_f64(figure::as_f64(self.0)));
        Ok(number.map_or(Value::Null, Value::Number))
    }
}
