//! The program as its users meet it: a process, a port, JSON.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::panic, reason = "a test that fails says what it was answered")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// How long one answer may take: a debug build on a busy machine folds a history of some ten thousand records.
const PATIENCE: Duration = Duration::from_secs(300);

/// Runs `trajet` to its end.
pub fn trajet(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trajet")).args(arguments).output().expect("the program starts")
}

/// Runs `trajet` and insists on success.
pub fn done(arguments: &[&str]) -> String {
    let output = trajet(arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "trajet {arguments:?}: {told}");
    String::from_utf8(output.stdout).expect("text")
}

/// A served data directory; the process ends with it.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Serves `dir` on a free port of this machine.
    pub fn start(dir: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_trajet"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let rest = line.split_once("http://")?.1.to_owned();
                rest.split('/').next()?.parse().ok()
            })
            .expect("the server tells its address");
        // Read on, so that the server never waits for somebody to read what it prints.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { process, address }
    }

    /// Ends the process as a power cut would: without asking.
    pub fn kill(mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }

    /// The whole answer to a query.
    pub fn answer(&self, query: &str, variables: &Value) -> Value {
        let (status, body) = self.post("/graphql", &json!({"query": query, "variables": variables}).to_string());
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{status}: {error}: {body}"))
    }

    /// The data of a query that must succeed.
    pub fn data(&self, query: &str) -> Value {
        self.data_with(query, &json!({}))
    }

    /// The data of a query that must succeed.
    pub fn data_with(&self, query: &str, variables: &Value) -> Value {
        let mut answer = self.answer(query, variables);
        assert!(answer.get("errors").is_none(), "{query}\n{variables}\n{}", answer["errors"]);
        answer["data"].take()
    }

    /// Status and body of a POST of JSON.
    pub fn post(&self, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        (status, body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to end.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Chance that its seed repeats (SplitMix64); the seed is printed, and `TRAJET_SEED` gives it again.
pub struct Chance(u64);

impl Chance {
    pub fn new() -> Self {
        let drawn = chrono::Utc::now().timestamp_micros().unsigned_abs();
        let seed = std::env::var("TRAJET_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(drawn);
        println!("TRAJET_SEED={seed}");
        Self(seed)
    }

    /// A number from 0 to `n`, exclusive.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("it is below n")
    }

    /// One of some.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
