//! What can happen to the personal parts of a file.

use crate::codes::codes;
use crate::fact::{self, About, DayRank};
use crate::ids::PersonId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Who asks for an erasure.
    ErasureRequester {
        /// The person.
        Person = "PERSON" ("la personne", "de betrokkene", "the person"),
        /// Whoever acts for the person by law or mandate.
        Representative = "REPRESENTATIVE" ("son représentant", "de vertegenwoordiger", "the representative"),
        /// The house itself.
        House = "HOUSE" ("l'institution", "de instelling", "the house"),
        /// The supervisory authority or a court.
        Authority = "AUTHORITY" ("l'autorité de contrôle ou un tribunal", "de toezichthoudende autoriteit of een rechtbank", "the supervisory authority or a court"),
    }
}

codes! {
    /// Why personal data is to be erased (GDPR article 17 §1).
    ErasureGround {
        /// It is needed no more (a).
        NoLongerNeeded = "NO_LONGER_NEEDED" ("données plus nécessaires", "gegevens niet meer nodig", "no longer needed"),
        /// The consent was withdrawn, and nothing else allows it (b).
        ConsentWithdrawn = "CONSENT_WITHDRAWN" ("consentement retiré", "toestemming ingetrokken", "consent withdrawn"),
        /// The person objects, and nothing weighs more (c).
        Objection = "OBJECTION" ("opposition", "bezwaar", "objection"),
        /// It should never have been kept (d).
        Unlawful = "UNLAWFUL" ("traitement illicite", "onrechtmatige verwerking", "unlawfully kept"),
        /// A law asks for it (e).
        LegalObligation = "LEGAL_OBLIGATION" ("obligation légale d'effacer", "wettelijke verplichting tot wissing", "legal obligation to erase"),
    }
}

codes! {
    /// Why an erasure is refused (GDPR article 17 §3).
    ErasureRefusalGround {
        /// A law asks that it be kept (b).
        LegalObligation = "LEGAL_OBLIGATION" ("obligation légale de conserver", "wettelijke verplichting tot bewaring", "legal obligation to keep"),
        /// A task in the public interest or of public authority needs it (b).
        PublicTask = "PUBLIC_TASK" ("mission d'intérêt public", "taak van algemeen belang", "task in the public interest"),
        /// Archiving in the public interest, research or statistics need it (d).
        Archives = "ARCHIVES" ("archives, recherche ou statistiques", "archivering, onderzoek of statistiek", "archives, research or statistics"),
        /// A claim at law needs it (e).
        LegalClaims = "LEGAL_CLAIMS" ("constatation ou défense de droits en justice", "instelling of onderbouwing van een rechtsvordering", "legal claims"),
        /// Who asks could not be identified (article 12 §6).
        IdentityUnproven = "IDENTITY_UNPROVEN" ("identité du demandeur non établie", "identiteit van de aanvrager niet vastgesteld", "identity not proven"),
    }
}

/// Something that happened to the personal parts of a file. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The closed file falls due, and notice of it is given. Conservation échue annoncée / einde van de bewaring aangekondigd.
    #[serde(rename = "RetentionScheduled")]
    RetentionScheduled {
        /// Whose file.
        person: PersonId,
        /// Day of the last act in the closed file: the clock starts there.
        last_act_on: NaiveDate,
        /// Months for which the house keeps a closed file.
        months: u32,
        /// First day on which the keys may be destroyed.
        due_on: NaiveDate,
    },
    /// Erasure was asked for. Effacement demandé / wissing gevraagd.
    #[serde(rename = "ErasureRequested")]
    Requested {
        /// Whose.
        person: PersonId,
        /// By whom.
        requester: ErasureRequester,
        /// Why.
        ground: ErasureGround,
    },
    /// Erasure was refused. Effacement refusé / wissing geweigerd.
    #[serde(rename = "ErasureRefused")]
    Refused {
        /// Whose.
        person: PersonId,
        /// On which legal ground.
        ground: ErasureRefusalGround,
    },
    /// The keys of the person, in every file that is read as theirs, are destroyed. Clés détruites / sleutels vernietigd.
    #[serde(rename = "SubjectKeyDestroyed")]
    KeyDestroyed {
        /// Whose.
        person: PersonId,
        /// The other files that were read as this person's when it was decided, in order of id.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        absorbed: Vec<PersonId>,
    },
    /// Exports give the facts of the person by the month only, under an id of their own each time.
    /// Dossier anonymisé / dossier geanonimiseerd.
    #[serde(rename = "StreamAnonymised")]
    Anonymised {
        /// Whose.
        person: PersonId,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::RetentionScheduled { person, .. }
            | Self::Requested { person, .. }
            | Self::Refused { person, .. }
            | Self::KeyDestroyed { person, .. }
            | Self::Anonymised { person } => *person,
        }
    }

    /// The things that it is about, the primary one first: every file whose keys are destroyed hears of it.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::KeyDestroyed { person, absorbed } => fact::of_files(*person, absorbed),
            Self::RetentionScheduled { person, .. }
            | Self::Requested { person, .. }
            | Self::Refused { person, .. }
            | Self::Anonymised { person } => fact::of_person(*person),
        }
    }

    /// Nothing of a pathway begins or ends with it.
    pub(crate) const fn day_rank(&self) -> DayRank {
        DayRank::Within
    }
}
