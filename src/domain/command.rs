//! Every command by its name, and the way from a command to its answer.
//!
//! A command is written as JSON, the same for a mutation's input and for a line of an import:
//! the name of the command, and an object with its fields.

use crate::decision::{Desk, Event, Past, Refusal};
use crate::fact::{Stream, every_step};
use crate::merge;
use crate::personal::FieldClass;
use crate::wire::names;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Why JSON is not a command. Holds no personal value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCommand {
    /// No command has this name.
    #[error("there is no command {0:?}")]
    Unknown(String),
    /// A field is missing, unknown, or of another type.
    #[error("{command}: {field}: {what}")]
    Malformed {
        /// The command.
        command: &'static str,
        /// The path of the field, or `input` for the whole.
        field: String,
        /// What is wrong with it.
        what: String,
    },
}

/// A field that only the counter can fill in, because it follows from a key that nobody else holds.
#[derive(Debug, Clone, Copy)]
pub struct Derived {
    /// The command.
    pub command: &'static str,
    /// The field: an id (see [`derived_id`](crate::ids::derived_id)).
    pub field: &'static str,
    /// What it follows from.
    pub from: Source,
}

/// What a derived field follows from.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// A person's key of one class.
    Person {
        /// The field that names the person.
        field: &'static str,
        /// Which key.
        class: FieldClass,
        /// What the key is asked for.
        label: &'static str,
        /// True if the command brings the first thing under this id into the world: then the key is made if there is
        /// none. Otherwise the field stays empty without a key.
        begins: bool,
    },
    /// The key of the house, which is made if there is none. Only for what the house says it may keep.
    House {
        /// What the key is asked for, from the command's input; nothing if that names nothing.
        text: fn(&Map<String, Value>) -> Option<String>,
    },
}

/// What each step's commands have in common.
pub trait Step: DeserializeOwned + Sized {
    /// The ids that a command brings into the world, by command: filled in by the counter when left out.
    const FRESH: &'static [(&'static str, &'static [&'static str])];

    /// The fields that the counter derives from a secret. Nobody else may give them.
    const DERIVED: &'static [Derived] = &[];

    /// True if it is taken for somebody whose file another one absorbed: what undoes, and what goes on elsewhere.
    fn is_for_absorbed(&self) -> bool {
        false
    }

    /// The day on which it happened or took effect.
    fn on(&self) -> NaiveDate;

    /// The thing that whoever asks changes, where that is not the primary stream of what is recorded.
    fn subject(&self) -> Option<Stream> {
        None
    }

    /// The streams to read before deciding. Asked again with what was read, until it names none that is new.
    fn reads(&self, past: &Past) -> Vec<Stream>;

    /// Answers with the events that record it, or with the rule that forbids it. Pure.
    ///
    /// # Errors
    /// The [`Refusal`] names the rule and the field.
    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Event>, Refusal>;
}

macro_rules! commands {
    ($($(#[$doc:meta])* $step:ident => $variant:ident,)*) => {
        /// A command of any step.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $($(#[$doc])* $variant(crate::$step::Command)),*
        }

        impl Command {
            /// Reads a command by its name, such as `signPiis`, and its input.
            ///
            /// # Errors
            /// [`BadCommand`] names the command and the field.
            pub fn parse(name: &str, input: Value) -> Result<Self, BadCommand> {
                $(if let Some(name) = find::<crate::$step::Command>(name) {
                    return read(name, input).map(Self::$variant);
                })*
                Err(BadCommand::Unknown(name.chars().take(64).collect()))
            }

            /// The names of all commands, in order of step.
            #[must_use]
            pub fn names() -> Vec<&'static str> {
                let mut all = Vec::new();
                $(all.extend(names::<crate::$step::Command>());)*
                all
            }

            /// The fields of a command that name what it brings into the world; the counter fills in those left out.
            #[must_use]
            pub fn fresh(name: &str) -> &'static [&'static str] {
                $(if let Some((_, fields)) = crate::$step::Command::FRESH.iter().find(|(command, _)| *command == name) {
                    return fields;
                })*
                &[]
            }

            /// The fields of a command that the counter derives from a secret.
            pub fn derived(name: &str) -> impl Iterator<Item = &'static Derived> {
                const ALL: &[&[Derived]] = &[$(crate::$step::Command::DERIVED),*];
                ALL.iter().copied().flatten().filter(move |derived| derived.command == name)
            }

            /// The thing that whoever asks changes, where that is not the primary stream of what is recorded.
            #[must_use]
            pub fn subject(&self) -> Option<Stream> {
                match self { $(Self::$variant(command) => command.subject()),* }
            }

            /// The day on which it happened or took effect.
            #[must_use]
            pub fn on(&self) -> NaiveDate {
                match self { $(Self::$variant(command) => command.on()),* }
            }

            /// The streams to read before deciding. Asked again with what was read, until it names none that is new.
            #[must_use]
            pub fn reads(&self, past: &Past) -> Vec<Stream> {
                let mut streams = match self { $(Self::$variant(command) => command.reads(past)),* };
                // What counts of an absorbed file counts in the survivor's, who may hold a post by it.
                streams.extend(past.survivors());
                streams
            }

            /// Answers with the events that record it, or with the rule that forbids it. Pure.
            ///
            /// # Errors
            /// The [`Refusal`] names the rule and the field.
            pub fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Event>, Refusal> {
                desk.allows_day(self.on())?;
                match self {
                    $(Self::$variant(command) => {
                        if !command.is_for_absorbed() {
                            merge::still_own(past, &command.reads(&Past::default()))?;
                        }
                        command.decide(past, desk)
                    })*
                }
            }
        }

        $(impl From<crate::$step::Command> for Command {
            fn from(command: crate::$step::Command) -> Self {
                Self::$variant(command)
            }
        })*
    };
}

every_step!(commands);

fn find<C: DeserializeOwned>(name: &str) -> Option<&'static str> {
    names::<C>().iter().copied().find(|each| *each == name)
}

/// What is wrong, in words that say what to write: the reader of days has words for programmers only.
fn plainly(what: &str) -> String {
    let of_a_day =
        ["trailing input", "input is out of range", "input contains invalid characters", "premature end of input"];
    if of_a_day.contains(&what) { "not a day of the calendar: write YYYY-MM-DD".to_owned() } else { what.to_owned() }
}

fn read<C: DeserializeOwned>(command: &'static str, input: Value) -> Result<C, BadCommand> {
    let whole = Value::Object([(command.to_owned(), input)].into_iter().collect());
    serde_path_to_error::deserialize(whole).map_err(|error| {
        let path = error.path().to_string();
        let field = path.strip_prefix(command).unwrap_or(&path).trim_start_matches('.');
        let field = if field.is_empty() { "input" } else { field }.to_owned();
        BadCommand::Malformed { command, field, what: plainly(&error.into_inner().to_string()) }
    })
}
