//! The parameters of the law, each with its article and where it was read.
//!
//! "DIS" is the law of 26 May 2002 on the right to social integration; "RD" the royal decree of 11 July 2002.

use crate::hours::Hours;
use crate::law::days::{add_days, add_months};
use chrono::NaiveDate;

/// The rules in force between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSet {
    /// Its stable name, stored in the events decided by it.
    pub id: &'static str,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force, inclusive; none for the set in force now.
    pub until: Option<NaiveDate>,
    /// Application and decision.
    pub aid: AidRules,
    /// The integration project.
    pub piis: PiisRules,
    /// What an article 60 worker has to prove.
    pub article60: Article60Rules,
    /// The work penalty.
    pub penalty: PenaltyRules,
    /// Subsidised posts (ACS / gesco).
    pub acs: AcsRules,
    /// Service Citoyen; none before its law.
    pub citizen_service: Option<CitizenServiceRules>,
}

/// Application for aid and the decision on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AidRules {
    /// Calendar days from the request to the decision: 30 (DIS article 21 §1; mi-is.be).
    pub decision_days: u32,
    /// Calendar days from the decision to its notification: 8 (DIS article 21 §4; not read at the source).
    pub notification_days: u32,
    /// Calendar days to transfer a request to the competent CPAS: 5 (bdas-wwsb.brussels; calendar days by choice).
    pub transfer_days: u32,
    /// Months from the notification to appeal to the labour court: 3 (DIS article 47 §1; droitsquotidiens.be).
    pub appeal_months: u32,
}

/// The individual integration project (PIIS / GPMI).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PiisRules {
    /// True if every new beneficiary is owed one, not those under 25 only (law of 21 July 2016, since 1 November 2016).
    pub every_new_beneficiary: bool,
    /// Age in years below which one is owed whatever came before: 25 (DIS article 11 §2).
    pub always_below_age: u32,
    /// Months without integration income that make a beneficiary new: 3 (vvsg.be; mi-is.be).
    pub new_after_months: u32,
    /// Months from the notification of the grant to the signature: 3 (DIS article 11; bdas-wwsb.brussels, vvsg.be).
    pub signature_months: u32,
    /// Calendar days of reflection from the day on which the project is handed over: 5 (mi-is.be; droitsquotidiens.be).
    pub reflection_days: u32,
    /// Evaluations in twelve months: 3 (RD, as changed in 2016; vvsg.be). Not read at the source for the years before.
    pub evaluations_a_year: u32,
    /// Of these, in person: 2 (vvsg.be). Not read at the source for the years before 2016.
    pub in_person_a_year: u32,
    /// Months after the last signature or evaluation at which the next is overdue: 4, three a year evenly spread (choice).
    pub evaluation_gap_months: u32,
}

impl PiisRules {
    /// The last day on which the signature is in time, for a grant notified that day.
    #[must_use]
    pub fn signature_due(&self, notified_on: NaiveDate) -> NaiveDate {
        add_months(notified_on, self.signature_months)
    }

    /// The first day on which a project handed over that day can be signed with the days of reflection whole.
    #[must_use]
    pub fn earliest_signature(&self, handed_over_on: NaiveDate) -> NaiveDate {
        add_days(handed_over_on, self.reflection_days)
    }
}

/// What an article 60 worker has to prove for unemployment benefit (royal decree of 25 November 1991, article 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article60Rules {
    /// The direct way by age at the application, youngest first; the other ways in are absent (onem.be T31).
    pub ways: &'static [WayIn],
}

/// So many days in so many months, from an age on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayIn {
    /// Age in years from which it holds.
    pub age_min: u32,
    /// Days of work to prove.
    pub days: u32,
    /// Months in which they must lie.
    pub months: u32,
}

/// The work penalty (Penal Code, article 37quinquies; maisonsdejustice.be).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PenaltyRules {
    /// Fewest hours that a judge may order: 20.
    pub hours_min: Hours,
    /// Most hours that a judge may order: 300.
    pub hours_max: Hours,
    /// Months from the final judgment to perform it, the same day inclusive: 12.
    pub months: u32,
}

/// Subsidised posts (ACS / gesco) in Brussels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcsRules {
    /// Months from the last day filled within which a post is filled again, or lost: 6 (reform announced in 2015;
    /// lalibre.be 2015, governance.brussels).
    pub refill_months: u32,
}

/// Service Citoyen (law published on 31 May 2024; unisoc.be). Its entry into force is taken as that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitizenServiceRules {
    /// Youngest age in years at the start: 18.
    pub age_min: u32,
    /// Oldest age in years at the start, inclusive: 25.
    pub age_max: u32,
    /// Fewest months: 6.
    pub months_min: u32,
    /// Most months, not renewable: 12.
    pub months_max: u32,
}
