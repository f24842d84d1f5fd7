//! A small invented history, recorded by mutations.

use crate::support::Server;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// A served data directory of its own.
pub struct House {
    pub server: Server,
    _data: TempDir,
}

impl House {
    /// A house to which nothing has happened.
    pub fn new() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let server = Server::start(data.path());
        Self { server, _data: data }
    }

    /// A house with so many participants, each registered a day after the one before, the even ones on integration
    /// income with an open pathway.
    pub fn with_participants(count: u32) -> Self {
        let house = Self::new();
        for number in 1..=count {
            house.register(number);
            if number % 2 == 0 {
                house.open_pathway(number);
            }
        }
        house
    }

    /// Records a command, which must succeed, and answers its payload.
    pub fn record(&self, mutation: &str, mut input: Value) -> Value {
        input["idempotencyKey"] = json!(Uuid::now_v7());
        let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!("mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ position events }} }}");
        let mut data = self.server.data_with(&document, &json!({ "input": input }));
        data[mutation].take()
    }

    fn register(&self, number: u32) {
        let on = format!("2022-01-{number:02}");
        self.record(
            "registerParticipant",
            json!({"participant": person(number), "on": on, "organisation": "cpas-exemple",
                "familyName": format!("Invented {number}"), "givenName": "Name"}),
        );
    }

    fn open_pathway(&self, number: u32) {
        let participant = person(number);
        self.record(
            "grantAid",
            json!({"participant": participant, "on": "2022-02-01", "organisation": "cpas-exemple", "kind": "RIS",
                "notifiedOn": "2022-02-10"}),
        );
        let pathway = Uuid::from_u128(1_000 + u128::from(number));
        self.record(
            "openPathway",
            json!({"participant": participant, "pathway": pathway, "on": "2022-03-01",
                "organisation": "cpas-exemple", "origin": "AID_FILE"}),
        );
        self.record(
            "enterCell",
            json!({"participant": participant, "pathway": pathway, "on": "2022-03-01", "cell": "ALPHA"}),
        );
    }

    /// When the last record was made.
    pub fn last_instant(&self) -> Value {
        self.server.data("{ events(last: 1) { nodes { recordedAt } } }")["events"]["nodes"][0]["recordedAt"].take()
    }
}

/// The global id of an invented participant.
pub fn person(number: u32) -> String {
    format!("Participant:{}", Uuid::from_u128(u128::from(number)))
}

/// Code of the first error of an answer.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}
