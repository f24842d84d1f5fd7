//! The rules of the house as people write them: a TOML file, with the place of each mistake.
//!
//! What a rule means, and what the law leaves to a house, is in [`domain::law::house`]; here it is only read.
//! `examples/rules.toml` shows every key.

use chrono::NaiveDate;
use domain::codes::{CodeList, Measure};
use domain::law::house::{Counts, HouseDeadline, HouseRules, Overridable, Retention, usual_deadlines};
use domain::law::register::RuleUnit;
use domain::law::{HouseError, Law};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a file of rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// It cannot be read.
    #[error("the rules of the house at {} cannot be read: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds mistakes.
    #[error("the rules of the house cannot be used:\n{}", told(.path, .mistakes))]
    Mistaken {
        /// The file.
        path: PathBuf,
        /// All of them, in the order of the file.
        mistakes: Vec<Mistake>,
    },
}

/// A mistake in a file of rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub text: String,
}

fn told(path: &Path, mistakes: &[Mistake]) -> String {
    let line = |it: &Mistake| format!("  {}:{}:{}: {}", path.display(), it.line, it.column, it.text);
    mistakes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads a file of rules and puts them upon the law.
///
/// # Errors
/// [`RulesError`] names the file and every mistake in it; nothing is served under half of its rules.
pub fn read(path: &Path, law: Law) -> Result<Law, RulesError> {
    let text = fs::read_to_string(path).map_err(|source| RulesError::Io { path: path.to_owned(), source })?;
    apply(&text, law).map_err(|mistakes| RulesError::Mistaken { path: path.to_owned(), mistakes })
}

/// Puts the rules of a text upon the law.
///
/// # Errors
/// Every mistake, in the order of the text.
pub fn apply(text: &str, law: Law) -> Result<Law, Vec<Mistake>> {
    let mut reader = Reader { text, mistakes: Vec::new(), places: HashMap::new() };
    let periods = reader.document();
    // What the law says of a file that is not understood would only confuse.
    if reader.mistakes.is_empty() {
        match law.with_house(periods) {
            Ok(law) => return Ok(law),
            Err(wrong) => wrong.iter().for_each(|wrong| reader.wrong_by_law(wrong)),
        }
    }
    reader.mistakes.sort();
    Err(reader.mistakes)
}

struct Reader<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
    /// Where a key of a period stands, by the name that the law gives it.
    places: HashMap<(usize, String), usize>,
}

/// A table, and the name under which the law speaks of its keys.
#[derive(Clone, Copy)]
struct Section<'a> {
    table: &'a DeTable<'a>,
    at: usize,
    period: usize,
    path: &'a str,
}

