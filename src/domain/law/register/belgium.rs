//! The Belgian rules of the register. "DIS" is the law of 26 May 2002, "RD" the royal decree of 11 July 2002.

use super::{ClockStart as Start, Confidence, Parameter, Rule, RuleCode as Code, RuleUnit as Unit};
use crate::hours::Hours;
use crate::law::RuleSet;
use crate::law::article60::{Beside, OtherWay};
use crate::law::belgium::day;
use Confidence::{Certain, Chosen, NotRead, Verified};

const SANCTION: (&str, &str, Confidence) = ("DIS article 30 §2", "mi-is.be; droitsquotidiens.be", Certain);
const MEANS: (&str, &str, Confidence) = ("DIS article 30 §1", "mi-is.be; bdas-wwsb.brussels", Certain);
const BENEFIT: (&str, &str, Confidence) = ("royal decree of 25 November 1991, article 30", "onem.be T31", Certain);
const BENEFIT_2026: (&str, &str, Confidence) = ("programme law of 18 July 2025", "linfo-csc.be; bx1.be", Verified);
const CITIZEN: (&str, &str, Confidence) = ("law published on 31 May 2024", "unisoc.be; incidence-asbl.org", Verified);
const PENALTY: (&str, &str, Confidence) = ("Penal Code, article 37quinquies", "maisonsdejustice.be", Certain);
const PART_TIME: (&str, &str, Confidence) = ("organic law, article 60 §7, part-time", "bdas-wwsb.brussels", Verified);
const STAGE_FIRST: (&str, &str, Confidence) = ("Stage First of Actiris", "jeminforme.be", Verified);

pub(super) fn rules() -> Vec<Rule<RuleSet>> {
    [aid(), project(), sanction(), article60(), other_ways(), posts(), penalty(), citizen_service()]
        .into_iter()
        .flatten()
        .collect()
}

fn some(amount: u32, unit: Unit) -> Option<Parameter> {
    Some(Parameter::whole(amount, unit))
}

fn hours(amount: Hours) -> Option<Parameter> {
    Some(Parameter { amount, unit: Unit::Hours })
}

fn aid() -> Vec<Rule<RuleSet>> {
    vec![
        Rule::new(
            Code::AidDecision,
            ("DIS article 21 §1", "mi-is.be; bdas-wwsb.brussels", Certain),
            Start::Request,
            |set| some(set.aid.decision_days, Unit::CalendarDays),
        ),
        Rule::new(Code::AidNotification, ("DIS article 21 §4", "not read", NotRead), Start::Decision, |set| {
            some(set.aid.notification_days, Unit::CalendarDays)
        }),
        Rule::new(
            Code::AidTransfer,
            ("transfer to the competent CPAS", "bdas-wwsb.brussels", Verified),
            Start::Request,
            |set| some(set.aid.transfer_days, Unit::CalendarDays),
        ),
        Rule::new(
            Code::AidAppeal,
            ("DIS article 47 §1", "droitsquotidiens.be; bdas-wwsb.brussels", Verified),
            Start::Notification,
            |set| some(set.aid.appeal_months, Unit::Months),
        ),
        Rule::new(
            Code::AidAbroad,
            ("suspension motives of the SPP-IS", "infosdf.be", Verified),
            Start::Departure,
            |set| some(set.aid.abroad_days, Unit::CalendarDays),
        ),
    ]
}

fn project() -> Vec<Rule<RuleSet>> {
    let reform = day(2016, 11, 1);
    vec![
        Rule::new(
            Code::PiisEveryNew,
            ("law of 21 July 2016", "bdas-wwsb.brussels; vvsg.be", Verified),
            Start::None,
            |set| some(set.piis.every_new_beneficiary.into(), Unit::Holds),
        ),
        Rule::new(Code::PiisAlwaysBelow, ("DIS article 11 §2", "mi-is.be", Certain), Start::Grant, |set| {
            some(set.piis.always_below_age, Unit::Age)
        }),
        Rule::new(Code::PiisNewAfter, ("DIS article 11", "vvsg.be; mi-is.be", Certain), Start::Grant, |set| {
            some(set.piis.new_after_months, Unit::Months)
        }),
        Rule::new(
            Code::PiisSignature,
            ("DIS article 11", "bdas-wwsb.brussels; vvsg.be", Verified),
            Start::Notification,
            |set| some(set.piis.signature_months, Unit::Months),
        ),
        Rule::new(
            Code::PiisReflection,
            ("RD, days of reflection", "mi-is.be; droitsquotidiens.be", Certain),
            Start::HandedOver,
            |set| some(set.piis.reflection_days, Unit::CalendarDays),
        ),
        Rule::new(
            Code::PiisInterview,
            ("interview on request", "droitsquotidiens.be", Verified),
            Start::InterviewRequest,
            |set| some(set.piis.interview_working_days, Unit::WorkingDays),
        ),
        Rule::new(
            Code::PiisEvaluations,
            ("RD, as changed on 3 October 2016", "vvsg.be; droitsquotidiens.be", Verified),
            Start::SignatureOrEvaluation,
            |set: &RuleSet| some(set.piis.evaluations_a_year, Unit::Times),
        )
        .unread_before(reform),
        Rule::new(
            Code::PiisInPerson,
            ("RD, as changed on 3 October 2016", "vvsg.be", Verified),
            Start::SignatureOrEvaluation,
            |set: &RuleSet| some(set.piis.in_person_a_year, Unit::Times),
        )
        .unread_before(reform),
        Rule::new(
            Code::PiisEvaluationGap,
            ("none", "three a year evenly spread", Chosen),
            Start::SignatureOrEvaluation,
            |set| some(set.piis.evaluation_gap_months, Unit::Months),
        ),
        Rule::new(
            Code::PiisReassessment,
            ("reactivation of a project", "mi-is.be", Certain),
            Start::EngagementStart,
            |set| some(set.piis.reassessment_job_months, Unit::Months),
        ),
        Rule::new(
            Code::PiisSubsidy,
            ("higher subsidy, SPP-IS code 11", "primabook.mi-is.be; vvsg.be", Certain),
            Start::None,
            |set| some(set.piis.subsidy_months, Unit::Months),
        ),
    ]
}

