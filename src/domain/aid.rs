//! The aid file (dossier d'aide / hulpdossier): requests, grants and their end.

use crate::codes::{AidKind, codes};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{GrantId, OrganisationId, PersonId};
use crate::person;
use crate::personal::{Personal, Secret};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Why aid was refused or ended.
    AidEndMotive {
        /// Means of existence are sufficient.
        Resources = "RESOURCES" ("ressources suffisantes", "voldoende bestaansmiddelen", "sufficient means"),
        /// A job was found.
        Employment = "EMPLOYMENT" ("mise à l'emploi", "tewerkstelling", "employment"),
        /// The person moved away.
        Moved = "MOVED" ("déménagement", "verhuis", "moved away"),
        /// The conditions are not met.
        Conditions = "CONDITIONS" ("conditions non remplies", "voorwaarden niet vervuld", "conditions not met"),
        /// The person gave it up.
        Renounced = "RENOUNCED" ("renonciation", "afstand", "renounced"),
        /// The person died.
        Death = "DEATH" ("décès", "overlijden", "death"),
        /// Any other motive.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// The category of integration income (law of 26 May 2002, article 14).
    AidCategory {
        /// Cohabiting.
        Cohabiting = "COHABITING" ("cohabitant", "samenwonend", "cohabiting"),
        /// Living alone.
        Single = "SINGLE" ("isolé", "alleenstaand", "single"),
        /// With a family to support.
        WithFamily = "WITH_FAMILY" ("avec famille à charge", "met gezin ten laste", "with dependent family"),
    }
}

/// Something that happened to a grant of aid. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// Aid was requested; the receipt starts the thirty days. Demande introduite / aanvraag.
    #[serde(rename = "AidRequested")]
    Requested {
        /// Who asks.
        person: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
    },
    /// Aid was granted from the effective day on. Octroi / toekenning.
    #[serde(rename = "AidGranted")]
    Granted {
        /// To whom.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// By which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// The category, where the aid knows one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<AidCategory>,
        /// When the decision was notified: the clock of the PIIS starts.
        notified_on: NaiveDate,
    },
    /// The request was refused. Refus / weigering.
    #[serde(rename = "AidRefused")]
    Refused {
        /// To whom.
        person: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Why.
        motive: AidEndMotive,
    },
    /// The category changed from the effective day on. Révision / herziening.
    #[serde(rename = "AidRevised")]
    Revised {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// The category from now on.
        category: AidCategory,
    },
    /// Aid ended; the effective day is the first without it. Retrait / intrekking.
    #[serde(rename = "AidEnded")]
    Ended {
        /// Whose.
        person: PersonId,
        /// The grant.
        grant: GrantId,
        /// Why.
        motive: AidEndMotive,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Requested { person, .. }
            | Self::Granted { person, .. }
            | Self::Refused { person, .. }
            | Self::Revised { person, .. }
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
            Self::Refused { .. } | Self::Ended { .. } => DayRank::Ends,
            Self::Granted { .. } => DayRank::Begins,
            Self::Requested { .. } | Self::Revised { .. } => DayRank::Within,
        }
    }
}

/// The grants of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every grant that was asked for or given.
    pub grants: BTreeMap<GrantId, Grant>,
}

/// One grant, from the request to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Which aid.
    pub kind: AidKind,
    /// The category last given, where the aid knows one.
    pub category: Option<AidCategory>,
    /// Every category with its first day, in order of day.
    pub categories: Vec<(NaiveDate, AidCategory)>,
    /// Day of the request.
    pub requested_on: Option<NaiveDate>,
    /// First day of aid.
    pub from: Option<NaiveDate>,
    /// When the decision was notified.
    pub notified_on: Option<NaiveDate>,
    /// First day without it.
    pub ended_on: Option<NaiveDate>,
    /// Day of the refusal.
    pub refused_on: Option<NaiveDate>,
    /// Why it was refused or ended.
    pub motive: Option<AidEndMotive>,
}

