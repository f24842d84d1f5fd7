//! Absenteeism: hours absent over hours to be worked.

use super::figure::{Exact, Figure};
use super::hours::HourSum;
use super::{Indicators, Period, Source};
use crate::engagements::{self, Absence};
use domain::contract::AbsenceReason;
use std::collections::BTreeMap;

/// How long somebody was away in one piece, as recorded, whatever the period asked for cuts off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Less than 30 days.
    Short,
    /// From 30 to 365 days.
    Medium,
    /// More than 365 days.
    Long,
}

/// The rate, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absenteeism {
    /// Hours absent over hours scheduled. Unknown are active engagements without any schedule in the period.
    pub rate: Figure,
    /// Hours absent by reason and band, in that order; they add up to the numerator. What is zero is left out.
    pub parts: Vec<(AbsenceReason, Band, Exact)>,
}

/// What is added up over the engagements.
#[derive(Debug, Default)]
struct Tally {
    absent: BTreeMap<(AbsenceReason, Band), HourSum>,
    scheduled: HourSum,
    unknown: usize,
}

impl<S: Source> Indicators<'_, S> {
    /// Hours absent over hours scheduled, of the engagements in scope. Definition 1. Source: 001:42.
    ///
    /// An absence or a schedule that crosses the edge of the period counts by calendar day, as an exact fraction.
    /// Leave and training are no absence. Absences of one engagement that follow each other without a day between
    /// are one piece for the band, whatever their reasons. Without a schedule the absence counts all the same.
    #[must_use]
    pub fn absenteeism_rate(&self, period: Period) -> Absenteeism {
        let tally = self.tally(period);
        let absent =
            self.growing(
                period,
                |part| {
                    if part == period { tally.hours_absent() } else { self.tally(part).hours_absent() }
                },
            );
        let parts = tally.absent.iter().filter(|(_, sum)| !sum.is_zero());
        Absenteeism {
            parts: parts.map(|((reason, band), sum)| (*reason, *band, sum.hours())).collect(),
            rate: Figure { denominator: Some(tally.scheduled.hours()), ..absent }.unknown(tally.unknown),
        }
    }

    fn tally(&self, period: Period) -> Tally {
        let mut tally = Tally::default();
        for (_, row) in self.source.engagements().filter(|(_, row)| self.scope.engagement(row)) {
            let Some((start, last_day)) = row.worked() else { continue };
            tally.add(row, period, period.shared(start, last_day).is_some());
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, row: &engagements::Row, period: Period, active: bool) {
        let mut known = false;
        for one in &row.schedules {
            if let Some(over) = Period::new(one.from, one.until) {
                known |= self.scheduled.add(one.hours, over, period);
            }
        }
        self.unknown += usize::from(active && !known);
        for (absence, band) in banded(&row.absences) {
            let over = Period::new(absence.from, absence.until);
            if let Some(over) = over.filter(|over| period.shared(over.from(), Some(over.to())).is_some()) {
                self.absent.entry((absence.reason, band)).or_default().add(absence.hours, over, period);
            }
        }
    }

    fn hours_absent(&self) -> Exact {
        let mut all = HourSum::default();
        self.absent.values().for_each(|sum| all.add_all(sum));
        all.hours()
    }
}

/// True if the reason makes an absence for the rate.
const fn counts(reason: AbsenceReason) -> bool {
    match reason {
        AbsenceReason::Sick | AbsenceReason::Justified | AbsenceReason::Unjustified => true,
        AbsenceReason::Leave | AbsenceReason::Training => false,
    }
}

