//! The key-encryption key, and the only place where random bytes come from.

use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// Bytes of every key.
pub const KEY_BYTES: usize = 32;

/// A key in memory, wiped when it is let go.
pub(super) type Key = Zeroizing<[u8; KEY_BYTES]>;

/// The key that wraps every data key. Never written by the vault; wiped from memory when dropped.
pub struct Kek(pub(super) Key);

impl Kek {
    /// Takes over 32 bytes and wipes the array they came in.
    #[must_use]
    pub fn new(bytes: &mut [u8; KEY_BYTES]) -> Self {
        let kek = Self(Zeroizing::new(*bytes));
        bytes.zeroize();
        kek
    }

    /// Makes a new one from the random bytes of the operating system.
    ///
    /// # Errors
    /// What the operating system says if it has none.
    pub fn generate() -> std::io::Result<Self> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        fill(key.as_mut())?;
        Ok(Self(key))
    }
}

impl fmt::Debug for Kek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kek(..)")
    }
}

/// Fills `into` with random bytes of the operating system.
pub(super) fn fill(into: &mut [u8]) -> std::io::Result<()> {
    getrandom::fill(into).map_err(|error| std::io::Error::other(error.to_string()))
}
