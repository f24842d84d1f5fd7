//! Whether a grant obliges to an integration project (law of 26 May 2002, article 11, as the dated rules tell it).

use super::state::{Grant, State};
use crate::codes::AidKind;
use crate::ids::GrantId;
use crate::law::Law;
use chrono::{Months, NaiveDate};

impl State {
    /// Whether a project is owed for a grant; `None` where it hangs on the age, which is sealed.
    ///
    /// Owed to a beneficiary of integration income who received none in the months before the first day of the grant,
    /// their first day included, if the rules of that day say so. Others are owed one under 25 only.
    #[must_use]
    pub fn owes_project(&self, grant: GrantId, law: &Law) -> Option<bool> {
        let of = self.grants.get(&grant)?;
        let Some(from) = of.from.filter(|_| of.kind == AidKind::Ris) else { return Some(false) };
        let rules = &law.on(from).piis;
        let first = from.checked_sub_months(Months::new(rules.new_after_months)).unwrap_or(NaiveDate::MIN);
        let mut others = self.grants.iter().filter(|(other, _)| **other != grant).map(|(_, other)| other);
        let new = !others.any(|other| other.kind == AidKind::Ris && other.ran_between(first, from));
        (rules.every_new_beneficiary && new).then_some(true)
    }
}

impl Grant {
    /// True if aid ran on a day from the first day on and before the last.
    fn ran_between(&self, first: NaiveDate, before: NaiveDate) -> bool {
        self.from.is_some_and(|from| from < before) && self.ended_on.is_none_or(|ended| first < ended)
    }
}
