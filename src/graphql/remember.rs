//! Every answer passes here, by whichever way in: who read whom is remembered before it leaves.
//!
//! A resolver notes whose file it shows in the request's [`Reading`]; this extension writes what was noted into the access
//! ledger, and gives the answer on only when that is durable. Of a subscription each answer is one.

use super::errors::{Code, server_error};
use crate::access::{Caller, Ledger, LedgerError, Reading};
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest};
use async_graphql::{Request, Response, ServerError, ServerResult, Value, async_trait};
use domain::access::{AccessWay, Purpose};
use domain::codes::CodeList;
use std::any::TypeId;
use std::sync::Arc;

/// The member of a request's `extensions` that says why it is asked.
const PURPOSE: &str = "purpose";

/// Remembers who read whom in a ledger.
pub struct Remember(pub Arc<Ledger>);

impl ExtensionFactory for Remember {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Remembering { ledger: self.0.clone() })
    }
}

struct Remembering {
    ledger: Arc<Ledger>,
}

/// Reads a purpose as a client gives it; an unknown one is told with the known ones.
///
/// # Errors
/// What is wrong with it.
pub fn purpose(text: &str) -> Result<Purpose, String> {
    Purpose::of(text).ok_or_else(|| {
        let known: Vec<_> = Purpose::all().iter().map(|purpose| purpose.code()).collect();
        format!("this purpose is none of {}", known.join(", "))
    })
}

/// The purpose that a request names in its own extensions.
fn named(request: &Request) -> ServerResult<Option<Purpose>> {
    let bad = |message: String| server_error(Code::BadRequest, format!("extensions.{PURPOSE}: {message}"));
    match request.extensions.get(PURPOSE) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => purpose(text).map(Some).map_err(bad),
        Some(_) => Err(bad("not a string".to_owned())),
    }
}

/// Whoever the way in has established, else whoever the schema says is there.
fn caller(ctx: &ExtensionContext<'_>, request: &Request) -> Option<Caller> {
    let of_request = request.data.get(&TypeId::of::<Caller>()).and_then(|data| data.downcast_ref::<Caller>());
    of_request.or_else(|| ctx.data_opt::<Caller>()).cloned()
}

#[async_trait::async_trait]
impl Extension for Remembering {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        if let Some(purpose) = named(&request)?
            && let Some(caller) = caller(ctx, &request)
        {
            request.data.insert(Caller { purpose: Some(purpose), ..caller });
        }
        request.data.insert(Arc::new(Reading::default()));
        next.run(ctx, request).await
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let answer = next.run(ctx, operation_name).await;
        match self.remember(ctx).await {
            Ok(()) => answer,
            Err(error) => Response::from_errors(vec![not_remembered(&error)]),
        }
    }
}

impl Remembering {
    async fn remember(&self, ctx: &ExtensionContext<'_>) -> Result<(), LedgerError> {
        // Both are always there: the one by `prepare_request`, the other by the schema.
        let (Ok(reading), Ok(caller)) = (ctx.data::<Arc<Reading>>(), ctx.data::<Caller>()) else { return Ok(()) };
        let noted = reading.noted()?;
        let way = if reading.follows() { AccessWay::Subscription } else { AccessWay::Api };
        self.ledger.remember(caller, way, &noted).await?;
        reading.forget(&noted);
        Ok(())
    }
}

/// What is answered instead. What is wrong with the log stands in the server's own log.
fn not_remembered(error: &LedgerError) -> ServerError {
    let code = Code::from(error);
    match error {
        LedgerError::Store(cause) => {
            eprintln!("the access ledger cannot be written, nothing is shown: {cause}");
            let text = "who reads cannot be remembered, so nothing is shown; whoever runs the server finds why in its log. \
                        What this operation recorded, if it recorded, stays recorded: ask `recorded` with its key";
            server_error(code, text)
        }
        LedgerError::TooMany => server_error(code, format!("{error}; ask for less")),
    }
}
