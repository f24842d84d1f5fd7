//! The rules of the house: read at the start, followed by every command, refused with the line of each mistake.

mod support;

use serde_json::Value;
use std::fs;
use support::{Server, done, trajet};

const STRICTER: &str = "[[period]]\nfrom = 2021-01-01\nsource = \"internal regulation\"\n\
                        parameters = { reflection_days = 7 }\n";

#[test]
fn a_house_is_served_under_its_own_rules() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.toml"), STRICTER).unwrap();
    let server = Server::start(folder.path());
    let asked = server.data("{ rules(on: \"2022-01-01\") { code amount source ruleSet } ruleSets { id house } }");
    let rules = asked["rules"].as_array().expect("rules");
    let reflection = rules.iter().find(|rule| rule["code"] == "PIIS_REFLECTION").expect("the rule");
    assert_eq!((&reflection["amount"], &reflection["source"]), (&"7".into(), &"internal regulation".into()));
    assert_eq!(reflection["ruleSet"], "be-2016-11-01+house-2021-01-01");
    let sets = asked["ruleSets"].as_array().expect("sets");
    assert!(sets.iter().any(|set| set["id"] == "be-2026-04-08+house-2021-01-01" && set["house"] == true));
}

#[test]
fn the_register_is_printed_for_people_and_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house.toml");
    fs::write(&file, STRICTER).unwrap();
    let data = folder.path().join("none");
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    let told = done(&["rules", "--on", "2022-01-01", "--data", data]);
    let line = told.lines().find(|line| line.contains("PIIS_REFLECTION")).expect("the rule");
    assert!(line.contains("5 CALENDAR_DAYS") && line.contains("2002-10-01"), "{line}");
    let told: Value = serde_json::from_str(&done(&["rules", "--json", "--data", data, "--rules", file])).unwrap();
    let of_it = told.as_array().expect("rules").iter().filter(|rule| rule["code"] == "PIIS_REFLECTION");
    let periods: Vec<_> = of_it.map(|rule| (rule["amount"].clone(), rule["until"].clone())).collect();
    assert_eq!(periods, [("5".into(), "2020-12-31".into()), ("7".into(), Value::Null)]);
}

#[test]
fn a_mistaken_file_stops_the_start_and_names_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("rules.toml"), STRICTER.replace('7', "4")).unwrap();
    let output = trajet(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("rules.toml:4:16: 4 is less than the 5 that the law asks for"), "{told}");
    assert!(!data.join("log").exists(), "nothing was made");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let output = trajet(&["rules", "--rules", "no-such-file.toml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.toml cannot be read"));
}

#[test]
fn what_the_house_works_by_is_published_once_for_each_content() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    drop(Server::start(folder.path()));
    let publish = || -> Value {
        serde_json::from_str(&done(&["rules", "--publish", "--json", "--data", data])).expect("what was published")
    };
    let first = publish();
    let all = first["ruleSets"].as_u64().unwrap() + first["lists"].as_u64().unwrap();
    assert!(first["ruleSets"].as_u64().unwrap() > 5 && first["lists"].as_u64().unwrap() > 50, "{first}");
    assert_eq!(publish(), serde_json::json!({"ruleSets": 0, "lists": 0, "known": all}));
    // From 2021 on the house changes each set; that of 2016, which it cuts, is published again.
    fs::write(folder.path().join("rules.toml"), STRICTER).unwrap();
    let stricter = publish();
    assert_eq!(stricter["lists"], 0);
    assert!(stricter["ruleSets"].as_u64().unwrap() > 1, "{stricter}");
    assert_eq!(publish()["ruleSets"], 0);
    let server = Server::start(folder.path());
    let asked = server.answer(
        "mutation { publishDictionary(input: {idempotencyKey: \"018f2d4c-7a10-7b3e-9c55-0a1b2c3d4e5f\", \
         on: \"2022-01-01\", list: \"measure\"}) { position } }",
        &Value::Null,
    );
    assert_eq!(asked["errors"][0]["extensions"]["code"], "LIST_UNKNOWN", "{asked}");
    assert_eq!(asked["errors"][0]["extensions"]["field"], "list", "{asked}");
}
