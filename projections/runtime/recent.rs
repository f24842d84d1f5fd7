//! The decoded records of the streams that were touched lately, so that following the log reads what is new and no more.
//!
//! Streams only grow, so that what is kept is never wrong, at most short. Two generations stand in for a list of
//! least recent use: what is touched is young, and when the young are too many the old are dropped and the young grow old.

use crate::runtime::error::ProjectionError;
use crate::translate::read_stream;
use domain::fact::Stream;
use domain::history::Known;
use std::collections::HashMap;
use store::{EventStore, Revision};

/// The first records of one stream, decoded.
#[derive(Default)]
pub(super) struct Beginning {
    pub records: Vec<Known>,
    revision: Revision,
}

impl Beginning {
    /// Reads on to the end of the stream.
    pub fn read_on<S: EventStore>(&mut self, store: &S, stream: Stream, page: usize) -> Result<(), ProjectionError> {
        let (more, revision) = read_stream(store, stream, self.revision, page)?;
        self.records.extend(more);
        self.revision = revision;
        Ok(())
    }
}

/// The streams that were touched lately.
pub(super) struct Recent {
    young: HashMap<Stream, Beginning>,
    old: HashMap<Stream, Beginning>,
    /// Records of the young.
    records: usize,
    records_max: usize,
}

impl Recent {
    /// Keeps at most about this many records.
    pub fn new(records_max: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), records: 0, records_max }
    }

    /// Takes out what is kept of a stream.
    pub fn take(&mut self, stream: Stream) -> Beginning {
        if let Some(beginning) = self.young.remove(&stream) {
            self.records -= beginning.records.len();
            return beginning;
        }
        self.old.remove(&stream).unwrap_or_default()
    }

    /// Keeps a stream for a while.
    pub fn put(&mut self, stream: Stream, beginning: Beginning) {
        self.records += beginning.records.len();
        self.young.insert(stream, beginning);
        if self.records > self.records_max / 2 {
            self.old = std::mem::take(&mut self.young);
            self.records = 0;
            if self.old.values().map(|beginning| beginning.records.len()).sum::<usize>() > self.records_max {
                self.old.clear();
            }
        }
    }
}
