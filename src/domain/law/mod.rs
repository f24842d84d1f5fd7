//! The law as dated rules: what was right on that day, with its article.
//!
//! Rules are data, never constants in a step. The rule set used is stored in the event.

use chrono::NaiveDate;

/// Every rule set, each with its dates in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    sets: Vec<RuleSet>,
}

/// The rules in force between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// Its stable name, stored in the events decided by it.
    pub id: &'static str,
    /// First day in force.
    pub from: NaiveDate,
}

impl Default for Law {
    /// The law as this program was released with it.
    fn default() -> Self {
        Self { sets: vec![RuleSet { id: "be-2002-10-01", from: NaiveDate::default() }] }
    }
}
