//! What the Brussels Region adds to the federal rules.
//!
//! The months of Stage First and of the refilling of a subsidised post stand in [`RuleSet`](super::RuleSet), beside the
//! rules that steps ask for; what only money or a funder's report hangs on stands here.

use super::belgium::day;
use super::family::chained;
use chrono::NaiveDate;

/// The regional rules in force between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrusselsSet {
    /// Its stable name.
    pub id: &'static str,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force, inclusive; none for the set in force now.
    pub until: Option<NaiveDate>,
    /// Stage First of Actiris (jeminforme.be).
    pub stage_first: StageFirstAmounts,
    /// Insertion jobs under article 60§7; none before the decree.
    pub insertion_jobs: Option<InsertionJobRules>,
}

/// What a trainee of Stage First is paid, per hour present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageFirstAmounts {
    /// From the host, in cents of a euro a month: 50,000.
    pub host_month_cents: u32,
    /// From Actiris or the ONEM, in cents of a euro a day: 2,682.
    pub day_cents: u32,
}

/// The decree of 23 May 2019 on the insertion job of article 60§7 (brulocalis.brussels).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsertionJobRules {
    /// Training grant in euros (article 17): 3,000.
    pub training_euros: u32,
    /// Premium in euros (article 19): 350.
    pub premium_euros: u32,
}

/// Every set, in order of its first day. Add one where a rule changes; never change one that was released.
pub(super) fn sets() -> Vec<BrusselsSet> {
    // Stage First stands in the place of the stage de transition; its first day was not read at the source.
    let stage_first = BrusselsSet {
        id: "bru-2016-10-01",
        from: day(2016, 10, 1),
        until: None,
        stage_first: StageFirstAmounts { host_month_cents: 50_000, day_cents: 2_682 },
        insertion_jobs: None,
    };
    // The decree of the Brussels government of 23 May 2019.
    let decree = BrusselsSet {
        id: "bru-2019-05-23",
        from: day(2019, 5, 23),
        insertion_jobs: Some(InsertionJobRules { training_euros: 3000, premium_euros: 350 }),
        ..stage_first
    };
    chained(vec![stage_first, decree])
}
