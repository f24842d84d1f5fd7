//! Each input is held against the command that it feeds: same names, same fields, required and optional alike.

use super::Mutation;
use super::input::{kind_of, to_json};
use crate::commands::{self, CommandError};
use crate::graphql::ids::{self, Kind};
use async_graphql::{EmptySubscription, Object, Request, Schema, Value};
use domain::command::{BadCommand, Command};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The fields of every input that are not of its command.
const ENVELOPE: [&str; 5] = ["idempotencyKey", "expectedRevision", "onBehalfOf", "causation", "correlation"];

struct Query;

#[Object]
impl Query {
    async fn nothing(&self) -> bool {
        true
    }
}

/// What introspection tells of every input object: its fields, each with its type.
struct Contract {
    inputs: BTreeMap<String, Vec<Json>>,
    enums: BTreeMap<String, Vec<Json>>,
    mutations: Vec<Json>,
}

const TYPE: &str = "type { kind name ofType { kind name ofType { kind name } } }";

async fn contract() -> Contract {
    let schema = Schema::new(Query, Mutation::default(), EmptySubscription);
    let document = format!(
        "{{ __schema {{ mutationType {{ fields {{ name description args {{ name {TYPE} }} {TYPE} }} }}
        types {{ kind name description enumValues {{ name }} inputFields {{ name description defaultValue {TYPE} }} }} }} }}"
    );
    let response = schema.execute(Request::new(document)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let mut found = response.data.into_json().unwrap()["__schema"].take();
    let mut contract = Contract { inputs: BTreeMap::new(), enums: BTreeMap::new(), mutations: Vec::new() };
    for each in found["types"].as_array().unwrap() {
        let name = each["name"].as_str().unwrap().to_owned();
        match each["kind"].as_str().unwrap() {
            "INPUT_OBJECT" => contract.inputs.insert(name, each["inputFields"].as_array().unwrap().clone()),
            "ENUM" => contract.enums.insert(name, each["enumValues"].as_array().unwrap().clone()),
            _ => None,
        };
    }
    contract.mutations = found["mutationType"]["fields"].take().as_array().unwrap().clone();
    // What is done with a whole batch is many commands, and none by itself; a figure is computed here, and given by nobody.
    let by_the_counter = ["revertImportBatch", "publishFigure"];
    contract.mutations.retain(|mutation| !by_the_counter.iter().any(|name| mutation["name"] == *name));
    contract
}

/// The name of a field's type without its wrappers, and whether the field must be given.
fn type_of(field: &Json) -> (String, bool) {
    let mut of = &field["type"];
    let required = of["kind"] == "NON_NULL" && field["defaultValue"].is_null();
    while of["name"].is_null() {
        of = &of["ofType"];
    }
    (of["name"].as_str().unwrap().to_owned(), required)
}

/// True if the field takes a list.
fn is_list(field: &Json) -> bool {
    let of = &field["type"];
    of["kind"] == "LIST" || of["ofType"]["kind"] == "LIST"
}

impl Contract {
    fn input(&self, mutation: &Json) -> &[Json] {
        let argument = &mutation["args"].as_array().unwrap()[0];
        assert_eq!(argument["name"], "input");
        &self.inputs[&type_of(argument).0]
    }

    /// The fields of a command's input: name, a good value, and whether it must be given.
    fn fields(&self, mutation: &Json) -> Vec<(String, Json, bool)> {
        let own = self.input(mutation).iter().filter(|field| !ENVELOPE.contains(&field["name"].as_str().unwrap()));
        own.map(|field| {
            let name = field["name"].as_str().unwrap();
            let (of, required) = type_of(field);
            let sample = self.sample(name, &of);
            (name.to_owned(), if is_list(field) { json!([sample]) } else { sample }, required)
        })
        .collect()
    }

    fn sample(&self, name: &str, of: &str) -> Json {
        match of {
            "ID" => id(name),
            "Date" => json!("2022-03-04"),
            "Decimal" => json!("7.6"),
            "Int" => json!(12),
            "Boolean" => json!(true),
            "String" => json!("text"),
            "JSON" => json!({}),
            of if self.enums.contains_key(of) => self.enums[of][0]["name"].clone(),
            of => {
                let fields = self.inputs[of].iter().map(|field| {
                    let name = field["name"].as_str().unwrap();
                    (name.to_owned(), self.sample(name, &type_of(field).0))
                });
                Json::Object(fields.collect())
            }
        }
    }
}

