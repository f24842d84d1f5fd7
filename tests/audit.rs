//! What an auditor can check alone: bundles verified by a program that is not trajet, checkpoints kept elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

mod support;

use domain::history::Cut;
use domain::ids::PersonId;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use support::{Chance, done, trajet};
use trajet::audit::Asked;
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::{Engine, graphql};

/// Proofs that must be accepted, and tamperings that must be refused.
const PROOFS: usize = 1_000;
const TAMPERINGS: usize = 3_000;
const VERIFIER: &str = "examples/verify_bundle.py";

/// A Python with the one library that the verifier needs: the one that is installed, or one made for the tests.
fn python() -> Option<PathBuf> {
    let has = |python: &Path| {
        let tried = Command::new(python).args(["-c", "import cryptography"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let installed = PathBuf::from("python3");
    if has(&installed) {
        return Some(installed);
    }
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verifier");
    let python = made.join("bin/python3");
    if !has(&python) {
        Command::new("python3").args(["-m", "venv"]).arg(&made).output().ok()?;
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "cryptography"]).output().ok()?;
    }
    has(&python).then_some(python)
}

fn verify(python: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(python).arg("-B").arg(VERIFIER).args(arguments).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap())
}

/// The demonstration, made once.
fn demonstration(folder: &Path) -> PathBuf {
    let path = folder.join("demo");
    done(&["demo", "--no-serve", "--data", path.to_str().unwrap()]);
    path
}

