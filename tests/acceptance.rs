//! The figures that the organisations published, asked of a running server over the demonstration history.
//!
//! Each case carries the id of `domain.md` A.10. The variants ask the same after the history was made otherwise.

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;
use support::{Server, done};
use tempfile::TempDir;
use trajet::clock::Rehearsal;
use trajet::config::DataDir;
use trajet::engine::{Engine, Setup};
use trajet::simulation::{self, Plan};

/// The demonstration, made once by the program itself.
fn demonstration() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("demo");
        done(&["demo", "--no-serve", "--data", path.to_str().expect("a path of letters")]);
        (folder, path)
    });
    path
}

/// A copy of the demonstration, to do something to.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_all(demonstration(), folder.path());
    folder
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// One case: its id, the organisation, the field, and the exact numerators in the order of the selection.
struct Case {
    id: &'static str,
    scope: &'static str,
    field: &'static str,
    expect: &'static [(&'static str, &'static str)],
}

const SAMUSOCIAL: &str = r#"organisation: "samusocial""#;
const ART60: &str = r#"organisation: "samusocial", measure: ART60"#;
const MOLENBEEK: &str = r#"organisation: "cpas-molenbeek""#;

/// Every case of A.10 whose answer is a number of its own.
const CASES: &[Case] = &[
    Case {
        id: "AC-2020-accompanied",
        scope: SAMUSOCIAL,
        field: "personsAccompanied(year: 2020) { numerator }",
        expect: &[("/numerator", "114")],
    },
    Case {
        id: "AC-2020-ended",
        scope: SAMUSOCIAL,
        field: "personsContractEnded(year: 2020) { numerator }",
        expect: &[("/numerator", "68")],
    },
    Case {
        id: "AC-2020-hired-active",
        scope: SAMUSOCIAL,
        field: r#"hiredActiveAt(cohortEndedIn: 2020, at: "2021-04-18", employer: "samusocial") { numerator }"#,
        expect: &[("/numerator", "25")],
    },
    Case {
        id: "AC-2021-posts",
        scope: ART60,
        field: r#"posts(at: "2021-04-18") { open { numerator } filled { numerator } }"#,
        expect: &[("/open/numerator", "70"), ("/filled/numerator", "55")],
    },
    Case {
        id: "AC-2021-agreements",
        scope: SAMUSOCIAL,
        field: r#"agreementsInForce(at: "2021-04-18", kind: ART60) { numerator }"#,
        expect: &[("/numerator", "4")],
    },
    Case {
        id: "AC-2022-art60",
        scope: ART60,
        field: "personsAccompanied(year: 2022) { numerator }",
        expect: &[("/numerator", "97")],
    },
    Case {
        id: "AC-2022-ended",
        scope: ART60,
        field: "personsContractEnded(year: 2022) { numerator }",
        expect: &[("/numerator", "49")],
    },
    Case {
        id: "AC-2022-hired",
        scope: ART60,
        field: r#"hiredSignedBy(cohortEndedIn: 2022, by: "2023-06-30") { numerator }"#,
        expect: &[("/numerator", "20")],
    },
    Case {
        id: "AC-2022-hired-cdi",
        scope: ART60,
        field: r#"hiredSignedBy(cohortEndedIn: 2022, by: "2023-06-30", kind: CDI) { numerator }"#,
        expect: &[("/numerator", "4")],
    },
    Case {
        id: "AC-2022-interns",
        scope: r#"organisation: "samusocial", measure: INTERN"#,
        field: "personsAccompanied(year: 2022) { numerator }",
        expect: &[("/numerator", "40")],
    },
    Case {
        id: "AC-2022-tig",
        scope: SAMUSOCIAL,
        field: "workPenalty(year: 2022) { persons { numerator } hours { numerator } }",
        expect: &[("/persons/numerator", "4"), ("/hours/numerator", "400")],
    },
    Case {
        id: "AC-2022-training",
        scope: ART60,
        field: "trainingPersonHours(year: 2022) { numerator }",
        expect: &[("/numerator", "2408")],
    },
    Case {
        id: "AC-2022-acs",
        scope: r#"organisation: "samusocial", measure: ACS"#,
        field: "occupancy(year: 2022) { posts { numerator } }",
        expect: &[("/posts/numerator", "14")],
    },
    Case {
        id: "AC-2022-agreements",
        scope: SAMUSOCIAL,
        field: "agreementsSigned(year: 2022, kind: ART60) { numerator }",
        expect: &[("/numerator", "5")],
    },
    Case {
        id: "AC-2022-jobday",
        scope: SAMUSOCIAL,
        field: "participantsOf(activity: JOB_DAY, year: 2022) { numerator }",
        expect: &[("/numerator", "21")],
    },
    Case {
        id: "AC-MOL-posts",
        scope: r#"organisation: "cpas-molenbeek", measure: ART60"#,
        field: r#"posts(at: "2012-12-31") { open { numerator } socialEconomy { numerator } }"#,
        expect: &[("/open/numerator", "350"), ("/socialEconomy/numerator", "121")],
    },
    Case {
        id: "AC-STLO",
        scope: r#"organisation: "ccas-saint-lo""#,
        field: r#"personsAccompanied(status: RSA, at: "2019-11-28") { numerator }"#,
        expect: &[("/numerator", "140")],
    },
];

