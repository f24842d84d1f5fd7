//! The rules of the house: what an organisation asks of itself beyond the law, by dated period.
//!
//! It may be stricter than the law where the law sets a limit, and never laxer; it may add deadlines of its own and say
//! how long files are kept. What is read from a file is checked here, see [`Law::with_house`](super::Law::with_house).

mod check;

pub(super) use check::mistakes;
pub use check::{HouseError, Problem};

use super::belgium::day;
use super::calendar::Country;
use super::days::{add_days, add_months};
use super::register::RuleUnit;
use super::{RuleCode, RuleSet};
use crate::codes::{Measure, codes};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

codes! {
    /// The parameters of the law that a house may override, by their names in its file.
    Overridable {
        /// Time to decide on a request for aid, in calendar days.
        DecisionDays = "decision_days" ("délai de décision", "termijn van beslissing", "time to decide"),
        /// Time to notify a decision, in calendar days.
        NotificationDays = "notification_days" ("délai de notification", "termijn van kennisgeving", "time to notify"),
        /// Time to transfer a request, in calendar days.
        TransferDays = "transfer_days" ("délai de transmission", "termijn van doorzending", "time to transfer"),
        /// Time to sign the integration project, in months.
        SignatureMonths = "signature_months" ("délai de signature", "termijn van ondertekening", "time to sign"),
        /// Time of reflection, in calendar days.
        ReflectionDays = "reflection_days" ("délai de réflexion", "bedenktijd", "time of reflection"),
        /// Time to hear who asks for it, in working days.
        InterviewWorkingDays = "interview_working_days" ("entretien demandé", "gevraagd gesprek", "interview asked for"),
        /// Evaluations in twelve months.
        EvaluationsAYear = "evaluations_a_year" ("évaluations par an", "evaluaties per jaar", "evaluations a year"),
        /// Evaluations in person in twelve months.
        InPersonAYear = "in_person_a_year" ("évaluations en présence", "evaluaties in persoon", "evaluations in person"),
        /// Time after which the next evaluation is overdue, in months.
        EvaluationGapMonths = "evaluation_gap_months" ("écart entre évaluations", "tijd tussen evaluaties", "gap between evaluations"),
    }
}

/// What the law says of a parameter that a house overrides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The law sets the least.
    AtLeast,
    /// The law sets the most.
    AtMost,
    /// The law leaves it open.
    Open,
}

impl Overridable {
    /// Which limit the law sets, and the article.
    #[must_use]
    pub const fn limit(self) -> (Limit, &'static str) {
        match self {
            Self::DecisionDays => (Limit::AtMost, "law of 26 May 2002, article 21 §1"),
            Self::NotificationDays => (Limit::AtMost, "law of 26 May 2002, article 21 §4"),
            Self::TransferDays => (Limit::AtMost, "transfer to the competent CPAS, bdas-wwsb.brussels"),
            Self::SignatureMonths => (Limit::AtMost, "law of 26 May 2002, article 11"),
            Self::ReflectionDays => (Limit::AtLeast, "days of reflection, royal decree of 11 July 2002"),
            Self::InterviewWorkingDays => (Limit::AtMost, "interview on request, droitsquotidiens.be"),
            Self::EvaluationsAYear | Self::InPersonAYear => {
                (Limit::AtLeast, "royal decree of 11 July 2002, as changed on 3 October 2016")
            }
            Self::EvaluationGapMonths => (Limit::Open, "none"),
        }
    }

    /// The rule of the register that it overrides.
    #[must_use]
    pub const fn rule(self) -> RuleCode {
        match self {
            Self::DecisionDays => RuleCode::AidDecision,
            Self::NotificationDays => RuleCode::AidNotification,
            Self::TransferDays => RuleCode::AidTransfer,
            Self::SignatureMonths => RuleCode::PiisSignature,
            Self::ReflectionDays => RuleCode::PiisReflection,
            Self::InterviewWorkingDays => RuleCode::PiisInterview,
            Self::EvaluationsAYear => RuleCode::PiisEvaluations,
            Self::InPersonAYear => RuleCode::PiisInPerson,
            Self::EvaluationGapMonths => RuleCode::PiisEvaluationGap,
        }
    }

    /// Its place in a rule set.
    pub(super) const fn place(self, set: &mut RuleSet) -> &mut u32 {
        match self {
            Self::DecisionDays => &mut set.aid.decision_days,
            Self::NotificationDays => &mut set.aid.notification_days,
            Self::TransferDays => &mut set.aid.transfer_days,
            Self::SignatureMonths => &mut set.piis.signature_months,
            Self::ReflectionDays => &mut set.piis.reflection_days,
            Self::InterviewWorkingDays => &mut set.piis.interview_working_days,
            Self::EvaluationsAYear => &mut set.piis.evaluations_a_year,
            Self::InPersonAYear => &mut set.piis.in_person_a_year,
            Self::EvaluationGapMonths => &mut set.piis.evaluation_gap_months,
        }
    }
}

/// The rules of the house in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseRules {
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force, inclusive, if there is one.
    pub until: Option<NaiveDate>,
    /// Where they stand: a decision of the council, an internal regulation. Empty for the usual ones of this program.
    pub source: String,
    /// Parameters of the law that are overridden.
    pub parameters: BTreeMap<Overridable, u32>,
    /// How long files are kept.
    pub retention: Retention,
    /// Deadlines beside those of the law.
    pub deadlines: Vec<HouseDeadline>,
}

/// How long things are kept; what is not said is asked for when the day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retention {
    /// Months after the last recorded act before the keys of a closed file are destroyed.
    pub file_months: Option<u32>,
    /// Calendar days of notice before that.
    pub notice_days: Option<u32>,
    /// Years for which the ledger of accesses is kept: 10 at least (network traces of the CBSS).
    pub access_ledger_years: Option<u32>,
}

