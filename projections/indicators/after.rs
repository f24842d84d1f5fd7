//! What follows the exit: employment at, within and throughout some months, and the return to aid.
//!
//! Months after the exit count from the last day of the person's last spell of the cohort. A new insertion contract is
//! not employment. Death ends every expectation: who died by the day asked about has left the cohort.

use super::figure::{Figure, whole};
use super::period::later;
use super::{Indicators, Period, Source};
use crate::engagements;
use crate::outcomes::{FollowUp, Hire, Row};
use chrono::NaiveDate;
use domain::ids::PersonId;
use domain::law::add_months;

/// How the persons of a cohort fare on a day some months after their exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sustained {
    /// Employed that day.
    pub employed: u64,
    /// Not employed that day.
    pub not_employed: u64,
    /// Not known, the day to come included.
    pub unknown: u64,
    /// Of the unknown, those whose day is still to come.
    pub not_due: u64,
    /// Died before: of no count.
    pub died: u64,
    /// Employed over those who are known.
    pub of_known: Figure,
    /// Employed over all, the unknown included.
    pub of_all: Figure,
}

/// What is known of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Yes,
    No,
    Unknown,
    NotDue,
    Died,
}

/// One person of a cohort, with everything told of what followed.
#[derive(Debug, Clone, Default)]
struct Followed<'a> {
    left: NaiveDate,
    hires: Vec<&'a Hire>,
    follow_ups: Vec<&'a FollowUp>,
    engagements: Vec<&'a engagements::Row>,
    died_on: Option<NaiveDate>,
}

impl<S: Source> Indicators<'_, S> {
    /// Persons whose spell ended in the cohort's period and who are employed on the day so many months later.
    /// Definition 1.
    ///
    /// A job active that day; else the follow-up made for these months whose day is nearest, at most 15 days off, the
    /// later of two as near; else an insertion contract active that day, which is no employment. Otherwise unknown.
    #[must_use]
    pub fn sustained(&self, cohort: Period, months: u16) -> Sustained {
        let fates = self.each(cohort, |one| one.sustained(months, self.today, self.definitions.observation_days));
        let count = |fate: Fate| fates.iter().filter(|one| **one == fate).count();
        let (employed, not_employed) = (count(Fate::Yes), count(Fate::No));
        let unknown = count(Fate::Unknown) + count(Fate::NotDue);
        let rate = |of: usize| Figure::ratio(whole(employed), whole(of)).unknown(unknown);
        Sustained {
            employed: employed as u64,
            not_employed: not_employed as u64,
            unknown: unknown as u64,
            not_due: count(Fate::NotDue) as u64,
            died: count(Fate::Died) as u64,
            of_known: rate(employed + not_employed),
            of_all: rate(employed + not_employed + unknown),
        }
    }

    /// Persons whose spell ended in the cohort's period and for whom a job began, or a follow-up told of one, in the
    /// so many months after, over the cohort. Definition 1. "Within" is more than "at": the label must say which.
    ///
    /// Unknown: no job, and nobody asked in that time; or the time is not over.
    #[must_use]
    pub fn employed_within(&self, cohort: Period, months: u16) -> Figure {
        self.rate(cohort, |one| one.within(months, self.today))
    }

    /// Persons whose spell ended in the cohort's period and who had a job on every day of the so many months after, but
    /// for gaps of at most seven days in a row, those at both edges included; over the cohort. Definition 1.
    ///
    /// Jobs only: a follow-up tells of one day. Unknown: the time is not over.
    #[must_use]
    pub fn continuously_employed(&self, cohort: Period, months: u16) -> Figure {
        self.rate(cohort, |one| one.throughout(months, self.today, self.definitions.employment_gap_days))
    }

    fn rate(&self, cohort: Period, judge: impl Fn(&Followed<'_>) -> Fate) -> Figure {
        let fates = self.each(cohort, judge);
        let count = |fate: Fate| fates.iter().filter(|one| **one == fate).count();
        let figure = Figure::ratio(whole(count(Fate::Yes)), whole(fates.len() - count(Fate::Died)));
        figure.unknown(count(Fate::Unknown) + count(Fate::NotDue))
    }

    fn each(&self, cohort: Period, judge: impl Fn(&Followed<'_>) -> Fate) -> Vec<Fate> {
        self.followed(cohort).iter().map(judge).collect()
    }

    fn followed(&self, cohort: Period) -> Vec<Followed<'_>> {
        let ended = self.ended(cohort);
        let mut followed: Vec<Followed<'_>> =
            ended.iter().map(|(_, left)| Followed { left: *left, ..Followed::default() }).collect();
        let find = |person: PersonId| ended.binary_search_by_key(&person, |(person, _)| *person).ok();
        for (person, row) in self.source.outcomes() {
            if let Some(index) = find(person) {
                followed[index].add(row);
            }
        }
        for (person, row) in self.source.engagements() {
            if let Some(index) = find(person) {
                followed[index].engagements.push(row);
            }
        }
        followed
    }
}

