//! The return to aid after an exit from a pathway (rechute au CPAS).

use super::figure::{Figure, whole};
use super::survival::{Curve, Watched};
use super::{Exact, Indicators, Period, Source};
use chrono::NaiveDate;
use domain::codes::AidKind;
use domain::ids::PersonId;
use domain::law::add_months;
use domain::pathway::Outcome;

/// Who came back to aid within some months of leaving.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnToAid {
    /// Persons who came back over persons who left. Unknown: not back, and the months are not over.
    pub returned: Figure,
    /// The risk of coming back, with those who died or whose months are not over watched as long as they could be.
    pub risk: Figure,
    /// The curve by days; who was watched to the end of the months stays in it.
    pub curve: Curve,
}

/// A chain of grants of one person without a gap: first day, and first day without aid.
type OnAid = (PersonId, NaiveDate, Option<NaiveDate>);

impl<S: Source> Indicators<'_, S> {
    /// Persons who left a pathway of the organisation in a period, otherwise than to aid or by death, and who were
    /// granted integration income or its equivalent within so many months. Definition 1. Source: 003:31.
    ///
    /// Grants of any organisation that is known here count; one that follows another without a day between goes on with
    /// it. Several exits in the period: the last. Who is on aid on the day of the exit and stays on it to the end of
    /// the months, or to today, never left and is not in the cohort.
    #[must_use]
    pub fn return_to_aid(&self, left_in: Period, months: u16) -> ReturnToAid {
        let aid = self.on_aid();
        let mut watched = Vec::new();
        let (mut returned, mut open) = (0, 0);
        for (person, left, died_on) in self.exits(left_in) {
            let until = add_months(left, months.into());
            let first = aid.partition_point(|(other, _, _)| *other < person);
            let of_person = || aid[first..].iter().take_while(|(other, _, _)| *other == person);
            let to = until.min(self.today);
            if of_person().any(|(_, from, ended)| *from <= left && ended.is_none_or(|ended| to < ended)) {
                continue;
            }
            let back = of_person().map(|(_, from, _)| *from).find(|from| left < *from && *from <= to);
            let stop = died_on.map_or(self.today, |died| died.min(self.today));
            returned += usize::from(back.is_some());
            open += usize::from(back.is_none() && died_on.is_none() && self.today < until);
            watched.push(match back {
                Some(back) => Watched { days: (back - left).num_days(), happened: true },
                None if stop < until => Watched { days: (stop - left).num_days(), happened: false },
                None => Watched::TO_THE_END,
            });
        }
        let persons = watched.len();
        let curve = Curve::of(watched);
        let risk = Exact::from_integer(1) - curve.survival(i64::MAX - 1);
        let denominator = if persons == 0 { 0 } else { *risk.denom() };
        ReturnToAid {
            returned: Figure::ratio(whole(returned), whole(persons)).unknown(open),
            risk: Figure::ratio((*risk.numer()).into(), denominator.into()).unknown(open),
            curve,
        }
    }

    /// The last exit of each person in the period, and the day of death, in order of person.
    fn exits(&self, left_in: Period) -> Vec<(PersonId, NaiveDate, Option<NaiveDate>)> {
        let mut exits = Vec::new();
        for (person, row) in self.source.outcomes() {
            let counts = |outcome: Outcome| match outcome {
                Outcome::Aid | Outcome::Death => false,
                Outcome::Employment
                | Outcome::Training
                | Outcome::RightsOpened
                | Outcome::Moved
                | Outcome::Abandoned
                | Outcome::Other => true,
            };
            let in_period = row.exits.iter().filter(|exit| left_in.contains(exit.on) && exit.on <= self.today);
            let last = in_period.filter(|exit| counts(exit.outcome) && self.scope.holds(&exit.organisation));
            exits.extend(last.map(|exit| exit.on).max().map(|on| (person, on, row.died_on)));
        }
        exits.sort_by_key(|(person, on, _)| (*person, std::cmp::Reverse(*on)));
        exits.dedup_by_key(|(person, _, _)| *person);
        exits
    }

    /// When each person was on integration income or its equivalent, in order.
    fn on_aid(&self) -> Vec<OnAid> {
        let aided = self.source.aids().filter(|(_, row)| matches!(row.kind, AidKind::Ris | AidKind::Eris));
        let holds_a_day = |from: NaiveDate, ended: Option<NaiveDate>| ended.is_none_or(|ended| from < ended);
        let mut grants: Vec<OnAid> = aided
            .filter_map(|(person, row)| {
                Some((person, row.from.filter(|from| holds_a_day(*from, row.ended_on))?, row.ended_on))
            })
            .collect();
        grants.sort_unstable();
        let mut chained: Vec<OnAid> = Vec::with_capacity(grants.len());
        for (person, from, ended) in grants {
            match chained.last_mut() {
                Some((other, _, until)) if *other == person && until.is_none_or(|until| from <= until) => {
                    *until = until.zip(ended).map(|(one, other)| one.max(other));
                }
                _ => chained.push((person, from, ended)),
            }
        }
        chained
    }
}

