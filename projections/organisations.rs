//! The organisations by name: one row each.

use chrono::NaiveDate;
use domain::codes::Label;
use domain::ids::OrganisationId;
use domain::organisation::OrganisationKind;
use serde::{Deserialize, Serialize};

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its kind. Some kinds reveal health or justice by themselves.
    pub kind: OrganisationKind,
    /// Every name with its first day, in order of day.
    pub names: Vec<(NaiveDate, Label)>,
}

impl Row {
    /// The name on a day; the first one before it was registered.
    #[must_use]
    pub fn name_on(&self, day: NaiveDate) -> Option<&Label> {
        let (_, first) = self.names.first()?;
        self.names.iter().rev().find(|(from, _)| *from <= day).map_or(Some(first), |(_, name)| Some(name))
    }
}
