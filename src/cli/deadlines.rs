//! `trajet deadlines`: what must be done by when, for people, for programs and for calendars.

use super::{Failure, Place, ReadBy, async_runtime, hex, table, word};
use crate::Engine;
use crate::access::{Opened, Taken};
use crate::clock::brussels_day;
use crate::exports::calendar;
use crate::graphql::ids;
use crate::queries::{FoundDeadline, WantedDeadlines};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::codes::CodeList;
use domain::deadline::{Deadline, DeadlineKind, DeadlineStatus, Language};
use domain::fact::StreamKind;
use domain::history::Cut;
use domain::ids::OrganisationId;
use domain::law::Law;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print what must be done by when.
///
/// Files are named by their id only: no participant's name is ever in it.
#[derive(Debug, Args)]
pub struct Deadlines {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    by: ReadBy,
    /// As of this day: only what is effective by then, and overdue by then [default: everything on record, planned days
    /// included, looked at today in Brussels]
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// Standing so; may be given several times [default: DUE and OVERDUE]
    #[arg(long, value_name = "STATUS", value_parser = code::<DeadlineStatus>)]
    status: Vec<DeadlineStatus>,
    /// Of this kind, such as PIIS_SIGNATURE; may be given several times
    #[arg(long, value_name = "KIND", value_parser = code::<DeadlineKind>)]
    kind: Vec<DeadlineKind>,
    /// The task of this worker, as a user id
    #[arg(long, value_name = "USER")]
    worker: Option<String>,
    /// The task of this organisation, by its short name
    #[arg(long, value_name = "NAME", value_parser = organisation)]
    organisation: Option<OrganisationId>,
    /// With its last day on this day or before
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    due_until: Option<NaiveDate>,
    /// The language of labels and explanations
    #[arg(long, value_enum, default_value = "en")]
    language: Spoken,
    /// Print one JSON object a line
    #[arg(long, conflicts_with = "calendar")]
    json: bool,
    /// Write an iCalendar file (RFC 5545): one all-day entry per deadline
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Spoken {
    Fr,
    Nl,
    En,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Fr => Self::Fr,
            Spoken::Nl => Self::Nl,
            Spoken::En => Self::En,
        }
    }
}

/// A code on the command line; a wrong one is told with the right ones.
pub(super) fn code<T: CodeList>(text: &str) -> Result<T, String> {
    let all = || T::all().iter().map(|code| code.code()).collect::<Vec<_>>().join(", ");
    T::of(text).ok_or_else(|| format!("{text:?} is none of {}", all()))
}

fn organisation(text: &str) -> Result<OrganisationId, String> {
    OrganisationId::new(text).map_err(|error| error.to_string())
}

/// A deadline as a program reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    status: &'static str,
    kind: &'static str,
    house: Option<&'a str>,
    label: Cow<'static, str>,
    due_on: NaiveDate,
    days_left: i64,
    of: String,
    organisation: Option<&'a str>,
    worker: Option<&'a str>,
    started_on: NaiveDate,
    started_by: String,
    closed_on: Option<NaiveDate>,
    article: Option<Cow<'static, str>>,
    rule_set: Option<&'a str>,
    explanation: String,
}

impl Deadlines {
    pub fn run(self) -> Result<(), Failure> {
        async_runtime()?.block_on(async {
            let engine = self.place.open_existing()?;
            let day = self.as_of.unwrap_or_else(|| brussels_day(engine.clock.now()));
            let cut = Cut { as_of: self.as_of, ..Cut::default() };
            let snapshot = engine.views(cut, None).await.map_err(Failure::other)?;
            let law = engine.law.clone();
            let found = self.wanted().find(&snapshot.views, &law, day);
            // Made once: a calendar says when it was made, and its hash is that of the very bytes that are written.
            let calendar = self.calendar.as_ref().map(|_| calendar::of(&found, &law, self.language.into()));
            let remembered = self.remember(&engine, &found, cut, calendar.as_deref()).await;
            engine.close().map_err(Failure::other)?;
            remembered?;
            self.show(&found, &law, day, calendar.as_deref())
        })
    }

