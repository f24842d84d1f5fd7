//! Where a person stands at an entry (situation à l'entrée / situatie bij instap), as the European Social Fund asks it.
//!
//! Regulation (EU) 2021/1057, annex I. What it tells of aid, health and origin is sealed; the level of education and
//! the rural area are not. [`crate::operation`] freezes one of these for each operation that a person enters.

use crate::codes::codes;
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Stream};
use crate::history::History;
use crate::ids::{EventId, OperationId, PathwayId, PersonId};
use crate::personal::{Field, Personal, Secret};
use crate::{pathway, person};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Situation on the labour market: each person is in exactly one. Status towards social aid: it is sealed.
    EmploymentStatus {
        /// Without work, available and looking for it.
        Unemployed = "UNEMPLOYED" ("sans emploi, en recherche", "werkloos, werkzoekend", "unemployed"),
        /// Neither working nor looking for work.
        Inactive = "INACTIVE" ("inactif", "inactief", "inactive"),
        /// Employed.
        Employed = "EMPLOYED" ("en emploi", "aan het werk", "employed"),
        /// Self-employed.
        SelfEmployed = "SELF_EMPLOYED" ("indépendant", "zelfstandige", "self-employed"),
    }
}

codes! {
    /// Levels of education of the International Standard Classification (ISCED 2011).
    IscedLevel {
        /// Early childhood education, or none.
        Isced0 = "ISCED_0" ("CITE 0, petite enfance", "ISCED 0, voorschools", "ISCED 0, early childhood"),
        /// Primary education.
        Isced1 = "ISCED_1" ("CITE 1, primaire", "ISCED 1, lager onderwijs", "ISCED 1, primary"),
        /// Lower secondary education.
        Isced2 = "ISCED_2" ("CITE 2, secondaire inférieur", "ISCED 2, lager secundair", "ISCED 2, lower secondary"),
        /// Upper secondary education.
        Isced3 = "ISCED_3" ("CITE 3, secondaire supérieur", "ISCED 3, hoger secundair", "ISCED 3, upper secondary"),
        /// Post-secondary, not tertiary.
        Isced4 = "ISCED_4" ("CITE 4, post-secondaire", "ISCED 4, postsecundair", "ISCED 4, post-secondary"),
        /// Short-cycle tertiary education.
        Isced5 = "ISCED_5" ("CITE 5, supérieur court", "ISCED 5, kort hoger onderwijs", "ISCED 5, short-cycle tertiary"),
        /// Bachelor.
        Isced6 = "ISCED_6" ("CITE 6, bachelier", "ISCED 6, bachelor", "ISCED 6, bachelor"),
        /// Master.
        Isced7 = "ISCED_7" ("CITE 7, master", "ISCED 7, master", "ISCED 7, master"),
        /// Doctorate.
        Isced8 = "ISCED_8" ("CITE 8, doctorat", "ISCED 8, doctoraat", "ISCED 8, doctorate"),
    }
}

codes! {
    /// With whom a person lives. Status towards social aid: it is sealed.
    Household {
        /// Alone.
        Alone = "ALONE" ("isolé", "alleenstaand", "alone"),
        /// Alone with dependent children.
        AloneWithChildren = "ALONE_WITH_CHILDREN" ("isolé avec enfants à charge", "alleenstaand met kinderen ten laste", "alone with dependent children"),
        /// As a couple.
        Couple = "COUPLE" ("en couple", "koppel", "couple"),
        /// As a couple with dependent children.
        CoupleWithChildren = "COUPLE_WITH_CHILDREN" ("en couple avec enfants à charge", "koppel met kinderen ten laste", "couple with dependent children"),
        /// With others.
        WithOthers = "WITH_OTHERS" ("cohabitant avec d'autres", "samenwonend met anderen", "with others"),
    }
}

codes! {
    /// How a person is housed. Status towards social aid: it is sealed.
    Housing {
        /// In a home of their own, rented or owned.
        Home = "HOME" ("logement propre", "eigen woning", "home of their own"),
        /// With family or friends, for want of better.
        Hosted = "HOSTED" ("hébergé chez un tiers", "bij derden ondergebracht", "hosted by others"),
        /// In a shelter or an institution.
        Shelter = "SHELTER" ("centre d'hébergement", "opvangcentrum", "shelter"),
        /// In unfit or insecure housing.
        Precarious = "PRECARIOUS" ("logement précaire", "onzekere huisvesting", "precarious housing"),
        /// Without a roof.
        Roofless = "ROOFLESS" ("sans abri", "dakloos", "roofless"),
    }
}

codes! {
    /// What a person answers to a question that need not be answered. Health or origin: it is sealed.
    Declared {
        /// Yes.
        Yes = "YES" ("oui", "ja", "yes"),
        /// No.
        No = "NO" ("non", "nee", "no"),
        /// The person does not say.
        Withheld = "WITHHELD" ("ne souhaite pas répondre", "wenst niet te antwoorden", "prefers not to say"),
    }
}

