//! Pages of participants, posts and agreements at a moment.

use crate::graphql::codes::Code;
use crate::graphql::connection::{Listed, Page, Place, connect};
use crate::graphql::errors::{BadInput, bad_input, internal};
use crate::graphql::ids;
use crate::graphql::listings::Listings;
use crate::graphql::moment::{Moment, lost, shows_items};
use crate::graphql::participants::Choice;
use crate::graphql::scalars::{Date, hyphenated};
use crate::graphql::types::{Agreement, Participant, Post};
use async_graphql::{Context, Error, ID, InputObject, Result};
use chrono::Datelike;
use domain::codes::Measure;
use domain::ids::{AgreementId, OrganisationId, PersonId, PostId};
use projections::Views;
use projections::{agreements, posts};
use std::sync::Arc;

/// Which posts: those for whom every condition holds.
#[derive(Debug, Default, InputObject)]
pub struct PostFilter {
    /// Of this organisation, by its short name or global id.
    pub organisation: Option<ID>,
    /// Under this measure.
    pub measure: Option<Code<Measure>>,
    /// On offer on this day: opened, not closed, not frozen.
    pub open_on: Option<Date>,
    /// In social economy on the day of the question, or not.
    pub social_economy: Option<bool>,
}

/// Which agreements: those for whom every condition holds.
#[derive(Debug, Default, InputObject)]
pub struct AgreementFilter {
    /// Kept by this organisation, by its short name or global id.
    pub organisation: Option<ID>,
    /// With this partner, by its short name or global id.
    pub partner: Option<ID>,
    /// Under this measure.
    pub measure: Option<Code<Measure>>,
    /// In force on this day.
    pub in_force_on: Option<Date>,
}

/// A page of participants.
///
/// # Errors
/// If the schema has no lists, or the program is shutting down.
pub async fn participants(
    ctx: &Context<'_>,
    moment: &Arc<Moment>,
    choice: Choice,
    page: Page<Place>,
) -> Result<Listed<Place, Participant>> {
    let lists = ctx.data::<Arc<Listings>>().map_err(|_| internal("the schema has no lists"))?;
    let list = lists.list(moment, choice).await?;
    let shown = page.of(&list, |place| *place);
    let shows = shows_items(ctx);
    let one = |person| if shows { Participant::new(moment, person) } else { Participant::unread(moment, person) };
    let items = list[shown.range.clone()].iter().map(|place| (*place, one(PersonId(place.1))));
    Ok(connect(&shown, list.len(), items))
}

/// A page of posts.
///
/// # Errors
/// If an id of the filter is not one.
pub fn posts(moment: &Arc<Moment>, filter: PostFilter, page: &Page<Place>) -> Result<Listed<Place, Post>> {
    let organisation = organisation("filter.organisation", filter.organisation)?;
    let admits = |row: &&posts::Row| {
        let social = || row.profile_on(moment.day).is_some_and(|profile| profile.social_economy);
        organisation.as_ref().is_none_or(|only| *only == row.organisation)
            && filter.measure.is_none_or(|Code(measure)| measure == row.measure)
            && filter.open_on.is_none_or(|Date(day)| row.open_on(day))
            && filter.social_economy.is_none_or(|wanted| wanted == social())
    };
    let rows = moment.snapshot.posts.rows().filter(admits);
    let places = rows.map(|row| Place(i64::from(row.opened_on.num_days_from_ce()), row.post.0));
    listed(places.collect(), page, |place| Post::find(moment, PostId(place.1)).ok_or_else(|| lost("a post")))
}

/// A page of agreements.
///
/// # Errors
/// If an id of the filter is not one.
pub fn agreements(
    moment: &Arc<Moment>,
    filter: AgreementFilter,
    page: &Page<Place>,
) -> Result<Listed<Place, Agreement>> {
    let keeper = organisation("filter.organisation", filter.organisation)?;
    let partner = organisation("filter.partner", filter.partner)?;
    let admits = |row: &&agreements::Row| {
        keeper.as_ref().is_none_or(|only| *only == row.organisation)
            && partner.as_ref().is_none_or(|only| *only == row.partner)
            && filter.measure.is_none_or(|Code(measure)| measure == row.measure)
            && filter.in_force_on.is_none_or(|Date(day)| row.in_force_on(day))
    };
    let rows = moment.snapshot.agreements.rows().filter(admits);
    let places = rows.map(|row| Place(i64::from(row.signed_on.num_days_from_ce()), row.agreement.0));
    let find = |place: Place| Agreement::find(moment, AgreementId(place.1)).ok_or_else(|| lost("an agreement"));
    listed(places.collect(), page, find)
}

fn listed<N: async_graphql::OutputType>(
    mut places: Vec<Place>,
    page: &Page<Place>,
    find: impl Fn(Place) -> Result<N>,
) -> Result<Listed<Place, N>> {
    places.sort_unstable();
    let shown = page.of(&places, |place| *place);
    let items = places[shown.range.clone()].iter().map(|place| Ok((*place, find(*place)?)));
    Ok(connect(&shown, places.len(), items.collect::<Result<Vec<_>>>()?))
}

fn organisation(field: &str, id: Option<ID>) -> Result<Option<OrganisationId>, BadInput> {
    id.map(|id| ids::organisation(field, &id)).transpose()
}

/// The organisation behind a global id: by its short name, or by the UUID of its stream as records name it.
///
/// # Errors
/// If it is neither, or no organisation with that UUID is registered.
pub fn organisation_of(moment: &Moment, rest: &str) -> Result<OrganisationId> {
    match hyphenated(rest) {
        Some(stream) => {
            let row = moment.snapshot.organisations.of(stream).first();
            let unknown = || Error::from(bad_input("id", "no organisation with this UUID is registered"));
            row.map(|row| row.organisation.clone()).ok_or_else(unknown)
        }
        None => Ok(ids::organisation("id", rest)?),
    }
}

/// True if anything is recorded of an organisation: a mistyped one would have figures of nothing but zeros.
pub fn is_known(views: &Views, organisation: &OrganisationId) -> bool {
    !views.organisations.of(organisation.stream_id()).is_empty()
        || views.posts.rows().any(|row| row.organisation == *organisation)
        || views.agreements.rows().any(|row| row.organisation == *organisation || row.partner == *organisation)
        || views.cells.rows().any(|row| row.organisation == *organisation)
        || views.aids.rows().any(|row| row.organisation == *organisation)
        || views.engagements.rows().any(|row| row.organisation == *organisation || row.employer == *organisation)
        || views.courses.rows().any(|row| row.organisation.as_ref() == Some(organisation))
        || views.penalties.rows().any(|row| row.organisation == *organisation)
}
