//! Proof that nobody changed the log: a Merkle tree over the stored bytes of its records, and signed tree heads.
//!
//! Read [`Hash`] (leaves and nodes), [`tree`] (what is kept, roots and proofs), [`proof`] (how a proof is checked), then
//! [`note`] (a tree head that is signed) and [`key`] (who signs).
//!
//! The tree is that of RFC 6962 with SHA-256: a leaf is the hash of a zero byte and one record as it is stored (its stamp,
//! then its event with both times, actor, fact and sealed parts as ciphertext), a node that of a one byte and two hashes.
//! Erasing a key changes no stored byte, so an erased person's records still verify.
//!
//! What it proves rests on a tree head kept elsewhere. Who holds the data directory holds the signing key too: they can
//! rewrite the log and sign it again, but they cannot make it fit a checkpoint that they cannot reach.

mod key;
mod note;
mod proof;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

pub use key::{SigningKey, SigningKeyError, VerifierKey};
pub use note::{Checkpoint, NoteError, SignedCheckpoint};
pub use proof::{Consistency, Inclusion};

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A SHA-256: of a leaf, of a node, of a whole tree. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The text is not a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a hash: 64 hexadecimal digits are needed")]
pub struct NotAHash;

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(NotAHash);
            *byte = u8::try_from(digit(0)? << 4 | digit(1)?).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

/// The hash of a record, from its stored bytes.
#[must_use]
pub fn leaf_hash(stored: &[u8]) -> Hash {
    Hash(Sha256::new_with_prefix([0]).chain_update(stored).finalize().into())
}

/// The hash of two subtrees side by side.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new_with_prefix([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root of a tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}
