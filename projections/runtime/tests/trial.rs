//! Small views of several kinds of stream: what they say depends on days, order, corrections and places.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::law::Law;
use domain::wire;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};

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
    const OF: &'static [StreamKind] = &[StreamKind::Person];
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
    const OF: &'static [StreamKind] = &[StreamKind::Person];
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
    const OF: &'static [StreamKind] = &[StreamKind::Post];
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
    const OF: &'static [StreamKind] = &[StreamKind::Agreement];
    type Row = (NaiveDate, Vec<u8>);

    fn rows(history: &History, _: &Law) -> Vec<Self::Row> {
        history.entries().map(|entry| (entry.on, wire::encode(entry.fact).fact)).collect()
    }
}

crate::views! {
    /// The trial views, one of them in another version.
    pub struct Renewed, folded by FoldedRenewed {
        /// As before.
        entries: Entries,
        /// Counted twice.
        counts: CountsTwice,
    }
}

/// [`Counts`] in its next version.
pub struct CountsTwice;

impl View for CountsTwice {
    const NAME: &'static str = Counts::NAME;
    const VERSION: u32 = Counts::VERSION + 1;
    const OF: &'static [StreamKind] = Counts::OF;
    type Row = usize;

    fn rows(history: &History, law: &Law) -> Vec<usize> {
        Counts::rows(history, law).into_iter().map(|count| 2 * count).collect()
    }
}

crate::views! {
    /// Tells how often it was folded.
    pub struct Counted, folded by FoldedCounted {
        /// The view.
        folds: Folds,
    }
}

/// How often [`Folds`] was folded.
pub static FOLDS: AtomicUsize = AtomicUsize::new(0);

/// A view that counts its folds.
pub struct Folds;

impl View for Folds {
    const NAME: &'static str = "folds";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = u8;

    fn rows(_: &History, _: &Law) -> Vec<u8> {
        FOLDS.fetch_add(1, Ordering::SeqCst);
        Vec::new()
    }
}

crate::views! {
    /// Takes its time.
    pub struct Slow, folded by FoldedSlow {
        /// The view.
        sleeps: Sleeps,
    }
}

/// A view that takes its time.
pub struct Sleeps;

impl View for Sleeps {
    const NAME: &'static str = "sleeps";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = u8;

    fn rows(_: &History, _: &Law) -> Vec<u8> {
        std::thread::sleep(std::time::Duration::from_millis(50));
        Vec::new()
    }
}

crate::views! {
    /// Gives up.
    pub struct Fragile, folded by FoldedFragile {
        /// The view.
        breaks: Breaks,
    }
}

/// A view that gives up.
pub struct Breaks;

impl View for Breaks {
    const NAME: &'static str = "breaks";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = u8;

    fn rows(_: &History, _: &Law) -> Vec<u8> {
        panic!("out of order")
    }
}
