//! A figure that was published never changes, and says what it is today and why.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod support;

use serde_json::{Value, json};
use support::{Server, done};
use uuid::Uuid;

fn record(server: &Server, mutation: &str, mut input: Value) -> Value {
    input["idempotencyKey"] = json!(Uuid::now_v7());
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ position events }} }}");
    let mut answer = server.answer(&document, &json!({ "input": input }));
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"][mutation].take()
}

const PUBLISH: &str = "mutation($input: PublishFigureInput!) { publishFigure(input: $input) { repeated position
    figure { id value definitionVersion asKnownAt reproduced } } }";

fn publish(server: &Server, indicator: &str, arguments: Value) -> Value {
    let input = json!({"idempotencyKey": Uuid::now_v7(), "on": "2026-01-15", "indicator": indicator,
        "arguments": arguments, "organisation": "samusocial", "label": "rapport 2020"});
    server.answer(PUBLISH, &json!({ "input": input }))
}

const TODAY: &str =
    "{ publishedFigures(first: 5) { totalCount nodes { indicator value label restatement { value difference
    definitionChanged parts { field oldValue newValue } explanation { unexplained filesTouched filesExamined
    files { file contribution records { nodes { kind } } } } } } } }";

fn restated(server: &Server) -> Value {
    server.data(TODAY)["publishedFigures"]["nodes"][0].clone()
}

fn worker(server: &Server, number: u32, from: &str) -> (String, Value) {
    let (person, engagement) =
        (Uuid::from_u128(u128::from(number) + (0xf1 << 64)), Uuid::from_u128(u128::from(number)));
    let given = |mutation, input| record(server, mutation, input);
    given(
        "registerParticipant",
        json!({"participant": person, "on": "2019-12-01", "organisation": "samusocial", "familyName": "Invented",
            "givenName": "Name"}),
    );
    given(
        "signEngagement",
        json!({"participant": person, "engagement": engagement, "on": "2019-12-20", "measure": "ART60",
            "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from,
            "plannedUntil": "2021-06-30", "weeklyHours": "38", "kind": "CDD"}),
    );
    let started = given("startEngagement", json!({"participant": person, "engagement": engagement, "on": from}));
    (format!("Participant:{person}"), started["events"][0].clone())
}

#[test]
fn a_published_figure_says_what_it_is_today_and_which_files_explain_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let name = json!({"organisation": "samusocial", "on": "2019-01-01", "name": "Samusocial", "kind": "HOST"});
    record(&server, "registerOrganisation", name);
    let (first, gone) = worker(&server, 1, "2020-02-01");
    worker(&server, 2, "2020-03-01");
    let answer = publish(&server, "personsAccompanied", json!({"year": 2020, "measure": "ART60"}));
    assert!(answer.get("errors").is_none(), "{answer}");
    let figure = &answer["data"]["publishFigure"]["figure"];
    assert_eq!((&figure["value"], &figure["reproduced"]), (&json!("2"), &json!(true)));
    let same = restated(&server);
    assert_eq!((&same["value"], &same["restatement"]["difference"]), (&json!("2"), &json!("0")));
    assert_eq!(same["restatement"]["explanation"]["files"], json!([]));

    let (late, _) = worker(&server, 3, "2020-04-01");
    let (early, _) = worker(&server, 4, "2020-05-01");
    let annulment = json!({"stream": first, "target": gone, "reason": "NEVER_HAPPENED"});
    record(&server, "annulEvent", annulment);
    // Of nobody who counts.
    let other = json!({"participant": Uuid::from_u128(9), "on": "2020-01-01", "organisation": "samusocial",
        "familyName": "Invented", "givenName": "Nobody"});
    record(&server, "registerParticipant", other);

    let told = restated(&server);
    let restatement = &told["restatement"];
    assert_eq!((&told["value"], &restatement["value"]), (&json!("2"), &json!("3")));
    assert_eq!((&restatement["difference"], &restatement["definitionChanged"]), (&json!("1"), &json!(false)));
    let parts = restatement["parts"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["field"] == "numerator" && part["newValue"] == "3"), "{parts:?}");
    let explanation = &restatement["explanation"];
    assert_eq!((&explanation["unexplained"], &explanation["filesTouched"]), (&json!("0"), &json!(5)));
    let files = explanation["files"].as_array().unwrap();
    let added: Vec<(&str, &str)> =
        files.iter().map(|file| (file["file"].as_str().unwrap(), file["contribution"].as_str().unwrap())).collect();
    assert_eq!(added.len(), 3, "{added:?}");
    assert!(added.contains(&(late.as_str(), "1")) && added.contains(&(early.as_str(), "1")), "{added:?}");
    let ledger = server.data(&format!("{{ accessLedger(participant: \"{late}\") {{ totalCount }} }}"));
    assert!(ledger["accessLedger"]["totalCount"].as_u64() >= Some(1), "whose file explains it was read: {ledger}");
    let taken = files.iter().find(|file| file["contribution"] == "-1").unwrap();
    assert_eq!(taken["records"]["nodes"], json!([{"kind": "EventAnnulled"}]));
    drop(server);
    let server = Server::start(&data);
    assert_eq!(restated(&server), told, "after a restart");
}

