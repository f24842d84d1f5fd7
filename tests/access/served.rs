//! Over HTTP and a socket, from a process that is killed.

use crate::house::{ANNA, import};
use crate::support::Server;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;

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

/// Opens a socket with what it says of itself, and asks one thing; what it is told.
async fn over_a_socket(server: &Server, init: Value, operation: Value) -> Vec<String> {
    let mut request = format!("ws://{}/graphql", server.address).into_client_request().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    for message in [
        json!({"type": "connection_init", "payload": init}),
        json!({"type": "subscribe", "id": "1", "payload": operation}),
    ] {
        // A server that hung up already is heard below.
        let _ = socket.send(Message::text(message.to_string())).await;
    }
    let mut told = Vec::new();
    while let Some(Ok(frame)) = timeout(Duration::from_secs(60), socket.next()).await.unwrap() {
        match frame {
            Message::Text(text) => {
                let is_last = text.contains("\"complete\"") || text.contains("\"error\"");
                told.push(text.to_string());
                if is_last {
                    break;
                }
            }
            Message::Close(frame) => {
                told.push(frame.map(|frame| frame.code.to_string()).unwrap_or_default());
                break;
            }
            _ => {}
        }
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_says_its_purpose_once_for_all_its_operations() {
    let folder = tempfile::tempdir().unwrap();
    let data = import(folder.path());
    let server = Server::start(data.as_ref());
    let query = format!("{{ participant(id: \"{ANNA}\") {{ registeredOn }} }}");
    let told = over_a_socket(&server, json!({"purpose": "SUPERVISION"}), json!({"query": query})).await;
    assert!(told[1].contains("2023-01-09"), "{told:?}");
    let own = json!({"query": query, "extensions": {"purpose": "RESEARCH"}});
    over_a_socket(&server, json!({"purpose": "SUPERVISION"}), own).await;
    assert_eq!(over_a_socket(&server, json!({"purpose": "CURIOSITY"}), json!({"query": query})).await, ["4400"]);
    let ledger = format!("{{ accessLedger(participant: \"{ANNA}\") {{ nodes {{ purpose }} }} }}");
    let expected = json!([{"purpose": "SUPERVISION"}, {"purpose": "RESEARCH"}]);
    assert_eq!(server.data(&ledger)["accessLedger"]["nodes"], expected);
}