/// The absences that count, each with the band of the piece to which it belongs. They come in order of their first day.
fn banded(absences: &[Absence]) -> impl Iterator<Item = (&Absence, Band)> {
    let mut rest = absences;
    let pieces = std::iter::from_fn(move || {
        while rest.first().is_some_and(|one| !counts(one.reason)) {
            rest = &rest[1..];
        }
        let first = rest.first()?;
        let (mut until, mut length) = (first.until, 1);
        for next in &rest[1..] {
            if counts(next.reason) && until.succ_opt().is_some_and(|reach| reach < next.from) {
                break;
            }
            if counts(next.reason) {
                until = until.max(next.until);
            }
            length += 1;
        }
        let (piece, others) = rest.split_at(length);
        rest = others;
        let band = match (until - first.from).num_days() + 1 {
            ..30 => Band::Short,
            30..=365 => Band::Medium,
            _ => Band::Long,
        };
        Some(piece.iter().filter(|one| counts(one.reason)).map(move |one| (one, band)))
    });
    pieces.flatten()
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, hours, period, year};
    use super::*;
    use crate::engagements::Schedule;
    use crate::past::day;

    fn absence(from: &str, until: &str, lost: &str, reason: AbsenceReason) -> Absence {
        Absence { from: day(from), until: day(until), hours: hours(lost), reason }
    }

    fn schedule(from: &str, until: &str, due: &str) -> Schedule {
        Schedule { from: day(from), until: day(until), hours: hours(due) }
    }

    #[test]
    fn the_rate_is_hours_absent_over_hours_scheduled() {
        let mut world = World::default();
        let row = world.engaged(1, "2022-01-01", None);
        row.schedules = vec![schedule("2022-01-01", "2022-12-31", "1600")];
        row.absences = vec![
            // 38 hours over ten days, of which 29, 30 and 31 December: three tenths, 11.4 hours.
            absence("2022-12-29", "2023-01-07", "38", AbsenceReason::Sick),
            absence("2022-03-01", "2022-03-01", "7.6", AbsenceReason::Unjustified),
            absence("2022-08-01", "2022-08-15", "76", AbsenceReason::Leave),
            absence("2022-09-01", "2022-09-02", "15.2", AbsenceReason::Training),
        ];
        let told = world.figures().absenteeism_rate(year(2022));
        assert_eq!(told.rate.numerator, Exact::new(190, 10));
        assert_eq!(told.rate.denominator, Some(Exact::from_integer(1600)));
        assert_eq!(
            told.parts,
            [
                (AbsenceReason::Sick, Band::Short, Exact::new(114, 10)),
                (AbsenceReason::Unjustified, Band::Short, Exact::new(76, 10)),
            ]
        );
    }

    #[test]
    fn an_engagement_without_schedule_is_unknown_and_its_absence_counts() {
        let mut world = World::default();
        world.engaged(1, "2022-01-01", None).absences =
            vec![absence("2022-03-01", "2022-03-01", "7.6", AbsenceReason::Sick)];
        world.engaged(2, "2022-01-01", None).schedules = vec![schedule("2021-01-01", "2021-12-31", "10")];
        world.engaged(3, "2021-01-01", Some("2021-12-31"));
        let rate = world.figures().absenteeism_rate(year(2022)).rate;
        assert_eq!((rate.numerator, rate.unknown, rate.value()), (Exact::new(76, 10), 2, None));
    }

    #[test]
    fn a_chain_of_absences_is_one_piece_for_the_band() {
        let mut world = World::default();
        world.engaged(1, "2020-01-01", None).absences = vec![
            // 20 + 10 days without a day between: 30 days, medium, though each is short.
            absence("2022-01-01", "2022-01-20", "1", AbsenceReason::Sick),
            absence("2022-01-21", "2022-01-30", "2", AbsenceReason::Justified),
            // One day between: 29 days, short.
            absence("2022-02-01", "2022-03-01", "4", AbsenceReason::Sick),
            // 366 days from 2022-04-01 to 2023-04-01: long, though only 275 of them lie in 2022.
            absence("2022-04-01", "2023-04-01", "366", AbsenceReason::Sick),
        ];
        let parts = world.figures().absenteeism_rate(year(2022)).parts;
        let whole = Exact::from_integer;
        assert_eq!(
            parts,
            [
                (AbsenceReason::Sick, Band::Short, whole(4)),
                (AbsenceReason::Sick, Band::Medium, whole(1)),
                (AbsenceReason::Sick, Band::Long, whole(275)),
                (AbsenceReason::Justified, Band::Medium, whole(2)),
            ]
        );
    }

    #[test]
    fn what_is_planned_after_today_is_told_apart() {
        let mut world = World::default();
        world.engaged(1, "2022-01-01", None).absences =
            vec![absence("2022-12-22", "2022-12-31", "10", AbsenceReason::Sick)];
        let figures = super::super::Indicators { today: day("2022-12-25"), ..world.figures() };
        let rate = figures.absenteeism_rate(period("2022-12-01", "2022-12-31")).rate;
        assert_eq!((rate.numerator, rate.future), (Exact::from_integer(10), Exact::from_integer(6)));
    }
}
