//! Which participants, in which order: computed once for a moment, then paged by halves.

use crate::graphql::codes::Code;
use crate::graphql::connection::Place;
use crate::graphql::errors::BadInput;
use crate::graphql::ids;
use crate::graphql::moment::Moment;
use crate::graphql::scalars::Date;
use crate::graphql::types::piis::{PiisState, state};
use async_graphql::{Enum, ID, InputObject};
use chrono::Datelike;
use domain::codes::{AidKind, Cell, Measure};
use domain::ids::OrganisationId;
use domain::law::house::Retention;
use projections::cells;
use projections::standing::Row;
use uuid::Uuid;

/// Which participants: those for whom every condition holds on the day of the question.
#[derive(Debug, Clone, Default, PartialEq, InputObject)]
pub struct ParticipantFilter {
    /// Registered by this organisation, or with a pathway, an engagement or aid there; the conditions on those then
    /// look at this organisation alone. A global id or a short name.
    pub organisation: Option<ID>,
    /// With a running engagement under this measure.
    pub measure: Option<Code<Measure>>,
    /// With an open pathway whose file is in this cell.
    pub cell: Option<Code<Cell>>,
    /// With running aid of this kind.
    pub aid_kind: Option<Code<AidKind>>,
    /// With an open pathway, or without.
    pub has_open_pathway: Option<bool>,
    /// With a running engagement, or without.
    pub engaged: Option<bool>,
    /// This far with the integration project.
    pub piis: Option<PiisState>,
    /// With an open pathway for which this worker answers, as a user id.
    pub referent: Option<String>,
    /// Registered on this day or later.
    pub registered_from: Option<Date>,
    /// Registered on this day or before.
    pub registered_to: Option<Date>,
    /// Closed, and by this day over the time for which the house keeps a closed file (`rules.toml`): what falls due.
    pub retention_over_by: Option<Date>,
    /// Erased, or not.
    pub erased: Option<bool>,
}

/// What participants are sorted by. Those without come last either way; equals stand in order of id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Enum)]
pub enum ParticipantOrderField {
    /// The id.
    #[default]
    Id,
    /// The day of registration.
    RegisteredOn,
    /// The day of the last step.
    LastStepOn,
    /// The first day of the oldest open pathway.
    PathwayOpenedOn,
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Enum)]
pub enum Direction {
    /// The smallest or oldest first.
    #[default]
    Asc,
    /// The greatest or youngest first.
    Desc,
}

/// In which order participants are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, InputObject)]
pub struct ParticipantOrder {
    /// What they are sorted by.
    #[graphql(default)]
    pub field: ParticipantOrderField,
    /// In which direction; of no effect on ids.
    #[graphql(default)]
    pub direction: Direction,
}

/// A filter whose ids were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    filter: ParticipantFilter,
    organisation: Option<OrganisationId>,
    order: ParticipantOrder,
    retention: Retention,
}

impl Choice {
    /// Reads the ids of a filter; `retention` says how long the house keeps files.
    ///
    /// # Errors
    /// [`BadInput`] names the field.
    pub fn new(filter: ParticipantFilter, order: ParticipantOrder, retention: Retention) -> Result<Self, BadInput> {
        let organisation = filter.organisation.as_deref().map(|id| ids::organisation("filter.organisation", id));
        Ok(Self { organisation: organisation.transpose()?, filter, order, retention })
    }

    /// The places of the chosen participants, sorted.
    #[must_use]
    pub fn list(&self, moment: &Moment) -> Vec<Place> {
        let persons = moment.snapshot.standing.iter();
        let rows = persons.filter_map(|(person, rows)| Some((person, rows.first()?)));
        let chosen = rows.filter(|(person, row)| self.admits(moment, *person, row));
        let mut places: Vec<Place> = chosen.map(|(person, row)| Place(self.rank(row), person)).collect();
        places.sort_unstable();
        places
    }

    fn rank(&self, row: &Row) -> i64 {
        let day = match self.order.field {
            ParticipantOrderField::Id => return 0,
            ParticipantOrderField::RegisteredOn => row.registered.as_ref().map(|(on, _)| *on),
            ParticipantOrderField::LastStepOn => row.last.as_ref().map(|(_, on)| *on),
            ParticipantOrderField::PathwayOpenedOn => row.pathways.iter().map(|pathway| pathway.from).min(),
        };
        let Some(day) = day else { return i64::MAX };
        let days = i64::from(day.num_days_from_ce());
        match self.order.direction {
            Direction::Asc => days,
            Direction::Desc => -days,
        }
    }

