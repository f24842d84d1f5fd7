//! What differs between the rows of one file at two moments: which appeared, which are gone, which changed and how.
//!
//! Rows are compared as JSON, so that a new view or column is compared without a line here.

use serde::Serialize;
use serde_json::{Map, Value};

/// A row as columns and values, in the order of the columns.
pub type Columns = Map<String, Value>;

/// What differs in one view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Rows that are there only later.
    pub appeared: Vec<Columns>,
    /// Rows that are there only earlier.
    pub gone: Vec<Columns>,
    /// Rows of the same thing that say something else.
    pub changed: Vec<Changed>,
}

/// One row that says something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// What it said.
    pub earlier: Columns,
    /// What it says.
    pub later: Columns,
}

/// One column of a changed row, or one field of a corrected fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its name.
    pub field: String,
    /// The value before; none if there was none.
    pub old: Option<Value>,
    /// The value after; none if there is none.
    pub new: Option<Value>,
}

impl Difference {
    /// Between the rows of one file in one view at two moments. Rows that are the same in both are in neither list.
    #[must_use]
    pub fn between(earlier: Vec<Columns>, later: Vec<Columns>) -> Self {
        let (mut gone, mut appeared) = (earlier, Vec::new());
        for row in later {
            match gone.iter().position(|other| *other == row) {
                Some(same) => drop(gone.remove(same)),
                None => appeared.push(row),
            }
        }
        let mut difference = Self::default();
        for later in appeared {
            match gone.iter().position(|earlier| is_same_thing(earlier, &later)) {
                Some(place) => difference.changed.push(Changed { earlier: gone.remove(place), later }),
                None => difference.appeared.push(later),
            }
        }
        difference.gone = gone;
        // A view with one row for each file: whatever its columns say, it is the same row.
        if let ([_], [_]) = (&difference.appeared[..], &difference.gone[..])
            && difference.changed.is_empty()
            && identity(&difference.appeared[0]).is_none()
        {
            let pair = (difference.gone.pop(), difference.appeared.pop());
            if let (Some(earlier), Some(later)) = pair {
                difference.changed.push(Changed { earlier, later });
            }
        }
        difference
    }

    /// True if nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.appeared.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

impl Changed {
    /// The columns that say something else, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<Change> {
        changes(Some(&self.earlier), Some(&self.later))
    }
}

/// What differs between two objects, field by field, in the order of their fields. Null is as good as absent.
#[must_use]
pub fn changes(old: Option<&Columns>, new: Option<&Columns>) -> Vec<Change> {
    let empty = Columns::new();
    let (old, new) = (old.unwrap_or(&empty), new.unwrap_or(&empty));
    let value = |of: &Columns, field: &String| of.get(field).filter(|value| !value.is_null()).cloned();
    let fields = old.keys().chain(new.keys().filter(|field| !old.contains_key(*field)));
    fields
        .map(|field| Change { field: field.clone(), old: value(old, field), new: value(new, field) })
        .filter(|change| change.old != change.new)
        .collect()
}

/// Rows as columns.
///
/// # Errors
/// If a row cannot be written as JSON.
pub fn columns<R: Serialize>(rows: &[R]) -> serde_json::Result<Vec<Columns>> {
    let of_row = |row: &R| {
        Ok(match serde_json::to_value(row)? {
            Value::Object(columns) => columns,
            other => [("value".to_owned(), other)].into_iter().collect(),
        })
    };
    rows.iter().map(of_row).collect()
}

/// The id of the thing that a row is about: a UUID in its first column.
fn identity(row: &Columns) -> Option<(&String, &str)> {
    let (name, value) = row.iter().next()?;
    value.as_str().filter(|text| uuid::Uuid::try_parse(text).is_ok()).map(|id| (name, id))
}

fn is_same_thing(one: &Columns, other: &Columns) -> bool {
    identity(one).is_some_and(|id| identity(other) == Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: Value) -> Columns {
        value.as_object().cloned().unwrap()
    }

    const ONE: &str = "00000000-0000-4000-8000-000000000001";
    const TWO: &str = "00000000-0000-4000-8000-000000000002";

    #[test]
    fn rows_of_one_thing_change_and_others_appear_or_go() {
        let earlier = vec![row(json!({"a": ONE, "until": null})), row(json!({"a": TWO, "until": 1}))];
        let later = vec![row(json!({"a": ONE, "until": 3})), row(json!({"b": TWO, "until": 1}))];
        let found = Difference::between(earlier, later);
        assert_eq!((found.appeared.len(), found.gone.len(), found.changed.len()), (1, 1, 1));
        let change = Change { field: "until".into(), old: None, new: Some(json!(3)) };
        assert_eq!(found.changed[0].columns(), [change]);
    }

    #[test]
    fn the_same_rows_differ_in_nothing_however_often_they_are_there() {
        let rows = vec![row(json!({"a": ONE})), row(json!({"a": ONE})), row(json!({"x": 1}))];
        assert!(Difference::between(rows.clone(), rows.iter().rev().cloned().collect()).is_empty());
        let found = Difference::between(rows.clone(), rows[1..].to_vec());
        assert_eq!((found.gone.len(), found.appeared.len()), (1, 0));
    }

    #[test]
    fn the_one_row_of_a_file_is_the_same_row() {
        let found = Difference::between(vec![row(json!({"x": 1}))], vec![row(json!({"x": 2}))]);
        assert_eq!((found.changed.len(), found.appeared.len(), found.gone.len()), (1, 0, 0));
    }

    #[test]
    fn what_was_there_from_nothing_and_what_is_left_of_it_is_told() {
        let whole = row(json!({"a": 1, "b": null}));
        assert_eq!(changes(None, Some(&whole)).len(), 1, "null is as good as absent");
        assert_eq!(changes(Some(&whole), None)[0].new, None);
        assert!(changes(Some(&whole), Some(&row(json!({"a": 1})))).is_empty());
    }
}
