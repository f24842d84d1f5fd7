//! The answer to each command: the event that records it, or the rule that forbids it.

use super::command::Command;
use super::event::{Event, Place, Terms};
use super::measure;
use super::occupancy::{self, Claims, Span};
use super::refusal::Refusal;
use super::state::{Absence, Engagement, Schedule, State};
use crate::codes::Measure;
use crate::decision::{Desk, Past};
use crate::ids::{AgreementId, EngagementId, PersonId, PostId};
use crate::law::Law;
use crate::{agreement, post};
use chrono::NaiveDate;

/// Answers with the event. Pure: today only tells who is still running past a planned end, and what is yet to come.
pub(super) fn decide(command: &Command, past: &Past, desk: &Desk<'_>) -> Result<Event, Refusal> {
    let person = command.participant();
    let state = past.get(person).map(State::of).unwrap_or_default();
    let case = Case { past, law: desk.law, today: desk.today, person, id: command.engagement(), state: &state };
    match command {
        Command::Sign {
            measure,
            organisation,
            employer,
            planned_from,
            planned_until,
            weekly_hours,
            kind,
            post,
            agreement,
            age_at_start,
            ..
        } => {
            let terms = Terms {
                measure: *measure,
                organisation: organisation.clone(),
                employer: employer.clone(),
                planned_from: *planned_from,
                planned_until: *planned_until,
                weekly_hours: *weekly_hours,
                kind: *kind,
            };
            measure::allows(desk.law, &terms, *age_at_start)?;
            measure::allows_another(desk.law, &terms, &state, command.engagement())?;
            case.sign(Place { post: *post, agreement: *agreement }, terms)
        }
        Command::Start { on, .. } => case.start(*on),
        Command::SignSkillsPlan { on, .. } => case.sign_skills_plan(*on),
        Command::Extend { on, planned_until, .. } => case.extend(*on, *planned_until),
        Command::ChangeWorkplace { on, post, .. } => case.change_workplace(*on, *post),
        Command::ScheduleHours { on, until, hours, .. } => {
            case.schedule_hours(Schedule { from: *on, until: *until, hours: *hours })
        }
        Command::RecordAbsence { absence, on, until, hours, reason, .. } => {
            case.record_absence(Absence { absence: *absence, from: *on, until: *until, hours: *hours, reason: *reason })
        }
        Command::End { on, cause, .. } => {
            let place = case.end(*on)?;
            Ok(Event::Ended { person, engagement: case.id, place, cause: *cause })
        }
        Command::Cancel { on, cause, .. } => {
            let place = case.cancel(*on)?;
            Ok(Event::Cancelled { person, engagement: case.id, place, cause: *cause })
        }
        Command::Amend { on, weekly_hours, kind, .. } => case.amend(*on, *weekly_hours, *kind),
        Command::Replan { on, planned_until, reason, .. } => case.replan(*on, *planned_until, *reason),
        Command::Suspend { on, .. } => case.suspend(*on),
        Command::Resume { on, .. } => case.resume(*on),
        Command::RecordHoursWorked { on, until, hours, .. } => {
            case.record_hours_worked(Schedule { from: *on, until: *until, hours: *hours })
        }
        Command::ProposeBenefitDays { on, application_on, age, .. } => {
            case.propose_benefit_days(*on, *application_on, *age)
        }
        Command::ConfirmBenefitDays { on, required_days, reference_months, .. } => {
            case.confirm_benefit_days(*on, *required_days, *reference_months)
        }
    }
}

/// One engagement before the desk, with all that was read about it.
pub(super) struct Case<'a> {
    past: &'a Past,
    pub(super) law: &'a Law,
    pub(super) today: NaiveDate,
    pub(super) person: PersonId,
    pub(super) id: EngagementId,
    state: &'a State,
}

