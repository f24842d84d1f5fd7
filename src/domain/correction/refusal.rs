//! Which rule of correction forbids a command.

use crate::decision::Rule;
use crate::hours::Hours;
use crate::ids::{EngagementId, EventId, PenaltyId, SanctionId};
use crate::sanction;
use chrono::NaiveDate;

/// Which rule of correction forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such record stands in the stream.
    #[error("record {0} is not known there")]
    TargetUnknown(EventId),
    /// The record is annulled.
    #[error("record {target} is annulled by {by} already")]
    AlreadyAnnulled {
        /// The record.
        target: EventId,
        /// The annulment.
        by: EventId,
    },
    /// A correction or annulment cannot be corrected.
    #[error("record {0} is itself a correction or annulment: correct the original again, or annul this one")]
    NotATarget(EventId),
    /// What restores cannot be annulled.
    #[error("record {0} restored another one: annul that one again")]
    Restoration(EventId),
    /// Other files than those that were read would have to be merged.
    #[error("a merge is not corrected: annul it, then merge what is to be merged")]
    MergeNotCorrected,
    /// A publication says what was in force; what is in force now is published beside it.
    #[error("a publication is not corrected: publish again, or annul it if it should not have been")]
    PublicationNotCorrected,
    /// What was published was published; what is right today is published beside it.
    #[error("a published figure is not corrected: publish again, or annul it if it should not have been")]
    FigureNotCorrected,
    /// What was asked and answered about an erasure is told by records of its own.
    #[error(
        "a record about an erasure is not corrected: record what holds now, or annul it if it should not have been"
    )]
    ErasureNotCorrected,
    /// Keys that were destroyed do not come back.
    #[error("the keys of this person were destroyed: no record brings them back, so this one cannot be annulled")]
    ErasureStands,
    /// Who read what stays as it was recorded.
    #[error("an entry of the access ledger is neither corrected nor annulled")]
    LedgerStands,
    /// The fact has no such field.
    #[error("{kind} has no field {field:?}")]
    UnknownField {
        /// The kind of event.
        kind: &'static str,
        /// The field given.
        field: String,
    },
    /// A value does not fit its field.
    #[error("{kind} does not take this value for {field:?}")]
    BadValue {
        /// The kind of event.
        kind: &'static str,
        /// The path of the field.
        field: String,
    },
    /// The motive is the correction's own.
    #[error("a motive is never corrected: give the one of this correction as motive")]
    MotiveIsItsOwn,
    /// The person would work full-time twice.
    #[error("engagements {one} and {other} would both be full-time on {day}")]
    OverlapsFullTime {
        /// The first day of both.
        day: NaiveDate,
        /// One engagement.
        one: EngagementId,
        /// The other engagement.
        other: EngagementId,
        /// The field that offends.
        field: &'static str,
    },
    /// More hours of a work penalty would be performed than ordered.
    #[error("{ordered} hours of work penalty {penalty} would be ordered and {performed} performed")]
    PenaltyHoursExceeded {
        /// The work penalty.
        penalty: PenaltyId,
        /// Hours ordered.
        ordered: Hours,
        /// Hours performed.
        performed: Hours,
        /// The field that offends.
        field: &'static str,
    },
    /// A sanction would stand against the law.
    #[error("sanction {sanction} would stand against the law: {why}; annul the sanction itself first if it is to go")]
    SanctionUnlawful {
        /// The sanction.
        sanction: SanctionId,
        /// The rule that it would break.
        why: Box<sanction::Refusal>,
        /// The field that offends.
        field: &'static str,
    },
    /// The correction changes nothing.
    #[error("the record says this already")]
    NothingChanged,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::TargetUnknown(_) => ("TARGET_UNKNOWN", Some("target")),
            Self::AlreadyAnnulled { .. } => ("ALREADY_ANNULLED", Some("target")),
            Self::NotATarget(_) | Self::Restoration(_) => ("NOT_A_CORRECTION_TARGET", Some("target")),
            Self::MergeNotCorrected => ("MERGE_NOT_CORRECTED", Some("target")),
            Self::FigureNotCorrected => ("FIGURE_NOT_CORRECTED", Some("target")),
            Self::ErasureNotCorrected => ("ERASURE_NOT_CORRECTED", Some("target")),
            Self::ErasureStands => ("ERASURE_STANDS", Some("target")),
            Self::PublicationNotCorrected => ("PUBLICATION_NOT_CORRECTED", Some("target")),
            Self::LedgerStands => ("LEDGER_STANDS", Some("target")),
            Self::UnknownField { .. } => ("UNKNOWN_FIELD", Some("changes")),
            Self::BadValue { .. } => ("BAD_VALUE", Some("changes")),
            Self::MotiveIsItsOwn => ("MOTIVE_NOT_CORRECTED", Some("personal")),
            Self::OverlapsFullTime { field, .. } => ("OVERLAPS_FULL_TIME", Some(*field)),
            Self::PenaltyHoursExceeded { field, .. } => ("PENALTY_HOURS_EXCEEDED", Some(*field)),
            Self::SanctionUnlawful { field, .. } => ("SANCTION_UNLAWFUL", Some(*field)),
            Self::NothingChanged => ("NOTHING_CHANGED", Some("changes")),
        }
    }
}
