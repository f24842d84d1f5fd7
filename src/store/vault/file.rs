//! Making, opening and reading through the vault's file.

use super::error::VaultError;
use super::kek::{Kek, Key, fill};
use super::seal::{self, NONCE_BYTES};
use super::slot::{self, CHECK_BYTES, HEADER_BYTES, MARK_AT, SALT_BYTES, SLOT_BYTES, SLOTS_AT, Slot};
use crate::disk::{Disk, DiskFile, Open, read_exact};
use crate::mark::{self, MARK_BYTES};
use std::io::ErrorKind;
use std::path::Path;

/// Slots read at a time.
const SLOTS_PER_READ: usize = 8192;

/// Opens the file, or makes one that is durable in name and content, and derives the wrapping key.
///
/// A new file gets its name only when its header is durable, so a header is never torn.
pub(super) fn open(disk: &dyn Disk, path: &Path, kek: &Kek) -> Result<(Box<dyn DiskFile>, Key), VaultError> {
    let io = VaultError::io(path);
    let file = match disk.open(path, Open::Write) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(disk, path, kek)?;
            disk.open(path, Open::Write).map_err(&io)?
        }
        Err(error) => return Err(io(error)),
    };
    let wrapping = read_header(file.as_ref(), path, kek)?;
    Ok((file, wrapping))
}

fn make(disk: &dyn Disk, path: &Path, kek: &Kek) -> Result<(), VaultError> {
    let io = VaultError::io(path);
    let directory = path.parent().unwrap_or(Path::new(""));
    disk.create_dir(directory).map_err(&io)?;
    let unfinished = path.with_extension("new");
    let file = disk.open(&unfinished, Open::Create).map_err(&io)?;
    let (mut salt, mut nonce) = ([0; SALT_BYTES], [0; NONCE_BYTES]);
    fill(&mut salt).and_then(|()| fill(&mut nonce)).map_err(&io)?;
    let wrapping = seal::derive(&kek.0, b"trajet wrap 1", &salt);
    let mut check = [0; CHECK_BYTES];
    check[..NONCE_BYTES].copy_from_slice(&nonce);
    check[NONCE_BYTES..].copy_from_slice(&seal::encrypt(&wrapping, &nonce, b"trajet key check 1", b""));
    let mut start = vec![0; usize::try_from(SLOTS_AT).unwrap_or(0)];
    start[..HEADER_BYTES].copy_from_slice(&slot::header(&salt, &check));
    for at in MARK_AT {
        let at = usize::try_from(at).unwrap_or(0);
        start[at..at + MARK_BYTES].copy_from_slice(&mark::to_bytes(0));
    }
    file.set_len(0).and_then(|()| file.write_at(&start, 0)).and_then(|()| file.sync_data()).map_err(&io)?;
    disk.rename(&unfinished, path).and_then(|()| disk.sync_dir(directory)).map_err(&io)
}

fn read_header(file: &dyn DiskFile, path: &Path, kek: &Kek) -> Result<Key, VaultError> {
    let damaged = |what| VaultError::Damaged { path: path.to_owned(), offset: 0, what };
    let mut bytes = [0; HEADER_BYTES];
    match read_exact(file, &mut bytes, 0) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(damaged("the header is cut off")),
        Err(error) => return Err(VaultError::io(path)(error)),
    }
    if bytes[..8] != *slot::MAGIC {
        return Err(damaged("this is no vault"));
    }
    if bytes[8] > slot::VERSION {
        return Err(VaultError::NewerFormat { path: path.to_owned(), found: bytes[8], known: slot::VERSION });
    }
    if bytes[88..] != crc32c::crc32c(&bytes[..88]).to_le_bytes() {
        return Err(damaged("the header has a wrong checksum"));
    }
    let wrapping = seal::derive(&kek.0, b"trajet wrap 1", &bytes[16..48]);
    let (nonce, tag) = bytes[48..88].split_first_chunk::<NONCE_BYTES>().ok_or_else(|| damaged("no key check"))?;
    if seal::decrypt(&wrapping, nonce, b"trajet key check 1", tag).is_none() {
        return Err(VaultError::WrongKey { path: path.to_owned() });
    }
    Ok(wrapping)
}

/// The number of slots that were known to be durable when the mark was last written.
pub(super) fn durable_slots(file: &dyn DiskFile, path: &Path) -> Result<u64, VaultError> {
    let mut highest = None;
    for at in MARK_AT {
        let mut bytes = [0; MARK_BYTES];
        read_exact(file, &mut bytes, at).map_err(VaultError::io(path))?;
        highest = highest.max(mark::from_bytes(&bytes));
    }
    highest.ok_or_else(|| VaultError::Damaged {
        path: path.to_owned(),
        offset: MARK_AT[0],
        what: "neither mark has a right checksum",
    })
}

/// Hands every whole slot of the file to `each`, in order; `None` for bytes that are no slot.
pub(super) fn each_slot(
    file: &dyn DiskFile,
    path: &Path,
    mut each: impl FnMut(u32, Option<Slot>) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut buffer = vec![0; SLOTS_PER_READ * SLOT_BYTES];
    let mut number = 0;
    loop {
        let read = file.read_at(&mut buffer, slot::slot_at(number)).map_err(VaultError::io(path))?;
        let (slots, _) = buffer[..read].as_chunks::<SLOT_BYTES>();
        for bytes in slots {
            each(number, Slot::from_bytes(bytes))?;
            number += 1;
        }
        if read < buffer.len() {
            return Ok(());
        }
    }
}
