//! What can be asked of an engagement, and which histories the answer needs.

use super::event::{AbsenceReason, EndCause, EngagementSuspensionMotive, ReplanReason};
use super::state::State;
use super::{decide, measure, occupancy};
use crate::codes::{CodeList, ContractKind, Measure};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::hours::Hours;
use crate::ids::{AbsenceId, AgreementId, EngagementId, OrganisationId, PersonId, PostId};
use crate::person;
use crate::personal::{Field, Personal, Secret};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Signs a contract or a placement.
    #[serde(rename = "signEngagement")]
    Sign {
        /// With whom.
        participant: PersonId,
        /// The engagement; chosen by the server if left out.
        engagement: EngagementId,
        /// Day of the signature.
        on: NaiveDate,
        /// The measure.
        measure: Measure,
        /// Where the person works.
        organisation: OrganisationId,
        /// The employer of record.
        employer: OrganisationId,
        /// First planned day.
        planned_from: NaiveDate,
        /// Last planned day, inclusive; none for an indefinite term.
        #[serde(default)]
        planned_until: Option<NaiveDate>,
        /// Contract hours a week.
        #[serde(default)]
        weekly_hours: Option<Hours>,
        /// The kind of contract.
        kind: ContractKind,
        /// The post that it fills.
        #[serde(default)]
        post: Option<PostId>,
        /// The agreement under which it runs.
        #[serde(default)]
        agreement: Option<AgreementId>,
        /// Age in years on the first planned day, for the rules of the measure; used and not kept.
        #[serde(default)]
        age_at_start: Option<u32>,
    },
    /// Says that the person began to work.
    #[serde(rename = "startEngagement")]
    Start {
        /// Who.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day worked.
        on: NaiveDate,
    },
    /// Signs the plan of skills to acquire.
    #[serde(rename = "signSkillsPlan")]
    SignSkillsPlan {
        /// With whom.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the signature.
        on: NaiveDate,
    },
    /// Moves the planned end to a later day.
    #[serde(rename = "extendEngagement")]
    Extend {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day on which it was agreed.
        on: NaiveDate,
        /// New last planned day, inclusive.
        planned_until: NaiveDate,
    },
    /// Goes on at another post, under the same agreement.
    #[serde(rename = "changeWorkplace")]
    ChangeWorkplace {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day at the new post.
        on: NaiveDate,
        /// The new post.
        post: PostId,
    },
    /// Says how many hours are to be worked in a period, without holidays and annual leave.
    #[serde(rename = "scheduleHours")]
    ScheduleHours {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the period.
        on: NaiveDate,
        /// Last day of the period, inclusive.
        until: NaiveDate,
        /// Hours in it.
        hours: Hours,
    },
    /// Records an absence.
    #[serde(rename = "recordAbsence")]
    RecordAbsence {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// The absence; chosen by the server if left out.
        absence: AbsenceId,
        /// First day of it.
        on: NaiveDate,
        /// Last day of it, inclusive.
        until: NaiveDate,
        /// Hours missed.
        hours: Hours,
        /// Why.
        reason: AbsenceReason,
    },
    /// Ends an engagement.
    #[serde(rename = "endEngagement")]
    End {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Last day worked, inclusive.
        on: NaiveDate,
        /// Why.
        cause: EndCause,
    },
    /// Cancels an engagement before its start.
    #[serde(rename = "cancelEngagement")]
    Cancel {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the cancellation.
        on: NaiveDate,
        /// Why.
        cause: EndCause,
    },
    /// Changes the terms from a day on.
    #[serde(rename = "amendEngagement")]
    Amend {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the change.
        on: NaiveDate,
        /// New contract hours a week, if they change.
        #[serde(default)]
        weekly_hours: Option<Hours>,
        /// The new kind of contract, if it changes.
        #[serde(default)]
        kind: Option<ContractKind>,
    },
    /// Moves the planned end to a later or an earlier day, with a reason.
    #[serde(rename = "replanEngagement")]
    Replan {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day on which it was agreed.
        on: NaiveDate,
        /// New last planned day, inclusive.
        planned_until: NaiveDate,
        /// Why.
        reason: ReplanReason,
    },
    /// Suspends the engagement; its post stays taken.
    #[serde(rename = "suspendEngagement")]
    Suspend {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the suspension.
        on: NaiveDate,
        /// Why; sealed.
        motive: Secret<EngagementSuspensionMotive>,
        /// A note; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Says that a suspended engagement goes on.
    #[serde(rename = "resumeEngagement")]
    Resume {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day worked again.
        on: NaiveDate,
    },
    /// Records the hours worked in a period.
    #[serde(rename = "recordHoursWorked")]
    RecordHoursWorked {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the period.
        on: NaiveDate,
        /// Last day of the period, inclusive.
        until: NaiveDate,
        /// Hours in it.
        hours: Hours,
    },
    /// Proposes what an article 60 worker would have to prove for unemployment benefit.
    #[serde(rename = "proposeBenefitDays")]
    ProposeBenefitDays {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the proposal.
        on: NaiveDate,
        /// Day of the application for benefit; the day after the last (planned) day if left out.
        #[serde(default)]
        application_on: Option<NaiveDate>,
        /// Age in years on that day, where the law asks for it; only its band is kept.
        #[serde(default)]
        age: Option<u32>,
    },
    /// Confirms what is to be proved, as proposed unless it says otherwise.
    #[serde(rename = "confirmBenefitDays")]
    ConfirmBenefitDays {
        /// Whose.
        participant: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Day of the confirmation.
        on: NaiveDate,
        /// Days of work to prove; as proposed if left out.
        #[serde(default)]
        required_days: Option<u32>,
        /// Months in which they must lie; as proposed if left out.
        #[serde(default)]
        reference_months: Option<u32>,
        /// Why it differs; sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("signEngagement", &["engagement"]), ("recordAbsence", &["absence"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Sign { on, .. }
            | Self::Start { on, .. }
            | Self::SignSkillsPlan { on, .. }
            | Self::Extend { on, .. }
            | Self::ChangeWorkplace { on, .. }
            | Self::ScheduleHours { on, .. }
            | Self::RecordAbsence { on, .. }
            | Self::End { on, .. }
            | Self::Cancel { on, .. }
            | Self::Amend { on, .. }
            | Self::Replan { on, .. }
            | Self::Suspend { on, .. }
            | Self::Resume { on, .. }
            | Self::RecordHoursWorked { on, .. }
            | Self::ProposeBenefitDays { on, .. }
            | Self::ConfirmBenefitDays { on, .. } => *on,
        }
    }

    fn reads(&self, past: &Past) -> Vec<Stream> {
        let mut streams = vec![self.participant().into()];
        let (post, agreement) = self.at_stake(past);
        streams.extend(agreement.map(Stream::from));
        if let Some(post) = post {
            streams.push(post.into());
            streams.extend(occupancy::persons_ever_at(past, post));
        }
        streams
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            // A contract is also cancelled because the person died.
            Self::Cancel { .. } => person::registered(past, self.participant())?,
            Self::Sign { .. }
            | Self::Start { .. }
            | Self::SignSkillsPlan { .. }
            | Self::Extend { .. }
            | Self::ChangeWorkplace { .. }
            | Self::ScheduleHours { .. }
            | Self::RecordAbsence { .. }
            | Self::End { .. }
            | Self::Amend { .. }
            | Self::Replan { .. }
            | Self::Suspend { .. }
            | Self::Resume { .. }
            | Self::RecordHoursWorked { .. }
            | Self::ProposeBenefitDays { .. }
            | Self::ConfirmBenefitDays { .. } => person::living(past, self.participant(), self.on())?,
        };
        let event = decide::decide(self, past, desk)?;
        let rule_set = measure::rule_set(&event, desk.law);
        let decided = Decided::new(self.on(), event).with(self.personal()?);
        Ok(vec![match rule_set {
            Some(rule_set) => decided.under(rule_set),
            None => decided,
        }])
    }
}

