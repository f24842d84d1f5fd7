//! GraphiQL, a page to try queries in, from the program itself: no file and no other host is asked for.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

/// What the browser may load: from here, and nothing else. The editor sets styles in place and brings its fonts along.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("page.html");

/// The page at `/` and what it loads.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/", get(page)).route("/graphiql/{name}", get(asset))
}

async fn page() -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")], Html(PAGE))
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, compressed, bytes): (&str, bool, &'static [u8]) = match name.as_str() {
        "graphiql.min.js" => (SCRIPT, true, include_bytes!("assets/graphiql.min.js.gz")),
        "react.production.min.js" => (SCRIPT, true, include_bytes!("assets/react.production.min.js.gz")),
        "react-dom.production.min.js" => (SCRIPT, true, include_bytes!("assets/react-dom.production.min.js.gz")),
        "graphiql.min.css" => ("text/css; charset=utf-8", true, include_bytes!("assets/graphiql.min.css.gz")),
        "start.js" => (SCRIPT, false, include_bytes!("start.js")),
        _ => return super::refusal::no_such_path(),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if compressed {
        // Every browser that runs this page reads gzip.
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    (StatusCode::OK, headers, bytes).into_response()
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
