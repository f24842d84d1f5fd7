//! What a view is: a pure function of one stream's history.

use domain::fact::StreamKind;
use domain::history::History;
use domain::law::Law;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A view: rows folded from one stream's history, never from the rows before.
///
/// A row holds no name and no free text; dates that the law compares with today are stored, the comparison is not.
pub trait View: Send + Sync + 'static {
    /// The name of the view: the question it answers. Saved rows stand under it.
    const NAME: &'static str;
    /// The version of the code. Another number rebuilds the view beside the old one.
    const VERSION: u32;
    /// The kinds of stream that it is folded from; each stream gives rows of its own.
    const OF: &'static [StreamKind];
    /// One row.
    type Row: Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// The rows of one stream.
    fn rows(history: &History, law: &Law) -> Vec<Self::Row>;
}
