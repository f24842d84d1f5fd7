//! Golden files, one per kind and version; round trips; hostile bytes.
//!
//! A golden file holds a fact as JSON (for review) and its bytes (for ever). To add a kind, write a file with its
//! `fields`, `kind` and `version`, and run these tests once with `TRAJET_BLESS=1`: the bytes are added if absent,
//! and never replaced. Wrong bytes mean that stored records can no longer be read: add a version instead.
//! The `fields` of an older version are those of the fact to which it is lifted today; its bytes stay as they were.

use super::*;
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, proptest};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/golden")
}

struct Golden {
    name: String,
    kind: String,
    version: u16,
    fields: Map<String, Value>,
    bytes: Option<Vec<u8>>,
}

impl Golden {
    fn fact(&self) -> Fact {
        let fact = from_named_json(&self.kind, self.fields.clone());
        fact.unwrap_or_else(|field| unreachable!("{}: {field} does not fit", self.name))
    }
}

fn goldens() -> Vec<Golden> {
    let files = fs::read_dir(golden()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "json")).map(|path| read_golden(&path)).collect()
}

fn read_golden(path: &Path) -> Golden {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let whole: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let kind = whole["kind"].as_str().unwrap().to_owned();
    let version = u16::try_from(whole["version"].as_u64().unwrap()).unwrap();
    assert_eq!(name, format!("{kind}.v{version}.json"));
    let fields = whole["fields"].as_object().unwrap().clone();
    Golden { name, kind, version, fields, bytes: whole.get("msgpack").map(|hex| unhex(hex.as_str().unwrap())) }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn bless(golden_file: &Golden) {
    let stored = encode(&golden_file.fact());
    let whole = json!({"kind": golden_file.kind, "version": golden_file.version, "fields": golden_file.fields,
        "msgpack": hex(&stored.fact)});
    let text = format!("{}\n", serde_json::to_string_pretty(&whole).unwrap());
    // Whole or not at all: the other tests read these files at the same time.
    let half = golden().join(format!("{}.half", golden_file.name));
    fs::write(&half, text).unwrap();
    fs::rename(half, golden().join(&golden_file.name)).unwrap();
}

#[test]
fn every_golden_file_is_still_read() {
    for golden in goldens() {
        let Some(bytes) = &golden.bytes else {
            assert!(
                std::env::var_os("TRAJET_BLESS").is_some(),
                "{}: no bytes yet, see the head of this file",
                golden.name
            );
            bless(&golden);
            continue;
        };
        assert_eq!(decode(&golden.kind, golden.version, bytes), Ok(golden.fact()), "{}", golden.name);
    }
}

#[test]
fn every_kind_is_written_as_its_golden_file_says() {
    let goldens = goldens();
    for kind in kinds() {
        let found = goldens.iter().find(|golden| golden.kind == kind && golden.version == newest(kind));
        let Some(golden) = found else { unreachable!("{kind} has no golden file: see the head of this file") };
        let fact = golden.fact();
        if let Some(bytes) = &golden.bytes {
            assert_eq!(hex(&encode(&fact).fact), hex(bytes), "{kind}: what is stored may never change its shape");
        }
        let fields: Vec<_> = golden.fields.keys().map(String::as_str).collect();
        let mut all = super::fields(&fact).to_vec();
        all.sort_unstable();
        assert_eq!(fields, all, "{kind}: a golden file holds every field");
    }
}

#[test]
fn every_version_of_every_kind_has_its_golden_file() {
    let goldens = goldens();
    for kind in kinds() {
        let mut versions: Vec<u16> = goldens.iter().filter(|one| one.kind == kind).map(|one| one.version).collect();
        versions.sort_unstable();
        assert_eq!(versions, (1..=newest(kind)).collect::<Vec<_>>(), "{kind}");
    }
    assert!(goldens.iter().all(|golden| kinds().contains(&golden.kind.as_str())), "a released kind is never removed");
}

/// What a correction holds inside is told without reading it, so that a program knows at its start what it will meet.
#[test]
fn the_fact_inside_a_correction_is_told() {
    for golden in goldens() {
        let stored = encode(&golden.fact());
        let expected = match golden.fact() {
            Fact::Correction(crate::correction::Event::Corrected { replacement, .. }) => {
                let inner = encode(&replacement.fact);
                Some((inner.kind, inner.version))
            }
            _ => None,
        };
        assert_eq!(inside(&stored.kind, &stored.fact), expected, "{}", golden.name);
    }
    assert_eq!(inside("EventCorrected", &[0x80]), None);
}

#[test]
fn a_fact_is_the_same_as_json() {
    for golden in goldens() {
        let fact = golden.fact();
        assert_eq!(to_json(&fact), golden.fields, "{}", golden.name);
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact);
    }
    for text in ["{}", r#"{"Unheard": {}}"#, r#"{"PostClosed": {}, "PostFrozen": {}}"#, "[]"] {
        assert!(serde_json::from_str::<Fact>(text).is_err(), "{text}");
    }
}