type Value<'a> = &'a Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn wrong(&mut self, at: usize, text: impl fmt::Display) {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        self.mistakes.push(Mistake { line, column, text: text.to_string() });
    }

    /// At the key that the law speaks of; if it is left out, at the start of its period.
    fn wrong_by_law(&mut self, wrong: &HouseError) {
        let place = |key: &str| self.places.get(&(wrong.period, key.to_owned())).copied();
        let at = place(&wrong.key).or_else(|| place("")).unwrap_or(0);
        self.wrong(at, &wrong.problem);
    }

    fn document(&mut self) -> Vec<HouseRules> {
        let (document, mistakes) = DeTable::parse_recoverable(self.text);
        for mistake in mistakes {
            self.wrong(mistake.span().map_or(0, |span| span.start), mistake.message());
        }
        let root = Section { table: document.get_ref(), at: 0, period: 0, path: "" };
        self.known(root, &["period"]);
        let Some(periods) = root.get("period") else { return Vec::new() };
        let tables = self.tables(periods, "period");
        let read = |(period, (table, at))| self.period(Section { table, at, period, path: "" });
        tables.into_iter().enumerate().filter_map(read).collect()
    }

    fn period(&mut self, section: Section<'_>) -> Option<HouseRules> {
        self.places.insert((section.period, String::new()), section.at);
        self.known(section, &["from", "until", "source", "parameters", "retention", "deadline"]);
        let from = self.needed(section, "from").and_then(|value| self.day(value));
        let until = section.get("until").and_then(|value| self.day(value));
        let source = self.needed(section, "source").and_then(|value| self.words(value));
        let parameters = self.parameters(section);
        let retention = self.retention(section);
        let deadlines = match section.get("deadline") {
            Some(value) => {
                let tables = self.tables(value, "deadline");
                let read = |(index, (table, at))| {
                    let path = format!("deadline[{index}].");
                    self.deadline(Section { table, at, path: &path, ..section })
                };
                tables.into_iter().enumerate().filter_map(read).collect()
            }
            None => usual_deadlines(),
        };
        Some(HouseRules { from: from?, until, source: source?, parameters, retention, deadlines })
    }

    fn parameters(&mut self, section: Section<'_>) -> BTreeMap<Overridable, u32> {
        let Some((table, at)) = section.get("parameters").and_then(|value| self.table(value, "parameters")) else {
            return BTreeMap::new();
        };
        let inner = Section { table, at, path: "parameters.", ..section };
        let names: Vec<&str> = Overridable::all().iter().map(|name| name.code()).collect();
        self.known(inner, &names);
        let read = |name: &Overridable| Some((*name, self.number(inner.get(name.code())?)?));
        Overridable::all().iter().filter_map(read).collect()
    }

    fn retention(&mut self, section: Section<'_>) -> Retention {
        let Some((table, at)) = section.get("retention").and_then(|value| self.table(value, "retention")) else {
            return Retention::default();
        };
        let inner = Section { table, at, path: "retention.", ..section };
        self.known(inner, &["file_months", "notice_days", "access_ledger_years"]);
        let mut read = |name| inner.get(name).and_then(|value| self.number(value));
        Retention {
            file_months: read("file_months"),
            notice_days: read("notice_days"),
            access_ledger_years: read("access_ledger_years"),
        }
    }

    fn deadline(&mut self, section: Section<'_>) -> Option<HouseDeadline> {
        self.known(section, DEADLINE_KEYS);
        let mut words = |name| self.needed(section, name).and_then(|value| self.words(value));
        let (code, labels) = (words("code"), [words("fr"), words("nl"), words("en")]);
        let (after, until) = (words("after"), words("until"));
        let within = self.needed(section, "within").and_then(|value| self.within(value));
        let (counts, measures) = (self.counts(section), self.measures(section));
        let [fr, nl, en] = labels;
        let ((amount, unit), labels) = (within?, [fr?, nl?, en?]);
        let (code, after, until, measures, counts) = (code?, after?, until?, measures?, counts?);
        Some(HouseDeadline { code, labels, after, until, measures, amount, unit, counts })
    }

    /// `{ days = 30 }`, `{ working_days = 5 }` or `{ months = 3 }`.
    fn within(&mut self, value: Value<'_>) -> Option<(u32, RuleUnit)> {
        let (table, at) = self.table(value, "within")?;
        let section = Section { table, at, period: 0, path: "within." };
        let units =
            [("days", RuleUnit::CalendarDays), ("working_days", RuleUnit::WorkingDays), ("months", RuleUnit::Months)];
        let given: Vec<_> = units.iter().filter_map(|(name, unit)| Some((section.get(name)?, *unit))).collect();
        match given[..] {
            [(value, unit)] if table.len() == 1 => Some((self.number(value)?, unit)),
            _ => {
                self.wrong(at, "within takes one of days, working_days and months, such as { days = 30 }");
                None
            }
        }
    }

    /// The measures that a deadline is for; every one if none is named.
    fn measures(&mut self, section: Section<'_>) -> Option<Vec<Measure>> {
        let Some(value) = section.get("measures") else { return Some(Vec::new()) };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(value.span().start, "measures are a list, such as [\"ART60\", \"ACS\"]");
            return None;
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(code) if Measure::of(code).is_some() => found.extend(Measure::of(code)),
                _other => self.wrong(item.span().start, "expected the code of a measure, such as \"ART60\""),
            }
        }
        Some(found)
    }

    fn counts(&mut self, section: Section<'_>) -> Option<Counts> {
        match (section.get("early_days"), section.get("due_early_days")) {
            (Some(_), Some(value)) => {
                self.wrong(value.span().start, "a deadline takes early_days or due_early_days, not both");
                None
            }
            (Some(value), None) => self.number(value).map(Counts::BeforeStart),
            (None, Some(value)) => self.number(value).map(Counts::BeforeDue),
            (None, None) => Some(Counts::BeforeStart(0)),
        }
    }

    /// Tells every key that is not known, and remembers where the known ones stand.
    fn known(&mut self, section: Section<'_>, names: &[&str]) {
        for key in section.table.keys() {
            let (name, at) = (key.get_ref().as_ref(), key.span().start);
            if names.contains(&name) {
                self.places.insert((section.period, format!("{}{name}", section.path)), at);
            } else {
                self.wrong(at, format_args!("{name} is not known here; known are {}", names.join(", ")));
            }
        }
    }

    fn needed<'v>(&mut self, section: Section<'v>, name: &str) -> Option<Value<'v>> {
        let found = section.get(name);
        if found.is_none() {
            self.wrong(section.at, format_args!("{name} is missing"));
        }
        found
    }

    fn table<'v>(&mut self, value: Value<'v>, name: &str) -> Option<(&'v DeTable<'v>, usize)> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => Some((table, at)),
            _other => {
                self.wrong(at, format_args!("{name} is a table"));
                None
            }
        }
    }

    fn tables<'v>(&mut self, value: Value<'v>, name: &str) -> Vec<(&'v DeTable<'v>, usize)> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.table(item, name)).collect(),
            _other => {
                self.wrong(
                    value.span().start,
                    format_args!("write [[{name}]] in double brackets: there can be several"),
                );
                Vec::new()
            }
        }
    }

    fn day(&mut self, value: Value<'_>) -> Option<NaiveDate> {
        let day = match value.get_ref() {
            DeValue::Datetime(given) if given.time.is_none() => given
                .date
                .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())),
            _other => None,
        };
        if day.is_none() {
            self.wrong(value.span().start, "expected a day without quotes, such as 2021-01-01");
        }
        day
    }

    fn number(&mut self, value: Value<'_>) -> Option<u32> {
        let number = match value.get_ref() {
            DeValue::Integer(given) => u32::from_str_radix(given.as_str(), given.radix()).ok(),
            _other => None,
        };
        if number.is_none() {
            self.wrong(value.span().start, "expected a whole number from 0, such as 30");
        }
        number
    }

    fn words(&mut self, value: Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(words) if (1..=WORDS_CHARS_MAX).contains(&words.chars().count()) => Some(words.to_string()),
            _other => {
                self.wrong(value.span().start, format_args!("expected 1 to {WORDS_CHARS_MAX} characters in quotes"));
                None
            }
        }
    }
}

