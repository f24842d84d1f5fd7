//! What a document must be before it is executed: short, shallow, and small once every fragment is expanded.
//!
//! async-graphql checks its own limits only after walking a document whole, recursively and fragment by fragment:
//! 3 kB of brackets abort the process, 900 bytes of fragments burn a core for seconds.
//! So: one linear scan before the parser ([`scan`]), one parse, and one walk that visits each fragment once ([`walk`]).

pub mod scan;
pub mod walk;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType};

/// Longest document, in bytes; the standard introspection query has about 1,600.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024;
/// Most tokens of a document.
pub const TOKENS_MAX: usize = 10_000;
/// Deepest nesting of brackets of any kind; the standard introspection query has 15.
pub const NESTING_MAX: usize = 64;
/// Most fragments of a document; each is a step of recursion at most.
pub const FRAGMENTS_MAX: usize = 200;
/// Deepest selection, fragments expanded; the standard introspection query has 15.
pub const DEPTH_MAX: u64 = 32;
/// Most fields and spreads, fragments expanded; the standard introspection query has about 230.
pub const FIELDS_MAX: u64 = 5_000;
/// Most aliases, fragments expanded.
pub const ALIASES_MAX: u64 = 500;
/// Most directives, fragments expanded.
pub const DIRECTIVES_MAX: u64 = 500;

/// Why a document is not executed. Each limit is named with the number found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Over a limit.
    #[error("{what} is {found}, the limit is {limit}")]
    Limit {
        /// What was measured, with its unit.
        what: &'static str,
        /// The number found; at a limit that stops early, the first number beyond it.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// Not GraphQL.
    #[error("not a GraphQL document: {0}")]
    Syntax(String),
    /// A fragment contains itself.
    #[error("fragment {0:?} contains itself")]
    Cycle(String),
}

/// A document that may be executed.
#[derive(Debug)]
pub struct Checked {
    /// The document, parsed once.
    pub document: ExecutableDocument,
}

impl Checked {
    /// The kind of the operation that would be executed; none if the name chooses none.
    #[must_use]
    pub fn operation(&self, name: Option<&str>) -> Option<OperationType> {
        let mut operations = self.document.operations.iter();
        let chosen = match name {
            Some(name) => operations.find(|(each, _)| each.is_some_and(|each| each.as_str() == name)),
            None => operations.next().filter(|_| self.document.operations.iter().count() == 1),
        };
        chosen.map(|(_, operation)| operation.node.ty)
    }
}

/// Reads a document and checks every limit.
///
/// # Errors
/// [`Stopped`] names the limit and the number found, or what is wrong with the document.
pub fn check(text: &str) -> Result<Checked, Stopped> {
    scan::scan(text)?;
    let document = parse_query(text).map_err(|error| Stopped::Syntax(place(&error)))?;
    walk::walk(&document)?;
    Ok(Checked { document })
}

/// Where the parser stopped. Its own text quotes the line, which may hold a name, or be the whole document.
fn place(error: &async_graphql::parser::Error) -> String {
    let place = error.positions().next();
    place.map_or_else(
        || "it cannot be read".to_owned(),
        |at| format!("it cannot be read from line {}, column {} on", at.line, at.column),
    )
}

pub(crate) fn limit(what: &'static str, found: u64, limit: u64) -> Result<(), Stopped> {
    if found > limit { Err(Stopped::Limit { what, found, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn deep_brackets_never_reach_the_parser() {
        for open in ["{a", "[", "(a:{"] {
            let text = format!("{{participant(id:{}", open.repeat(1546));
            assert!(matches!(check(&text), Err(Stopped::Limit { what: "nesting of brackets", .. })), "{open}");
        }
    }

    #[test]
    fn fragments_that_expand_without_end_are_counted_and_not_expanded() {
        let mut text = String::from("{...F0}");
        for level in 0..60 {
            text.push_str(&format!(" fragment F{level} on Query{{...F{} ...F{}}}", level + 1, level + 1));
        }
        text.push_str(" fragment F60 on Query{__typename}");
        let start = Instant::now();
        assert!(matches!(check(&text), Err(Stopped::Limit { .. })));
        assert!(start.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn a_fragment_that_contains_itself_is_refused() {
        let text = "{...A} fragment A on Query{...B} fragment B on Query{...A}";
        assert!(matches!(check(text), Err(Stopped::Cycle(_))));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        let text = format!("{{a(b: \"{}\") # {}\n}}", "[{(".repeat(100), "{".repeat(100));
        assert!(check(&text).is_ok());
        let block = format!("{{a(b: \"\"\"{} \\\"\"\" \" {}\"\"\")}}", "{".repeat(100), "[".repeat(100));
        assert!(check(&block).is_ok());
    }

    #[test]
    fn each_limit_holds_at_its_edge() {
        let fields = |count: usize| format!("{{{}}}", "a ".repeat(count));
        assert!(check(&fields(5_000)).is_ok());
        assert!(matches!(check(&fields(5_001)), Err(Stopped::Limit { what: "number of fields", found: 5_001, .. })));
        let nested = |depth: usize| format!("{}a{}", "{a".repeat(depth - 1) + "{", "}".repeat(depth));
        assert!(check(&nested(32)).is_ok());
        assert!(matches!(check(&nested(33)), Err(Stopped::Limit { what: "depth of the selection", .. })));
        let aliases =
            |count: usize| format!("{{{}}}", (0..count).map(|each| format!("a{each}:a ")).collect::<String>());
        assert!(check(&aliases(500)).is_ok());
        assert!(matches!(check(&aliases(501)), Err(Stopped::Limit { what: "number of aliases", .. })));
        assert!(matches!(check(&" ".repeat(DOCUMENT_BYTES_MAX + 1)), Err(Stopped::Limit { .. })));
    }

    #[test]
    fn an_error_of_the_parser_tells_the_place_and_quotes_nothing() {
        let Err(Stopped::Syntax(message)) = check("{ a(b: \"Secretname\" %%) }") else { unreachable!("not GraphQL") };
        assert!(!message.contains("Secretname") && message.contains("line 1"), "{message}");
    }
}