#[test]
fn the_demonstration_s_figures_are_published_as_they_are_and_reproduced() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    done(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    let server = Server::start(&data);
    for (indicator, arguments, value) in [
        ("personsAccompanied", json!({"year": 2020}), json!("114")),
        ("personsContractEnded", json!({"year": 2020}), json!("68")),
        ("hiredActiveAt", json!({"cohortEndedIn": 2020, "at": "2021-04-18", "employer": "samusocial"}), json!("25")),
        ("trainingPersonHours", json!({"year": 2022, "measure": "ART60"}), json!("2408")),
        ("posts", json!({"at": "2021-04-18", "measure": "ART60"}), json!("0.785714")),
    ] {
        let answer = publish(&server, indicator, arguments);
        let figure = &answer["data"]["publishFigure"]["figure"];
        assert_eq!((&figure["value"], &figure["reproduced"]), (&value, &json!(true)), "{indicator}: {answer}");
    }
}

#[test]
fn every_indicator_can_be_published_with_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"));
    let name = json!({"organisation": "samusocial", "on": "2019-01-01", "name": "Samusocial", "kind": "HOST"});
    record(&server, "registerOrganisation", name);
    let fields =
        "{ __type(name: \"Indicators\") { fields { name args { name type { kind ofType { name } } defaultValue } } } }";
    let fields = server.data(fields)["__type"]["fields"].as_array().unwrap().clone();
    assert!(fields.len() > 20);
    let given = |argument: &Value| match argument["name"].as_str().unwrap() {
        "year" | "cohortEndedIn" | "leftIn" => Some(json!(2020)),
        "at" | "on" | "by" => Some(json!("2020-06-01")),
        "months" => Some(json!(6)),
        "activity" => Some(json!("JOB_DAY")),
        _ => None,
    };
    for field in fields {
        let named = |wanted: &str| field["args"].as_array().unwrap().iter().any(|one| one["name"] == wanted);
        let arguments = field["args"].as_array().unwrap().iter();
        let arguments: serde_json::Map<String, Value> = arguments
            // A year or a day, not both.
            .filter(|one| one["name"] != "at" || !named("year"))
            .filter_map(|one| Some((one["name"].as_str()?.to_owned(), given(one)?)))
            .collect();
        let answer = publish(&server, field["name"].as_str().unwrap(), Value::Object(arguments));
        assert!(answer.get("errors").is_none(), "{}: {answer}", field["name"]);
        assert_eq!(answer["data"]["publishFigure"]["figure"]["reproduced"], true, "{}", field["name"]);
    }
}

#[test]
fn what_cannot_be_published_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"));
    let name = json!({"organisation": "samusocial", "on": "2019-01-01", "name": "Samusocial", "kind": "HOST"});
    record(&server, "registerOrganisation", name);
    let refused = |indicator: &str, arguments: Value| {
        let answer = publish(&server, indicator, arguments);
        let extensions = answer["errors"][0]["extensions"].clone();
        (extensions["code"].as_str().unwrap().to_owned(), extensions["field"].as_str().unwrap_or_default().to_owned())
    };
    let bad = |field: &str| ("BAD_INPUT".to_owned(), field.to_owned());
    assert_eq!(refused("nonsense", json!({})), bad("indicator"));
    assert_eq!(refused("personsAccompanied", json!({"nonsense": 1})), bad("arguments"));
    assert_eq!(refused("personsAccompanied", json!({"year": "x"})), bad("arguments"));
    assert_eq!(refused("personsAccompanied", json!([1])), bad("arguments"));
    let input = |key: Uuid, year: i32, at: Option<&str>| {
        json!({"input": {"idempotencyKey": key, "on": "2026-01-15", "indicator": "personsAccompanied",
            "arguments": {"year": year}, "organisation": "samusocial", "asKnownAt": at}})
    };
    let key = Uuid::now_v7();
    let first = server.data_with(PUBLISH, &input(key, 2020, None));
    let again = server.data_with(PUBLISH, &input(key, 2020, None));
    assert_eq!(again["publishFigure"]["repeated"], true);
    assert_eq!(again["publishFigure"]["figure"], first["publishFigure"]["figure"]);
    let code = |answer: Value| answer["errors"][0]["extensions"]["code"].clone();
    assert_eq!(code(server.answer(PUBLISH, &input(key, 2021, None))), "IDEMPOTENCY_KEY_REUSED");
    let instant = first["publishFigure"]["figure"]["asKnownAt"].as_str().unwrap().to_owned();
    let same = input(Uuid::now_v7(), 2020, Some(&instant));
    assert_eq!(code(server.answer(PUBLISH, &same)), "ALREADY_PUBLISHED");
    let mut ahead = input(Uuid::now_v7(), 2020, None);
    ahead["input"]["on"] = json!("2099-01-01");
    assert_eq!(code(server.answer(PUBLISH, &ahead)), "FIGURE_AHEAD");
}