    /// Whose deadlines are shown; a calendar is taken along too.
    async fn remember(
        &self,
        engine: &Engine,
        found: &[FoundDeadline],
        cut: Cut,
        calendar: Option<&str>,
    ) -> Result<(), Failure> {
        self.by.reads(engine, found.iter().map(|one| (one.stream, BTreeSet::new()))).await?;
        let Some(text) = calendar else { return Ok(()) };
        let taken = Taken {
            content: word("calendar")?,
            format: word("icalendar")?,
            files: found.iter().map(|one| one.stream).filter(|file| file.kind == StreamKind::Person).collect(),
            opened: Opened::default(),
            everyone: false,
            rows: Some(found.len() as u64),
            cut,
            sha256: Some(hex(Sha256::digest(text.as_bytes()))),
        };
        self.by.takes(engine, taken).await
    }

    fn wanted(&self) -> WantedDeadlines {
        WantedDeadlines {
            statuses: self.status.clone(),
            kinds: self.kind.clone(),
            worker: self.worker.clone(),
            organisation: self.organisation.clone(),
            due_until: self.due_until,
            ..WantedDeadlines::default()
        }
    }

    fn show(&self, found: &[FoundDeadline], law: &Law, day: NaiveDate, calendar: Option<&str>) -> Result<(), Failure> {
        if let (Some(path), Some(text)) = (&self.calendar, calendar) {
            let io = |error: io::Error| Failure::Other(format!("{}: {error}", path.display()));
            let mut file = std::fs::File::create(path).map_err(io)?;
            file.write_all(text.as_bytes()).map_err(io)?;
            eprintln!("{} entries in {}", found.len(), path.display());
            return Ok(());
        }
        if self.json {
            found.iter().for_each(|one| table::json(&self.line(one, law, day)));
            return Ok(());
        }
        let rows: Vec<Vec<String>> = found.iter().map(|one| self.row(one, law, day)).collect();
        table::print(&["due", "days", "status", "what", "worker", "of", "why"], &rows);
        eprintln!("{} deadlines as of {day}", found.len());
        Ok(())
    }

    fn line<'a>(&self, found: &'a FoundDeadline, law: &Law, day: NaiveDate) -> Line<'a> {
        let deadline = &found.deadline;
        Line {
            status: found.status.code(),
            kind: deadline.kind.code(),
            house: deadline.house.as_deref(),
            label: self.label(deadline, law),
            due_on: deadline.due_on,
            days_left: (deadline.due_on - day).num_days(),
            of: ids::of_stream(found.stream).to_string(),
            organisation: deadline.organisation.as_ref().map(OrganisationId::as_str),
            worker: deadline.worker.as_deref(),
            started_on: deadline.clock.on,
            started_by: deadline.clock.event.to_string(),
            closed_on: deadline.closed.map(|closing| closing.by.on),
            article: deadline.rule(law).map(|rule| rule.article),
            rule_set: deadline.rule_set.as_deref(),
            explanation: deadline.explanation(law, self.language.into()),
        }
    }

    fn row(&self, found: &FoundDeadline, law: &Law, day: NaiveDate) -> Vec<String> {
        let line = self.line(found, law, day);
        vec![
            line.due_on.to_string(),
            line.days_left.to_string(),
            line.status.to_owned(),
            line.label.into_owned(),
            line.worker.unwrap_or("-").to_owned(),
            line.of,
            line.explanation,
        ]
    }

    fn label(&self, deadline: &Deadline, law: &Law) -> Cow<'static, str> {
        let [fr, nl, en] = deadline.labels(law);
        match self.language {
            Spoken::Fr => fr,
            Spoken::Nl => nl,
            Spoken::En => en,
        }
    }
}
