//! Global ids: what a client keeps, and gives back to `node(id:)` or to any argument that names a thing.
//!
//! A global id is readable text, `Participant:018f2d4c-…`, and not an opaque one as Relay advises.
//! The people who use these ids put them into spreadsheets, letters to auditors and imports: there, an id that says
//! what it names and holds the very UUID of the log is worth more than the freedom to change its form. That freedom is
//! not needed: UUIDs of the log never change. It tells nobody anything either: the UUID is a pseudonym by itself.
//! An argument takes the global id or the bare UUID (of an organisation, its short name); one of another kind is refused.

use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::scalars::hyphenated;
use async_graphql::ID;
use domain::fact::{Stream, StreamKind};
use domain::ids::OrganisationId;
use std::fmt;
use uuid::Uuid;

/// The kinds of thing that have a global id. The names are public: never renamed or reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person whose pathway this is.
    Participant,
    /// A recorded event.
    Event,
    /// A job that can be filled.
    Post,
    /// An agreement between organisations.
    Agreement,
    /// A training course or an activity.
    Course,
    /// An organisation, by its short name.
    Organisation,
    /// A grant of social aid.
    Aid,
    /// An ISP pathway.
    Pathway,
    /// A request to orient a person.
    Orientation,
    /// An integration project.
    Piis,
    /// A contract or placement.
    Engagement,
    /// An absence within an engagement.
    Absence,
    /// A job found after an engagement.
    Hire,
    /// A work penalty.
    Penalty,
    /// A session of a course.
    Session,
    /// A suspension of payment.
    Sanction,
    /// An application for a post or a measure.
    Application,
    /// An obstacle on the way to work.
    Barrier,
    /// A socio-professional assessment.
    Assessment,
    /// An appointment.
    Appointment,
    /// A request for an interview.
    Interview,
    /// An agreed action.
    Action,
    /// What courts ordered of one person.
    Judicial,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::Participant,
        Self::Event,
        Self::Post,
        Self::Agreement,
        Self::Course,
        Self::Organisation,
        Self::Aid,
        Self::Pathway,
        Self::Orientation,
        Self::Piis,
        Self::Engagement,
        Self::Absence,
        Self::Hire,
        Self::Penalty,
        Self::Session,
        Self::Sanction,
        Self::Application,
        Self::Barrier,
        Self::Assessment,
        Self::Appointment,
        Self::Interview,
        Self::Action,
        Self::Judicial,
    ];

    /// Its name in front of the id.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Participant => "Participant",
            Self::Event => "Event",
            Self::Post => "Post",
            Self::Agreement => "Agreement",
            Self::Course => "Course",
            Self::Organisation => "Organisation",
            Self::Aid => "Aid",
            Self::Pathway => "Pathway",
            Self::Orientation => "Orientation",
            Self::Piis => "Piis",
            Self::Engagement => "Engagement",
            Self::Absence => "Absence",
            Self::Hire => "Hire",
            Self::Penalty => "Penalty",
            Self::Session => "Session",
            Self::Sanction => "Sanction",
            Self::Application => "Application",
            Self::Barrier => "Barrier",
            Self::Assessment => "Assessment",
            Self::Appointment => "Appointment",
            Self::Interview => "Interview",
            Self::Action => "Action",
            Self::Judicial => "Judicial",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The global id of a thing.
pub fn global(kind: Kind, id: impl fmt::Display) -> ID {
    ID(format!("{kind}:{id}"))
}

/// The global id of a stream's thing. What stands for a hash or for the house has none and is told by its kind alone.
#[must_use]
pub fn of_stream(stream: Stream) -> ID {
    let kind = match stream.kind {
        StreamKind::Person => Kind::Participant,
        StreamKind::Post => Kind::Post,
        StreamKind::Agreement => Kind::Agreement,
        StreamKind::Course => Kind::Course,
        // By the UUID of its stream: the short name is not in the record's envelope. `node` takes both.
        StreamKind::Organisation => Kind::Organisation,
        StreamKind::Alias => return ID(format!("Alias:{}", stream.id)),
        StreamKind::Governance => return ID(format!("Governance:{}", stream.id)),
        StreamKind::Judicial => Kind::Judicial,
        StreamKind::Access => return ID(format!("Access:{}", stream.id)),
        StreamKind::Reader => return ID(format!("Reader:{}", stream.id)),
    };
    global(kind, stream.id)
}

/// The part of a global id behind its kind; the whole text if it names no kind.
///
/// # Errors
/// [`BadInput`] if it names another kind.
pub fn bare<'a>(kind: Kind, field: &str, text: &'a str) -> Result<&'a str, BadInput> {
    match text.split_once(':') {
        None => Ok(text),
        Some((name, id)) if name == kind.name() => Ok(id),
        Some(_) => Err(bad_input(field, format_args!("{:?} is not the id of a {kind}", shown(text)))),
    }
}

/// Reads the id of a thing of this kind, global or bare.
///
/// # Errors
/// [`BadInput`] names the field.
pub fn uuid(kind: Kind, field: &str, text: &str) -> Result<Uuid, BadInput> {
    hyphenated(bare(kind, field, text)?).ok_or_else(|| {
        bad_input(
            field,
            format_args!("{:?} is not the id of a {kind}: use {kind}:<uuid> or the UUID alone", shown(text)),
        )
    })
}

/// Reads the id of an organisation, global or its short name alone, such as `cpas-molenbeek`.
///
/// # Errors
/// [`BadInput`] names the field.
pub fn organisation(field: &str, text: &str) -> Result<OrganisationId, BadInput> {
    OrganisationId::new(bare(Kind::Organisation, field, text)?).map_err(|error| bad_input(field, error))
}

/// Takes a global id apart: its kind, and the rest.
///
/// # Errors
/// [`BadInput`] if it names no kind that is known.
pub fn split<'a>(field: &str, text: &'a str) -> Result<(Kind, &'a str), BadInput> {
    let found = text.split_once(':').and_then(|(name, id)| Some((Kind::of(name)?, id)));
    found.ok_or_else(|| {
        bad_input(field, format_args!("{:?} is not a global id, such as Participant:<uuid>", shown(text)))
    })
}

/// As much of a client's text as an error may repeat.
fn shown(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f2d4c-7a10-7b3e-9c55-0a1b2c3d4e5f";

    #[test]
    fn an_argument_takes_the_global_id_or_the_bare_one() {
        let expected = hyphenated(ID).unwrap();
        assert_eq!(uuid(Kind::Post, "id", ID), Ok(expected));
        assert_eq!(uuid(Kind::Post, "id", &format!("Post:{ID}")), Ok(expected));
        assert_eq!(organisation("id", "Organisation:samusocial"), organisation("id", "samusocial"));
    }

    #[test]
    fn the_id_of_another_kind_is_refused() {
        let error = uuid(Kind::Post, "post", &format!("Participant:{ID}")).unwrap_err();
        assert_eq!(error.field, "post");
        assert!(uuid(Kind::Post, "post", "").is_err());
        assert!(organisation("organisation", "CPAS Molenbeek").is_err());
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of(kind.name()), Some(kind));
        }
        assert!(split("id", "Nobody:1").is_err());
    }
}
