//! A fact: any event of any step, and the streams in which it stands.

use crate::contract;
use crate::ids::{AgreementId, AliasId, BatchId, CourseId, JudicialFileId, OrganisationId, PersonId, PostId, ReaderId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The kinds of thing that have a history. The numbers are stored: never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum StreamKind {
    /// The whole file of a participant.
    Person = 1,
    /// A job that can be filled.
    Post = 2,
    /// An agreement between organisations.
    Agreement = 3,
    /// A course with its sessions, or an activity.
    Course = 4,
    /// An organisation.
    Organisation = 5,
    /// The keyed hash of a national number.
    Alias = 6,
    /// What concerns the whole house.
    Governance = 7,
    /// What a court ordered of one person, under an id of its own: judicial data.
    Judicial = 8,
    /// Who read one file: apart from the file itself, so that a reading moves nothing in it.
    Access = 9,
    /// What one reader read.
    Reader = 10,
}

impl StreamKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Post,
        Self::Agreement,
        Self::Course,
        Self::Organisation,
        Self::Alias,
        Self::Governance,
        Self::Judicial,
        Self::Access,
        Self::Reader,
    ];

    /// The kind with this number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }
}

/// All that happened to one thing. Written `person:<uuid>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    /// The kind of thing.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl StreamKind {
    /// Its name in a stream's text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Post => "post",
            Self::Agreement => "agreement",
            Self::Course => "course",
            Self::Organisation => "organisation",
            Self::Alias => "alias",
            Self::Governance => "governance",
            Self::Judicial => "judicial",
            Self::Access => "access",
            Self::Reader => "reader",
        }
    }
}

/// As `person:` and the id, in a command and for people.
impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.id)
    }
}

/// The text is not a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stream: use a kind, a colon and an id, such as person:018f…")]
pub struct NotAStream;

impl FromStr for Stream {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, NotAStream> {
        let (name, id) = text.split_once(':').ok_or(NotAStream)?;
        let kind = StreamKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(NotAStream)?;
        Ok(Self { kind, id: Uuid::try_parse(id).map_err(|_| NotAStream)? })
    }
}

impl Serialize for Stream {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! streams {
    ($($id:ty => $kind:ident),*) => {$(
        impl From<$id> for Stream {
            fn from(id: $id) -> Self {
                Self { kind: StreamKind::$kind, id: id.0 }
            }
        }
    )*};
}
streams!(PersonId => Person, PostId => Post, AgreementId => Agreement, CourseId => Course, JudicialFileId => Judicial, AliasId => Alias, BatchId => Governance, ReaderId => Reader);

impl From<&OrganisationId> for Stream {
    fn from(id: &OrganisationId) -> Self {
        Self { kind: StreamKind::Organisation, id: id.stream_id() }
    }
}

/// What a thing is to an event: the qualifier of an object-centric log. The numbers are stored: never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// The person whose pathway it is.
    Participant = 1,
    /// The post worked at.
    Post = 2,
    /// The post left.
    FormerPost = 3,
    /// The agreement that covers it.
    Agreement = 4,
    /// The course.
    Course = 5,
    /// The activity.
    Activity = 6,
    /// The organisation itself.
    Organisation = 7,
    /// The other party.
    Partner = 8,
    /// What a court ordered of the person.
    JudicialFile = 9,
    /// The keyed hash of a national number.
    Alias = 10,
    /// The import batch.
    Batch = 11,
    /// The file that another one absorbed.
    Absorbed = 12,
    /// The house itself, of what it publishes.
    House = 13,
    /// Whoever read, took along or was refused.
    Reader = 14,
    /// The ledger of the file that was read, taken along or asked for.
    Ledger = 15,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 15] = [
        Self::Participant,
        Self::Post,
        Self::FormerPost,
        Self::Agreement,
        Self::Course,
        Self::Activity,
        Self::Organisation,
        Self::Partner,
        Self::JudicialFile,
        Self::Alias,
        Self::Batch,
        Self::Absorbed,
        Self::House,
        Self::Reader,
        Self::Ledger,
    ];

    /// The role with this number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|role| *role as u8 == number)
    }
}

/// One of the things that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    /// The stream in which the record stands.
    pub stream: Stream,
    /// What that stream is to the event.
    pub role: Role,
}

impl About {
    fn new(stream: impl Into<Stream>, role: Role) -> Self {
        Self { stream: stream.into(), role }
    }
}

/// Every step with its variant of [`Fact`]: the one list of them, handed to whoever needs something for each.
macro_rules! every_step {
    ($then:ident) => {
        $then! {
            /// Of the participant.
            person => Person,
            /// Of two files that are of one person.
            merge => Merge,
            /// Of the aid file.
            aid => Aid,
            /// Of the pathway.
            pathway => Pathway,
            /// Of a person's situation at an entry.
            situation => Situation,
            /// Of an operation of the European Social Fund.
            operation => Operation,
            /// Of an obstacle.
            barrier => Barrier,
            /// Of a socio-professional assessment.
            assessment => Assessment,
            /// Of a contact or appointment.
            contact => Contact,
            /// Of an agreed action.
            action => Action,
            /// Of an orientation.
            orientation => Orientation,
            /// Of a PIIS.
            piis => Piis,
            /// Of a sanction.
            sanction => Sanction,
            /// Of an application.
            application => Application,
            /// Of an engagement.
            contract => Contract,
            /// Of a person's training.
            training => Training,
            /// Of what was seen and acquired in an engagement.
            appraisal => Appraisal,
            /// Of the end of an engagement.
            offboarding => Offboarding,
            /// Of what follows an engagement.
            hiring => Hiring,
            /// Of a post.
            post => Post,
            /// Of an agreement.
            agreement => Agreement,
            /// Of a course or activity.
            course => Course,
            /// Of a work penalty.
            penalty => Penalty,
            /// Of a national number.
            identifier => Identifier,
            /// Of the erasure of a person's personal parts.
            erasure => Erasure,
            /// Of an import batch.
            batch => Batch,
            /// Of the rules and codes that the house works by.
            publication => Publication,
            /// Of a figure that was published.
            figure => Figure,
            /// Of an organisation.
            organisation => Organisation,
            /// Of who read, took along or was refused what.
            access => Access,
            /// An answer to an earlier record.
            correction => Correction,
        }
    };
}
pub(crate) use every_step;