#[cfg(test)]
mod tests {
    use super::super::Indicators;
    use super::super::world::{World, at, year};
    use super::*;
    use crate::outcomes::Exit;
    use crate::past::day;
    use domain::ids::PathwayId;

    fn left(world: &mut World, who: u128, on: &str, outcome: Outcome) {
        let pathway = PathwayId(world.id());
        let exit = Exit { pathway, organisation: at("cpas"), on: day(on), outcome, reopened_on: None };
        world.outcome(who).exits.push(exit);
    }

    #[test]
    fn a_grant_after_the_exit_up_to_the_last_day_is_a_return() {
        let mut world = World::default();
        for who in 1..=7 {
            left(&mut world, who, "2021-08-31", if who == 7 { Outcome::Aid } else { Outcome::Employment });
        }
        // Six months after 31 August end on 28 February.
        world.aided(1, AidKind::Ris, "2022-02-28", None);
        world.aided(2, AidKind::Eris, "2022-03-01", None);
        world.aided(3, AidKind::Rsa, "2021-10-01", None);
        // Never left: one grant follows the other without a day between.
        world.aided(4, AidKind::Ris, "2021-01-01", Some("2021-10-01"));
        world.aided(4, AidKind::Eris, "2021-10-01", None);
        // Left later, and came back.
        world.aided(5, AidKind::Ris, "2021-01-01", Some("2021-10-01"));
        world.aided(5, AidKind::Ris, "2021-10-02", None);
        let told = world.figures().return_to_aid(year(2021), 6);
        assert_eq!((told.returned.numerator, told.returned.denominator), (2.into(), Some(5.into())));
        assert_eq!(told.risk.value(), Some(Exact::new(2, 5)), "everybody was watched to the end");
    }

    #[test]
    fn who_died_or_is_still_watched_leaves_the_risk_set() {
        let mut world = World::default();
        for (who, on) in [(1, "2021-03-01"), (2, "2021-03-01"), (3, "2021-03-01"), (4, "2021-06-01")] {
            left(&mut world, who, on, Outcome::Employment);
        }
        world.outcome(2).died_on = Some(day("2021-03-11"));
        world.aided(1, AidKind::Ris, "2021-05-10", None);
        let figures = Indicators { today: day("2021-06-30"), ..world.figures() };
        let told = figures.return_to_aid(year(2021), 3);
        // After 70 days one of two: the second died on day 10, the fourth is watched for 29 days so far.
        assert_eq!(told.risk.value(), Some(Exact::new(1, 2)));
        assert_eq!((told.returned.numerator, told.returned.denominator), (1.into(), Some(4.into())));
        assert_eq!(told.returned.unknown, 1);
    }
}