/// Every key of a deadline.
const DEADLINE_KEYS: &[&str] =
    &["code", "fr", "nl", "en", "after", "until", "measures", "within", "early_days", "due_early_days"];

/// Longest label, code or source, in characters: a line of a table.
const WORDS_CHARS_MAX: usize = 120;

impl<'a> Section<'a> {
    fn get(&self, name: &str) -> Option<Value<'a>> {
        self.table.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn mistakes(text: &str) -> Vec<(usize, usize, String)> {
        let told = apply(text, Law::default()).unwrap_err();
        told.into_iter().map(|it| (it.line, it.column, it.text)).collect()
    }

    #[test]
    fn the_example_is_read_whole() {
        let law = apply(include_str!("../examples/rules.toml"), Law::default()).unwrap();
        let set = law.on(day("2022-06-01"));
        assert_eq!(set.id, "be-2016-11-01+house-2021-01-01");
        assert_eq!((set.piis.evaluations_a_year, set.piis.in_person_a_year, set.piis.evaluation_gap_months), (4, 3, 3));
        let house = law.house_on(day("2022-06-01"));
        assert_eq!(house.deadlines.iter().map(|it| it.measures.len()).collect::<Vec<_>>(), [1, 0, 2, 0]);
        assert_eq!(house.retention.access_ledger_years, Some(10));
        let due: Vec<_> =
            house.deadlines.iter().map(|it| (it.code.as_str(), it.due_on(day("2022-06-01")).to_string())).collect();
        assert_eq!(
            due,
            [
                ("SKILLS_PLAN", "2022-06-15".to_owned()),
                ("EXIT_REVIEW", "2022-07-01".to_owned()),
                ("FOLLOW_UP_6", "2022-12-01".to_owned()),
                // Five working days after Wednesday 1 June 2022: 2, 3, 7, 8, 9 (Monday 6 June is Whit Monday).
                ("FIRST_AID", "2022-06-09".to_owned()),
            ]
        );
        assert_eq!(law.house_on(day("2024-01-01")).deadlines, usual_deadlines());
    }

