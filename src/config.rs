//! Where things lie in a data directory, and what the program was told at its start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A data directory.
///
/// ```text
/// DIR/log/            the log: segment files, never changed once written
/// DIR/mark            up to where it was acknowledged
/// DIR/sled/           what can be made again from the log: index, saved views
/// DIR/keys/vault      the keys of the personal parts, wrapped; back it up apart from the log
/// DIR/keys/kek        the key that wraps them, unless --key-file names another place
/// DIR/keys/signing    the key that signs tree heads, and the name of the log
/// DIR/rules.toml      the rules of the house, if it has any, unless --rules names another place
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// The directory at `path`, which need not exist yet.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The directory itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The vault's file.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.0.join("keys").join("vault")
    }

    /// The key that signs tree heads.
    #[must_use]
    pub fn signing_key(&self) -> PathBuf {
        self.0.join("keys").join("signing")
    }

    /// Where the key-encryption key is kept if no other place is named.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.0.join("keys").join("kek")
    }

    /// Where the rules of the house are kept if no other place is named; it need not be there.
    #[must_use]
    pub fn rules(&self) -> PathBuf {
        self.0.join("rules.toml")
    }

    /// Tells a demonstration from the real thing: the demonstration never writes into a directory without it.
    #[must_use]
    pub fn demonstration_mark(&self) -> PathBuf {
        self.0.join("demonstration.json")
    }
}

/// The address on which the server listens may not be reached from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} can be reached from other machines, and trajet has no access control yet: listen on a loopback address such as 127.0.0.1:8080"
)]
pub struct NotLoopback(pub SocketAddr);

/// Reads an address and refuses one that is not loopback.
///
/// # Errors
/// What is wrong with the text, or [`NotLoopback`].
pub fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| format!("{text:?} is not an address and port, such as 127.0.0.1:8080 or [::1]:8080"))?;
    if address.ip().is_loopback() { Ok(address) } else { Err(NotLoopback(address).to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_loopback_address_is_listened_on() {
        assert!(loopback("127.0.0.1:8080").is_ok());
        assert!(loopback("[::1]:0").is_ok());
        for text in ["0.0.0.0:8080", "192.168.1.2:80", "[::]:8080"] {
            assert!(loopback(text).unwrap_err().contains("no access control"), "{text}");
        }
        assert!(loopback("localhost").unwrap_err().contains("not an address"));
    }
}