#[test]
fn an_unknown_kind_and_a_newer_version_say_what_to_do() {
    let unknown = decode("ParticipantTeleported", 1, &[0x80]).unwrap_err();
    assert!(
        unknown.to_string().contains("ParticipantTeleported") && unknown.to_string().contains("newer"),
        "{unknown}"
    );
    let known = newest("PostClosed");
    let newer = decode("PostClosed", known + 1, &[0x80]);
    assert_eq!(newer, Err(WireError::NewerVersion { kind: "PostClosed".to_owned(), found: known + 1, known }));
    assert_eq!(readable("PostClosed", known + 1), newer.map(drop));
    assert_eq!(readable("PostClosed", known), Ok(()));
    assert_eq!(readable("ParticipantTeleported", 1), Err(unknown));
    assert!(matches!(decode("PostClosed", 0, &[0x80]), Err(WireError::NewerVersion { .. })));
    assert!(matches!(decode("PostClosed", 1, &[0x80]), Err(WireError::Malformed { .. })));
}

#[test]
fn a_record_with_bytes_after_its_end_is_refused() {
    for golden in goldens() {
        let mut bytes = encode(&golden.fact()).fact;
        bytes.push(0xc0);
        assert!(decode(&golden.kind, golden.version, &bytes).is_err(), "{}", golden.name);
    }
}

#[test]
fn a_record_cut_short_is_refused() {
    for golden in goldens() {
        let bytes = encode(&golden.fact()).fact;
        for length in 0..bytes.len() {
            assert!(decode(&golden.kind, golden.version, &bytes[..length]).is_err(), "{} cut at {length}", golden.name);
        }
    }
}

/// A correction within a correction within … would use up the stack, each level with a reader of its own.
#[test]
fn a_correction_never_holds_another_one() {
    let golden = read_golden(&golden().join("EventCorrected.v1.json"));
    let mut fields = golden.fields.clone();
    fields["replacement"]["fact"] = json!({"EventCorrected": golden.fields});
    assert!(from_named_json("EventCorrected", fields).is_err());
    let Fact::Correction(crate::correction::Event::Corrected { target, target_position, mut replacement, reason }) =
        golden.fact()
    else {
        unreachable!()
    };
    replacement.fact = Box::new(golden.fact());
    let nested = crate::correction::Event::Corrected { target, target_position, replacement, reason };
    assert!(decode("EventCorrected", 1, &encode(&nested.into()).fact).is_err());
}

/// Changes what a value says and not what it is: ids, days, numbers, truths.
fn vary(value: &mut Value, seed: &mut impl Iterator<Item = u64>) {
    let next = seed.next().unwrap_or_default();
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|field| vary(field, seed)),
        Value::Array(items) => items.iter_mut().for_each(|item| vary(item, seed)),
        Value::Bool(truth) => *truth = next.is_multiple_of(2),
        Value::Number(_) => *value = json!(next % 65_536),
        Value::String(text) if Uuid::try_parse(text).is_ok() => {
            *text = Uuid::from_u64_pair(next, next.rotate_left(17)).to_string();
        }
        Value::String(text) if text.parse::<chrono::NaiveDate>().is_ok() => {
            let first = chrono::NaiveDate::default();
            *text = (first + chrono::Days::new(next % 80_000)).to_string();
        }
        Value::String(text) if text.parse::<crate::hours::Hours>().is_ok() => {
            *text = crate::hours::Hours(i64::try_from(next % 10_000_000).unwrap_or_default()).to_string();
        }
        Value::String(_) | Value::Null => {}
    }
}

/// Any fact: a golden one whose values vary, with some of its optional fields left out.
fn any_fact() -> impl Strategy<Value = Fact> {
    let seeds = prop::collection::vec(any::<u64>(), 40);
    (0..kinds().len(), seeds, any::<u16>()).prop_map(|(kind, seeds, out)| {
        let kind = kinds()[kind];
        let golden = read_golden(&golden().join(format!("{kind}.v{}.json", newest(kind))));
        let mut fields = Value::Object(golden.fields.clone());
        vary(&mut fields, &mut seeds.into_iter());
        let mut fields = fields.as_object().unwrap().clone();
        for (at, name) in golden.fields.keys().enumerate() {
            let mut fewer = fields.clone();
            fewer.remove(name);
            if out & (1 << (at % 16)) != 0 && from_named_json(kind, fewer.clone()).is_ok() {
                fields = fewer;
            }
        }
        from_named_json(kind, fields).unwrap()
    })
}

proptest! {
    #[test]
    fn a_fact_is_read_back_as_it_was_written(fact in any_fact()) {
        let stored = encode(&fact);
        prop_assert_eq!(stored.version, newest(&stored.kind), "only the newest version is written");
        prop_assert_eq!(decode(&stored.kind, stored.version, &stored.fact), Ok(fact.clone()));
        let record = rmp_serde::to_vec_named(&fact).unwrap();
        prop_assert_eq!(rmp_serde::from_slice::<Fact>(&record).unwrap(), fact);
    }

    #[test]
    fn hostile_bytes_are_refused_or_read_and_never_panic(
        kind in 0..kinds().len(), version in any::<u16>(), bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = decode(kinds()[kind], version, &bytes);
        let _ = decode(kinds()[kind], newest(kinds()[kind]), &bytes);
        let _ = rmp_serde::from_slice::<Fact>(&bytes);
    }

    #[test]
    fn a_damaged_record_never_panics(fact in any_fact(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut stored = encode(&fact);
        let at = at.index(stored.fact.len());
        stored.fact[at] = byte;
        if let Ok(read) = decode(&stored.kind, stored.version, &stored.fact) {
            prop_assert_eq!(kind(&read), stored.kind.as_str());
        }
    }
}
