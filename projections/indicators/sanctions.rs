//! Suspensions of payment: how many, how long, how many deferred, how many annulled.

use super::figure::{Figure, whole};
use super::{Exact, Indicators, Period, Source};
use crate::sanctions::{Decided, Row};
use domain::ids::PersonId;
use domain::sanction::SanctionFamily;

/// The suspensions of payment decided in a period, annulled ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SanctionTotals {
    /// For a project that is not respected.
    pub project: Figure,
    /// For means that were not declared.
    pub means: Figure,
    /// Calendar days of suspension, deferred ones included, over sanctions.
    pub mean_days: Figure,
    /// Those wholly deferred, over sanctions.
    pub wholly_deferred: Figure,
    /// Those partly deferred, over sanctions.
    pub partly_deferred: Figure,
    /// Those annulled since, by a court or by the CPAS, over sanctions.
    pub annulled: Figure,
}

impl<S: Source> Indicators<'_, S> {
    /// The suspensions of payment decided in a period (law of 26 May 2002, article 30). Definition 1.
    ///
    /// Each counts on the day of its decision. With an organisation in scope, those of persons whom it granted an aid
    /// that runs on that day; unknown are then those of persons with no aid on that day. The measure is of no matter.
    #[must_use]
    pub fn sanctions(&self, period: Period) -> SanctionTotals {
        let decided: Vec<(&Row, &Decided)> = self.decided(period).collect();
        let unknown = self.of_nobody(period);
        let of = |family: SanctionFamily| {
            let in_part =
                |part: Period| whole(self.decided(part).filter(|(_, decided)| decided.family == family).count());
            self.growing(period, in_part).unknown(unknown)
        };
        let share = |holds: fn(&Row, &Decided) -> bool| {
            let held = decided.iter().filter(|(row, decided)| holds(row, decided)).count();
            Figure::ratio(whole(held), whole(decided.len())).unknown(unknown)
        };
        let days: i128 = decided.iter().map(|(_, decided)| i128::from(decided.suspension.days())).sum();
        SanctionTotals {
            project: of(SanctionFamily::Project),
            means: of(SanctionFamily::Means),
            mean_days: Figure::ratio(Exact::from_integer(days), whole(decided.len())).unknown(unknown),
            wholly_deferred: share(|_, decided| deferred(decided) && all_of_it(decided)),
            partly_deferred: share(|_, decided| deferred(decided) && !all_of_it(decided)),
            annulled: share(|row, _| row.annulled.is_some()),
        }
    }

    fn decided(&self, period: Period) -> impl Iterator<Item = (&Row, &Decided)> {
        self.all_decided(period)
            .filter(|(person, _, decided)| self.grants_aid(*person, decided) == Some(true))
            .map(|(_, row, decided)| (row, decided))
    }

    /// Sanctions that no organisation can be told of.
    fn of_nobody(&self, period: Period) -> usize {
        self.all_decided(period).filter(|(person, _, decided)| self.grants_aid(*person, decided).is_none()).count()
    }

    fn all_decided(&self, period: Period) -> impl Iterator<Item = (PersonId, &Row, &Decided)> {
        let decided = self.source.sanctions().filter_map(|(person, row)| Some((person, row, row.decided.as_ref()?)));
        decided.filter(move |(_, _, decided)| period.contains(decided.on))
    }

    /// True if the organisation in scope grants the person aid on the day of the decision; none if nobody does.
    fn grants_aid(&self, person: PersonId, decided: &Decided) -> Option<bool> {
        let Some(organisation) = &self.scope.organisation else { return Some(true) };
        let mut granted =
            self.source.aids().filter(|(who, row)| *who == person && row.running_on(decided.on)).peekable();
        granted.peek()?;
        Some(granted.any(|(_, row)| row.organisation == *organisation))
    }
}

fn deferred(decided: &Decided) -> bool {
    decided.suspension.deferred_days > 0
}

fn all_of_it(decided: &Decided) -> bool {
    decided.suspension.deferred_days >= decided.suspension.days()
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, person, year};
    use super::*;
    use crate::past::day;
    use domain::codes::AidKind;
    use domain::ids::SanctionId;
    use domain::sanction::{AnnulledBy, Suspension};

    fn sanction(world: &mut World, who: u128, on: &str, family: SanctionFamily, (days, deferred): (u64, u32)) {
        let first_day = day("2022-05-01");
        let last_day = first_day + chrono::Days::new(days - 1);
        let suspension = Suspension { share: 100, first_day, last_day, deferred_days: deferred };
        let decided = Decided { on: day(on), family, suspension, notified_on: day(on), recurrence_of: None };
        let row = Row {
            sanction: SanctionId(world.id()),
            piis: None,
            notice_on: None,
            offered: Vec::new(),
            heard: Vec::new(),
            decided: Some(decided),
            annulled: None,
        };
        world.sanctions.push((person(who), row));
    }

    /// Four in 2022: 30, 30, 15 and 45 days; one wholly and one partly deferred, one annulled.
    fn world() -> World {
        let mut world = World::default();
        world.aided(1, AidKind::Ris, "2021-01-01", None);
        world.aided(2, AidKind::Ris, "2021-01-01", Some("2022-06-01"));
        sanction(&mut world, 1, "2022-01-01", SanctionFamily::Project, (30, 0));
        sanction(&mut world, 1, "2022-12-31", SanctionFamily::Project, (30, 30));
        sanction(&mut world, 2, "2022-05-31", SanctionFamily::Means, (15, 5));
        sanction(&mut world, 2, "2022-06-01", SanctionFamily::Project, (45, 0));
        sanction(&mut world, 1, "2023-01-01", SanctionFamily::Project, (30, 0));
        sanction(&mut world, 1, "2021-12-31", SanctionFamily::Means, (30, 0));
        world.sanctions[3].1.annulled = Some((day("2023-03-01"), AnnulledBy::Court));
        world
    }

    fn parts(figure: &Figure) -> (String, Option<String>) {
        (figure.numerator.to_string(), figure.denominator.map(|it| it.to_string()))
    }

    #[test]
    fn a_sanction_counts_in_the_year_of_its_decision() {
        let told = world().figures().sanctions(year(2022));
        assert_eq!((told.project.numerator, told.means.numerator), (3.into(), 1.into()));
        assert_eq!(parts(&told.mean_days), ("120".into(), Some("4".into())));
        for share in [told.wholly_deferred, told.partly_deferred, told.annulled] {
            assert_eq!(parts(&share), ("1".into(), Some("4".into())));
        }
        assert_eq!(world().figures().sanctions(year(2020)).mean_days.value(), None);
    }

    /// The aid of the second person ended on 1 June: the sanction of that day is told of no organisation.
    #[test]
    fn of_an_organisation_count_those_whom_it_grants_aid_that_day() {
        let told = world().figures_of("cpas").sanctions(year(2022));
        assert_eq!((told.project.numerator, told.means.numerator, told.project.unknown), (2.into(), 1.into(), 1));
        let other = world().figures_of("samusocial").sanctions(year(2022));
        assert_eq!((other.project.numerator, other.annulled.unknown), (0.into(), 1));
    }
}
