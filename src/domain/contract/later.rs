//! What follows the signature of an engagement: changes of its terms, suspensions, hours worked, days to prove.

use super::decide::{Case, after, full_time_in, not_over, ordered, overlap, running};
use super::event::{BenefitBasis, BenefitProposal, Event, ReplanReason, Terms};
use super::measure;
use super::occupancy::{Claims, Span};
use super::refusal::Refusal;
use super::state::{Amendment, Engagement, Schedule};
use crate::codes::{ContractKind, Measure};
use crate::hours::Hours;
use chrono::NaiveDate;

impl Case<'_> {
    /// New terms from a day on; who becomes full-time by them must be free for it.
    pub(super) fn amend(
        &self,
        on: NaiveDate,
        weekly_hours: Option<Hours>,
        kind: Option<ContractKind>,
    ) -> Result<Event, Refusal> {
        let (engagement, terms, signed_on) = self.signed()?;
        if on < signed_on {
            return Err(Refusal::BeforeSignature { on, signed_on });
        }
        not_over(engagement, on)?;
        if let Some(last) = engagement.amendments.last().filter(|last| on < last.on) {
            return Err(Refusal::BeforeAmendment { on, amended_on: last.on });
        }
        let mut amended = engagement.clone();
        amended.amendments.push(Amendment { on, weekly_hours, kind });
        let (former, new) = (engagement.phases(), amended.phases());
        let told = |phases: &[(NaiveDate, Option<Hours>, ContractKind)]| phases.last().map(|(_, h, k)| (*h, *k));
        if told(&former) == told(&new) {
            return Err(Refusal::NothingAmended);
        }
        measure::allows_hours(self.law, &Terms { weekly_hours, ..terms.clone() })?;
        let first = engagement.started_on.unwrap_or(terms.planned_from).max(on);
        // Past its planned end without a recorded one it is still running, and holds the person without end.
        let planned = engagement.planned_until.filter(|until| *until >= self.today.max(first));
        let span = Span { from: first, until: engagement.last_day.or(planned) };
        self.person_is_free(&full_time_in(&amended, span), Claims::StartedAndPlanned, "weeklyHours")?;
        let place = engagement.last_place();
        Ok(Event::Amended { person: self.person, engagement: self.id, place, weekly_hours, kind })
    }

    /// A planned end that is later needs what an extension needs; one that is earlier cuts nothing that happened.
    pub(super) fn replan(
        &self,
        on: NaiveDate,
        planned_until: NaiveDate,
        reason: ReplanReason,
    ) -> Result<Event, Refusal> {
        let (engagement, terms, signed_on) = self.signed()?;
        if on < signed_on {
            return Err(Refusal::BeforeSignature { on, signed_on });
        }
        if let Some(last_day) = engagement.last_day {
            return Err(Refusal::Ended { last_day });
        }
        if let Some((extended_on, _)) = engagement.extensions.last().filter(|(extended_on, _)| on < *extended_on) {
            return Err(Refusal::BeforeExtension { on, extended_on: *extended_on });
        }
        if engagement.planned_until == Some(planned_until) {
            return Err(Refusal::PlannedEndUnchanged(planned_until));
        }
        let first = engagement.started_on.unwrap_or(terms.planned_from);
        let moved_on = engagement.moves.last().map(|(moved_on, _)| *moved_on);
        let earliest = moved_on.into_iter().chain([first, on]).max().unwrap_or(on);
        if planned_until < earliest {
            return Err(Refusal::PlannedEndTooEarly { planned_until, earliest });
        }
        measure::allows(self.law, &Terms { planned_until: Some(planned_until), ..terms.clone() }, None)?;
        let place = match engagement.planned_until {
            Some(former) if former < planned_until => self.may_last(engagement, after(former, planned_until))?,
            _ => engagement.last_place(),
        };
        Ok(Event::Replanned { person: self.person, engagement: self.id, place, planned_until, reason })
    }

    pub(super) fn suspend(&self, on: NaiveDate) -> Result<Event, Refusal> {
        let (engagement, ..) = self.signed()?;
        running(engagement, on)?;
        if let Some(since) = engagement.suspended_since() {
            return Err(Refusal::AlreadySuspended { since });
        }
        let resumed_on = engagement.suspensions.last().and_then(|(_, resumed_on)| *resumed_on);
        match resumed_on.filter(|resumed_on| on < *resumed_on) {
            Some(resumed_on) => Err(Refusal::BeforeResumption { on, resumed_on }),
            None => Ok(Event::Suspended { person: self.person, engagement: self.id }),
        }
    }

    pub(super) fn resume(&self, on: NaiveDate) -> Result<Event, Refusal> {
        let (engagement, ..) = self.signed()?;
        running(engagement, on)?;
        match engagement.suspended_since() {
            Some(since) if since < on => Ok(Event::Resumed { person: self.person, engagement: self.id }),
            _ => Err(Refusal::NotSuspended { on }),
        }
    }

    /// Hours worked lie in the engagement and in the past; no day is told twice.
    pub(super) fn record_hours_worked(&self, worked: Schedule) -> Result<Event, Refusal> {
        let Schedule { from, until, hours } = worked;
        let (engagement, ..) = self.signed()?;
        let span = Span { from, until: Some(until) };
        ordered(span, "until")?;
        running(engagement, from)?;
        let last_day = engagement.last_day.unwrap_or(self.today).min(self.today);
        if last_day < until {
            return Err(Refusal::WorkedTooLate { until, last_day });
        }
        if let Some(other) = engagement.worked.iter().find(|other| overlap(span, other.from, other.until)) {
            return Err(Refusal::WorkedOverlaps { from: other.from, until: other.until });
        }
        Ok(Event::HoursWorked { person: self.person, engagement: self.id, from, until, hours })
    }

    /// The rule of the day of the application for benefit, by default the day after the last (planned) day.
    pub(super) fn propose_benefit_days(
        &self,
        on: NaiveDate,
        application_on: Option<NaiveDate>,
        age: Option<u32>,
    ) -> Result<Event, Refusal> {
        let (engagement, terms, signed_on) = self.signed()?;
        if on < signed_on {
            return Err(Refusal::BeforeSignature { on, signed_on });
        }
        if terms.measure != Measure::Art60 {
            return Err(Refusal::NotArticle60(terms.measure));
        }
        let from = engagement.started_on.unwrap_or(terms.planned_from);
        let application_on =
            application_on.or_else(|| day_after_last(engagement)).ok_or(Refusal::ApplicationDayNeeded)?;
        if application_on <= from {
            return Err(Refusal::ApplicationBeforeWork { application_on, from });
        }
        let rules = self.law.on(application_on).article60;
        let way = rules.way_in(age).ok_or(Refusal::AgeNeeded(application_on))?;
        let basis = if rules.by_age() { BenefitBasis::ByAge } else { BenefitBasis::AnyAge };
        let (age_band, required_days, reference_months) = (way.age_min, way.days, way.months);
        let proposal = BenefitProposal { application_on, age_band, required_days, reference_months, basis };
        match engagement.benefit {
            Some((proposed_on, standing)) if standing == proposal => Err(Refusal::AlreadyProposed { proposed_on }),
            _ => Ok(Event::BenefitDaysProposed { person: self.person, engagement: self.id, proposal }),
        }
    }

    /// What the worker confirms is the worker's: it may differ where another way in or assimilated days count.
    pub(super) fn confirm_benefit_days(
        &self,
        on: NaiveDate,
        required_days: Option<u32>,
        reference_months: Option<u32>,
    ) -> Result<Event, Refusal> {
        let (engagement, ..) = self.signed()?;
        let proposed = engagement.benefit.filter(|(proposed_on, _)| *proposed_on <= on);
        let (_, proposal) = proposed.ok_or(Refusal::NothingProposed(on))?;
        if let Some((confirmed_on, ..)) = engagement.benefit_confirmed {
            return Err(Refusal::AlreadyConfirmed { confirmed_on });
        }
        Ok(Event::BenefitDaysConfirmed {
            person: self.person,
            engagement: self.id,
            required_days: required_days.unwrap_or(proposal.required_days),
            reference_months: reference_months.unwrap_or(proposal.reference_months),
        })
    }
}

fn day_after_last(engagement: &Engagement) -> Option<NaiveDate> {
    engagement.last_day.or(engagement.planned_until)?.succ_opt()
}
