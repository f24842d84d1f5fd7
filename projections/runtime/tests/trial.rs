//! Small views of several kinds of stream: what they say depends on days, order, corrections and places.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::law::Law;
use domain::wire;
use serde::{Deserialize, Serialize};

crate::views! {
    /// The views on which the runtime is tried.
    pub struct Trial, folded by FoldedTrial {
        /// Each entry of a person.
        entries: Entries,
        /// How many facts count, by person.
        counts: Counts,
        /// First and last day of a post.
        spans: Spans,
        /// Who stands under an agreement.
        members: Members,
    }
}

/// Each entry of a person, in order.
pub struct Entries;

/// An entry: its day and its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub on: NaiveDate,
    pub kind: String,
}

impl View for Entries {
    const NAME: &'static str = "entries";
    const VERSION: u32 = 1;
    const OF: StreamKind = StreamKind::Person;
    type Row = Entry;

    fn rows(history: &History, _: &Law) -> Vec<Entry> {
        history.entries().map(|entry| Entry { on: entry.on, kind: wire::kind(entry.fact).to_owned() }).collect()
    }
}

/// How many facts count.
pub struct Counts;

impl View for Counts {
    const NAME: &'static str = "counts";
    const VERSION: u32 = 1;
    const OF: StreamKind = StreamKind::Person;
    type Row = usize;

    fn rows(history: &History, _: &Law) -> Vec<usize> {
        if history.is_empty() { Vec::new() } else { vec![history.entries().count()] }
    }
}

/// First and last day on which something happened to a post.
pub struct Spans;

impl View for Spans {
    const NAME: &'static str = "spans";
    const VERSION: u32 = 1;
    const OF: StreamKind = StreamKind::Post;
    type Row = (NaiveDate, NaiveDate);

    fn rows(history: &History, _: &Law) -> Vec<Self::Row> {
        let first = history.entries().next();
        first.zip(history.entries().next_back()).map(|(first, last)| (first.on, last.on)).into_iter().collect()
    }
}

/// The facts under an agreement, as they were written.
pub struct Members;

impl View for Members {
    const NAME: &'static str = "members";
    const VERSION: u32 = 1;
    const OF: StreamKind = StreamKind::Agreement;
    type Row = (NaiveDate, Vec<u8>);

    fn rows(history: &History, _: &Law) -> Vec<Self::Row> {
        history.entries().map(|entry| (entry.on, wire::encode(entry.fact).fact)).collect()
    }
}
