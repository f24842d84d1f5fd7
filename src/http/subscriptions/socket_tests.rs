//! The protocol from outside: a real server on loopback, a real client, a small schema.

use super::message::PROTOCOL;
use super::{Limits, Sockets};
use async_graphql::{Object, Schema, Subscription};
use axum::Router;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use futures_util::{SinkExt, Stream, StreamExt, stream};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longest wait of a test: a hang is a failure, not a hung suite.
const PATIENCE: Duration = Duration::from_secs(10);

struct Query;

#[Object]
impl Query {
    async fn answer(&self) -> u32 {
        42
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self) -> bool {
        true
    }
}

/// Counts what it was asked for, so that a test can tell how far a stream ran.
struct Counting(Arc<AtomicUsize>);

#[Subscription]
impl Counting {
    /// Numbers from 0 on, `to` of them, each with a text of `bytes`.
    async fn count(&self, to: usize, #[graphql(default)] bytes: usize) -> impl Stream<Item = String> + use<> {
        let asked = Arc::clone(&self.0);
        stream::iter(0..to).map(move |n| {
            asked.fetch_add(1, Ordering::Relaxed);
            format!("{n}{}", "x".repeat(bytes))
        })
    }

    /// Nothing, for ever.
    async fn silence(&self) -> impl Stream<Item = bool> + use<> {
        stream::pending()
    }
}

async fn upgrade(State(sockets): State<Sockets>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    sockets.upgrade(&headers, upgrade)
}

struct Server {
    address: String,
    asked: Arc<AtomicUsize>,
    sockets: Sockets,
}

