//! The field's coded lists: measures, cells, reasons. Each code carries a French, a Dutch and an English label.
//!
//! A code that is stored is never renamed or reused; a dead code stays readable for ever.

mod dictionary;

pub use dictionary::{CodeEntry, PublicList, dictionary, list_name};

use serde::{Deserialize, Serialize};

/// A label in the three languages of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// French.
    pub fr: &'static str,
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

/// A closed list of codes.
pub trait CodeList: Copy + Eq + Sized + Send + Sync + 'static {
    /// The name of the list.
    const NAME: &'static str;
    /// What the list is, in a sentence.
    const DESCRIPTION: &'static str;

    /// Every code, in the order in which people read them.
    fn all() -> &'static [Self];
    /// The stored code, such as `ART60`.
    fn code(self) -> &'static str;
    /// What people read.
    fn labels(self) -> Labels;
    /// What the code means, in a sentence.
    fn description(self) -> &'static str;
    /// The code with this text.
    fn of(code: &str) -> Option<Self> {
        Self::all().iter().copied().find(|each| each.code() == code)
    }
}

/// Defines a coded list: the enum, its stored codes, its labels.
macro_rules! codes {
    (#[doc = $list:literal] $(#[doc = $more:literal])* $name:ident { $(#[doc = $doc:literal] $variant:ident = $code:literal ($fr:literal, $nl:literal, $en:literal)),* $(,)? }) => {
        #[doc = $list]
        $(#[doc = $more])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = $doc] #[serde(rename = $code)] $variant),*
        }

        impl $crate::codes::CodeList for $name {
            const NAME: &'static str = stringify!($name);
            const DESCRIPTION: &'static str = concat!($list $(, $more)*).trim_ascii();

            fn all() -> &'static [Self] {
                &[$(Self::$variant),*]
            }

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            fn labels(self) -> $crate::codes::Labels {
                match self { $(Self::$variant => $crate::codes::Labels { fr: $fr, nl: $nl, en: $en }),* }
            }

            fn description(self) -> &'static str {
                match self { $(Self::$variant => $doc.trim_ascii()),* }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// The measures (dispositifs, maatregelen) under which a person is accompanied or employed.
    Measure {
        /// Insertion contract with a CPAS under article 60§7 of the organic law of 8 July 1976.
        Art60 = "ART60" ("contrat article 60§7", "artikel 60§7, inschakelingsbetrekking", "article 60§7 contract"),
        /// Employment with another employer through the CPAS, article 61.
        Art61 = "ART61" ("contrat article 61", "artikel 61", "article 61 contract"),
        /// Subsidised contract agent, by agreement with Actiris.
        Acs = "ACS" ("agent contractuel subventionné", "gesco", "subsidised contract agent"),
        /// Placement of a school.
        Intern = "INTERN" ("stage d'école", "schoolstage", "school internship"),
        /// Stage First of Actiris.
        StageFirst = "STAGE_FIRST" ("Stage First", "First stage", "Stage First"),
        /// Work penalty; judicial data.
        WorkPenalty = "WORK_PENALTY" ("peine de travail", "werkstraf", "work penalty"),
        /// Service Citoyen.
        CitizenService = "CITIZEN_SERVICE" ("Service Citoyen", "Samenlevingsdienst", "citizen service"),
        /// Individual integration project.
        Piis = "PIIS" ("projet individualisé d'intégration sociale", "GPMI", "individual integration project"),
        /// Literacy.
        Alpha = "ALPHA" ("alphabétisation", "alfabetisering", "literacy"),
        /// Studies or qualifying training.
        StudiesTraining = "STUDIES_TRAINING" ("études et formations", "studies en opleiding", "studies and training"),
        /// Job coaching, active job search.
        JobCoaching = "JOB_COACHING" ("jobcoaching", "jobcoaching", "job coaching"),
        /// Validation of skills.
        SkillsValidation = "SKILLS_VALIDATION" ("validation des compétences", "erkenning van competenties", "skills validation"),
        /// Social interim agency.
        SocialInterim = "SOCIAL_INTERIM" ("agence sociale d'intérim", "sociaal uitzendkantoor", "social interim agency"),
        /// Job in a social-economy company of the CPAS.
        SocialEconomyJob = "SOCIAL_ECONOMY_JOB" ("emploi en économie sociale", "baan in de sociale economie", "social economy job"),
        /// Follow-up of a self-employed activity.
        SelfEmployment = "SELF_EMPLOYMENT" ("activité d'indépendant", "zelfstandige activiteit", "self-employment"),
        /// Student job.
        StudentJob = "STUDENT_JOB" ("job étudiant", "studentenjob", "student job"),
        /// Project of the European Social Fund.
        EsfProject = "ESF_PROJECT" ("projet FSE", "ESF-project", "ESF project"),
        /// Social insertion before any employment.
        SocialInsertion = "SOCIAL_INSERTION" ("insertion sociale", "sociale inschakeling", "social insertion"),
        /// Work situation to assess the ability to be in employment (Brest).
        Mesp = "MESP" ("mise en situation professionnelle", "beroepsinleving", "professional work trial"),
        /// Atelier et chantier d'insertion.
        Aci = "ACI" ("atelier et chantier d'insertion", "inschakelingswerkplaats", "insertion workshop"),
    }
}

codes! {
    /// The cells of an ISP pathway: a file is in exactly one at a time.
    Cell {
        /// Project facilitators, phase 1.
        ProjectFacilitator = "PROJECT_FACILITATOR" ("facilitateurs de projet", "projectbegeleiders", "project facilitators"),
        /// Literacy, phase 2.
        Alpha = "ALPHA" ("cellule Alpha", "cel Alfa", "literacy cell"),
        /// Studies and training, phase 3.
        StudiesTraining = "STUDIES_TRAINING" ("cellule Études et Formations", "cel Studies en Opleiding", "studies and training cell"),
        /// Employment, phase 4.
        Employment = "EMPLOYMENT" ("cellule Emploi", "cel Werk", "employment cell"),
        /// Article 60.
        Art60 = "ART60" ("cellule Article 60", "cel Artikel 60", "article 60 cell"),
        /// Social interim agency.
        SocialInterim = "SOCIAL_INTERIM" ("agence sociale d'intérim", "sociaal uitzendkantoor", "social interim agency"),
        /// Activities in social economy.
        SocialEconomy = "SOCIAL_ECONOMY" ("activités en économie sociale", "activiteiten in de sociale economie", "social economy activities"),
    }
}

codes! {
    /// The kinds of aid that a person may be granted.
    AidKind {
        /// Integration income (revenu d'intégration), law of 26 May 2002.
        Ris = "RIS" ("revenu d'intégration", "leefloon", "integration income"),
        /// Financial aid equivalent to the integration income.
        Eris = "ERIS" ("équivalent au revenu d'intégration", "equivalent leefloon", "equivalent aid"),
        /// Revenu de solidarité active (France).
        Rsa = "RSA" ("revenu de solidarité active", "RSA (Frankrijk)", "active solidarity income"),
        /// Any other aid.
        Other = "OTHER" ("autre aide", "andere hulp", "other aid"),
    }
}

codes! {
    /// The kinds of contract.
    ContractKind {
        /// For a fixed term.
        Cdd = "CDD" ("contrat à durée déterminée", "contract van bepaalde duur", "fixed-term contract"),
        /// For an indefinite term.
        Cdi = "CDI" ("contrat à durée indéterminée", "contract van onbepaalde duur", "indefinite contract"),
        /// Neither: a placement, a volunteer's agreement.
        Placement = "PLACEMENT" ("convention de stage ou de placement", "stage- of plaatsingsovereenkomst", "placement agreement"),
    }
}

/// A short house label such as `PIIS Emploi`: a word of the organisation, never about a person.
///
/// One to 60 letters, digits, spaces and `-'.&/()`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Label(String);

/// Longest house label, in characters.
pub const LABEL_CHARS_MAX: usize = 60;

/// The text is not a house label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a label: use 1 to 60 letters, digits, spaces and - ' . & / ( )")]
pub struct NotALabel;

impl Label {
    /// Reads a label.
    ///
    /// # Errors
    /// [`NotALabel`] if it is empty, too long or holds another character.
    pub fn new(text: impl Into<String>) -> Result<Self, NotALabel> {
        let text = text.into();
        let length = text.chars().count();
        let fits = (1..=LABEL_CHARS_MAX).contains(&length);
        if fits && text.chars().all(|c| c.is_alphanumeric() || " -'’.&/()".contains(c)) {
            Ok(Self(text))
        } else {
            Err(NotALabel)
        }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_its_text_and_no_other() {
        assert_eq!(Measure::of("ART60"), Some(Measure::Art60));
        assert_eq!(Measure::of("art60"), None);
        for measure in Measure::all() {
            assert_eq!(Measure::of(measure.code()), Some(*measure));
            let labels = measure.labels();
            assert!(!labels.fr.is_empty() && !labels.nl.is_empty() && !labels.en.is_empty());
        }
    }
}
