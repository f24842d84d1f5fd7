//! Where each engagement stands, folded from the stream of a person, of a post or of an agreement.
//!
//! The fold is by id and by day: it accepts any records in any order, and two records of one day never
//! depend on which comes first (an engagement of one day ends before it starts, as its records are sorted).

use super::event::{AbsenceReason, BenefitProposal, EndCause, Event, Place, Terms};
use crate::codes::ContractKind;
use crate::fact::Fact;
use crate::history::History;
use crate::hours::Hours;
use crate::ids::{AbsenceId, AgreementId, EngagementId, PersonId, PostId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Every engagement that a history tells of, by its id.
///
/// The history of a person tells them whole. That of a post or of an agreement tells those that stood there,
/// without absences, schedules and skills plans, and without what they did elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The engagements.
    pub engagements: BTreeMap<EngagementId, Engagement>,
}

/// One engagement as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Whose.
    pub person: PersonId,
    /// What was agreed; none when no signature stands.
    pub terms: Option<Terms>,
    /// Where it was agreed to be worked, by the signature.
    pub place: Place,
    /// Day of the signature.
    pub signed_on: Option<NaiveDate>,
    /// First day worked.
    pub started_on: Option<NaiveDate>,
    /// Last planned day, inclusive, after every extension and replanning; none for an indefinite term.
    pub planned_until: Option<NaiveDate>,
    /// Every extension and replanning: its day, and the last planned day from then on.
    pub extensions: Vec<(NaiveDate, NaiveDate)>,
    /// Every change of workplace: its first day, and the place from then on.
    pub moves: Vec<(NaiveDate, Place)>,
    /// Last day worked, inclusive.
    pub last_day: Option<NaiveDate>,
    /// Why it ended, or why it was cancelled.
    pub cause: Option<EndCause>,
    /// Day on which it was cancelled, before any start.
    pub cancelled_on: Option<NaiveDate>,
    /// Where it was worked and when, in order of day, without gap; empty unless the engagement counts.
    pub placements: Vec<Placement>,
    /// Absences, in order of the day from which they count.
    pub absences: Vec<Absence>,
    /// Hours to be worked, in order of period.
    pub schedules: Vec<Schedule>,
    /// Day on which the plan of skills to acquire was signed.
    pub skills_plan_on: Option<NaiveDate>,
    /// Every change of the terms, in order of day.
    pub amendments: Vec<Amendment>,
    /// Every suspension: its first day, and the first day worked again, if it is over. The post stays taken.
    pub suspensions: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Hours worked, in order of period.
    pub worked: Vec<Schedule>,
    /// The last proposal of what is to be proved for unemployment benefit, and its day.
    pub benefit: Option<(NaiveDate, BenefitProposal)>,
    /// What was confirmed of that proposal: the day, the days of work and the months in which they must lie.
    pub benefit_confirmed: Option<(NaiveDate, u32, u32)>,
}

/// A change of the terms from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amendment {
    /// First day of the change.
    pub on: NaiveDate,
    /// New contract hours a week, if they changed.
    pub weekly_hours: Option<Hours>,
    /// The new kind of contract, if it changed.
    pub kind: Option<ContractKind>,
}

/// A time at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The post filled, if any.
    pub post: Option<PostId>,
    /// The agreement under which it is worked, if any.
    pub agreement: Option<AgreementId>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive; none while it runs.
    pub until_inclusive: Option<NaiveDate>,
}

/// An absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Which one.
    pub absence: AbsenceId,
    /// First day of it.
    pub from: NaiveDate,
    /// Last day of it, inclusive.
    pub until: NaiveDate,
    /// Hours missed.
    pub hours: Hours,
    /// Why.
    pub reason: AbsenceReason,
}

/// Hours to be worked in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period, inclusive.
    pub until: NaiveDate,
    /// Hours in it.
    pub hours: Hours,
}

impl Placement {
    /// True if the day lies in it.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until_inclusive.is_none_or(|last| day <= last)
    }
}

