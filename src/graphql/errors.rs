//! The only place where GraphQL codes are chosen.
//!
//! Every error carries `extensions.code` (what happened, stable, listed in this folder's README) and
//! `extensions.kind` (what the caller does about it). A refusal's code is its rule; the texts may change, codes never.
//! What is wrong inside stays inside: the caller gets a number under which it stands in the server's own log.

use crate::access::LedgerError;
use crate::commands::CommandError;
use crate::numbers::NumberError;
use crate::queries::QueryError;
use async_graphql::{Error, ErrorExtensionValues, ServerError};
use domain::command::BadCommand;
use domain::decision::Refusal;
use projections::ProjectionError;
use std::fmt::Display;
use store::StoreError;
use uuid::Uuid;

/// What the caller does about an error: `extensions.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A rule of the field forbids it: an answer, not a failure. Decide something else.
    Refused,
    /// The request is not one. Correct it.
    BadInput,
    /// There is no such thing, as of that day and as known then.
    NotFound,
    /// The world moved on. Read again, then decide again.
    Conflict,
    /// The request is over a limit. Ask for less.
    Limit,
    /// Not now. Ask again.
    Unavailable,
    /// A fault of this program or its machine. Tell whoever runs it.
    Internal,
}

impl Kind {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "REFUSED",
            Self::BadInput => "BAD_INPUT",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Limit => "LIMIT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kind:ident;)*) => {
        /// What happened: `extensions.code` of every error that is not a refusal. Never renamed or reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What the caller does about it.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind),* }
            }
        }
    };
}

error_codes! {
    /// An argument or a field of the input is not what it must be; `extensions.field` names it.
    BadInput = "BAD_INPUT", BadInput;
    /// There is no such thing.
    NotFound = "NOT_FOUND", NotFound;
    /// The idempotency key was used for something else.
    KeyReused = "IDEMPOTENCY_KEY_REUSED", Conflict;
    /// The file is not at the expected revision.
    RevisionMoved = "REVISION_MOVED", Conflict;
    /// Others kept writing to the same files.
    Contended = "CONTENDED", Unavailable;
    /// The person was erased.
    Erased = "PERSON_ERASED", Refused;
    /// A command or a query would read or write more than the limit.
    TooLarge = "TOO_LARGE", Limit;
    /// The position asked for is not recorded yet.
    NotYetRecorded = "NOT_YET_RECORDED", BadInput;
    /// The views have not reached the position asked for in time.
    ViewsBehind = "VIEWS_BEHIND", Unavailable;
    /// Too many other moments of the past are being computed.
    Busy = "BUSY", Unavailable;
    /// Who reads cannot be remembered, so nothing is shown; what an operation recorded stays recorded.
    LedgerUnavailable = "LEDGER_UNAVAILABLE", Unavailable;
    /// The server is shutting down.
    ShuttingDown = "SHUTTING_DOWN", Unavailable;
    /// The query took longer than the limit.
    Timeout = "TIMEOUT", Limit;
    /// A fault of this program or its machine; `extensions.incident` finds it in the server's log.
    Internal = "INTERNAL", Internal;
    /// The body, the parameters or the headers are not a GraphQL request.
    BadRequest = "BAD_REQUEST", BadInput;
    /// Several operations in one body.
    BatchRefused = "BATCH_REFUSED", BadInput;
    /// The document is not GraphQL.
    ParseFailed = "GRAPHQL_PARSE_FAILED", BadInput;
    /// The document does not fit the schema.
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED", BadInput;
    /// The document, or what it expands to, is over a limit, which the text names with the number found.
    DocumentTooLarge = "DOCUMENT_TOO_LARGE", Limit;
    /// A fragment contains itself.
    FragmentCycle = "FRAGMENT_CYCLE", BadInput;
    /// The body is over the limit.
    BodyTooLarge = "BODY_TOO_LARGE", Limit;
    /// The content type is not application/json.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", BadInput;
    /// None of the accepted media types is spoken here.
    NotAcceptable = "NOT_ACCEPTABLE", BadInput;
    /// The method is not allowed for this path or operation.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", BadInput;
    /// There is nothing at this path.
    NoSuchPath = "NO_SUCH_PATH", NotFound;
    /// The Host header does not name this machine.
    HostRefused = "HOST_REFUSED", BadInput;
}

/// An argument or a field of the input that is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadInput {
    /// The argument or field, in the caller's spelling.
    pub field: String,
    /// What is wrong with it. Holds no personal value.
    pub message: String,
}

/// Says that a field is not what it must be.
pub fn bad_input(field: &str, message: impl Display) -> BadInput {
    BadInput { field: field.to_owned(), message: message.to_string() }
}

impl From<BadInput> for Error {
    fn from(bad: BadInput) -> Self {
        with_field(error(Code::BadInput, format!("{}: {}", bad.field, bad.message)), &bad.field)
    }
}

/// An error with its code and kind.
pub fn error(code: Code, message: impl Into<String>) -> Error {
    coded(code.name(), code.kind(), message.into())
}

