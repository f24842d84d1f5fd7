//! GraphQL over WebSocket: the graphql-transport-ws protocol, on an upgrade of `GET /graphql`.
//!
//! Read [`message`] (what is said on the wire), then `operation` (the answers of one operation), then `session`
//! (one open socket). Every wait has a bound, and what waits for a slow client is one answer.

pub mod message;
mod operation;
mod session;
#[cfg(test)]
mod socket_tests;

use super::host::means_this_machine;
use async_graphql::{Request, Response};
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use futures_util::stream::BoxStream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

/// The bounds of one socket.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a client may take to ask to be let in. Three seconds is what clients expect.
    pub init: Duration,
    /// How often a sign of life is asked for; two of them missed end the connection.
    pub ping_every: Duration,
    /// How long one frame may wait for a client that does not read.
    pub send: Duration,
    /// How long a client may take to answer a close.
    pub farewell: Duration,
    /// Longest message of a client, in bytes: a document with its variables.
    pub message_bytes_max: usize,
    /// Operations of one socket at a time.
    pub operations_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            init: Duration::from_secs(3),
            ping_every: Duration::from_secs(20),
            send: Duration::from_secs(20),
            farewell: Duration::from_secs(2),
            message_bytes_max: 256 * 1024,
            operations_max: 64,
        }
    }
}

/// Open sockets at a time: each holds a task, and each of its operations one page of the log.
pub const SOCKETS_MAX: usize = 512;

/// Runs one operation: its results in order, dropped to stop it.
pub type Run = dyn Fn(Request) -> BoxStream<'static, Response> + Send + Sync;

/// The sockets of one server.
#[derive(Clone)]
pub struct Sockets {
    run: Arc<Run>,
    limits: Limits,
    free: Arc<Semaphore>,
    stop: watch::Sender<bool>,
}

impl Sockets {
    /// Sockets that run their operations by this function: `execute_stream` of a schema, behind the gate of HTTP.
    #[must_use]
    pub fn new(run: impl Fn(Request) -> BoxStream<'static, Response> + Send + Sync + 'static, limits: Limits) -> Self {
        Self {
            run: Arc::new(run),
            limits,
            free: Arc::new(Semaphore::new(SOCKETS_MAX)),
            stop: watch::Sender::new(false),
        }
    }

    /// Answers a request to upgrade: 403 from a page of another site, 503 when all sockets are taken.
    pub fn upgrade(&self, headers: &HeaderMap, upgrade: WebSocketUpgrade) -> axum::response::Response {
        if !means_this_machine(headers) {
            return (StatusCode::FORBIDDEN, "this origin may not open a socket here").into_response();
        }
        let Ok(place) = Arc::clone(&self.free).try_acquire_owned() else {
            return (StatusCode::SERVICE_UNAVAILABLE, "all sockets are taken; try again").into_response();
        };
        let (run, limits, stop) = (Arc::clone(&self.run), self.limits, self.stop.subscribe());
        upgrade
            .protocols([message::PROTOCOL])
            .max_message_size(limits.message_bytes_max)
            .max_frame_size(limits.message_bytes_max)
            .on_upgrade(move |socket| async move {
                session::serve(socket, run, limits, stop).await;
                drop(place);
            })
    }

    /// Tells every client that the server stops, those who still come included.
    pub fn hang_up(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until every client is gone, or for as long as a farewell lasts; who is still there then is cut off with the
    /// program. A graceful shutdown of HTTP does not know of sockets.
    pub async fn hung_up(&self) {
        let all = self.free.acquire_many(u32::try_from(SOCKETS_MAX).unwrap_or(u32::MAX));
        let _ = timeout(self.limits.farewell * 2, all).await;
    }
}
