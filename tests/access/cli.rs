//! What is read and taken along by commands on the machine itself.

use crate::house::{ANNA, BART, import};
use crate::support::done;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn ledger(data: &str, person: &str) -> Vec<Value> {
    let told = done(&["audit", person, "--ledger", "--json", "--data", data]);
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn sha256(path: &std::path::Path) -> String {
    Sha256::digest(std::fs::read(path).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_commands_read_and_take_along_stands_in_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let data = import(folder.path());
    let path = |name: &str| folder.path().join(name);
    assert!(ledger(&data, ANNA).is_empty());

    done(&["audit", ANNA, "--data", &data, "--purpose", "AUDIT", "--user", "auditor-7"]);
    let read = &ledger(&data, ANNA)[0];
    assert_eq!((&read["kind"], &read["actor"]["user"]), (&json!("RecordViewed"), &json!("auditor-7")));
    assert_eq!((&read["fact"]["purpose"], &read["fact"]["way"]), (&json!("AUDIT"), &json!("CLI")));

    let bundle = path("anna.json");
    done(&["audit", ANNA, "--data", &data, "--bundle", bundle.to_str().unwrap(), "--open", "IDENTIFYING"]);
    let taken = ledger(&data, ANNA)[1]["fact"].clone();
    assert_eq!((&taken["content"], &taken["classes"]), (&json!("bundle"), &json!(["IDENTIFYING"])));
    assert_eq!(taken["sha256"], sha256(&bundle));
    assert!(ledger(&data, BART).is_empty(), "it is about Anna alone");

    let rows = path("standing.ndjson");
    done(&["export", "standing", "--data", &data, "--out", rows.to_str().unwrap(), "--purpose", "REPORTING"]);
    for person in [ANNA, BART] {
        let taken = ledger(&data, person).last().unwrap()["fact"].clone();
        assert_eq!(
            (&taken["content"], &taken["rows"], &taken["everyone"]),
            (&json!("standing"), &json!(2), &json!(true))
        );
        assert_eq!((&taken["sha256"], &taken["purpose"]), (&json!(sha256(&rows)), &json!("REPORTING")));
    }
    done(&["export", "posts", "--data", &data]);
    done(&["export", "events", "--data", &data]);
    let printed = ledger(&data, BART).last().unwrap()["fact"].clone();
    assert_eq!((&printed["content"], &printed["rows"]), (&json!("events"), &Value::Null));

    let before = ledger(&data, ANNA).len();
    done(&["deadlines", "--data", &data, "--json", "--as-of", "2023-06-01"]);
    let calendar = path("due.ics");
    done(&["deadlines", "--data", &data, "--calendar", calendar.to_str().unwrap(), "--as-of", "2023-06-01"]);
    let told = ledger(&data, ANNA);
    let kinds: Vec<&str> = told[before..].iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    // Each run is a sitting of its own.
    assert_eq!(kinds, ["RecordViewed", "RecordViewed", "ExportProduced"]);
    assert_eq!(told.last().unwrap()["fact"]["sha256"], sha256(&calendar));
    let table = done(&["audit", ANNA, "--ledger", "--data", &data]);
    assert!(table.contains("exported bundle") && table.contains("IDENTIFYING"), "{table}");
    assert!(!table.contains("Exemplaire"));
}