async fn server(limits: Limits) -> Server {
    let asked = Arc::new(AtomicUsize::new(0));
    let schema = Schema::new(Query, Mutation, Counting(Arc::clone(&asked)));
    let sockets = Sockets::new(move |request| schema.execute_stream(request), limits);
    let router = Router::new().route("/graphql", get(upgrade)).with_state(sockets.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Server { address, asked, sockets }
}

struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Server {
    fn request(&self) -> tokio_tungstenite::tungstenite::handshake::client::Request {
        format!("ws://{}/graphql", self.address).into_client_request().unwrap()
    }

    async fn open(&self) -> Client {
        let mut request = self.request();
        request.headers_mut().insert("Sec-WebSocket-Protocol", PROTOCOL.parse().unwrap());
        Client(connect_async(request).await.unwrap().0)
    }

    async fn let_in(&self) -> Client {
        let mut client = self.open().await;
        client.say(json!({"type": "connection_init"})).await;
        assert_eq!(client.hear().await, json!({"type": "connection_ack"}));
        client
    }
}

impl Client {
    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"id": id, "type": "subscribe", "payload": {"query": query}})).await;
    }

    async fn frame(&mut self) -> Message {
        timeout(PATIENCE, self.0.next()).await.expect("in time").expect("a frame").expect("a whole frame")
    }

    async fn hear(&mut self) -> Value {
        loop {
            match self.frame().await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code and reason with which the server hangs up, whatever it still says before.
    async fn close(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.frame().await {
                let frame = frame.expect("a close says why");
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }
}

#[tokio::test]
async fn a_query_a_mutation_and_a_subscription_are_answered_and_completed() {
    let server = server(Limits::default()).await;
    let mut client = server.let_in().await;
    for (query, data) in [("{ answer }", json!({"answer": 42})), ("mutation { write }", json!({"write": true}))] {
        client.subscribe("a", query).await;
        assert_eq!(client.hear().await, json!({"id": "a", "type": "next", "payload": {"data": data}}));
        assert_eq!(client.hear().await, json!({"id": "a", "type": "complete"}));
    }
    client.subscribe("b", "subscription { count(to: 3) }").await;
    for n in 0..3 {
        assert_eq!(client.hear().await["payload"]["data"]["count"], json!(n.to_string()));
    }
    assert_eq!(client.hear().await, json!({"id": "b", "type": "complete"}));
}

#[tokio::test]
async fn a_document_that_is_not_valid_is_an_error_and_its_id_is_free() {
    let server = server(Limits::default()).await;
    let mut client = server.let_in().await;
    for document in ["{ nothing }", "{ answer", "subscription { count }"] {
        client.subscribe("a", document).await;
        let error = client.hear().await;
        assert_eq!((&error["id"], &error["type"]), (&json!("a"), &json!("error")), "{document}");
        assert!(error["payload"][0]["message"].is_string(), "{error}");
    }
    client.subscribe("a", "{ answer }").await;
    assert_eq!(client.hear().await["type"], "next");
}

#[tokio::test]
async fn a_ping_is_answered_at_any_time_with_what_it_brought() {
    let server = server(Limits::default()).await;
    let mut client = server.open().await;
    client.say(json!({"type": "ping", "payload": {"at": 1}})).await;
    assert_eq!(client.hear().await, json!({"type": "pong", "payload": {"at": 1}}));
    client.say(json!({"type": "pong"})).await;
    client.say(json!({"type": "ping"})).await;
    assert_eq!(client.hear().await, json!({"type": "pong"}));
}

#[tokio::test]
async fn a_client_that_breaks_the_protocol_is_told_by_which_code() {
    let server = server(Limits::default()).await;
    let mut early = server.open().await;
    early.subscribe("a", "{ answer }").await;
    assert_eq!(early.close().await, (4401, "Unauthorized".into()));

    let mut twice = server.let_in().await;
    twice.say(json!({"type": "connection_init"})).await;
    assert_eq!(twice.close().await.0, 4429);

    for nonsense in ["{", r#"{"type":"start"}"#, r#"{"id":"","type":"subscribe","payload":{"query":"{answer}"}}"#] {
        let mut client = server.let_in().await;
        client.0.send(Message::text(nonsense)).await.unwrap();
        assert_eq!(client.close().await.0, 4400, "{nonsense}");
    }
    let mut binary = server.let_in().await;
    binary.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(binary.close().await.0, 4400);

    let mut same = server.let_in().await;
    same.subscribe("a", "subscription { silence }").await;
    same.subscribe("a", "{ answer }").await;
    assert_eq!(same.close().await, (4409, "Subscriber for a already exists".into()));
}

#[tokio::test]
async fn a_client_that_speaks_another_protocol_is_told_so() {
    let server = server(Limits::default()).await;
    let (socket, _) = connect_async(server.request()).await.unwrap();
    assert_eq!(Client(socket).close().await, (4406, "Subprotocol not acceptable".into()));
}

#[tokio::test]
async fn a_client_that_never_asks_to_be_let_in_is_hung_up_on() {
    let server = server(Limits { init: Duration::from_millis(50), ..Limits::default() }).await;
    assert_eq!(server.open().await.close().await, (4408, "Connection initialisation timeout".into()));
}

#[tokio::test]
async fn an_operation_that_was_completed_by_its_client_says_nothing_more() {
    let server = server(Limits::default()).await;
    let mut client = server.let_in().await;
    client.subscribe("a", "subscription { silence }").await;
    client.say(json!({"id": "a", "type": "complete"})).await;
    client.say(json!({"id": "unknown", "type": "complete"})).await;
    client.subscribe("a", "{ answer }").await;
    assert_eq!(client.hear().await["payload"]["data"]["answer"], 42);
    assert_eq!(client.hear().await, json!({"id": "a", "type": "complete"}));
}

#[tokio::test]
async fn a_client_has_a_bounded_number_of_operations_and_bytes() {
    let server = server(Limits { operations_max: 2, message_bytes_max: 1024, ..Limits::default() }).await;
    let mut many = server.let_in().await;
    for id in ["a", "b", "c"] {
        many.subscribe(id, "subscription { silence }").await;
    }
    assert_eq!(many.close().await.0, 4429);
    let mut long = server.let_in().await;
    long.subscribe("a", &format!("{{ answer }}{}", " ".repeat(1024))).await;
    assert_eq!(long.close().await.0, 1009);
}

#[tokio::test]
async fn a_stream_runs_only_as_fast_as_its_client_reads() {
    let server = server(Limits { send: Duration::from_millis(300), ..Limits::default() }).await;
    let mut client = server.let_in().await;
    client.subscribe("a", "subscription { count(to: 1000000, bytes: 65536) }").await;
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    // What ran is what fits into the buffers of the two kernels' sides, some megabytes, and no more.
    let asked = server.asked.load(Ordering::Relaxed);
    assert!((1..1_000).contains(&asked), "{asked} results of 64 kB were made for a client that reads none");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(server.asked.load(Ordering::Relaxed), asked, "the client that does not read was not given up");
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    let server = server(Limits::default()).await;
    for (name, value) in [("Origin", "http://example.org"), ("Host", "rebound.example.org")] {
        let mut request = server.request();
        request.headers_mut().insert(name, value.parse().unwrap());
        match connect_async(request).await {
            Err(Error::Http(response)) => assert_eq!(response.status(), 403),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let server = server(Limits::default()).await;
    let mut client = server.let_in().await;
    client.subscribe("a", "subscription { silence }").await;
    server.sockets.hang_up();
    let ((), close) = tokio::join!(server.sockets.hung_up(), client.close());
    assert_eq!(close.0, 1001);
}

#[tokio::test]
async fn a_client_that_gives_no_sign_of_life_is_given_up() {
    let server = server(Limits { ping_every: Duration::from_millis(50), ..Limits::default() }).await;
    let client = server.let_in().await;
    // The client's library answers pings only when it is asked to read; this one never is.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let gone = timeout(PATIENCE, server.sockets.free.acquire_many(u32::try_from(super::SOCKETS_MAX).unwrap()));
    drop(gone.await.expect("the socket is free again").unwrap());
    drop(client);
}
