//! Errors before GraphQL is reached: always JSON, always with a code.

use super::answer::Media;
use crate::graphql::errors::{Code, server_error};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// A refusal as JSON.
pub fn refuse(status: StatusCode, code: Code, message: impl Into<String>) -> Response {
    let body = serde_json::json!({ "errors": [server_error(code, message)] });
    super::answer::json(status, Media::Json, &body)
}

/// There is nothing at this path.
pub fn no_such_path() -> Response {
    refuse(StatusCode::NOT_FOUND, Code::NoSuchPath, "there is nothing at this path; GraphQL is at /graphql")
}

/// The method is not one of those allowed.
pub fn method_not_allowed(allow: &'static str, message: &str) -> Response {
    let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}