macro_rules! facts {
    ($($(#[doc = $doc:literal])* $step:ident => $variant:ident,)*) => {
        /// Any event of any step: the plain part of a record.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fact {
            $($(#[doc = $doc])* $variant(crate::$step::Event),)*
        }

        $(impl From<crate::$step::Event> for Fact {
            fn from(event: crate::$step::Event) -> Self {
                Self::$variant(event)
            }
        })*

        /// The steps of a pathway and of a house: each kind of event is of one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StepName {
            $($(#[doc = $doc])* $variant),*
        }

        impl StepName {
            /// Every step, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name, in small letters.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($step)),* }
            }

            /// What it is about, in a phrase.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),*).trim_ascii()),* }
            }

            /// The step of a kind of event; none if no event has that kind.
            #[must_use]
            pub fn of_kind(kind: &str) -> Option<Self> {
                $(if crate::wire::names::<crate::$step::Event>().contains(&kind) {
                    return Some(Self::$variant);
                })*
                None
            }
        }

        impl Fact {
            /// The step that it is of.
            #[must_use]
            pub const fn step(&self) -> StepName {
                match self { $(Self::$variant(_) => StepName::$variant,)* }
            }

            /// The things that it is about, the primary one first; empty for a correction, whose streams its target decides.
            #[must_use]
            pub fn about(&self) -> Vec<About> {
                match self { $(Self::$variant(event) => event.about(),)* }
            }

            /// Where it stands among the facts of one day: what leaves, what ends, what begins, what enters, all else.
            ///
            /// Two facts of one rank keep the order of their positions.
            #[must_use]
            pub fn day_rank(&self) -> DayRank {
                match self { $(Self::$variant(event) => event.day_rank(),)* }
            }
        }
    };
}
every_step!(facts);

/// The order of the facts of one day (`choices.md`, History): leaving before entering, ends before beginnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayRank {
    /// Leaves a place for none.
    Leaves,
    /// Ends what ran.
    Ends,
    /// Begins what will run.
    Begins,
    /// Enters a place of what runs.
    Enters,
    /// Happens within what runs.
    Within,
}

/// The one person that an event is about.
pub(crate) fn of_person(person: PersonId) -> Vec<About> {
    vec![About::new(person, Role::Participant)]
}

/// What happens between two files of one person, the survivor's first.
pub(crate) fn of_merge(survivor: PersonId, absorbed: PersonId) -> Vec<About> {
    vec![About::new(survivor, Role::Participant), About::new(absorbed, Role::Absorbed)]
}

/// What happens to all files of one person, the survivor's first.
pub(crate) fn of_files(person: PersonId, absorbed: &[PersonId]) -> Vec<About> {
    let others = absorbed.iter().map(|file| About::new(*file, Role::Absorbed));
    of_person(person).into_iter().chain(others).collect()
}

/// The one thing of its own kind that an event is about.
pub(crate) fn of_one(stream: impl Into<Stream>, role: Role) -> Vec<About> {
    vec![About::new(stream, role)]
}

/// An entry of the access ledger: the reader, and the ledger of each file that it is about.
pub(crate) fn of_access(reader: ReaderId, ledgers: impl IntoIterator<Item = Stream>) -> Vec<About> {
    let mut about = vec![About::new(reader, Role::Reader)];
    about.extend(ledgers.into_iter().map(|ledger| About::new(ledger, Role::Ledger)));
    about
}

/// A person's event at a place: the post and the agreement hear of it too.
pub(crate) fn of_place(person: PersonId, place: contract::Place, former: Option<PostId>) -> Vec<About> {
    let mut about = of_person(person);
    about.extend(place.post.map(|post| About::new(post, Role::Post)));
    about.extend(former.filter(|post| Some(*post) != place.post).map(|post| About::new(post, Role::FormerPost)));
    about.extend(place.agreement.map(|agreement| About::new(agreement, Role::Agreement)));
    about
}

/// A person's event in a course or activity.
pub(crate) fn of_course(person: PersonId, course: CourseId, role: Role) -> Vec<About> {
    let mut about = of_person(person);
    about.push(About::new(course, role));
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_read_back_from_its_text() {
        for kind in StreamKind::ALL {
            let stream = Stream { kind, id: Uuid::from_u128(7) };
            assert_eq!(stream.to_string().parse(), Ok(stream));
            assert_eq!(StreamKind::of(kind as u8), Some(kind));
        }
        for text in ["", "person", "person:", "person:7", "Person:00000000-0000-4000-8000-000000000007"] {
            assert_eq!(text.parse::<Stream>(), Err(NotAStream), "{text}");
        }
    }
}