    /// Looks at the rows of each table and not at the standing alone: the standing leaves out what is over when the last
    /// record was made, which on the day of the question may still have run.
    fn admits(&self, moment: &Moment, person: Uuid, row: &Row) -> bool {
        let filter = &self.filter;
        let registered = row.registered.as_ref().map(|(on, _)| *on);
        self.is_of_organisation(moment, person, row)
            && self.admits_engagements(moment, person)
            && self.admits_pathways(moment, person, row)
            && filter.aid_kind.is_none_or(|Code(kind)| self.has_aid(moment, person, kind))
            && filter.piis.is_none_or(|wanted| state(&row.piis) == wanted)
            && filter.registered_from.is_none_or(|Date(from)| registered.is_some_and(|on| on >= from))
            && filter.registered_to.is_none_or(|Date(to)| registered.is_some_and(|on| on <= to))
            && self.admits_retention(moment, person)
    }

    fn here(&self, organisation: &OrganisationId) -> bool {
        self.organisation.as_ref().is_none_or(|only| only == organisation)
    }

    fn is_of_organisation(&self, moment: &Moment, person: Uuid, row: &Row) -> bool {
        let views = &moment.snapshot;
        self.organisation.is_none()
            || row.registered.as_ref().is_some_and(|(_, organisation)| self.here(organisation))
            || views.cells.of(person).iter().any(|pathway| self.here(&pathway.organisation))
            || views.engagements.of(person).iter().any(|engagement| self.here(&engagement.organisation))
            || views.aids.of(person).iter().any(|aid| self.here(&aid.organisation))
    }

    fn admits_engagements(&self, moment: &Moment, person: Uuid) -> bool {
        let rows = moment.snapshot.engagements.of(person).iter();
        let mut running = rows.filter(|row| self.here(&row.organisation) && row.active_on(moment.day));
        self.filter.engaged.is_none_or(|engaged| engaged == running.clone().next().is_some())
            && self.filter.measure.is_none_or(|Code(measure)| running.any(|row| row.measure == measure))
    }

    fn admits_pathways(&self, moment: &Moment, person: Uuid, row: &Row) -> bool {
        let filter = &self.filter;
        let day = moment.day;
        let rows = moment.snapshot.cells.of(person).iter();
        let is_open = |row: &&cells::Row| self.here(&row.organisation) && row.open.iter().any(|open| open.covers(day));
        let mut open = rows.filter(is_open);
        let in_cell = |row: &cells::Row, wanted: Cell| row.stay_on(day).and_then(|stay| stay.cell) == Some(wanted);
        let answers = |row: &cells::Row, worker: &String, standing: &Row| {
            let of_this = standing.pathways.iter().find(|pathway| pathway.pathway == row.pathway);
            of_this.is_some_and(|pathway| pathway.referent.as_ref() == Some(worker))
        };
        filter.has_open_pathway.is_none_or(|wanted| wanted == open.clone().next().is_some())
            && filter.cell.is_none_or(|Code(cell)| open.clone().any(|pathway| in_cell(pathway, cell)))
            && filter.referent.as_ref().is_none_or(|worker| open.any(|pathway| answers(pathway, worker, row)))
    }

    fn admits_retention(&self, moment: &Moment, person: Uuid) -> bool {
        let row = moment.snapshot.retention.of(person).first();
        let over_on = || row?.over_on(self.retention, moment.day);
        let erased = row.is_some_and(|row| row.erased.is_some());
        self.filter.retention_over_by.is_none_or(|Date(by)| over_on().is_some_and(|over| over <= by))
            && self.filter.erased.is_none_or(|wanted| wanted == erased)
    }

    fn has_aid(&self, moment: &Moment, person: Uuid, kind: AidKind) -> bool {
        let mut rows = moment.snapshot.aids.of(person).iter();
        rows.any(|aid| self.here(&aid.organisation) && aid.kind == kind && aid.running_on(moment.day))
    }
}
