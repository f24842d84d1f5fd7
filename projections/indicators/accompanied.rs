//! How many persons were accompanied, whose contract ended, and who goes on.

use super::figure::{Figure, whole};
use super::spells::{self, Spell};
use super::{Indicators, Period, Source};
use crate::engagements;
use chrono::NaiveDate;
use domain::codes::AidKind;
use domain::ids::PersonId;

/// By what a person counts as accompanied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// By an engagement in scope that is active.
    #[default]
    Engagement,
    /// By an open pathway of the organisation.
    Pathway,
}

impl<S: Source> Indicators<'_, S> {
    /// Distinct persons accompanied on at least one day of the period. Definition 1.
    ///
    /// By default those with an engagement in scope active that day, first and last day included.
    /// With a `status` the basis is the pathway: an open pathway of the organisation, and aid of that kind, of whichever
    /// organisation, running on one and the same day. Source: 000:13, 001:9, 001:11, 004:46.
    #[must_use]
    pub fn persons_accompanied(&self, period: Period, basis: Option<Basis>, status: Option<AidKind>) -> Figure {
        match (basis, status) {
            (_, Some(status)) => self.growing(period, |part| whole(self.with_aid(part, status).len())),
            (Some(Basis::Pathway), None) => self.growing(period, |part| whole(self.on_a_pathway(part).len())),
            (Some(Basis::Engagement) | None, None) => self.growing(period, |part| whole(self.engaged(part).len())),
        }
    }

    /// Distinct persons with a spell that ended in the period, its last day in it; 31 December counts in its year.
    /// Definition 1.
    ///
    /// With an organisation: the spell ended with an engagement there. Source: 000:13, 001:9.
    #[must_use]
    pub fn persons_contract_ended(&self, period: Period) -> Figure {
        self.growing(period, |part| whole(self.ended(part).len()))
    }

    /// Persons accompanied without a spell that ended in the period: accompanied = ended + continuing, always.
    /// Definition 1.
    ///
    /// It is not the stock of the last day: who ends on 31 December is in that stock and does not continue.
    #[must_use]
    pub fn continuing(&self, period: Period) -> Figure {
        let going_on = |part: Period| {
            let ended = self.ended(period);
            let stays = |person: &PersonId| ended.binary_search_by_key(person, |(person, _)| *person).is_err();
            whole(self.engaged(part).into_iter().filter(stays).count())
        };
        self.growing(period, going_on)
    }

    /// Persons with an engagement in scope active in the period, in order, each once.
    pub(crate) fn engaged(&self, period: Period) -> Vec<PersonId> {
        let worked = |row: &engagements::Row| {
            row.worked().is_some_and(|(start, last_day)| period.shared(start, last_day).is_some())
        };
        let active = self.source.engagements().filter(|(_, row)| worked(row) && self.scope.engagement(row));
        distinct(active.map(|(person, _)| person).collect())
    }

    /// Persons with a spell that ended in the period, in order, each once, with the last day of the last such spell.
    ///
    /// Months after the exit count from that day.
    pub(crate) fn ended(&self, period: Period) -> Vec<(PersonId, NaiveDate)> {
        let mut stints = spells::stints(self.source, self.scope.measure);
        let mut ended: Vec<(PersonId, NaiveDate)> = Vec::new();
        for spell in spells::chain(&mut stints, self.definitions.spell_gap_days) {
            let Some(last_day) = spell.last_day.filter(|day| period.contains(*day) && self.ends_in_scope(&spell))
            else {
                continue;
            };
            match ended.last_mut() {
                Some((person, last)) if *person == spell.person() => *last = last_day.max(*last),
                _ => ended.push((spell.person(), last_day)),
            }
        }
        ended
    }

    fn ends_in_scope(&self, spell: &Spell<'_, '_>) -> bool {
        self.scope.organisation.is_none() || spell.last_hosts().any(|host| self.scope.holds(host))
    }

    fn on_a_pathway(&self, period: Period) -> Vec<PersonId> {
        let pathways = self.source.cells().filter(|(_, row)| self.scope.holds(&row.organisation));
        let open = pathways.filter(|(_, row)| {
            row.open.iter().any(|open| period.shared_until(open.from, open.closed.map(|(on, _)| on)).is_some())
        });
        distinct(open.map(|(person, _)| person).collect())
    }

    fn with_aid(&self, period: Period, status: AidKind) -> Vec<PersonId> {
        let of_status = self.source.aids().filter(|(_, row)| row.kind == status);
        let mut aided: Vec<(PersonId, Period)> = of_status
            .filter_map(|(person, row)| Some((person, period.shared_until(row.from?, row.ended_on)?)))
            .collect();
        aided.sort_by_key(|(person, _)| *person);
        let pathways = self.source.cells().filter(|(_, row)| self.scope.holds(&row.organisation));
        let both = pathways.filter(|(person, row)| {
            let first = aided.partition_point(|(other, _)| other < person);
            let mut of_person = aided[first..].iter().take_while(|(other, _)| other == person);
            of_person.any(|(_, aid)| {
                row.open.iter().any(|open| aid.shared_until(open.from, open.closed.map(|(on, _)| on)).is_some())
            })
        });
        distinct(both.map(|(person, _)| person).collect())
    }
}

