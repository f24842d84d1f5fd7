//! The way in: one address, GraphQL behind a gate, GraphiQL in front.
//!
//! Read [`host`] (who may call), [`request`] (what a request is), [`gate`] (what is refused before it is executed),
//! [`answer`] and [`refusal`] (what is sent back), then the routes below.

pub mod answer;
pub mod gate;
pub mod graphiql;
pub mod host;
pub mod refusal;
pub mod request;
pub mod subscriptions;

use crate::Engine;
use crate::graphql::errors::{Code, server_error};
use crate::graphql::{self, Schema};
use answer::Media;
use async_graphql::Request as Operation;
use async_graphql::parser::types::OperationType;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Query, Request, State, WebSocketUpgrade};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{any, get};
use futures_util::stream::{self, BoxStream, StreamExt};
use gate::{Checked, Stopped};
use request::{Asked, BODY_BYTES_MAX, NotARequest};
use std::time::Duration;
use subscriptions::{Limits, Sockets};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// How long one operation may take.
pub const OPERATION_TIME_MAX: Duration = Duration::from_secs(30);
/// How long a body may take to arrive.
pub const BODY_TIME_MAX: Duration = Duration::from_secs(30);

/// What the routes share.
#[derive(Clone)]
struct Counter {
    schema: Schema,
    sockets: Sockets,
}

/// Serves until `stop` resolves, then finishes what was accepted.
///
/// # Errors
/// What the operating system says if the address can no longer be listened on.
pub async fn serve(
    engine: Engine,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let counter = Counter::new(engine);
    let sockets = counter.sockets.clone();
    let stopping = {
        let sockets = sockets.clone();
        async move {
            stop.await;
            sockets.hang_up();
        }
    };
    axum::serve(listener, routes(counter)).with_graceful_shutdown(stopping).await?;
    // A socket is no request any more: the server above does not wait for it.
    sockets.hung_up().await;
    Ok(())
}

impl Counter {
    fn new(engine: Engine) -> Self {
        let schema = graphql::schema(engine);
        let of_sockets = schema.clone();
        let sockets = Sockets::new(move |operation| socket_answers(&of_sockets, operation), Limits::default());
        Self { schema, sockets }
    }
}

/// Every route, behind the check of who calls.
pub fn router(engine: Engine) -> Router {
    routes(Counter::new(engine))
}

fn routes(counter: Counter) -> Router {
    Router::new()
        .route("/graphql", any(operation))
        .route("/healthz", get(async || "ok\n"))
        .merge(graphiql::routes())
        .fallback(async || refusal::no_such_path())
        .layer(from_fn(this_machine_only))
        .with_state(counter)
}

async fn this_machine_only(request: Request, next: Next) -> Response {
    if host::means_this_machine(request.headers()) {
        return next.run(request).await;
    }
    let message = "only this machine is answered, asked by its own name (localhost, 127.0.0.1 or [::1])";
    refusal::refuse(StatusCode::FORBIDDEN, Code::HostRefused, message)
}

async fn operation(State(counter): State<Counter>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    match parts.method {
        Method::POST => post(&counter, &parts.headers, body).await,
        Method::GET if parts.headers.contains_key("upgrade") => {
            match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
                Ok(upgrade) => counter.sockets.upgrade(&parts.headers, upgrade),
                Err(error) => refusal::refuse(error.status(), Code::BadRequest, error.to_string()),
            }
        }
        Method::GET => match Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) {
            Ok(Query(pairs)) => query(&counter, &parts.headers, pairs).await,
            Err(error) => refusal::refuse(StatusCode::BAD_REQUEST, Code::BadRequest, error.to_string()),
        },
        _ => refusal::method_not_allowed("GET, POST", "GraphQL is asked by POST, or by GET for a query"),
    }
}

