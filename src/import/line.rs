//! One line of an import file.
//!
//! ```json
//! {"command": "enterCell", "key": "0190…", "input": {"participant": "…", "pathway": "…", "on": "2012-03-01", "cell": "ALPHA"}}
//! ```
//!
//! `command` is the name of a mutation, `input` its input without the envelope.
//! `key` is the idempotency key; left out, it follows from the content, so that the same file twice adds nothing.

use crate::commands::CommandError;
use domain::command::BadCommand;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// Longest line, in bytes: a command with its longest texts.
pub const LINE_BYTES_MAX: usize = 256 * 1024;

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The name of the command.
    pub command: String,
    /// The idempotency key.
    #[serde(default)]
    pub key: Option<Uuid>,
    /// The fields of the command.
    pub input: Value,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// [`BadLine::NotALine`] and [`BadLine::TooLong`].
    pub fn read(raw: &str) -> Result<Self, BadLine> {
        if raw.len() > LINE_BYTES_MAX {
            return Err(BadLine::TooLong { found: raw.len() });
        }
        serde_json::from_str(raw).map_err(|error| {
            let text = error.to_string();
            let what = text.split(" at line ").next().unwrap_or(&text);
            BadLine::NotALine(format!("{what} (at character {})", error.column()))
        })
    }

    /// What makes two lines the same: the order of the fields does not.
    pub(super) fn content(&self) -> Value {
        let mut content = serde_json::json!({"command": self.command, "input": self.input});
        content.sort_all_objects();
        content
    }
}

/// Why a line is not recorded. Holds no personal value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// It is not JSON of the documented shape.
    #[error("not a JSON object with command and input: {0}")]
    NotALine(String),
    /// It is too long.
    #[error("the line has {found} bytes, the limit is {LINE_BYTES_MAX}")]
    TooLong {
        /// Its length.
        found: usize,
    },
    /// The file has too many lines.
    #[error("the file has more than {limit} lines; split it")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// The key stands on an earlier line with other content.
    #[error("key {key} stands on line {first} with other content")]
    KeyOfAnotherLine {
        /// The key.
        key: Uuid,
        /// The earlier line, from 1.
        first: usize,
    },
    /// It names what a rejected line would have brought into the world.
    #[error("it follows from line {line}, which was refused")]
    Follows {
        /// The refused line, from 1.
        line: usize,
    },
    /// It was recorded in a batch that was reverted: its events stand annulled.
    #[error(
        "it was recorded in batch {batch}, which was reverted; give the line a key of its own to record it anew, or \
         annul the annulment of its event"
    )]
    Reverted {
        /// The batch.
        batch: Uuid,
    },
    /// The input is not that of the command.
    #[error("{0}")]
    Input(BadCommand),
    /// A rule forbids it, or its key was used for something else.
    #[error("{reason}")]
    Refused {
        /// The stable code of the rule.
        rule: &'static str,
        /// The field that offends.
        field: Option<&'static str>,
        /// What a person reads.
        reason: String,
    },
}

impl BadLine {
    /// What a failed command says of its line; gives the error back if it is not the line's fault.
    pub(super) fn of(error: CommandError) -> Result<Self, CommandError> {
        match error {
            CommandError::Bad(bad) => Ok(Self::Input(bad)),
            CommandError::Refused(refusal) => {
                Ok(Self::Refused { rule: refusal.rule, field: refusal.field, reason: refusal.message })
            }
            CommandError::KeyReused { .. } => {
                Ok(Self::Refused { rule: "IDEMPOTENCY_KEY_REUSED", field: Some("key"), reason: error.to_string() })
            }
            CommandError::Erased => Ok(Self::Refused { rule: "PERSON_ERASED", field: None, reason: error.to_string() }),
            CommandError::TooWide => Ok(Self::Refused { rule: "TOO_WIDE", field: None, reason: error.to_string() }),
            CommandError::Moved { .. }
            | CommandError::Contended
            | CommandError::Store(_)
            | CommandError::Sealing(_)
            | CommandError::Read(_) => Err(error),
        }
    }

    /// The stable code of the reason, and the field that offends.
    #[must_use]
    pub fn code_and_field(&self) -> (String, Option<String>) {
        let (code, field) = match self {
            Self::NotALine(_) => ("NOT_A_LINE", None),
            Self::TooLong { .. } => ("LINE_TOO_LONG", None),
            Self::TooMany { .. } => ("TOO_MANY_LINES", None),
            Self::KeyOfAnotherLine { .. } => ("KEY_OF_ANOTHER_LINE", Some("key")),
            Self::Follows { .. } => ("FOLLOWS_A_REFUSED_LINE", None),
            Self::Reverted { .. } => ("BATCH_REVERTED", Some("key")),
            Self::Input(BadCommand::Unknown(_)) => ("UNKNOWN_COMMAND", Some("command")),
            Self::Input(BadCommand::Malformed { field, .. }) => return ("BAD_INPUT".to_owned(), Some(field.clone())),
            Self::Refused { rule, field, .. } => (*rule, *field),
        };
        (code.to_owned(), field.map(str::to_owned))
    }
}
