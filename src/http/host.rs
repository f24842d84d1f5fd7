//! Who may call: until access control exists, only what runs on this machine and means this machine.
//!
//! A page of another site can reach a loopback address through a name of its own that resolves to it.
//! It cannot forge the `Host` that was asked, nor the `Origin` that the browser names.

use axum::http::{HeaderMap, Uri, header};
use std::net::IpAddr;

/// True if the host asked is this machine, and no page of another site asks.
#[must_use]
pub fn means_this_machine(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text(header::HOST).is_some_and(|host| is_loopback(&format!("http://{host}")));
    host && text(header::ORIGIN).is_none_or(is_loopback)
}

/// True for a URL on this machine.
#[must_use]
pub fn is_loopback(url: &str) -> bool {
    let Some(host) = url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)) else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        headers.extend(origin.map(|origin| (header::ORIGIN, origin.parse().unwrap())));
        headers
    }

    #[test]
    fn a_name_that_leads_here_is_not_here() {
        assert!(means_this_machine(&headers("127.0.0.1:8080", None)));
        assert!(means_this_machine(&headers("[::1]:8080", Some("http://localhost:3000"))));
        assert!(!means_this_machine(&headers("rebound.example.org", None)));
        assert!(!means_this_machine(&headers("127.0.0.1:8080", Some("https://example.org"))));
        assert!(!means_this_machine(&headers("127.0.0.1:8080", Some("null"))));
        assert!(!means_this_machine(&HeaderMap::new()));
    }
}
