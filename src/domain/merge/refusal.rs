//! Which rule of merging forbids a command.

use super::FILES_MAX;
use crate::decision::Rule;
use crate::ids::PersonId;
use chrono::NaiveDate;

/// Which rule of merging forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A file is not merged with itself.
    #[error("survivor and absorbed are the same participant")]
    SameFile,
    /// Nobody was registered under this id.
    #[error("participant {person} was never registered")]
    Unknown {
        /// The field that names the participant.
        field: &'static str,
        /// The participant.
        person: PersonId,
    },
    /// The file is part of another one already.
    #[error("participant {absorbed} is merged into {survivor} already; unmerge them first")]
    AlreadyMerged {
        /// The participant.
        absorbed: PersonId,
        /// Whose file absorbed theirs.
        survivor: PersonId,
    },
    /// Each would be part of the other.
    #[error(
        "participant {survivor} is merged into {absorbed} already; unmerge them first to merge the other way round"
    )]
    Circle {
        /// The participant named as survivor.
        survivor: PersonId,
        /// The participant named as absorbed.
        absorbed: PersonId,
    },
    /// The file goes on elsewhere.
    #[error("this file was merged: record it for participant {survivor}")]
    MergedInto {
        /// The field that names the participant.
        field: &'static str,
        /// Whose file goes on.
        survivor: PersonId,
    },
    /// The file stands alone.
    #[error("participant {0} is not merged into any other")]
    NotMerged(PersonId),
    /// The file is part of another one than the one named.
    #[error("participant {absorbed} is merged into {survivor}: name that one as survivor")]
    NotMergedThere {
        /// The participant.
        absorbed: PersonId,
        /// Whose file absorbed theirs.
        survivor: PersonId,
    },
    /// A merge cannot be planned: it counts from its recording on.
    #[error("the day {on} is after today ({today}): a merge counts from its recording on")]
    Ahead {
        /// The day given.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// Nobody can tell whose file that was.
    #[error("participant {person} was erased: nobody can tell whose file it was, so it is merged with no other")]
    Erased {
        /// The field that names the participant.
        field: &'static str,
        /// The participant.
        person: PersonId,
    },
    /// No person has so many files.
    #[error("the merged file would be made of {files} files, at most {FILES_MAX} can be of one person")]
    TooManyFiles {
        /// How many there would be.
        files: usize,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::SameFile => ("SAME_PARTICIPANT", Some("absorbed")),
            Self::Unknown { field, .. } => ("PARTICIPANT_UNKNOWN", Some(field)),
            Self::AlreadyMerged { .. } => ("ALREADY_MERGED", Some("absorbed")),
            Self::Circle { .. } => ("MERGE_CIRCLE", Some("absorbed")),
            Self::MergedInto { field, .. } => ("MERGED_INTO", Some(field)),
            Self::NotMerged(_) => ("NOT_MERGED", Some("absorbed")),
            Self::NotMergedThere { .. } => ("NOT_MERGED", Some("survivor")),
            Self::Ahead { .. } => ("MERGE_AHEAD", Some("on")),
            Self::Erased { field, .. } => ("MERGE_OF_ERASED", Some(field)),
            Self::TooManyFiles { .. } => ("TOO_MANY_FILES", Some("absorbed")),
        }
    }
}
