//! Pages as Relay asks for them: opaque cursors that stay valid while the list changes, and named bounds.
//!
//! A cursor holds the place of its item in the order of the list, not its number: what is added or removed
//! elsewhere neither repeats nor skips an item.

use crate::graphql::errors::{BadInput, bad_input};
use async_graphql::connection::{
    Connection, ConnectionNameType, CursorType, DefaultConnectionName, DefaultEdgeName, Edge, EdgeNameType,
    EmptyFields, OpaqueCursor,
};
use async_graphql::{OutputType, SimpleObject};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use uuid::Uuid;

/// Items on a page if the caller says nothing.
pub const PAGE_DEFAULT: usize = 50;
/// Items on a page at most: what one answer holds comfortably in memory, here and there. More is refused, not cut.
pub const PAGE_MAX: usize = 500;

/// The place of an item in a sorted list: its rank, then its id. Ranks are ascending as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place(pub i64, pub Uuid);

/// From which side a page is taken, and how many items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// The first ones behind `after`.
    First(usize),
    /// The last ones in front of `before`.
    Last(usize),
}

/// A page as the caller asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<C> {
    /// From which side, and how many.
    pub take: Take,
    /// Only what stands behind it.
    pub after: Option<C>,
    /// Only what stands in front of it.
    pub before: Option<C>,
}

/// The four arguments of a connection as they come in.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    /// How many from the start.
    pub first: Option<i32>,
    /// The cursor behind which to start.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// The cursor in front of which to end.
    pub before: Option<String>,
}

impl PageArguments {
    /// Reads them.
    ///
    /// # Errors
    /// [`BadInput`] if a count is negative or above [`PAGE_MAX`], both counts are given, or a cursor is not of this list.
    pub fn read<C: Serialize + DeserializeOwned>(self) -> Result<Page<C>, BadInput> {
        let take = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_input("last", "give either first or last, not both")),
            (None, Some(last)) => Take::Last(count("last", last)?),
            (Some(first), None) => Take::First(count("first", first)?),
            (None, None) => Take::First(PAGE_DEFAULT),
        };
        Ok(Page { take, after: cursor("after", self.after)?, before: cursor("before", self.before)? })
    }
}

fn count(field: &str, asked: i32) -> Result<usize, BadInput> {
    match usize::try_from(asked) {
        Ok(count) if count <= PAGE_MAX => Ok(count),
        Ok(count) => Err(bad_input(field, format_args!("{count} is above the limit of {PAGE_MAX} items on a page"))),
        Err(_) => Err(bad_input(field, format_args!("{asked} is negative"))),
    }
}

fn cursor<C: Serialize + DeserializeOwned>(field: &str, text: Option<String>) -> Result<Option<C>, BadInput> {
    let read = |text: String| OpaqueCursor::decode_cursor(&text).map(|OpaqueCursor(cursor)| cursor);
    text.map(read)
        .transpose()
        .map_err(|_| bad_input(field, "not a cursor of this list; take one from its edges or pageInfo"))
}

/// The part of a sorted list that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which items.
    pub range: Range<usize>,
    /// True if there are items in front of them.
    pub has_previous: bool,
    /// True if there are items behind them.
    pub has_next: bool,
}

impl<C: Ord> Page<C> {
    /// Finds the page in a list of items sorted by their place, by halves and without walking it.
    pub fn of<T>(&self, items: &[T], place: impl Fn(&T) -> C) -> Shown {
        let start = self.after.as_ref().map_or(0, |after| items.partition_point(|item| place(item) <= *after));
        let end =
            self.before.as_ref().map_or(items.len(), |before| items.partition_point(|item| place(item) < *before));
        let end = end.max(start);
        let range = match self.take {
            Take::First(count) => start..end.min(start.saturating_add(count)),
            Take::Last(count) => start.max(end.saturating_sub(count))..end,
        };
        Shown { has_previous: range.start > 0, has_next: range.end < items.len(), range }
    }
}

/// What a connection tells beside its edges.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct Total {
    /// How many items the list holds in all, whatever the page.
    pub total_count: usize,
}