impl Case<'_> {
    fn sign(&self, place: Place, terms: Terms) -> Result<Event, Refusal> {
        if let Some(signed_on) = self.state.engagements.get(&self.id).and_then(|engagement| engagement.signed_on) {
            return Err(Refusal::AlreadySigned { signed_on });
        }
        let span = Span { from: terms.planned_from, until: terms.planned_until };
        ordered(span, "plannedUntil")?;
        if let Some(post) = place.post {
            self.post_fits(post, terms.measure, "post")?;
            self.post_is_open(post, span.from, "post")?;
            self.post_is_free(post, span, Claims::StartedAndPlanned, "post")?;
        }
        if let Some(agreement) = place.agreement {
            self.agreement_fits(agreement, terms.measure, span.from)?;
            self.agreement_has_room(agreement, span, "agreement")?;
        }
        let signed = self.state.with_signature(self.person, self.id, place, &terms);
        // What was recorded under a signature that was annulled counts again: a start, an end, other hours.
        if signed.counts() {
            for placement in signed.claims(Claims::AsRecorded, self.today) {
                if let Some(post) = placement.post {
                    self.post_is_free(post, placement.span(), Claims::Started, "engagement")?;
                }
            }
            let held = signed.held_full_time(Claims::AsRecorded, self.today);
            self.person_is_free(&held, Claims::Started, "engagement")?;
        } else {
            let held = signed.held_full_time(Claims::StartedAndPlanned, self.today);
            self.person_is_free(&held, Claims::StartedAndPlanned, "plannedFrom")?;
        }
        Ok(Event::Signed { person: self.person, engagement: self.id, place, terms })
    }

    fn start(&self, on: NaiveDate) -> Result<Event, Refusal> {
        let (engagement, terms, signed_on) = self.signed()?;
        if let Some(started_on) = engagement.started_on {
            return Err(Refusal::AlreadyStarted { started_on });
        }
        if let Some(last_day) = engagement.last_day {
            return Err(Refusal::Ended { last_day });
        }
        if on < signed_on.min(terms.planned_from) {
            return Err(Refusal::StartedBeforeSignature { on, signed_on, planned_from: terms.planned_from });
        }
        if let Some(planned_until) = engagement.planned_until.filter(|until| *until < on) {
            return Err(Refusal::StartedAfterPlannedEnd { on, planned_until });
        }
        let span = Span { from: on, until: engagement.planned_until };
        if let Some(post) = engagement.place.post {
            // A start names no post: what offends is the engagement that was signed at it.
            self.post_fits(post, terms.measure, "engagement")?;
            self.post_is_open(post, on, "on")?;
            self.post_is_free(post, span, Claims::Started, "on")?;
        }
        self.person_is_free(&full_time_in(engagement, span), Claims::Started, "on")?;
        Ok(Event::Started { person: self.person, engagement: self.id, place: engagement.place })
    }

    fn sign_skills_plan(&self, on: NaiveDate) -> Result<Event, Refusal> {
        let (engagement, _, signed_on) = self.signed()?;
        if on < signed_on {
            return Err(Refusal::BeforeSignature { on, signed_on });
        }
        not_over(engagement, on)?;
        match engagement.skills_plan_on {
            Some(signed_on) => Err(Refusal::SkillsPlanAlreadySigned { signed_on }),
            None => Ok(Event::SkillsPlanSigned { person: self.person, engagement: self.id }),
        }
    }

    fn extend(&self, on: NaiveDate, planned_until: NaiveDate) -> Result<Event, Refusal> {
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
        let former = engagement.planned_until.ok_or(Refusal::NoPlannedEnd)?;
        if planned_until <= former {
            return Err(Refusal::ExtensionNotLater { planned_until: former, given: planned_until });
        }
        measure::allows(self.law, &Terms { planned_until: Some(planned_until), ..terms.clone() }, None)?;
        let place = self.may_last(engagement, after(former, planned_until))?;
        Ok(Event::Extended { person: self.person, engagement: self.id, place, planned_until })
    }

    /// The place, if it is free and has room for longer, and the person is free to stay there.
    pub(super) fn may_last(&self, engagement: &Engagement, span: Span) -> Result<Place, Refusal> {
        let place = engagement.last_place();
        if let Some(post) = place.post {
            self.post_is_free(post, span, Claims::StartedAndPlanned, "plannedUntil")?;
        }
        if let Some(agreement) = place.agreement {
            self.agreement_has_room(agreement, span, "plannedUntil")?;
        }
        self.person_is_free(&full_time_in(engagement, span), Claims::StartedAndPlanned, "plannedUntil")?;
        Ok(place)
    }

    fn change_workplace(&self, on: NaiveDate, post: PostId) -> Result<Event, Refusal> {
        let (engagement, terms, _) = self.signed()?;
        running(engagement, on)?;
        // A change past the planned end would say, unweighed, that the person stayed at the old post until then.
        let planned = engagement.planned_until;
        if let Some(planned_until) = planned.filter(|until| *until < on && engagement.last_day.is_none()) {
            return Err(Refusal::ChangeAfterPlannedEnd { on, planned_until });
        }
        let from_post = engagement.post_on(on);
        if from_post == Some(post) {
            return Err(Refusal::SamePost);
        }
        self.post_fits(post, terms.measure, "post")?;
        self.post_is_open(post, on, "post")?;
        // A change recorded late lasts until the next one.
        let next = engagement.moves.iter().map(|(moved_on, _)| *moved_on).find(|moved_on| on < *moved_on);
        let until = next.and_then(|moved_on| moved_on.pred_opt()).or(engagement.last_day).or(planned);
        self.post_is_free(post, Span { from: on, until }, Claims::StartedAndPlanned, "post")?;
        let place = Place { post: Some(post), agreement: engagement.place.agreement };
        Ok(Event::WorkplaceChanged { person: self.person, engagement: self.id, from_post, place })
    }

    fn schedule_hours(&self, schedule: Schedule) -> Result<Event, Refusal> {
        let Schedule { from, until, hours } = schedule;
        let (engagement, ..) = self.signed()?;
        let span = Span { from, until: Some(until) };
        ordered(span, "until")?;
        not_over(engagement, from)?;
        if let Some(other) = engagement.schedules.iter().find(|other| overlap(span, other.from, other.until)) {
            return Err(Refusal::ScheduleOverlaps { from: other.from, until: other.until });
        }
        Ok(Event::HoursScheduled { person: self.person, engagement: self.id, from, until, hours })
    }

    fn record_absence(&self, absence: Absence) -> Result<Event, Refusal> {
        let Absence { absence, from, until, hours, reason } = absence;
        let (engagement, ..) = self.signed()?;
        let span = Span { from, until: Some(until) };
        ordered(span, "until")?;
        running(engagement, from)?;
        if let Some(last_day) = engagement.last_day.filter(|last_day| *last_day < until) {
            return Err(Refusal::AbsenceAfterEnd { until, last_day });
        }
        if self.state.engagements.values().flat_map(|each| &each.absences).any(|other| other.absence == absence) {
            return Err(Refusal::AbsenceAlreadyRecorded(absence));
        }
        if let Some(other) = engagement.absences.iter().find(|other| overlap(span, other.from, other.until)) {
            return Err(Refusal::AbsenceOverlaps { from: other.from, until: other.until });
        }
        Ok(Event::AbsenceRecorded { person: self.person, engagement: self.id, absence, from, until, hours, reason })
    }

    fn end(&self, on: NaiveDate) -> Result<Place, Refusal> {
        let (engagement, ..) = self.signed()?;
        if let Some(last_day) = engagement.last_day {
            return Err(Refusal::Ended { last_day });
        }
        running(engagement, on)?;
        if let Some((moved_on, _)) = engagement.moves.last().filter(|(moved_on, _)| on < *moved_on) {
            return Err(Refusal::BeforeWorkplaceChange { on, moved_on: *moved_on });
        }
        let place = engagement.last_place();
        // Who stayed longer than planned was there: only those who were there as well stand in the way.
        if let Some(planned_until) = engagement.planned_until.filter(|until| *until < on) {
            let span = after(planned_until, on);
            if let Some(post) = place.post {
                self.post_is_free(post, span, Claims::Started, "on")?;
            }
            self.person_is_free(&full_time_in(engagement, span), Claims::Started, "on")?;
        }
        Ok(place)
    }

    fn cancel(&self, on: NaiveDate) -> Result<Place, Refusal> {
        let (engagement, _, signed_on) = self.signed()?;
        if let Some(started_on) = engagement.started_on {
            return Err(Refusal::AlreadyStarted { started_on });
        }
        if on < signed_on {
            return Err(Refusal::BeforeSignature { on, signed_on });
        }
        Ok(engagement.place)
    }

    /// The engagement, if its signature stands and it was not cancelled.
    pub(super) fn signed(&self) -> Result<(&Engagement, &Terms, NaiveDate), Refusal> {
        let engagement = self.state.engagements.get(&self.id).ok_or(Refusal::Unknown(self.id))?;
        let (Some(terms), Some(signed_on)) = (&engagement.terms, engagement.signed_on) else {
            return Err(Refusal::Unknown(self.id));
        };
        match engagement.cancelled_on {
            Some(cancelled_on) => Err(Refusal::Cancelled { cancelled_on }),
            None => Ok((engagement, terms, signed_on)),
        }
    }

    fn post_fits(&self, id: PostId, engagement: Measure, field: &'static str) -> Result<(), Refusal> {
        let state = self.past.get(id).map(post::State::of).unwrap_or_default();
        let post = state.opened.ok_or(Refusal::PostUnknown { post: id, field })?.measure;
        if post == engagement { Ok(()) } else { Err(Refusal::PostOfOtherMeasure { post, engagement, field }) }
    }

    fn post_is_open(&self, id: PostId, day: NaiveDate, field: &'static str) -> Result<(), Refusal> {
        let state = self.past.get(id).map(post::State::of).unwrap_or_default();
        if state.open_on(day) { Ok(()) } else { Err(Refusal::PostNotOpen { day, field }) }
    }

    fn post_is_free(&self, post: PostId, span: Span, claims: Claims, field: &'static str) -> Result<(), Refusal> {
        match occupancy::first_day_taken(self.past, post, span, claims, self.id, self.today) {
            Some(day) => Err(Refusal::PostTaken { day, field }),
            None => Ok(()),
        }
    }

    fn agreement_fits(&self, id: AgreementId, measure: Measure, day: NaiveDate) -> Result<(), Refusal> {
        let state = self.past.get(id).map(agreement::State::of).unwrap_or_default();
        let signed = state.signed.as_ref().ok_or(Refusal::AgreementUnknown(id))?;
        if signed.measure != measure {
            return Err(Refusal::AgreementOfOtherMeasure { agreement: signed.measure, engagement: measure });
        }
        if state.in_force_on(day) { Ok(()) } else { Err(Refusal::AgreementNotInForce { day }) }
    }

    fn agreement_has_room(&self, id: AgreementId, span: Span, field: &'static str) -> Result<(), Refusal> {
        let state = self.past.get(id).map(agreement::State::of).unwrap_or_default();
        match occupancy::first_day_full(&state, id, span, self.id, self.today) {
            Some(full) => {
                Err(Refusal::QuotaExceeded { day: full.day, quota: full.quota, running: full.running, field })
            }
            None => Ok(()),
        }
    }

    /// True if nothing else holds the person full-time in these spans, which are full-time themselves.
    pub(super) fn person_is_free(&self, spans: &[Span], claims: Claims, field: &'static str) -> Result<(), Refusal> {
        let taken = |span: &Span| occupancy::first_day_employed(self.state, *span, claims, self.id, self.today);
        match spans.iter().find_map(taken) {
            Some((day, other)) => Err(Refusal::OverlapsFullTime { day, other, field }),
            None => Ok(()),
        }
    }
}