fn open(path: &Path) -> Engine {
    Engine::open(Setup::new(DataDir::new(path), Arc::new(store::SystemClock))).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_python_verifier_accepts_a_thousand_proofs_and_no_tampered_bundle() {
    let Some(python) = python() else {
        println!("skipped: no python3 with the library cryptography, and none could be installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let engine = open(&demonstration(folder.path()));
    let early = engine.checkpoint_at(engine.store.tree_size() / 3).unwrap();
    let early_head = engine.signing.verifier().verify(&early).unwrap();
    let bundles = folder.path().join("bundles");
    fs::create_dir(&bundles).unwrap();
    let people: BTreeSet<PersonId> = engine.runtime.snapshot().standing.iter().map(|(id, _)| PersonId(id)).collect();
    let mut proofs = 0;
    for (nth, person) in people.iter().step_by(17).enumerate() {
        let against = (nth % 2 == 0).then(|| early_head.clone());
        let is_kept = against.is_some();
        let Ok(bundle) = engine.bundle(*person, Asked { against, ..Asked::default() }).await else { continue };
        proofs += bundle.records.len();
        // One of fewer records leaves nothing to drop or to swap.
        if bundle.records.len() < 3 {
            continue;
        }
        fs::write(bundles.join(format!("{}.json", person.0)), serde_json::to_string(&bundle).unwrap()).unwrap();
        if is_kept {
            fs::write(bundles.join(format!("{}.earlier", person.0)), early.to_string()).unwrap();
        }
        if proofs > 2 * PROOFS {
            break;
        }
    }
    let seed = Chance::new().below(1 << 31).to_string();
    let tried = Command::new(&python)
        .args(["-B", "tests/audit/try_bundles.py", VERIFIER, bundles.to_str().unwrap(), &seed])
        .args([PROOFS.to_string(), TAMPERINGS.to_string()])
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&tried.stdout));
    assert!(tried.status.success(), "{}", String::from_utf8_lossy(&tried.stderr));
    engine.close().unwrap();
}

const EXAMPLE: &str = "tests/import/example.ndjson";

/// A small log, and a participant in it.
fn small(folder: &Path) -> (String, String) {
    let data = folder.join("data").to_str().unwrap().to_owned();
    done(&["import", EXAMPLE, "--data", &data]);
    let rows = done(&["export", "standing", "--data", &data]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    let person = ["person", "participant", "id"].iter().find_map(|name| row[name].as_str()).unwrap();
    (data, person.rsplit(':').next().unwrap().to_owned())
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_checkpoint_kept_elsewhere_holds_while_the_log_grows_and_finds_a_log_that_was_cut_or_exchanged() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _) = small(folder.path());
    let kept = file(folder.path(), "kept", &(done(&["checkpoint", "--data", &data])));
    let key = done(&["checkpoint", "--key", "--data", &data]);
    done(&["verify", "--data", &data, "--against", &kept]);
    done(&["rules", "--publish", "--data", &data]);
    let grown = done(&["verify", "--json", "--data", &data, "--against", &kept, "--key", key.trim()]);
    assert!(grown.contains("\"grownSince\":"), "{grown}");

    // Another log under the same key: what an attacker with the data directory can make.
    let other = folder.path().join("other");
    fs::create_dir_all(other.join("keys")).unwrap();
    fs::copy(Path::new(&data).join("keys/signing"), other.join("keys/signing")).unwrap();
    let other = other.to_str().unwrap();
    let first = fs::read_to_string(EXAMPLE).unwrap().lines().next().unwrap().to_owned() + "\n";
    let first = file(folder.path(), "first.ndjson", &first);
    done(&["import", &first, "--data", other]);
    let refused = trajet(&["verify", "--data", other, "--against", &kept]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{told}");
    assert!(told.contains("rewritten") || told.contains("cut off"), "{told}");

    // A checkpoint that somebody changed, and one of another key.
    let text = fs::read_to_string(&kept).unwrap();
    let size: u64 = text.lines().nth(1).unwrap().parse().unwrap();
    let changed = file(folder.path(), "changed", &text.replacen(&size.to_string(), &(size - 1).to_string(), 1));
    assert_eq!(trajet(&["verify", "--data", &data, "--against", &changed]).status.code(), Some(1));
    let strange = folder.path().join("strange").to_str().unwrap().to_owned();
    done(&["import", &first, "--data", &strange]);
    let strange = trajet(&["verify", "--data", &strange, "--against", &kept]);
    assert_eq!(strange.status.code(), Some(1), "{}", String::from_utf8_lossy(&strange.stderr));
}

#[test]
fn a_bundle_and_its_report_are_written_once_and_hold_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let (data, person) = small(folder.path());
    let kept = file(folder.path(), "kept", &done(&["checkpoint", "--data", &data, "--size", "3"]));
    let bundle = folder.path().join("bundle.json").to_str().unwrap().to_owned();
    let arguments = ["audit", &person, "--data", &data, "--bundle", &bundle, "--against", &kept];
    done(&arguments);
    let again = trajet(&arguments);
    assert_eq!(again.status.code(), Some(2), "an existing file is not overwritten");
    let (json, page) = (fs::read_to_string(&bundle).unwrap(), folder.path().join("bundle.html"));
    let page = fs::read_to_string(page).unwrap();
    let names: Vec<String> = names_in(EXAMPLE);
    assert!(!names.is_empty());
    for name in names {
        assert!(!json.contains(&name) && !page.contains(&name), "{name} is sealed");
    }
    assert!(page.contains(&person) && page.contains("<table>"));
    let Some(python) = python() else {
        println!("skipped in part: no python3 with the library cryptography, and none could be installed");
        return;
    };
    let key = done(&["checkpoint", "--key", "--data", &data]);
    let (code, told) = verify(&python, &[&bundle, "--key", key.trim(), "--against", &kept, "--show"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("only grown") && told.contains("ParticipantRegistered"), "{told}");
    let forged = file(folder.path(), "forged.json", &json.replacen("\"user\": \"", "\"user\": \"x", 1));
    let (code, told) = verify(&python, &[&forged, "--key", key.trim()]);
    assert!(code == 1 && told.contains("REFUSED"), "{told}");
    let (code, _) = verify(&python, &["no-such-file"]);
    assert_eq!(code, 2);
}

/// The personal texts of an import file.
fn names_in(path: &str) -> Vec<String> {
    let lines = fs::read_to_string(path).unwrap();
    let values = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let fields = ["familyName", "givenName", "note", "motive", "objectives", "address", "phone", "email"];
    let of = |value: serde_json::Value| {
        let input = value["input"].clone();
        fields.map(|field| input[field].as_str().map(str::to_owned)).into_iter().flatten()
    };
    values.flat_map(of).filter(|text| text.len() > 3).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn graphql_serves_the_same_proofs() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _) = small(folder.path());
    let engine = open(Path::new(&data));
    let schema = graphql::schema(engine.clone());
    let query = "{ integrity { size origin verifierKey root checkpoint first: root(size: 1)
        inclusion(position: \"2\") { leaf stored proof root size } consistency(from: 2) { fromRoot toRoot to proof } } }";
    let answer = schema.execute(query).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    let told = answer.data.into_json().unwrap()["integrity"].take();
    assert_eq!(told["size"], engine.store.tree_size());
    assert_eq!(told["inclusion"]["root"], told["root"]);
    assert_eq!(told["consistency"]["toRoot"], told["root"]);
    let note = store::audit::SignedCheckpoint::parse(told["checkpoint"].as_str().unwrap()).unwrap();
    let key: store::audit::VerifierKey = told["verifierKey"].as_str().unwrap().parse().unwrap();
    assert_eq!(key.verify(&note).unwrap().root, engine.store.root(engine.store.tree_size()).unwrap());
    for (field, text) in [
        ("root(size: 1000000)", "more than"),
        ("inclusion(position: \"0\") { leaf }", "not among"),
        ("consistency(from: 5, to: 2) { to }", "never shrinks"),
    ] {
        let answer = schema.execute(format!("{{ integrity {{ {field} }} }}")).await;
        assert!(answer.errors.iter().any(|error| error.message.contains(text)), "{field}: {:?}", answer.errors);
    }
    let cut = Cut::default();
    let unknown = engine.bundle(PersonId(uuid::Uuid::nil()), Asked { cut, ..Asked::default() }).await;
    assert!(matches!(unknown, Err(trajet::audit::AuditError::Unknown(_))));
    engine.close().unwrap();
}
