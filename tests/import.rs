//! Import as its users meet it: all or nothing, or bad lines set aside; the same file twice adds nothing.

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{done, trajet};

const EXAMPLE: &str = include_str!("import/example.ndjson");

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// The example with a day on its third line that is none: the grant.
fn with_a_bad_grant() -> String {
    let mut lines: Vec<String> = EXAMPLE.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replace("\"on\": \"2023-01-09\"", "\"on\": \"09-01-2023\"");
    lines.join("\n")
}

#[test]
fn the_example_is_recorded_once_however_often_it_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("steps.ndjson"));
    fs::write(&file, EXAMPLE).unwrap();
    let import = || done(&["import", text(&file), "--data", text(&data), "--json"]);
    let first = import();
    let told: Value = serde_json::from_str(&first).unwrap();
    assert!(told["batch"].as_str().is_some_and(|batch| batch.len() == 36), "{first}");
    assert!(first.trim().ends_with(r#""recorded":8,"events":8,"known":0,"rejected":[]}"#), "{first}");
    assert_eq!(import().trim(), r#"{"batch":null,"recorded":0,"events":0,"known":8,"rejected":[]}"#);
}

#[test]
fn one_bad_line_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("steps.ndjson"));
    fs::write(&file, with_a_bad_grant()).unwrap();
    let output = trajet(&["import", text(&file), "--data", text(&data)]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("BAD_INPUT") && told.contains("YYYY-MM-DD"), "{told}");
    assert_eq!(done(&["export", "events", "--data", text(&data)]), "");
}

#[test]
fn what_follows_from_a_refused_line_is_set_aside_with_it_and_can_be_mended() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file, aside) =
        (folder.path().join("data"), folder.path().join("steps.ndjson"), folder.path().join("aside.ndjson"));
    fs::write(&file, with_a_bad_grant()).unwrap();
    let arguments = ["import", text(&file), "--data", text(&data), "--rejects", text(&aside)];
    assert_eq!(trajet(&arguments).status.code(), Some(1));
    // The grant, the project that is due for it, and its signature; the pathway stands on none of them.
    assert_eq!(fs::read_to_string(&aside).unwrap().lines().count(), 3);
    assert_eq!(trajet(&arguments).status.code(), Some(2), "a file that exists is never written over");

    fs::write(&aside, fs::read_to_string(&aside).unwrap().replace("09-01-2023", "2023-01-09")).unwrap();
    let told = done(&["import", text(&aside), "--data", text(&data)]);
    assert!(told.starts_with("3 lines recorded"), "{told}");
}

#[test]
fn a_lost_vault_is_told_and_no_new_one_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("steps.ndjson"));
    fs::write(&file, EXAMPLE).unwrap();
    done(&["import", text(&file), "--data", text(&data)]);
    fs::remove_dir_all(data.join("keys")).unwrap();
    let output = trajet(&["verify", "--data", text(&data)]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("restore it from its backup"));
    assert!(!data.join("keys").join("vault").exists());
}

#[test]
fn somebody_elses_directory_is_not_written_into() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letters.txt"), "mine").unwrap();
    let output = trajet(&["import", "tests/import/example.ndjson", "--data", text(folder.path())]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

const VIEWS: [&str; 11] = [
    "standing",
    "cells",
    "engagements",
    "outcomes",
    "aids",
    "projects",
    "trainings",
    "posts",
    "agreements",
    "courses",
    "organisations",
];

/// Every view, as it is exported.
fn views(data: &Path) -> Vec<String> {
    VIEWS.iter().map(|view| done(&["export", view, "--data", text(data)])).collect()
}

#[test]
fn a_reverted_batch_leaves_every_view_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (data, first, second) =
        (folder.path().join("data"), folder.path().join("first.ndjson"), folder.path().join("second.ndjson"));
    // The pathway and all that follows from it comes in later, on the file that the first import began.
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    fs::write(&first, lines[..3].join("\n")).unwrap();
    fs::write(&second, lines[3..].join("\n")).unwrap();
    done(&["import", text(&first), "--data", text(&data)]);
    let before = views(&data);
    let told: Value =
        serde_json::from_str(&done(&["import", text(&second), "--data", text(&data), "--label", "reprise", "--json"]))
            .unwrap();
    let batch = told["batch"].as_str().unwrap().to_owned();
    assert_ne!(views(&data), before);

    let revert = || -> Value {
        serde_json::from_str(&done(&["import", "revert", &batch, "--data", text(&data), "--json"])).unwrap()
    };
    let events = told["events"].as_u64().unwrap();
    assert_eq!(revert(), serde_json::json!({"annulled": events, "alreadyAnnulled": 0, "later": 0}));
    assert_eq!(views(&data), before);
    // Without the entries of the access ledger: each export leaves one.
    let events_of = || {
        let all = done(&["export", "events", "--data", text(&data)]);
        let others = all.lines().filter(|line| !line.contains("\"ExportProduced\""));
        // Positions move by the entries between.
        others.map(|line| line.split_once(',').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let log = events_of();
    let count = |kind: &str| log.iter().filter(|line| line.contains(&format!("\"{kind}\""))).count() as u64;
    assert_eq!((count("ImportBatchOpened"), count("ImportBatchClosed"), count("ImportBatchReverted")), (2, 2, 1));
    assert_eq!(count("EventAnnulled"), events);

    // Asked again, and imported again: nothing more is written.
    assert_eq!(revert(), serde_json::json!({"annulled": 0, "alreadyAnnulled": events, "later": 0}));
    let again = trajet(&["import", text(&second), "--data", text(&data)]);
    assert_eq!(again.status.code(), Some(1), "what stands annulled is not known already");
    let told = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(told.contains("BATCH_REVERTED") && told.contains(&batch), "{told}");
    assert_eq!(views(&data), before);
    assert_eq!(events_of(), log);
    let unknown = trajet(&["import", "revert", "018f0000-0000-7000-8000-0000000000ff", "--data", text(&data)]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn later_records_of_the_same_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (data, first, second) =
        (folder.path().join("data"), folder.path().join("first.ndjson"), folder.path().join("second.ndjson"));
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    fs::write(&first, lines[..3].join("\n")).unwrap();
    fs::write(&second, lines[3..].join("\n")).unwrap();
    let told: Value = serde_json::from_str(&done(&["import", text(&first), "--data", text(&data), "--json"])).unwrap();
    done(&["import", text(&second), "--data", text(&data)]);
    let reverted = done(&["import", "revert", told["batch"].as_str().unwrap(), "--data", text(&data)]);
    assert!(reverted.starts_with("3 events annulled"), "{reverted}");
    assert!(reverted.contains("later records"), "{reverted}");
}