    #[test]
    fn an_empty_file_is_the_usual_house() {
        assert_eq!(apply("", Law::default()), Ok(Law::default()));
    }

    #[test]
    fn every_mistake_is_told_with_its_line_and_column() {
        let text = "
[[period]]
from = \"2021-01-01\"
colour = 3
  [period.parameters]
  reflection = 7
  evaluations_a_year = -1
  [[period.deadline]]
  code = \"A\"
  fr = \"a\"
  nl = \"a\"
  en = \"a\"
  after = \"EngagementStarted\"
  until = \"SkillsPlanSigned\"
  within = { days = 3, months = 1 }
  measures = [\"ART60\", \"ART6O\"]
";
        let found = mistakes(text);
        let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
        assert_eq!(places, [(2, 1), (3, 8), (4, 1), (6, 3), (7, 24), (15, 12), (16, 24)], "{found:?}");
        assert_eq!(found[0].2, "source is missing");
        assert!(found[3].2.starts_with("reflection is not known here; known are decision_days,"), "{}", found[3].2);
    }

    #[test]
    fn what_the_law_forbids_is_told_at_its_line_with_the_article() {
        let text = "[[period]]\nfrom = 2021-01-01\nsource = \"x\"\nparameters = { reflection_days = 4 }\n\n[[period]]\nfrom = 2020-01-01\nsource = \"é\"\nretention.access_ledger_years = 5\n";
        let found = mistakes(text);
        let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
        assert_eq!(places, [(4, 16), (7, 1), (9, 11)], "{found:?}");
        assert!(found[0].2.contains("royal decree of 11 July 2002"), "{}", found[0].2);
        assert!(found[1].2.contains("begins on 2020-01-01"), "{}", found[1].2);
    }

    #[test]
    fn a_file_that_is_no_toml_says_where() {
        let found = mistakes("[[period]]\nfrom = 2021-01-01\nsource = \"x\"\nuntil = \n");
        assert_eq!(found[0].0, 4, "{found:?}");
    }

    #[test]
    fn a_column_counts_characters_not_bytes() {
        let found = mistakes("période = \"été\"; x\n");
        assert_eq!((found[0].0, found[0].1), (1, 1), "{found:?}");
        let found = mistakes("[[period]]\nfrom = 2021-01-01\nsource = \"x\"\nretention = { \"é\" = 1, bad = 2 }\n");
        assert_eq!(found.iter().map(|(line, column, _)| (*line, *column)).collect::<Vec<_>>(), [(4, 15), (4, 24)]);
    }
}
