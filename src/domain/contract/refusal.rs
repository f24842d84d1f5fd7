//! Which rule of the engagement forbids a command.

use crate::codes::{CodeList, Measure};
use crate::decision::Rule;
use crate::ids::{AbsenceId, AgreementId, EngagementId, PostId};
use chrono::NaiveDate;

/// Which rule of the engagement forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person has no engagement with this id.
    #[error("the participant has no engagement {0}")]
    Unknown(EngagementId),
    /// The engagement is signed already.
    #[error("the engagement was signed on {signed_on}")]
    AlreadySigned {
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// The engagement has started already.
    #[error("the engagement started on {started_on}")]
    AlreadyStarted {
        /// First day worked.
        started_on: NaiveDate,
    },
    /// The engagement has not started.
    #[error("the engagement has not started")]
    NotStarted,
    /// The engagement is over by then.
    #[error("the last day of the engagement is {last_day}")]
    Ended {
        /// Last day worked, inclusive.
        last_day: NaiveDate,
    },
    /// The engagement was cancelled.
    #[error("the engagement was cancelled on {cancelled_on}")]
    Cancelled {
        /// Day of the cancellation.
        cancelled_on: NaiveDate,
    },
    /// The day is before the signature.
    #[error("the engagement was signed on {signed_on}, the day given is {on}")]
    BeforeSignature {
        /// The day given.
        on: NaiveDate,
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// Work began before it was agreed.
    #[error("the engagement was signed on {signed_on} to start on {planned_from}, the day given is {on}")]
    StartedBeforeSignature {
        /// The day given.
        on: NaiveDate,
        /// Day of the signature.
        signed_on: NaiveDate,
        /// First planned day.
        planned_from: NaiveDate,
    },
    /// Work began after it should have ended.
    #[error("the planned end is {planned_until}, the day given is {on}: sign a new engagement or extend this one")]
    StartedAfterPlannedEnd {
        /// The day given.
        on: NaiveDate,
        /// Last planned day, inclusive.
        planned_until: NaiveDate,
    },
    /// The day is before the first day worked.
    #[error("the engagement started on {started_on}, the day given is {on}")]
    BeforeStart {
        /// The day given.
        on: NaiveDate,
        /// First day worked.
        started_on: NaiveDate,
    },
    /// The end is before a change of workplace.
    #[error("the workplace changed on {moved_on}, the last day given is {on}")]
    BeforeWorkplaceChange {
        /// The day given.
        on: NaiveDate,
        /// First day at the last place.
        moved_on: NaiveDate,
    },
    /// The last day is before the first.
    #[error("the last day {until} is before the first day {from}")]
    EndsBeforeItBegins {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
        /// The field that holds the last day.
        field: &'static str,
    },
    /// The post is not known.
    #[error("post {post} was never opened")]
    PostUnknown {
        /// The post.
        post: PostId,
        /// The field that names it, or the engagement at it.
        field: &'static str,
    },
    /// The post is closed, frozen or not open yet.
    #[error("the post is not open on {day}")]
    PostNotOpen {
        /// The day on which it would be filled.
        day: NaiveDate,
        /// The field that offends.
        field: &'static str,
    },
    /// The post is for another measure.
    #[error("the post is for {}, the engagement for {}", post.code(), engagement.code())]
    PostOfOtherMeasure {
        /// Of the post.
        post: Measure,
        /// Of the engagement.
        engagement: Measure,
        /// The field that names the post, or the engagement at it.
        field: &'static str,
    },
    /// Somebody else holds the post.
    #[error("the post is taken on {day}")]
    PostTaken {
        /// The first day on which it is.
        day: NaiveDate,
        /// The field that offends.
        field: &'static str,
    },
    /// The workplace would change after the engagement should have ended.
    #[error("the planned end is {planned_until}, the day given is {on}: extend the engagement first")]
    ChangeAfterPlannedEnd {
        /// The day given.
        on: NaiveDate,
        /// Last planned day, inclusive.
        planned_until: NaiveDate,
    },
    /// The person is at that post already.
    #[error("the participant is at this post already")]
    SamePost,
    /// The agreement is not known.
    #[error("agreement {0} was never signed")]
    AgreementUnknown(AgreementId),
    /// The agreement is not in force.
    #[error("the agreement is not in force on {day}")]
    AgreementNotInForce {
        /// The day on which it should be.
        day: NaiveDate,
    },
    /// The agreement is for another measure.
    #[error("the agreement is for {}, the engagement for {}", agreement.code(), engagement.code())]
    AgreementOfOtherMeasure {
        /// Of the agreement.
        agreement: Measure,
        /// Of the engagement.
        engagement: Measure,
    },
    /// The agreement has no room left.
    #[error("the agreement allows {quota} engagements at a time, {running} run on {day}")]
    QuotaExceeded {
        /// The first day on which it would be exceeded.
        day: NaiveDate,
        /// Most engagements at a time.
        quota: u32,
        /// How many run that day.
        running: usize,
        /// The field that offends.
        field: &'static str,
    },
    /// The person works full-time already.
    #[error("the participant has a full-time engagement on {day} ({other})")]
    OverlapsFullTime {
        /// The first day of both.
        day: NaiveDate,
        /// The other engagement.
        other: EngagementId,
        /// The field that offends.
        field: &'static str,
    },
    /// An extension does not extend.
    #[error("the planned end is {planned_until} already, the day given is {given}")]
    ExtensionNotLater {
        /// Last planned day, inclusive.
        planned_until: NaiveDate,
        /// The day given.
        given: NaiveDate,
    },
    /// The extension is before the last one, which would go on to hold.
    #[error("the engagement was extended on {extended_on}, the day given is {on}: correct that extension")]
    BeforeExtension {
        /// The day given.
        on: NaiveDate,
        /// Day of the last extension.
        extended_on: NaiveDate,
    },
    /// There is no planned end to move.
    #[error("the engagement is for an indefinite term: there is no planned end to move")]
    NoPlannedEnd,
    /// The plan is signed already.
    #[error("the skills plan was signed on {signed_on}")]
    SkillsPlanAlreadySigned {
        /// Day of its signature.
        signed_on: NaiveDate,
    },
    /// The absence is recorded already.
    #[error("absence {0} is recorded already")]
    AbsenceAlreadyRecorded(AbsenceId),
    /// Another absence shares a day with this one.
    #[error("another absence is recorded from {from} to {until}")]
    AbsenceOverlaps {
        /// First day of the other.
        from: NaiveDate,
        /// Last day of the other, inclusive.
        until: NaiveDate,
    },
    /// The absence reaches beyond the engagement.
    #[error("the last day of the engagement is {last_day}, that of the absence {until}")]
    AbsenceAfterEnd {
        /// Last day of the absence.
        until: NaiveDate,
        /// Last day worked, inclusive.
        last_day: NaiveDate,
    },
    /// Another schedule shares a day with this one.
    #[error("hours are scheduled already from {from} to {until}")]
    ScheduleOverlaps {
        /// First day of the other.
        from: NaiveDate,
        /// Last day of the other, inclusive.
        until: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        let (rule, field) = match self {
            Self::Unknown(_) => ("ENGAGEMENT_UNKNOWN", "engagement"),
            Self::AlreadySigned { .. } => ("ENGAGEMENT_ALREADY_SIGNED", "engagement"),
            Self::AlreadyStarted { .. } => ("ENGAGEMENT_ALREADY_STARTED", "engagement"),
            Self::NotStarted => ("ENGAGEMENT_NOT_STARTED", "engagement"),
            Self::Ended { .. } => ("ENGAGEMENT_ENDED", "on"),
            Self::Cancelled { .. } => ("ENGAGEMENT_CANCELLED", "engagement"),
            Self::BeforeSignature { .. } => ("BEFORE_SIGNATURE", "on"),
            Self::StartedBeforeSignature { .. } => ("STARTED_BEFORE_SIGNATURE", "on"),
            Self::StartedAfterPlannedEnd { .. } => ("STARTED_AFTER_PLANNED_END", "on"),
            Self::BeforeStart { .. } => ("BEFORE_START", "on"),
            Self::BeforeWorkplaceChange { .. } => ("BEFORE_WORKPLACE_CHANGE", "on"),
            Self::EndsBeforeItBegins { field, .. } => ("ENDS_BEFORE_IT_BEGINS", *field),
            Self::PostUnknown { field, .. } => ("POST_UNKNOWN", *field),
            Self::PostNotOpen { field, .. } => ("POST_NOT_OPEN", *field),
            Self::PostOfOtherMeasure { field, .. } => ("POST_OF_OTHER_MEASURE", *field),
            Self::PostTaken { field, .. } => ("POST_TAKEN", *field),
            Self::ChangeAfterPlannedEnd { .. } => ("CHANGE_AFTER_PLANNED_END", "on"),
            Self::SamePost => ("SAME_POST", "post"),
            Self::AgreementUnknown(_) => ("AGREEMENT_UNKNOWN", "agreement"),
            Self::AgreementNotInForce { .. } => ("AGREEMENT_NOT_IN_FORCE", "agreement"),
            Self::AgreementOfOtherMeasure { .. } => ("AGREEMENT_OF_OTHER_MEASURE", "agreement"),
            Self::QuotaExceeded { field, .. } => ("QUOTA_EXCEEDED", *field),
            Self::OverlapsFullTime { field, .. } => ("OVERLAPS_FULL_TIME", *field),
            Self::ExtensionNotLater { .. } => ("EXTENSION_NOT_LATER", "plannedUntil"),
            Self::BeforeExtension { .. } => ("BEFORE_EXTENSION", "on"),
            Self::NoPlannedEnd => ("NO_PLANNED_END", "plannedUntil"),
            Self::SkillsPlanAlreadySigned { .. } => ("SKILLS_PLAN_ALREADY_SIGNED", "engagement"),
            Self::AbsenceAlreadyRecorded(_) => ("ABSENCE_ALREADY_RECORDED", "absence"),
            Self::AbsenceOverlaps { .. } => ("ABSENCE_OVERLAPS", "on"),
            Self::AbsenceAfterEnd { .. } => ("ABSENCE_AFTER_END", "until"),
            Self::ScheduleOverlaps { .. } => ("SCHEDULE_OVERLAPS", "on"),
        };
        (rule, Some(field))
    }
}
