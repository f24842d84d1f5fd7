//! Over HTTP, from a process that is killed.

use crate::house::{ANNA, import};
use crate::support::Server;
use serde_json::{Value, json};

#[test]
fn an_entry_outlives_a_kill_right_after_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let data = import(folder.path());
    let server = Server::start(data.as_ref());
    let query = format!("{{ participant(id: \"{ANNA}\") {{ personal {{ value }} }} }}");
    let body = json!({"query": query, "extensions": {"purpose": "AUDIT"}}).to_string();
    let (status, answer) = server.post("/graphql", &body);
    server.kill();
    assert!(status == 200 && answer.contains("Exemplaire"), "{answer}");

    let server = Server::start(data.as_ref());
    let ledger = format!(
        "{{ accessLedger(participant: \"{ANNA}\") {{ nodes {{ actor {{ user }} purpose way seen {{ classes }} }} }} }}"
    );
    let expected =
        json!([{"actor": {"user": "local"}, "purpose": "AUDIT", "way": "API", "seen": [{"classes": ["IDENTIFYING"]}]}]);
    assert_eq!(server.data(&ledger)["accessLedger"]["nodes"], expected);
    let unknown = json!({"query": query, "extensions": {"purpose": "CURIOSITY"}}).to_string();
    let answer: Value = serde_json::from_str(&server.post("/graphql", &unknown).1).unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
}
