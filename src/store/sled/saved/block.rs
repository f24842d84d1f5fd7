//! The bytes of a block of the saved index.
//!
//! A block covers whole frames of one segment. Little-endian: first position of the segment (u64), first and last
//! position of the block (u64 each), place of its last frame and its end in the segment (u64 each), CRC of that frame
//! (u32), instant of its last record (i64, microseconds), streams known before (u32), number of streams that begin
//! here (u32), these streams (17 bytes each), the shapes of its records (see `shapes.rs`), then for each record: distance
//! from the record before, number of streams and their numbers (LEB128 each), and the hash of its id (u32) in front.

use crate::StreamId;
use crate::shapes::Shapes;

/// What a block tells but for its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::embedded) struct Block {
    pub segment: u64,
    pub first: u64,
    pub last: u64,
    pub frame_at: u64,
    pub end: u64,
    pub crc: u32,
    pub recorded_at_us: i64,
    pub streams_before: u32,
    pub streams: Vec<StreamId>,
    pub shapes: Shapes,
    pub body: Vec<u8>,
}

const HEADER_BYTES: usize = 5 * 8 + 4 + 8 + 4 + 4;

impl Block {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_BYTES + self.streams.len() * StreamId::LEN + self.body.len());
        for number in [self.segment, self.first, self.last, self.frame_at, self.end] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.crc.to_le_bytes());
        out.extend_from_slice(&self.recorded_at_us.to_le_bytes());
        out.extend_from_slice(&self.streams_before.to_le_bytes());
        out.extend_from_slice(&u32::try_from(self.streams.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.streams.iter().for_each(|stream| out.extend_from_slice(&stream.to_bytes()));
        self.shapes.write(&mut out);
        out.extend_from_slice(&self.body);
        out
    }

    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut longs = [0; 5];
        for long in &mut longs {
            *long = u64::from_le_bytes(*take(&mut bytes)?);
        }
        let [segment, first, last, frame_at, end] = longs;
        let crc = u32::from_le_bytes(*take(&mut bytes)?);
        let recorded_at_us = i64::from_le_bytes(*take(&mut bytes)?);
        let streams_before = u32::from_le_bytes(*take(&mut bytes)?);
        let begin = u32::from_le_bytes(*take(&mut bytes)?) as usize;
        let (streams, mut rest) = bytes.split_at_checked(begin.checked_mul(StreamId::LEN)?)?;
        let streams: Option<Vec<_>> = streams.chunks(StreamId::LEN).map(StreamId::from_bytes).collect();
        let shapes = Shapes::read(&mut rest)?;
        let (streams, body) = (streams?, rest.to_vec());
        (first <= last).then_some(Self {
            segment,
            first,
            last,
            frame_at,
            end,
            crc,
            recorded_at_us,
            streams_before,
            streams,
            shapes,
            body,
        })
    }

    /// Calls `each` with place, hash and streams of every record, in order; `None` if the bytes are not what they should be.
    pub fn records(&self, mut each: impl FnMut(u32, u32, &mut dyn Iterator<Item = u32>)) -> Option<()> {
        let (mut bytes, mut at) = (&self.body[..], 0u32);
        for _ in self.first..=self.last {
            let hash = u32::from_le_bytes(*take(&mut bytes)?);
            at = at.checked_add(read_number(&mut bytes)?)?;
            let count = read_number(&mut bytes)?;
            let mut whole = true;
            each(
                at,
                hash,
                &mut (0..count).map_while(|_| {
                    let number = read_number(&mut bytes);
                    whole &= number.is_some();
                    number
                }),
            );
            if !whole {
                return None;
            }
        }
        bytes.is_empty().then_some(())
    }
}

fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(head)
}

/// Appends a number, seven bits to a byte, the lowest first.
pub(in crate::embedded) fn write_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u64;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return u32::try_from(number).ok();
        }
    }
    None
}
