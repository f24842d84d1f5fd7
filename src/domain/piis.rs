//! The individual integration project (PIIS / GPMI), law of 26 May 2002 articles 11 and 13.

use crate::codes::{CodeList, Label, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{GrantId, OrganisationId, PersonId, PiisId};
use crate::law::rules::PiisRules;
use crate::personal::{Field, Personal, Secret};
use crate::{aid, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// The legal kinds of PIIS since 1 November 2016. The house's own name of it is a label.
    PiisKind {
        /// General; may aim at work or training.
        General = "GENERAL" ("général", "algemeen", "general"),
        /// Full-time studies.
        Studies = "STUDIES" ("études de plein exercice", "voltijdse studies", "full-time studies"),
        /// With a community service component.
        CommunityService = "COMMUNITY_SERVICE" ("service communautaire", "gemeenschapsdienst", "community service"),
    }
}

codes! {
    /// Why a PIIS ended.
    PiisEnd {
        /// Its term was reached.
        Term = "TERM" ("terme", "einde termijn", "term reached"),
        /// The goal was reached before.
        GoalReached = "GOAL_REACHED" ("objectif atteint", "doel bereikt", "goal reached"),
        /// The aid ended.
        AidEnded = "AID_ENDED" ("fin de l'aide", "einde hulp", "aid ended"),
        /// The person moved to another CPAS.
        Moved = "MOVED" ("déménagement", "verhuis", "moved away"),
        /// Any other reason.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// Who asked for an amendment.
    Party {
        /// The participant.
        Person = "PERSON" ("la personne", "de persoon", "the person"),
        /// The CPAS.
        Cpas = "CPAS" ("le CPAS", "het OCMW", "the CPAS"),
        /// A third party to the project.
        Third = "THIRD" ("un tiers", "een derde", "a third party"),
    }
}

codes! {
    /// Why a PIIS is waived (law of 26 May 2002, article 11 §2). Health data: it is sealed, and stands in no fact.
    WaiverGround {
        /// Equity.
        Equity = "EQUITY" ("équité", "billijkheid", "equity"),
        /// Health.
        Health = "HEALTH" ("santé", "gezondheid", "health"),
    }
}

/// Something that happened to a PIIS. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person needs no PIIS, for equity or health; the ground is sealed. Dispense / vrijstelling.
    #[serde(rename = "ProjectWaived")]
    Waived {
        /// Who.
        person: PersonId,
        /// For which grant.
        grant: GrantId,
        /// Last day of the waiver, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The project was handed over; five days of reflection begin. Projet remis / project overhandigd.
    #[serde(rename = "ProjectProposed")]
    Proposed {
        /// To whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// The grant for which it is due, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grant: Option<GrantId>,
        /// With which organisation.
        organisation: OrganisationId,
        /// The legal kind.
        kind: PiisKind,
        /// The house's own name of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
    },
    /// Both parties signed. PIIS signé / GPMI ondertekend.
    #[serde(rename = "ProjectSigned")]
    Signed {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// The grant for which it was due, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grant: Option<GrantId>,
        /// Last day of the project, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
        /// Code of the subsidy at the SPP-IS (11, 17 …).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subsidy_code: Option<u16>,
        /// True if the five days of reflection had not passed: a warning, kept with the record.
        reflection_cut: bool,
    },
    /// The parties looked back at the goal. Évaluation / evaluatie.
    #[serde(rename = "ProjectEvaluated")]
    Evaluated {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// True if the person was met in person.
        in_person: bool,
        /// When the next one is planned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_on: Option<NaiveDate>,
    },
    /// The parties agreed on a change. Avenant / wijziging.
    #[serde(rename = "ProjectAmended")]
    Amended {
        /// With whom.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// Who asked for it.
        requested_by: Party,
        /// New last day, if it changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// The project ended; the effective day is the first without it. Fin / einde.
    #[serde(rename = "ProjectEnded")]
    Ended {
        /// Whose.
        person: PersonId,
        /// The project.
        piis: PiisId,
        /// Why.
        reason: PiisEnd,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Waived { person, .. }
            | Self::Proposed { person, .. }
            | Self::Signed { person, .. }
            | Self::Evaluated { person, .. }
            | Self::Amended { person, .. }
            | Self::Ended { person, .. } => *person,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Ended { .. } => DayRank::Ends,
            Self::Signed { .. } => DayRank::Begins,
            Self::Waived { .. } | Self::Proposed { .. } | Self::Evaluated { .. } | Self::Amended { .. } => {
                DayRank::Within
            }
        }
    }
}

/// The projects and waivers of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every project that was handed over or signed.
    pub projects: BTreeMap<PiisId, Project>,
    /// Every waiver, in order of day.
    pub waivers: Vec<Waiver>,
}

/// One project, from the day on which it was handed over to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    /// The grant for which it is due, if any.
    pub grant: Option<GrantId>,
    /// With which organisation, if it was handed over.
    pub organisation: Option<OrganisationId>,
    /// The legal kind, if it was handed over.
    pub kind: Option<PiisKind>,
    /// The house's own name of it.
    pub label: Option<Label>,
    /// Day on which it was handed over.
    pub proposed_on: Option<NaiveDate>,
    /// Day of the signature.
    pub signed_on: Option<NaiveDate>,
    /// True if the days of reflection had not passed.
    pub reflection_cut: bool,
    /// Code of the subsidy.
    pub subsidy_code: Option<u16>,
    /// Last planned day as amended, inclusive; the project runs on until an end is recorded.
    pub until: Option<NaiveDate>,
    /// Every evaluation, in order of day.
    pub evaluations: Vec<Evaluation>,
    /// Every amendment with the party who asked for it, in order of day.
    pub amendments: Vec<(NaiveDate, Party)>,
    /// First day without it, and why.
    pub ended: Option<(NaiveDate, PiisEnd)>,
}

