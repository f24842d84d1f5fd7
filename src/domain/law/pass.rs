//! The PASS IAE: how long it runs with its suspensions and prolongations, and when another one may be had.
//!
//! The figures are those of the code of gip-inclusion/les-emplois (snapshot of 21 August 2026); the rules are a
//! calculator, not a step: nobody's pass is stored here. A suspended day is a day given back: both ends count.

use crate::codes::codes;
use crate::law::days::{add_days, add_months};
use chrono::{Days, Months, NaiveDate};

codes! {
    /// Why a pass is prolonged.
    ProlongationReason {
        /// To complete a training course.
        Training = "TRAINING" ("fin d'une formation", "voltooiing van een opleiding", "completion of training"),
        /// Recognised as a disabled worker (RQTH); ACI and AI only.
        Rqth = "RQTH" ("RQTH", "erkende handicap (RQTH)", "recognised disability (RQTH)"),
        /// Particular difficulties; ACI and AI only.
        Difficulties = "DIFFICULTIES" ("difficultés particulières", "bijzondere moeilijkheden", "particular difficulties"),
        /// Fifty years and older.
        Senior = "SENIOR" ("50 ans et plus", "50 jaar en ouder", "aged 50 and over"),
        /// CDI inclusion, fifty-seven years and older.
        SeniorCdi = "SENIOR_CDI" ("CDI inclusion", "CDI inclusion (57+)", "CDI inclusion (57 and over)"),
    }
}

impl ProlongationReason {
    /// Most months of one prolongation.
    #[must_use]
    pub const fn months_max(self) -> u32 {
        match self {
            Self::Training | Self::Rqth | Self::Difficulties => 12,
            Self::Senior => 60,
            Self::SeniorCdi => 120,
        }
    }

    /// Most months of all prolongations for this reason; none if it may be renewed without end.
    #[must_use]
    pub const fn months_in_all(self) -> Option<u32> {
        match self {
            Self::Training => None,
            Self::Rqth | Self::Difficulties => Some(36),
            Self::Senior => Some(60),
            Self::SeniorCdi => Some(120),
        }
    }

    /// Youngest age in years, if there is one.
    #[must_use]
    pub const fn age_min(self) -> Option<u32> {
        match self {
            Self::Training | Self::Rqth | Self::Difficulties => None,
            Self::Senior => Some(50),
            Self::SeniorCdi => Some(57),
        }
    }

    /// True if an authorised prescriber has to give an opinion.
    #[must_use]
    pub const fn needs_prescriber(self) -> bool {
        match self {
            Self::Training | Self::SeniorCdi => false,
            Self::Rqth | Self::Difficulties | Self::Senior => true,
        }
    }
}

/// The parameters of the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassRules {
    /// Calendar days of the pass, the first one counted: 730.
    pub days: u32,
    /// Months after its last day before another one, the same day inclusive, unless an authorised prescriber asks: 24.
    pub waiting_months: u32,
    /// Most months of one suspension: 36.
    pub suspension_months_max: u32,
    /// Most calendar days by which a suspension may begin before it is asked for: 365.
    pub retroactive_days_max: u32,
    /// A prolongation is asked for at the earliest so many months before the last day: 12.
    pub window_before_months: u32,
    /// And at the latest so many months after it: 6.
    pub window_after_months: u32,
}

/// A time from one day to another, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

impl Span {
    /// Its days, both ends counted; 0 if it ends before it begins.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from((self.until - self.from).num_days() + 1).unwrap_or(0)
    }

    /// True if it is no longer than so many months from its first day.
    #[must_use]
    pub fn within_months(self, months: u32) -> bool {
        self.until < add_months(self.from, months)
    }
}

/// A pass with what changed its length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassIae {
    /// First day.
    pub from: NaiveDate,
    /// Times in which it does not run.
    pub suspensions: Vec<Span>,
    /// What was added to it.
    pub prolongations: Vec<(ProlongationReason, Span)>,
}

/// Why a pass cannot be as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassRefusal {
    /// It ends before it begins.
    #[error("a time from {} ends on {}, before it begins", .0.from, .0.until)]
    Backwards(Span),
    /// Two suspensions share a day.
    #[error("two suspensions of the pass overlap on {0}")]
    Overlap(NaiveDate),
    /// A suspension begins outside the pass.
    #[error("a suspension from {from} begins outside the pass, which runs to {until}")]
    Outside {
        /// First day of the suspension.
        from: NaiveDate,
        /// Last day of the pass as it stands then.
        until: NaiveDate,
    },
    /// One suspension is too long.
    #[error("a suspension from {} lasts longer than {months} months", .span.from)]
    SuspensionTooLong {
        /// The suspension.
        span: Span,
        /// How many it may last.
        months: u32,
    },
    /// One prolongation, or all for one reason together, are too long.
    #[error("a prolongation from {} lasts longer than {months} months", .span.from)]
    ProlongationTooLong {
        /// The prolongation that goes too far.
        span: Span,
        /// How many it may last.
        months: u32,
    },
}

