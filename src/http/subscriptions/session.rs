//! One open socket: lets the client in, runs its operations side by side, and knows when to hang up.
//!
//! One task owns the socket and polls the operations itself, so an operation runs only as fast as the client reads:
//! what waits is one answer, never a queue.

use super::message::{Close, ID_BYTES_MAX, Operation, Said, Says};
use super::operation::{Answer, answers};
use super::{Limits, Run};
use crate::access::Caller;
use crate::graphql::remember;
use async_graphql::Request;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::stream::{AbortHandle, BoxStream, SelectAll, abortable};
use futures_util::{SinkExt, StreamExt};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

/// Frames read from a client that was hung up on, before the connection is cut: it had its chance to see the code.
const FAREWELL_FRAMES_MAX: usize = 64;

/// Serves a socket until one side hangs up, or the server stops.
pub async fn serve(socket: WebSocket, run: Arc<Run>, limits: Limits, mut stop: watch::Receiver<bool>) {
    let spoken = socket.protocol().is_some();
    let mut session = Session {
        socket,
        run,
        limits,
        let_in: false,
        caller: Caller::local(),
        running: SelectAll::new(),
        handles: HashMap::new(),
    };
    let close = if spoken {
        tokio::select! {
            close = session.run() => close,
            _ = stop.wait_for(|stop| *stop) => Close::GOING_AWAY,
        }
    } else {
        Close::SUBPROTOCOL
    };
    session.hang_up(close).await;
}

struct Session {
    socket: WebSocket,
    run: Arc<Run>,
    limits: Limits,
    let_in: bool,
    caller: Caller,
    running: SelectAll<BoxStream<'static, (String, Answer)>>,
    handles: HashMap<String, AbortHandle>,
}

impl Session {
    async fn run(&mut self) -> Close {
        let opened = Instant::now();
        let mut heard = opened;
        let mut beat = interval_at(opened + self.limits.ping_every, self.limits.ping_every);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let went_on = tokio::select! {
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    self.hear(frame).await
                }
                Some((id, answer)) = self.running.next(), if !self.running.is_empty() => self.tell(id, answer).await,
                () = sleep_until(opened + self.limits.init), if !self.let_in => Err(Close::INIT_TIMEOUT),
                _ = beat.tick() => match heard.elapsed() > self.limits.ping_every * 2 {
                    true => Err(Close::SILENT),
                    false => self.send(Message::Ping(Default::default())).await,
                },
            };
            if let Err(close) = went_on {
                return close;
            }
        }
    }

    async fn hear(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), Close> {
        match frame {
            Some(Ok(Message::Text(text))) => match serde_json::from_str(text.as_str()) {
                Ok(said) => self.answer(said).await,
                Err(_) => Err(Close::INVALID),
            },
            Some(Ok(Message::Binary(_))) => Err(Close::INVALID),
            // Pings of the WebSocket itself are answered by the library.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) | None => Err(Close::DONE),
            Some(Err(error)) => Err(broken(&error)),
        }
    }

    async fn answer(&mut self, said: Said) -> Result<(), Close> {
        match said {
            Said::ConnectionInit { .. } if self.let_in => Err(Close::TWICE),
            Said::ConnectionInit { payload } => {
                let said = payload.unwrap_or_default().remove("purpose").filter(|said| !said.is_null());
                let read = said.map(|said| remember::purpose(said.as_str().unwrap_or_default())).transpose();
                self.caller.purpose = read.map_err(|_| Close::PURPOSE)?;
                self.let_in = true;
                self.say(&Says::ConnectionAck).await
            }
            Said::Ping { payload } => self.say(&Says::Pong { payload }).await,
            Said::Pong { .. } => Ok(()),
            Said::Subscribe { id, payload } => self.start(id, payload),
            Said::Complete { id } => {
                if let Some(handle) = self.handles.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
        }
    }

    fn start(&mut self, id: String, operation: Operation) -> Result<(), Close> {
        if !self.let_in {
            return Err(Close::UNAUTHORIZED);
        }
        if id.is_empty() || id.len() > ID_BYTES_MAX {
            return Err(Close::INVALID);
        }
        if self.handles.contains_key(&id) {
            return Err(Close::duplicate(&id));
        }
        if self.handles.len() >= self.limits.operations_max {
            return Err(Close::TOO_MANY);
        }
        let name = id.clone();
        let named = answers((self.run)(Request::from(operation).data(self.caller.clone())))
            .map(move |answer| (name.clone(), answer));
        let (stream, handle) = abortable(named);
        self.handles.insert(id, handle);
        self.running.push(stream.boxed());
        Ok(())
    }

    async fn tell(&mut self, id: String, answer: Answer) -> Result<(), Close> {
        // Before the client can hear that the id is free, it is.
        if matches!(answer, Answer::Refused(_) | Answer::Over) {
            self.handles.remove(&id);
        }
        match &answer {
            Answer::Result(response) => self.say(&Says::Next { id: &id, payload: response }).await,
            Answer::Refused(errors) => self.say(&Says::Error { id: &id, payload: errors }).await,
            Answer::Over => self.say(&Says::Complete { id: &id }).await,
        }
    }

    async fn say(&mut self, says: &Says<'_>) -> Result<(), Close> {
        let text = serde_json::to_string(says).map_err(|_| Close::UNWRITABLE)?;
        self.send(Message::Text(text.into())).await
    }

    /// Sends a frame; a client that does not read for too long is given up.
    async fn send(&mut self, message: Message) -> Result<(), Close> {
        match timeout(self.limits.send, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Close::DONE),
            Err(_) => Err(Close::SILENT),
        }
    }

    /// Says why, and reads on for a while: a connection cut with unread bytes would take the reason with it.
    async fn hang_up(mut self, close: Close) {
        self.running.clear();
        let frame = CloseFrame { code: close.code, reason: close.reason.as_ref().into() };
        let farewell = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_err() {
                return;
            }
            for _ in 0..FAREWELL_FRAMES_MAX {
                if !matches!(self.socket.recv().await, Some(Ok(_))) {
                    break;
                }
            }
            let _ = self.socket.close().await;
        };
        let _ = timeout(self.limits.farewell, farewell).await;
    }
}

/// The code for a frame that could not be read.
fn broken(error: &axum::Error) -> Close {
    // The library's own error is not a type of axum; its text is all that is passed on.
    if error.to_string().contains("too long") { Close::TOO_BIG } else { Close::DONE }
}
