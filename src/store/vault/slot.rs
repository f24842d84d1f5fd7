//! The bytes of the vault's file.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | magic `TRAJKEYS` |
//! | 8 | 1 | format version, 1; the next 7 bytes are zero |
//! | 16 | 32 | salt, random |
//! | 48 | 40 | key check: nonce, then the tag of an empty text under the wrapping key |
//! | 88 | 4 | CRC32C of the bytes before |
//! | 512, 1024 | 12 | marks: number of slots known to be durable (u64), CRC32C; the higher valid one counts |
//! | 4096 | 128 each | slots |
//!
//! A slot: state (1 live, 2 shredded, 3 void), class, 2 zeros, subject (16), nonce (24), wrapped key (32), tag (16),
//! 32 zeros, CRC32C (4). A slot of zeros was never used. Numbers are little-endian. Four slots fill a sector of
//! 512 bytes and none straddles two, so a power cut leaves the old or the new one.

use super::seal::{NONCE_BYTES, TAG_BYTES};
use crate::{Class, Subject};
use uuid::Uuid;

pub(super) const MAGIC: &[u8; 8] = b"TRAJKEYS";
pub(super) const VERSION: u8 = 1;
pub(super) const HEADER_BYTES: usize = 92;
pub(super) const SALT_BYTES: usize = 32;
pub(super) const CHECK_BYTES: usize = NONCE_BYTES + TAG_BYTES;
pub(super) const MARK_AT: [u64; 2] = [512, 1024];
pub(super) const SLOTS_AT: u64 = 4096;
pub(super) const SLOT_BYTES: usize = 128;
const CRC_AT: usize = SLOT_BYTES - 4;

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Never used.
    Empty,
    /// A wrapped data key.
    Live { subject: Subject, class: Class, nonce: [u8; NONCE_BYTES], wrapped: [u8; 32 + TAG_BYTES] },
    /// A key that was destroyed; the subject and class never get another.
    Shredded { subject: Subject, class: Class },
    /// Lost in a power cut before anything was sealed under it.
    Void,
}

impl Slot {
    pub(super) fn to_bytes(self) -> [u8; SLOT_BYTES] {
        let mut bytes = [0; SLOT_BYTES];
        match self {
            Self::Empty => return bytes,
            Self::Live { subject, class, nonce, wrapped } => {
                bytes[20..44].copy_from_slice(&nonce);
                bytes[44..92].copy_from_slice(&wrapped);
                write_owner(&mut bytes, 1, subject, class);
            }
            Self::Shredded { subject, class } => write_owner(&mut bytes, 2, subject, class),
            Self::Void => bytes[0] = 3,
        }
        let crc = crc32c::crc32c(&bytes[..CRC_AT]);
        bytes[CRC_AT..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a slot; `None` if the bytes are no slot.
    pub(super) fn from_bytes(bytes: &[u8; SLOT_BYTES]) -> Option<Self> {
        if bytes.iter().all(|byte| *byte == 0) {
            return Some(Self::Empty);
        }
        if bytes[CRC_AT..] != crc32c::crc32c(&bytes[..CRC_AT]).to_le_bytes() {
            return None;
        }
        let subject = Uuid::from_slice(&bytes[4..20]).ok()?;
        let class = Class(bytes[1]);
        match bytes[0] {
            1 => {
                let (nonce, wrapped) = (bytes[20..44].try_into().ok()?, bytes[44..92].try_into().ok()?);
                Some(Self::Live { subject, class, nonce, wrapped })
            }
            2 => Some(Self::Shredded { subject, class }),
            3 => Some(Self::Void),
            _ => None,
        }
    }
}

fn write_owner(bytes: &mut [u8; SLOT_BYTES], state: u8, subject: Subject, class: Class) {
    bytes[0] = state;
    bytes[1] = class.0;
    bytes[4..20].copy_from_slice(subject.as_bytes());
}

/// Where a slot stands in the file.
pub(super) fn slot_at(slot: u32) -> u64 {
    SLOTS_AT + u64::from(slot) * SLOT_BYTES as u64
}

pub(super) fn header(salt: &[u8; SALT_BYTES], check: &[u8; CHECK_BYTES]) -> [u8; HEADER_BYTES] {
    let mut bytes = [0; HEADER_BYTES];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8] = VERSION;
    bytes[16..48].copy_from_slice(salt);
    bytes[48..88].copy_from_slice(check);
    let crc = crc32c::crc32c(&bytes[..88]);
    bytes[88..].copy_from_slice(&crc.to_le_bytes());
    bytes
}
