//! The public contract: written down, described, and the same as what is served.

mod support;

use serde_json::Value;
use support::{Server, done};

#[test]
fn the_schema_written_down_is_the_one_served() {
    let written = include_str!("../schema.graphql");
    assert!(written == done(&["schema"]), "schema.graphql differs: run `cargo run -- schema > schema.graphql`");
}

const EVERYTHING: &str = "{ __schema { types { name kind description
  fields(includeDeprecated: true) { name description args { name description } }
  inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";

/// What has a name and no description, under the name of what it belongs to.
fn undescribed(of: &str, things: &Value, found: &mut Vec<String>) {
    for thing in things.as_array().into_iter().flatten() {
        let name = format!("{of}.{}", thing["name"].as_str().unwrap_or_default());
        if thing["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.clone());
        }
        undescribed(&name, &thing["args"], found);
    }
}

#[test]
fn every_type_field_argument_and_value_is_described() {
    let folder = tempfile::tempdir().unwrap();
    let schema = Server::start(folder.path()).data(EVERYTHING);
    let mut found = Vec::new();
    for each in schema["__schema"]["types"].as_array().expect("types") {
        let name = each["name"].as_str().expect("a name");
        if name.starts_with("__") {
            continue;
        }
        if each["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.to_owned());
        }
        for things in ["fields", "inputFields", "enumValues"] {
            undescribed(name, &each[things], &mut found);
        }
    }
    assert!(found.is_empty(), "{} without a description: {found:?}", found.len());
}