async fn post(counter: &Counter, headers: &HeaderMap, body: Body) -> Response {
    let asked = async {
        request::is_json(headers)?;
        request::of_body(&whole(body).await?)
    };
    match asked.await {
        Ok(asked) => execute(counter, headers, asked, false).await,
        Err((status, code, message)) => refusal::refuse(status, code, message),
    }
}

async fn query(counter: &Counter, headers: &HeaderMap, pairs: Vec<(String, String)>) -> Response {
    match request::of_parameters(pairs) {
        Ok(asked) => execute(counter, headers, asked, true).await,
        Err((status, code, message)) => refusal::refuse(status, code, message),
    }
}

/// The whole body, up to its limit and within its time.
async fn whole(body: Body) -> Result<Vec<u8>, NotARequest> {
    let too_slow = || {
        let message = format!("the body took more than {} s to arrive", BODY_TIME_MAX.as_secs());
        (StatusCode::REQUEST_TIMEOUT, Code::Timeout, message)
    };
    let too_large = |_| {
        let message = format!("the body is over {BODY_BYTES_MAX} bytes, or broke off");
        (StatusCode::PAYLOAD_TOO_LARGE, Code::BodyTooLarge, message)
    };
    let read = timeout(BODY_TIME_MAX, to_bytes(body, BODY_BYTES_MAX)).await.map_err(|_| too_slow())?;
    Ok(read.map_err(too_large)?.to_vec())
}

async fn execute(counter: &Counter, headers: &HeaderMap, asked: Asked, queries_only: bool) -> Response {
    let Some(media) = Media::accepted(headers) else {
        let message = "answers are given as application/graphql-response+json or application/json";
        return refusal::refuse(StatusCode::NOT_ACCEPTABLE, Code::NotAcceptable, message);
    };
    let checked = match gate::check(&asked.query) {
        Ok(checked) => checked,
        Err(stopped) => return answer::answer(media, stop(&stopped)),
    };
    if queries_only && checked.operation(asked.operation.as_deref()).is_some_and(|kind| kind != OperationType::Query) {
        return refusal::method_not_allowed("POST", "by GET only a query is executed; send this by POST");
    }
    let caller = match request::caller(headers) {
        Ok(caller) => caller,
        Err((status, code, message)) => return refusal::refuse(status, code, message),
    };
    let operation = prepare(asked, checked).data(caller);
    match timeout(OPERATION_TIME_MAX, counter.schema.execute(operation)).await {
        Ok(response) => answer::answer(media, response),
        Err(_) => {
            let message = format!("the operation took more than {} s; ask for less", OPERATION_TIME_MAX.as_secs());
            let errors = vec![server_error(Code::Timeout, message)];
            answer::answer(media, async_graphql::Response::from_errors(errors))
        }
    }
}

/// The answers of an operation that came over a socket, behind the same gate.
fn socket_answers(schema: &Schema, mut operation: Operation) -> BoxStream<'static, async_graphql::Response> {
    match gate::check(&operation.query) {
        Ok(checked) => {
            operation.set_parsed_query(checked.document);
            schema.execute_stream(operation).boxed()
        }
        Err(stopped) => stream::iter([stop(&stopped)]).boxed(),
    }
}

/// The operation with its document, parsed once.
fn prepare(asked: Asked, checked: Checked) -> Operation {
    let mut operation = Operation::new(asked.query).variables(asked.variables);
    operation.extensions = asked.extensions;
    if let Some(name) = asked.operation {
        operation = operation.operation_name(name);
    }
    operation.set_parsed_query(checked.document);
    operation
}

/// The errors of a document that the gate stopped.
#[must_use]
pub fn stop(stopped: &Stopped) -> async_graphql::Response {
    let code = match stopped {
        Stopped::Limit { .. } => Code::DocumentTooLarge,
        Stopped::Syntax(_) => Code::ParseFailed,
        Stopped::Cycle(_) => Code::FragmentCycle,
    };
    async_graphql::Response::from_errors(vec![server_error(code, stopped.to_string())])
}