/// As [`error`], for what happens outside a resolver.
pub fn server_error(code: Code, message: impl Into<String>) -> ServerError {
    let error = error(code, message);
    let mut server = ServerError::new(error.message, None);
    server.extensions = error.extensions;
    server
}

fn coded(code: &str, kind: Kind, message: String) -> Error {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions.set("kind", kind.name());
    Error { message, source: None, extensions: Some(extensions) }
}

/// The error, with the argument or field that it is about.
pub(crate) fn with_field(mut error: Error, field: &str) -> Error {
    error.extensions.get_or_insert_default().set("field", field);
    error
}

/// Says that there is no such thing.
pub fn not_found(field: &str, what: impl Display) -> Error {
    with_field(error(Code::NotFound, format!("{what} is not known")), field)
}

/// Hides what went wrong inside behind a number, and writes it to the server's log under that number.
pub fn internal(fault: impl Display) -> Error {
    let incident = Uuid::now_v7();
    eprintln!("incident {incident}: {fault}");
    let text = format!("something went wrong in the server; its log has it as incident {incident}");
    let mut error = error(Code::Internal, text);
    error.extensions.get_or_insert_default().set("incident", incident.to_string());
    error
}

/// The field's own answer: its rule is the code.
#[must_use]
pub fn refused(refusal: Refusal) -> Error {
    let error = coded(refusal.rule, Kind::Refused, refusal.message);
    match refusal.field {
        Some(field) => with_field(error, field),
        None => error,
    }
}

/// Says that an input is not a command.
#[must_use]
pub fn bad_command(bad: &BadCommand) -> Error {
    match bad {
        BadCommand::Unknown(_) => error(Code::BadInput, bad.to_string()),
        BadCommand::Malformed { field, .. } => with_field(error(Code::BadInput, bad.to_string()), field),
    }
}

impl From<CommandError> for Error {
    fn from(cause: CommandError) -> Self {
        let text = cause.to_string();
        match cause {
            CommandError::Bad(bad) => bad_command(&bad),
            CommandError::Refused(refusal) => refused(refusal),
            CommandError::KeyReused { .. } => with_field(error(Code::KeyReused, text), "idempotencyKey"),
            CommandError::Moved { .. } => with_field(error(Code::RevisionMoved, text), "expectedRevision"),
            CommandError::Contended => error(Code::Contended, text),
            CommandError::Erased => error(Code::Erased, text),
            CommandError::TooWide | CommandError::Store(StoreError::TooLarge { .. }) => error(Code::TooLarge, text),
            CommandError::Store(_) | CommandError::Sealing(_) | CommandError::Read(_) => internal(text),
        }
    }
}

impl From<&LedgerError> for Code {
    fn from(cause: &LedgerError) -> Self {
        match cause {
            LedgerError::Store(_) => Self::LedgerUnavailable,
            LedgerError::TooMany => Self::TooLarge,
        }
    }
}

impl From<NumberError> for Error {
    fn from(cause: NumberError) -> Self {
        match cause {
            NumberError::Off(refusal) => refused(refusal),
            NumberError::Query(cause) => cause.into(),
        }
    }
}

impl From<QueryError> for Error {
    fn from(cause: QueryError) -> Self {
        let text = cause.to_string();
        match cause {
            QueryError::Views(ProjectionError::NotYetRecorded { .. }) => {
                with_field(error(Code::NotYetRecorded, text), "notBefore")
            }
            QueryError::Views(ProjectionError::TooSlow { .. }) => error(Code::ViewsBehind, text),
            QueryError::Views(ProjectionError::Busy { .. }) => error(Code::Busy, text),
            QueryError::Views(ProjectionError::ShutDown) => error(Code::ShuttingDown, text),
            QueryError::Views(_) | QueryError::Read(_) | QueryError::Sealing(_) | QueryError::Stopped(_) => {
                internal(text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn extension(error: &Error, name: &str) -> Option<String> {
        match error.extensions.as_ref()?.get(name)? {
            async_graphql::Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    #[test]
    fn a_refusal_names_its_rule_and_its_field() {
        let refusal = Refusal { rule: "DELAY_UNEXPLAINED", field: Some("on"), message: "too late".into() };
        let error = refused(refusal);
        assert_eq!(extension(&error, "code").as_deref(), Some("DELAY_UNEXPLAINED"));
        assert_eq!(extension(&error, "kind").as_deref(), Some("REFUSED"));
        assert_eq!(extension(&error, "field").as_deref(), Some("on"));
    }

    #[test]
    fn a_fault_inside_is_not_spilled() {
        let error = Error::from(CommandError::Store(StoreError::Broken("secret path".into())));
        assert!(!error.message.contains("secret"));
        assert_eq!(extension(&error, "code").as_deref(), Some("INTERNAL"));
        assert!(extension(&error, "incident").is_some());
    }

    #[test]
    fn codes_are_distinct_and_documented() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        let readme = include_str!("README.md");
        for code in Code::ALL {
            assert!(readme.contains(&format!("`{}`", code.name())), "{} is not in the README", code.name());
        }
    }
}
