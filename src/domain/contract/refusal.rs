//! Which rule of the engagement forbids a command.

use crate::codes::{CodeList, Measure};
use crate::decision::Rule;
use crate::hours::Hours;
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
    /// A change of the terms that changes nothing.
    #[error("the change names neither new hours nor a new kind, or those that hold already")]
    NothingAmended,
    /// The change is before the last one, which would go on to hold.
    #[error("the terms changed on {amended_on}, the day given is {on}: correct that change")]
    BeforeAmendment {
        /// The day given.
        on: NaiveDate,
        /// Day of the last change.
        amended_on: NaiveDate,
    },
    /// The planned end would not move.
    #[error("the planned end is {0} already")]
    PlannedEndUnchanged(NaiveDate),
    /// The planned end would lie before something that happened or was agreed.
    #[error("the engagement cannot be planned to end on {planned_until}, before {earliest}")]
    PlannedEndTooEarly {
        /// The day given.
        planned_until: NaiveDate,
        /// The earliest day.
        earliest: NaiveDate,
    },
    /// The engagement is suspended.
    #[error("the engagement is suspended since {since}")]
    AlreadySuspended {
        /// First day of the suspension.
        since: NaiveDate,
    },
    /// The engagement is not suspended by then.
    #[error("the engagement is not suspended before {on}")]
    NotSuspended {
        /// The day given.
        on: NaiveDate,
    },
    /// The suspension is before the end of another.
    #[error("a suspension lasted until the day before {resumed_on}, the day given is {on}")]
    BeforeResumption {
        /// The day given.
        on: NaiveDate,
        /// First day worked again.
        resumed_on: NaiveDate,
    },
    /// Another record of hours worked shares a day with this one.
    #[error("hours worked are recorded already from {from} to {until}")]
    WorkedOverlaps {
        /// First day of the other.
        from: NaiveDate,
        /// Last day of the other, inclusive.
        until: NaiveDate,
    },
    /// The hours reach beyond the engagement or beyond today.
    #[error("hours worked reach to {last_day} at the latest, the last day given is {until}")]
    WorkedTooLate {
        /// Last day given.
        until: NaiveDate,
        /// Last day worked, or today.
        last_day: NaiveDate,
    },
    /// The proposal is for article 60 only.
    #[error("days to prove are proposed to article 60 workers, the engagement is {}", .0.code())]
    NotArticle60(Measure),
    /// No last day, so no day of the application.
    #[error("the engagement has no planned end: say on which day the person would apply for benefit")]
    ApplicationDayNeeded,
    /// The application is before the work.
    #[error("the engagement begins on {from}, the application would be on {application_on}")]
    ApplicationBeforeWork {
        /// Day of the application.
        application_on: NaiveDate,
        /// First (planned) day.
        from: NaiveDate,
    },
    /// The rule of that day asks for the age.
    #[error("the rule of {0} depends on the age (royal decree of 25 November 1991, article 30): give it")]
    AgeNeeded(NaiveDate),
    /// The same proposal stands.
    #[error("the same was proposed on {proposed_on}")]
    AlreadyProposed {
        /// Day of the proposal.
        proposed_on: NaiveDate,
    },
    /// There is nothing to confirm.
    #[error("nothing was proposed by {0}")]
    NothingProposed(NaiveDate),
    /// The proposal is confirmed.
    #[error("the proposal was confirmed on {confirmed_on}")]
    AlreadyConfirmed {
        /// Day of the confirmation.
        confirmed_on: NaiveDate,
    },
    /// The length is not one that the measure allows.
    #[error("{} lasts {months_min} to {months_max} months ({article}): plan an end from {earliest} to {latest}", measure.code())]
    LengthOutOfRange {
        /// The measure.
        measure: Measure,
        /// Where it is written.
        article: &'static str,
        /// Fewest months.
        months_min: u32,
        /// Most months.
        months_max: u32,
        /// Earliest planned end, inclusive.
        earliest: NaiveDate,
        /// Latest planned end, inclusive.
        latest: NaiveDate,
    },
    /// The person is too young or too old for the measure.
    #[error("{} is open from {age_min} to {age_max} years at the start ({article})", measure.code())]
    AgeOutOfRange {
        /// The measure.
        measure: Measure,
        /// Where it is written.
        article: &'static str,
        /// Youngest age, inclusive.
        age_min: u32,
        /// Oldest age, inclusive.
        age_max: u32,
    },
    /// More hours a week than the measure allows.
    #[error("{} has at most {hours_max} hours a week ({article})", measure.code())]
    TooManyWeeklyHours {
        /// The measure.
        measure: Measure,
        /// Where it is written.
        article: &'static str,
        /// Most hours a week.
        hours_max: Hours,
    },
    /// The measure is done once.
    #[error("{} is not renewable ({article}): the participant has engagement {other}", measure.code())]
    NotRenewable {
        /// The measure.
        measure: Measure,
        /// Where it is written.
        article: &'static str,
        /// The earlier one.
        other: EngagementId,
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
            Self::NothingAmended => ("NOTHING_AMENDED", "weeklyHours"),
            Self::BeforeAmendment { .. } => ("BEFORE_AMENDMENT", "on"),
            Self::PlannedEndUnchanged(_) => ("PLANNED_END_UNCHANGED", "plannedUntil"),
            Self::PlannedEndTooEarly { .. } => ("PLANNED_END_TOO_EARLY", "plannedUntil"),
            Self::AlreadySuspended { .. } => ("ALREADY_SUSPENDED", "engagement"),
            Self::NotSuspended { .. } => ("NOT_SUSPENDED", "on"),
            Self::BeforeResumption { .. } => ("BEFORE_RESUMPTION", "on"),
            Self::WorkedOverlaps { .. } => ("HOURS_WORKED_OVERLAP", "on"),
            Self::WorkedTooLate { .. } => ("HOURS_WORKED_TOO_LATE", "until"),
            Self::NotArticle60(_) => ("NOT_ARTICLE_60", "engagement"),
            Self::ApplicationDayNeeded => ("APPLICATION_DAY_NEEDED", "applicationOn"),
            Self::ApplicationBeforeWork { .. } => ("APPLICATION_BEFORE_WORK", "applicationOn"),
            Self::AgeNeeded(_) => ("AGE_NEEDED", "age"),
            Self::AlreadyProposed { .. } => ("BENEFIT_DAYS_ALREADY_PROPOSED", "engagement"),
            Self::NothingProposed(_) => ("BENEFIT_DAYS_NOT_PROPOSED", "engagement"),
            Self::AlreadyConfirmed { .. } => ("BENEFIT_DAYS_ALREADY_CONFIRMED", "engagement"),
            Self::LengthOutOfRange { .. } => ("LENGTH_OUT_OF_RANGE", "plannedUntil"),
            Self::AgeOutOfRange { .. } => ("AGE_OUT_OF_RANGE", "ageAtStart"),
            Self::TooManyWeeklyHours { .. } => ("TOO_MANY_WEEKLY_HOURS", "weeklyHours"),
            Self::NotRenewable { .. } => ("MEASURE_NOT_RENEWABLE", "measure"),
        };
        (rule, Some(field))
    }
}
