//! Partners and agreements: four CPAS in 2021, and the five that signed in 2022.
//!
//! The sources name the five and the CPAS of Brussels; the three others of 2021 are not named there, nor here.

use super::OFFICE;
use crate::simulation::day;
use crate::simulation::random::Random;
use crate::simulation::story::{Story, id_of};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

/// A partner under agreement.
pub(super) struct Partner {
    pub(super) id: &'static str,
    name: &'static str,
    kind: &'static str,
    measure: &'static str,
    /// Day of the signature, and first day in force.
    pub(super) signed_on: NaiveDate,
    /// Last day, as first agreed; none for an indefinite term.
    until: Option<NaiveDate>,
    /// Renewals: the day, and the new last day.
    renewals: &'static [(NaiveDate, NaiveDate)],
    /// Last day in force, if it was ended.
    ended_on: Option<NaiveDate>,
}

const RENEWED: &[(NaiveDate, NaiveDate)] =
    &[(day(2020, 11, 16), day(2022, 12, 31)), (day(2022, 11, 14), day(2024, 12, 31))];

const fn cpas(id: &'static str, name: &'static str, signed_on: NaiveDate) -> Partner {
    Partner { id, name, kind: "CPAS", measure: "ART60", signed_on, until: None, renewals: &[], ended_on: None }
}

const fn long_standing(id: &'static str, name: &'static str, signed_on: NaiveDate) -> Partner {
    Partner { until: Some(day(2020, 12, 31)), renewals: RENEWED, ..cpas(id, name, signed_on) }
}

const fn other(
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    measure: &'static str,
    signed_on: NaiveDate,
) -> Partner {
    Partner { kind, measure, ..cpas(id, name, signed_on) }
}

/// The CPAS under agreement for article 60, in order of signature.
pub(super) const CPAS: [Partner; 10] = [
    long_standing("cpas-bruxelles", "CPAS de la Ville de Bruxelles", day(2012, 3, 1)),
    long_standing("cpas-partenaire-2", "CPAS partenaire 2", day(2014, 9, 1)),
    long_standing("cpas-partenaire-3", "CPAS partenaire 3", day(2016, 1, 4)),
    long_standing("cpas-partenaire-4", "CPAS partenaire 4", day(2017, 6, 1)),
    // Ended with the year 2020: not among the four of 2021.
    Partner { ended_on: Some(day(2020, 12, 31)), ..cpas("cpas-partenaire-5", "CPAS partenaire 5", day(2015, 5, 4)) },
    cpas("cpas-auderghem", "CPAS d'Auderghem", day(2022, 2, 14)),
    cpas("cpas-ganshoren", "CPAS de Ganshoren", day(2022, 3, 21)),
    cpas("cpas-uccle", "CPAS d'Uccle", day(2022, 5, 16)),
    cpas("cpas-woluwe-saint-pierre", "CPAS de Woluwe-Saint-Pierre", day(2022, 9, 5)),
    cpas("cpas-jette", "CPAS de Jette", day(2022, 10, 3)),
];

/// Partners of the other measures.
pub(super) const ACTIRIS: Partner = other("actiris", "Actiris", "EMPLOYMENT_SERVICE", "ACS", day(2021, 1, 4));
const OTHERS: [Partner; 3] = [
    ACTIRIS,
    other("actiris", "Actiris", "EMPLOYMENT_SERVICE", "STAGE_FIRST", day(2022, 3, 1)),
    other(
        "plateforme-service-citoyen",
        "Plateforme pour le Service Citoyen",
        "OTHER",
        "CITIZEN_SERVICE",
        day(2022, 2, 1),
    ),
];

/// Organisations without agreement: id, name, kind.
const WITHOUT: [(&str, &str, &str); 12] = [
    ("samusocial", "Samusocial Brussels", "HOST"),
    ("semja-bruxelles", "SEMJA de Bruxelles", "JUDICIAL_SERVICE"),
    ("semja-evere", "SEMJA d'Evere", "JUDICIAL_SERVICE"),
    ("ecole-partenaire-1", "École partenaire 1", "OTHER"),
    ("ecole-partenaire-2", "École partenaire 2", "OTHER"),
    ("ecole-partenaire-3", "École partenaire 3", "OTHER"),
    ("formation-secours", "Organisme de formation aux premiers secours", "TRAINING_BODY"),
    ("formation-agressivite", "Organisme de formation à la gestion de l'agressivité", "TRAINING_BODY"),
    ("formation-metiers", "Organisme de formation aux métiers", "TRAINING_BODY"),
    ("employeur-1", "Employeur 1", "EMPLOYER"),
    ("employeur-2", "Employeur 2", "EMPLOYER"),
    ("employeur-3", "Employeur 3", "EMPLOYER"),
];

impl Partner {
    fn label(&self) -> String {
        format!("samusocial/agreement/{}/{}", self.id, self.measure)
    }

    /// The agreement with it.
    pub(super) fn agreement(&self, seed: u64) -> Uuid {
        id_of(seed, &self.label())
    }

    fn in_force(&self, from: NaiveDate, until: NaiveDate) -> bool {
        self.signed_on <= from && self.ended_on.is_none_or(|ended| until <= ended)
    }

    fn story(&self, seed: u64) -> Story {
        let mut story = Story::of_thing(seed, &self.label(), &OFFICE);
        let id = story.id;
        let input = json!({"agreement": id, "organisation": OFFICE.id, "partner": self.id, "measure": self.measure,
            "from": self.signed_on, "until": self.until});
        story.add(self.signed_on, "signAgreement", input);
        for (on, until) in self.renewals {
            story.add(*on, "renewAgreement", json!({"agreement": id, "until": until}));
        }
        if let Some(on) = self.ended_on {
            story.add(on, "endAgreement", json!({"agreement": id}));
        }
        story
    }
}

/// A CPAS whose agreement is in force over a time; the older ones send more people.
pub(super) fn cpas_for(random: &mut Random, from: NaiveDate, until: NaiveDate) -> &'static Partner {
    let in_force: Vec<&'static Partner> = CPAS.iter().filter(|cpas| cpas.in_force(from, until)).collect();
    let first = in_force.iter().take(3);
    let weighted: Vec<&'static Partner> = in_force.iter().chain(first).copied().collect();
    let found: &&'static Partner = random.pick(&weighted);
    found
}

/// Every organisation and agreement.
pub(super) fn stories(seed: u64) -> Vec<Story> {
    let with = CPAS.iter().chain(&OTHERS).map(|partner| (partner.id, partner.name, partner.kind));
    let mut named: Vec<_> = with.chain(WITHOUT).collect();
    named.dedup_by_key(|(id, _, _)| *id);
    let mut stories: Vec<Story> =
        named.into_iter().map(|(id, name, kind)| organisation(seed, id, name, kind)).collect();
    stories.extend(CPAS.iter().chain(&OTHERS).map(|partner| partner.story(seed)));
    stories
}

fn organisation(seed: u64, id: &str, name: &str, kind: &str) -> Story {
    let mut story = Story::of_thing(seed, &format!("organisation/{id}"), &OFFICE);
    story.add(OFFICE.since, "registerOrganisation", json!({"organisation": id, "name": name, "kind": kind}));
    story
}
