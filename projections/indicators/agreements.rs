//! Agreements in force on a day, and signed in a period.

use super::figure::{Figure, whole};
use super::{Exact, Indicators, Period, Source};
use crate::agreements;
use chrono::NaiveDate;
use domain::ids::OrganisationId;

/// Agreements, and the partners with whom they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreements {
    /// Agreements.
    pub agreements: Figure,
    /// Distinct partners of them: the field counts "CPAS under agreement".
    pub partners: Figure,
}

impl<S: Source> Indicators<'_, S> {
    /// Agreements in scope in force on a day, first and last day included. Definition 1. Source: 000:9.
    #[must_use]
    pub fn agreements_in_force(&self, at: NaiveDate) -> Agreements {
        let in_force = |row: &&agreements::Row| row.in_force_on(at);
        let figure = |count: usize| self.on(at, Figure::count(count));
        Agreements {
            agreements: figure(self.agreements_in_scope().filter(in_force).count()),
            partners: figure(partners(self.agreements_in_scope().filter(in_force))),
        }
    }

    /// Agreements in scope signed in a period; a renewal is no signature. Definition 1. Source: 001:40.
    #[must_use]
    pub fn agreements_signed(&self, period: Period) -> Agreements {
        let signed = |part: Period| self.agreements_in_scope().filter(move |row| part.contains(row.signed_on));
        let agreements = |part: Period| -> Exact { whole(signed(part).count()) };
        Agreements {
            agreements: self.growing(period, agreements),
            partners: self.growing(period, |part| whole(partners(signed(part)))),
        }
    }

    fn agreements_in_scope(&self) -> impl Iterator<Item = &agreements::Row> {
        self.source.agreements().filter(|row| self.scope.of(row.measure) && self.scope.holds(&row.organisation))
    }
}

fn partners<'a>(agreements: impl Iterator<Item = &'a agreements::Row>) -> usize {
    let mut partners: Vec<&OrganisationId> = agreements.map(|row| &row.partner).collect();
    partners.sort_unstable();
    partners.dedup();
    partners.len()
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, at, year};
    use super::*;
    use crate::past::day;
    use domain::codes::Measure;
    use domain::ids::AgreementId;

    fn agreement(world: &mut World, partner: &str, signed: &str, from: &str) -> usize {
        let agreement = AgreementId(world.id());
        world.agreements.push(agreements::Row {
            agreement,
            organisation: at("samusocial"),
            partner: at(partner),
            measure: Measure::Art60,
            signed_on: day(signed),
            from: day(from),
            until: None,
            last_day: None,
            quotas: Vec::new(),
        });
        world.agreements.len() - 1
    }

    #[test]
    fn an_agreement_is_in_force_from_its_first_day_to_its_last() {
        let mut world = World::default();
        agreement(&mut world, "cpas-uccle", "2020-12-01", "2021-04-18");
        agreement(&mut world, "cpas-jette", "2020-12-01", "2021-04-19");
        let ended = agreement(&mut world, "cpas-jette", "2020-01-01", "2020-01-01");
        world.agreements[ended].last_day = Some(day("2021-04-18"));
        let past_its_plan = agreement(&mut world, "cpas-uccle", "2020-01-01", "2020-01-01");
        world.agreements[past_its_plan].until = Some(day("2021-04-17"));
        let again = agreement(&mut world, "cpas-uccle", "2020-01-01", "2020-01-01");
        world.agreements[again].until = Some(day("2021-12-31"));
        let told = world.figures().agreements_in_force(day("2021-04-18"));
        assert_eq!((told.agreements.numerator, told.partners.numerator), (4.into(), 2.into()));
    }

    #[test]
    fn an_agreement_is_signed_in_the_year_of_its_signature() {
        let mut world = World::default();
        agreement(&mut world, "cpas-uccle", "2022-12-31", "2023-01-01");
        agreement(&mut world, "cpas-uccle", "2022-01-01", "2022-01-01");
        agreement(&mut world, "cpas-jette", "2021-12-31", "2022-01-01");
        let told = world.figures().agreements_signed(year(2022));
        assert_eq!((told.agreements.numerator, told.partners.numerator), (2.into(), 1.into()));
    }
}
