//! A tree head as others keep it: a checkpoint (C2SP tlog-checkpoint) inside a signed note (C2SP signed-note).
//!
//! ```text
//! trajet/9f1c2b7a            the origin: which log
//! 45625                      how many records
//! 5xGo…=                     the root, base64
//!
//! — trajet/9f1c2b7a Kx0r…=   a signature: the first four bytes of the key's id, then 64 of Ed25519
//! ```

use super::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// Bytes of a note at most: a head has some two hundred, and each witness adds about as many.
const NOTE_BYTES_MAX: usize = 16 << 10;
/// Signatures of a note at most, those of witnesses included.
const SIGNATURES_MAX: usize = 64;

/// A tree head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many records it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// Why a text is no signed checkpoint, or not one of this key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is not written as one.
    #[error("not a signed checkpoint: {0}")]
    Malformed(&'static str),
    /// Nobody of that name and key signed it.
    #[error("it is not signed by {0}")]
    Unsigned(String),
    /// The signature is not one of this text.
    #[error("the signature of {0} does not hold: the text was changed, or another key signed")]
    Forged(String),
    /// The head is of another log than the one the key signs for.
    #[error("it is a head of {found}, and the key is that of {expected}")]
    OtherLog {
        /// What the head names.
        found: String,
        /// What the key signs for.
        expected: String,
    },
}

/// A tree head with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// The head; whether it is signed by whom one expects, only [`super::VerifierKey::verify`] tells.
    pub(super) head: Checkpoint,
    /// The text that is signed, byte by byte.
    pub(super) text: String,
    pub(super) signatures: Vec<Signature>,
}

/// One line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub name: String,
    /// The id of the key, then what it signed with.
    pub bytes: Vec<u8>,
}

impl Checkpoint {
    /// The text that is signed.
    pub(super) fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.0))
    }

    fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.lines();
        let mut line = || lines.next().ok_or(NoteError::Malformed("it has less than three lines"));
        let (origin, size, root) = (line()?.to_owned(), line()?, line()?);
        if origin.is_empty() {
            return Err(NoteError::Malformed("its first line names no log"));
        }
        let number: u64 =
            size.parse().map_err(|_| NoteError::Malformed("its second line is not a number of records"))?;
        if number.to_string() != size {
            return Err(NoteError::Malformed("its second line is not written as a number is"));
        }
        let root = STANDARD.decode(root).ok().and_then(|bytes| bytes.try_into().ok());
        let root = Hash(root.ok_or(NoteError::Malformed("its third line is not a SHA-256 in base64"))?);
        Ok(Self { origin, size: number, root })
    }
}

impl SignedCheckpoint {
    /// Reads a note; lines behind the root and signatures of others are let stand.
    ///
    /// # Errors
    /// [`NoteError::Malformed`] says what is wrong.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Malformed("it is longer than 16 KiB"));
        }
        if note.chars().any(|letter| letter != '\n' && letter.is_control()) {
            return Err(NoteError::Malformed("it holds control characters; were its line ends changed?"));
        }
        // The signatures stand behind the last empty line.
        let parted = note.rfind("\n\n").ok_or(NoteError::Malformed("no empty line parts it from its signatures"))?;
        let (text, signatures) = (note[..=parted].to_owned(), &note[parted + 2..]);
        let signatures = signatures.lines().map(signature).collect::<Result<Vec<_>, _>>()?;
        if signatures.is_empty() || signatures.len() > SIGNATURES_MAX || !note.ends_with('\n') {
            return Err(NoteError::Malformed("it has no signature, more than 64, or no line end behind the last"));
        }
        Ok(Self { head: Checkpoint::parse(&text)?, text, signatures })
    }

    /// The head, whoever signed it: to be shown, not to be trusted.
    #[must_use]
    pub const fn unverified(&self) -> &Checkpoint {
        &self.head
    }
}

fn signature(line: &str) -> Result<Signature, NoteError> {
    let malformed = NoteError::Malformed("a line behind the empty one is no signature");
    let rest = line.strip_prefix("\u{2014} ").ok_or(malformed.clone())?;
    let (name, bytes) = rest.split_once(' ').ok_or(malformed.clone())?;
    let bytes = STANDARD.decode(bytes).map_err(|_| malformed.clone())?;
    if !is_name(name) || bytes.len() < 5 {
        return Err(malformed);
    }
    Ok(Signature { name: name.to_owned(), bytes })
}

/// True if a key can have this name: no space, no plus sign, nothing that ends a line.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '+')
}

/// The note: the text, an empty line, the signatures.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for Signature { name, bytes } in &self.signatures {
            writeln!(f, "\u{2014} {name} {}", STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}