impl Command {
    /// Whose engagement it is.
    pub(super) const fn participant(&self) -> PersonId {
        match self {
            Self::Sign { participant, .. }
            | Self::Start { participant, .. }
            | Self::SignSkillsPlan { participant, .. }
            | Self::Extend { participant, .. }
            | Self::ChangeWorkplace { participant, .. }
            | Self::ScheduleHours { participant, .. }
            | Self::RecordAbsence { participant, .. }
            | Self::End { participant, .. }
            | Self::Cancel { participant, .. }
            | Self::Amend { participant, .. }
            | Self::Replan { participant, .. }
            | Self::Suspend { participant, .. }
            | Self::Resume { participant, .. }
            | Self::RecordHoursWorked { participant, .. }
            | Self::ProposeBenefitDays { participant, .. }
            | Self::ConfirmBenefitDays { participant, .. } => *participant,
        }
    }

    /// Which engagement it is.
    pub(super) const fn engagement(&self) -> EngagementId {
        match self {
            Self::Sign { engagement, .. }
            | Self::Start { engagement, .. }
            | Self::SignSkillsPlan { engagement, .. }
            | Self::Extend { engagement, .. }
            | Self::ChangeWorkplace { engagement, .. }
            | Self::ScheduleHours { engagement, .. }
            | Self::RecordAbsence { engagement, .. }
            | Self::End { engagement, .. }
            | Self::Cancel { engagement, .. }
            | Self::Amend { engagement, .. }
            | Self::Replan { engagement, .. }
            | Self::Suspend { engagement, .. }
            | Self::Resume { engagement, .. }
            | Self::RecordHoursWorked { engagement, .. }
            | Self::ProposeBenefitDays { engagement, .. }
            | Self::ConfirmBenefitDays { engagement, .. } => *engagement,
        }
    }

