//! The key that signs tree heads, and the one that verifies them.
//!
//! The file holds one line, `trajet-signing-key-1 NAME SEED`: the name of the log, drawn at random when the key is made,
//! and 32 bytes as 64 hexadecimal digits. Lost, a new key is made under a new name: earlier checkpoints still verify with
//! the verifier key that goes with them, which is why their keepers have it.

use super::note::{Checkpoint, NoteError, Signature, SignedCheckpoint, is_name};
use super::{Hash, NotAHash};
use crate::disk::{Disk, Open, read_exact};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use zeroize::Zeroizing;

/// C2SP's number for plain Ed25519.
const ED25519: u8 = 1;
const MAGIC: &str = "trajet-signing-key-1";
/// Bytes of a key file at most.
const FILE_BYTES_MAX: u64 = 512;

/// Why the signing key cannot be had. Never holds a part of it.
#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// The file is not one.
    #[error("{} is not a signing key of trajet: restore it from its backup, or remove it to have a new key and log name made", .0.display())]
    NotAKey(PathBuf),
    /// The operating system refused.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
}

/// The key that signs the heads of one log.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.name)
    }
}

impl SigningKey {
    /// Reads the key at `path`, or makes one there; a new one is durable when this returns.
    ///
    /// # Errors
    /// [`SigningKeyError`] names the file and what to do.
    pub fn open_or_make(disk: &dyn Disk, path: &Path) -> Result<Self, SigningKeyError> {
        let io = |source| SigningKeyError::Io { path: path.to_owned(), source };
        match disk.open(path, Open::Read) {
            Ok(file) => {
                let size = file.size().map_err(io)?.min(FILE_BYTES_MAX);
                let mut bytes = Zeroizing::new(vec![0; usize::try_from(size).unwrap_or(0)]);
                read_exact(file.as_ref(), &mut bytes, 0).map_err(io)?;
                Self::read(&bytes).ok_or_else(|| SigningKeyError::NotAKey(path.to_owned()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(disk, path).map_err(io),
            Err(error) => Err(io(error)),
        }
    }

    /// The key of a log of this name, from 32 secret bytes.
    #[must_use]
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Option<Self> {
        is_name(name).then(|| Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(seed) })
    }

    fn make(disk: &dyn Disk, path: &Path) -> std::io::Result<Self> {
        let mut drawn = Zeroizing::new([0; 40]);
        getrandom::fill(drawn.as_mut_slice()).map_err(|error| std::io::Error::other(error.to_string()))?;
        let name = format!("trajet/{}", hex(&drawn[32..]));
        let seed: &[u8; 32] = drawn.first_chunk().ok_or_else(|| std::io::Error::other("no seed"))?;
        let made = Self::from_seed(&name, seed).ok_or_else(|| std::io::Error::other("no name"))?;
        let text = Zeroizing::new(format!("{MAGIC} {name} {}\n", hex(seed)));
        // Beside its place first: half a key must never be taken for one.
        let part = path.with_extension("part");
        let folder = path.parent().unwrap_or(Path::new("."));
        disk.create_dir(folder)?;
        if let Err(error) = disk.remove(&part)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let file = disk.open(&part, Open::Create)?;
        file.write_at(text.as_bytes(), 0)?;
        file.sync_data()?;
        disk.rename(&part, path)?;
        disk.sync_dir(folder)?;
        Ok(made)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?.split(' ');
        let (magic, name, seed) = (words.next()?, words.next()?, words.next()?);
        let seed: Result<Hash, NotAHash> = seed.parse();
        let seed = Zeroizing::new(seed.ok()?.0);
        if magic != MAGIC || words.next().is_some() {
            return None;
        }
        Self::from_seed(name, &seed)
    }

    /// The name of the log: the first line of each of its checkpoints.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.name
    }

    /// Signs a head.
    #[must_use]
    pub fn sign(&self, head: &Checkpoint) -> SignedCheckpoint {
        self.sign_text(SignedCheckpoint { head: head.clone(), text: head.text(), signatures: Vec::new() })
    }

    /// Adds a signature to a note.
    pub(super) fn sign_text(&self, mut note: SignedCheckpoint) -> SignedCheckpoint {
        let verifier = self.verifier();
        let signature = self.key.sign(note.text.as_bytes()).to_bytes();
        let bytes = verifier.id().into_iter().chain(signature).collect();
        note.signatures.push(Signature { name: verifier.name, bytes });
        note
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), key: self.key.verifying_key() }
    }
}

/// The key that verifies the heads of one log. Written as C2SP does: `NAME+ID+BASE64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.name
    }

    fn numbered(&self) -> [u8; 33] {
        let mut bytes = [ED25519; 33];
        bytes[1..].copy_from_slice(self.key.as_bytes());
        bytes
    }

    /// What tells it from other keys of that name.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new().chain_update(&self.name).chain_update(b"\n").chain_update(self.numbered()).finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The head, if this key signed it.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`], [`NoteError::Forged`], [`NoteError::OtherLog`]: it proves nothing.
    pub fn verify(&self, note: &SignedCheckpoint) -> Result<Checkpoint, NoteError> {
        if note.head.origin != self.name {
            return Err(NoteError::OtherLog { found: note.head.origin.clone(), expected: self.name.clone() });
        }
        let own = note.signatures.iter().find(|one| one.name == self.name && one.bytes[..4] == self.id());
        let own = own.ok_or_else(|| NoteError::Unsigned(self.to_string()))?;
        let signature = ed25519_dalek::Signature::from_slice(&own.bytes[4..]);
        let holds = signature.is_ok_and(|signature| self.key.verify_strict(note.text.as_bytes(), &signature).is_ok());
        if holds { Ok(note.head.clone()) } else { Err(NoteError::Forged(self.to_string())) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex(&self.id()), STANDARD.encode(self.numbered()))
    }
}

/// The text is not a verifier key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a verifier key: NAME+ID+BASE64 is needed, with an Ed25519 key, as `trajet checkpoint --key` prints it")]
pub struct NotAVerifierKey;

impl FromStr for VerifierKey {
    type Err = NotAVerifierKey;

    fn from_str(text: &str) -> Result<Self, NotAVerifierKey> {
        let mut parts = text.trim().splitn(3, '+');
        let mut part = || parts.next().ok_or(NotAVerifierKey);
        let (name, id, data) = (part()?, part()?, part()?);
        let bytes: [u8; 33] =
            STANDARD.decode(data).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NotAVerifierKey)?;
        let (number, key) = bytes.split_first().ok_or(NotAVerifierKey)?;
        let key = key.try_into().ok().and_then(|key| ed25519_dalek::VerifyingKey::from_bytes(key).ok());
        let key = Self { name: name.to_owned(), key: key.ok_or(NotAVerifierKey)? };
        if *number == ED25519 && is_name(name) && hex(&key.id()) == id { Ok(key) } else { Err(NotAVerifierKey) }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
