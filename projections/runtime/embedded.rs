//! The embedded engine's own place for views, beside its log.

use crate::runtime::saved::{Saved, SavedError, SavedViews};
use store::Position;
use store::embedded;

impl SavedViews for embedded::SavedViews {
    fn save(
        &self,
        name: &str,
        version: u32,
        position: Position,
        chunks: &mut dyn Iterator<Item = Vec<u8>>,
    ) -> Result<(), SavedError> {
        // The place knows entries by key; a view is kept and read whole, so that its chunks need none.
        Ok(Self::save(self, name, version, position, chunks.map(|chunk| (Vec::new(), chunk)))?)
    }

    fn load(&self, name: &str, version: u32) -> Result<Option<Saved>, SavedError> {
        let found = Self::load(self, name, version);
        Ok(found.map(|(position, chunks)| Saved { position, chunks: chunks.map(|(_, chunk)| chunk).collect() }))
    }
}