impl State {
    /// Folds a person's history.
    ///
    /// What begins a grant is folded first: a request may be refused, and a grant ended, on its own first day.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        let events = history.entries().filter_map(|entry| match entry.fact {
            Fact::Aid(event) => Some((entry.on, event)),
            _ => None,
        });
        for (on, event) in events.clone() {
            state.begin(on, event);
        }
        for (on, event) in events {
            state.evolve(on, event);
        }
        state
    }

    fn begin(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Requested { grant, organisation, kind, .. } => {
                let grant = self.grants.entry(*grant).or_insert_with(|| Grant::new(organisation.clone(), *kind));
                grant.requested_on.get_or_insert(on);
            }
            Event::Granted { grant, organisation, kind, category, notified_on, .. } => {
                let grant = self.grants.entry(*grant).or_insert_with(|| Grant::new(organisation.clone(), *kind));
                grant.organisation = organisation.clone();
                grant.kind = *kind;
                grant.category = *category;
                grant.categories = category.iter().map(|category| (on, *category)).collect();
                grant.from = Some(on);
                grant.notified_on = Some(*notified_on);
            }
            Event::Refused { .. } | Event::Revised { .. } | Event::Ended { .. } => {}
        }
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Requested { .. } | Event::Granted { .. } => {}
            Event::Refused { grant, motive, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.refused_on = Some(on);
                    grant.motive = Some(*motive);
                }
            }
            Event::Revised { grant, category, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.category = Some(*category);
                    grant.categories.push((on, *category));
                }
            }
            Event::Ended { grant, motive, .. } => {
                if let Some(grant) = self.grants.get_mut(grant) {
                    grant.ended_on = Some(on);
                    grant.motive = Some(*motive);
                }
            }
        }
    }
}

impl Grant {
    const fn new(organisation: OrganisationId, kind: AidKind) -> Self {
        Self {
            organisation,
            kind,
            category: None,
            categories: Vec::new(),
            requested_on: None,
            from: None,
            notified_on: None,
            ended_on: None,
            refused_on: None,
            motive: None,
        }
    }

    /// True if aid runs on that day: from its first day on, before the first day without it.
    #[must_use]
    pub fn running_on(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.ended_on.is_none_or(|ended| day < ended)
    }

    /// The category on that day.
    #[must_use]
    pub fn category_on(&self, day: NaiveDate) -> Option<AidCategory> {
        self.categories.iter().rev().find(|(from, _)| *from <= day).map(|(_, category)| *category)
    }

    /// True if it was asked for and neither granted nor refused.
    #[must_use]
    pub const fn pending(&self) -> bool {
        self.requested_on.is_some() && self.from.is_none() && self.refused_on.is_none()
    }
}

