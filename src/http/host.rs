//! Who may call: until access control exists, only what runs on this machine and means this machine.
//!
//! A page of another site can reach a loopback address through a name of its own that resolves to it.
//! It cannot forge the `Host` that was asked, nor the `Origin` that the browser names.

use axum::http::{HeaderMap, HeaderName, Uri, header};
use std::net::IpAddr;

/// True if the host asked is this machine, and no page of another site asks.
#[must_use]
pub fn means_this_machine(headers: &HeaderMap) -> bool {
    let (Ok(host), Ok(origin)) = (only(headers, &header::HOST), only(headers, &header::ORIGIN)) else { return false };
    let Some(host) = host.filter(|host| is_loopback(&format!("http://{host}"))) else { return false };
    // Another port of this machine is another site: a page of any program that serves there.
    origin.is_none_or(|origin| origin.split_once("://").is_some_and(|(_, asker)| asker.eq_ignore_ascii_case(host)))
}

/// The value of a header that is given at most once; an error if it is given twice or is not text.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        (Some(_), Some(_)) => Err(()),
    }
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
        assert!(means_this_machine(&headers("[::1]:8080", Some("http://[::1]:8080"))));
        assert!(!means_this_machine(&headers("127.0.0.1:8080", Some("http://127.0.0.1:9999"))), "another port");
        let mut twice = headers("127.0.0.1:8080", None);
        twice.append(header::HOST, "evil.example".parse().unwrap());
        assert!(!means_this_machine(&twice));
        assert!(!means_this_machine(&headers("rebound.example.org", None)));
        assert!(!means_this_machine(&headers("127.0.0.1:8080", Some("https://example.org"))));
        assert!(!means_this_machine(&headers("127.0.0.1:8080", Some("null"))));
        assert!(!means_this_machine(&HeaderMap::new()));
    }
}
