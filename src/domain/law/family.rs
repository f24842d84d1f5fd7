//! Families of rule sets: each family is one legislator's, and its sets follow each other without gap.

use chrono::NaiveDate;

/// A rule set of one family.
pub(super) trait InForce {
    /// First day in force.
    fn from(&self) -> NaiveDate;
    /// Its last day becomes this one.
    fn end_on(&mut self, last: Option<NaiveDate>);
}

macro_rules! in_force {
    ($($set:ty),*) => {$(
        impl InForce for $set {
            fn from(&self) -> NaiveDate {
                self.from
            }

            fn end_on(&mut self, last: Option<NaiveDate>) {
                self.until = last;
            }
        }
    )*};
}
in_force!(super::RuleSet, super::brussels::BrusselsSet, super::france::FranceSet, super::house::HouseRules);

/// Each set ends on the eve of the next.
pub(super) fn chained<S: InForce>(mut sets: Vec<S>) -> Vec<S> {
    let next: Vec<_> = sets.iter().skip(1).map(|set| set.from().pred_opt()).collect();
    for (set, eve) in sets.iter_mut().zip(next) {
        set.end_on(eve);
    }
    sets
}

/// The set in force on a day; the first one reaches back without end, so that old acts have an answer.
pub(super) fn on<S: InForce>(sets: &[S], day: NaiveDate) -> &S {
    let begun = sets.partition_point(|set| set.from() <= day);
    &sets[begun.saturating_sub(1)]
}

/// The sets that began before a day, the first one always: what a program knew that was released then.
pub(super) fn begun_before<S: InForce>(mut sets: Vec<S>, day: NaiveDate) -> Vec<S> {
    let kept = sets.partition_point(|set| set.from() < day).max(1);
    sets.truncate(kept);
    if let Some(last) = sets.last_mut() {
        last.end_on(None);
    }
    sets
}
