//! The schema as it is published, and whether it says what everything is.

use crate::house::House;
use serde_json::{Value, json};

/// The question that every client of the schema asks.
const INTROSPECTION: &str = include_str!("introspection.graphql");

#[test]
fn the_schema_in_the_repository_is_that_of_the_program() {
    let published = include_str!("../../schema.graphql");
    assert!(
        published == trajet::graphql::sdl(),
        "schema.graphql is not what the program answers; run: cargo run -- schema > schema.graphql"
    );
}

#[test]
fn the_introspection_of_every_client_passes_and_finds_everything_described() {
    let house = House::new();
    let answer = house.server.answer(INTROSPECTION, &json!({}));
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let types = answer["data"]["__schema"]["types"].as_array().expect("types");
    let mut bare = Vec::new();
    for each in types.iter().filter(|each| !text(each, "name").starts_with("__")) {
        undescribed(each, text(each, "name"), &mut bare);
        for member in ["fields", "inputFields", "enumValues"] {
            for field in each[member].as_array().into_iter().flatten() {
                let path = format!("{}.{}", text(each, "name"), text(field, "name"));
                undescribed(field, &path, &mut bare);
                for argument in field["args"].as_array().into_iter().flatten() {
                    undescribed(argument, &format!("{path}({})", text(argument, "name")), &mut bare);
                }
            }
        }
    }
    assert!(bare.is_empty(), "without description: {bare:?}");
}

fn text<'a>(of: &'a Value, member: &str) -> &'a str {
    of[member].as_str().unwrap_or_default()
}

fn undescribed(of: &Value, path: &str, bare: &mut Vec<String>) {
    if text(of, "description").is_empty() {
        bare.push(path.to_owned());
    }
}

#[test]
fn every_code_has_a_label_in_three_languages() {
    let house = House::new();
    let data = house.server.data(r#"{ codes(list: "Measure") { list code fr nl en } }"#);
    let codes = data["codes"].as_array().expect("codes");
    assert!(
        codes.iter().any(|code| code["code"] == "ART60" && code["nl"].as_str().is_some_and(|nl| nl.contains("60")))
    );
    assert!(codes.iter().all(|code| ["fr", "nl", "en"].iter().all(|language| !text(code, language).is_empty())));
}

#[test]
fn the_rules_of_a_day_are_told_with_their_article_and_days_in_force() {
    let house = House::new();
    let asked = |arguments: &str| {
        let fields = "code nl country article confidence amount unit from until ruleSet";
        house.server.data(&format!("{{ rules({arguments}) {{ {fields} }} }}"))["rules"].take()
    };
    let find = |rules: &Value, code: &str| {
        rules.as_array().expect("rules").iter().find(|rule| rule["code"] == code).cloned().unwrap_or_default()
    };
    let before = asked("on: \"2026-02-28\", country: BE");
    assert_eq!(
        find(&before, "ART60_DAYS_FROM_50"),
        json!({"code": "ART60_DAYS_FROM_50", "nl": "te bewijzen dagen vanaf 50 jaar", "country": "BE",
            "article": "royal decree of 25 November 1991, article 30", "confidence": "CERTAIN", "amount": "624",
            "unit": "DAYS_OF_WORK", "from": "2002-10-01", "until": "2026-02-28", "ruleSet": "be-2002-10-01"})
    );
    assert_eq!(find(&asked("on: \"2026-03-01\""), "ART60_DAYS_FROM_50")["amount"], "312");
    assert_eq!(find(&before, "PASS_LENGTH"), Value::Null);
    assert_eq!(find(&asked("country: FR"), "PASS_LENGTH")["country"], "FR");
    assert_eq!(find(&asked("country: FR"), "SKILLS_PLAN")["confidence"], "HOUSE");
    let sets = house.server.data("{ ruleSets { id country regional house from until } }");
    let sets = sets["ruleSets"].as_array().expect("sets");
    assert!(sets.contains(&json!({"id": "be-2016-11-01", "country": "BE", "regional": false, "house": false,
        "from": "2016-11-01", "until": "2024-05-30"})));
}
