//! What the access ledger costs: `participant(id)` with a 30-event timeline, in process, by a schema with the ledger and one
//! without, in the same run.
//!
//! "Each recorded" reads as somebody else every time, so every read waits for its own entry to be durable; "in a sitting"
//! reads as the same few, whose entries stand already. `cargo bench --bench ledger [-- <directory>]`; rounds alternate and
//! medians count.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use async_graphql::{Request, Variables};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::SystemClock;
use trajet::access::Caller;
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::graphql::{Schema, schema, schema_without_ledger};
use trajet::{Engine, commands};
use uuid::Uuid;

const ROUNDS: usize = 5;
const ROUND_TIME: Duration = Duration::from_millis(1000);
const PERSONS: u128 = 200;
const EVENTS: usize = 30;
const QUERY: &str = "query($id: ID!) { participant(id: $id) { registeredOn timeline(first: 50) { totalCount nodes { kind \
                     effectiveOn recordedAt actor { user } } } } }";

#[derive(Clone, Copy)]
enum Readers {
    /// Somebody new each time.
    New,
    /// One per client.
    Same,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let base = args.first().map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::tempdir_in(base).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let engine = runtime.block_on(house(dir.path()));
    let (with, without) = (schema(engine.clone()), schema_without_ledger(engine.clone()));
    println!("clients | without | in a sitting | each recorded | in a sitting / without | each recorded / without");
    for clients in [1, 16] {
        let mut rates: [Vec<f64>; 3] = Default::default();
        for _ in 0..ROUNDS {
            rates[0].push(runtime.block_on(round(&without, clients, Readers::Same)));
            rates[1].push(runtime.block_on(round(&with, clients, Readers::Same)));
            rates[2].push(runtime.block_on(round(&with, clients, Readers::New)));
        }
        let [without, sitting, recorded] = rates.map(median);
        let (of_sitting, of_recorded) = (sitting / without, recorded / without);
        println!(
            "{clients:>7} | {without:>5.0}/s | {sitting:>10.0}/s | {recorded:>11.0}/s | {of_sitting:.2} | {of_recorded:.2}"
        );
    }
    engine.close().unwrap();
}

/// Persons with as many events each.
async fn house(dir: &Path) -> Engine {
    let engine = Engine::open(Setup::new(DataDir::new(dir.join("data")), Arc::new(SystemClock))).unwrap();
    let of_all = (1..=PERSONS).map(|person| of_person(&engine, person));
    futures_util::future::join_all(of_all).await;
    engine
}

async fn of_person(engine: &Engine, person: u128) {
    let (id, pathway) = (Uuid::from_u128(person), Uuid::from_u128(person << 64));
    let record = async |command: &str, mut input: serde_json::Value| {
        input["participant"] = json!(id);
        let key = Uuid::now_v7();
        let command = engine.parse(command, key, input).unwrap();
        let origin = Caller::local().origin("import");
        let request = commands::Request { key, command, expected_revision: None, origin };
        engine.execute(&request).await.unwrap();
    };
    record(
        "registerParticipant",
        json!({"on": "2023-01-09", "organisation": "cpas-exemple", "familyName": "E", "givenName": "I"}),
    )
    .await;
    record(
        "openPathway",
        json!({"pathway": pathway, "on": "2023-02-01", "organisation": "cpas-exemple", "origin": "AID_FILE"}),
    )
    .await;
    for member in 2..EVENTS {
        let user = format!("worker-{member}");
        record(
            "assignMember",
            json!({"pathway": pathway, "on": "2023-02-01", "user": user, "role": "SOCIAL_WORKER", "referent": false}),
        )
        .await;
    }
}

/// Answers a second.
async fn round(schema: &Schema, clients: u64, readers: Readers) -> f64 {
    static NEW: AtomicU64 = AtomicU64::new(0);
    let begun = Instant::now();
    let client = |client: u64| {
        let schema = schema.clone();
        tokio::spawn(async move {
            let mut answers = 0_u64;
            while begun.elapsed() < ROUND_TIME {
                let user = match readers {
                    Readers::New => format!("reader-{}", NEW.fetch_add(1, Ordering::Relaxed)),
                    Readers::Same => format!("client-{client}"),
                };
                let person = Uuid::from_u128(u128::from(answers * 7 + client) % PERSONS + 1);
                let caller = Caller { user, ..Caller::local() };
                let request = Request::new(QUERY).variables(Variables::from_json(json!({"id": person}))).data(caller);
                let answer = schema.execute(request).await;
                assert!(answer.errors.is_empty(), "{:?}", answer.errors);
                answers += 1;
            }
            answers
        })
    };
    let clients: Vec<_> = (0..clients).map(client).collect();
    let mut answers = 0;
    for client in clients {
        answers += client.await.unwrap();
    }
    answers as f64 / begun.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