/// A look back at the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// The day.
    pub on: NaiveDate,
    /// True if the person was met in person.
    pub in_person: bool,
    /// When the next one is planned.
    pub next_on: Option<NaiveDate>,
}

/// A time during which no project is due for a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// For which grant.
    pub grant: GrantId,
    /// First day.
    pub on: NaiveDate,
    /// Last day, inclusive, if it has one.
    pub until: Option<NaiveDate>,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Piis(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Waived { grant, until, .. } => {
                self.waivers.push(Waiver { grant: *grant, on, until: *until });
            }
            Event::Proposed { piis, grant, organisation, kind, label, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.proposed_on.get_or_insert(on);
                project.grant = project.grant.or(*grant);
                project.organisation = Some(organisation.clone());
                project.kind = Some(*kind);
                project.label.clone_from(label);
            }
            Event::Signed { piis, grant, until, subsidy_code, reflection_cut, .. } => {
                let project = self.projects.entry(*piis).or_default();
                if project.signed_on.is_none() {
                    project.signed_on = Some(on);
                    project.grant = grant.or(project.grant);
                    project.until = project.until.or(*until);
                    project.subsidy_code = *subsidy_code;
                    project.reflection_cut = *reflection_cut;
                }
            }
            Event::Evaluated { piis, in_person, next_on, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.evaluations.push(Evaluation { on, in_person: *in_person, next_on: *next_on });
            }
            Event::Amended { piis, requested_by, until, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.amendments.push((on, *requested_by));
                project.until = until.or(project.until);
            }
            Event::Ended { piis, reason, .. } => {
                self.projects.entry(*piis).or_default().ended.get_or_insert((on, *reason));
            }
        }
    }

    /// True if a waiver for the grant covers that day.
    #[must_use]
    pub fn waived_on(&self, grant: GrantId, day: NaiveDate) -> bool {
        let covers = |waiver: &Waiver| waiver.on <= day && waiver.until.is_none_or(|last| day <= last);
        self.waivers.iter().any(|waiver| waiver.grant == grant && covers(waiver))
    }

    /// The project signed first for a grant.
    #[must_use]
    pub fn first_signed(&self, grant: GrantId) -> Option<(PiisId, &Project)> {
        let of_grant = self.projects.iter().filter(|(_, project)| project.grant == Some(grant));
        let signed = of_grant.filter_map(|(id, project)| Some((project.signed_on?, *id, project)));
        signed.min_by_key(|(on, id, _)| (*on, *id)).map(|(_, id, project)| (id, project))
    }
}

