//! The ISP pathway (parcours ISP / SPI-traject) and the cell in which the file is.

use crate::codes::{Cell, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{NAME_CHARS_MAX, OrganisationId, PathwayId, PersonId};
use crate::personal::{Personal, Secret};
use crate::{contract, person, piis};
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

impl State {
    /// Refuses what can only happen in a pathway that is open that day.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] or [`Refusal::NotOpen`].
    pub(crate) fn open(&self, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
        open(self.pathways.get(&pathway).ok_or(Refusal::Unknown(pathway))?, pathway, on)
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

    /// The first day from that one on on which the pathway is open.
    fn next_open_day(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut days = std::iter::once(day.max(self.opened_on))
            .chain(self.closures.iter().filter_map(|closure| closure.reopened_on.filter(|again| day <= *again)));
        days.find(|day| self.open_on(*day))
    }

    /// The first day on which the pathway can close without leaving a stay in a cell behind.
    fn first_day_to_close(&self) -> NaiveDate {
        // On one day what ends comes before what is reopened, so a reopened pathway is open for a day at least.
        let reopened = self.closures.last().and_then(|closure| closure.reopened_on?.succ_opt());
        let stays = self.stays.iter().filter_map(|stay| stay.until_exclusive.or_else(|| stay.from.succ_opt()));
        stays.chain(reopened).fold(self.opened_on, NaiveDate::max)
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

/// What can be asked of a pathway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Opens a pathway with an organisation.
    #[serde(rename = "openPathway")]
    Open {
        /// Whose.
        participant: PersonId,
        /// The pathway; chosen by the server if left out.
        pathway: PathwayId,
        /// First day.
        on: NaiveDate,
        /// With which organisation.
        organisation: OrganisationId,
        /// How it began.
        origin: Origin,
        /// First day out of it, for a pathway that is over when it is recorded.
        #[serde(default)]
        closed_on: Option<NaiveDate>,
        /// How it ended, if it did.
        #[serde(default)]
        outcome: Option<Outcome>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a worker join the follow-up.
    #[serde(rename = "assignMember")]
    Assign {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day.
        on: NaiveDate,
        /// The worker, as a user id: never a name in full.
        user: String,
        /// What they do.
        role: MemberRole,
        /// True for the one who answers for the pathway.
        #[serde(default)]
        referent: bool,
    },
    /// Lets a worker leave the follow-up.
    #[serde(rename = "releaseMember")]
    Release {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day without them.
        on: NaiveDate,
        /// The worker, as a user id.
        user: String,
    },
    /// Moves the file into a cell, out of the one in which it is.
    #[serde(rename = "enterCell")]
    Enter {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day in the cell.
        on: NaiveDate,
        /// The cell.
        cell: Cell,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Moves the file out of its cell into none.
    #[serde(rename = "leaveCell")]
    Leave {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day out of the cell.
        on: NaiveDate,
        /// The cell.
        cell: Cell,
        /// Why.
        motive: CellMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Judges how near the person is to employment.
    #[serde(rename = "judgeReadiness")]
    Judge {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// Day of the judgement.
        on: NaiveDate,
        /// The judgement.
        level: Readiness,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Closes the pathway.
    #[serde(rename = "closePathway")]
    Close {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day out of it.
        on: NaiveDate,
        /// How it ended.
        outcome: Outcome,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Lets a closed pathway go on.
    #[serde(rename = "reopenPathway")]
    Reopen {
        /// Whose.
        participant: PersonId,
        /// The pathway.
        pathway: PathwayId,
        /// First day in it again.
        on: NaiveDate,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of the pathway forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The pathway is not known.
    #[error("pathway {0} was never opened for this participant")]
    Unknown(PathwayId),
    /// The id is taken.
    #[error("pathway {0} is known already")]
    AlreadyKnown(PathwayId),
    /// Another pathway with the same organisation is open.
    #[error(
        "pathway {pathway} with this organisation is open from {from} on; close that one, or give the end of this one"
    )]
    AlreadyOpen {
        /// The pathway that is open.
        pathway: PathwayId,
        /// First day on which both would be open.
        from: NaiveDate,
    },
    /// The pathway is not open that day.
    #[error("pathway {pathway} is not open on {on}")]
    NotOpen {
        /// The pathway.
        pathway: PathwayId,
        /// The day given.
        on: NaiveDate,
    },
    /// A closure is given without its outcome, or an outcome without its closure.
    #[error("give both the first day out of the pathway and the outcome, or none of them")]
    HalfAClosure,
    /// The user id is not one.
    #[error("not a user id: use 1 to {NAME_CHARS_MAX} letters, digits and . _ - @")]
    NotAUser,
    /// The worker follows the pathway already.
    #[error("this worker follows the pathway already, from {from} on")]
    AlreadyMember {
        /// Their first day.
        from: NaiveDate,
    },
    /// The worker does not follow the pathway on the eve of that day.
    #[error("this worker does not follow the pathway before {on}")]
    NotAMember {
        /// The day given.
        on: NaiveDate,
    },
    /// Somebody else answers for the pathway.
    #[error("a referent answers for the pathway from {from} on; release them first")]
    SecondReferent {
        /// First day of the other one.
        from: NaiveDate,
    },
    /// The file is in that cell.
    #[error("the file is in this cell already, from {from} on")]
    AlreadyInCell {
        /// First day in the cell.
        from: NaiveDate,
    },
    /// The file is not in that cell on the eve of that day.
    #[error("the file is not in this cell before {on}")]
    NotInCell {
        /// The day given.
        on: NaiveDate,
    },
    /// The pathway would close before something that happened in it.
    #[error("the pathway cannot close on {on}: something happens in it on {last}")]
    ClosesTooEarly {
        /// The day given.
        on: NaiveDate,
        /// The day of what happens.
        last: NaiveDate,
    },
    /// A PIIS runs that day or later.
    #[error("a PIIS runs on {on} or later; end it first")]
    PiisRunning {
        /// The day given.
        on: NaiveDate,
    },
    /// A contract or placement runs that day or later.
    #[error("an engagement with this organisation runs on {on} or later; end it first")]
    EngagementRunning {
        /// The day given.
        on: NaiveDate,
    },
    /// Only what is closed can be reopened.
    #[error("pathway {0} is not closed")]
    NotClosed(PathwayId),
    /// The pathway closes later than it would be reopened.
    #[error("pathway is closed from {closed_on} on, it cannot go on from {on}")]
    ReopensTooEarly {
        /// The day given.
        on: NaiveDate,
        /// First day out of it.
        closed_on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("PATHWAY_UNKNOWN", Some("pathway")),
            Self::AlreadyKnown(_) => ("PATHWAY_ALREADY_KNOWN", Some("pathway")),
            Self::AlreadyOpen { .. } => ("PATHWAY_ALREADY_OPEN", Some("on")),
            Self::NotOpen { .. } => ("PATHWAY_NOT_OPEN", Some("on")),
            Self::HalfAClosure => ("END_INCOMPLETE", Some("outcome")),
            Self::NotAUser => ("NOT_A_USER", Some("user")),
            Self::AlreadyMember { .. } => ("MEMBER_ALREADY_ASSIGNED", Some("user")),
            Self::NotAMember { .. } => ("MEMBER_NOT_ASSIGNED", Some("user")),
            Self::SecondReferent { .. } => ("REFERENT_ALREADY_ASSIGNED", Some("referent")),
            Self::AlreadyInCell { .. } => ("CELL_ALREADY_ENTERED", Some("cell")),
            Self::NotInCell { .. } => ("NOT_IN_CELL", Some("cell")),
            Self::ClosesTooEarly { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("on")),
            Self::PiisRunning { .. } => ("PIIS_RUNNING", Some("on")),
            Self::EngagementRunning { .. } => ("ENGAGEMENT_RUNNING", Some("on")),
            Self::NotClosed(_) => ("PATHWAY_NOT_CLOSED", Some("pathway")),
            Self::ReopensTooEarly { .. } => ("REOPENS_BEFORE_IT_CLOSES", Some("on")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("openPathway", &["pathway"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Open { on, .. }
            | Self::Assign { on, .. }
            | Self::Release { on, .. }
            | Self::Enter { on, .. }
            | Self::Leave { on, .. }
            | Self::Judge { on, .. }
            | Self::Close { on, .. }
            | Self::Reopen { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // What only leaves or ends may come after a death.
            Self::Release { .. } | Self::Leave { .. } | Self::Close { .. } => person::registered(past, participant)?,
            Self::Open { .. } | Self::Assign { .. } | Self::Enter { .. } | Self::Judge { .. } | Self::Reopen { .. } => {
                person::living(past, participant, self.on())?
            }
        };
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let mut events = vec![Decided::new(self.on(), decide(&state, self)?).with(Personal::note(self.note())?)];
        if let Self::Close { pathway, on, .. } = self {
            let projects = past.get(participant).map(piis::State::of).unwrap_or_default();
            nothing_runs(&state, &projects, *pathway, *on)?;
            let contracts = past.get(participant).map(contract::State::of).unwrap_or_default();
            nobody_works(&state, &contracts, *pathway, *on)?;
        }
        if let Self::Open { pathway, closed_on: Some(closed), outcome: Some(outcome), .. } = self {
            desk.allows_field("closedOn", *closed)?;
            let event = Event::Closed { person: participant, pathway: *pathway, outcome: *outcome };
            events.push(Decided::new(*closed, event));
        }
        Ok(events)
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Open { participant, .. }
            | Self::Assign { participant, .. }
            | Self::Release { participant, .. }
            | Self::Enter { participant, .. }
            | Self::Leave { participant, .. }
            | Self::Judge { participant, .. }
            | Self::Close { participant, .. }
            | Self::Reopen { participant, .. } => *participant,
        }
    }

    const fn pathway(&self) -> PathwayId {
        match self {
            Self::Open { pathway, .. }
            | Self::Assign { pathway, .. }
            | Self::Release { pathway, .. }
            | Self::Enter { pathway, .. }
            | Self::Leave { pathway, .. }
            | Self::Judge { pathway, .. }
            | Self::Close { pathway, .. }
            | Self::Reopen { pathway, .. } => *pathway,
        }
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Open { note, .. }
            | Self::Enter { note, .. }
            | Self::Leave { note, .. }
            | Self::Judge { note, .. }
            | Self::Close { note, .. }
            | Self::Reopen { note, .. } => note.as_ref(),
            Self::Assign { .. } | Self::Release { .. } => None,
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let (person, pathway) = (command.participant(), command.pathway());
    if let Command::Open { on, organisation, origin, closed_on, outcome, .. } = command {
        may_be_opened(state, pathway, organisation, (*on, *closed_on), *outcome)?;
        return Ok(Event::Opened { person, pathway, organisation: organisation.clone(), origin: *origin });
    }
    let found = state.pathways.get(&pathway).ok_or(Refusal::Unknown(pathway))?;
    match command {
        Command::Open { .. } => Err(Refusal::AlreadyKnown(pathway)),
        Command::Assign { on, user, role, referent, .. } => {
            open(found, pathway, *on)?;
            may_join(found, user, *on, *referent)?;
            Ok(Event::MemberAssigned { person, pathway, user: user.clone(), role: *role, referent: *referent })
        }
        Command::Release { on, user, .. } => {
            let on = *on;
            let left = |member: &Member| member.user == *user && member.from < on && member.covers(on);
            if !found.members.iter().any(left) {
                return Err(Refusal::NotAMember { on });
            }
            Ok(Event::MemberReleased { person, pathway, user: user.clone() })
        }
        Command::Enter { on, cell, .. } => {
            open(found, pathway, *on)?;
            if let Some(stay) = found.stay_on(*on).filter(|stay| stay.cell == *cell) {
                return Err(Refusal::AlreadyInCell { from: stay.from });
            }
            Ok(Event::CellEntered { person, pathway, cell: *cell })
        }
        Command::Leave { on, cell, motive, .. } => {
            // A stay lasts at least a day: on one day what leaves comes before what enters.
            let there = found.stay_on(*on).filter(|stay| stay.cell == *cell && stay.from < *on);
            there.ok_or(Refusal::NotInCell { on: *on })?;
            Ok(Event::CellLeft { person, pathway, cell: *cell, motive: *motive })
        }
        Command::Judge { on, level, .. } => {
            open(found, pathway, *on)?;
            Ok(Event::ReadinessJudged { person, pathway, level: *level })
        }
        Command::Close { on, outcome, .. } => {
            may_be_closed(found, pathway, *on)?;
            Ok(Event::Closed { person, pathway, outcome: *outcome })
        }
        Command::Reopen { on, .. } => {
            let closed_on = found.closed_on().ok_or(Refusal::NotClosed(pathway))?;
            if *on < closed_on {
                return Err(Refusal::ReopensTooEarly { on: *on, closed_on });
            }
            alone(state, pathway, &found.organisation, *on, None)?;
            Ok(Event::Reopened { person, pathway })
        }
    }
}

fn may_be_opened(
    state: &State,
    id: PathwayId,
    organisation: &OrganisationId,
    (on, closed_on): (NaiveDate, Option<NaiveDate>),
    outcome: Option<Outcome>,
) -> Result<(), Refusal> {
    if state.pathways.contains_key(&id) {
        return Err(Refusal::AlreadyKnown(id));
    }
    if closed_on.is_some() != outcome.is_some() {
        return Err(Refusal::HalfAClosure);
    }
    if let Some(closed) = closed_on.filter(|closed| *closed < on) {
        return Err(Refusal::ClosesTooEarly { on: closed, last: on });
    }
    alone(state, id, organisation, on, closed_on)
}

/// One open pathway per person and organisation (domain.md, E.3); the day out is not in.
fn alone(
    state: &State,
    id: PathwayId,
    organisation: &OrganisationId,
    on: NaiveDate,
    closed_on: Option<NaiveDate>,
) -> Result<(), Refusal> {
    let others = state.pathways.iter().filter(|(other, each)| **other != id && each.organisation == *organisation);
    for (pathway, other) in others {
        let both = other.next_open_day(on).filter(|day| closed_on.is_none_or(|closed| *day < closed));
        if let Some(from) = both {
            return Err(Refusal::AlreadyOpen { pathway: *pathway, from });
        }
    }
    Ok(())
}

fn open(found: &Pathway, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    if found.open_on(on) { Ok(()) } else { Err(Refusal::NotOpen { pathway, on }) }
}

/// A worker follows a pathway once, and at most one referent answers for it (domain.md, E.3).
fn may_join(found: &Pathway, user: &str, on: NaiveDate, referent: bool) -> Result<(), Refusal> {
    let of_a_user_id = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
    if user.is_empty() || user.len() > NAME_CHARS_MAX || !user.chars().all(of_a_user_id) {
        return Err(Refusal::NotAUser);
    }
    let mut from_then_on = found.members.iter().filter(|member| member.until_exclusive.is_none_or(|until| on < until));
    match from_then_on.find(|member| member.user == user || (referent && member.referent)) {
        Some(member) if member.user == user => Err(Refusal::AlreadyMember { from: member.from }),
        Some(member) => Err(Refusal::SecondReferent { from: member.from }),
        None => Ok(()),
    }
}

fn may_be_closed(found: &Pathway, pathway: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    if found.closed_on().is_some() {
        return Err(Refusal::NotOpen { pathway, on });
    }
    match found.first_day_to_close() {
        day if on < day => Err(Refusal::ClosesTooEarly { on, last: day.pred_opt().unwrap_or(day) }),
        _ => Ok(()),
    }
}

/// No pathway closes over a PIIS that runs (domain.md, E.3); one of unknown organisation counts for every pathway.
fn nothing_runs(state: &State, projects: &piis::State, id: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    let of_pathway = |project: &piis::Project| {
        let found = state.pathways.get(&id).map(|pathway| &pathway.organisation);
        project.organisation.is_none() || project.organisation.as_ref() == found
    };
    let runs_on =
        |project: &piis::Project| project.signed_on.is_some() && project.ended_on().is_none_or(|ended| on < ended);
    if projects.projects.values().any(|project| of_pathway(project) && runs_on(project)) {
        return Err(Refusal::PiisRunning { on });
    }
    Ok(())
}

/// No pathway closes over an engagement that runs with the organisation, as host or as employer (domain.md, E.3).
fn nobody_works(state: &State, contracts: &contract::State, id: PathwayId, on: NaiveDate) -> Result<(), Refusal> {
    let organisation = state.pathways.get(&id).map(|pathway| &pathway.organisation);
    let of_pathway = |terms: &contract::Terms| [&terms.organisation, &terms.employer].map(Some).contains(&organisation);
    let runs = contracts
        .counting()
        .any(|(_, engagement)| engagement.active_on(on) && engagement.terms.as_ref().is_some_and(of_pathway));
    if runs { Err(Refusal::EngagementRunning { on }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Cut;
    use crate::scenario::Scenario;
    use serde_json::{Value, json};

    const WHO: &str = "00000000-0000-4000-8000-00000000000a";
    const ONE: &str = "00000000-0000-4000-8000-000000000001";
    const TWO: &str = "00000000-0000-4000-8000-000000000002";

    fn open(pathway: &str, on: &str) -> Value {
        json!({"participant": WHO, "pathway": pathway, "on": on, "organisation": "cpas-molenbeek", "origin": "AID_FILE"})
    }

    fn at(on: &str, more: Value) -> Value {
        let mut whole = json!({"participant": WHO, "pathway": ONE, "on": on});
        if let (Some(whole), Value::Object(more)) = (whole.as_object_mut(), more) {
            whole.extend(more);
        }
        whole
    }

    fn enter(on: &str, cell: &str) -> Value {
        at(on, json!({"cell": cell}))
    }

    fn leave(on: &str, cell: &str) -> Value {
        at(on, json!({"cell": cell, "motive": "COMPLETED"}))
    }

    fn close(on: &str) -> Value {
        at(on, json!({"outcome": "EMPLOYMENT"}))
    }

    fn opened() -> Scenario {
        Scenario::new()
            .given_command(
                "registerParticipant",
                json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                    "familyName": "Invented", "givenName": "Name"}),
            )
            .given_command("openPathway", open(ONE, "2022-01-10"))
    }

    fn pathway(scenario: &Scenario) -> Pathway {
        let state = State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()));
        state.pathways[&PathwayId(ONE.parse().unwrap())].clone()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_pathway_is_open_at_a_time_with_an_organisation() {
        opened().when("openPathway", open(ONE, "2022-02-01")).refused("PATHWAY_ALREADY_KNOWN", "pathway");
        opened().when("openPathway", open(TWO, "2022-02-01")).refused("PATHWAY_ALREADY_OPEN", "on");
        opened().when("openPathway", open(TWO, "2022-01-01")).refused("PATHWAY_ALREADY_OPEN", "on");
        let closed = opened().given_command("closePathway", close("2022-06-01"));
        closed.when("openPathway", open(TWO, "2022-05-31")).refused("PATHWAY_ALREADY_OPEN", "on");
        assert_eq!(closed.when("openPathway", open(TWO, "2022-06-01")).events().len(), 1);
    }

    #[test]
    fn an_older_pathway_is_recorded_late_together_with_its_end() {
        let mut older = open(TWO, "2021-01-01");
        older["closedOn"] = json!("2022-01-10");
        opened().when("openPathway", older.clone()).refused("END_INCOMPLETE", "outcome");
        older["outcome"] = json!("OTHER");
        assert_eq!(opened().when("openPathway", older.clone()).events().len(), 2);
        older["closedOn"] = json!("2022-01-11");
        opened().when("openPathway", older).refused("PATHWAY_ALREADY_OPEN", "on");
    }

    #[test]
    fn entering_a_cell_leaves_the_former_one_the_same_day() {
        let moved = opened()
            .given_command("enterCell", enter("2022-02-01", "ALPHA"))
            .given_command("enterCell", enter("2022-04-01", "EMPLOYMENT"));
        let pathway = pathway(&moved);
        let cells = ["2022-01-31", "2022-02-01", "2022-03-31", "2022-04-01"].map(|on| pathway.cell_on(day(on)));
        assert_eq!(cells, [None, Some(Cell::Alpha), Some(Cell::Alpha), Some(Cell::Employment)]);
        assert_eq!(pathway.stays.iter().filter(|stay| stay.covers(day("2022-04-01"))).count(), 1);
        moved.when("enterCell", enter("2022-05-01", "EMPLOYMENT")).refused("CELL_ALREADY_ENTERED", "cell");
    }

    #[test]
    fn a_file_that_leaves_its_cell_is_in_none() {
        let entered = opened().given_command("enterCell", enter("2022-02-01", "ALPHA"));
        entered.when("leaveCell", leave("2022-02-01", "ALPHA")).refused("NOT_IN_CELL", "cell");
        entered.when("leaveCell", leave("2022-03-01", "EMPLOYMENT")).refused("NOT_IN_CELL", "cell");
        let left = entered.given_command("leaveCell", leave("2022-03-01", "ALPHA"));
        left.when("leaveCell", leave("2022-03-01", "ALPHA")).refused("NOT_IN_CELL", "cell");
        let pathway = pathway(&left);
        let cells = ["2022-02-28", "2022-03-01"].map(|on| pathway.cell_on(day(on)));
        assert_eq!(cells, [Some(Cell::Alpha), None]);
    }

    #[test]
    fn a_stay_recorded_late_takes_its_place_between_the_others() {
        let late = opened()
            .given_command("enterCell", enter("2022-02-01", "ALPHA"))
            .given_command("enterCell", enter("2022-06-01", "EMPLOYMENT"))
            .given_command("enterCell", enter("2022-04-01", "STUDIES_TRAINING"));
        let stays: Vec<_> = pathway(&late).stays.iter().map(|stay| (stay.cell, stay.until_exclusive)).collect();
        assert_eq!(
            stays,
            [
                (Cell::Alpha, Some(day("2022-04-01"))),
                (Cell::StudiesTraining, Some(day("2022-06-01"))),
                (Cell::Employment, None),
            ]
        );
    }

    #[test]
    fn cells_are_entered_within_an_open_pathway_only() {
        opened().when("enterCell", enter("2022-01-09", "ALPHA")).refused("PATHWAY_NOT_OPEN", "on");
        let closed = opened().given_command("closePathway", close("2022-06-01"));
        closed.when("enterCell", enter("2022-06-01", "ALPHA")).refused("PATHWAY_NOT_OPEN", "on");
        assert_eq!(closed.when("enterCell", enter("2022-05-31", "ALPHA")).events().len(), 1);
    }

    #[test]
    fn closing_a_pathway_ends_its_stay() {
        let entered = opened().given_command("enterCell", enter("2022-02-01", "ALPHA"));
        entered.when("closePathway", close("2022-02-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        let closed = entered.given_command("closePathway", close("2022-06-01"));
        let pathway = pathway(&closed);
        assert_eq!(["2022-05-31", "2022-06-01"].map(|on| pathway.cell_on(day(on))), [Some(Cell::Alpha), None]);
        assert_eq!((pathway.closed_on(), pathway.outcome()), (Some(day("2022-06-01")), Some(Outcome::Employment)));
        closed.when("closePathway", close("2022-06-01")).refused("PATHWAY_NOT_OPEN", "on");
    }

    #[test]
    fn only_a_closed_pathway_is_reopened() {
        opened().when("reopenPathway", at("2022-07-01", json!({}))).refused("PATHWAY_NOT_CLOSED", "pathway");
        let closed = opened().given_command("closePathway", close("2022-06-01"));
        closed.when("reopenPathway", at("2022-05-31", json!({}))).refused("REOPENS_BEFORE_IT_CLOSES", "on");
        let reopened = closed.given_command("reopenPathway", at("2022-07-01", json!({})));
        let pathway = pathway(&reopened);
        let open = ["2022-05-31", "2022-06-01", "2022-06-30", "2022-07-01"].map(|on| pathway.open_on(day(on)));
        assert_eq!((open, pathway.outcome()), ([true, false, false, true], None));
        reopened.when("closePathway", close("2022-07-01")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        let again = self::pathway(&reopened.given_command("closePathway", close("2022-09-01")));
        assert_eq!(again.closures.len(), 2);
    }

    #[test]
    fn a_pathway_is_not_reopened_beside_another_one() {
        let two = opened()
            .given_command("closePathway", close("2022-06-01"))
            .given_command("openPathway", open(TWO, "2022-08-01"));
        two.when("reopenPathway", at("2022-07-01", json!({}))).refused("PATHWAY_ALREADY_OPEN", "on");
    }

    #[test]
    fn one_referent_answers_for_a_pathway() {
        let assign = |user: &str, on: &str, referent: bool| {
            at(on, json!({"user": user, "role": "SOCIAL_WORKER", "referent": referent}))
        };
        let assigned = opened().given_command("assignMember", assign("worker-1", "2022-02-01", true));
        assigned
            .when("assignMember", assign("worker-2", "2022-03-01", true))
            .refused("REFERENT_ALREADY_ASSIGNED", "referent");
        assigned
            .when("assignMember", assign("worker-2", "2022-01-20", true))
            .refused("REFERENT_ALREADY_ASSIGNED", "referent");
        assigned
            .when("assignMember", assign("worker-1", "2022-03-01", false))
            .refused("MEMBER_ALREADY_ASSIGNED", "user");
        assigned.when("assignMember", assign("A Name", "2022-03-01", false)).refused("NOT_A_USER", "user");
        let release = |user: &str, on: &str| at(on, json!({"user": user}));
        assigned.when("releaseMember", release("worker-2", "2022-03-01")).refused("MEMBER_NOT_ASSIGNED", "user");
        let changed = assigned
            .given_command("releaseMember", release("worker-1", "2022-03-01"))
            .given_command("assignMember", assign("worker-2", "2022-03-01", true));
        let pathway = pathway(&changed);
        let referents =
            ["2022-02-28", "2022-03-01"].map(|on| pathway.referent_on(day(on)).map(|member| member.user.clone()));
        assert_eq!(referents, [Some("worker-1".to_owned()), Some("worker-2".to_owned())]);
    }

    #[test]
    fn a_judgement_seals_its_note() {
        let input = at("2022-02-01", json!({"level": "READY", "note": "in confidence"}));
        let events = opened().when("judgeReadiness", input).events();
        assert_eq!(events[0].personal, Personal::default().with(crate::personal::Field::Note, Some("in confidence")));
    }

    #[test]
    fn after_a_death_a_pathway_is_closed_and_nothing_is_entered() {
        let died = opened().given_command("recordDeath", json!({"participant": WHO, "on": "2022-06-01"}));
        died.when("enterCell", enter("2022-06-02", "ALPHA")).refused("PARTICIPANT_DIED", "on");
        assert_eq!(died.when("closePathway", close("2022-06-02")).events().len(), 1);
    }

    #[test]
    fn a_pathway_does_not_close_while_an_engagement_with_the_organisation_runs() {
        let sign = json!({"participant": WHO, "engagement": TWO, "on": "2021-02-01", "measure": "ART60",
            "organisation": "samusocial", "employer": "cpas-molenbeek", "plannedFrom": "2021-02-15", "kind": "CDD"});
        let working = Scenario::new()
            .given_command(
                "registerParticipant",
                json!({"participant": WHO, "on": "2021-01-01",
                "organisation": "cpas-molenbeek", "familyName": "Exemple", "givenName": "Un"}),
            )
            .given_command(
                "openPathway",
                json!({"participant": WHO, "pathway": ONE, "on": "2021-01-01",
                "organisation": "cpas-molenbeek", "origin": "AID_FILE"}),
            )
            .given_command("signEngagement", sign)
            .given_command("startEngagement", json!({"participant": WHO, "engagement": TWO, "on": "2021-02-15"}));
        let close = |on: &str| json!({"participant": WHO, "pathway": ONE, "on": on, "outcome": "EMPLOYMENT"});
        working.when("closePathway", close("2021-06-30")).refused("ENGAGEMENT_RUNNING", "on");
        let ended = working.given_command(
            "endEngagement",
            json!({"participant": WHO, "engagement": TWO, "on": "2021-06-30", "cause": "TERM"}),
        );
        ended.when("closePathway", close("2021-06-30")).refused("ENGAGEMENT_RUNNING", "on");
        assert_eq!(ended.when("closePathway", close("2021-07-01")).events().len(), 1);
    }
}
