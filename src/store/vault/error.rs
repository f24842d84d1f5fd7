//! Why the vault could not do what was asked.

use crate::{Class, Subject};
use std::io;
use std::path::{Path, PathBuf};

/// Texts are fit for the screen; none holds a personal value or a key.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The keys were wrapped under another key-encryption key.
    #[error("the key-encryption key does not open {path}; give the one it was made with", path = .path.display())]
    WrongKey {
        /// The vault's file.
        path: PathBuf,
    },
    /// Another process owns the vault.
    #[error("{path} is in use by another process; stop it first", path = .path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The file was written by a newer program.
    #[error("{path} has format {found}, this program reads up to {known}; use a newer trajet", path = .path.display())]
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// The format it declares.
        found: u8,
        /// The newest format known here.
        known: u8,
    },
    /// Bytes are not what was written. Never repaired in silence.
    #[error("{path} is damaged at byte {offset}: {what}; restore this file from a backup, nothing was changed", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// The key was destroyed on purpose; nothing is ever sealed for this subject and class again.
    #[error("the key of subject {subject} for class {class} was destroyed", class = .class.0)]
    Shredded {
        /// Whose key.
        subject: Subject,
        /// Which class.
        class: Class,
    },
    /// No key was ever made, or the vault is older than the log.
    #[error("there is no key of subject {subject} for class {class}; the vault is older than the log", class = .class.0)]
    KeyMissing {
        /// Whose key.
        subject: Subject,
        /// Which class.
        class: Class,
    },
    /// A sealed value is not what was sealed for this subject, class and event.
    #[error("a sealed value of subject {subject}, class {class}, is not what was sealed", class = .class.0)]
    Tampered {
        /// Whose key.
        subject: Subject,
        /// Which class.
        class: Class,
    },
    /// A value is too long to be sealed.
    #[error("a value to seal has {found} bytes, the limit is {limit}")]
    TooLarge {
        /// Its length.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The vault holds as many keys as its format allows.
    #[error("the vault is full: it holds {0} keys")]
    Full(u32),
    /// The operating system refused.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A write failed earlier, so what is on disk is not known any more; keys already made are still read.
    #[error("the vault stopped after a failed write ({0}); restart trajet")]
    Broken(String),
}

impl VaultError {
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
