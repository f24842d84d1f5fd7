//! What the access ledger holds: who read whom, what was taken along, what was refused.
//!
//! Nobody asks for these events by name: the counter records them itself, so there is no command.
//! The reader is the actor of the record. An entry stands in the ledger of each file that it is about and in the reader's,
//! never in the file itself: so being read moves no revision and no guard of a file, and folds no view again.

use super::{AccessWay, Purpose};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal};
use crate::fact::{self, About, DayRank, Stream, StreamKind};
use crate::ids::{PersonId, ReaderId};
use crate::personal::FieldClass;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The ledger in which an export stands that holds rows of everyone. Its id is fixed for ever, as that of the house.
pub const EVERYONE: Stream =
    Stream { kind: StreamKind::Access, id: Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0002) };

/// The ledger of one file: of a person, or of what a court ordered of one.
#[must_use]
pub const fn ledger_of(file: Stream) -> Stream {
    Stream { kind: StreamKind::Access, id: file.id }
}

/// Something that was read, taken along or refused. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// Files were read. Dossier consulté / dossier geraadpleegd.
    #[serde(rename = "RecordViewed")]
    Viewed {
        /// Who read.
        reader: ReaderId,
        /// Whose files, and which classes of personal fields were opened in each.
        seen: Vec<Seen>,
        /// Why, as far as it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<Purpose>,
        /// By which way.
        way: AccessWay,
    },
    /// Rows, a bundle or a calendar were taken along. Export produit / export gemaakt.
    #[serde(rename = "ExportProduced")]
    Exported {
        /// Who took it.
        reader: ReaderId,
        /// What was written: the name of a table, `bundle` or `calendar`.
        content: Word,
        /// How it was written.
        format: Word,
        /// The files that it holds, if it is about a few.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Stream>,
        /// The classes of personal fields that were opened in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        classes: Vec<FieldClass>,
        /// True if it holds rows of all persons.
        everyone: bool,
        /// How many rows or records; unknown of what was recorded before it was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rows: Option<u64>,
        /// The last day that counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<NaiveDate>,
        /// The last instant of recording that counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_known_at: Option<DateTime<Utc>>,
        /// SHA-256 of what was written, 64 hexadecimal digits; unknown of what was recorded before it was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
        /// Why, as far as it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<Purpose>,
        /// By which way.
        way: AccessWay,
    },
    /// Something was not shown. Accès refusé / toegang geweigerd.
    #[serde(rename = "AccessRefused")]
    Refused {
        /// Who asked.
        reader: ReaderId,
        /// What was asked: the name of a root field or of a command.
        operation: Word,
        /// The code of the refusal.
        code: Word,
        /// The person, if one was named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        participant: Option<PersonId>,
        /// Earlier refusals of this reader that were counted and not recorded one by one.
        repeated: u64,
        /// Why it was asked, as far as it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<Purpose>,
        /// By which way.
        way: AccessWay,
    },
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// Of which person, or which judicial file.
    pub file: Stream,
    /// The classes of personal fields that were opened; none if only the plain part was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<FieldClass>,
}

impl Event {
    /// The things that it is about, the reader first; no stream twice.
    pub(crate) fn about(&self) -> Vec<About> {
        let ledgers: BTreeSet<Stream> = match self {
            Self::Viewed { seen, .. } => seen.iter().map(|one| ledger_of(one.file)).collect(),
            Self::Exported { files, everyone, .. } => {
                files.iter().map(|file| ledger_of(*file)).chain(everyone.then_some(EVERYONE)).collect()
            }
            Self::Refused { participant, .. } => participant.iter().map(|one| ledger_of((*one).into())).collect(),
        };
        fact::of_access(self.reader(), ledgers)
    }

    /// Where it stands among the facts of one day: as it was recorded.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }

    /// Who read, took along or was refused.
    #[must_use]
    pub const fn reader(&self) -> ReaderId {
        match self {
            Self::Viewed { reader, .. } | Self::Exported { reader, .. } | Self::Refused { reader, .. } => *reader,
        }
    }

    /// Why, as far as it was said.
    #[must_use]
    pub const fn purpose(&self) -> Option<Purpose> {
        match self {
            Self::Viewed { purpose, .. } | Self::Exported { purpose, .. } | Self::Refused { purpose, .. } => *purpose,
        }
    }

    /// By which way.
    #[must_use]
    pub const fn way(&self) -> AccessWay {
        match self {
            Self::Viewed { way, .. } | Self::Exported { way, .. } | Self::Refused { way, .. } => *way,
        }
    }
}

/// A name of the program's own, such as that of a table, an operation or a code: 1 to 64 of `A-Z a-z 0-9 _ . -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Word(String);

/// Longest word, in characters.
pub const WORD_CHARS_MAX: usize = 64;

/// The text is not a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a word of the program: use 1 to 64 letters without accents, digits and _ . -")]
pub struct NotAWord;

impl Word {
    /// Reads a word.
    ///
    /// # Errors
    /// [`NotAWord`] if it is empty, too long or holds another character.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAWord> {
        let text = text.into();
        let fits = (1..=WORD_CHARS_MAX).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)) {
            Ok(Self(text))
        } else {
            Err(NotAWord)
        }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Nothing can be asked of the ledger by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Command {}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match *self {}
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        match *self {}
    }

    fn decide(&self, _: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Refusal> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Role;
    use crate::scenario::Scenario;
    use serde_json::json;

    const PERSON: PersonId = PersonId(Uuid::from_u128(7));

    fn viewed() -> Event {
        let seen = Seen { file: PERSON.into(), classes: vec![FieldClass::Identifying] };
        Event::Viewed {
            reader: ReaderId::of("lea"),
            seen: vec![seen.clone(), seen],
            purpose: None,
            way: AccessWay::Api,
        }
    }

    #[test]
    fn an_entry_stands_in_the_ledgers_and_never_in_the_file() {
        let about = viewed().about();
        let roles: Vec<_> = about.iter().map(|about| (about.stream.kind, about.role)).collect();
        assert_eq!(roles, [(StreamKind::Reader, Role::Reader), (StreamKind::Access, Role::Ledger)]);
        assert_eq!(about[1].stream.id, PERSON.0);
    }

    #[test]
    fn a_reader_is_found_by_the_user_id_for_ever() {
        assert_eq!(ReaderId::of("local").to_string(), "47a0d3f3-0c2d-55a1-8af3-cd53fe653400");
        assert_ne!(ReaderId::of("lea"), ReaderId::of("max"));
    }

    #[test]
    fn no_text_of_a_person_fits_in_a_word() {
        assert!(Word::new("participantByNumber").is_ok() && Word::new("x".repeat(WORD_CHARS_MAX)).is_ok());
        for text in ["", "Invented Name", "é", &"x".repeat(WORD_CHARS_MAX + 1)] {
            assert_eq!(Word::new(text), Err(NotAWord), "{text}");
        }
    }

    #[test]
    fn an_entry_is_neither_corrected_nor_annulled() {
        let day: NaiveDate = "2022-01-01".parse().unwrap();
        let scenario = Scenario::new().given(day, viewed());
        let ledger = ledger_of(PERSON.into());
        let target = scenario.history(ledger, crate::history::Cut::default()).records().next().unwrap().0.id;
        let asked = json!({"stream": ledger, "target": target, "reason": "TYPING_ERROR"});
        scenario.when("annulEvent", asked).refused("LEDGER_STANDS", "target");
    }
}
