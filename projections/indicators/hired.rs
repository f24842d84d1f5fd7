//! Who was hired after an engagement: by two definitions, as the field has published both.

use super::figure::{Figure, whole};
use super::period::before;
use super::{Indicators, Period, Source};
use crate::outcomes::Hire;
use chrono::NaiveDate;
use domain::codes::ContractKind;
use domain::ids::{OrganisationId, PersonId};

/// Persons hired by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hired {
    /// By the kind of the first hire signed in the window.
    pub first_kind: Figure,
    /// By the kind of any hire signed in the window.
    pub any_kind: Figure,
}

/// A hire of somebody of the cohort: who, the last day of their spell, and the job.
type Found<'a> = (PersonId, NaiveDate, &'a Hire);

impl<S: Source> Indicators<'_, S> {
    /// Persons whose spell ended in the cohort's period and who work for the employer on a day. Definition 1.
    ///
    /// The last day of work is included; who was hired and has left again is not counted, and the signature may lie
    /// before the end of the spell. The employer is by default the organisation in scope, else any.
    /// Source: 000:13 ("font aujourd'hui partie de nos équipes").
    #[must_use]
    pub fn hired_active_at(&self, cohort: Period, at: NaiveDate, employer: Option<&OrganisationId>) -> Figure {
        let count = |part: Period| {
            let ended = self.ended(part);
            whole(persons(self.hires(&ended, employer).filter(|(_, _, hire)| hire.active_on(at))))
        };
        let figure = self.growing(cohort, count);
        self.on(at, figure)
    }

    /// Persons whose spell ended in the cohort's period and who signed with the employer by a day, whatever became of
    /// it. Definition 1.
    ///
    /// The window runs from 90 days before the last day of the person's last spell of the cohort to `by`, inclusive.
    /// The employer is by default the organisation in scope, else any. Source: 001:9 ("par la suite").
    #[must_use]
    pub fn hired_signed_by(
        &self,
        cohort: Period,
        by: NaiveDate,
        employer: Option<&OrganisationId>,
        kind: Option<ContractKind>,
    ) -> Hired {
        let of_kind = |hire: &Hire| kind.is_none_or(|kind| hire.kind == kind);
        let first = |part: Period| {
            let ended = self.ended(part);
            let mut signed: Vec<Found<'_>> = self.signed(&ended, by, employer).collect();
            signed.sort_by_key(|(person, _, hire)| (*person, hire.signed_on, hire.start, hire.hire));
            signed.dedup_by_key(|(person, _, _)| *person);
            whole(signed.iter().filter(|(_, _, hire)| of_kind(hire)).count())
        };
        let any = |part: Period| {
            let ended = self.ended(part);
            whole(persons(self.signed(&ended, by, employer).filter(|(_, _, hire)| of_kind(hire))))
        };
        let first_kind = self.growing(cohort, first);
        let any_kind = self.growing(cohort, any);
        Hired { first_kind: self.on(by, first_kind), any_kind: self.on(by, any_kind) }
    }

    /// Persons hired by a day, as in [`Indicators::hired_signed_by`], over the persons whose spell ended. Definition 1.
    #[must_use]
    pub fn hire_rate(&self, cohort: Period, by: NaiveDate, employer: Option<&OrganisationId>) -> Figure {
        let hired = self.hired_signed_by(cohort, by, employer, None).first_kind;
        Figure { denominator: Some(self.persons_contract_ended(cohort).numerator), ..hired }
    }

    /// Hires of the cohort signed in the window.
    fn signed<'b>(
        &'b self,
        ended: &'b [(PersonId, NaiveDate)],
        by: NaiveDate,
        employer: Option<&'b OrganisationId>,
    ) -> impl Iterator<Item = Found<'b>> {
        let window = move |last_day: NaiveDate| before(last_day, self.definitions.hire_before_days);
        self.hires(ended, employer)
            .filter(move |(_, last_day, hire)| window(*last_day) <= hire.signed_on && hire.signed_on <= by)
    }

    /// Hires of the cohort with an employer, in no order.
    fn hires<'b>(
        &'b self,
        ended: &'b [(PersonId, NaiveDate)],
        employer: Option<&'b OrganisationId>,
    ) -> impl Iterator<Item = Found<'b>> {
        let employer = employer.or(self.scope.organisation.as_ref());
        let with_hires = self.source.outcomes().filter(|(_, row)| !row.hires.is_empty());
        let of_cohort = with_hires.filter_map(|(person, row)| {
            let found = ended.binary_search_by_key(&person, |(person, _)| *person).ok()?;
            Some((person, ended[found].1, row))
        });
        of_cohort
            .flat_map(|(person, last_day, row)| row.hires.iter().map(move |hire| (person, last_day, hire)))
            .filter(move |(_, _, hire)| employer.is_none_or(|employer| hire.employer == *employer))
    }
}

