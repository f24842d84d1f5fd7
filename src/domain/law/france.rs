//! The French rules: contrat d'engagement, sanctions, PASS IAE.
//!
//! They are a family of their own: `fr-` sets, asked for by [`Law::france_on`](super::Law::france_on).

use super::belgium::day;
use super::family::chained;
use super::pass::PassRules;
use crate::hours::Hours;
use chrono::NaiveDate;

/// The French rules in force between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FranceSet {
    /// Its stable name.
    pub id: &'static str,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force, inclusive; none for the set in force now.
    pub until: Option<NaiveDate>,
    /// The pass of insertion by economic activity.
    pub pass: PassRules,
    /// Insertion exits.
    pub exits: ExitRules,
    /// The contrat d'engagement; none before it.
    pub engagement: Option<EngagementRules>,
    /// The sanctions that go with it; none before their decree.
    pub sanction: Option<FranceSanctionRules>,
}

/// Which exits count as durable (convention statistique of the IAE; communaute.inclusion.beta.gouv.fr).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExitRules {
    /// A fixed-term contract or interim is durable above these months: 6.
    pub durable_above_months: u32,
}

/// The contrat d'engagement (law of 18 December 2023; lemediasocial.fr, moneyvox.fr).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngagementRules {
    /// Hours of activity a week, unless exempt: 15 at least.
    pub weekly_hours_min: Hours,
    /// Hours of activity a week: 20 at most.
    pub weekly_hours_max: Hours,
}

/// The suspension-remobilisation of the RSA (decree of 30 May 2025; actu-juridique.fr).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FranceSanctionRules {
    /// Per cent of the aid at a first breach: 30 at least.
    pub first_percent_min: u32,
    /// Months at a first breach, at least: 1.
    pub first_months_min: u32,
    /// Months at a first breach, at most: 2.
    pub first_months_max: u32,
    /// Months at a further breach, at least: 1.
    pub repeat_months_min: u32,
    /// Months at a further breach, at most: 4.
    pub repeat_months_max: u32,
    /// Per cent of the aid of a family, at most: 50.
    pub family_percent_max: u32,
}

/// Every set, in order of its first day. Add one where a rule changes; never change one that was released.
pub(super) fn sets() -> Vec<FranceSet> {
    // The PASS IAE; its first day was not read at the source.
    let pass = FranceSet {
        id: "fr-2021-09-01",
        from: day(2021, 9, 1),
        until: None,
        pass: PassRules {
            days: 730,
            waiting_months: 24,
            suspension_months_max: 36,
            retroactive_days_max: 365,
            window_before_months: 12,
            window_after_months: 6,
        },
        exits: ExitRules { durable_above_months: 6 },
        engagement: None,
        sanction: None,
    };
    // Everybody with the RSA is registered at France Travail and signs a contrat d'engagement.
    let engagement = FranceSet {
        id: "fr-2025-01-01",
        from: day(2025, 1, 1),
        engagement: Some(EngagementRules { weekly_hours_min: Hours::whole(15), weekly_hours_max: Hours::whole(20) }),
        ..pass
    };
    // The decree of 30 May 2025.
    let sanction = FranceSet {
        id: "fr-2025-06-01",
        from: day(2025, 6, 1),
        sanction: Some(FranceSanctionRules {
            first_percent_min: 30,
            first_months_min: 1,
            first_months_max: 2,
            repeat_months_min: 1,
            repeat_months_max: 4,
            family_percent_max: 50,
        }),
        ..engagement
    };
    chained(vec![pass, engagement, sanction])
}
