//! The ISP pathway (parcours ISP / SPI-traject) and the cell in which the file is.

use crate::codes::{Cell, codes};
use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{OrganisationId, PathwayId, PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
            Self::Closed { .. } => DayRank::Ends,
            Self::Opened { .. } | Self::Reopened { .. } => DayRank::Begins,
            Self::MemberAssigned { .. } | Self::CellEntered { .. } => DayRank::Enters,
            Self::ReadinessJudged { .. } => DayRank::Within,
        }
    }
}

/// The pathways of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every pathway that was opened.
    pub pathways: BTreeMap<PathwayId, Pathway>,
}

/// One pathway with an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pathway {
    /// With which organisation.
    pub organisation: OrganisationId,
    /// How it began.
    pub origin: Origin,
    /// First day.
    pub opened_on: NaiveDate,
    /// Every closure, in order of day; the last one holds unless it was followed by a reopening.
    pub closures: Vec<Closure>,
    /// Everyone who followed it, in order of their first day.
    pub members: Vec<Member>,
    /// Every judgement of readiness, in order of day.
    pub readiness: Vec<(NaiveDate, Readiness)>,
    /// Every stay in a cell, in order of day; no two overlap.
    pub stays: Vec<Stay>,
}

/// A time during which a pathway was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// First day out of the pathway.
    pub on: NaiveDate,
    /// How it ended.
    pub outcome: Outcome,
    /// First day in it again.
    pub reopened_on: Option<NaiveDate>,
}

/// Somebody who follows a pathway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The worker, as a user id.
    pub user: String,
    /// What they do.
    pub role: MemberRole,
    /// True for the one who answers for the pathway.
    pub referent: bool,
    /// First day.
    pub from: NaiveDate,
    /// First day without them.
    pub until_exclusive: Option<NaiveDate>,
}

/// A stay of the file in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The cell.
    pub cell: Cell,
    /// First day in it.
    pub from: NaiveDate,
    /// First day out of it.
    pub until_exclusive: Option<NaiveDate>,
}

impl Stay {
    /// True if the file is in the cell on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until_exclusive.is_none_or(|until| day < until)
    }
}

impl Member {
    /// True if they follow the pathway on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until_exclusive.is_none_or(|until| day < until)
    }
}

impl State {
    /// Folds a person's history.
    ///
    /// Openings are folded first: a pathway may be closed on the day of its opening.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        let events = history.entries().filter_map(|entry| match entry.fact {
            Fact::Pathway(event) => Some((entry.on, event)),
            _ => None,
        });
        for (on, event) in events.clone() {
            if let Event::Opened { pathway, organisation, origin, .. } = event {
                state.pathways.entry(*pathway).or_insert_with(|| Pathway::new(on, organisation.clone(), *origin));
            }
        }
        for (on, event) in events {
            if let Some(pathway) = state.pathways.get_mut(&event.pathway()) {
                pathway.evolve(on, event);
            }
        }
        state
    }

    /// The pathway with an organisation that is open on that day.
    #[must_use]
    pub fn open_with(&self, organisation: &OrganisationId, day: NaiveDate) -> Option<PathwayId> {
        let mut all = self.pathways.iter();
        all.find(|(_, pathway)| pathway.organisation == *organisation && pathway.open_on(day)).map(|(id, _)| *id)
    }
}

impl Pathway {
    const fn new(opened_on: NaiveDate, organisation: OrganisationId, origin: Origin) -> Self {
        Self {
            organisation,
            origin,
            opened_on,
            closures: Vec::new(),
            members: Vec::new(),
            readiness: Vec::new(),
            stays: Vec::new(),
        }
    }

    /// Days come in order; what no day of the pathway could hold is passed over, since history is never refused.
    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Opened { .. } => {}
            Event::MemberAssigned { user, role, referent, .. } => {
                self.release(user, on);
                let member =
                    Member { user: user.clone(), role: *role, referent: *referent, from: on, until_exclusive: None };
                self.members.push(member);
            }
            Event::MemberReleased { user, .. } => self.release(user, on),
            Event::CellEntered { cell, .. } => self.enter(*cell, on),
            Event::CellLeft { cell, .. } => {
                if self.stays.last().is_some_and(|stay| stay.cell == *cell) {
                    self.leave(on);
                }
            }
            Event::ReadinessJudged { level, .. } => self.readiness.push((on, *level)),
            Event::Closed { outcome, .. } => {
                if self.closed_on().is_none() {
                    self.leave(on);
                    self.closures.push(Closure { on, outcome: *outcome, reopened_on: None });
                }
            }
            Event::Reopened { .. } => {
                if let Some(closure) = self.closures.last_mut() {
                    closure.reopened_on.get_or_insert(on);
                }
            }
        }
    }

    fn release(&mut self, user: &str, on: NaiveDate) {
        for member in self.members.iter_mut().filter(|member| member.user == user) {
            member.until_exclusive.get_or_insert(on);
        }
    }

    fn enter(&mut self, cell: Cell, on: NaiveDate) {
        let there = self.stays.last().is_some_and(|stay| stay.cell == cell && stay.until_exclusive.is_none());
        if self.open_on(on) && !there {
            self.leave(on);
            self.stays.push(Stay { cell, from: on, until_exclusive: None });
        }
    }

    fn leave(&mut self, on: NaiveDate) {
        if let Some(stay) = self.stays.last_mut() {
            stay.until_exclusive.get_or_insert(on);
        }
    }

    /// First day out of the pathway; none while it is open.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        self.closures.last().filter(|closure| closure.reopened_on.is_none()).map(|closure| closure.on)
    }

    /// How the pathway ended; none while it is open.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.closures.last().filter(|closure| closure.reopened_on.is_none()).map(|closure| closure.outcome)
    }

    /// True if the pathway is open on that day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        let closed = |closure: &Closure| closure.on <= day && closure.reopened_on.is_none_or(|again| day < again);
        self.opened_on <= day && !self.closures.iter().any(closed)
    }

    /// The cell in which the file is on that day.
    #[must_use]
    pub fn cell_on(&self, day: NaiveDate) -> Option<Cell> {
        self.stay_on(day).map(|stay| stay.cell)
    }

    /// The stay that covers that day.
    #[must_use]
    pub fn stay_on(&self, day: NaiveDate) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.covers(day))
    }

    /// The one who answers for the pathway on that day.
    #[must_use]
    pub fn referent_on(&self, day: NaiveDate) -> Option<&Member> {
        self.members.iter().find(|member| member.referent && member.covers(day))
    }

    /// The last judgement of readiness up to that day.
    #[must_use]
    pub fn readiness_on(&self, day: NaiveDate) -> Option<Readiness> {
        self.readiness.iter().rev().find(|(on, _)| *on <= day).map(|(_, level)| *level)
    }
}