impl State {
    /// Folds the engagements of any history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Contract(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state.engagements.values_mut().for_each(Engagement::settle);
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        let engagement =
            self.engagements.entry(event.engagement()).or_insert_with(|| Engagement::unsigned(event.person()));
        match event {
            Event::Signed { place, terms, .. } => {
                engagement.signed_on = Some(on);
                engagement.place = *place;
                engagement.terms = Some(terms.clone());
            }
            // The place of a start is a copy of the signature's: a corrected signature moves it.
            Event::Started { .. } => engagement.started_on = Some(on),
            Event::SkillsPlanSigned { .. } => engagement.skills_plan_on = Some(on),
            Event::Extended { planned_until, .. } => engagement.extensions.push((on, *planned_until)),
            Event::Replanned { planned_until, .. } => engagement.extensions.push((on, *planned_until)),
            Event::Amended { weekly_hours, kind, .. } => {
                engagement.amendments.push(Amendment { on, weekly_hours: *weekly_hours, kind: *kind });
            }
            Event::Suspended { .. } => engagement.suspend(on),
            Event::Resumed { .. } => engagement.resume(on),
            Event::HoursWorked { from, until, hours, .. } => {
                engagement.worked.push(Schedule { from: *from, until: *until, hours: *hours });
            }
            // What was confirmed of an earlier proposal says nothing of this one.
            Event::BenefitDaysProposed { proposal, .. } => {
                engagement.benefit = Some((on, *proposal));
                engagement.benefit_confirmed = None;
            }
            Event::BenefitDaysConfirmed { required_days, reference_months, .. } => {
                engagement.benefit_confirmed = Some((on, *required_days, *reference_months));
            }
            Event::WorkplaceChanged { place, .. } => engagement.moves.push((on, *place)),
            Event::HoursScheduled { from, until, hours, .. } => {
                engagement.schedules.push(Schedule { from: *from, until: *until, hours: *hours });
            }
            Event::AbsenceRecorded { absence, from, until, hours, reason, .. } => engagement.absences.push(Absence {
                absence: *absence,
                from: *from,
                until: *until,
                hours: *hours,
                reason: *reason,
            }),
            Event::Ended { cause, .. } => {
                engagement.last_day = Some(on);
                engagement.cause = Some(*cause);
            }
            Event::Cancelled { cause, .. } => {
                engagement.cancelled_on = Some(on);
                engagement.cause = Some(*cause);
            }
        }
    }

    /// One engagement as it would be with this signature.
    pub(super) fn with_signature(&self, person: PersonId, id: EngagementId, place: Place, terms: &Terms) -> Engagement {
        let mut signed = self.engagements.get(&id).cloned().unwrap_or_else(|| Engagement::unsigned(person));
        signed.place = place;
        signed.terms = Some(terms.clone());
        signed.settle();
        signed
    }

    /// The engagements that count: signed, started, not cancelled.
    pub fn counting(&self) -> impl Iterator<Item = (EngagementId, &Engagement)> {
        self.engagements.iter().filter(|(_, engagement)| engagement.counts()).map(|(id, engagement)| (*id, engagement))
    }

    /// Started without a standing signature: a finding of data quality, no engagement.
    pub fn started_unsigned(&self) -> impl Iterator<Item = (EngagementId, &Engagement)> {
        self.engagements
            .iter()
            .filter(|(_, engagement)| engagement.started_on.is_some() && engagement.terms.is_none())
            .map(|(id, engagement)| (*id, engagement))
    }
}

impl Engagement {
    const fn unsigned(person: PersonId) -> Self {
        Self {
            person,
            terms: None,
            place: Place { post: None, agreement: None },
            signed_on: None,
            started_on: None,
            planned_until: None,
            extensions: Vec::new(),
            moves: Vec::new(),
            last_day: None,
            cause: None,
            cancelled_on: None,
            placements: Vec::new(),
            absences: Vec::new(),
            schedules: Vec::new(),
            skills_plan_on: None,
            amendments: Vec::new(),
            suspensions: Vec::new(),
            worked: Vec::new(),
            benefit: None,
            benefit_confirmed: None,
        }
    }

