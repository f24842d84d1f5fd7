//! The key-encryption key in a file: 32 bytes as 64 hexadecimal digits, readable by its owner only.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use store::vault::{KEY_BYTES, Kek};
use zeroize::Zeroizing;

/// Why the key-encryption key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file does not hold a key.
    #[error("{path} does not hold a key: 64 hexadecimal digits are needed", path = .0.display())]
    NotAKey(PathBuf),
    /// Others than its owner may read it.
    #[error("{path} can be read by others (mode {mode:o}): run chmod 600 on it", path = .path.display())]
    ReadableByOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There are keys wrapped under it, and it is gone.
    #[error(
        "{path} is missing, but the vault holds keys that it wraps: restore it, without it no personal value can be read",
        path = .0.display()
    )]
    Missing(PathBuf),
    /// The operating system refused.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

/// Reads the key from `path`, or makes a new one there if there is no vault yet.
///
/// # Errors
/// [`KeyFileError`] names the file and what to do.
pub fn read_or_make(path: &Path, vault_exists: bool) -> Result<Kek, KeyFileError> {
    let io = |source| KeyFileError::Io { path: path.to_owned(), source };
    match fs::read_to_string(path) {
        Ok(text) => {
            owner_only(path)?;
            let text = Zeroizing::new(text);
            let mut key = key_of(&text).ok_or_else(|| KeyFileError::NotAKey(path.to_owned()))?;
            Ok(Kek::new(&mut key))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && vault_exists => {
            Err(KeyFileError::Missing(path.to_owned()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path).map_err(io),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyFileError::NotAKey(path.to_owned())),
        Err(error) => Err(io(error)),
    }
}

fn key_of(text: &str) -> Option<Zeroizing<[u8; KEY_BYTES]>> {
    let digits = text.trim().as_bytes();
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    if digits.len() != KEY_BYTES * 2 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}

/// The key is durable before anything is wrapped under it.
fn make(path: &Path) -> io::Result<Kek> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    getrandom::fill(key.as_mut()).map_err(|error| io::Error::other(error.to_string()))?;
    let text: Zeroizing<String> = Zeroizing::new(key.iter().map(|byte| format!("{byte:02x}")).collect());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::File::open(folder)?.sync_all()?;
    Ok(Kek::new(&mut key))
}

#[cfg(unix)]
fn owner_only(path: &Path) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt;
    let io = |source| KeyFileError::Io { path: path.to_owned(), source };
    let mode = fs::metadata(path).map_err(io)?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::ReadableByOthers { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn owner_only(_: &Path) -> Result<(), KeyFileError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys").join("kek");
        read_or_make(&path, false).unwrap();
        let written = fs::read_to_string(&path).unwrap();
        read_or_make(&path, true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), written);
    }

    #[test]
    fn a_missing_key_is_never_made_anew_under_an_old_vault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kek");
        assert!(matches!(read_or_make(&path, true), Err(KeyFileError::Missing(_))));
        assert!(!path.exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kek");
        read_or_make(&path, false).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(read_or_make(&path, true), Err(KeyFileError::ReadableByOthers { mode: 0o644, .. })));
    }
}
