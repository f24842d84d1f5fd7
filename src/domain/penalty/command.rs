//! What can be asked of a work penalty.

use super::decide::decide;
use crate::command::{Derived, Source, Step};
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::Stream;
use crate::hours::Hours;
use crate::ids::{JudicialFileId, OrganisationId, PenaltyId, PersonId};
use crate::person;
use crate::personal::{Field, FieldClass, NotKept, Personal, Secret};
use chrono::NaiveDate;
use serde::Deserialize;

/// What can be asked of a work penalty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Entrusts a penalty to a host; the deadline follows from the law.
    #[serde(rename = "assignPenalty")]
    Assign {
        /// To whom.
        participant: PersonId,
        /// The person's judicial file; derived by the counter from the person's key, and given by nobody.
        file: JudicialFileId,
        /// The penalty; chosen by the server if left out.
        penalty: PenaltyId,
        /// Day on which it was entrusted.
        on: NaiveDate,
        /// Where it is performed.
        organisation: OrganisationId,
        /// The service that sent the person.
        #[serde(default)]
        partner: Option<OrganisationId>,
        /// Hours ordered by the judge.
        hours_ordered: Hours,
        /// When the judgment became final.
        final_on: NaiveDate,
        /// Reference of the mandate; sealed.
        #[serde(default)]
        mandate_reference: Option<Secret>,
    },
    /// Records hours performed.
    #[serde(rename = "performPenaltyHours")]
    Perform {
        /// By whom.
        participant: PersonId,
        /// The person's judicial file, if there is one; as above.
        #[serde(default)]
        file: Option<JudicialFileId>,
        /// The penalty.
        penalty: PenaltyId,
        /// Day on which they were performed.
        on: NaiveDate,
        /// How many.
        hours: Hours,
    },
    /// Records that the person was not there.
    #[serde(rename = "recordPenaltyAbsence")]
    RecordAbsence {
        /// Who.
        participant: PersonId,
        /// The person's judicial file, if there is one; as above.
        #[serde(default)]
        file: Option<JudicialFileId>,
        /// The penalty.
        penalty: PenaltyId,
        /// The day.
        on: NaiveDate,
        /// Hours that were planned that day, if they are known.
        #[serde(default)]
        hours: Option<Hours>,
        /// True if a valid reason was given.
        justified: bool,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        motive: Option<Secret>,
    },
    /// Records that the probation commission gave more time.
    #[serde(rename = "extendPenaltyDeadline")]
    Extend {
        /// To whom.
        participant: PersonId,
        /// The person's judicial file, if there is one; as above.
        #[serde(default)]
        file: Option<JudicialFileId>,
        /// The penalty.
        penalty: PenaltyId,
        /// Day of its decision.
        on: NaiveDate,
        /// New last day to perform it, inclusive.
        until: NaiveDate,
    },
    /// Says that all hours are performed.
    #[serde(rename = "completePenalty")]
    Complete {
        /// By whom.
        participant: PersonId,
        /// The person's judicial file, if there is one; as above.
        #[serde(default)]
        file: Option<JudicialFileId>,
        /// The penalty.
        penalty: PenaltyId,
        /// Day of it.
        on: NaiveDate,
    },
    /// Stops the penalty before its end.
    #[serde(rename = "interruptPenalty")]
    Interrupt {
        /// By whom.
        participant: PersonId,
        /// The person's judicial file, if there is one; as above.
        #[serde(default)]
        file: Option<JudicialFileId>,
        /// The penalty.
        penalty: PenaltyId,
        /// Day of it.
        on: NaiveDate,
    },
}

/// The judicial file of the participant: everything in it is found through it, and only the key of the person's
/// judicial data leads to it (`domain.md`, B.6 and E.6).
const fn file_of(command: &'static str, begins: bool) -> Derived {
    let class = FieldClass::Judicial;
    Derived { command, field: "file", from: Source::Person { field: "participant", class, label: FILE_LABEL, begins } }
}

/// What a person's judicial key is asked for. It decides the ids of all files, so it is never changed.
pub const FILE_LABEL: &str = "judicial file";

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("assignPenalty", &["penalty"])];
    const DERIVED: &'static [Derived] = &[
        file_of("assignPenalty", true),
        file_of("performPenaltyHours", false),
        file_of("recordPenaltyAbsence", false),
        file_of("extendPenaltyDeadline", false),
        file_of("completePenalty", false),
        file_of("interruptPenalty", false),
    ];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Assign { on, .. }
            | Self::Perform { on, .. }
            | Self::RecordAbsence { on, .. }
            | Self::Extend { on, .. }
            | Self::Complete { on, .. }
            | Self::Interrupt { on, .. } => *on,
        }
    }

    /// The file is nobody's by name, but it is a participant whose penalty is recorded.
    fn subject(&self) -> Option<Stream> {
        Some(self.participant().into())
    }

    /// A judicial file is not merged: what was begun in the one of an absorbed person goes on there.
    fn is_for_absorbed(&self) -> bool {
        !matches!(self, Self::Assign { .. })
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        std::iter::once(self.participant().into()).chain(self.file().map(Stream::from)).collect()
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        match self {
            // A death interrupts.
            Self::Interrupt { .. } => person::registered(past, self.participant())?,
            Self::Assign { .. }
            | Self::Perform { .. }
            | Self::RecordAbsence { .. }
            | Self::Extend { .. }
            | Self::Complete { .. } => person::living(past, self.participant(), self.on())?,
        };
        let event = decide(past, self, desk.law)?;
        let decided = Decided::new(self.on(), event).with(self.personal()?);
        Ok(vec![match self {
            Self::Assign { final_on, .. } => decided.under(desk.law.on(*final_on).id),
            Self::Perform { .. }
            | Self::RecordAbsence { .. }
            | Self::Extend { .. }
            | Self::Complete { .. }
            | Self::Interrupt { .. } => decided,
        }])
    }
}

impl Command {
    pub(super) const fn participant(&self) -> PersonId {
        match self {
            Self::Assign { participant, .. }
            | Self::Perform { participant, .. }
            | Self::RecordAbsence { participant, .. }
            | Self::Extend { participant, .. }
            | Self::Complete { participant, .. }
            | Self::Interrupt { participant, .. } => *participant,
        }
    }

    pub(super) const fn file(&self) -> Option<JudicialFileId> {
        match self {
            Self::Assign { file, .. } => Some(*file),
            Self::Perform { file, .. }
            | Self::RecordAbsence { file, .. }
            | Self::Extend { file, .. }
            | Self::Complete { file, .. }
            | Self::Interrupt { file, .. } => *file,
        }
    }

    pub(super) const fn penalty(&self) -> PenaltyId {
        match self {
            Self::Assign { penalty, .. }
            | Self::Perform { penalty, .. }
            | Self::RecordAbsence { penalty, .. }
            | Self::Extend { penalty, .. }
            | Self::Complete { penalty, .. }
            | Self::Interrupt { penalty, .. } => *penalty,
        }
    }

    fn personal(&self) -> Result<Personal, NotKept> {
        match self {
            Self::Assign { mandate_reference, .. } => {
                Personal::default().sealing(Field::MandateReference, "mandateReference", mandate_reference.as_ref())
            }
            Self::RecordAbsence { motive, .. } => Personal::default().sealing(Field::Motive, "motive", motive.as_ref()),
            Self::Perform { .. } | Self::Extend { .. } | Self::Complete { .. } | Self::Interrupt { .. } => {
                Ok(Personal::default())
            }
        }
    }
}
