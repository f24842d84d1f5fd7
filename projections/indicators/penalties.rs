//! Work penalties: persons and hours performed. Judicial data, even as a count.

use super::figure::{Figure, whole};
use super::training::exact;
use super::{Indicators, Period, Source};
use domain::hours::Hours;
use domain::ids::JudicialFileId;

/// Work penalties performed in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PenaltyTotals {
    /// Distinct persons with hours performed: one judicial file is one person.
    pub persons: Figure,
    /// Hours performed.
    pub hours: Figure,
}

impl<S: Source> Indicators<'_, S> {
    /// Persons who performed hours of a work penalty in the period at the organisation in scope, and their hours.
    /// Definition 1. Source: 001:15-17.
    ///
    /// The hours performed, not those ordered; each on its own day. The measure in scope is of no matter.
    #[must_use]
    pub fn work_penalty(&self, period: Period) -> PenaltyTotals {
        let persons = |part: Period| {
            let performed = self.performed(part).map(|(file, _)| file);
            whole(super::accompanied::distinct(performed.collect()).len())
        };
        PenaltyTotals {
            persons: self.growing(period, persons),
            hours: self.growing(period, |part| exact(self.performed(part).map(|(_, hours)| hours).sum())),
        }
    }

    fn performed(&self, period: Period) -> impl Iterator<Item = (JudicialFileId, Hours)> {
        let in_scope = self.source.penalties().filter(|(_, row)| self.scope.holds(&row.organisation));
        in_scope.flat_map(move |(file, row)| {
            let in_period = row.performed.iter().filter(move |(on, hours)| period.contains(*on) && hours.0 > 0);
            in_period.map(move |(_, hours)| (file, *hours))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Exact;
    use super::super::world::{World, at, hours, person, year};
    use crate::past::day;
    use crate::penalties::Row;
    use domain::ids::{JudicialFileId, PenaltyId};

    #[test]
    fn hours_count_when_they_were_performed_whatever_was_ordered() {
        let mut world = World::default();
        for (who, performed) in [
            (1, vec![("2021-12-31", "8"), ("2022-01-01", "4.5")]),
            (1, vec![("2022-12-31", "8")]),
            (2, vec![("2023-01-01", "8")]),
            (3, vec![("2022-06-01", "0")]),
        ] {
            let row = Row {
                penalty: PenaltyId(world.id()),
                organisation: at("samusocial"),
                assigned_on: day("2021-12-01"),
                hours_ordered: hours("300"),
                deadline: day("2022-12-01"),
                performed: performed.iter().map(|(on, done)| (day(on), hours(done))).collect(),
                absences: Vec::new(),
                completed_on: None,
                interrupted_on: None,
            };
            world.penalties.push((JudicialFileId(person(who).0), row));
        }
        let told = world.figures().work_penalty(year(2022));
        assert_eq!((told.persons.numerator, told.hours.numerator), (1.into(), Exact::new(125, 10)));
    }
}
