//! A number and its checksum in two places that are written by turns, so that a torn write leaves the other.

/// Bytes of one place: the number (u64) and its CRC32C, little-endian.
pub(crate) const MARK_BYTES: usize = 12;

/// The bytes of a mark.
pub(crate) fn to_bytes(number: u64) -> [u8; MARK_BYTES] {
    let mut bytes = [0; MARK_BYTES];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..8]);
    bytes[8..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Reads a mark; `None` if its checksum is wrong.
pub(crate) fn from_bytes(bytes: &[u8; MARK_BYTES]) -> Option<u64> {
    let (number, crc) = bytes.split_first_chunk::<8>()?;
    (crc == crc32c::crc32c(number).to_le_bytes()).then(|| u64::from_le_bytes(*number))
}
