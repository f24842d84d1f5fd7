//! Status and media type of an answer (GraphQL over HTTP, draft of August 2026).
//!
//! A client that accepts `application/graphql-response+json` learns from the status that a request was not one (400);
//! one that accepts `application/json` alone gets 200 for every well-formed request, as older clients expect.

use crate::graphql::connection::COMPLEXITY_MAX;
use crate::graphql::errors::Code;
use async_graphql::{Response as Answer, ServerError, Value};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Map;

/// The media types that answers are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`
    GraphQl,
    /// `application/json`
    Json,
}

impl Media {
    const fn name(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The best media type that the client accepts; none if it accepts neither.
    ///
    /// Without an `Accept` header it is the newer one; of two liked as much, also.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let mut texts = headers.get_all(header::ACCEPT).iter().peekable();
        if texts.peek().is_none() {
            return Some(Self::GraphQl);
        }
        let ranges: Vec<&str> = texts.filter_map(|text| text.to_str().ok()).flat_map(|text| text.split(',')).collect();
        let liking =
            |subtype: &str| ranges.iter().filter_map(|range| quality(range, subtype)).max_by_key(|(of, _)| *of);
        let quality_of = |subtype| liking(subtype).map_or(0, |(_, quality)| quality);
        let (newer, older) = (quality_of("graphql-response+json"), quality_of("json"));
        match (newer, older) {
            (0, 0) => None,
            _ if newer >= older => Some(Self::GraphQl),
            _ => Some(Self::Json),
        }
    }
}

/// How specific a media range is for `application/<subtype>`, and its quality in thousandths; none if it does not match.
fn quality(range: &str, subtype: &str) -> Option<(u8, u32)> {
    let mut parts = range.split(';').map(str::trim);
    let kind = parts.next()?.to_ascii_lowercase();
    let specific = match kind.as_str() {
        "*/*" => 0,
        "application/*" => 1,
        _ if kind.strip_prefix("application/") == Some(subtype) => 2,
        _ => return None,
    };
    let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
    Some((specific, (quality.clamp(0.0, 1.0) * 1000.0) as u32))
}

/// A JSON body with its status.
pub fn json(status: StatusCode, media: Media, body: &impl serde::Serialize) -> Response {
    let text = serde_json::to_vec(body).unwrap_or_else(|_| br#"{"errors":[{"message":"not JSON"}]}"#.to_vec());
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.name()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// What async-graphql answered, as the client is owed it.
pub fn answer(media: Media, answer: Answer) -> Response {
    let request_error = is_request_error(&answer);
    let unremembered = answer.errors.iter().any(|error| has_code(error, Code::LedgerUnavailable));
    let mut body = Map::new();
    if !request_error {
        body.insert("data".to_owned(), answer.data.into_json().unwrap_or_default());
    }
    if !answer.errors.is_empty() {
        let errors: Vec<ServerError> = answer.errors.into_iter().map(|error| coded(error, request_error)).collect();
        body.insert("errors".to_owned(), serde_json::to_value(errors).unwrap_or_default());
    }
    let status = match (media, request_error) {
        (Media::GraphQl, true) if unremembered => StatusCode::SERVICE_UNAVAILABLE,
        (Media::GraphQl, true) => StatusCode::BAD_REQUEST,
        (Media::GraphQl, false) | (Media::Json, _) => StatusCode::OK,
    };
    json(status, media, &body)
}

/// True if nothing was executed: the errors have no path, and there is no data.
pub(super) fn is_request_error(answer: &Answer) -> bool {
    answer.data == Value::Null && !answer.errors.is_empty() && answer.errors.iter().all(|error| error.path.is_empty())
}

fn has_code(error: &ServerError, code: Code) -> bool {
    let of = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    of == Some(&Value::String(code.name().to_owned()))
}

/// What the library says of a document whose lists may hold too much; it names neither number.
const TOO_COMPLEX: &str = "Query is too complex.";

/// Every error has a code: what the library says by itself is told by its phase.
pub(super) fn coded(mut error: ServerError, request_error: bool) -> ServerError {
    if error.extensions.as_ref().is_none_or(|extensions| extensions.get("code").is_none()) {
        let too_complex = request_error && error.message == TOO_COMPLEX;
        if too_complex {
            error.message =
                format!("what the document may resolve is above the limit of {COMPLEXITY_MAX} fields; ask for less");
        }
        let code = match (too_complex, request_error) {
            (true, _) => Code::DocumentTooLarge,
            (false, true) => Code::ValidationFailed,
            (false, false) => Code::BadInput,
        };
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", code.name());
        extensions.set("kind", code.kind().name());
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str) -> Option<Media> {
        Media::accepted(&HeaderMap::from_iter([(header::ACCEPT, text.parse().unwrap())]))
    }

    #[test]
    fn the_media_type_is_the_one_the_client_likes_best() {
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::GraphQl));
        assert_eq!(accepted("*/*"), Some(Media::GraphQl));
        assert_eq!(accepted("application/json"), Some(Media::Json));
        assert_eq!(accepted("application/json, application/graphql-response+json;q=0.5"), Some(Media::Json));
        assert_eq!(accepted("application/graphql-response+json, application/json;q=0.9"), Some(Media::GraphQl));
        assert_eq!(accepted("application/json;q=0, */*"), Some(Media::GraphQl));
        assert_eq!(accepted("text/html"), None);
    }
}
