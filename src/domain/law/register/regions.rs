//! The rules of the Brussels Region and of France.

use super::{ClockStart as Start, Confidence, Parameter, Rule, RuleCode as Code, RuleUnit as Unit};
use crate::hours::Hours;
use crate::law::pass::ProlongationReason as Reason;
use crate::law::{BrusselsSet, FranceSet};
use Confidence::Verified;

const STAGE_FIRST: (&str, &str, Confidence) = ("Stage First of Actiris", "jeminforme.be", Verified);
const DECREE: &str = "decree of the Brussels government of 23 May 2019";
const CODE_OF_LES_EMPLOIS: (&str, &str, Confidence) =
    ("PASS IAE", "gip-inclusion/les-emplois, 21 August 2026", Verified);
const ENGAGEMENT: (&str, &str, Confidence) = ("law of 18 December 2023", "lemediasocial.fr; moneyvox.fr", Verified);
const SANCTION: (&str, &str, Confidence) = ("decree of 30 May 2025", "actu-juridique.fr; moneyvox.fr", Verified);

fn some(amount: u32, unit: Unit) -> Option<Parameter> {
    Some(Parameter::whole(amount, unit))
}

/// Cents of a euro are the hundredths of an amount.
fn euros(cents: u32) -> Option<Parameter> {
    Some(Parameter { amount: Hours(cents.into()), unit: Unit::Euros })
}

pub(super) fn of_brussels() -> Vec<Rule<BrusselsSet>> {
    vec![
        Rule::new(Code::StageFirstMonth, STAGE_FIRST, Start::None, |set| euros(set.stage_first.host_month_cents)),
        Rule::new(Code::StageFirstDay, STAGE_FIRST, Start::None, |set| euros(set.stage_first.day_cents)),
        Rule::new(
            Code::Art60TrainingGrant,
            (DECREE, "brulocalis.brussels (article 17)", Verified),
            Start::None,
            |set| some(set.insertion_jobs?.training_euros, Unit::Euros),
        ),
        Rule::new(Code::Art60Premium, (DECREE, "brulocalis.brussels (article 19)", Verified), Start::None, |set| {
            some(set.insertion_jobs?.premium_euros, Unit::Euros)
        }),
    ]
}

pub(super) fn of_france() -> Vec<Rule<FranceSet>> {
    let mut all = pass();
    all.extend(prolongations());
    all.extend(engagement());
    all
}

fn pass() -> Vec<Rule<FranceSet>> {
    vec![
        Rule::new(Code::PassLength, CODE_OF_LES_EMPLOIS, Start::PassStart, |set| {
            some(set.pass.days, Unit::CalendarDays)
        }),
        Rule::new(Code::PassWaiting, CODE_OF_LES_EMPLOIS, Start::PassEnd, |set| {
            some(set.pass.waiting_months, Unit::Months)
        }),
        Rule::new(Code::PassSuspension, CODE_OF_LES_EMPLOIS, Start::SuspensionStart, |set| {
            some(set.pass.suspension_months_max, Unit::Months)
        }),
        Rule::new(Code::PassRetroactive, CODE_OF_LES_EMPLOIS, Start::SuspensionStart, |set| {
            some(set.pass.retroactive_days_max, Unit::CalendarDays)
        }),
        Rule::new(Code::PassWindowBefore, CODE_OF_LES_EMPLOIS, Start::PassEnd, |set| {
            some(set.pass.window_before_months, Unit::Months)
        }),
        Rule::new(Code::PassWindowAfter, CODE_OF_LES_EMPLOIS, Start::PassEnd, |set| {
            some(set.pass.window_after_months, Unit::Months)
        }),
    ]
}

fn prolongations() -> Vec<Rule<FranceSet>> {
    vec![
        Rule::new(Code::PassTraining, CODE_OF_LES_EMPLOIS, Start::PassEnd, |_| {
            some(Reason::Training.months_max(), Unit::Months)
        }),
        Rule::new(Code::PassDifficulties, CODE_OF_LES_EMPLOIS, Start::PassEnd, |_| {
            some(Reason::Rqth.months_max(), Unit::Months)
        }),
        Rule::new(Code::PassDifficultiesMax, CODE_OF_LES_EMPLOIS, Start::PassEnd, |_| {
            some(Reason::Rqth.months_in_all()?, Unit::Months)
        }),
        Rule::new(Code::PassSenior, CODE_OF_LES_EMPLOIS, Start::PassEnd, |_| {
            some(Reason::Senior.months_in_all()?, Unit::Months)
        }),
        Rule::new(Code::PassSeniorCdi, CODE_OF_LES_EMPLOIS, Start::PassEnd, |_| {
            some(Reason::SeniorCdi.months_in_all()?, Unit::Months)
        }),
    ]
}

fn engagement() -> Vec<Rule<FranceSet>> {
    vec![
        Rule::new(Code::FrWeekMin, ENGAGEMENT, Start::None, |set| {
            Some(Parameter { amount: set.engagement?.weekly_hours_min, unit: Unit::Hours })
        }),
        Rule::new(Code::FrWeekMax, ENGAGEMENT, Start::None, |set| {
            Some(Parameter { amount: set.engagement?.weekly_hours_max, unit: Unit::Hours })
        }),
        Rule::new(Code::FrSanctionPercent, SANCTION, Start::None, |set| {
            some(set.sanction?.first_percent_min, Unit::Percent)
        }),
        Rule::new(Code::FrSanctionMin, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction?.first_months_min, Unit::Months)
        }),
        Rule::new(Code::FrSanctionMax, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction?.first_months_max, Unit::Months)
        }),
        Rule::new(Code::FrSanctionRepeatMin, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction?.repeat_months_min, Unit::Months)
        }),
        Rule::new(Code::FrSanctionRepeatMax, SANCTION, Start::SuspensionStart, |set| {
            some(set.sanction?.repeat_months_max, Unit::Months)
        }),
        Rule::new(Code::FrSanctionFamily, SANCTION, Start::None, |set| {
            some(set.sanction?.family_percent_max, Unit::Percent)
        }),
        Rule::new(
            Code::FrDurableExit,
            ("convention statistique of the IAE", "communaute.inclusion.beta.gouv.fr", Verified),
            Start::EngagementStart,
            |set| some(set.exits.durable_above_months, Unit::Months),
        ),
    ]
}