impl Project {
    /// First day without it.
    #[must_use]
    pub fn ended_on(&self) -> Option<NaiveDate> {
        self.ended.map(|(on, _)| on)
    }

    /// True if the project runs on that day: signed, and no end recorded by then.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.signed_on.is_some_and(|signed| signed <= day) && self.ended_on().is_none_or(|ended| day < ended)
    }
}

/// What can be asked of a PIIS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Waives the PIIS of a grant.
    #[serde(rename = "waivePiis")]
    Waive {
        /// Who.
        participant: PersonId,
        /// For which grant.
        grant: GrantId,
        /// First day of the waiver.
        on: NaiveDate,
        /// Last day of the waiver, inclusive, if it has one.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Why: equity or health, sealed.
        ground: Secret<WaiverGround>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Hands the project over; the days of reflection begin.
    #[serde(rename = "proposePiis")]
    Propose {
        /// To whom.
        participant: PersonId,
        /// The project; chosen by the server if left out.
        piis: PiisId,
        /// The grant for which it is due, if any.
        #[serde(default)]
        grant: Option<GrantId>,
        /// Day on which it is handed over.
        on: NaiveDate,
        /// With which organisation.
        organisation: OrganisationId,
        /// The legal kind.
        kind: PiisKind,
        /// The house's own name of it.
        #[serde(default)]
        label: Option<Label>,
        /// Its objectives, sealed.
        #[serde(default)]
        objectives: Option<Secret>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records that both parties signed.
    #[serde(rename = "signPiis")]
    Sign {
        /// With whom.
        participant: PersonId,
        /// The project handed over; a new one if left out.
        piis: PiisId,
        /// The grant for which it was due; as handed over if left out.
        #[serde(default)]
        grant: Option<GrantId>,
        /// Day of the signature.
        on: NaiveDate,
        /// Last day of the project, if it has one.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// Code of the subsidy at the SPP-IS (11, 17 …).
        #[serde(default)]
        subsidy_code: Option<u16>,
        /// Its objectives, sealed.
        #[serde(default)]
        objectives: Option<Secret>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records a look back at the goal.
    #[serde(rename = "evaluatePiis")]
    Evaluate {
        /// With whom.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// Day of the evaluation.
        on: NaiveDate,
        /// True if the person was met in person.
        in_person: bool,
        /// When the next one is planned.
        #[serde(default)]
        next_on: Option<NaiveDate>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Records a change that both parties agreed on.
    #[serde(rename = "amendPiis")]
    Amend {
        /// With whom.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// First day of the change.
        on: NaiveDate,
        /// Who asked for it.
        requested_by: Party,
        /// New last day, if it changes.
        #[serde(default)]
        until: Option<NaiveDate>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Ends the project.
    #[serde(rename = "endPiis")]
    End {
        /// Whose.
        participant: PersonId,
        /// The project.
        piis: PiisId,
        /// First day without it.
        on: NaiveDate,
        /// Why.
        reason: PiisEnd,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of the PIIS forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The grant is not known.
    #[error("grant {0} is not known")]
    GrantUnknown(GrantId),
    /// The grant was not given by then.
    #[error("a PIIS is never due before the grant, and grant {grant} does not run by {on}")]
    BeforeGrant {
        /// The grant.
        grant: GrantId,
        /// The day given.
        on: NaiveDate,
    },
    /// The project was handed over for another grant.
    #[error("project {0} was handed over for another grant")]
    OfAnotherGrant(PiisId),
    /// The project is not known.
    #[error("project {0} is not known")]
    Unknown(PiisId),
    /// The id is taken.
    #[error("project {0} is known already")]
    AlreadyKnown(PiisId),
    /// The grant is waived for that time already.
    #[error("the PIIS of grant {0} is waived for that time already")]
    AlreadyWaived(GrantId),
    /// The project is signed.
    #[error("the project was signed on {signed_on} already")]
    AlreadySigned {
        /// Day of the signature.
        signed_on: NaiveDate,
    },
    /// Another project for the same grant runs.
    #[error("project {piis} for the same grant runs on {on}; end it or amend it")]
    AlreadyRunning {
        /// The project that runs.
        piis: PiisId,
        /// The day given.
        on: NaiveDate,
    },
    /// The project does not run that day.
    #[error("project {piis} does not run on {on}")]
    NotRunning {
        /// The project.
        piis: PiisId,
        /// The day given.
        on: NaiveDate,
    },
    /// The evaluation of that day is recorded.
    #[error("an evaluation on {0} is recorded already")]
    AlreadyEvaluated(NaiveDate),
    /// The project has ended.
    #[error("the project ended on {ended_on} already; correct or annul that record")]
    AlreadyEnded {
        /// First day without it.
        ended_on: NaiveDate,
    },
    /// A day lies before the one that it must follow.
    #[error("{day} is before {begun}, the day of what it follows")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// The day that it must follow.
        begun: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::GrantUnknown(_) => ("GRANT_UNKNOWN", Some("grant")),
            Self::BeforeGrant { .. } => ("PIIS_BEFORE_GRANT", Some("on")),
            Self::OfAnotherGrant(_) => ("PIIS_OF_ANOTHER_GRANT", Some("grant")),
            Self::Unknown(_) => ("PIIS_UNKNOWN", Some("piis")),
            Self::AlreadyKnown(_) => ("PIIS_ALREADY_KNOWN", Some("piis")),
            Self::AlreadyWaived(_) => ("PIIS_ALREADY_WAIVED", Some("grant")),
            Self::AlreadySigned { .. } => ("PIIS_ALREADY_SIGNED", Some("piis")),
            Self::AlreadyRunning { .. } => ("PIIS_ALREADY_RUNNING", Some("on")),
            Self::NotRunning { .. } => ("PIIS_NOT_RUNNING", Some("on")),
            Self::AlreadyEvaluated(_) => ("PIIS_ALREADY_EVALUATED", Some("on")),
            Self::AlreadyEnded { .. } => ("PIIS_ALREADY_ENDED", Some("on")),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("proposePiis", &["piis"]), ("signPiis", &["piis"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Waive { on, .. }
            | Self::Propose { on, .. }
            | Self::Sign { on, .. }
            | Self::Evaluate { on, .. }
            | Self::Amend { on, .. }
            | Self::End { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // A project is ended after a death as well.
            Self::End { .. } => person::registered(past, participant)?,
            Self::Waive { .. }
            | Self::Propose { .. }
            | Self::Sign { .. }
            | Self::Evaluate { .. }
            | Self::Amend { .. } => person::living(past, participant, self.on())?,
        };
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let grants = past.get(participant).map(aid::State::of).unwrap_or_default();
        let rules = desk.law.on(self.on());
        let event = decide(&state, &grants, self, &rules.piis)?;
        let decided = Decided::new(self.on(), event).with(self.personal()?);
        Ok(vec![match self {
            Self::Sign { .. } => decided.under(rules.id),
            Self::Waive { .. }
            | Self::Propose { .. }
            | Self::Evaluate { .. }
            | Self::Amend { .. }
            | Self::End { .. } => decided,
        }])
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Waive { participant, .. }
            | Self::Propose { participant, .. }
            | Self::Sign { participant, .. }
            | Self::Evaluate { participant, .. }
            | Self::Amend { participant, .. }
            | Self::End { participant, .. } => *participant,
        }
    }

    /// The part to seal, checked.
    fn personal(&self) -> Result<Personal, Answer> {
        match self {
            Self::Waive { ground, note, .. } => {
                let ground = ground.reveal().code();
                Ok(Personal::note(note.as_ref())?.with(Field::WaiverGround, Some(ground)))
            }
            Self::Propose { objectives, note, .. } | Self::Sign { objectives, note, .. } => {
                Ok(Personal::note(note.as_ref())?.sealing(Field::Objectives, "objectives", objectives.as_ref())?)
            }
            Self::Evaluate { note, .. } | Self::Amend { note, .. } | Self::End { note, .. } => {
                Ok(Personal::note(note.as_ref())?)
            }
        }
    }
}

fn decide(state: &State, grants: &aid::State, command: &Command, rules: &PiisRules) -> Result<Event, Refusal> {
    match command {
        Command::Waive { participant, grant, on, until, .. } => {
            granted(grants, Some(*grant), *on)?;
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            may_be_waived(state, *grant, *on, *until)?;
            Ok(Event::Waived { person: *participant, grant: *grant, until: *until })
        }
        Command::Propose { participant, piis, grant, on, organisation, kind, label, .. } => {
            if state.projects.contains_key(piis) {
                return Err(Refusal::AlreadyKnown(*piis));
            }
            granted(grants, *grant, *on)?;
            let (person, organisation, label) = (*participant, organisation.clone(), label.clone());
            Ok(Event::Proposed { person, piis: *piis, grant: *grant, organisation, kind: *kind, label })
        }
        Command::Sign { participant, piis, grant, on, until, subsidy_code, .. } => {
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            let (grant, reflection_cut) = may_be_signed(state, grants, (*piis, *grant), *on, rules)?;
            let (person, until, subsidy_code) = (*participant, *until, *subsidy_code);
            Ok(Event::Signed { person, piis: *piis, grant, until, subsidy_code, reflection_cut })
        }
        Command::Evaluate { participant, piis, on, in_person, next_on, .. } => {
            let project = running(state, *piis, *on)?;
            if project.evaluations.iter().any(|evaluation| evaluation.on == *on) {
                return Err(Refusal::AlreadyEvaluated(*on));
            }
            next_on.map_or(Ok(()), |next| follows("nextOn", next, *on))?;
            Ok(Event::Evaluated { person: *participant, piis: *piis, in_person: *in_person, next_on: *next_on })
        }
        Command::Amend { participant, piis, on, requested_by, until, .. } => {
            running(state, *piis, *on)?;
            until.map_or(Ok(()), |last| follows("until", last, *on))?;
            Ok(Event::Amended { person: *participant, piis: *piis, requested_by: *requested_by, until: *until })
        }
        Command::End { participant, piis, on, reason, .. } => {
            may_be_ended(state, *piis, *on)?;
            Ok(Event::Ended { person: *participant, piis: *piis, reason: *reason })
        }
    }
}

/// A signature in time or late, after the days of reflection or before: it is recorded as it was.
///
/// A deadline missed is for the deadline view to say (law of 26 May 2002, article 11: three months from the
/// notification); cut reflection is a warning kept with the record. Without a handing over on record nobody
/// knows whether the reflection was whole, and nothing is claimed.
///
/// Answers with the grant for which it is signed, and whether the reflection was cut.
fn may_be_signed(
    state: &State,
    grants: &aid::State,
    (piis, grant): (PiisId, Option<GrantId>),
    on: NaiveDate,
    rules: &PiisRules,
) -> Result<(Option<GrantId>, bool), Refusal> {
    let proposed = state.projects.get(&piis);
    if let Some(signed_on) = proposed.and_then(|project| project.signed_on) {
        return Err(Refusal::AlreadySigned { signed_on });
    }
    let handed_over_on = proposed.and_then(|project| project.proposed_on);
    handed_over_on.map_or(Ok(()), |handed_over| follows("on", on, handed_over))?;
    let due_for = proposed.and_then(|project| project.grant);
    if grant.is_some() && due_for.is_some() && grant != due_for {
        return Err(Refusal::OfAnotherGrant(piis));
    }
    let grant = grant.or(due_for);
    granted(grants, grant, on)?;
    let mut others = state.projects.iter().filter(|(_, project)| project.grant == grant);
    if let Some((piis, _)) = others.find(|(_, project)| project.running_on(on)) {
        return Err(Refusal::AlreadyRunning { piis: *piis, on });
    }
    Ok((grant, handed_over_on.is_some_and(|handed_over| on < rules.earliest_signature(handed_over))))
}

/// Never before the grant, never as a condition of it (law of 26 May 2002, article 11; bdas-wwsb.brussels).
fn granted(grants: &aid::State, grant: Option<GrantId>, on: NaiveDate) -> Result<(), Refusal> {
    let Some(grant) = grant else {
        return Ok(());
    };
    let found = grants.grants.get(&grant).ok_or(Refusal::GrantUnknown(grant))?;
    if found.from.is_some_and(|from| from <= on) { Ok(()) } else { Err(Refusal::BeforeGrant { grant, on }) }
}

/// A waiver is renewed by one that reaches further; the same one asked for twice is recorded once.
fn may_be_waived(state: &State, grant: GrantId, on: NaiveDate, until: Option<NaiveDate>) -> Result<(), Refusal> {
    let covers = |waiver: &Waiver| match (waiver.until, until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(last), Some(until)) => until <= last,
    };
    let mut waivers = state.waivers.iter().filter(|waiver| waiver.grant == grant && waiver.on <= on);
    if waivers.any(covers) { Err(Refusal::AlreadyWaived(grant)) } else { Ok(()) }
}

fn running(state: &State, piis: PiisId, on: NaiveDate) -> Result<&Project, Refusal> {
    let project = state.projects.get(&piis).ok_or(Refusal::Unknown(piis))?;
    if project.running_on(on) { Ok(project) } else { Err(Refusal::NotRunning { piis, on }) }
}

fn may_be_ended(state: &State, piis: PiisId, on: NaiveDate) -> Result<(), Refusal> {
    let project = state.projects.get(&piis).ok_or(Refusal::Unknown(piis))?;
    if let Some(ended_on) = project.ended_on() {
        return Err(Refusal::AlreadyEnded { ended_on });
    }
    let signed_on = project.signed_on.ok_or(Refusal::NotRunning { piis, on })?;
    let evaluated = project.evaluations.iter().map(|evaluation| evaluation.on);
    let amended = project.amendments.iter().map(|(on, _)| *on);
    follows("on", on, evaluated.chain(amended).fold(signed_on, NaiveDate::max))
}

fn follows(field: &'static str, day: NaiveDate, begun: NaiveDate) -> Result<(), Refusal> {
    if day < begun { Err(Refusal::TooEarly { day, begun, field }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Cut;
    use crate::scenario::Scenario;
    use serde_json::{Value, json};

    const WHO: &str = "00000000-0000-4000-8000-00000000000a";
    const GRANT: &str = "00000000-0000-4000-8000-00000000000b";
    const ONE: &str = "00000000-0000-4000-8000-000000000001";
    const TWO: &str = "00000000-0000-4000-8000-000000000002";

    /// Granted from 1 March 2022, notified on 31 March 2022.
    fn granted() -> Scenario {
        Scenario::new()
            .given_command(
                "registerParticipant",
                json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                    "familyName": "Invented", "givenName": "Name"}),
            )
            .given_command(
                "grantAid",
                json!({"participant": WHO, "grant": GRANT, "on": "2022-03-01", "organisation": "cpas-molenbeek",
                    "kind": "RIS", "notifiedOn": "2022-03-31"}),
            )
    }

    fn with(mut whole: Value, field: &str, value: Value) -> Value {
        whole[field] = value;
        whole
    }

    fn propose(piis: &str, on: &str) -> Value {
        json!({"participant": WHO, "piis": piis, "grant": GRANT, "on": on, "organisation": "cpas-molenbeek",
            "kind": "GENERAL", "label": "PIIS Emploi"})
    }

    fn sign(piis: &str, on: &str) -> Value {
        json!({"participant": WHO, "piis": piis, "on": on})
    }

    fn at(piis: &str, on: &str, field: &str, value: Value) -> Value {
        with(json!({"participant": WHO, "piis": piis, "on": on}), field, value)
    }

    fn signed() -> Scenario {
        granted()
            .given_command("proposePiis", propose(ONE, "2022-04-01"))
            .given_command("signPiis", sign(ONE, "2022-04-06"))
    }

    fn cut(event: &Decided) -> bool {
        matches!(event.fact, Fact::Piis(Event::Signed { reflection_cut: true, .. }))
    }

    #[test]
    fn a_signature_within_five_days_of_reflection_is_flagged() {
        // Law of 26 May 2002 and royal decree of 11 July 2002: handed over on 1 April, five days, 6 April at the earliest.
        let proposed = granted().given_command("proposePiis", propose(ONE, "2022-04-01"));
        assert!(cut(&proposed.when("signPiis", sign(ONE, "2022-04-05")).events()[0]));
        assert!(!cut(&proposed.when("signPiis", sign(ONE, "2022-04-06")).events()[0]));
        proposed.when("signPiis", sign(ONE, "2022-03-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
    }

    #[test]
    fn a_signature_without_a_handing_over_claims_nothing_about_reflection() {
        let events = granted().when("signPiis", with(sign(ONE, "2022-04-01"), "grant", json!(GRANT))).events();
        assert!(!cut(&events[0]));
    }

    #[test]
    fn a_signature_names_the_rules_that_swayed_it() {
        let events = granted().when("signPiis", sign(ONE, "2022-04-01")).events();
        assert_eq!(events[0].rule_set, Some("be-2016-11-01"));
    }

    #[test]
    fn a_late_signature_is_recorded() {
        // Notified on 31 March: three calendar months end on 30 June. A later signature is late, not refused.
        let due = crate::law::Law::default().on("2022-03-31".parse().unwrap()).piis;
        assert_eq!(due.signature_due("2022-03-31".parse().unwrap()).to_string(), "2022-06-30");
        let late = with(sign(ONE, "2022-09-01"), "grant", json!(GRANT));
        assert_eq!(granted().when("signPiis", late).events().len(), 1);
    }

    #[test]
    fn a_project_takes_its_grant_from_the_handing_over() {
        let state = State::of(&signed().history(PersonId(WHO.parse().unwrap()), Cut::default()));
        let (piis, project) = state.first_signed(GrantId(GRANT.parse().unwrap())).unwrap();
        assert_eq!((piis.to_string().as_str(), project.signed_on), (ONE, "2022-04-06".parse().ok()));
        let proposed = granted().given_command("proposePiis", propose(ONE, "2022-04-01"));
        proposed
            .when("signPiis", with(sign(ONE, "2022-04-06"), "grant", json!(TWO)))
            .refused("PIIS_OF_ANOTHER_GRANT", "grant");
    }

    #[test]
    fn there_is_no_project_before_its_grant() {
        granted().when("proposePiis", propose(ONE, "2022-02-28")).refused("PIIS_BEFORE_GRANT", "on");
        let unknown = with(propose(ONE, "2022-04-01"), "grant", json!(TWO));
        granted().when("proposePiis", unknown).refused("GRANT_UNKNOWN", "grant");
        let late = with(sign(ONE, "2022-02-28"), "grant", json!(GRANT));
        granted().when("signPiis", late).refused("PIIS_BEFORE_GRANT", "on");
    }

    #[test]
    fn a_project_is_signed_once_and_one_runs_for_a_grant() {
        signed().when("signPiis", sign(ONE, "2022-05-01")).refused("PIIS_ALREADY_SIGNED", "piis");
        signed().when("proposePiis", propose(ONE, "2022-05-01")).refused("PIIS_ALREADY_KNOWN", "piis");
        let second = with(sign(TWO, "2022-05-01"), "grant", json!(GRANT));
        signed().when("signPiis", second.clone()).refused("PIIS_ALREADY_RUNNING", "on");
        let ended = signed().given_command("endPiis", at(ONE, "2022-05-01", "reason", json!("GOAL_REACHED")));
        assert_eq!(ended.when("signPiis", second).events().len(), 1);
    }

    #[test]
    fn a_project_is_evaluated_and_amended_while_it_runs() {
        let evaluate = |on: &str| at(ONE, on, "inPerson", json!(true));
        signed().when("evaluatePiis", evaluate("2022-04-05")).refused("PIIS_NOT_RUNNING", "on");
        let evaluated = signed().given_command("evaluatePiis", evaluate("2022-08-01"));
        evaluated.when("evaluatePiis", evaluate("2022-08-01")).refused("PIIS_ALREADY_EVALUATED", "on");
        let end = |on: &str| at(ONE, on, "reason", json!("TERM"));
        evaluated.when("endPiis", end("2022-07-31")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        let ended = evaluated.given_command("endPiis", end("2022-10-01"));
        ended.when("endPiis", end("2022-10-01")).refused("PIIS_ALREADY_ENDED", "on");
        ended
            .when("amendPiis", at(ONE, "2022-10-01", "requestedBy", json!("PERSON")))
            .refused("PIIS_NOT_RUNNING", "on");
        let amended = at(ONE, "2022-09-30", "requestedBy", json!("PERSON"));
        assert_eq!(ended.when("amendPiis", amended).events().len(), 1);
    }

    #[test]
    fn a_planned_end_that_is_past_does_not_end_a_project() {
        let signed = granted().given_command("signPiis", with(sign(ONE, "2022-04-06"), "until", json!("2022-10-05")));
        let state = State::of(&signed.history(PersonId(WHO.parse().unwrap()), Cut::default()));
        let project = &state.projects[&PiisId(ONE.parse().unwrap())];
        assert!(project.running_on("2022-12-31".parse().unwrap()));
    }

    #[test]
    fn the_ground_of_a_waiver_is_sealed() {
        let waive = json!({"participant": WHO, "grant": GRANT, "on": "2022-04-01", "until": "2022-09-30",
            "ground": "HEALTH"});
        let events = granted().when("waivePiis", waive.clone()).events();
        assert_eq!(events[0].personal.get(Field::WaiverGround), Some("HEALTH"));
        assert!(!format!("{events:?}").contains("HEALTH") && !format!("{events:?}").contains("Health"));
        let bad = crate::command::Command::parse("waivePiis", with(waive, "ground", json!("ILLNESS")));
        assert!(!bad.unwrap_err().to_string().contains("ILLNESS"));
    }

    #[test]
    fn a_waiver_is_renewed_by_one_that_reaches_further() {
        let waive = |on: &str, until: &str| json!({"participant": WHO, "grant": GRANT, "on": on, "until": until, "ground": "EQUITY"});
        granted().when("waivePiis", waive("2022-04-01", "2022-03-31")).refused("ENDS_BEFORE_IT_BEGINS", "until");
        granted().when("waivePiis", waive("2022-02-28", "2022-03-31")).refused("PIIS_BEFORE_GRANT", "on");
        let waived = granted().given_command("waivePiis", waive("2022-04-01", "2022-09-30"));
        waived.when("waivePiis", waive("2022-04-01", "2022-09-30")).refused("PIIS_ALREADY_WAIVED", "grant");
        let renewed = waived.given_command("waivePiis", waive("2022-09-01", "2022-12-31"));
        let state = State::of(&renewed.history(PersonId(WHO.parse().unwrap()), Cut::default()));
        let waived = ["2022-03-31", "2022-04-01", "2022-12-31", "2023-01-01"]
            .map(|on| state.waived_on(GrantId(GRANT.parse().unwrap()), on.parse().unwrap()));
        assert_eq!(waived, [false, true, true, false]);
    }

    #[test]
    fn a_pathway_does_not_close_over_a_project_that_runs() {
        let way = json!({"participant": WHO, "pathway": TWO, "on": "2022-01-10", "organisation": "cpas-molenbeek",
            "origin": "AID_FILE"});
        let close = |on: &str| json!({"participant": WHO, "pathway": TWO, "on": on, "outcome": "EMPLOYMENT"});
        let running = signed().given_command("openPathway", way);
        running.when("closePathway", close("2022-10-01")).refused("PIIS_RUNNING", "on");
        let ended = running.given_command("endPiis", at(ONE, "2022-10-01", "reason", json!("TERM")));
        ended.when("closePathway", close("2022-09-30")).refused("PIIS_RUNNING", "on");
        assert_eq!(ended.when("closePathway", close("2022-10-01")).events().len(), 1);
    }
}