codes! {
    /// The group of a person's nationality. Origin: it is sealed.
    NationalityGroup {
        /// Of the country of the operation.
        National = "NATIONAL" ("nationalité du pays", "nationaliteit van het land", "national of the country"),
        /// Of another country of the European Union.
        European = "EUROPEAN" ("autre pays de l'UE", "ander EU-land", "other EU country"),
        /// Of a country outside of the European Union.
        ThirdCountry = "THIRD_COUNTRY" ("pays tiers", "derde land", "third country"),
        /// Of none, or of none that is known.
        Stateless = "STATELESS" ("apatride ou indéterminée", "staatloos of onbepaald", "stateless or unknown"),
    }
}

/// Something that was recorded of a person's situation. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// Where the person stands on the effective day; most of it is sealed. Situation à l'entrée / situatie bij instap.
    #[serde(rename = "EntrySituationRecorded")]
    Recorded {
        /// Whose.
        person: PersonId,
        /// For which pathway, if for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<PathwayId>,
        /// For which operation, if for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<OperationId>,
        /// Highest level of education attained, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        isced: Option<IscedLevel>,
        /// True if the person lives in a rural area, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rural: Option<bool>,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        let Self::Recorded { person, .. } = self;
        *person
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// It comes before what is entered on the day: an operation is entered with the situation of that very day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Begins
    }
}

/// The situations of a person as their history tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Every one, in order of day.
    pub situations: Vec<Situation>,
}

/// Where a person stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// The day.
    pub on: NaiveDate,
    /// The record that tells it, with what is sealed.
    pub record: EventId,
    /// For which pathway, if for one.
    pub pathway: Option<PathwayId>,
    /// For which operation, if for one.
    pub operation: Option<OperationId>,
    /// Highest level of education attained.
    pub isced: Option<IscedLevel>,
    /// True if the person lives in a rural area.
    pub rural: Option<bool>,
}

impl State {
    /// Folds a person's history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Situation(event) = entry.fact {
                state.evolve(entry.on, entry.id, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, record: EventId, event: &Event) {
        let Event::Recorded { pathway, operation, isced, rural, .. } = event;
        let (pathway, operation) = (*pathway, operation.clone());
        self.situations.push(Situation { on, record, pathway, operation, isced: *isced, rural: *rural });
    }

    /// The situation with which an operation is entered that day: the last one for it by then, else the last one for none.
    #[must_use]
    pub fn at_entry(&self, operation: &OperationId, day: NaiveDate) -> Option<&Situation> {
        let by_then = || self.situations.iter().rev().filter(|each| each.on <= day);
        let of_none = || by_then().find(|each| each.operation.is_none());
        by_then().find(|each| each.operation.as_ref() == Some(operation)).or_else(of_none)
    }
}

/// What can be asked of a person's situation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Records where the person stands at an entry.
    #[serde(rename = "recordEntrySituation")]
    Record {
        /// Whose.
        participant: PersonId,
        /// For which pathway, if for one.
        #[serde(default)]
        pathway: Option<PathwayId>,
        /// For which operation, if for one.
        #[serde(default)]
        operation: Option<OperationId>,
        /// The day on which it was so.
        on: NaiveDate,
        /// Situation on the labour market, sealed.
        employment_status: Secret<EmploymentStatus>,
        /// First day without work, sealed; for an unemployed person only.
        #[serde(default)]
        unemployed_since: Option<Secret<NaiveDate>>,
        /// Highest level of education attained.
        #[serde(default)]
        isced: Option<IscedLevel>,
        /// With whom the person lives, sealed.
        #[serde(default)]
        household: Option<Secret<Household>>,
        /// How the person is housed, sealed.
        #[serde(default)]
        housing: Option<Secret<Housing>>,
        /// Whether the person has a disability, sealed.
        #[serde(default)]
        disability: Option<Secret<Declared>>,
        /// Whether the person has a foreign background, sealed.
        #[serde(default)]
        foreign_background: Option<Secret<Declared>>,
        /// The group of the person's nationality, sealed.
        #[serde(default)]
        nationality_group: Option<Secret<NationalityGroup>>,
        /// True if the person lives in a rural area.
        #[serde(default)]
        rural: Option<bool>,
    },
}

