//! What can happen in a sanction, and the codes that it uses.

use crate::codes::codes;
use crate::fact::{self, About, DayRank};
use crate::ids::{PersonId, PiisId, SanctionId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// The two families of sanction: what makes one a recurrence of another.
    SanctionFamily {
        /// The integration project (law of 26 May 2002, article 30 §2).
        Project = "PROJECT" ("projet individualisé", "geïndividualiseerd project", "integration project"),
        /// The means that were declared (law of 26 May 2002, article 30 §1).
        Means = "MEANS" ("ressources", "bestaansmiddelen", "means"),
    }
}

codes! {
    /// Why payment is suspended (law of 26 May 2002, article 30). Status towards social aid: it is sealed.
    SanctionGround {
        /// The project is not respected, without legitimate reason.
        PiisNotRespected = "PIIS_NOT_RESPECTED" ("PIIS non respecté", "GPMI niet nageleefd", "PIIS not respected"),
        /// Means were not declared.
        UndeclaredMeans = "UNDECLARED_MEANS" ("ressources non déclarées", "niet-aangegeven bestaansmiddelen", "undeclared means"),
        /// Means were not declared, with intent to defraud.
        Fraud = "FRAUD" ("intention frauduleuse", "bedrieglijk opzet", "intent to defraud"),
    }
}

impl SanctionGround {
    /// The family, which stands in the fact: a later sanction is a recurrence within one.
    #[must_use]
    pub const fn family(self) -> SanctionFamily {
        match self {
            Self::PiisNotRespected => SanctionFamily::Project,
            Self::UndeclaredMeans | Self::Fraud => SanctionFamily::Means,
        }
    }
}

codes! {
    /// Who annulled a sanction.
    AnnulledBy {
        /// The labour court.
        Court = "COURT" ("tribunal du travail", "arbeidsrechtbank", "labour court"),
        /// The CPAS itself.
        Cpas = "CPAS" ("le CPAS", "het OCMW", "the CPAS"),
    }
}

/// What is not paid, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Suspension {
    /// Share of the income that is not paid, in per cent: 1 to 100.
    pub share: u16,
    /// First day.
    pub first_day: NaiveDate,
    /// Last day, inclusive.
    pub last_day: NaiveDate,
    /// How many of its days are deferred (sursis / uitstel), in calendar days.
    pub deferred_days: u32,
}

impl Suspension {
    /// Its length in calendar days, both ends included; 0 if it holds no day.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from((self.last_day - self.first_day).num_days() + 1).unwrap_or_default()
    }
}

/// Something that happened in a sanction. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The person was told to respect the project; the facts are sealed. Mise en demeure / aanmaning.
    #[serde(rename = "FormalNoticeSent")]
    FormalNoticeSent {
        /// To whom.
        person: PersonId,
        /// The procedure that it opens.
        sanction: SanctionId,
        /// The project that is not respected.
        piis: PiisId,
    },
    /// The person was offered to be heard. Audition proposée / verhoor aangeboden.
    #[serde(rename = "HearingOffered")]
    HearingOffered {
        /// To whom.
        person: PersonId,
        /// The procedure.
        sanction: SanctionId,
    },
    /// The person was heard. Audition / verhoor.
    #[serde(rename = "PersonHeard")]
    PersonHeard {
        /// Who.
        person: PersonId,
        /// The procedure.
        sanction: SanctionId,
        /// True if somebody assisted the person.
        assisted: bool,
    },
    /// Payment is suspended in whole or in part; the ground is sealed. Sanction / sanctie.
    #[serde(rename = "SanctionDecided")]
    Decided {
        /// Whose.
        person: PersonId,
        /// The procedure.
        sanction: SanctionId,
        /// Whether it is about the project or about means.
        family: SanctionFamily,
        /// What is not paid, and when.
        suspension: Suspension,
        /// Day of the notification.
        notified_on: NaiveDate,
        /// The earlier sanction of which it is a recurrence, which made a longer suspension lawful.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recurrence_of: Option<SanctionId>,
    },
    /// The sanction does not count. Sanction annulée / sanctie vernietigd.
    #[serde(rename = "SanctionAnnulled")]
    Annulled {
        /// Whose.
        person: PersonId,
        /// The sanction.
        sanction: SanctionId,
        /// By whom.
        by: AnnulledBy,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::FormalNoticeSent { person, .. }
            | Self::HearingOffered { person, .. }
            | Self::PersonHeard { person, .. }
            | Self::Decided { person, .. }
            | Self::Annulled { person, .. } => *person,
        }
    }

    /// The procedure that it belongs to.
    #[must_use]
    pub const fn sanction(&self) -> SanctionId {
        match self {
            Self::FormalNoticeSent { sanction, .. }
            | Self::HearingOffered { sanction, .. }
            | Self::PersonHeard { sanction, .. }
            | Self::Decided { sanction, .. }
            | Self::Annulled { sanction, .. } => *sanction,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        fact::of_person(self.person())
    }

    /// Nothing begins or ends with it: the person stays a beneficiary.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}