impl<'a> Followed<'a> {
    fn add(&mut self, row: &'a Row) {
        self.hires.extend(&row.hires);
        self.follow_ups.extend(&row.follow_ups);
        self.died_on = self.died_on.or(row.died_on);
    }

    fn sustained(&self, months: u16, today: NaiveDate, window: i64) -> Fate {
        let on = add_months(self.left, months.into());
        if self.died_on.is_some_and(|died| died < on) {
            return Fate::Died;
        }
        if on > today {
            return Fate::NotDue;
        }
        if self.hires.iter().any(|hire| hire.active_on(on)) {
            return Fate::Yes;
        }
        let distance = |one: &FollowUp| (one.on - on).num_days().abs();
        let asked = self.follow_ups.iter().filter(|one| one.at_months == months && distance(one) <= window);
        match asked.min_by_key(|one| (distance(one), std::cmp::Reverse(one.on))).map(|one| one.situation.employed()) {
            Some(Some(true)) => Fate::Yes,
            Some(Some(false)) => Fate::No,
            Some(None) => Fate::Unknown,
            None if self.engagements.iter().any(|row| row.active_on(on)) => Fate::No,
            None => Fate::Unknown,
        }
    }

    fn within(&self, months: u16, today: NaiveDate) -> Fate {
        let until = add_months(self.left, months.into());
        let lies_within = |on: NaiveDate| self.left < on && on <= until && on <= today;
        let asked = self.follow_ups.iter().filter(|one| lies_within(one.on)).map(|one| one.situation.employed());
        if self.hires.iter().any(|hire| lies_within(hire.start)) || asked.clone().any(|told| told == Some(true)) {
            Fate::Yes
        } else if self.died_on.is_some_and(|died| died <= until) {
            Fate::Died
        } else if until > today {
            Fate::NotDue
        } else if asked.clone().any(|told| told == Some(false)) {
            Fate::No
        } else {
            Fate::Unknown
        }
    }

