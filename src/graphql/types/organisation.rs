//! Organisations by the names that people know.

use crate::graphql::codes::Code;
use crate::graphql::ids::{self, Kind};
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use async_graphql::{ID, Object, SimpleObject};
use domain::ids::OrganisationId;
use domain::organisation::OrganisationKind;
use projections::organisations::Row;
use std::sync::Arc;

/// An organisation: CPAS/OCMW, CCAS, host, employer, prescriber.
#[derive(Clone)]
pub struct Organisation {
    moment: Arc<Moment>,
    organisation: OrganisationId,
}

/// A name that an organisation bears from a day on.
#[derive(SimpleObject)]
pub struct OrganisationName {
    /// First day with this name.
    from: Date,
    /// The name.
    name: String,
}

impl Organisation {
    /// The organisation with this short name, registered or not.
    #[must_use]
    pub fn new(moment: &Arc<Moment>, organisation: &OrganisationId) -> Self {
        Self { moment: moment.clone(), organisation: organisation.clone() }
    }

    /// The organisation with this short name, if it is registered at the moment.
    #[must_use]
    pub fn registered(moment: &Arc<Moment>, organisation: &OrganisationId) -> Option<Self> {
        let found = Self::new(moment, organisation);
        found.row().is_some().then_some(found)
    }

    fn row(&self) -> Option<&Row> {
        self.moment.snapshot.organisations.of(self.organisation.stream_id()).first()
    }
}

/// An organisation: CPAS/OCMW, CCAS, host, employer, prescriber.
#[Object]
impl Organisation {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ids::global(Kind::Organisation, &self.organisation)
    }

    /// Its short name, such as cpas-molenbeek.
    async fn slug(&self) -> &str {
        self.organisation.as_str()
    }

    /// Its name on a day; null if it is not registered.
    async fn name(
        &self,
        #[graphql(desc = "The day; by default that of the question.")] on: Option<Date>,
    ) -> Option<&str> {
        let day = on.map_or(self.moment.day, |Date(day)| day);
        self.row()?.name_on(day).map(|name| name.as_str())
    }

    /// Every name with its first day, in order of day.
    async fn names(&self) -> Vec<OrganisationName> {
        let names = self.row().map_or(&[][..], |row| &row.names);
        names
            .iter()
            .map(|(from, name)| OrganisationName { from: Date(*from), name: name.as_str().to_owned() })
            .collect()
    }

    /// Its kind; null if it is not registered. Some kinds reveal health or justice by themselves.
    async fn kind(&self) -> Option<Code<OrganisationKind>> {
        self.row().map(|row| Code(row.kind))
    }
}
