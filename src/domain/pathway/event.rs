//! What can happen to a pathway, and the codes that it uses.

use crate::codes::{Cell, codes};
use crate::fact::{self, About, DayRank};
use crate::ids::{OrganisationId, PathwayId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// How a pathway began.
    Origin {
        /// From the aid file of the same organisation.
        AidFile = "AID_FILE" ("dossier d'aide", "hulpdossier", "aid file"),
        /// Sent by a prescriber or partner.
        Prescriber = "PRESCRIBER" ("prescripteur", "doorverwijzer", "prescriber"),
        /// The person came alone.
        Spontaneous = "SPONTANEOUS" ("demande spontanée", "spontane aanvraag", "spontaneous"),
    }
}

codes! {
    /// Why a file left a cell.
    CellMotive {
        /// The step was completed.
        Completed = "COMPLETED" ("étape accomplie", "stap voltooid", "step completed"),
        /// The person was oriented elsewhere.
        Oriented = "ORIENTED" ("orientation", "doorverwijzing", "oriented elsewhere"),
        /// The person stopped.
        Abandoned = "ABANDONED" ("abandon", "stopgezet", "abandoned"),
        /// Any other motive.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// How near a person is to employment.
    Readiness {
        /// Not yet: social insertion first.
        NotReady = "NOT_READY" ("pas encore prêt", "nog niet klaar", "not ready"),
        /// Ready with support.
        WithSupport = "WITH_SUPPORT" ("prêt avec accompagnement", "klaar met begeleiding", "ready with support"),
        /// Ready for employment.
        Ready = "READY" ("prêt pour l'emploi", "arbeidsklaar", "ready"),
    }
}

codes! {
    /// How a pathway ended.
    Outcome {
        /// A job on the ordinary market.
        Employment = "EMPLOYMENT" ("emploi", "werk", "employment"),
        /// Qualifying training or studies.
        Training = "TRAINING" ("formation qualifiante", "kwalificerende opleiding", "qualifying training"),
        /// Rights to unemployment benefit opened.
        RightsOpened = "RIGHTS_OPENED" ("droits au chômage ouverts", "recht op werkloosheid geopend", "benefit rights opened"),
        /// The person stays on aid.
        Aid = "AID" ("maintien à l'aide", "blijft op hulp", "remains on aid"),
        /// The person moved away.
        Moved = "MOVED" ("déménagement", "verhuis", "moved away"),
        /// The person stopped.
        Abandoned = "ABANDONED" ("abandon", "stopgezet", "abandoned"),
        /// The person died.
        Death = "DEATH" ("décès", "overlijden", "death"),
        /// Any other outcome.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// What a member of the follow-up does in it.
    MemberRole {
        /// Social worker.
        SocialWorker = "SOCIAL_WORKER" ("assistant social", "maatschappelijk werker", "social worker"),
        /// Insertion agent.
        InsertionAgent = "INSERTION_AGENT" ("agent d'insertion", "inschakelingsmedewerker", "insertion agent"),
        /// Project facilitator.
        Facilitator = "FACILITATOR" ("facilitateur de projet", "projectbegeleider", "project facilitator"),
        /// Job coach.
        JobCoach = "JOB_COACH" ("jobcoach", "jobcoach", "job coach"),
        /// Any other role.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// Why a pathway is suspended. Health or judicial data: it is sealed, and stands in no fact.
    SuspensionMotive {
        /// Illness.
        Illness = "ILLNESS" ("maladie", "ziekte", "illness"),
        /// Maternity.
        Maternity = "MATERNITY" ("maternité", "moederschap", "maternity"),
        /// Detention.
        Detention = "DETENTION" ("détention", "detentie", "detention"),
        /// Any other motive.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

/// Something that happened to a pathway. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The pathway was opened. Parcours ouvert / traject gestart.
    #[serde(rename = "PathwayOpened")]
    Opened {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// With which organisation.
        organisation: OrganisationId,
        /// How it began.
        origin: Origin,
    },
    /// A worker joined the follow-up. Référent désigné / toegewezen.
    #[serde(rename = "MemberAssigned")]
    MemberAssigned {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The worker, as a user id.
        user: String,
        /// What they do.
        role: MemberRole,
        /// True for the one who answers for the pathway.
        referent: bool,
    },
    /// A worker left the follow-up; the effective day is the first without them.
    #[serde(rename = "MemberReleased")]
    MemberReleased {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The worker, as a user id.
        user: String,
    },
    /// The file entered a cell, and so left the former one on the same day.
    #[serde(rename = "CellEntered")]
    CellEntered {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The cell.
        cell: Cell,
    },
    /// The file left a cell for none; the effective day is the first out of it.
    #[serde(rename = "CellLeft")]
    CellLeft {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The cell.
        cell: Cell,
        /// Why.
        motive: CellMotive,
    },
    /// Somebody judged how near the person is to employment. Prêt pour l'emploi / arbeidsklaar.
    #[serde(rename = "ReadinessJudged")]
    ReadinessJudged {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// The judgement.
        level: Readiness,
    },
    /// The pathway is suspended from the effective day on; the motive is sealed. Suspension / schorsing.
    #[serde(rename = "PathwaySuspended")]
    Suspended {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// Last day of the suspension, inclusive, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// A suspended pathway goes on from the effective day. Reprise / hervatting.
    #[serde(rename = "PathwayResumed")]
    Resumed {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
    },
    /// The pathway ended; the effective day is the first out of it. Clôture / afsluiting.
    #[serde(rename = "PathwayClosed")]
    Closed {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// How.
        outcome: Outcome,
    },
    /// A closed pathway goes on. Reprise / heropening.
    #[serde(rename = "PathwayReopened")]
    Reopened {
        /// Whose.
        person: PersonId,
        /// The pathway.
        pathway: PathwayId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Opened { person, .. }
            | Self::MemberAssigned { person, .. }
            | Self::MemberReleased { person, .. }
            | Self::CellEntered { person, .. }
            | Self::CellLeft { person, .. }
            | Self::ReadinessJudged { person, .. }
            | Self::Suspended { person, .. }
            | Self::Resumed { person, .. }
            | Self::Closed { person, .. }
            | Self::Reopened { person, .. } => *person,
        }
    }

    /// The pathway that it belongs to.
    #[must_use]
    pub const fn pathway(&self) -> PathwayId {
        match self {
            Self::Opened { pathway, .. }
            | Self::MemberAssigned { pathway, .. }
            | Self::MemberReleased { pathway, .. }
            | Self::CellEntered { pathway, .. }
            | Self::CellLeft { pathway, .. }
            | Self::ReadinessJudged { pathway, .. }
            | Self::Suspended { pathway, .. }
            | Self::Resumed { pathway, .. }
            | Self::Closed { pathway, .. }
            | Self::Reopened { pathway, .. } => *pathway,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::MemberReleased { .. } | Self::CellLeft { .. } => DayRank::Leaves,
            Self::Resumed { .. } | Self::Closed { .. } => DayRank::Ends,
            Self::Opened { .. } | Self::Reopened { .. } => DayRank::Begins,
            // Behind the opening of the same day.
            Self::MemberAssigned { .. } | Self::CellEntered { .. } | Self::Suspended { .. } => DayRank::Enters,
            Self::ReadinessJudged { .. } => DayRank::Within,
        }
    }
}