    /// The post that must be free and the agreement that must have room for the command to be allowed.
    fn at_stake(&self, past: &Past) -> (Option<PostId>, Option<AgreementId>) {
        let standing = || past.get(self.participant()).map(State::of)?.engagements.remove(&self.engagement());
        match self {
            Self::Sign { post, agreement, .. } => (*post, *agreement),
            // It starts where it was signed to: moves may be left from a start that was annulled.
            Self::Start { .. } => {
                standing().map_or((None, None), |engagement| (engagement.place.post, engagement.place.agreement))
            }
            Self::Extend { .. } | Self::Replan { .. } => {
                let place = standing().map(|engagement| engagement.last_place()).unwrap_or_default();
                (place.post, place.agreement)
            }
            Self::ChangeWorkplace { post, .. } => (Some(*post), None),
            // Only who stays longer than planned may be in somebody's way.
            Self::End { on, .. } => {
                let overstays =
                    standing().filter(|engagement| engagement.planned_until.is_some_and(|until| until < *on));
                (overstays.and_then(|engagement| engagement.last_place().post), None)
            }
            Self::SignSkillsPlan { .. }
            | Self::ScheduleHours { .. }
            | Self::RecordAbsence { .. }
            | Self::Cancel { .. }
            | Self::Amend { .. }
            | Self::Suspend { .. }
            | Self::Resume { .. }
            | Self::RecordHoursWorked { .. }
            | Self::ProposeBenefitDays { .. }
            | Self::ConfirmBenefitDays { .. } => (None, None),
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Suspend { motive, note, .. } => {
                let motive = motive.reveal().code();
                Ok(Personal::note(note.as_ref())?.with(Field::SuspensionMotive, Some(motive)))
            }
            Self::ConfirmBenefitDays { note, .. } => Ok(Personal::note(note.as_ref())?),
            Self::Sign { .. }
            | Self::Start { .. }
            | Self::SignSkillsPlan { .. }
            | Self::Extend { .. }
            | Self::ChangeWorkplace { .. }
            | Self::ScheduleHours { .. }
            | Self::RecordAbsence { .. }
            | Self::End { .. }
            | Self::Cancel { .. }
            | Self::Amend { .. }
            | Self::Replan { .. }
            | Self::Resume { .. }
            | Self::RecordHoursWorked { .. }
            | Self::ProposeBenefitDays { .. } => Ok(Personal::default()),
        }
    }
}