/// The persons in order, each once.
pub(crate) fn distinct<Id: Ord>(mut persons: Vec<Id>) -> Vec<Id> {
    // A stable sort is the faster one here: rows come person by person.
    persons.sort();
    persons.dedup();
    persons
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, at, person, year};
    use super::super::{Exact, Indicators, Scope};
    use super::*;
    use crate::past::day;
    use domain::codes::{Cell, Measure};

    fn told(figures: &Indicators<'_, World>, period: Period) -> (Exact, Exact, Exact) {
        let figures = [
            figures.persons_accompanied(period, None, None),
            figures.persons_contract_ended(period),
            figures.continuing(period),
        ];
        (figures[0].numerator, figures[1].numerator, figures[2].numerator)
    }

    fn whole(one: i128, two: i128, three: i128) -> (Exact, Exact, Exact) {
        (one.into(), two.into(), three.into())
    }

    #[test]
    fn the_last_day_of_the_year_counts_in_it() {
        let mut world = World::default();
        world.engaged(1, "2021-01-01", Some("2022-12-31"));
        world.engaged(2, "2022-12-31", None);
        world.engaged(3, "2023-01-01", None);
        world.engaged(4, "2021-01-01", Some("2021-12-31"));
        assert_eq!(told(&world.figures(), year(2022)), whole(2, 1, 1));
    }

    #[test]
    fn two_consecutive_contracts_of_one_person_count_once() {
        let mut world = World::default();
        // Until 29 February of a leap year, and on from the next day.
        world.engaged(1, "2019-03-01", Some("2020-02-29"));
        world.engaged(1, "2020-03-01", None);
        assert_eq!(told(&world.figures(), year(2020)), whole(1, 0, 1));
    }

    #[test]
    fn a_gap_of_one_day_ends_the_spell() {
        let mut world = World::default();
        world.engaged(1, "2019-03-01", Some("2020-02-28"));
        world.engaged(1, "2020-03-01", None);
        assert_eq!(told(&world.figures(), year(2020)), whole(1, 1, 0));
        let mut figures = world.figures();
        figures.definitions.spell_gap_days = 1;
        assert_eq!(told(&figures, year(2020)), whole(1, 0, 1));
    }

    #[test]
    fn another_measure_is_another_spell() {
        let mut world = World::default();
        world.engaged(1, "2021-01-01", Some("2022-06-30"));
        world.engaged(1, "2022-07-01", None).measure = Measure::Acs;
        assert_eq!(told(&world.figures(), year(2022)), whole(1, 1, 0));
        let scope = Scope { organisation: None, measure: Some(Measure::Acs) };
        assert_eq!(told(&Indicators { scope, ..world.figures() }, year(2022)), whole(1, 0, 1));
    }

    #[test]
    fn a_move_to_another_host_is_no_end_for_either() {
        let mut world = World::default();
        world.engaged(1, "2021-01-01", Some("2022-06-30"));
        world.engaged(1, "2022-07-01", Some("2022-09-30")).organisation = at("other-host");
        assert_eq!(told(&world.figures_of("samusocial"), year(2022)), whole(1, 0, 1));
        assert_eq!(told(&world.figures_of("other-host"), year(2022)), whole(1, 1, 0));
        assert_eq!(told(&world.figures(), year(2022)), whole(1, 1, 0));
    }

    #[test]
    fn a_short_contract_within_a_long_one_does_not_end_the_spell() {
        let mut world = World::default();
        world.engaged(1, "2021-01-01", Some("2023-06-30"));
        world.engaged(1, "2022-02-01", Some("2022-03-31"));
        assert_eq!(told(&world.figures(), year(2022)), whole(1, 0, 1));
    }

    #[test]
    fn months_after_the_exit_count_from_the_last_spell() {
        let mut world = World::default();
        world.engaged(1, "2022-07-01", Some("2022-10-31"));
        world.engaged(1, "2021-01-01", Some("2022-02-28"));
        assert_eq!(world.figures().ended(year(2022)), [(person(1), day("2022-10-31"))]);
    }

    #[test]
    fn an_engagement_cancelled_or_ended_before_it_began_is_none() {
        let mut world = World::default();
        world.engaged(1, "2022-01-01", None).counts = false;
        world.engaged(2, "2022-02-01", Some("2022-01-31"));
        assert_eq!(told(&world.figures(), year(2022)), whole(0, 0, 0));
    }

    #[test]
    fn what_lies_after_today_is_told_apart() {
        let mut world = World::default();
        world.engaged(1, "2022-01-01", Some("2022-12-31"));
        world.engaged(2, "2022-09-01", None);
        let figures = Indicators { today: day("2022-08-31"), ..world.figures() };
        let accompanied = figures.persons_accompanied(year(2022), None, None);
        assert_eq!((accompanied.numerator, accompanied.future), (2.into(), 1.into()));
        let ended = figures.persons_contract_ended(year(2022));
        assert_eq!((ended.numerator, ended.future), (1.into(), 1.into()));
        assert_eq!(figures.persons_contract_ended(year(2021)).future, 0.into());
    }

    #[test]
    fn a_status_is_an_open_pathway_and_aid_of_that_kind_on_one_day() {
        let mut world = World::default();
        for who in 1..=4 {
            world.file(who, &[(Some(Cell::Employment), "2019-01-01")]);
        }
        world.aided(1, AidKind::Rsa, "2019-06-01", None).organisation = at("departement-manche");
        world.aided(2, AidKind::Rsa, "2018-01-01", Some("2019-11-28"));
        world.aided(3, AidKind::Ris, "2018-01-01", None);
        world.aided(5, AidKind::Rsa, "2018-01-01", None);
        let figures = world.figures_of("cpas");
        let on = |day| figures.persons_accompanied(Period::day(day), None, Some(AidKind::Rsa)).numerator;
        assert_eq!(on(day("2019-11-28")), 1.into(), "the first day without aid is without");
        assert_eq!(on(day("2019-11-27")), 2.into());
        let basis = figures.persons_accompanied(year(2019), Some(Basis::Pathway), None);
        assert_eq!(basis.numerator, 4.into());
    }
}
