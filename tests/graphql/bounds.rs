//! What is refused before it costs anything, and how HTTP tells it.

use crate::house::{House, code};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Status, headers in small letters, and body of a request given as its first line, its headers and its body.
fn exchange(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
    let mut request = format!("{line} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "host") {
        request.push_str(&format!("host: {address}\r\n"));
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    // The server may answer and close before it has read everything.
    drop(stream.write_all(format!("{request}\r\n{body}").as_bytes()));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    (status, head.to_lowercase(), body.to_owned())
}

const JSON: (&str, &str) = ("content-type", "application/json");
const NEWER: (&str, &str) = ("accept", "application/graphql-response+json");
const OLDER: (&str, &str) = ("accept", "application/json");

fn body(query: &str) -> String {
    json!({ "query": query }).to_string()
}

fn errors(body: &str) -> Value {
    serde_json::from_str(body).expect("an answer in JSON")
}

#[test]
fn documents_that_stall_or_abort_other_servers_are_answered_at_once() {
    let house = House::new();
    let brackets = format!("{{participant(id:{}{}){{id}}}}", "[".repeat(1546), "]".repeat(1546));
    let mut fragments = String::from("{...F0}");
    for level in 0..26 {
        fragments.push_str(&format!(" fragment F{level} on Query{{...F{0} ...F{0}}}", level + 1));
    }
    fragments.push_str(" fragment F26 on Query{head}");
    for query in [brackets, fragments] {
        let start = Instant::now();
        let answer = house.server.answer(&query, &json!({}));
        assert_eq!(code(&answer), "DOCUMENT_TOO_LARGE");
        assert!(answer.get("data").is_none());
        assert!(start.elapsed() < Duration::from_secs(5));
    }
    assert_eq!(house.server.data("{ head }")["head"], "0", "the server goes on");
}

#[test]
fn lists_that_lead_round_in_circles_are_refused_before_they_are_followed() {
    let house = House::new();
    let mut query = String::from("id");
    for _ in 0..5 {
        query = format!("engagements {{ placements {{ post {{ engagements {{ participant {{ {query} }} }} }} }} }}");
    }
    let answer = house.server.answer(&format!("{{ participants {{ nodes {{ {query} }} }} }}"), &json!({}));
    assert_eq!(code(&answer), "DOCUMENT_TOO_LARGE", "{answer}");
    assert!(answer["errors"][0]["message"].as_str().is_some_and(|text| text.contains("500000")), "{answer}");
}

#[test]
fn the_status_says_what_the_client_understands() {
    let house = House::new();
    let address = house.server.address;
    let post = |headers: &[(&str, &str)], text: &str| exchange(address, "POST /graphql", headers, text);
    let (status, head, text) = post(&[JSON, NEWER], &body("{ nothing }"));
    assert_eq!(status, 400);
    assert!(head.contains("content-type: application/graphql-response+json"));
    assert!(errors(&text).get("data").is_none());
    assert_eq!(code(&errors(&text)), "GRAPHQL_VALIDATION_FAILED");
    let (status, head, text) = post(&[JSON, OLDER], &body("{ nothing"));
    assert_eq!((status, code(&errors(&text))), (200, "GRAPHQL_PARSE_FAILED"));
    assert!(head.contains("content-type: application/json"));
    let (status, _, text) = post(&[JSON, NEWER], &body("{ head }"));
    assert_eq!((status, errors(&text)["data"]["head"].as_str()), (200, Some("0")));
    assert_eq!(post(&[JSON, ("accept", "text/html")], &body("{ head }")).0, 406);
}

#[test]
fn what_is_not_one_operation_in_json_is_refused_in_json() {
    let house = House::new();
    let address = house.server.address;
    let long = body(&format!("{{ head }} # {}", "x".repeat(1 << 20)));
    for (line, headers, text, status, expected) in [
        ("POST /graphql", vec![("content-type", "text/plain")], body("{ head }"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST /graphql", vec![], body("{ head }"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST /graphql", vec![JSON], "[]".into(), 400, "BATCH_REFUSED"),
        ("POST /graphql", vec![JSON], "{".into(), 400, "BAD_REQUEST"),
        ("POST /graphql", vec![JSON], "{}".into(), 400, "BAD_REQUEST"),
        ("POST /graphql", vec![JSON], long, 413, "BODY_TOO_LARGE"),
        ("GET /graphql", vec![], String::new(), 400, "BAD_REQUEST"),
        ("DELETE /graphql", vec![], String::new(), 405, "METHOD_NOT_ALLOWED"),
        ("GET /nowhere", vec![], String::new(), 404, "NO_SUCH_PATH"),
        ("POST /graphql", vec![JSON, ("host", "rebound.example.org")], body("{ head }"), 403, "HOST_REFUSED"),
        ("POST /graphql", vec![JSON, ("origin", "https://example.org")], body("{ head }"), 403, "HOST_REFUSED"),
    ] {
        let (found, head, answer) = exchange(address, line, &headers, &text);
        assert_eq!((found, code(&errors(&answer))), (status, expected), "{line} {headers:?}");
        assert!(!head.contains("access-control"), "{line}");
    }
}

#[test]
fn by_get_a_query_is_answered_and_a_mutation_is_not() {
    let house = House::new();
    let address = house.server.address;
    let (status, _, text) =
        exchange(address, "GET /graphql?query=query%20A%7Bhead%7D%20query%20B%7Bhead%7D&operationName=B", &[OLDER], "");
    assert_eq!((status, errors(&text)["data"]["head"].as_str()), (200, Some("0")));
    let (status, head, text) = exchange(address, "GET /graphql?query=mutation%7B__typename%7D", &[OLDER], "");
    assert_eq!((status, code(&errors(&text))), (405, "METHOD_NOT_ALLOWED"));
    assert!(head.contains("allow: post"));
}

#[test]
fn graphiql_comes_from_the_program_and_may_load_nothing_else() {
    let house = House::new();
    let (status, head, page) = exchange(house.server.address, "GET /", &[], "");
    assert_eq!(status, 200);
    assert!(head.contains("content-security-policy: default-src 'none'"));
    assert!(!page.contains("https://"));
    for asset in page.split('"').filter(|text| text.starts_with("/graphiql/")) {
        assert_eq!(exchange(house.server.address, &format!("GET {asset}"), &[], "").0, 200, "{asset}");
    }
}
