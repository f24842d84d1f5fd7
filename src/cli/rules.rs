//! `trajet rules`: the register of the law and of the house.

mod publish;

use super::{Failure, Place, day, table};
use crate::engine::{OpenError, law};
use chrono::NaiveDate;
use clap::Args;
use domain::codes::CodeList;
use domain::law::RuleEntry;
use serde::Serialize;

/// Print every rule of the law and of the house, with its article, its source and its days in force.
///
/// Without --on it prints every period of each rule. The data directory is only looked into for rules.toml, except with
/// --publish: then it is written to.
#[derive(Debug, Args)]
pub struct Rules {
    /// Only what is in force on this day, YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Record which rule sets and lists of codes the house works by, with their hash; what did not change is left out
    #[arg(long, conflicts_with = "on")]
    publish: bool,
    #[command(flatten)]
    place: Place,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// A rule as programs read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    code: &'a str,
    fr: &'a str,
    nl: &'a str,
    en: &'a str,
    country: Option<&'static str>,
    article: &'a str,
    source: &'a str,
    confidence: &'static str,
    starts: &'static str,
    amount: String,
    unit: &'static str,
    from: NaiveDate,
    until: Option<NaiveDate>,
    rule_set: Option<&'static str>,
}

impl<'a> Line<'a> {
    fn of(entry: &'a RuleEntry) -> Self {
        let [fr, nl, en] = &entry.labels;
        Self {
            code: &entry.code,
            fr,
            nl,
            en,
            country: entry.country.map(CodeList::code),
            article: &entry.article,
            source: &entry.source,
            confidence: entry.confidence.code(),
            starts: entry.starts.code(),
            amount: entry.parameter.amount.to_string(),
            unit: entry.parameter.unit.code(),
            from: entry.from,
            until: entry.until,
            rule_set: entry.rule_set,
        }
    }

    fn cells(&self) -> Vec<String> {
        let until = self.until.map_or_else(String::new, |last| last.to_string());
        let value = format!("{} {}", self.amount, self.unit);
        let cells = [self.country.unwrap_or("house"), self.code, &value, &self.from.to_string(), &until];
        let rest = [self.article, self.confidence, self.source];
        cells.into_iter().chain(rest).map(str::to_owned).collect()
    }
}

impl Rules {
    pub fn run(self) -> Result<(), Failure> {
        if self.publish {
            return publish::run(&self.place, self.json);
        }
        let law = law(&self.place.data_dir(), self.place.rules.as_deref()).map_err(OpenError::from)?;
        let entries = match self.on {
            Some(on) => law.register_on(on),
            None => law.register(),
        };
        let lines: Vec<Line<'_>> = entries.iter().map(Line::of).collect();
        if self.json {
            table::json(&lines);
        } else {
            let rows: Vec<Vec<String>> = lines.iter().map(Line::cells).collect();
            table::print(&["of", "rule", "value", "from", "until", "article", "confidence", "read at"], &rows);
        }
        Ok(())
    }
}