/// The bound on the sum of all fields that a document may resolve, lists counted by the items that they may hold.
///
/// Each list field says by how much it multiplies what is asked of its items; without it, files that lead to posts that
/// lead to files would be followed for as long as the document is deep.
pub const COMPLEXITY_MAX: usize = 500_000;

/// How many items a page may hold, as far as its arguments tell: what its edges cost.
#[must_use]
pub fn items(first: Option<i32>, last: Option<i32>) -> usize {
    first.or(last).map_or(PAGE_DEFAULT, |count| usize::try_from(count).unwrap_or_default()).clamp(1, PAGE_MAX)
}

/// A connection with its total, named after its items unless another name is given.
pub type Listed<C, N, Name = DefaultConnectionName, EdgeName = DefaultEdgeName> =
    Connection<OpaqueCursor<C>, N, Total, EmptyFields, Name, EdgeName>;

/// Makes the page's connection of the items shown, each with its place.
pub fn connect<C, N, Name, EdgeName>(
    shown: &Shown,
    total: usize,
    items: impl IntoIterator<Item = (C, N)>,
) -> Listed<C, N, Name, EdgeName>
where
    C: Serialize + DeserializeOwned + Send + Sync,
    N: OutputType,
    Name: ConnectionNameType,
    EdgeName: EdgeNameType,
{
    let total = Total { total_count: total };
    let mut connection = Connection::with_additional_fields(shown.has_previous, shown.has_next, total);
    connection.edges.extend(items.into_iter().map(|(place, node)| Edge::new(OpaqueCursor(place), node)));
    connection
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        first: Option<i32>,
        after: Option<u64>,
        last: Option<i32>,
        before: Option<u64>,
    ) -> Result<Page<u64>, BadInput> {
        let text = |cursor: Option<u64>| cursor.map(|cursor| OpaqueCursor(cursor).encode_cursor());
        PageArguments { first, after: text(after), last, before: text(before) }.read()
    }

    fn shown(page: &Page<u64>) -> (Vec<u64>, bool, bool) {
        let items: Vec<u64> = (1..=10).collect();
        let shown = page.of(&items, |item| *item);
        (items[shown.range.clone()].to_vec(), shown.has_previous, shown.has_next)
    }

    #[test]
    fn a_page_is_taken_from_either_side() {
        assert_eq!(shown(&read(Some(3), None, None, None).unwrap()), (vec![1, 2, 3], false, true));
        assert_eq!(shown(&read(Some(3), Some(8), None, None).unwrap()), (vec![9, 10], true, false));
        assert_eq!(shown(&read(None, None, Some(2), None).unwrap()), (vec![9, 10], true, false));
        assert_eq!(shown(&read(None, Some(2), Some(2), Some(6)).unwrap()), (vec![4, 5], true, true));
        assert_eq!(shown(&read(Some(0), None, None, None).unwrap()), (vec![], false, true));
        assert_eq!(shown(&read(Some(5), Some(9), None, Some(3)).unwrap()), (vec![], true, true));
    }

    #[test]
    fn a_page_has_a_bound_that_is_told_and_not_a_silent_cut() {
        assert!(read(Some(500), None, None, None).is_ok());
        let error = read(Some(501), None, None, None).unwrap_err();
        assert!(error.message.contains("500"), "{}", error.message);
        assert!(read(Some(-1), None, None, None).is_err());
        assert!(read(Some(1), None, Some(1), None).is_err());
        assert_eq!(read(None, None, None, None).unwrap().take, Take::First(PAGE_DEFAULT));
    }

    #[test]
    fn a_page_costs_what_it_may_hold() {
        assert_eq!((items(None, None), items(Some(3), None), items(None, Some(7))), (PAGE_DEFAULT, 3, 7));
        assert_eq!((items(Some(-1), None), items(Some(i32::MAX), None)), (1, PAGE_MAX));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let arguments = || PageArguments { after: Some("bm9uc2Vuc2U".into()), ..PageArguments::default() };
        assert_eq!(arguments().read::<u64>().unwrap_err().field, "after");
        let of_events = OpaqueCursor(7_u64).encode_cursor();
        assert!(PageArguments { after: Some(of_events), ..PageArguments::default() }.read::<Place>().is_err());
    }
}