impl PassIae {
    /// A pass that nothing changed yet.
    #[must_use]
    pub const fn new(from: NaiveDate) -> Self {
        Self { from, suspensions: Vec::new(), prolongations: Vec::new() }
    }

    /// Its last day, inclusive: the 730th, pushed by every suspended and every added day.
    #[must_use]
    pub fn last_day(&self, rules: &PassRules) -> NaiveDate {
        let suspended: u32 = self.suspensions.iter().map(|span| span.days()).sum();
        let added: u32 = self.prolongations.iter().map(|(_, span)| span.days()).sum();
        add_days(self.from, rules.days.saturating_sub(1) + suspended + added)
    }

    /// Its last day, if all that changed it is allowed.
    ///
    /// # Errors
    /// [`PassRefusal`] names the first suspension or prolongation that is not.
    pub fn checked(&self, rules: &PassRules) -> Result<NaiveDate, PassRefusal> {
        let mut suspensions = self.suspensions.clone();
        suspensions.sort_by_key(|span| span.from);
        let mut so_far = Self { suspensions: Vec::new(), ..self.clone() };
        for span in suspensions {
            self.suspension(&so_far, span, rules)?;
            so_far.suspensions.push(span);
        }
        for (reason, span) in &self.prolongations {
            self.prolongation(*reason, *span)?;
        }
        Ok(self.last_day(rules))
    }

    fn suspension(&self, so_far: &Self, span: Span, rules: &PassRules) -> Result<(), PassRefusal> {
        if span.until < span.from {
            return Err(PassRefusal::Backwards(span));
        }
        if so_far.suspensions.last().is_some_and(|before| span.from <= before.until) {
            return Err(PassRefusal::Overlap(span.from));
        }
        let until = so_far.last_day(rules);
        if span.from < self.from || until < span.from {
            return Err(PassRefusal::Outside { from: span.from, until });
        }
        let months = rules.suspension_months_max;
        if span.within_months(months) { Ok(()) } else { Err(PassRefusal::SuspensionTooLong { span, months }) }
    }

    fn prolongation(&self, reason: ProlongationReason, span: Span) -> Result<(), PassRefusal> {
        if span.until < span.from {
            return Err(PassRefusal::Backwards(span));
        }
        let months = reason.months_max();
        if !span.within_months(months) {
            return Err(PassRefusal::ProlongationTooLong { span, months });
        }
        let same = || self.prolongations.iter().filter(|(other, _)| *other == reason).map(|(_, span)| *span);
        let first = same().map(|span| span.from).min().unwrap_or(span.from);
        let days: u32 = same().map(Span::days).sum();
        match reason.months_in_all() {
            Some(months) if add_days(first, days) > add_months(first, months) => {
                Err(PassRefusal::ProlongationTooLong { span, months })
            }
            _ => Ok(()),
        }
    }

    /// The days on which a prolongation can be asked for, both ends inside.
    #[must_use]
    pub fn prolongation_window(&self, rules: &PassRules) -> Span {
        let last = self.last_day(rules);
        let from = last.checked_sub_months(Months::new(rules.window_before_months)).unwrap_or(NaiveDate::MIN);
        Span { from, until: add_months(last, rules.window_after_months) }
    }

    /// The last day of the waiting period: the same day two years after the last day of the pass.
    #[must_use]
    pub fn waiting_until(&self, rules: &PassRules) -> NaiveDate {
        add_months(self.last_day(rules), rules.waiting_months)
    }

    /// True if another pass may begin on a day: after the waiting period, or after the pass for an authorised prescriber.
    #[must_use]
    pub fn another_from(&self, day: NaiveDate, prescriber: bool, rules: &PassRules) -> bool {
        day > if prescriber { self.last_day(rules) } else { self.waiting_until(rules) }
    }
}

