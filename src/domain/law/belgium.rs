//! The Belgian rule sets and the days on which they changed.

use crate::hours::Hours;
use crate::law::rules::{
    AcsRules, AidRules, Article60Rules, CitizenServiceRules, PenaltyRules, PiisRules, RuleSet, WayIn,
};
use chrono::NaiveDate;

/// Until 28 February 2026, by age at the application (onem.be T31).
const WAYS_BY_AGE: &[WayIn] = &[
    WayIn { age_min: 0, days: 312, months: 21 },
    WayIn { age_min: 36, days: 468, months: 33 },
    WayIn { age_min: 50, days: 624, months: 42 },
];

/// From 1 March 2026, at any age (programme law of 18 July 2025).
const ONE_WAY: &[WayIn] = &[WayIn { age_min: 0, days: 312, months: 36 }];

/// Every set, in order of its first day. Add one where a rule changes; never change one that was released.
pub(super) fn sets() -> Vec<RuleSet> {
    // The law of 26 May 2002 enters into force.
    let law_of_2002 = RuleSet {
        id: "be-2002-10-01",
        from: day(2002, 10, 1),
        until: None,
        aid: AidRules { decision_days: 30, notification_days: 8, transfer_days: 5, appeal_months: 3 },
        piis: PiisRules {
            every_new_beneficiary: false,
            always_below_age: 25,
            new_after_months: 3,
            signature_months: 3,
            reflection_days: 5,
            evaluations_a_year: 3,
            in_person_a_year: 2,
            evaluation_gap_months: 4,
        },
        article60: Article60Rules { ways: WAYS_BY_AGE },
        penalty: PenaltyRules { hours_min: Hours::whole(20), hours_max: Hours::whole(300), months: 12 },
        acs: AcsRules { refill_months: 6 },
        citizen_service: None,
    };
    // A PIIS for every new beneficiary (law of 21 July 2016, royal decree of 3 October 2016).
    let reform_of_2016 = RuleSet {
        id: "be-2016-11-01",
        from: day(2016, 11, 1),
        piis: PiisRules { every_new_beneficiary: true, ..law_of_2002.piis },
        ..law_of_2002
    };
    // The law on Service Citoyen is published.
    let citizen_service = RuleSet {
        id: "be-2024-05-31",
        from: day(2024, 5, 31),
        citizen_service: Some(CitizenServiceRules { age_min: 18, age_max: 25, months_min: 6, months_max: 12 }),
        ..reform_of_2016
    };
    // 312 days in 36 months at any age (programme law of 18 July 2025), also for running contracts.
    let programme_law = RuleSet {
        id: "be-2026-03-01",
        from: day(2026, 3, 1),
        article60: Article60Rules { ways: ONE_WAY },
        ..citizen_service
    };
    chained(vec![law_of_2002, reform_of_2016, citizen_service, programme_law])
}

/// Each set ends on the eve of the next.
fn chained(mut sets: Vec<RuleSet>) -> Vec<RuleSet> {
    let next: Vec<_> = sets.iter().skip(1).map(|set| set.from.pred_opt()).collect();
    for (set, eve) in sets.iter_mut().zip(next) {
        set.until = eve;
    }
    sets
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}