/// The parts of a span in which an engagement is full-time.
pub(super) fn full_time_in(engagement: &Engagement, span: Span) -> Vec<Span> {
    engagement.full_time().into_iter().filter_map(|phase| phase.shared(span)).collect()
}

pub(super) fn ordered(span: Span, field: &'static str) -> Result<(), Refusal> {
    match span.until {
        Some(until) if until < span.from => Err(Refusal::EndsBeforeItBegins { from: span.from, until, field }),
        _ => Ok(()),
    }
}

/// Refuses a day that is not between the first and the last day worked.
pub(super) fn running(engagement: &Engagement, on: NaiveDate) -> Result<(), Refusal> {
    let started_on = engagement.started_on.ok_or(Refusal::NotStarted)?;
    if on < started_on {
        return Err(Refusal::BeforeStart { on, started_on });
    }
    not_over(engagement, on)
}

pub(super) fn not_over(engagement: &Engagement, on: NaiveDate) -> Result<(), Refusal> {
    match engagement.last_day {
        Some(last_day) if last_day < on => Err(Refusal::Ended { last_day }),
        _ => Ok(()),
    }
}

pub(super) fn overlap(span: Span, from: NaiveDate, until: NaiveDate) -> bool {
    span.first_shared_day(Span { from, until: Some(until) }).is_some()
}

/// From the day after one to another, inclusive.
pub(super) fn after(day: NaiveDate, until: NaiveDate) -> Span {
    Span { from: day.succ_opt().unwrap_or(day), until: Some(until) }
}
