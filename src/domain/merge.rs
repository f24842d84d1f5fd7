//! Merging: two files turn out to be of one person, and are read as one from then on; unmerging takes them apart again.
//!
//! Nothing moves: each record stays in the file in which it was recorded, and personal parts stay sealed under its keys.
//! A merge counts from its recording on, for all years (`choices.md`, History). [`crate::kin`] reads merged files as one.

use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::Known;
use crate::ids::PersonId;
use crate::person;
use crate::personal::{Field, Personal, Secret};
use crate::{correction, erasure, history};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod refusal;

pub use refusal::Refusal;

/// The most files that one person may have: more is not a double registration but a mistake in the tool that merges.
pub const FILES_MAX: usize = 32;

/// What happened between two files. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// Two files are of one person: the survivor's file speaks for both. Dossiers fusionnés / dossiers samengevoegd.
    #[serde(rename = "ParticipantsMerged")]
    Merged {
        /// Whose file goes on.
        survivor: PersonId,
        /// Whose file is read as part of it.
        absorbed: PersonId,
    },
    /// Two files are not of one person after all. Dossiers séparés / dossiers gesplitst.
    #[serde(rename = "ParticipantsUnmerged")]
    Unmerged {
        /// Whose file had gone on.
        survivor: PersonId,
        /// Whose file stands alone again.
        absorbed: PersonId,
    },
}

impl Event {
    /// Whose file goes on.
    #[must_use]
    pub const fn survivor(&self) -> PersonId {
        match self {
            Self::Merged { survivor, .. } | Self::Unmerged { survivor, .. } => *survivor,
        }
    }

    /// Whose file was absorbed.
    #[must_use]
    pub const fn absorbed(&self) -> PersonId {
        match self {
            Self::Merged { absorbed, .. } | Self::Unmerged { absorbed, .. } => *absorbed,
        }
    }

    /// Both files hear of it, the survivor's first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_merge(self.survivor(), self.absorbed())
    }

    /// Nothing of a pathway begins or ends with it.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}

/// The merge that a record tells of, if it tells of one: by itself or as the content of a correction.
#[must_use]
pub const fn told_by(record: &Known) -> Option<&Event> {
    let fact = match &record.fact {
        Fact::Correction(correction::Event::Corrected { replacement, .. }) => &*replacement.fact,
        fact => fact,
    };
    if let Fact::Merge(event) = fact { Some(event) } else { None }
}

/// What can be asked about two files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Lets two files be read as one.
    #[serde(rename = "mergeParticipants")]
    Merge {
        /// Whose file goes on.
        survivor: PersonId,
        /// Whose file is read as part of it.
        absorbed: PersonId,
        /// Day on which it was found out; the merge counts from its recording on.
        on: NaiveDate,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        motive: Option<Secret>,
    },
    /// Takes two merged files apart again.
    #[serde(rename = "unmergeParticipants")]
    Unmerge {
        /// Whose file had absorbed the other.
        survivor: PersonId,
        /// Whose file stands alone again.
        absorbed: PersonId,
        /// Day on which it was found out.
        on: NaiveDate,
        /// Why, in the words of the case worker; sealed.
        #[serde(default)]
        motive: Option<Secret>,
    },
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Merge { on, .. } | Self::Unmerge { on, .. } => *on,
        }
    }

    fn is_for_absorbed(&self) -> bool {
        true
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        let (survivor, absorbed) = self.files();
        vec![survivor.into(), absorbed.into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let on = self.on();
        if on > desk.today {
            return Err(Refusal::Ahead { on, today: desk.today }.into());
        }
        let event = decide(past, self)?;
        let motive = Personal::default().sealing(Field::Motive, "motive", self.motive())?;
        let decided = Decided::new(on, event).with(motive);
        if let Event::Unmerged { .. } = event {
            correction::lasting::keeps(past, desk, &decided, &decided.fact, "absorbed")?;
        }
        Ok(vec![decided])
    }
}

impl Command {
    const fn files(&self) -> (PersonId, PersonId) {
        match self {
            Self::Merge { survivor, absorbed, .. } | Self::Unmerge { survivor, absorbed, .. } => (*survivor, *absorbed),
        }
    }

    const fn motive(&self) -> Option<&Secret> {
        match self {
            Self::Merge { motive, .. } | Self::Unmerge { motive, .. } => motive.as_ref(),
        }
    }
}

fn decide(past: &Past, command: &Command) -> Result<Event, Refusal> {
    let (survivor, absorbed) = command.files();
    match command {
        Command::Merge { .. } => {
            may_merge(past, survivor, absorbed)?;
            Ok(Event::Merged { survivor, absorbed })
        }
        Command::Unmerge { .. } => match merged(past, absorbed) {
            Some(merged) if merged.directly == survivor => Ok(Event::Unmerged { survivor, absorbed }),
            Some(merged) => Err(Refusal::NotMergedThere { absorbed, survivor: merged.directly }),
            None => Err(Refusal::NotMerged(absorbed)),
        },
    }
}

fn may_merge(past: &Past, survivor: PersonId, absorbed: PersonId) -> Result<(), Refusal> {
    if survivor == absorbed {
        return Err(Refusal::SameFile);
    }
    if let Some(merged) = merged(past, absorbed) {
        return Err(Refusal::AlreadyMerged { absorbed, survivor: merged.directly });
    }
    match merged(past, survivor) {
        Some(merged) if merged.into == absorbed => return Err(Refusal::Circle { survivor, absorbed }),
        Some(merged) => return Err(Refusal::MergedInto { field: "survivor", survivor: merged.into }),
        None => {}
    }
    for (field, person) in [("survivor", survivor), ("absorbed", absorbed)] {
        person::registered(past, person).map_err(|_| Refusal::Unknown { field, person })?;
        if past.get(person).is_some_and(|history| erasure::State::of(history).erased.is_some()) {
            return Err(Refusal::Erased { field, person });
        }
    }
    let files = |person: PersonId| past.get(person).map_or(0, |history| 1 + history.absorbed().len());
    match files(survivor) + files(absorbed) {
        files if files > FILES_MAX => Err(Refusal::TooManyFiles { files }),
        _ => Ok(()),
    }
}

fn merged(past: &Past, person: PersonId) -> Option<history::Merged> {
    past.get(person)?.merged()
}

/// Refuses what would be recorded in the file of somebody whom another file absorbed: the survivor's file takes it.
///
/// # Errors
/// [`Refusal::MergedInto`] names the survivor.
pub(crate) fn still_own(past: &Past, named: &[Stream]) -> Result<(), Refusal> {
    let merged = named.iter().find_map(|stream| past.get(*stream)?.merged());
    merged.map_or(Ok(()), |merged| Err(Refusal::MergedInto { field: "participant", survivor: merged.into }))
}

#[cfg(test)]
mod tests;