/// AC-MOL and AC-MOL-rate: day, cells in the order of the pathway, ISP files, aid files.
const MOLENBEEK_TABLE: &[(&str, [i64; 5], i64, i64)] = &[
    ("2009-12-31", [208, 81, 300, 192, 301], 1082, 5131),
    ("2010-12-31", [1005, 682, 707, 314, 297], 3005, 5640),
    ("2011-12-31", [665, 1087, 1092, 833, 332], 4009, 5832),
    ("2012-06-30", [920, 1034, 1087, 772, 332], 4145, 5633),
];

/// Asks every case and compares.
fn every_figure_is_the_published_one(server: &Server) {
    for case in CASES {
        let answer = figure(server, case.scope, case.field);
        for (path, expected) in case.expect {
            let found = answer.pointer(path).and_then(Value::as_str);
            assert_eq!(found, Some(*expected), "{} {path}: {answer}", case.id);
        }
    }
    molenbeek(server);
    occupancy_of_acs(server);
    absence(server);
}

fn figure(server: &Server, scope: &str, field: &str) -> Value {
    let mut data = server.data(&format!("{{ indicators({scope}) {{ it: {field} }} }}"));
    data["indicators"]["it"].take()
}

fn molenbeek(server: &Server) {
    const CELLS: [&str; 5] = ["PROJECT_FACILITATOR", "ALPHA", "STUDIES_TRAINING", "EMPLOYMENT", "ART60"];
    for (day, cells, isp, aid) in MOLENBEEK_TABLE {
        let stock = figure(
            server,
            MOLENBEEK,
            &format!(r#"stockPerCell(on: "{day}") {{ total {{ numerator }} unknown cells {{ cell value }} }}"#),
        );
        assert_eq!(stock["total"]["numerator"], isp.to_string(), "AC-MOL {day}");
        let of = |cell: &str| {
            let found = stock["cells"].as_array().expect("cells").iter().find(|each| each["cell"] == cell);
            found.and_then(|each| each["value"].as_i64())
        };
        assert_eq!(CELLS.map(of), cells.map(Some), "AC-MOL {day}");
        let share = figure(server, MOLENBEEK, &format!(r#"shareInIsp(on: "{day}") {{ numerator denominator value }}"#));
        let exact = (share["numerator"].as_str(), share["denominator"].as_str());
        assert_eq!(exact, (Some(isp.to_string().as_str()), Some(aid.to_string().as_str())), "AC-MOL-rate {day}");
    }
}

fn occupancy_of_acs(server: &Server) {
    let occupancy = figure(
        server,
        r#"organisation: "samusocial", measure: ACS"#,
        r#"occupancy(year: 2022) { value dayWeighted { value } pointInTime(at: "2022-12-31") { numerator denominator } }"#,
    );
    let weighted = occupancy["dayWeighted"]["value"].as_f64().expect("a value");
    assert!((0.945..0.95).contains(&weighted), "AC-2022-acs: {occupancy}");
    assert_eq!(occupancy["value"], occupancy["dayWeighted"]["value"]);
    assert_eq!(occupancy["pointInTime"]["denominator"], "14", "AC-2022-acs: {occupancy}");
    assert!(["13", "14"].iter().any(|filled| occupancy["pointInTime"]["numerator"] == *filled), "{occupancy}");
}

fn absence(server: &Server) {
    let rate = |year: i32| {
        let answer = figure(server, ART60, &format!("absenteeismRate(year: {year}) {{ value unknown }}"));
        answer["value"].as_f64().expect("a rate")
    };
    let (before, after) = (rate(2021), rate(2022));
    assert!(after < before && before - after < 0.005, "AC-2022-absence: {before} then {after}");
}

#[test]
fn the_demonstration_gives_every_published_figure() {
    let server = Server::start(demonstration());
    every_figure_is_the_published_one(&server);
    a_late_entry_gives_the_older_figure_before_it_was_known(&server);
    two_contracts_in_a_row_are_there_and_count_once(&server);
}

#[test]
fn the_figures_are_the_same_after_a_rebuild_and_without_what_was_saved() {
    let folder = copy();
    done(&["rebuild", "--data", folder.path().to_str().expect("a path")]);
    every_figure_is_the_published_one(&Server::start(folder.path()));
    std::fs::remove_dir_all(folder.path().join("sled")).expect("it was there");
    every_figure_is_the_published_one(&Server::start(folder.path()));
}

/// Makes a history by another plan than the demonstration's own, and serves it.
fn served(plan: &Plan) -> (TempDir, Server) {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let clock = Arc::new(Rehearsal::at(plan.first_instant().expect("an act")));
        let engine = Engine::open(Setup::new(DataDir::new(folder.path()), clock.clone())).expect("it opens");
        simulation::play(&engine, &clock, plan, |_, _| {}).await.expect("the plan is lawful");
        engine.close().expect("it closes");
    });
    let server = Server::start(folder.path());
    (folder, server)
}

#[test]
fn the_figures_are_the_same_in_another_order_of_recording() {
    let (_folder, server) = served(&simulation::demonstration(1).reordered(7));
    every_figure_is_the_published_one(&server);
}

#[test]
fn the_figures_are_the_same_after_a_mistake_that_was_annulled() {
    let (_folder, server) = served(&simulation::demonstration(1).with_mistake());
    every_figure_is_the_published_one(&server);
}

/// Variant (f).
fn a_late_entry_gives_the_older_figure_before_it_was_known(server: &Server) {
    let ended = |at: &str| {
        let scope = format!("{SAMUSOCIAL}, asKnownAt: \"{at}\"");
        figure(server, &scope, "personsContractEnded(year: 2020) { numerator }")["numerator"].clone()
    };
    let early: i64 = ended("2021-01-15T00:00:00Z").as_str().and_then(|count| count.parse().ok()).expect("a count");
    assert!(early < 68, "{early} were known to have ended two weeks into 2021");
    assert_eq!(ended("2021-12-31T00:00:00Z"), "68");
}

/// Variant (g).
fn two_contracts_in_a_row_are_there_and_count_once(server: &Server) {
    let mut contracts = 0;
    let mut persons = std::collections::BTreeSet::new();
    let mut after = String::from("null");
    loop {
        let page = server.data(&format!(
            r#"{{ participants(first: 200, after: {after}) {{
              pageInfo {{ hasNextPage endCursor }} nodes {{ id engagements {{ measure counts start lastDay organisation {{ slug }} }} }} }} }}"#
        ));
        for node in page["participants"]["nodes"].as_array().expect("nodes") {
            for each in node["engagements"].as_array().expect("engagements") {
                let in_2022 = each["start"].as_str().is_some_and(|start| start <= "2022-12-31")
                    && each["lastDay"].as_str().is_none_or(|last| last >= "2022-01-01");
                let here = each["organisation"]["slug"] == "samusocial" && each["measure"] == "ART60";
                if here && each["counts"] == true && in_2022 {
                    contracts += 1;
                    persons.insert(node["id"].to_string());
                }
            }
        }
        if page["participants"]["pageInfo"]["hasNextPage"] != true {
            break;
        }
        after = page["participants"]["pageInfo"]["endCursor"].to_string();
    }
    assert_eq!(persons.len(), 97);
    assert!(contracts > persons.len(), "{contracts} contracts of {} persons", persons.len());
}
