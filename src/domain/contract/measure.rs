//! The limits of a measure: what its own law allows to be agreed, and of what it warns.
//!
//! The law is that of the first planned day. Where an age matters the caller gives it, as a plain number that is used
//! and not kept: the date of birth is sealed.

use super::event::{Event, Terms};
use super::occupancy::{FULL_TIME_HOURS, Span};
use super::refusal::Refusal;
use super::state::{Engagement, State};
use crate::codes::{ContractKind, Measure, codes};
use crate::hours::Hours;
use crate::ids::EngagementId;
use crate::law::article60::Article60Rules;
use crate::law::{Law, add_months};
use chrono::NaiveDate;

/// Where the limits of Service Citoyen are written.
const CITIZEN_SERVICE: &str = "law published on 31 May 2024 on citizen service";
/// Where those of Stage First are written.
const STAGE_FIRST: &str = "Stage First of Actiris";

codes! {
    /// Of what an engagement warns: it is recorded as it was agreed.
    EngagementWarning {
        /// A part-time article 60 contract has less than half-time.
        BelowHalfTime = "BELOW_HALF_TIME" ("moins d'un mi-temps", "minder dan halftijds", "less than half-time"),
        /// A part-time article 60 contract lasts longer than six months.
        PartTimeTooLong = "PART_TIME_TOO_LONG" ("temps partiel de plus de six mois", "langer dan zes maanden deeltijds", "part-time for more than six months"),
    }
}

/// Refuses terms that the law of the measure does not allow; an age that is not given is not judged.
///
/// Service Citoyen before its law had no status and no limits: what was agreed then is recorded as it was.
pub(super) fn allows(law: &Law, terms: &Terms, age_at_start: Option<u32>) -> Result<(), Refusal> {
    let rules = law.on(terms.planned_from);
    match (terms.measure, rules.citizen_service) {
        (Measure::StageFirst, _) => {
            long_enough(terms, (rules.stage_first.months_min, rules.stage_first.months_max), STAGE_FIRST)
        }
        (measure @ Measure::CitizenService, Some(rules)) => {
            let (article, age_min, age_max) = (CITIZEN_SERVICE, rules.age_min, rules.age_max);
            if age_at_start.is_some_and(|age| !(age_min..=age_max).contains(&age)) {
                return Err(Refusal::AgeOutOfRange { measure, article, age_min, age_max });
            }
            allows_hours(law, terms)?;
            long_enough(terms, (rules.months_min, rules.months_max), article)
        }
        (
            Measure::CitizenService
            | Measure::Art60
            | Measure::Art61
            | Measure::Acs
            | Measure::Intern
            | Measure::WorkPenalty
            | Measure::Piis
            | Measure::Alpha
            | Measure::StudiesTraining
            | Measure::JobCoaching
            | Measure::SkillsValidation
            | Measure::SocialInterim
            | Measure::SocialEconomyJob
            | Measure::SelfEmployment
            | Measure::StudentJob
            | Measure::EsfProject
            | Measure::SocialInsertion
            | Measure::Mesp
            | Measure::Aci,
            _,
        ) => Ok(()),
    }
}

/// Refuses more hours a week than the law of the measure allows; hours that are not given are not judged.
pub(super) fn allows_hours(law: &Law, terms: &Terms) -> Result<(), Refusal> {
    let limited = law.on(terms.planned_from).citizen_service.filter(|_| terms.measure == Measure::CitizenService);
    match (limited.map(|rules| rules.weekly_hours_max), terms.weekly_hours) {
        (Some(hours_max), Some(hours)) if hours_max < hours => {
            Err(Refusal::TooManyWeeklyHours { measure: terms.measure, article: CITIZEN_SERVICE, hours_max })
        }
        _ => Ok(()),
    }
}

