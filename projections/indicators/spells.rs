//! Spells: engagements chained per person and measure, before any filter by host.
//!
//! Persons are counted through spells, never through contracts: an extension, a second contract from the next day on
//! and a move to another host are no end.

use super::Source;
use super::period::later;
use crate::engagements;
use chrono::NaiveDate;
use domain::codes::Measure;
use domain::ids::{OrganisationId, PersonId};

/// One engagement that counts, as a link of a spell.
#[derive(Debug, Clone, Copy)]
pub struct Stint<'a> {
    /// Whose.
    pub person: PersonId,
    /// Under which measure.
    pub measure: Measure,
    /// First day worked.
    pub start: NaiveDate,
    /// Last day worked, inclusive; none while it runs.
    pub last_day: Option<NaiveDate>,
    /// The engagement.
    pub row: &'a engagements::Row,
}

impl<'a> Stint<'a> {
    /// The engagement as a link; none if it does not count or holds no day.
    #[must_use]
    pub fn of(person: PersonId, row: &'a engagements::Row) -> Option<Self> {
        let (start, last_day) = row.worked()?;
        Some(Self { person, measure: row.measure, start, last_day, row })
    }
}

/// A maximal chain of engagements of one person and measure.
#[derive(Debug, Clone, Copy)]
pub struct Spell<'a, 'b> {
    /// Its engagements, in order of their first day; never empty.
    pub stints: &'b [Stint<'a>],
    /// Last day of all of them, inclusive; none while one runs.
    pub last_day: Option<NaiveDate>,
}

impl<'a, 'b> Spell<'a, 'b> {
    /// Whose.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.stints[0].person
    }

    /// Under which measure.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.stints[0].measure
    }

    /// First day of the first engagement.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.stints[0].start
    }

    /// The hosts of the engagements that last as long as the spell: those at which it ends.
    pub fn last_hosts(&self) -> impl Iterator<Item = &'a OrganisationId> + use<'a, 'b> {
        let last_day = self.last_day;
        self.stints.iter().filter(move |stint| stint.last_day == last_day).map(|stint| &stint.row.organisation)
    }
}

/// The engagements of a measure, or of all, as links.
pub fn stints<S: Source>(source: &S, measure: Option<Measure>) -> Vec<Stint<'_>> {
    let of_measure = |row: &engagements::Row| measure.is_none_or(|measure| row.measure == measure);
    source.engagements().filter(|(_, row)| of_measure(row)).filter_map(|(person, row)| Stint::of(person, row)).collect()
}

/// The spells: an engagement goes on where another of that person and measure ended at most `gap_days` full days before.
pub fn chain<'a, 'b>(stints: &'b mut [Stint<'a>], gap_days: u32) -> impl Iterator<Item = Spell<'a, 'b>> {
    // A stable sort is the faster one here: rows come person by person.
    stints.sort_by(|one, other| {
        let place = |stint: &Stint<'_>| (stint.person, stint.measure, stint.start);
        place(one).cmp(&place(other)).then_with(|| one.row.engagement.cmp(&other.row.engagement))
    });
    let mut rest: &'b [Stint<'a>] = stints;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let mut last_day = first.last_day;
        let mut count = 1;
        for next in &rest[1..] {
            let same = next.person == first.person && next.measure == first.measure;
            let reach = last_day.map(|last| later(last, 1 + u64::from(gap_days)));
            if !same || reach.is_some_and(|reach| next.start > reach) {
                break;
            }
            last_day = match (last_day, next.last_day) {
                (Some(one), Some(other)) => Some(one.max(other)),
                _ => None,
            };
            count += 1;
        }
        let (spell, others) = rest.split_at(count);
        rest = others;
        Some(Spell { stints: spell, last_day })
    })
}
