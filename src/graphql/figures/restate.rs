//! What a published figure is today, and which files explain the difference.
//!
//! A file explains a difference if the views of the publication, with this file alone as it is now, give another figure: what
//! it adds is that figure less the published one. What no file explains alone (two only together, or the days that have
//! passed) is told as unexplained.

use super::publish::indicators;
use super::question::Question;
use crate::Engine;
use crate::graphql::moment::Moment;
use crate::queries::{QueryError, aside};
use async_graphql::Result;
use chrono::{DateTime, Utc};
use domain::fact::{Stream, StreamKind};
use domain::history::Cut;
use domain::ids::OrganisationId;
use projections::difference::{Change, Columns, changes};
use projections::indicators::{Exact, figure};
use projections::{Snapshot, ViewSet, Views, Wanted, position_at, read_kin, stream_of};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{EventStore, Position};

/// Files that are looked at one by one: each asks the figure once more, some milliseconds to some tens of them.
pub const FILES_MAX: usize = 200;
/// Records read at a time.
const PAGE_RECORDS_MAX: usize = 4_096;

/// What a figure is today beside what was published.
#[derive(Debug, Clone)]
pub struct Today {
    /// The whole answer.
    pub answer: Value,
    /// Today's figure less the published one; none if one of the two is no number.
    pub difference: Option<Exact>,
    /// The parts that say something else.
    pub parts: Vec<Change>,
}

/// Compares today's answer with the published one.
#[must_use]
pub fn compare(published: &Value, answer: Value) -> Today {
    let difference = exact(&answer).zip(exact(published)).map(|(now, then)| now - then);
    let parts = changes(Some(&flat(published)), Some(&flat(&answer)));
    Today { answer, difference, parts }
}

/// Files that explain a difference.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// Each with what it adds, the greatest first.
    pub files: Vec<FileExplained>,
    /// The files that got a record since.
    pub touched: usize,
    /// Those of them that were looked at: at most [`FILES_MAX`].
    pub examined: usize,
    /// The sum of what the files add.
    pub sum: Option<Exact>,
}

/// One file that explains a difference.
#[derive(Debug, Clone)]
pub struct FileExplained {
    /// The file; of merged ones the first.
    pub file: Stream,
    /// The figure with this file alone as it is now, less the published one.
    pub contribution: Exact,
    /// The records of the file since the publication.
    pub records: Vec<Position>,
}

/// The files, merged ones together, that got a record since an instant, with those records.
type Touched = BTreeMap<BTreeSet<Stream>, BTreeSet<Position>>;

/// Finds the files that explain why a figure is another than the one published at a moment.
///
/// # Errors
/// If the log cannot be read.
pub async fn explain(
    engine: &Engine,
    question: &Question,
    organisation: Option<OrganisationId>,
    published: &Value,
    moment: &Arc<Moment>,
) -> Result<Explained> {
    let Some(then) = exact(published) else { return Ok(Explained::default()) };
    let touched = touched_since(engine, moment.known_at).await?;
    let mut explained = Explained { touched: touched.len(), ..Explained::default() };
    let mut sum = figure::zero();
    for (files, records) in touched.into_iter().take(FILES_MAX) {
        explained.examined += 1;
        let beside = with_files(engine, moment, files.clone()).await?;
        let answer = question.ask(indicators(engine, &beside, organisation.clone())?).await?;
        let Some(contribution) = exact(&answer).map(|now| now - then).filter(|one| *one != figure::zero()) else {
            continue;
        };
        sum += contribution;
        let Some(file) = files.into_iter().next() else { continue };
        explained.files.push(FileExplained { file, contribution, records: records.into_iter().collect() });
    }
    let size =
        |one: &FileExplained| if one.contribution < figure::zero() { -one.contribution } else { one.contribution };
    explained.files.sort_by(|one, other| size(other).cmp(&size(one)).then(one.file.cmp(&other.file)));
    explained.sum = Some(sum);
    Ok(explained)
}