    fn throughout(&self, months: u16, today: NaiveDate, gap_days: i64) -> Fate {
        let until = add_months(self.left, months.into());
        if self.died_on.is_some_and(|died| died < until) {
            return Fate::Died;
        }
        if until > today {
            return Fate::NotDue;
        }
        let mut jobs: Vec<(NaiveDate, NaiveDate)> =
            self.hires.iter().map(|hire| (hire.start, hire.last_day.unwrap_or(NaiveDate::MAX))).collect();
        jobs.sort_unstable();
        let mut covered = self.left;
        for (start, last_day) in jobs.into_iter().chain([(later(until, 1), NaiveDate::MAX)]) {
            if last_day < start || covered >= until {
                continue;
            }
            if (start - covered).num_days() - 1 > gap_days {
                return Fate::No;
            }
            covered = covered.max(last_day);
        }
        Fate::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::super::Indicators;
    use super::super::world::{World, year};
    use super::*;
    use crate::past::day;
    use domain::hiring::Situation;

    fn left(world: &mut World, who: u128, on: &str) {
        world.engaged(who, "2020-01-01", Some(on));
    }

    fn asked(world: &mut World, who: u128, on: &str, at_months: u16, situation: Situation) {
        world.outcome(who).follow_ups.push(FollowUp { on: day(on), at_months, situation });
    }

    #[test]
    fn a_job_beats_a_follow_up_and_who_was_not_asked_is_unknown() {
        let mut world = World::default();
        // Six months after 31 August 2021 is 28 February 2022.
        for who in 1..=8 {
            left(&mut world, who, "2021-08-31");
        }
        world.hired(1, "2021-10-01", Some("2022-02-28"));
        asked(&mut world, 1, "2022-02-28", 6, Situation::Unemployed);
        world.hired(2, "2021-10-01", Some("2022-02-27"));
        asked(&mut world, 3, "2022-03-15", 6, Situation::EmployedCdd);
        asked(&mut world, 4, "2022-03-16", 6, Situation::EmployedCdd);
        asked(&mut world, 5, "2022-02-28", 3, Situation::EmployedCdd);
        asked(&mut world, 6, "2022-02-20", 6, Situation::EmployedCdi);
        asked(&mut world, 6, "2022-03-01", 6, Situation::Aid);
        world.engaged(7, "2022-01-01", None);
        world.outcome(8).died_on = Some(day("2022-01-01"));
        let told = world.figures().sustained(year(2021), 6);
        assert_eq!((told.employed, told.not_employed, told.unknown, told.died), (2, 2, 3, 1));
        assert_eq!(
            (told.of_known.value(), told.of_all.denominator),
            (Some(super::super::Exact::new(1, 2)), Some(7.into()))
        );
    }

    #[test]
    fn a_day_to_come_is_unknown_and_not_due() {
        let mut world = World::default();
        left(&mut world, 1, "2021-08-31");
        world.hired(1, "2021-10-01", None);
        let figures = Indicators { today: day("2022-02-27"), ..world.figures() };
        let told = figures.sustained(year(2021), 6);
        assert_eq!((told.employed, told.unknown, told.not_due), (0, 1, 1));
        let within = figures.employed_within(year(2021), 6);
        assert_eq!((within.numerator, within.unknown), (1.into(), 0), "a job that began is known already");
    }

    #[test]
    fn within_counts_what_begins_after_the_exit_up_to_the_last_day() {
        let mut world = World::default();
        for who in 1..=6 {
            left(&mut world, who, "2021-08-31");
        }
        world.hired(1, "2021-08-31", None);
        world.hired(2, "2021-09-01", Some("2021-09-02"));
        world.hired(3, "2022-02-28", None);
        world.hired(4, "2022-03-01", None);
        asked(&mut world, 5, "2021-11-30", 3, Situation::EmployedInterim);
        asked(&mut world, 6, "2021-11-30", 3, Situation::Unemployed);
        let told = world.figures().employed_within(year(2021), 6);
        assert_eq!((told.numerator, told.denominator, told.unknown), (3.into(), Some(6.into()), 2));
    }

    #[test]
    fn a_gap_of_eight_days_breaks_continuity_at_the_edges_too() {
        let mut world = World::default();
        for who in 1..=5 {
            left(&mut world, who, "2021-08-31");
        }
        // The window runs from 1 September to 30 November.
        world.hired(1, "2021-09-08", Some("2021-10-31"));
        world.hired(1, "2021-11-08", Some("2021-11-23"));
        world.hired(2, "2021-09-09", None);
        world.hired(3, "2021-09-01", Some("2021-11-22"));
        world.hired(4, "2021-01-01", None);
        let told = world.figures().continuously_employed(year(2021), 3);
        assert_eq!((told.numerator, told.denominator, told.unknown), (2.into(), Some(5.into()), 0));
    }
}
