//! The aid file (dossier d'aide / hulpdossier): requests, grants and their end.

use crate::codes::{AidKind, codes};
use crate::fact::{self, About, DayRank, Fact};
use crate::history::History;
use crate::ids::{GrantId, OrganisationId, PersonId};
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

    /// True if it was asked for and neither granted nor refused.
    #[must_use]
    pub const fn pending(&self) -> bool {
        self.requested_on.is_some() && self.from.is_none() && self.refused_on.is_none()
    }
}