async fn touched_since(engine: &Engine, instant: DateTime<Utc>) -> Result<Touched, QueryError> {
    let store = engine.store.clone();
    aside(move || {
        let (mut after, mut streams) = (position_at(store.as_ref(), instant)?, BTreeMap::<Stream, BTreeSet<_>>::new());
        loop {
            let page = store.read(after, PAGE_RECORDS_MAX)?;
            let Some(last) = page.last() else { break };
            after = last.position;
            for record in &page {
                let about = record.event.about.iter().filter_map(|about| stream_of(about.stream));
                about.filter(|stream| is_folded(stream.kind)).for_each(|stream| {
                    streams.entry(stream).or_default().insert(record.position);
                });
            }
        }
        let mut touched = Touched::new();
        for (stream, records) in streams {
            let (kin, _) = read_kin(store.as_ref(), stream)?;
            let files: BTreeSet<Stream> = kin.streams().chain([stream]).collect();
            touched.entry(files).or_default().extend(records);
        }
        Ok(touched)
    })
    .await
}

/// True if views are folded from files of this kind.
const fn is_folded(kind: StreamKind) -> bool {
    match kind {
        StreamKind::Person
        | StreamKind::Post
        | StreamKind::Agreement
        | StreamKind::Course
        | StreamKind::Organisation
        | StreamKind::Judicial => true,
        StreamKind::Alias | StreamKind::Governance | StreamKind::Access | StreamKind::Reader => false,
    }
}

/// The moment of a publication, with some files as they are now.
async fn with_files(engine: &Engine, moment: &Arc<Moment>, files: BTreeSet<Stream>) -> Result<Arc<Moment>, QueryError> {
    let (store, law, before) = (engine.store.clone(), engine.law.clone(), moment.snapshot.clone());
    let views = aside(move || {
        let mut folded = <Views as ViewSet>::Folded::default();
        for file in files {
            let (kin, _) = read_kin(store.as_ref(), file)?;
            Views::fold(&kin.history(file, Cut::default()), &law, Wanted::All, &mut folded);
        }
        let mut views = before.views.clone();
        views.replace(folded);
        Ok(views)
    })
    .await?;
    let snapshot = Snapshot { views, ..(*moment.snapshot).clone() };
    Ok(Arc::new(moment.with_snapshot(Arc::new(snapshot))))
}

/// The number that an answer quotes, exact; none if it quotes none.
#[must_use]
pub fn exact(answer: &Value) -> Option<Exact> {
    let numerator = decimal(answer["numerator"].as_str()?)?;
    match answer["denominator"].as_str() {
        None => Some(numerator),
        Some(text) => decimal(text).filter(|denominator| *denominator != figure::zero()).map(|below| numerator / below),
    }
}

/// Reads decimal text.
fn decimal(text: &str) -> Option<Exact> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part}").parse().ok()?;
    Some(Exact::new(digits, 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?))
}

/// Every value of an answer under its path.
fn flat(answer: &Value) -> Columns {
    let mut columns = Columns::new();
    flatten(answer, String::new(), &mut columns);
    columns
}

fn flatten(value: &Value, path: String, into: &mut Columns) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| flatten(value, below(name), into)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| flatten(item, below(&place.to_string()), into));
        }
        other => drop(into.insert(path, other.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_read_exactly() {
        assert_eq!(exact(&json!({"numerator": "114", "denominator": null})), Some(Exact::from_integer(114)));
        assert_eq!(exact(&json!({"numerator": "7.5", "denominator": "3"})), Some(Exact::new(5, 2)));
        assert_eq!(exact(&json!({"numerator": "-0.5"})), Some(Exact::new(-1, 2)));
        assert_eq!(exact(&json!({"numerator": "1", "denominator": "0"})), None);
        assert_eq!(exact(&json!({"cells": []})), None);
    }

    #[test]
    fn a_difference_names_the_parts_that_moved() {
        let then = json!({"numerator": "114", "denominator": null, "value": 114, "parts": {"a": 1, "b": 2}});
        let now = json!({"numerator": "116", "denominator": null, "value": 116, "parts": {"a": 1, "b": 4}});
        let today = compare(&then, now);
        assert_eq!(today.difference, Some(Exact::from_integer(2)));
        let fields: Vec<_> = today.parts.iter().map(|part| part.field.as_str()).collect();
        assert_eq!(fields, ["numerator", "value", "parts.b"]);
    }
}
