//! How large a document is once every fragment is expanded, without expanding any: each fragment is measured once.

use super::{ALIASES_MAX, DEPTH_MAX, DIRECTIVES_MAX, FIELDS_MAX, FRAGMENTS_MAX, Stopped, limit};
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use std::collections::HashMap;

/// The size of a selection. Sums saturate: beyond every limit all numbers are the same.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    depth: u64,
    fields: u64,
    aliases: u64,
    directives: u64,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
    }
}

/// Measures every operation and every fragment.
///
/// # Errors
/// [`Stopped::Limit`] with the number found, [`Stopped::Cycle`] for a fragment that contains itself.
pub fn walk(document: &ExecutableDocument) -> Result<(), Stopped> {
    limit("number of fragments", document.fragments.len() as u64, FRAGMENTS_MAX as u64)?;
    let mut walk = Walk { document, known: HashMap::new() };
    for name in document.fragments.keys() {
        walk.fragment(name.as_str())?;
    }
    for (_, operation) in document.operations.iter() {
        let mut size = walk.selections(&operation.node.selection_set.node)?;
        size.directives = size.directives.saturating_add(operation.node.directives.len() as u64);
        limit("depth of the selection", size.depth, DEPTH_MAX)?;
        limit("number of fields", size.fields, FIELDS_MAX)?;
        limit("number of aliases", size.aliases, ALIASES_MAX)?;
        limit("number of directives", size.directives, DIRECTIVES_MAX)?;
    }
    Ok(())
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    /// None while it is being measured: whoever meets it again has gone round.
    known: HashMap<&'a str, Option<Size>>,
}

impl<'a> Walk<'a> {
    fn fragment(&mut self, name: &str) -> Result<Size, Stopped> {
        match self.known.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => return Err(Stopped::Cycle(name.to_owned())),
            None => {}
        }
        // An unknown fragment is for the validation to name.
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(Size::default()) };
        self.known.insert(name.as_str(), None);
        let mut size = self.selections(&fragment.node.selection_set.node)?;
        size.directives = size.directives.saturating_add(fragment.node.directives.len() as u64);
        self.known.insert(name.as_str(), Some(size));
        Ok(size)
    }

    fn selections(&mut self, set: &'a SelectionSet) -> Result<Size, Stopped> {
        let mut size = Size::default();
        for selection in &set.items {
            size.add(match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let mut inner = self.selections(&field.selection_set.node)?;
                    inner.depth += 1;
                    inner.fields = inner.fields.saturating_add(1);
                    inner.aliases = inner.aliases.saturating_add(u64::from(field.alias.is_some()));
                    inner.directives = inner.directives.saturating_add(field.directives.len() as u64);
                    inner
                }
                Selection::InlineFragment(inline) => {
                    let mut inner = self.selections(&inline.node.selection_set.node)?;
                    inner.directives = inner.directives.saturating_add(inline.node.directives.len() as u64);
                    inner
                }
                Selection::FragmentSpread(spread) => {
                    let mut inner = self.fragment(spread.node.fragment_name.node.as_str())?;
                    // A spread costs like a field, so that empty ones count too.
                    inner.fields = inner.fields.saturating_add(1);
                    inner.directives = inner.directives.saturating_add(spread.node.directives.len() as u64);
                    inner
                }
            });
        }
        Ok(size)
    }
}
