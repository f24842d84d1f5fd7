//! The parameters of the law, each with its article and where it was read.
//!
//! "DIS" is the law of 26 May 2002 on the right to social integration; "RD" the royal decree of 11 July 2002.

use crate::hours::Hours;
use crate::law::article60::Article60Rules;
use crate::law::days::{add_days, add_months};
use chrono::{Datelike, NaiveDate};

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
    /// The suspension of payment.
    pub sanction: SanctionRules,
    /// What an article 60 worker has to prove.
    pub article60: Article60Rules,
    /// The work penalty.
    pub penalty: PenaltyRules,
    /// Stage First of Actiris.
    pub stage_first: StageFirstRules,
    /// Subsidised posts (ACS / gesco).
    pub acs: AcsRules,
    /// Results of the European Social Fund.
    pub esf: EsfRules,
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
    /// Calendar days of one stay abroad that are still paid: 28, suspended from the next (infosdf.be; per stay by choice).
    pub abroad_days: u32,
}

impl AidRules {
    /// The first day on which the payment can be suspended for a stay abroad that begins that day, the first one counted.
    #[must_use]
    pub fn abroad_suspension(&self, since: NaiveDate) -> NaiveDate {
        add_days(since, self.abroad_days)
    }
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
    /// Working days from the request of the person to be heard to the interview: 5 (droitsquotidiens.be).
    pub interview_working_days: u32,
    /// Months of the first higher subsidy of a project (SPP-IS code 11; primabook, vvsg.be): 12.
    pub subsidy_months: u32,
    /// Evaluations in twelve months: 3 (RD, as changed in 2016; vvsg.be). Not read at the source for the years before.
    pub evaluations_a_year: u32,
    /// Of these, in person: 2 (vvsg.be). Not read at the source for the years before 2016.
    pub in_person_a_year: u32,
    /// Months after the last signature or evaluation at which the next is overdue: 4, three a year evenly spread (choice).
    pub evaluation_gap_months: u32,
    /// Months from which a job makes a new needs assessment necessary before a project goes on again: 3 (mi-is.be,
    /// questions on the PIIS).
    pub reassessment_job_months: u32,
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

    /// True if a job from one day to another, inclusive, was too long for a project to go on without a new assessment.
    #[must_use]
    pub fn reassessed_after(&self, job_from: NaiveDate, job_until: NaiveDate) -> bool {
        add_days(job_until, 1) >= add_months(job_from, self.reassessment_job_months)
    }
}

/// The suspension of payment of the integration income (DIS article 30; mi-is.be; droitsquotidiens.be; bdas-wwsb.brussels).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SanctionRules {
    /// Most months for a project that is not respected: 1 (DIS article 30 §2).
    pub project_months: u32,
    /// Most months for it on recurrence: 3 (DIS article 30 §2).
    pub project_repeat_months: u32,
    /// Months, to the same day inclusive, within which it is a recurrence, from decision to decision: 12.
    pub project_repeat_within_months: u32,
    /// Most months for undeclared means: 6 (DIS article 30 §1).
    pub means_months: u32,
    /// Most months for undeclared means with intent to defraud: 12 (DIS article 30 §1).
    pub fraud_months: u32,
    /// What the months for undeclared means are multiplied by on recurrence: 2 (DIS article 30 §1).
    pub means_repeat_factor: u32,
    /// Months, to the same day inclusive, within which it is a recurrence, from decision to decision: 36.
    pub means_repeat_within_months: u32,
    /// The month after that of the decision on whose first day the suspension begins at the latest: 3.
    pub start_within_months: u32,
}

impl SanctionRules {
    /// The last day on which a suspension decided that day may begin: the first of the third month after.
    #[must_use]
    pub fn latest_start(&self, decided_on: NaiveDate) -> NaiveDate {
        add_months(decided_on.with_day(1).unwrap_or(decided_on), self.start_within_months)
    }
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
    /// Most hours of the lower of two kinds: 45 for a police penalty (maisonsdejustice.be); since the new Penal Code 120
    /// for a penalty of level 1 (justice.belgium.be for the day, not read at the source for the hours).
    pub lower_hours_max: Hours,
    /// True since the new Penal Code, whose levels stand in the place of police and correctional penalties.
    pub by_levels: bool,
}

/// Stage First of Actiris (jeminforme.be).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageFirstRules {
    /// Fewest months: 3.
    pub months_min: u32,
    /// Most months: 6.
    pub months_max: u32,
}

/// Results of the European Social Fund Plus (Regulation (EU) 2021/1057, annex I).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EsfRules {
    /// Months after leaving an operation at which the longer-term result is taken: 6 (EECR05, EECR06).
    pub longer_term_months: u32,
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
    /// Most hours a week: 28.
    pub weekly_hours_max: Hours,
    /// Most hours a day: 9.
    pub daily_hours_max: Hours,
    /// Fewest days a week without activity, for the modules on citizenship: 1.
    pub free_days_min: u32,
    /// Most euros a month: 550.
    pub monthly_euros_max: u32,
}
