//! The messages of graphql-transport-ws, as they stand on the wire.

use crate::http::request::extensions;
use async_graphql::{Response, ServerError, Variables};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The subprotocol that a client must ask for.
pub const PROTOCOL: &str = "graphql-transport-ws";
/// Longest id of an operation, in bytes: clients use numbers or UUIDs, and each one is kept while it runs.
pub const ID_BYTES_MAX: usize = 128;

/// What a client may say.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    /// Asks to be let in.
    ConnectionInit {
        /// What it says of itself: `purpose`, why it reads, in every operation that says nothing else.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Asks for a sign of life.
    Ping {
        /// Whatever it wants back.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Gives a sign of life.
    Pong {
        /// Whatever it was asked with.
        #[serde(default, rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    /// Starts an operation.
    Subscribe {
        /// How the client calls it.
        id: String,
        /// The operation.
        payload: Operation,
    },
    /// Stops an operation.
    Complete {
        /// How the client calls it.
        id: String,
    },
}

/// A GraphQL operation as a client sends it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
    #[serde(default)]
    extensions: Option<Map<String, Value>>,
}

impl From<Operation> for async_graphql::Request {
    fn from(operation: Operation) -> Self {
        let variables = Value::Object(operation.variables.unwrap_or_default());
        let mut request = Self::new(operation.query).variables(Variables::from_json(variables));
        request.extensions = extensions(operation.extensions.unwrap_or_default());
        match operation.operation_name {
            Some(name) => request.operation_name(name),
            None => request,
        }
    }
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Says<'a> {
    /// The client is let in.
    ConnectionAck,
    /// A sign of life.
    Pong {
        /// What the client asked with.
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    /// A result of an operation.
    Next {
        /// Which operation.
        id: &'a str,
        /// The result.
        payload: &'a Response,
    },
    /// The operation never ran; its id is free again.
    Error {
        /// Which operation.
        id: &'a str,
        /// Why.
        payload: &'a [ServerError],
    },
    /// The operation is over; its id is free again.
    Complete {
        /// Which operation.
        id: &'a str,
    },
}

/// Why the server hangs up: a code that clients know, and a reason of at most 123 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// The code of the WebSocket protocol or of graphql-transport-ws.
    pub code: u16,
    /// What a person reads.
    pub reason: Cow<'static, str>,
}

/// Longest reason in a close frame, in bytes (RFC 6455, section 5.5: 125 with the code).
const REASON_BYTES_MAX: usize = 123;

impl Close {
    /// With a reason known beforehand.
    #[must_use]
    pub const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    /// An operation of that id runs already.
    #[must_use]
    pub fn duplicate(id: &str) -> Self {
        let mut reason = format!("Subscriber for {id} already exists");
        reason.truncate(reason.floor_char_boundary(REASON_BYTES_MAX));
        Self { code: 4409, reason: Cow::Owned(reason) }
    }

    /// The client hung up.
    pub const DONE: Self = Self::new(1000, "");
    /// The server stops.
    pub const GOING_AWAY: Self = Self::new(1001, "the server stops");
    /// Nothing was heard for too long, or nothing was read.
    pub const SILENT: Self = Self::new(1001, "no sign of life");
    /// A message is longer than the limit.
    pub const TOO_BIG: Self = Self::new(1009, "message too big");
    /// An answer cannot be written as JSON.
    pub const UNWRITABLE: Self = Self::new(1011, "an answer cannot be written");
    /// The purpose of `connection_init` is none that is known.
    pub const PURPOSE: Self = Self::new(4400, "Unknown purpose: see the enum Purpose of the schema");
    /// Not a message of the protocol.
    pub const INVALID: Self = Self::new(4400, "Invalid message");
    /// An operation before the client was let in.
    pub const UNAUTHORIZED: Self = Self::new(4401, "Unauthorized");
    /// The client does not speak the protocol.
    pub const SUBPROTOCOL: Self = Self::new(4406, "Subprotocol not acceptable");
    /// The client did not ask to be let in.
    pub const INIT_TIMEOUT: Self = Self::new(4408, "Connection initialisation timeout");
    /// The client asked twice to be let in.
    pub const TWICE: Self = Self::new(4429, "Too many initialisation requests");
    /// More operations at a time than the limit.
    pub const TOO_MANY: Self = Self::new(4429, "Too many operations at a time");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_by_its_type_and_nothing_else_is_one() {
        for good in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"ping","payload":{"a":1}}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{a}","variables":null,"operationName":null}}"#,
            r#"{"id":"1","type":"complete"}"#,
        ] {
            assert!(serde_json::from_str::<Said>(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "[]",
            r#"{"type":"start"}"#,
            r#"{"type":"ping","payload":"text"}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":1,"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":"1","type":"subscribe","payload":{}}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{a}","variables":[]}}"#,
        ] {
            assert!(serde_json::from_str::<Said>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_reason_fits_in_a_close_frame() {
        assert_eq!(Close::duplicate("a").reason, "Subscriber for a already exists");
        assert_eq!(Close::duplicate(&"é".repeat(ID_BYTES_MAX / 2)).reason.len(), 123);
        assert!(Close::INIT_TIMEOUT.reason.len() <= REASON_BYTES_MAX);
    }
}