impl PassRules {
    /// The first day on which a suspension may begin that is asked for on a day.
    #[must_use]
    pub fn earliest_suspension(&self, asked_on: NaiveDate) -> NaiveDate {
        asked_on.checked_sub_days(Days::new(self.retroactive_days_max.into())).unwrap_or(NaiveDate::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, until: &str) -> Span {
        Span { from: day(from), until: day(until) }
    }

    fn rules() -> PassRules {
        Law::default().france_on(day("2026-01-01")).pass
    }

    #[test]
    fn a_pass_ends_on_its_730th_day() {
        // 2022 and 2023 have 365 days each; 2024 is a leap year, so the 730th day from 2023 on comes a day earlier.
        for (from, last) in [("2022-01-01", "2023-12-31"), ("2023-01-01", "2024-12-30"), ("2024-03-01", "2026-02-28")] {
            assert_eq!(PassIae::new(day(from)).last_day(&rules()), day(last), "{from}");
        }
    }

    #[test]
    fn a_suspension_gives_back_every_day_of_it() {
        let mut pass = PassIae::new(day("2022-01-01"));
        pass.suspensions = vec![span("2022-03-01", "2022-03-31"), span("2023-02-01", "2023-02-28")];
        // 31 and 28 days after 31 December 2023: 31 January, 28 February.
        assert_eq!(pass.checked(&rules()), Ok(day("2024-02-28")));
    }

    #[test]
    fn a_suspension_lasts_thirty_six_months_at_most_and_none_overlap() {
        let mut pass = PassIae::new(day("2022-01-01"));
        pass.suspensions = vec![span("2022-02-01", "2025-01-31")];
        assert!(pass.checked(&rules()).is_ok());
        pass.suspensions = vec![span("2022-02-01", "2025-02-01")];
        assert!(matches!(pass.checked(&rules()), Err(PassRefusal::SuspensionTooLong { months: 36, .. })));
        pass.suspensions = vec![span("2022-05-01", "2022-05-31"), span("2022-04-01", "2022-05-01")];
        assert_eq!(pass.checked(&rules()), Err(PassRefusal::Overlap(day("2022-05-01"))));
        pass.suspensions = vec![span("2024-01-01", "2024-01-31")];
        assert!(matches!(pass.checked(&rules()), Err(PassRefusal::Outside { .. })));
        pass.suspensions = vec![span("2022-05-02", "2022-05-01")];
        assert!(matches!(pass.checked(&rules()), Err(PassRefusal::Backwards(_))));
    }

    #[test]
    fn a_suspension_may_begin_in_the_time_that_an_earlier_one_gave_back() {
        let mut pass = PassIae::new(day("2022-01-01"));
        pass.suspensions = vec![span("2022-03-01", "2022-03-31"), span("2024-01-31", "2024-02-09")];
        assert_eq!(pass.checked(&rules()), Ok(day("2024-02-10")));
    }

    #[test]
    fn a_prolongation_adds_its_days_up_to_the_limit_of_its_reason() {
        use ProlongationReason::{Difficulties, Rqth, Training};
        let year = |year: i32| span(&format!("{year}-01-01"), &format!("{year}-12-31"));
        let mut pass = PassIae::new(day("2022-01-01"));
        pass.prolongations = vec![(Rqth, year(2024)), (Rqth, year(2025)), (Rqth, year(2026))];
        assert_eq!(pass.checked(&rules()), Ok(day("2026-12-31")));
        pass.prolongations.push((Rqth, span("2027-01-01", "2027-01-01")));
        assert!(matches!(pass.checked(&rules()), Err(PassRefusal::ProlongationTooLong { months: 36, .. })));
        pass.prolongations = vec![(Difficulties, span("2024-01-01", "2025-01-01"))];
        assert!(matches!(pass.checked(&rules()), Err(PassRefusal::ProlongationTooLong { months: 12, .. })));
        pass.prolongations = (2024..2029).map(|of| (Training, year(of))).collect();
        assert_eq!(pass.checked(&rules()), Ok(day("2028-12-31")));
    }

    #[test]
    fn a_prolongation_is_asked_for_around_the_last_day() {
        let window = PassIae::new(day("2022-01-01")).prolongation_window(&rules());
        assert_eq!(window, span("2022-12-31", "2024-06-30"));
    }

    #[test]
    fn another_pass_waits_two_years_to_the_same_day_unless_a_prescriber_asks() {
        let pass = PassIae::new(day("2022-01-01"));
        assert_eq!(pass.waiting_until(&rules()), day("2025-12-31"));
        for (on, prescriber, allowed) in [
            ("2023-12-31", true, false),
            ("2024-01-01", true, true),
            ("2025-12-31", false, false),
            ("2026-01-01", false, true),
        ] {
            assert_eq!(pass.another_from(day(on), prescriber, &rules()), allowed, "{on}");
        }
    }

    #[test]
    fn a_suspension_begins_a_year_before_it_is_asked_for_at_the_earliest() {
        // 365 days, not a year to the day: 29 February 2024 lies between.
        assert_eq!(rules().earliest_suspension(day("2024-06-01")), day("2023-06-02"));
        assert_eq!(rules().earliest_suspension(day("2023-06-01")), day("2022-06-01"));
    }
}