/// Refuses a second Service Citoyen: it is not renewable. One from before its law does not count.
pub(super) fn allows_another(law: &Law, terms: &Terms, state: &State, own: EngagementId) -> Result<(), Refusal> {
    let under_the_law = |terms: &Terms| {
        terms.measure == Measure::CitizenService && law.on(terms.planned_from).citizen_service.is_some()
    };
    if !under_the_law(terms) {
        return Ok(());
    }
    let taken = |one: &Engagement| one.counts() || one.awaits_start();
    let mut others = state.engagements.iter().filter(|(id, one)| **id != own && taken(one));
    match others.find(|(_, one)| one.terms.as_ref().is_some_and(under_the_law)) {
        Some((other, _)) => {
            Err(Refusal::NotRenewable { measure: terms.measure, article: CITIZEN_SERVICE, other: *other })
        }
        None => Ok(()),
    }
}

/// The planned end lies between the fewest and the most months; they end on the eve of the same day of the month.
fn long_enough(terms: &Terms, (months_min, months_max): (u32, u32), article: &'static str) -> Result<(), Refusal> {
    let (earliest, latest) = (last_day(terms.planned_from, months_min), last_day(terms.planned_from, months_max));
    if terms.planned_until.is_some_and(|until| (earliest..=latest).contains(&until)) {
        return Ok(());
    }
    Err(Refusal::LengthOutOfRange { measure: terms.measure, article, months_min, months_max, earliest, latest })
}

/// The last day of some months from a day on.
fn last_day(from: NaiveDate, months: u32) -> NaiveDate {
    let end = add_months(from, months);
    end.pred_opt().unwrap_or(end)
}

/// The rule set that swayed an event, if the law did.
pub(super) fn rule_set(event: &Event, law: &Law) -> Option<&'static str> {
    let day = match event {
        Event::Signed { terms, .. } => {
            let limited = [Measure::StageFirst, Measure::CitizenService].contains(&terms.measure);
            limited.then_some(terms.planned_from)
        }
        Event::BenefitDaysProposed { proposal, .. } => Some(proposal.application_on),
        Event::Started { .. }
        | Event::SkillsPlanSigned { .. }
        | Event::Extended { .. }
        | Event::WorkplaceChanged { .. }
        | Event::HoursScheduled { .. }
        | Event::AbsenceRecorded { .. }
        | Event::Ended { .. }
        | Event::Cancelled { .. }
        | Event::Amended { .. }
        | Event::Replanned { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::HoursWorked { .. }
        | Event::BenefitDaysConfirmed { .. } => None,
    };
    day.map(|day| law.on(day).id)
}

impl Engagement {
    /// Of what it warns: the part-time variant of article 60 is half-time at least and lasts six months at most
    /// (bdas-wwsb.brussels); it is recorded as it was agreed all the same.
    #[must_use]
    pub fn warnings(&self, law: &Law) -> Vec<EngagementWarning> {
        let Some(terms) = self.terms.as_ref().filter(|terms| terms.measure == Measure::Art60) else {
            return Vec::new();
        };
        let first = self.started_on.unwrap_or(terms.planned_from);
        let rules = law.on(first).article60;
        let whole = Span { from: first, until: self.last_day.or(self.planned_until) };
        let part_time = self.part_time(whole);
        let mut warnings = Vec::new();
        if part_time.iter().any(|(_, hours)| *hours < rules.part_time_hours_min) {
            warnings.push(EngagementWarning::BelowHalfTime);
        }
        if part_time.iter().any(|(span, _)| too_long(*span, &rules)) {
            warnings.push(EngagementWarning::PartTimeTooLong);
        }
        warnings
    }

    /// The times in a span for which part-time was agreed, with the hours a week.
    fn part_time(&self, whole: Span) -> Vec<(Span, Hours)> {
        let phases = self.phases();
        let ends = phases.iter().skip(1).map(|(from, ..)| from.pred_opt()).chain([None]);
        let in_part = |hours: &Hours, kind: ContractKind| kind != ContractKind::Placement && *hours < FULL_TIME_HOURS;
        phases
            .iter()
            .zip(ends)
            .filter_map(|((from, hours, kind), until)| {
                let hours = hours.filter(|hours| in_part(hours, *kind))?;
                Some((Span { from: *from, until }.shared(whole)?, hours))
            })
            .collect()
    }
}

fn too_long(span: Span, rules: &Article60Rules) -> bool {
    span.until.is_none_or(|until| last_day(span.from, rules.part_time_months_max) < until)
}