/// How many distinct persons.
fn persons<'a>(found: impl Iterator<Item = Found<'a>>) -> usize {
    super::accompanied::distinct(found.map(|(person, _, _)| person).collect()).len()
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, at, year};
    use super::super::{Exact, Indicators};
    use super::*;
    use crate::past::day;

    fn active(figures: &Indicators<'_, World>, on: &str) -> Exact {
        figures.hired_active_at(year(2020), day(on), None).numerator
    }

    #[test]
    fn who_was_hired_and_left_again_is_counted_by_one_definition_only() {
        let mut world = World::default();
        world.engaged(1, "2019-01-01", Some("2020-12-31"));
        world.hired(1, "2021-01-04", Some("2021-04-17"));
        let figures = world.figures_of("samusocial");
        assert_eq!(active(&figures, "2021-04-17"), 1.into(), "the last day is included");
        assert_eq!(active(&figures, "2021-04-18"), 0.into());
        let signed = figures.hired_signed_by(year(2020), day("2021-04-18"), None, None);
        assert_eq!((signed.first_kind.numerator, signed.any_kind.numerator), (1.into(), 1.into()));
    }

    #[test]
    fn only_the_cohort_and_the_employer_asked_for_count() {
        let mut world = World::default();
        world.engaged(1, "2019-01-01", Some("2021-01-01"));
        world.hired(1, "2021-01-04", None);
        world.engaged(2, "2019-01-01", Some("2020-01-01"));
        world.hired(2, "2021-01-04", None).employer = at("bakery");
        assert_eq!(active(&world.figures_of("samusocial"), "2021-04-18"), 0.into());
        assert_eq!(active(&world.figures(), "2021-04-18"), 1.into(), "any employer where no organisation is in scope");
        let bakery = world.figures_of("samusocial").hired_active_at(year(2020), day("2021-04-18"), Some(&at("bakery")));
        assert_eq!(bakery.numerator, 1.into());
    }

    #[test]
    fn the_window_opens_ninety_days_before_the_end_of_the_spell() {
        let mut world = World::default();
        // 2 October 2020 is ninety days before 31 December 2020.
        for (who, signed) in [(1, "2020-10-01"), (2, "2020-10-02"), (3, "2021-06-30"), (4, "2021-07-01")] {
            world.engaged(who, "2019-01-01", Some("2020-12-31"));
            world.hired(who, signed, None);
        }
        let by = world.figures().hired_signed_by(year(2020), day("2021-06-30"), None, None);
        assert_eq!(by.first_kind.numerator, 2.into());
        let rate = world.figures().hire_rate(year(2020), day("2021-06-30"), None);
        assert_eq!(rate.value(), Some(Exact::new(1, 2)));
    }

    #[test]
    fn the_kind_is_that_of_the_first_hire() {
        let mut world = World::default();
        world.engaged(1, "2019-01-01", Some("2020-12-31"));
        world.hired(1, "2021-06-01", None).kind = ContractKind::Cdi;
        world.hired(1, "2021-01-04", Some("2021-05-31"));
        let of = |kind| world.figures().hired_signed_by(year(2020), day("2021-12-31"), None, Some(kind));
        assert_eq!(
            (of(ContractKind::Cdd).first_kind.numerator, of(ContractKind::Cdi).first_kind.numerator),
            (1.into(), 0.into())
        );
        assert_eq!(
            (of(ContractKind::Cdd).any_kind.numerator, of(ContractKind::Cdi).any_kind.numerator),
            (1.into(), 1.into())
        );
    }
}