    fn suspend(&mut self, on: NaiveDate) {
        if self.suspended_since().is_none() {
            self.suspensions.push((on, None));
        }
    }

    fn resume(&mut self, on: NaiveDate) {
        if let Some((from, resumed_on @ None)) = self.suspensions.last_mut()
            && *from < on
        {
            *resumed_on = Some(on);
        }
    }

    /// Works out what only the whole history can tell: the planned end and the placements.
    fn settle(&mut self) {
        let signed_until = self.terms.as_ref().and_then(|terms| terms.planned_until);
        self.planned_until = self.extensions.last().map(|(_, until)| *until).or(signed_until);
        self.placements = match self.started_on {
            Some(start) if self.counts() => self.placed_from(start),
            _ => Vec::new(),
        };
    }

    fn placed_from(&self, start: NaiveDate) -> Vec<Placement> {
        let last = self.last_day.unwrap_or(NaiveDate::MAX);
        if last < start {
            return Vec::new();
        }
        let mut placements: Vec<Placement> = Vec::new();
        let moves = self.moves.iter().filter(|(on, _)| *on <= last).map(|(on, place)| ((*on).max(start), place));
        for (from, place) in std::iter::once((start, &self.place)).chain(moves) {
            match placements.last_mut() {
                // A move on the first day of a placement replaces it.
                Some(former) if former.from == from => {
                    placements.pop();
                }
                Some(former) => former.until_inclusive = from.pred_opt(),
                None => {}
            }
            placements.push(Placement {
                post: place.post,
                agreement: place.agreement,
                from,
                until_inclusive: self.last_day,
            });
        }
        placements
    }

    /// True if it was signed and started and not cancelled: only then is it an engagement.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.terms.is_some() && self.started_on.is_some() && self.cancelled_on.is_none()
    }

    /// True if it was signed and neither started nor cancelled nor ended.
    #[must_use]
    pub const fn awaits_start(&self) -> bool {
        self.terms.is_some() && self.started_on.is_none() && self.cancelled_on.is_none() && self.last_day.is_none()
    }

    /// First day of the suspension that lasts, if one does.
    #[must_use]
    pub fn suspended_since(&self) -> Option<NaiveDate> {
        self.suspensions.last().filter(|(_, resumed_on)| resumed_on.is_none()).map(|(from, _)| *from)
    }

    /// Contract hours a week and kind of contract with each first day, in order: as signed, then as amended.
    ///
    /// What was signed holds from the beginning of days; empty if no signature stands.
    #[must_use]
    pub fn phases(&self) -> Vec<(NaiveDate, Option<Hours>, ContractKind)> {
        let Some(terms) = &self.terms else { return Vec::new() };
        let mut phases = vec![(NaiveDate::MIN, terms.weekly_hours, terms.kind)];
        for change in &self.amendments {
            let (_, hours, kind) = phases[phases.len() - 1];
            phases.push((change.on, change.weekly_hours.or(hours), change.kind.unwrap_or(kind)));
        }
        phases
    }

    /// The place after its last change; that of the signature if there was none.
    #[must_use]
    pub fn last_place(&self) -> Place {
        self.moves.last().map_or(self.place, |(_, place)| *place)
    }

    /// True if it counts and runs that day; the last day is inclusive, and without a recorded end it runs on.
    #[must_use]
    pub fn active_on(&self, day: NaiveDate) -> bool {
        self.counts()
            && self.started_on.is_some_and(|start| start <= day)
            && self.last_day.is_none_or(|last| day <= last)
    }

    /// Where it is worked that day, if it is active.
    #[must_use]
    pub fn placement_on(&self, day: NaiveDate) -> Option<&Placement> {
        self.placements.iter().find(|placement| placement.covers(day))
    }

    /// The post that it fills that day, if any.
    #[must_use]
    pub fn post_on(&self, day: NaiveDate) -> Option<PostId> {
        self.placement_on(day).and_then(|placement| placement.post)
    }
}
