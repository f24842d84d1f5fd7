//! The organisations by name: one row each.

use crate::View;
use chrono::NaiveDate;
use domain::codes::Label;
use domain::fact::{Fact, StreamKind};
use domain::history::History;
use domain::ids::OrganisationId;
use domain::law::Law;
use domain::organisation::{self, OrganisationKind};
use serde::{Deserialize, Serialize};

/// The organisations by name.
pub struct Organisations;

impl View for Organisations {
    const NAME: &'static str = "organisations";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Organisation];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let registered = history.entries().find_map(|entry| {
            let Fact::Organisation(organisation::Event::Registered { organisation, kind, .. }) = entry.fact else {
                return None;
            };
            Some((organisation.clone(), *kind))
        });
        let names = organisation::State::of(history).names;
        registered.map(|(organisation, kind)| Row { organisation, kind, names }).into_iter().collect()
    }
}

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
