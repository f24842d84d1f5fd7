//! A set of views: the tables that are folded, saved and published together.
//!
//! The macro [`views!`](crate::views) makes a set from a list, so that adding a view is one line.

use crate::runtime::table::Kept;
use domain::fact::StreamKind;
use domain::history::History;
use domain::law::Law;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// Which views of a set a fold makes.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    /// Every one.
    All,
    /// Those with these names.
    Only(&'a [&'static str]),
}

impl Wanted<'_> {
    /// True if the view with this name is to be folded.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(&name),
        }
    }
}

/// The tables of several views, each folded from the streams of one kind. Made by [`views!`](crate::views).
pub trait ViewSet: Clone + Default + PartialEq + Debug + Send + Sync + 'static {
    /// The rows of some streams, before they are put into tables.
    type Folded: Default + Send;

    /// The tables, in the order of the list.
    fn tables(&self) -> Vec<&dyn Kept>;
    /// The tables, to be loaded.
    fn tables_mut(&mut self) -> Vec<&mut dyn Kept>;
    /// Adds the rows of one stream, of the views that are wanted and folded from streams of its kind.
    fn fold(history: &History, law: &Law, wanted: Wanted<'_>, into: &mut Self::Folded);
    /// The tables of these streams and no other; rows that are the same in `beside` are shared with it.
    fn of_folded(parts: Vec<Self::Folded>, beside: &Self) -> Self;
    /// Puts other rows in the place of those of the streams that were folded again.
    fn replace(&mut self, folded: Self::Folded);
    /// Takes the tables with these names over from another set.
    fn adopt(&mut self, from: &Self, names: &[&str]);

    /// The rows of one stream in every view that is folded from streams of its kind, as JSON objects, by the view's name.
    ///
    /// # Errors
    /// If a row cannot be written as JSON: a fault of its view.
    fn rows_of(history: &History, law: &Law) -> serde_json::Result<Vec<(&'static str, Vec<crate::Columns>)>>;

    /// The kinds of stream that the wanted views are folded from.
    fn kinds(wanted: Wanted<'_>) -> Vec<StreamKind> {
        let views = Self::default();
        let tables = views.tables();
        let kinds: BTreeSet<_> =
            tables.iter().filter(|table| wanted.has(table.name())).flat_map(|one| one.kinds()).collect();
        kinds.into_iter().copied().collect()
    }
}

/// Lists the views that are kept together: one line each, its field and its type.
///
/// ```text
/// views! {
///     /// Every view of the house.
///     pub struct Views, folded by Folded {
///         /// Where each person stands.
///         standing: crate::standing::Standing,
///     }
/// }
/// ```
#[macro_export]
macro_rules! views {
    ($(#[$doc:meta])* $vis:vis struct $set:ident, folded by $folded:ident {
        $($(#[$field_doc:meta])* $field:ident: $view:ty),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        $vis struct $set {
            $($(#[$field_doc])* pub $field: $crate::Table<$view>,)*
        }

        /// The rows of some streams, before they are put into tables.
        #[derive(Default)]
        $vis struct $folded {
            $($field: $crate::Folded<$view>,)*
        }

        #[allow(unused_variables, unused_mut, reason = "a set may be empty")]
        impl $crate::ViewSet for $set {
            type Folded = $folded;

            fn tables(&self) -> Vec<&dyn $crate::Kept> {
                vec![$(&self.$field),*]
            }

            fn tables_mut(&mut self) -> Vec<&mut dyn $crate::Kept> {
                vec![$(&mut self.$field),*]
            }

            fn fold(
                history: &domain::history::History,
                law: &domain::law::Law,
                wanted: $crate::Wanted<'_>,
                into: &mut Self::Folded,
            ) {
                let stream = history.stream();
                $(if <$view as $crate::View>::OF.contains(&stream.kind) && wanted.has(<$view as $crate::View>::NAME) {
                    into.$field.push((stream, <$view as $crate::View>::rows(history, law).into()));
                })*
            }

            fn rows_of(
                history: &domain::history::History,
                law: &domain::law::Law,
            ) -> serde_json::Result<Vec<(&'static str, Vec<$crate::Columns>)>> {
                let mut all = Vec::new();
                $(if <$view as $crate::View>::OF.contains(&history.stream().kind) {
                    let rows = <$view as $crate::View>::rows(history, law);
                    all.push((<$view as $crate::View>::NAME, $crate::difference::columns(&rows)?));
                })*
                Ok(all)
            }

            fn of_folded(mut parts: Vec<Self::Folded>, beside: &Self) -> Self {
                Self {
                    $($field: $crate::Table::of_folded(
                        parts.iter_mut().map(|part| std::mem::take(&mut part.$field)),
                        &beside.$field,
                    ),)*
                }
            }

            fn replace(&mut self, folded: Self::Folded) {
                $(self.$field.replace(folded.$field);)*
            }

            fn adopt(&mut self, from: &Self, names: &[&str]) {
                $(if names.contains(&<$view as $crate::View>::NAME) {
                    self.$field = from.$field.clone();
                })*
            }
        }
    };
}
