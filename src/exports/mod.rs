//! The log and the views as rows of text, for whoever wants to count outside: NDJSON and CSV.
//!
//! No name and no free text is ever in a row: facts and views hold none, and sealed parts are left out.
//! Ids are those of the log; exports under fresh pseudonyms come with access control.

pub mod calendar;
mod rows;

pub use rows::Table;

use crate::Engine;
use domain::history::Cut;
use projections::runtime::ProjectionError;
use projections::translate::ReadError;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{self, Write};
use store::StoreError;

/// One row: column and value, in the order of the columns.
pub type Row = Map<String, Value>;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values with a header (RFC 4180); a list in a cell is JSON
    Csv,
}

/// Why an export was not made whole.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The views cannot tell it.
    #[error(transparent)]
    Views(#[from] ProjectionError),
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record cannot be understood.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A row cannot be written as JSON.
    #[error("a row cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The rows cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes every row of a table as it is at a cut, and returns how many there were.
///
/// # Errors
/// [`ExportError`]; what was written so far stays written, so write to a place that is renamed at the end.
pub async fn export(
    engine: &Engine,
    table: Table,
    cut: Cut,
    format: Format,
    out: &mut dyn Write,
) -> Result<usize, ExportError> {
    match format {
        Format::Ndjson => {
            let mut count = 0;
            rows::each(engine, table, cut, &mut |row| {
                count += 1;
                serde_json::to_writer(&mut *out, &row)?;
                Ok(out.write_all(b"\n")?)
            })
            .await?;
            Ok(count)
        }
        Format::Csv => {
            let mut rows = Vec::new();
            rows::each(engine, table, cut, &mut |row| {
                rows.push(flat(row));
                Ok(())
            })
            .await?;
            csv(&rows, out)?;
            Ok(rows.len())
        }
    }
}

/// An object in an object becomes columns with a dotted name.
fn flat(row: Row) -> Row {
    let mut columns = Row::new();
    for (name, value) in row {
        match value {
            Value::Object(inner) => {
                for (of, value) in flat(inner) {
                    columns.insert(format!("{name}.{of}"), value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                columns.insert(name, value);
            }
        }
    }
    columns
}

/// The header names every column that any row has, in the order in which they first occur.
fn csv(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let (mut columns, mut places): (Vec<&str>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    for name in rows.iter().flat_map(Map::keys) {
        places.entry(name).or_insert_with(|| {
            columns.push(name);
            columns.len() - 1
        });
    }
    let header: Vec<String> = columns.iter().map(|name| cell(name)).collect();
    writeln!(out, "{}\r", header.join(","))?;
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|name| row.get(*name).map(text).unwrap_or_default()).collect();
        writeln!(out, "{}\r", cells.join(","))?;
    }
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => cell(text),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => cell(&value.to_string()),
    }
}

/// A cell as RFC 4180 wants it. A text that a spreadsheet would take for a formula is led in by an apostrophe.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: Value) -> Row {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        for (given, written) in
            [("a", "a"), ("a,b", "\"a,b\""), ("say \"a\"", "\"say \"\"a\"\"\""), ("=1+1", "'=1+1"), ("é", "é")]
        {
            assert_eq!(cell(given), written);
        }
    }

    #[test]
    fn every_column_of_any_row_is_in_the_header() {
        let rows = [flat(row(json!({"a": 1, "in": {"x": null}}))), flat(row(json!({"a": 2, "b": ["c"]})))];
        let mut out = Vec::new();
        csv(&rows, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,in.x,b\r\n1,,\r\n2,,\"[\"\"c\"\"]\"\r\n");
    }
}