/// What can be asked about aid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records a request of aid.
    #[serde(rename = "requestAid")]
    Request {
        /// Who asks.
        participant: PersonId,
        /// The grant asked for; chosen by the server if left out.
        grant: GrantId,
        /// Day of the request.
        on: NaiveDate,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Grants aid, asked for or not.
    #[serde(rename = "grantAid")]
    Grant {
        /// To whom.
        participant: PersonId,
        /// The grant asked for; a new one if left out.
        grant: GrantId,
        /// First day of aid.
        on: NaiveDate,
        /// By which organisation.
        organisation: OrganisationId,
        /// Which aid.
        kind: AidKind,
        /// The category, where the aid knows one.
        #[serde(default)]
        category: Option<AidCategory>,
        /// When the decision was notified.
        notified_on: NaiveDate,
        /// First day without it, for a grant that is over when it is recorded.
        #[serde(default)]
        ended_on: Option<NaiveDate>,
        /// Why it ended, if it did.
        #[serde(default)]
        end_motive: Option<AidEndMotive>,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Refuses a request.
    #[serde(rename = "refuseAid")]
    Refuse {
        /// To whom.
        participant: PersonId,
        /// The grant asked for.
        grant: GrantId,
        /// Day of the refusal.
        on: NaiveDate,
        /// Why.
        motive: AidEndMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Changes the category from a day on.
    #[serde(rename = "reviseAid")]
    Revise {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day of the new category.
        on: NaiveDate,
        /// The category from then on.
        category: AidCategory,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
    /// Ends aid.
    #[serde(rename = "endAid")]
    End {
        /// Whose.
        participant: PersonId,
        /// The grant.
        grant: GrantId,
        /// First day without it.
        on: NaiveDate,
        /// Why.
        motive: AidEndMotive,
        /// A note, sealed.
        #[serde(default)]
        note: Option<Secret>,
    },
}

/// Which rule of the aid file forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The grant is not known, or it was never given.
    #[error("grant {0} is not known")]
    Unknown(GrantId),
    /// The id is taken.
    #[error("grant {0} is known already")]
    AlreadyKnown(GrantId),
    /// The same aid was asked for and is not decided.
    #[error("this aid was asked for on {on} already (grant {grant}) and is not decided")]
    AlreadyRequested {
        /// The grant asked for.
        grant: GrantId,
        /// Day of that request.
        on: NaiveDate,
    },
    /// The request is decided.
    #[error("the request of grant {0} is decided already")]
    AlreadyDecided(GrantId),
    /// What is granted is not what was asked for.
    #[error("grant {0} was asked for as another aid or of another organisation")]
    NotAsRequested(GrantId),
    /// The same aid of the same organisation runs.
    #[error("this aid runs already from {from} on (grant {grant}); end that one, or give the end of this one")]
    AlreadyRunning {
        /// The grant that runs.
        grant: GrantId,
        /// Its first day.
        from: NaiveDate,
    },
    /// The grant does not run that day.
    #[error("grant {grant} does not run on {on}")]
    NotRunning {
        /// The grant.
        grant: GrantId,
        /// The day given.
        on: NaiveDate,
    },
    /// The grant has ended.
    #[error("the aid ended on {ended_on} already; correct or annul that record")]
    AlreadyEnded {
        /// First day without it.
        ended_on: NaiveDate,
    },
    /// A day lies before the one on which it must follow.
    #[error("{day} is before {begun}, the day of what it follows")]
    TooEarly {
        /// The day given.
        day: NaiveDate,
        /// The day that it must follow.
        begun: NaiveDate,
        /// The field that holds the day given.
        field: &'static str,
    },
    /// The category is the same.
    #[error("this is the category on {0} already")]
    NothingChanged(NaiveDate),
    /// An end is given without its motive, or a motive without its end.
    #[error("give both the first day without aid and the motive, or none of them")]
    HalfAnEnd,
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("GRANT_UNKNOWN", Some("grant")),
            Self::AlreadyKnown(_) => ("GRANT_ALREADY_KNOWN", Some("grant")),
            Self::AlreadyRequested { .. } => ("AID_ALREADY_REQUESTED", Some("kind")),
            Self::AlreadyDecided(_) => ("AID_ALREADY_DECIDED", Some("grant")),
            Self::NotAsRequested(_) => ("AID_NOT_AS_REQUESTED", Some("kind")),
            Self::AlreadyRunning { .. } => ("AID_ALREADY_RUNNING", Some("on")),
            Self::NotRunning { .. } => ("AID_NOT_RUNNING", Some("on")),
            Self::AlreadyEnded { .. } => ("AID_ALREADY_ENDED", Some("on")),
            Self::TooEarly { field, .. } => ("ENDS_BEFORE_IT_BEGINS", Some(field)),
            Self::NothingChanged(_) => ("NOTHING_CHANGED", Some("category")),
            Self::HalfAnEnd => ("END_INCOMPLETE", Some("endMotive")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] =
        &[("requestAid", &["grant"]), ("grantAid", &["grant"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Request { on, .. }
            | Self::Grant { on, .. }
            | Self::Refuse { on, .. }
            | Self::Revise { on, .. }
            | Self::End { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.participant().into()]
    }

    fn decide(&self, past: &Past, desk: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let participant = self.participant();
        match self {
            // The answer to a request, and the end of aid, may come after a death.
            Self::Refuse { .. } | Self::End { .. } => person::registered(past, participant)?,
            Self::Request { .. } | Self::Grant { .. } | Self::Revise { .. } => {
                person::living(past, participant, self.on())?
            }
        };
        if let Self::Grant { notified_on, ended_on, .. } = self {
            desk.allows_field("notifiedOn", *notified_on)?;
            ended_on.map_or(Ok(()), |ended| desk.allows_field("endedOn", ended))?;
        }
        let state = past.get(participant).map(State::of).unwrap_or_default();
        let note = Personal::note(self.note())?;
        let mut events = vec![Decided::new(self.on(), decide(&state, self)?).with(note)];
        if let Self::Grant { grant, ended_on: Some(ended), end_motive: Some(motive), .. } = self {
            events.push(Decided::new(*ended, Event::Ended { person: participant, grant: *grant, motive: *motive }));
        }
        Ok(events)
    }
}

impl Command {
    const fn participant(&self) -> PersonId {
        match self {
            Self::Request { participant, .. }
            | Self::Grant { participant, .. }
            | Self::Refuse { participant, .. }
            | Self::Revise { participant, .. }
            | Self::End { participant, .. } => *participant,
        }
    }

    const fn note(&self) -> Option<&Secret> {
        match self {
            Self::Request { note, .. }
            | Self::Grant { note, .. }
            | Self::Refuse { note, .. }
            | Self::Revise { note, .. }
            | Self::End { note, .. } => note.as_ref(),
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    let person = command.participant();
    match command {
        Command::Request { grant, organisation, kind, .. } => {
            may_be_requested(state, *grant, organisation, *kind)?;
            Ok(Event::Requested { person, grant: *grant, organisation: organisation.clone(), kind: *kind })
        }
        Command::Grant { grant, on, organisation, kind, category, notified_on, ended_on, end_motive, .. } => {
            may_be_granted(state, *grant, (organisation, *kind), *notified_on)?;
            if ended_on.is_some() != end_motive.is_some() {
                return Err(Refusal::HalfAnEnd);
            }
            ended_on.map_or(Ok(()), |day| follows("endedOn", day, *on))?;
            alone(state, *grant, (organisation, *kind), *on, *ended_on)?;
            let (organisation, notified_on) = (organisation.clone(), *notified_on);
            Ok(Event::Granted { person, grant: *grant, organisation, kind: *kind, category: *category, notified_on })
        }
        Command::Refuse { grant, on, motive, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            if !found.pending() {
                return Err(Refusal::AlreadyDecided(*grant));
            }
            found.requested_on.map_or(Ok(()), |requested| follows("on", *on, requested))?;
            Ok(Event::Refused { person, grant: *grant, motive: *motive })
        }
        Command::Revise { grant, on, category, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            if !found.running_on(*on) {
                return Err(Refusal::NotRunning { grant: *grant, on: *on });
            }
            if found.category_on(*on) == Some(*category) {
                return Err(Refusal::NothingChanged(*on));
            }
            Ok(Event::Revised { person, grant: *grant, category: *category })
        }
        Command::End { grant, on, motive, .. } => {
            let found = state.grants.get(grant).ok_or(Refusal::Unknown(*grant))?;
            let from = found.from.ok_or(Refusal::NotRunning { grant: *grant, on: *on })?;
            if let Some(ended_on) = found.ended_on {
                return Err(Refusal::AlreadyEnded { ended_on });
            }
            follows("on", *on, from)?;
            Ok(Event::Ended { person, grant: *grant, motive: *motive })
        }
    }
}

fn may_be_requested(state: &State, id: GrantId, of: &OrganisationId, kind: AidKind) -> Result<(), Refusal> {
    if state.grants.contains_key(&id) {
        return Err(Refusal::AlreadyKnown(id));
    }
    let mut grants = state.grants.iter();
    let same = grants.find(|(_, grant)| grant.pending() && grant.organisation == *of && grant.kind == kind);
    match same.and_then(|(grant, found)| Some((*grant, found.requested_on?))) {
        Some((grant, on)) => Err(Refusal::AlreadyRequested { grant, on }),
        None => Ok(()),
    }
}

/// A grant answers the request with its id, or none.
fn may_be_granted(
    state: &State,
    id: GrantId,
    (organisation, kind): (&OrganisationId, AidKind),
    notified_on: NaiveDate,
) -> Result<(), Refusal> {
    let Some(request) = state.grants.get(&id) else {
        return Ok(());
    };
    if !request.pending() {
        return Err(Refusal::AlreadyDecided(id));
    }
    if request.organisation != *organisation || request.kind != kind {
        return Err(Refusal::NotAsRequested(id));
    }
    request.requested_on.map_or(Ok(()), |requested| follows("notifiedOn", notified_on, requested))
}

/// One active aid of a kind per person and organisation (domain.md, E.2); days out are not in.
fn alone(
    state: &State,
    id: GrantId,
    (organisation, kind): (&OrganisationId, AidKind),
    on: NaiveDate,
    ended_on: Option<NaiveDate>,
) -> Result<(), Refusal> {
    let others = state
        .grants
        .iter()
        .filter(|(other, grant)| **other != id && grant.organisation == *organisation && grant.kind == kind);
    for (grant, other) in others {
        let Some(from) = other.from else { continue };
        if other.ended_on.is_none_or(|ended| on < ended) && ended_on.is_none_or(|ended| from < ended) {
            return Err(Refusal::AlreadyRunning { grant: *grant, from });
        }
    }
    Ok(())
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
    const ONE: &str = "00000000-0000-4000-8000-000000000001";
    const TWO: &str = "00000000-0000-4000-8000-000000000002";

    fn known() -> Scenario {
        Scenario::new().given_command(
            "registerParticipant",
            json!({"participant": WHO, "on": "2022-01-01", "organisation": "cpas-molenbeek",
                "familyName": "Invented", "givenName": "Name"}),
        )
    }

    fn request(grant: &str, on: &str) -> Value {
        json!({"participant": WHO, "grant": grant, "on": on, "organisation": "cpas-molenbeek", "kind": "RIS"})
    }

    fn grant(grant: &str, on: &str, notified: &str) -> Value {
        json!({"participant": WHO, "grant": grant, "on": on, "organisation": "cpas-molenbeek", "kind": "RIS",
            "category": "SINGLE", "notifiedOn": notified})
    }

    fn end(grant: &str, on: &str) -> Value {
        json!({"participant": WHO, "grant": grant, "on": on, "motive": "EMPLOYMENT"})
    }

    fn granted() -> Scenario {
        known()
            .given_command("requestAid", request(ONE, "2022-03-01"))
            .given_command("grantAid", grant(ONE, "2022-03-01", "2022-03-29"))
    }

    fn state(scenario: &Scenario) -> State {
        State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn aid_is_for_somebody_who_is_registered() {
        Scenario::new().when("requestAid", request(ONE, "2022-03-01")).refused("PARTICIPANT_UNKNOWN", "participant");
    }

    #[test]
    fn the_same_aid_is_asked_for_once_until_it_is_decided() {
        let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
        asked.when("requestAid", request(ONE, "2022-03-01")).refused("GRANT_ALREADY_KNOWN", "grant");
        asked.when("requestAid", request(TWO, "2022-03-02")).refused("AID_ALREADY_REQUESTED", "kind");
        let refuse = json!({"participant": WHO, "grant": ONE, "on": "2022-03-20", "motive": "RESOURCES"});
        let refused = asked.given_command("refuseAid", refuse.clone());
        refused.when("refuseAid", refuse).refused("AID_ALREADY_DECIDED", "grant");
        refused.when("grantAid", grant(ONE, "2022-03-01", "2022-03-21")).refused("AID_ALREADY_DECIDED", "grant");
        assert_eq!(refused.when("requestAid", request(TWO, "2022-04-01")).events().len(), 1);
    }

    #[test]
    fn a_request_may_be_refused_on_its_own_day() {
        let refuse = json!({"participant": WHO, "grant": ONE, "on": "2022-03-01", "motive": "RESOURCES"});
        let refused =
            known().given_command("requestAid", request(ONE, "2022-03-01")).given_command("refuseAid", refuse);
        let state = state(&refused);
        let grant = state.grants.values().next().unwrap();
        assert_eq!((grant.refused_on, grant.pending()), (Some(day("2022-03-01")), false));
    }

    #[test]
    fn aid_runs_from_its_first_day_to_the_eve_of_its_first_day_out() {
        let ended = granted().given_command("endAid", end(ONE, "2022-07-01"));
        let state = state(&ended);
        let grant = &state.grants[&GrantId(ONE.parse().unwrap())];
        let running = ["2022-02-28", "2022-03-01", "2022-06-30", "2022-07-01"].map(|on| grant.running_on(day(on)));
        assert_eq!(running, [false, true, true, false]);
        assert_eq!(grant.notified_on, Some(day("2022-03-29")));
    }

    #[test]
    fn one_aid_of_a_kind_runs_at_a_time_with_an_organisation() {
        granted().when("grantAid", grant(TWO, "2022-05-01", "2022-05-10")).refused("AID_ALREADY_RUNNING", "on");
        let ended = granted().given_command("endAid", end(ONE, "2022-07-01"));
        ended.when("grantAid", grant(TWO, "2022-06-30", "2022-07-10")).refused("AID_ALREADY_RUNNING", "on");
        assert_eq!(ended.when("grantAid", grant(TWO, "2022-07-01", "2022-07-10")).events().len(), 1);
        let mut eris = grant(TWO, "2022-05-01", "2022-05-10");
        eris["kind"] = json!("ERIS");
        assert_eq!(granted().when("grantAid", eris).events().len(), 1);
    }

    #[test]
    fn an_older_grant_is_recorded_late_together_with_its_end() {
        let mut older = grant(TWO, "2020-01-01", "2020-01-20");
        granted().when("grantAid", older.clone()).refused("AID_ALREADY_RUNNING", "on");
        older["endedOn"] = json!("2021-01-01");
        granted().when("grantAid", older.clone()).refused("END_INCOMPLETE", "endMotive");
        older["endMotive"] = json!("MOVED");
        let events = granted().when("grantAid", older).events();
        assert_eq!(
            events.iter().map(|event| event.effective_on).collect::<Vec<_>>(),
            [day("2020-01-01"), day("2021-01-01")]
        );
    }

    #[test]
    fn a_decision_is_not_notified_before_the_request() {
        let asked = known().given_command("requestAid", request(ONE, "2022-03-01"));
        let early = grant(ONE, "2022-03-01", "2022-02-28");
        asked.when("grantAid", early).refused("ENDS_BEFORE_IT_BEGINS", "notifiedOn");
    }

    #[test]
    fn aid_ends_once_and_not_before_it_begins() {
        granted().when("endAid", end(ONE, "2022-02-28")).refused("ENDS_BEFORE_IT_BEGINS", "on");
        granted().when("endAid", end(TWO, "2022-07-01")).refused("GRANT_UNKNOWN", "grant");
        let ended = granted().given_command("endAid", end(ONE, "2022-03-01"));
        ended.when("endAid", end(ONE, "2022-07-01")).refused("AID_ALREADY_ENDED", "on");
    }

    #[test]
    fn a_revision_changes_the_category_while_aid_runs() {
        let to = |category: &str, on: &str| json!({"participant": WHO, "grant": ONE, "on": on, "category": category});
        granted().when("reviseAid", to("SINGLE", "2022-04-01")).refused("NOTHING_CHANGED", "category");
        granted().when("reviseAid", to("COHABITING", "2022-02-28")).refused("AID_NOT_RUNNING", "on");
        let revised = granted().given_command("reviseAid", to("COHABITING", "2022-04-01"));
        let state = state(&revised);
        let grant = &state.grants[&GrantId(ONE.parse().unwrap())];
        let before_and_after = ["2022-03-31", "2022-04-01"].map(|on| grant.category_on(day(on)));
        assert_eq!(before_and_after, [Some(AidCategory::Single), Some(AidCategory::Cohabiting)]);
    }

    #[test]
    fn after_a_death_aid_is_ended_and_nothing_is_granted() {
        let died = granted().given_command("recordDeath", json!({"participant": WHO, "on": "2022-06-01"}));
        died.when("requestAid", request(TWO, "2022-06-02")).refused("PARTICIPANT_DIED", "on");
        assert_eq!(died.when("endAid", end(ONE, "2022-06-02")).events().len(), 1);
    }
}
