//! What a request is: one operation as JSON in a body, or one query in the parameters.

use crate::access::Caller;
use crate::graphql::errors::Code;
use crate::graphql::remember;
use async_graphql::{Extensions, Value as ConstValue, Variables};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

/// Longest body, in bytes: a document with its variables.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// One operation, as it was asked for.
#[derive(Debug)]
pub struct Asked {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation: Option<String>,
    /// The values of its variables.
    pub variables: Variables,
    /// What it says beside them.
    pub extensions: Extensions,
}

/// Why a request is not one: status, code and what a person reads.
pub type NotARequest = (StatusCode, Code, String);

fn bad(message: impl Into<String>) -> NotARequest {
    (StatusCode::BAD_REQUEST, Code::BadRequest, message.into())
}

/// Insists on JSON: another type could come from a form of another site, without the browser asking first.
///
/// # Errors
/// 415 with what is accepted.
pub fn is_json(headers: &HeaderMap) -> Result<(), NotARequest> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("none");
    let media = kind.split(';').next().unwrap_or_default().trim();
    if media.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = format!("the content type is {media:?}; send application/json");
    Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMediaType, message))
}

/// Reads the body of a POST.
///
/// # Errors
/// 400 with the member that is wrong.
pub fn of_body(body: &[u8]) -> Result<Asked, NotARequest> {
    let body: Value = serde_json::from_slice(body).map_err(|error| bad(format!("the body is not JSON: {error}")))?;
    match body {
        Value::Object(members) => of_members(members),
        Value::Array(_) => {
            let message = "one operation a request: a batch is not accepted";
            Err((StatusCode::BAD_REQUEST, Code::BatchRefused, message.into()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(bad("the body is not a JSON object with a member query"))
        }
    }
}

/// Reads the parameters of a GET, given as decoded pairs.
///
/// # Errors
/// 400 with the parameter that is wrong.
pub fn of_parameters(pairs: Vec<(String, String)>) -> Result<Asked, NotARequest> {
    let mut members = Map::new();
    for (name, value) in pairs {
        let json = |text: &str| {
            serde_json::from_str(text).map_err(|error| bad(format!("the parameter {name} is not JSON: {error}")))
        };
        let value = match name.as_str() {
            "variables" | "extensions" if !value.is_empty() => json(&value)?,
            "variables" | "extensions" => Value::Null,
            _ => Value::String(value),
        };
        if members.insert(name.clone(), value).is_some() {
            return Err(bad(format!("the parameter {name} is given twice")));
        }
    }
    of_members(members)
}

fn of_members(mut members: Map<String, Value>) -> Result<Asked, NotARequest> {
    let Some(Value::String(query)) = members.remove("query") else {
        return Err(bad("the member query is missing, or not a string"));
    };
    let operation = match members.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
        Some(_) => return Err(bad("the member operationName is not a string")),
    };
    let variables = match members.remove("variables") {
        None | Some(Value::Null) => Variables::default(),
        Some(values @ Value::Object(_)) => Variables::from_json(values),
        Some(_) => return Err(bad("the member variables is not an object")),
    };
    let extensions = match members.remove("extensions") {
        None | Some(Value::Null) => Extensions::default(),
        Some(Value::Object(members)) => self::extensions(members),
        Some(_) => return Err(bad("the member extensions is not an object")),
    };
    Ok(Asked { query, operation, variables, extensions })
}

/// What a client says beside its document, as the library takes it.
#[must_use]
pub fn extensions(members: Map<String, Value>) -> Extensions {
    let read = |(name, value)| (name, ConstValue::from_json(value).unwrap_or_default());
    Extensions(members.into_iter().map(read).collect())
}

/// The header that says why a request is made.
pub const PURPOSE: &str = "trajet-purpose";

/// Whoever makes a request, with the purpose that its header names.
///
/// # Errors
/// 400 with the purposes that there are.
pub fn caller(headers: &HeaderMap) -> Result<Caller, NotARequest> {
    let purpose = headers.get(PURPOSE).map(|value| {
        let text = value.to_str().unwrap_or_default();
        remember::purpose(text).map_err(|message| bad(format!("the header {PURPOSE}: {message}")))
    });
    Ok(Caller { purpose: purpose.transpose()?, ..Caller::local() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;
    use domain::access::Purpose;

    fn code(body: &str) -> Option<Code> {
        of_body(body.as_bytes()).err().map(|(_, code, _)| code)
    }

    #[test]
    fn a_body_is_one_operation() {
        assert_eq!(code(r#"{"query":"{a}","variables":null,"operationName":null,"extensions":{}}"#), None);
        assert_eq!(code(r#"[{"query":"{a}"}]"#), Some(Code::BatchRefused));
        for body in
            ["", "1", "{}", r#"{"query":1}"#, r#"{"query":"{a}","variables":[]}"#, r#"{"query":"{a}","extensions":1}"#]
        {
            assert_eq!(code(body), Some(Code::BadRequest), "{body}");
        }
    }

    #[test]
    fn parameters_are_the_same_operation() {
        let pairs = |pairs: &[(&str, &str)]| {
            of_parameters(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        assert_eq!(pairs(&[("query", "{a}"), ("operationName", "A")]).unwrap().operation.as_deref(), Some("A"));
        assert!(pairs(&[("query", "{a}"), ("variables", "{\"x\":1}")]).is_ok());
        assert!(pairs(&[("query", "{a}"), ("variables", "x")]).is_err());
        assert!(pairs(&[("query", "{a}"), ("query", "{b}")]).is_err());
    }

    #[test]
    fn a_purpose_is_said_in_a_header_or_in_the_request() {
        let headers = |text: &str| HeaderMap::from_iter([(HeaderName::from_static(PURPOSE), text.parse().unwrap())]);
        assert_eq!(caller(&HeaderMap::new()).unwrap().purpose, None);
        assert_eq!(caller(&headers("AUDIT")).unwrap().purpose, Some(Purpose::Audit));
        let (status, code, message) = caller(&headers("curiosity")).unwrap_err();
        assert_eq!((status, code), (StatusCode::BAD_REQUEST, Code::BadRequest));
        assert!(message.contains("PERSONS_RIGHTS") && !message.contains("curiosity"), "{message}");
        let asked = of_body(br#"{"query":"{a}","extensions":{"purpose":"AUDIT"}}"#).unwrap();
        assert_eq!(asked.extensions.get("purpose"), Some(&ConstValue::from("AUDIT")));
    }
}
