//! The Belgian rule sets and the days on which they changed.

use crate::hours::Hours;
use crate::law::article60::{Article60Rules, Beside, OtherWay, WayIn};
use crate::law::family::chained;
use crate::law::rules::{
    AcsRules, AidRules, CitizenServiceRules, EsfRules, PenaltyRules, PiisRules, RuleSet, SanctionRules, StageFirstRules,
};
use chrono::NaiveDate;

/// Until 28 February 2026, by age at the application (onem.be T31; bruxelles-j.be).
const WAYS_BY_AGE: &[WayIn] = &[
    WayIn {
        age_min: 0,
        days: 312,
        months: 21,
        others: &[
            OtherWay { days: 468, months: 33, beside: Beside::Nothing },
            OtherWay { days: 624, months: 42, beside: Beside::Nothing },
        ],
    },
    WayIn {
        age_min: 36,
        days: 468,
        months: 33,
        others: &[
            OtherWay { days: 624, months: 42, beside: Beside::Nothing },
            OtherWay { days: 234, months: 33, beside: Beside::Earlier { days: 1560, years: 10 } },
            OtherWay { days: 312, months: 33, beside: Beside::PerMissingDay { days: 8 } },
        ],
    },
    WayIn {
        age_min: 50,
        days: 624,
        months: 42,
        others: &[
            OtherWay { days: 312, months: 42, beside: Beside::Earlier { days: 1560, years: 10 } },
            OtherWay { days: 416, months: 42, beside: Beside::PerMissingDay { days: 8 } },
        ],
    },
];

/// From 1 March 2026, at any age (programme law of 18 July 2025).
const ONE_WAY: &[WayIn] = &[WayIn { age_min: 0, days: 312, months: 36, others: &[] }];

/// Since the law of 26 May 2002, article 30.
const SANCTION: SanctionRules = SanctionRules {
    project_months: 1,
    project_repeat_months: 3,
    project_repeat_within_months: 12,
    means_months: 6,
    fraud_months: 12,
    means_repeat_factor: 2,
    means_repeat_within_months: 36,
    start_within_months: 3,
};

/// Since the law of 26 May 2002, articles 11 and 13.
const PIIS: PiisRules = PiisRules {
    every_new_beneficiary: false,
    always_below_age: 25,
    new_after_months: 3,
    signature_months: 3,
    reflection_days: 5,
    interview_working_days: 5,
    subsidy_months: 12,
    evaluations_a_year: 3,
    in_person_a_year: 2,
    evaluation_gap_months: 4,
    reassessment_job_months: 3,
};

/// Since the law of 17 April 2002 (Penal Code, article 37quinquies): police up to 45 hours, correctional above.
const PENALTY: PenaltyRules = PenaltyRules {
    hours_min: Hours::whole(20),
    hours_max: Hours::whole(300),
    months: 12,
    lower_hours_max: Hours::whole(45),
    by_levels: false,
};

/// Every set, in order of its first day. Add one where a rule changes; never change one that was released.
pub(super) fn sets() -> Vec<RuleSet> {
    // The law of 26 May 2002 enters into force.
    let law_of_2002 = RuleSet {
        id: "be-2002-10-01",
        from: day(2002, 10, 1),
        until: None,
        aid: AidRules { decision_days: 30, notification_days: 8, transfer_days: 5, appeal_months: 3, abroad_days: 28 },
        piis: PIIS,
        sanction: SANCTION,
        article60: Article60Rules {
            ways: WAYS_BY_AGE,
            benefit_months: None,
            benefit_months_max: None,
            part_time_hours_min: Hours::whole(19),
            part_time_months_max: 6,
        },
        penalty: PENALTY,
        stage_first: StageFirstRules { months_min: 3, months_max: 6 },
        acs: AcsRules { refill_months: 6 },
        esf: EsfRules { longer_term_months: 6 },
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
        citizen_service: Some(CitizenServiceRules {
            age_min: 18,
            age_max: 25,
            months_min: 6,
            months_max: 12,
            weekly_hours_max: Hours::whole(28),
            daily_hours_max: Hours::whole(9),
            free_days_min: 1,
            monthly_euros_max: 550,
        }),
        ..reform_of_2016
    };
    // 312 days in 36 months at any age (programme law of 18 July 2025), also for running contracts.
    let programme_law = RuleSet {
        id: "be-2026-03-01",
        from: day(2026, 3, 1),
        article60: Article60Rules {
            ways: ONE_WAY,
            benefit_months: Some(12),
            benefit_months_max: Some(24),
            ..citizen_service.article60
        },
        ..citizen_service
    };
    // The new Penal Code (laws of 29 February 2024, published on 8 April 2024): levels for police and correctional.
    let penal_code = RuleSet {
        id: "be-2026-04-08",
        from: day(2026, 4, 8),
        penalty: PenaltyRules { lower_hours_max: Hours::whole(120), by_levels: true, ..programme_law.penalty },
        ..programme_law
    };
    chained(vec![law_of_2002, reform_of_2016, citizen_service, programme_law, penal_code])
}

pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}
