//! A small invented house, asked in process, with a clock that the test moves.

use async_graphql::{Request, Variables};
use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{CallerRole, Purpose};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use store::Clock;
use tempfile::TempDir;
use trajet::access::Caller;
use trajet::clock::Rehearsal;
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::{Engine, graphql};
use uuid::Uuid;

pub const ANNA: &str = "018f0000-0000-7000-8000-0000000000a1";
pub const BART: &str = "018f0000-0000-7000-8000-0000000000b1";
const POST: &str = "018f0000-0000-7000-8000-0000000000c1";
const WORK: &str = "018f0000-0000-7000-8000-0000000000c2";
const PATHWAY: &str = "018f0000-0000-7000-8000-0000000000c3";

/// What happened, as lines of an import.
pub fn lines() -> Vec<Value> {
    let line = |command: &str, input: Value| json!({"command": command, "input": input});
    let mut lines = Vec::new();
    for (person, name) in [(ANNA, "Exemplaire"), (BART, "Voorbeeld")] {
        lines.push(line(
            "registerParticipant",
            json!({"participant": person, "on": "2023-01-09", "organisation": "cpas-exemple", "familyName": name,
                "givenName": "Inventée"}),
        ));
    }
    lines.push(line(
        "openPost",
        json!({"post": POST, "on": "2022-01-01", "organisation": "samusocial", "measure": "ART60",
            "function": "aide-cuisine"}),
    ));
    lines.push(line(
        "grantAid",
        json!({"participant": ANNA, "on": "2023-01-09", "organisation": "cpas-exemple", "kind": "RIS",
            "notifiedOn": "2023-01-20"}),
    ));
    lines.push(line(
        "openPathway",
        json!({"participant": ANNA, "pathway": PATHWAY, "on": "2023-02-01", "organisation": "cpas-exemple",
            "origin": "AID_FILE"}),
    ));
    lines.push(line(
        "assignMember",
        json!({"participant": ANNA, "pathway": PATHWAY, "on": "2023-02-01", "user": "lea", "role": "SOCIAL_WORKER",
            "referent": true}),
    ));
    lines.push(line(
        "signEngagement",
        json!({"participant": ANNA, "engagement": WORK, "on": "2023-03-01", "measure": "ART60",
            "organisation": "samusocial", "employer": "cpas-exemple", "plannedFrom": "2023-03-06",
            "plannedUntil": "2024-12-31", "weeklyHours": "38", "kind": "CDD", "post": POST}),
    ));
    lines.push(line("startEngagement", json!({"participant": ANNA, "engagement": WORK, "on": "2023-03-06"})));
    lines
}

/// Writes them to a file, and imports them into a data directory.
pub fn import(folder: &Path) -> String {
    let file = folder.join("lines.ndjson");
    let text: String = lines().iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, text).unwrap();
    let data = folder.join("data").to_str().unwrap().to_owned();
    crate::support::done(&["import", file.to_str().unwrap(), "--data", &data]);
    data
}

pub struct House {
    pub engine: Engine,
    pub schema: graphql::Schema,
    pub clock: Arc<Rehearsal>,
    _folder: TempDir,
}

impl House {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Rehearsal::at("2024-06-03T08:00:00Z".parse().unwrap()));
        let setup = Setup::new(DataDir::new(folder.path().join("data")), clock.clone());
        let engine = tokio::task::spawn_blocking(move || Engine::open(setup)).await.unwrap().unwrap();
        let house = Self { schema: graphql::schema(engine.clone()), engine, clock, _folder: folder };
        for line in lines() {
            house.record(line["command"].as_str().unwrap(), line["input"].clone()).await;
        }
        house
    }

    /// Records a command, which is no reading.
    pub async fn record(&self, command: &str, input: Value) {
        let (key, origin) = (Uuid::now_v7(), Caller::local().origin("import"));
        let parsed = self.engine.parse(command, key, input).unwrap_or_else(|error| panic!("{command}: {error}"));
        let request = trajet::commands::Request { key, command: parsed, expected_revision: None, origin };
        self.engine.execute(&request).await.unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    pub fn later(&self, minutes: i64) {
        let now: DateTime<Utc> = self.clock.now();
        self.clock.set(now + TimeDelta::minutes(minutes));
    }

    pub fn request(user: &str, purpose: Option<Purpose>, query: &str, variables: Value) -> Request {
        let caller =
            Caller { user: user.into(), role: CallerRole::CaseWorker, organisation: "cpas-exemple".into(), purpose };
        Request::new(query).variables(Variables::from_json(variables)).data(caller)
    }

    /// What a reader is answered.
    pub async fn ask(&self, user: &str, query: &str) -> Value {
        let answer = self.schema.execute(Self::request(user, None, query, json!({}))).await;
        assert!(answer.errors.is_empty(), "{query}: {:?}", answer.errors);
        answer.data.into_json().unwrap()
    }

    /// The ledger's entries, asked as `accessLedger(…)`.
    pub async fn ledger(&self, of: &str) -> Vec<Value> {
        let entry = "kind recordedAt actor { user role organisation } purpose way seen { file classes } \
                     exported { content rows sha256 files everyone } refused { operation code repeated }";
        let query = format!("{{ accessLedger({of}, first: 500) {{ totalCount nodes {{ {entry} }} }} }}");
        let found = self.ask("dpo", &query).await["accessLedger"].take();
        assert_eq!(found["totalCount"], found["nodes"].as_array().unwrap().len());
        found["nodes"].as_array().unwrap().clone()
    }

    pub async fn by_person(&self, person: &str) -> Vec<Value> {
        self.ledger(&format!("participant: \"{person}\"")).await
    }

    pub async fn by_reader(&self, user: &str) -> Vec<Value> {
        self.ledger(&format!("reader: \"{user}\"")).await
    }
}