/// A global id as a client would send it.
fn id(field: &str) -> Json {
    let kind =
        if field == "stream" { Kind::Post } else { kind_of(field).unwrap_or_else(|| panic!("no kind of {field}")) };
    match kind {
        Kind::Organisation => json!("Organisation:cpas-molenbeek"),
        kind => json!(ids::global(kind, Uuid::from_u128(1)).0),
    }
}

/// Reads a command as the resolver does.
fn parse(name: &str, input: Map<String, Json>) -> Result<Command, CommandError> {
    let Value::Object(fields) = Value::from_json(Json::Object(input)).unwrap() else { unreachable!() };
    commands::parse(name, Uuid::from_u128(7), to_json(fields).unwrap(), |_, _| Ok(Some(Uuid::from_u128(8))))
}

/// The fields that the domain knows of a command, from its own refusal of one that it does not know; without those that
/// the counter derives, which nobody may give.
fn known_fields(name: &str) -> BTreeSet<String> {
    let Err(BadCommand::Malformed { what, .. }) = Command::parse(name, json!({"?": 1})) else { panic!("{name}") };
    assert!(what.starts_with("unknown field"), "{what}");
    let derived = |field: &&str| Command::derived(name).any(|derived| derived.field == *field);
    what.split('`').skip(1).step_by(2).skip(1).filter(|field| !derived(field)).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_command_has_a_mutation_and_every_mutation_a_command() {
    let contract = contract().await;
    let mutations: BTreeSet<_> = contract.mutations.iter().map(|each| each["name"].as_str().unwrap()).collect();
    assert_eq!(mutations, Command::names().into_iter().collect());
}

#[tokio::test]
async fn an_input_has_the_fields_of_its_command_and_no_other() {
    let contract = contract().await;
    for mutation in &contract.mutations {
        let name = mutation["name"].as_str().unwrap();
        let fields: BTreeSet<_> = contract.fields(mutation).into_iter().map(|(field, ..)| field).collect();
        assert_eq!(fields, known_fields(name), "{name}");
        let all: BTreeSet<_> =
            contract.input(mutation).iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
        assert!(ENVELOPE.iter().all(|field| all.contains(*field)), "{name}");
    }
}

#[tokio::test]
async fn what_must_be_given_is_what_the_command_cannot_do_without() {
    let contract = contract().await;
    for mutation in &contract.mutations {
        let name = mutation["name"].as_str().unwrap();
        let fields = contract.fields(mutation);
        let whole: Map<String, Json> = fields.iter().map(|(field, value, _)| (field.clone(), value.clone())).collect();
        parse(name, whole.clone()).unwrap_or_else(|error| panic!("{error}"));
        for (field, _, required) in &fields {
            let mut part = whole.clone();
            part.remove(field);
            assert_eq!(parse(name, part).is_err(), *required, "{name}: {field}");
        }
    }
}

#[tokio::test]
async fn a_field_is_an_id_exactly_if_its_name_says_of_what() {
    let contract = contract().await;
    for (input, fields) in &contract.inputs {
        for field in fields {
            let name = field["name"].as_str().unwrap();
            let is_id = type_of(field).0 == "ID";
            assert_eq!(is_id, kind_of(name).is_some() || name == "stream", "{input}.{name}");
        }
    }
}

#[tokio::test]
async fn every_mutation_and_every_field_says_what_it_does() {
    let contract = contract().await;
    for mutation in &contract.mutations {
        let name = mutation["name"].as_str().unwrap();
        assert!(
            mutation["description"].as_str().is_some_and(|text| text.contains(" / ")),
            "{name} lacks French or Dutch"
        );
        let pascal = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        assert_eq!(type_of(&mutation["args"][0]).0, format!("{pascal}Input"));
        assert_eq!(type_of(mutation).0, format!("{pascal}Payload"));
        for field in contract.input(mutation) {
            assert!(field["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}: {}", field["name"]);
        }
    }
}