/// Fewest years for which accesses are kept (Crossroads Bank for Social Security, traces of the network).
pub const ACCESS_LEDGER_YEARS_MIN: u32 = 10;

/// A deadline of the house: something is due so long after an event, until another event answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseDeadline {
    /// Its name: capitals, digits and `_`.
    pub code: String,
    /// What people read, in French, Dutch and English.
    pub labels: [String; 3],
    /// The kind of event that starts the clock, such as `EngagementStarted`.
    pub after: String,
    /// The kind of event that answers it.
    pub until: String,
    /// Only for engagements under one of these measures; for every event of the kind if none is named.
    pub measures: Vec<Measure>,
    /// How long.
    pub amount: u32,
    /// In calendar days, working days or months.
    pub unit: RuleUnit,
    /// From when on an answer counts.
    pub counts: Counts,
}

/// From when on an answer to a deadline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// So many calendar days before the clock starts.
    BeforeStart(u32),
    /// So many calendar days before the last day, so that a follow-up at 3 months does not answer that at 6.
    BeforeDue(u32),
}

impl HouseDeadline {
    /// The last day in time for a clock that started on a day. Working days are those of Belgium.
    #[must_use]
    pub fn due_on(&self, started_on: NaiveDate) -> NaiveDate {
        match self.unit {
            RuleUnit::WorkingDays => Country::Belgium.add_working_days(started_on, self.amount),
            RuleUnit::Months => add_months(started_on, self.amount),
            RuleUnit::Years => add_months(started_on, self.amount.saturating_mul(12)),
            RuleUnit::CalendarDays
            | RuleUnit::DaysOfWork
            | RuleUnit::Hours
            | RuleUnit::Age
            | RuleUnit::Times
            | RuleUnit::Euros
            | RuleUnit::Percent
            | RuleUnit::Holds => add_days(started_on, self.amount),
        }
    }

    /// The first day on which an answer counts.
    #[must_use]
    pub fn counts_from(&self, started_on: NaiveDate) -> NaiveDate {
        let (day, days) = match self.counts {
            Counts::BeforeStart(days) => (started_on, days),
            Counts::BeforeDue(days) => (self.due_on(started_on), days),
        };
        day.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
    }
}

/// What the law began with: no rule of a house reaches further back.
pub const FIRST_DAY: NaiveDate = day(2002, 10, 1);

/// The measures that aim at work: who leaves one is asked what became of it.
const TOWARDS_WORK: [Measure; 8] = [
    Measure::Art60,
    Measure::Art61,
    Measure::Acs,
    Measure::StageFirst,
    Measure::SocialInterim,
    Measure::SocialEconomyJob,
    Measure::Mesp,
    Measure::Aci,
];

/// The deadlines of a house that has no file: skills plan, exit review, follow-up at 3, 6 and 12 months.
#[must_use]
pub fn usual_deadlines() -> Vec<HouseDeadline> {
    let one = |code: &str, labels: [&str; 3], (after, until): (&str, &str), (amount, unit), counts| HouseDeadline {
        code: code.to_owned(),
        labels: labels.map(str::to_owned),
        after: after.to_owned(),
        until: until.to_owned(),
        measures: Vec::new(),
        amount,
        unit,
        counts,
    };
    let end = "EngagementEnded";
    let follow_up = |code: &str, months: u32, labels| {
        let asked = one(code, labels, (end, "FollowUpRecorded"), (months, RuleUnit::Months), Counts::BeforeDue(15));
        HouseDeadline { measures: TOWARDS_WORK.to_vec(), ..asked }
    };
    let plan = one(
        "SKILLS_PLAN",
        ["plan d'acquisition des compétences", "competentieverwervingsplan", "skills plan"],
        ("EngagementStarted", "SkillsPlanSigned"),
        (30, RuleUnit::CalendarDays),
        Counts::BeforeStart(30),
    );
    vec![
        HouseDeadline { measures: vec![Measure::Art60], ..plan },
        one(
            "EXIT_REVIEW",
            ["bilan de fin", "eindbalans", "exit review"],
            (end, "ExitReviewCompleted"),
            (30, RuleUnit::CalendarDays),
            Counts::BeforeStart(30),
        ),
        follow_up("FOLLOW_UP_3", 3, ["suivi à 3 mois", "opvolging na 3 maanden", "follow-up at 3 months"]),
        follow_up("FOLLOW_UP_6", 6, ["suivi à 6 mois", "opvolging na 6 maanden", "follow-up at 6 months"]),
        follow_up("FOLLOW_UP_12", 12, ["suivi à 12 mois", "opvolging na 12 maanden", "follow-up at 12 months"]),
    ]
}

impl HouseRules {
    /// The usual rules from a day on: the deadlines of this program, nothing overridden, nothing kept for a set time.
    #[must_use]
    pub fn usual(from: NaiveDate) -> Self {
        Self {
            from,
            until: None,
            source: String::new(),
            parameters: BTreeMap::new(),
            retention: Retention::default(),
            deadlines: usual_deadlines(),
        }
    }
}

/// The periods of a house without a gap, from the first day of the law on: the usual rules stand where it says nothing.
pub(super) fn segments(periods: Vec<HouseRules>) -> Vec<HouseRules> {
    let mut all = Vec::new();
    let mut free_from = Some(FIRST_DAY);
    for period in periods {
        if let Some(from) = free_from.filter(|from| *from < period.from) {
            all.push(HouseRules { until: period.from.pred_opt(), ..HouseRules::usual(from) });
        }
        free_from = period.until.and_then(|last| last.succ_opt());
        all.push(period);
    }
    all.extend(free_from.map(HouseRules::usual));
    all
}

#[cfg(test)]
mod tests;