fn sanction() -> Vec<Rule<RuleSet>> {
    vec![
        Rule::new(Code::SanctionProject, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction.project_months, Unit::Months)
        }),
        Rule::new(Code::SanctionProjectRepeat, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction.project_repeat_months, Unit::Months)
        }),
        Rule::new(Code::SanctionProjectWithin, SANCTION, Start::EarlierDecision, |set| {
            some(set.sanction.project_repeat_within_months, Unit::Months)
        }),
        Rule::new(Code::SanctionMeans, MEANS, Start::SuspensionStart, |set| {
            some(set.sanction.means_months, Unit::Months)
        }),
        Rule::new(Code::SanctionFraud, MEANS, Start::SuspensionStart, |set| {
            some(set.sanction.fraud_months, Unit::Months)
        }),
        Rule::new(Code::SanctionMeansFactor, MEANS, Start::None, |set| {
            some(set.sanction.means_repeat_factor, Unit::Times)
        }),
        Rule::new(Code::SanctionMeansWithin, MEANS, Start::EarlierDecision, |set| {
            some(set.sanction.means_repeat_within_months, Unit::Months)
        }),
        Rule::new(Code::SanctionStart, ("DIS article 30", "droitsquotidiens.be", Verified), Start::Decision, |set| {
            some(set.sanction.start_within_months, Unit::Months)
        }),
    ]
}

/// The direct ways, by the youngest, the middle and the oldest age band.
fn article60() -> Vec<Rule<RuleSet>> {
    let direct = |code, starts, value: fn(&RuleSet) -> Option<Parameter>| {
        Rule::new(code, BENEFIT, starts, value).since(day(2026, 3, 1), BENEFIT_2026)
    };
    vec![
        direct(Code::Art60DaysBelow36, Start::None, |set| some(set.article60.way_at(35).days, Unit::DaysOfWork)),
        direct(Code::Art60MonthsBelow36, Start::Application, |set| some(set.article60.way_at(35).months, Unit::Months)),
        direct(Code::Art60DaysFrom36, Start::None, |set| some(set.article60.way_at(36).days, Unit::DaysOfWork)),
        direct(Code::Art60MonthsFrom36, Start::Application, |set| some(set.article60.way_at(36).months, Unit::Months)),
        direct(Code::Art60DaysFrom50, Start::None, |set| some(set.article60.way_at(50).days, Unit::DaysOfWork)),
        direct(Code::Art60MonthsFrom50, Start::Application, |set| some(set.article60.way_at(50).months, Unit::Months)),
        Rule::new(Code::Art60Benefit, BENEFIT_2026, Start::Application, |set| {
            some(set.article60.benefit_months?, Unit::Months)
        }),
        Rule::new(Code::Art60BenefitMax, BENEFIT_2026, Start::Application, |set| {
            some(set.article60.benefit_months_max?, Unit::Months)
        }),
        Rule::new(Code::Art60PartTimeHours, PART_TIME, Start::None, |set| hours(set.article60.part_time_hours_min)),
        Rule::new(Code::Art60PartTime, PART_TIME, Start::EngagementStart, |set| {
            some(set.article60.part_time_months_max, Unit::Months)
        }),
    ]
}

/// The way in at an age that asks for older work besides.
fn beside(set: &RuleSet, age: u32, wanted: fn(&Beside) -> bool) -> Option<&'static OtherWay> {
    set.article60.way_at(age).others.iter().find(|way| wanted(&way.beside))
}

fn earlier(set: &RuleSet, age: u32) -> Option<&'static OtherWay> {
    beside(set, age, |beside| matches!(beside, Beside::Earlier { .. }))
}

fn missing(set: &RuleSet, age: u32) -> Option<&'static OtherWay> {
    beside(set, age, |beside| matches!(beside, Beside::PerMissingDay { .. }))
}

