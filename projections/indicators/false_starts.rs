//! False starts (faux départs): engagements that came to nothing, or to an end in their first weeks.

use super::figure::{Figure, whole};
use super::period::later;
use super::{Exact, Indicators, Period, Source};
use crate::engagements;
use domain::contract::EndCause;
use domain::ids::PersonId;

impl<S: Source> Indicators<'_, S> {
    /// False starts among the engagements in scope signed in a period, over those engagements. Definition 1.
    /// Source: 003:19.
    ///
    /// Cancelled before the start; or ended at most thirty days after the first day, for another cause than a job
    /// elsewhere, death, or rights opened. A term counts too, unless another engagement of the person, of any measure
    /// or host, goes on without gap. Unknown are those that may still become one: not started, or within their first
    /// thirty days.
    #[must_use]
    pub fn false_starts(&self, signed_in: Period) -> Figure {
        let signed = |part: Period| {
            let signed = self.source.engagements().filter(move |(_, row)| part.contains(row.signed_on));
            signed.filter(|(_, row)| self.scope.engagement(row))
        };
        let terms = self.ended_early_at_term(signed(signed_in));
        let false_start = |(person, row): &(PersonId, &engagements::Row)| {
            row.cancelled_on.is_some()
                || self.ended_early(row)
                    && match row.cause {
                        Some(EndCause::HiredElsewhere | EndCause::Death | EndCause::RightsOpened) => false,
                        Some(EndCause::Term) => !self.goes_on(&terms, *person, row),
                        Some(EndCause::EarlyPerson | EndCause::EarlyEmployer | EndCause::Other) | None => true,
                    }
        };
        let count = |part: Period| -> Exact { whole(signed(part).filter(false_start).count()) };
        let figure = self.growing(signed_in, count);
        let pending = signed(signed_in).filter(|(_, row)| self.may_still_end_early(row)).count();
        Figure { denominator: Some(whole(signed(signed_in).count())), ..figure }.unknown(pending)
    }

    fn ended_early(&self, row: &engagements::Row) -> bool {
        let Some((start, Some(last_day))) = row.worked() else { return false };
        (last_day - start).num_days() <= self.definitions.false_start_days
    }

    fn may_still_end_early(&self, row: &engagements::Row) -> bool {
        let young = |start| (self.today - start) <= chrono::TimeDelta::days(self.definitions.false_start_days);
        row.cancelled_on.is_none() && row.last_day.is_none() && row.start.is_none_or(young)
    }

    /// The other engagements of those whose engagement ended early at its term, by person.
    fn ended_early_at_term<'b>(
        &'b self,
        signed: impl Iterator<Item = (PersonId, &'b engagements::Row)>,
    ) -> Vec<(PersonId, &'b engagements::Row)> {
        let early = signed.filter(|(_, row)| row.cause == Some(EndCause::Term) && self.ended_early(row));
        let persons = super::accompanied::distinct(early.map(|(person, _)| person).collect());
        if persons.is_empty() {
            return Vec::new();
        }
        let theirs = self.source.engagements().filter(|(person, _)| persons.binary_search(person).is_ok());
        let mut theirs: Vec<(PersonId, &engagements::Row)> = theirs.collect();
        theirs.sort_by_key(|(person, _)| *person);
        theirs
    }

    /// True if another engagement of the person is active on the day after the last one of this.
    fn goes_on(&self, theirs: &[(PersonId, &engagements::Row)], person: PersonId, row: &engagements::Row) -> bool {
        let Some(next) = row.last_day.map(|last| later(last, 1)) else { return false };
        let first = theirs.partition_point(|(other, _)| *other < person);
        let mut of_person = theirs[first..].iter().take_while(|(other, _)| *other == person);
        of_person.any(|(_, other)| other.engagement != row.engagement && other.active_on(next))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Indicators;
    use super::super::world::{World, year};
    use super::*;
    use crate::past::day;
    use domain::codes::Measure;

    #[test]
    fn an_end_in_the_first_thirty_days_counts_by_its_cause() {
        let mut world = World::default();
        for (who, last, cause) in [
            (1, "2022-03-31", EndCause::EarlyPerson),
            (2, "2022-04-01", EndCause::EarlyPerson),
            (3, "2022-03-15", EndCause::HiredElsewhere),
            (4, "2022-03-15", EndCause::Term),
            (5, "2022-03-15", EndCause::Term),
            (6, "2022-03-15", EndCause::Term),
        ] {
            world.engaged(who, "2022-03-01", Some(last)).cause = Some(cause);
        }
        world.engaged(5, "2022-03-16", None).measure = Measure::Acs;
        world.engaged(6, "2022-03-17", None);
        let told = world.figures().false_starts(year(2022));
        assert_eq!((told.numerator, told.denominator, told.unknown), (3.into(), Some(8.into()), 0));
    }

    #[test]
    fn what_was_cancelled_counts_and_what_is_young_may_still() {
        let mut world = World::default();
        let cancelled = world.engaged(1, "2022-03-01", None);
        (cancelled.start, cancelled.counts, cancelled.cancelled_on) = (None, false, Some(day("2022-02-20")));
        let awaited = world.engaged(2, "2022-03-01", None);
        (awaited.start, awaited.counts) = (None, false);
        world.engaged(3, "2022-03-01", None);
        let on = |today: &str| Indicators { today: day(today), ..world.figures() }.false_starts(year(2022));
        assert_eq!((on("2022-03-31").numerator, on("2022-03-31").unknown), (1.into(), 2));
        assert_eq!(on("2022-04-01").unknown, 1);
    }
}
