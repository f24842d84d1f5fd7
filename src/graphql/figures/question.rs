//! An indicator with its arguments as data.
//!
//! It is asked through the field of the contract itself, with every part that the field can tell: what is published is what
//! is shown, and a new indicator can be published without a line here.

use super::restate::exact;
use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::indicators::Indicators;
use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Object, Request, Response, Result, Schema, Variables, value,
};
use projections::indicators::figure;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tokio::sync::OnceCell;

/// How deep the parts of an answer are asked for.
const DEPTH_MAX: usize = 4;
/// Longest text of a question's arguments, in bytes.
const ARGUMENTS_BYTES_MAX: usize = 2_048;

/// What is not part of an answer: the instant is told once, for all.
const NOT_ASKED: [&str; 1] = ["asKnownAt"];

/// An indicator with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name of its field.
    pub indicator: String,
    /// Its arguments, by name.
    pub arguments: BTreeMap<String, Value>,
}

impl Question {
    /// An indicator of the contract with arguments given as a JSON object; those that are null are left out.
    ///
    /// # Errors
    /// [`BadInput`] names the field; whether the values fit is told when it is asked.
    pub async fn new(indicator: &str, arguments: &Value) -> Result<Self, BadInput> {
        let known = contract().await;
        let Some(field) = known.fields.get(indicator) else {
            let names: Vec<_> = known.fields.keys().map(String::as_str).collect();
            return Err(bad_input("indicator", format_args!("none of {}", names.join(", "))));
        };
        let empty = Map::new();
        let given = match arguments {
            Value::Null => &empty,
            Value::Object(given) => given,
            _ => return Err(bad_input("arguments", "not a JSON object, such as {\"year\": 2020}")),
        };
        if let Some(unknown) = given.keys().find(|name| !field.arguments.contains_key(*name)) {
            let names: Vec<_> = field.arguments.keys().map(String::as_str).collect();
            let shown: String = unknown.chars().take(40).collect();
            return Err(bad_input("arguments", format_args!("{shown:?} is none of {}", names.join(", "))));
        }
        if arguments.to_string().len() > ARGUMENTS_BYTES_MAX {
            return Err(bad_input("arguments", format_args!("longer than {ARGUMENTS_BYTES_MAX} bytes")));
        }
        let given = given.iter().filter(|(_, value)| !value.is_null());
        let arguments = given.map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok(Self { indicator: indicator.to_owned(), arguments })
    }

    /// The arguments as JSON, names in order of the alphabet: the same question has one text.
    #[must_use]
    pub fn canonical(&self) -> String {
        serde_json::to_string(&self.arguments).unwrap_or_default()
    }

    /// Asks it of some indicators.
    ///
    /// # Errors
    /// [`BadInput`] with what the field itself says of the arguments.
    pub async fn ask(&self, of: Indicators) -> Result<Value, BadInput> {
        let known = contract().await;
        let field = known.fields.get(&self.indicator).ok_or_else(|| bad_input("indicator", "not known"))?;
        let of_field = |(name, _): (&String, &Value)| Some((name.clone(), field.arguments.get(name)?.clone()));
        let types: BTreeMap<String, String> = self.arguments.iter().filter_map(of_field).collect();
        let join = |parts: Vec<String>, between: &str| parts.join(between);
        let (declared, given) = if types.is_empty() {
            (String::new(), String::new())
        } else {
            let declared = types.iter().map(|(name, of)| format!("${name}: {of}")).collect();
            let given = types.keys().map(|name| format!("{name}: ${name}")).collect();
            (format!("({})", join(declared, ", ")), format!("({})", join(given, ", ")))
        };
        let document = format!("query{declared} {{ indicators {{ {}{given} {} }} }}", self.indicator, field.selection);
        let variables = Variables::from_json(Value::Object(self.arguments.clone().into_iter().collect()));
        let answer = known.schema.execute(Request::new(document).variables(variables).data(of)).await;
        read(answer, &self.indicator)
    }
}

fn read(answer: Response, indicator: &str) -> Result<Value, BadInput> {
    if let Some(error) = answer.errors.first() {
        return Err(bad_input("arguments", &error.message));
    }
    let mut whole = answer.data.into_json().map_err(|error| bad_input("arguments", error))?;
    Ok(whole["indicators"][indicator].take())
}

/// The number that is quoted of an answer, as decimal text, exact or to six decimals; none if there is none.
#[must_use]
pub fn quoted(answer: &Value) -> Option<String> {
    exact(answer).map(figure::decimal)
}

/// The version of the definition that an answer was computed by.
#[must_use]
pub fn version(answer: &Value) -> u32 {
    answer["definitionVersion"].as_u64().and_then(|version| u32::try_from(version).ok()).unwrap_or(1)
}

/// The indicators of whoever asks, alone: the contract's own type, and nothing around it.
struct Root;

#[Object]
impl Root {
    async fn indicators(&self, ctx: &Context<'_>) -> Result<Indicators> {
        Ok(ctx.data::<Indicators>()?.clone())
    }
}

/// What can be asked, read from the contract once.
struct Contract {
    schema: Schema<Root, EmptyMutation, EmptySubscription>,
    fields: BTreeMap<String, Field>,
}

/// One indicator: its arguments with their types, and all that it can tell.
struct Field {
    arguments: BTreeMap<String, String>,
    selection: String,
}

static CONTRACT: OnceCell<Contract> = OnceCell::const_new();

async fn contract() -> &'static Contract {
    CONTRACT.get_or_init(read_contract).await
}

async fn read_contract() -> Contract {
    let schema = Schema::new(Root, EmptyMutation, EmptySubscription);
    let of = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
    let query = format!(
        "{{ __schema {{ types {{ name fields {{ name args {{ name defaultValue type {{ {of} }} }} type {{ {of} }} }} }} }} }}"
    );
    let answer = schema.execute(query).await.data.into_json().unwrap_or(value!(null).into_json().unwrap_or_default());
    let named = |one: &Value| Some((one["name"].as_str()?.to_owned(), one.clone()));
    let types: BTreeMap<String, Value> =
        answer["__schema"]["types"].as_array().into_iter().flatten().filter_map(named).collect();
    let indicators = types.get("Indicators").map(|of| of["fields"].clone()).unwrap_or_default();
    let fields = indicators.as_array().into_iter().flatten().filter_map(|field| {
        let arguments = field["args"].as_array().into_iter().flatten();
        let arguments = arguments.filter_map(|one| Some((one["name"].as_str()?.to_owned(), written(&one["type"]))));
        let selection = selection(&types, &field["type"], DEPTH_MAX)?;
        Some((field["name"].as_str()?.to_owned(), Field { arguments: arguments.collect(), selection }))
    });
    let fields = fields.collect();
    Contract { schema, fields }
}

/// A type as a document writes it.
fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().unwrap_or_default().to_owned(),
    }
}

/// All that an object can tell without being asked anything more.
fn selection(types: &BTreeMap<String, Value>, of: &Value, depth: usize) -> Option<String> {
    let mut of = of;
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    if of["kind"] != "OBJECT" {
        return Some(String::new());
    }
    let required = |argument: &Value| argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null();
    let fields = types.get(of["name"].as_str()?)?["fields"].as_array()?;
    let told = fields.iter().filter_map(|field| {
        let name = field["name"].as_str()?;
        let asks = field["args"].as_array().is_some_and(|arguments| arguments.iter().any(required));
        if asks || NOT_ASKED.contains(&name) || depth == 0 {
            return None;
        }
        Some(format!("{name} {}", selection(types, &field["type"], depth - 1)?))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| format!("{{ {} }}", told.join(" ")))
}