fn other_ways() -> Vec<Rule<RuleSet>> {
    vec![
        Rule::new(Code::Art60EarlierFrom36, BENEFIT, Start::None, |set| some(earlier(set, 36)?.days, Unit::DaysOfWork)),
        Rule::new(Code::Art60MissingFrom36, BENEFIT, Start::None, |set| some(missing(set, 36)?.days, Unit::DaysOfWork)),
        Rule::new(Code::Art60EarlierFrom50, BENEFIT, Start::None, |set| some(earlier(set, 50)?.days, Unit::DaysOfWork)),
        Rule::new(Code::Art60MissingFrom50, BENEFIT, Start::None, |set| some(missing(set, 50)?.days, Unit::DaysOfWork)),
        Rule::new(Code::Art60OlderDays, BENEFIT, Start::None, |set| match earlier(set, 50)?.beside {
            Beside::Earlier { days, .. } => some(days, Unit::DaysOfWork),
            Beside::Nothing | Beside::PerMissingDay { .. } => None,
        }),
        Rule::new(Code::Art60OlderYears, BENEFIT, Start::Application, |set| match earlier(set, 50)?.beside {
            Beside::Earlier { years, .. } => some(years, Unit::Years),
            Beside::Nothing | Beside::PerMissingDay { .. } => None,
        }),
        Rule::new(Code::Art60OldPerMissing, BENEFIT, Start::None, |set| match missing(set, 50)?.beside {
            Beside::PerMissingDay { days } => some(days, Unit::Times),
            Beside::Nothing | Beside::Earlier { .. } => None,
        }),
    ]
}

fn posts() -> Vec<Rule<RuleSet>> {
    let acs = ("reform announced in 2015", "lalibre.be; governance.brussels", Verified);
    vec![
        Rule::new(Code::AcsRefill, acs, Start::LastDayFilled, |set: &RuleSet| {
            some(set.acs.refill_months, Unit::Months)
        })
        .unread_before(day(2016, 11, 1)),
        Rule::new(
            Code::EsfLongerTerm,
            ("Regulation (EU) 2021/1057, annex I", "eur-lex 32021R1057; gov.scot", Verified),
            Start::OperationLeft,
            |set: &RuleSet| some(set.esf.longer_term_months, Unit::Months),
        )
        .unread_before(day(2021, 7, 1)),
        Rule::new(Code::StageFirstMin, STAGE_FIRST, Start::EngagementStart, |set: &RuleSet| {
            some(set.stage_first.months_min, Unit::Months)
        })
        .unread_before(day(2016, 11, 1)),
        Rule::new(Code::StageFirstMax, STAGE_FIRST, Start::EngagementStart, |set: &RuleSet| {
            some(set.stage_first.months_max, Unit::Months)
        })
        .unread_before(day(2016, 11, 1)),
    ]
}

fn penalty() -> Vec<Rule<RuleSet>> {
    let by_levels = ("new Penal Code, published on 8 April 2024", "justice.belgium.be for the day", NotRead);
    vec![
        Rule::new(Code::PenaltyHoursMin, PENALTY, Start::None, |set| hours(set.penalty.hours_min)),
        Rule::new(Code::PenaltyHoursMax, PENALTY, Start::None, |set| hours(set.penalty.hours_max)),
        Rule::new(Code::PenaltyPoliceMax, PENALTY, Start::None, |set| {
            hours(set.penalty.lower_hours_max).filter(|_| !set.penalty.by_levels)
        }),
        Rule::new(Code::PenaltyLevel1Max, by_levels, Start::None, |set| {
            hours(set.penalty.lower_hours_max).filter(|_| set.penalty.by_levels)
        }),
        Rule::new(Code::PenaltyTime, PENALTY, Start::FinalJudgment, |set| some(set.penalty.months, Unit::Months)),
    ]
}

fn citizen_service() -> Vec<Rule<RuleSet>> {
    vec![
        Rule::new(Code::CitizenAgeMin, CITIZEN, Start::EngagementStart, |set| {
            some(set.citizen_service?.age_min, Unit::Age)
        }),
        Rule::new(Code::CitizenAgeMax, CITIZEN, Start::EngagementStart, |set| {
            some(set.citizen_service?.age_max, Unit::Age)
        }),
        Rule::new(Code::CitizenTimeMin, CITIZEN, Start::EngagementStart, |set| {
            some(set.citizen_service?.months_min, Unit::Months)
        }),
        Rule::new(Code::CitizenTimeMax, CITIZEN, Start::EngagementStart, |set| {
            some(set.citizen_service?.months_max, Unit::Months)
        }),
        Rule::new(Code::CitizenWeek, CITIZEN, Start::None, |set| hours(set.citizen_service?.weekly_hours_max)),
        Rule::new(Code::CitizenDay, CITIZEN, Start::None, |set| hours(set.citizen_service?.daily_hours_max)),
        Rule::new(Code::CitizenFreeDays, CITIZEN, Start::None, |set| {
            some(set.citizen_service?.free_days_min, Unit::CalendarDays)
        }),
        Rule::new(Code::CitizenMonth, CITIZEN, Start::None, |set| {
            some(set.citizen_service?.monthly_euros_max, Unit::Euros)
        }),
    ]
}
