//! A subscriber over a real socket sees each record exactly once, whoever writes and however often it comes back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it must be")]

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::SystemClock;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::{Engine, graphql, http};
use uuid::Uuid;

/// Longest wait of a test: a hang is a failure, not a hung suite.
const PATIENCE: Duration = Duration::from_secs(30);
const WRITERS: usize = 8;
const POSTS: usize = 40;
/// Records that all writers make.
const ALL: u64 = (WRITERS * POSTS) as u64;

/// A served engine; its data goes with it.
struct House {
    schema: graphql::Schema,
    address: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
    _data: TempDir,
}

impl House {
    async fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let path = DataDir::new(data.path());
        let open = move || Engine::open(Setup::new(path, Arc::new(SystemClock)));
        let engine = tokio::task::spawn_blocking(open).await.unwrap().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        let served = tokio::spawn(http::serve(engine.clone(), listener, stopped));
        Self { schema: graphql::schema(engine), address, stop, served, _data: data }
    }

    /// Starts the writers: each opens its posts one after the other.
    fn write(&self) {
        for writer in 0..WRITERS {
            let schema = self.schema.clone();
            tokio::spawn(async move {
                for _ in 0..POSTS {
                    let answer = schema.execute(open_post(&format!("writer {writer}"))).await;
                    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
                }
            });
        }
    }

    async fn connect(&self) -> Client {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", "graphql-transport-ws".parse().unwrap());
        let mut client = Client(connect_async(request).await.unwrap().0);
        client.say(json!({"type": "connection_init"})).await;
        assert_eq!(client.hear().await["type"], "connection_ack");
        client
    }

    async fn follow(&self, arguments: &str) -> Client {
        let mut client = self.connect().await;
        client.subscribe(arguments).await;
        client
    }
}

fn open_post(function: &str) -> String {
    let key = Uuid::now_v7();
    format!(
        r#"mutation {{ openPost(input: {{idempotencyKey: "{key}", on: "2022-01-01", organisation: "samusocial", measure: ART60,
            function: "{function}"}}) {{ position }} }}"#
    )
}

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribe(&mut self, arguments: &str) {
        let query = format!("subscription {{ events{arguments} {{ position kind }} }}");
        self.say(json!({"id": "1", "type": "subscribe", "payload": {"query": query}})).await;
    }

    async fn hear(&mut self) -> Value {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("in time").expect("a frame").expect("a whole frame") {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => {
                    return json!({"type": "close", "code": frame.map(|frame| u16::from(frame.code))});
                }
                _ => {}
            }
        }
    }

    /// The position of the next record.
    async fn position(&mut self) -> u64 {
        let told = self.hear().await;
        let position = told["payload"]["data"]["events"]["position"].as_str();
        position.unwrap_or_else(|| panic!("{told}")).parse().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_record_is_seen_once_while_eight_write() {
    let house = House::open().await;
    let mut client = house.follow(r#"(from: "0")"#).await;
    house.write();
    for expected in 1..=ALL {
        assert_eq!(client.position().await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_record_is_seen_once_by_one_who_keeps_coming_back() {
    let house = House::open().await;
    house.write();
    let mut last = 0;
    while last < ALL {
        let mut client = house.follow(&format!(r#"(from: "{last}")"#)).await;
        for _ in 0..17.min(ALL - last) {
            last += 1;
            assert_eq!(client.position().await, last);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_begins_at_the_end_of_the_log_and_keeps_to_its_filter() {
    let house = House::open().await;
    let person = Uuid::now_v7();
    let register = |person: Uuid| {
        format!(
            r#"mutation {{ registerParticipant(input: {{idempotencyKey: "{}", participant: "{person}", on: "2022-01-01",
                organisation: "cpas-molenbeek", familyName: "Invented", givenName: "Name"}}) {{ position }} }}"#,
            Uuid::now_v7()
        )
    };
    assert!(house.schema.execute(open_post("cook")).await.is_ok());
    let mut from_now = house.follow("").await;
    let mut of_person = house.follow(&format!(r#"(filter: {{participant: "Participant:{person}"}})"#)).await;
    let mut of_kind = house.follow(r#"(filter: {kinds: [ParticipantRegistered]}, from: "0")"#).await;
    // A pong says that the subscription in front of it was taken in.
    for client in [&mut from_now, &mut of_person, &mut of_kind] {
        client.say(json!({"type": "ping"})).await;
        assert_eq!(client.hear().await["type"], "pong");
    }
    for written in [open_post("cook"), register(Uuid::now_v7()), register(person)] {
        assert!(house.schema.execute(written).await.is_ok());
    }
    assert_eq!((from_now.position().await, from_now.position().await), (2, 3));
    // Those who follow are remembered as readers of the first person: entries of the ledger stand in between.
    let second = of_person.position().await;
    assert!(second >= 4);
    assert_eq!((of_kind.position().await, of_kind.position().await), (3, second));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_that_is_not_recorded_yet_is_refused() {
    let house = House::open().await;
    let mut client = house.follow(r#"(from: "1")"#).await;
    let told = client.hear().await;
    let error = &told["payload"]["errors"][0];
    assert_eq!(
        (&error["extensions"]["code"], &error["extensions"]["field"]),
        (&json!("NOT_YET_RECORDED"), &json!("from"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutation_over_a_socket_passes_the_same_gate() {
    let house = House::open().await;
    let mut client = house.connect().await;
    let ask = |query: &str| json!({"id": "m", "type": "subscribe", "payload": {"query": query}});
    client.say(ask(&open_post("cook"))).await;
    assert_eq!(client.hear().await["payload"]["data"]["openPost"]["position"], "1");
    assert_eq!(client.hear().await["type"], "complete");
    client.say(ask(&format!("{{participant(id:{}", "[".repeat(1546)))).await;
    let told = client.hear().await;
    assert_eq!(
        (&told["type"], &told["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("DOCUMENT_TOO_LARGE"))
    );
    for (document, code) in [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{ events", "GRAPHQL_PARSE_FAILED")] {
        client.say(ask(document)).await;
        assert_eq!(client.hear().await["payload"][0]["extensions"]["code"], code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_to_those_who_follow() {
    let house = House::open().await;
    let mut client = house.follow("").await;
    client.say(json!({"type": "ping"})).await;
    client.hear().await;
    house.stop.send(()).unwrap();
    assert_eq!(client.hear().await, json!({"type": "close", "code": 1001}));
    drop(client);
    timeout(PATIENCE, house.served).await.expect("in time").expect("no panic").expect("served");
}