/// Which rule of a situation forbids a command. Tells no sealed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A first day without work is given of somebody who is not unemployed.
    #[error("a first day without work goes with unemployment only")]
    NotUnemployed,
    /// The first day without work lies behind the day of the situation.
    #[error("the first day without work is after {on}, the day of the situation")]
    UnemployedLater {
        /// The day of the situation.
        on: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NotUnemployed => ("NOT_UNEMPLOYED", Some("unemployedSince")),
            Self::UnemployedLater { .. } => ("UNEMPLOYED_LATER", Some("unemployedSince")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[];

    fn on(&self) -> NaiveDate {
        let Self::Record { on, .. } = self;
        *on
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        let Self::Record { participant, .. } = self;
        vec![(*participant).into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let Self::Record { participant, pathway, operation, on, isced, rural, .. } = self;
        person::living(past, *participant, *on)?;
        pathway::within(past, *participant, *pathway, *on)?;
        self.may_be_unemployed()?;
        let (person, operation) = (*participant, operation.clone());
        let event = Event::Recorded { person, pathway: *pathway, operation, isced: *isced, rural: *rural };
        Ok(vec![Decided::new(*on, event).with(self.personal())])
    }
}

impl Command {
    fn may_be_unemployed(&self) -> Result<(), Refusal> {
        let Self::Record { on, employment_status, unemployed_since, .. } = self;
        match unemployed_since.as_ref().map(Secret::reveal) {
            Some(_) if *employment_status.reveal() != EmploymentStatus::Unemployed => Err(Refusal::NotUnemployed),
            Some(since) if since > on => Err(Refusal::UnemployedLater { on: *on }),
            Some(_) | None => Ok(()),
        }
    }

    /// The part to seal.
    fn personal(&self) -> Personal {
        let Self::Record { employment_status, unemployed_since, household, housing, disability, .. } = self;
        let Self::Record { foreign_background, nationality_group, .. } = self;
        Personal::default()
            .coded(Field::EmploymentStatus, Some(employment_status))
            .with(Field::UnemployedSince, unemployed_since.as_ref().map(|since| since.reveal().to_string()))
            .coded(Field::Household, household.as_ref())
            .coded(Field::Housing, housing.as_ref())
            .coded(Field::Disability, disability.as_ref())
            .coded(Field::ForeignBackground, foreign_background.as_ref())
            .coded(Field::NationalityGroup, nationality_group.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use crate::personal::{Field, FieldClass};
    use crate::scenario::{PATHWAY, PERSON, Scenario, accompanied};
    use serde_json::{Value, json};

    fn situation(on: &str, status: &str) -> Value {
        json!({"participant": PERSON, "on": on, "employmentStatus": status})
    }

    fn with(mut whole: Value, field: &str, value: Value) -> Value {
        whole[field] = value;
        whole
    }

    #[test]
    fn what_a_situation_tells_of_aid_health_and_origin_is_sealed() {
        let whole = json!({"participant": PERSON, "pathway": PATHWAY, "operation": "fse-activation-2022",
            "on": "2022-01-10", "employmentStatus": "UNEMPLOYED", "unemployedSince": "2020-05-04", "isced": "ISCED_2",
            "household": "ALONE_WITH_CHILDREN", "housing": "SHELTER", "disability": "YES",
            "foreignBackground": "WITHHELD", "nationalityGroup": "THIRD_COUNTRY", "rural": false});
        let events = accompanied().when("recordEntrySituation", whole).events();
        let classes: Vec<_> = events[0].personal.by_class().into_iter().map(|(class, _)| class).collect();
        assert_eq!(classes, [FieldClass::SocialAid, FieldClass::Health, FieldClass::Origin]);
        assert_eq!(events[0].personal.get(Field::UnemployedSince), Some("2020-05-04"));
        let printed = format!("{events:?}");
        for sealed in ["UNEMPLOYED", "Unemployed,", "SHELTER", "Shelter", "2020-05-04", "Withheld", "ThirdCountry"] {
            assert!(!printed.contains(sealed), "{sealed} in {printed}");
        }
    }

    #[test]
    fn unemployment_has_a_first_day_and_nothing_else_has() {
        let since = |status: &str, since: &str| with(situation("2022-02-01", status), "unemployedSince", json!(since));
        accompanied()
            .when("recordEntrySituation", since("INACTIVE", "2021-02-01"))
            .refused("NOT_UNEMPLOYED", "unemployedSince");
        accompanied()
            .when("recordEntrySituation", since("UNEMPLOYED", "2022-02-02"))
            .refused("UNEMPLOYED_LATER", "unemployedSince");
        assert_eq!(accompanied().when("recordEntrySituation", since("UNEMPLOYED", "2022-02-01")).events().len(), 1);
    }

    #[test]
    fn a_situation_stands_in_its_pathway_or_in_none() {
        let of_pathway = |on: &str| with(situation(on, "INACTIVE"), "pathway", json!(PATHWAY));
        accompanied().when("recordEntrySituation", of_pathway("2022-01-09")).refused("PATHWAY_NOT_OPEN", "on");
        assert_eq!(accompanied().when("recordEntrySituation", of_pathway("2022-01-10")).events().len(), 1);
        assert_eq!(accompanied().when("recordEntrySituation", situation("2022-01-09", "INACTIVE")).events().len(), 1);
        Scenario::new()
            .when("recordEntrySituation", situation("2022-01-09", "INACTIVE"))
            .refused("PARTICIPANT_UNKNOWN", "participant");
    }
}
