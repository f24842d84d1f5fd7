//! What can happen to an engagement, and the codes that it uses.

use crate::codes::{ContractKind, Measure, codes};
use crate::fact::{self, About, DayRank};
use crate::hours::Hours;
use crate::ids::{AbsenceId, AgreementId, EngagementId, OrganisationId, PersonId, PostId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Why an engagement ended.
    EndCause {
        /// Its planned end was reached.
        Term = "TERM" ("terme du contrat", "einde contract", "end of term"),
        /// The person left before.
        EarlyPerson = "EARLY_PERSON" ("rupture par la personne", "vroegtijdig door de persoon", "left early"),
        /// The employer ended it before.
        EarlyEmployer = "EARLY_EMPLOYER" ("rupture par l'employeur", "vroegtijdig door de werkgever", "ended early by the employer"),
        /// The person was hired elsewhere.
        HiredElsewhere = "HIRED_ELSEWHERE" ("engagé ailleurs", "elders aangeworven", "hired elsewhere"),
        /// Rights to unemployment benefit are open.
        RightsOpened = "RIGHTS_OPENED" ("droits au chômage ouverts", "recht op werkloosheid geopend", "benefit rights opened"),
        /// The person died.
        Death = "DEATH" ("décès", "overlijden", "death"),
        /// Any other cause.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// Why somebody was absent. Sickness is health data.
    AbsenceReason {
        /// Sickness.
        Sick = "SICK" ("maladie", "ziekte", "sickness"),
        /// Justified otherwise.
        Justified = "JUSTIFIED" ("absence justifiée", "gewettigde afwezigheid", "justified absence"),
        /// Not justified.
        Unjustified = "UNJUSTIFIED" ("absence injustifiée", "ongewettigde afwezigheid", "unjustified absence"),
        /// Annual leave: no absence for the rate.
        Leave = "LEAVE" ("congé", "verlof", "leave"),
        /// Training: no absence for the rate.
        Training = "TRAINING" ("formation", "opleiding", "training"),
    }
}

codes! {
    /// Why the planned end of an engagement moved to another day.
    ReplanReason {
        /// The law changed, as on 1 March 2026.
        RuleChange = "RULE_CHANGE" ("changement de règle", "regelwijziging", "rule change"),
        /// The days to prove are reached sooner or later than planned.
        BenefitDays = "BENEFIT_DAYS" ("jours à prouver", "te bewijzen dagen", "days to prove"),
        /// The parties agreed on it.
        Agreed = "AGREED" ("commun accord", "onderling akkoord", "by agreement"),
        /// Any other reason.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// Why an engagement is suspended. Health data: it is sealed, and stands in no fact.
    EngagementSuspensionMotive {
        /// Sickness.
        Sickness = "SICKNESS" ("maladie", "ziekte", "sickness"),
        /// Accident at work.
        WorkAccident = "WORK_ACCIDENT" ("accident du travail", "arbeidsongeval", "accident at work"),
        /// Maternity or birth.
        Birth = "BIRTH" ("maternité ou naissance", "moederschap of geboorte", "maternity or birth"),
        /// Leave without pay.
        UnpaidLeave = "UNPAID_LEAVE" ("congé sans solde", "onbetaald verlof", "unpaid leave"),
        /// Nobody's doing.
        ForceMajeure = "FORCE_MAJEURE" ("force majeure", "overmacht", "force majeure"),
        /// Any other motive.
        Other = "OTHER" ("autre", "andere", "other"),
    }
}

codes! {
    /// On what the days to prove for unemployment benefit depend.
    BenefitBasis {
        /// On the age at the application (royal decree of 25 November 1991, article 30; until 28 February 2026).
        ByAge = "BY_AGE" ("selon l'âge", "volgens leeftijd", "by age"),
        /// On nothing: the same at any age (programme law of 18 July 2025; from 1 March 2026).
        AnyAge = "ANY_AGE" ("à tout âge", "op elke leeftijd", "at any age"),
    }
}

/// What an article 60 worker would have to prove for unemployment benefit: proposed, never decided.
///
/// Other ways in and assimilated days are not weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BenefitProposal {
    /// Day of the application for benefit, whose rule it is.
    pub application_on: NaiveDate,
    /// Age in years from which that rule holds: the band, never the age itself.
    pub age_band: u32,
    /// Days of work to prove.
    pub required_days: u32,
    /// Months in which they must lie.
    pub reference_months: u32,
    /// On what they depend.
    pub basis: BenefitBasis,
}

/// Where an engagement is worked: what its records are about beside the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// The post that it fills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// The agreement under which it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementId>,
}

/// What was agreed at the signature of an engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// The measure.
    pub measure: Measure,
    /// Where the person works: the host (utilisateur / gebruiker), whose figures count it.
    pub organisation: OrganisationId,
    /// The employer of record, such as the CPAS of an article 60 worker.
    pub employer: OrganisationId,
    /// First planned day.
    pub planned_from: NaiveDate,
    /// Last planned day, inclusive; none for an indefinite term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_until: Option<NaiveDate>,
    /// Contract hours a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_hours: Option<Hours>,
    /// The kind of contract.
    pub kind: ContractKind,
}

/// Something that happened to an engagement. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The contract or agreement was signed. Contrat signé / overeenkomst ondertekend.
    #[serde(rename = "EngagementSigned")]
    Signed {
        /// With whom.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// What was agreed.
        terms: Terms,
    },
    /// The first day worked. Début effectif / effectieve start.
    #[serde(rename = "EngagementStarted")]
    Started {
        /// Who.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
    },
    /// The plan of skills to acquire was signed. Plan d'acquisition des compétences / competentieverwervingsplan.
    #[serde(rename = "SkillsPlanSigned")]
    SkillsPlanSigned {
        /// With whom.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
    },
    /// The planned end moved. Prolongation / verlenging.
    #[serde(rename = "EngagementExtended")]
    Extended {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// New last planned day, inclusive.
        planned_until: NaiveDate,
    },
    /// The same engagement goes on at another post from the effective day on. Changement de poste / wijziging van post.
    #[serde(rename = "WorkplaceChanged")]
    WorkplaceChanged {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// The post left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_post: Option<PostId>,
        /// The new place.
        place: Place,
    },
    /// Hours to be worked in a period: contract hours without holidays and annual leave.
    #[serde(rename = "HoursScheduled")]
    HoursScheduled {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the period.
        from: NaiveDate,
        /// Last day of the period, inclusive.
        until: NaiveDate,
        /// Hours in it.
        hours: Hours,
    },
    /// An absence. Absence / afwezigheid.
    #[serde(rename = "AbsenceRecorded")]
    AbsenceRecorded {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// The absence.
        absence: AbsenceId,
        /// First day of it.
        from: NaiveDate,
        /// Last day of it, inclusive.
        until: NaiveDate,
        /// Hours missed.
        hours: Hours,
        /// Why.
        reason: AbsenceReason,
    },
    /// The engagement ended; the effective day is the last one worked. Fin de contrat / einde.
    #[serde(rename = "EngagementEnded")]
    Ended {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// Why.
        cause: EndCause,
    },
    /// The engagement was cancelled before its start. Annulé avant début / geannuleerd voor de start.
    #[serde(rename = "EngagementCancelled")]
    Cancelled {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// Why.
        cause: EndCause,
    },
    /// The terms changed from the effective day on. Avenant / wijziging.
    #[serde(rename = "EngagementAmended")]
    Amended {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// New contract hours a week, if they change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weekly_hours: Option<Hours>,
        /// The new kind of contract, if it changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<ContractKind>,
    },
    /// The planned end moved to a later or an earlier day. Replanification / herplanning.
    #[serde(rename = "EngagementReplanned")]
    Replanned {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Where.
        place: Place,
        /// New last planned day, inclusive.
        planned_until: NaiveDate,
        /// Why.
        reason: ReplanReason,
    },
    /// The engagement is suspended from the effective day on; the motive is sealed. Suspension / schorsing.
    #[serde(rename = "EngagementSuspended")]
    Suspended {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
    },
    /// The engagement goes on; the effective day is the first worked again. Reprise / hervatting.
    #[serde(rename = "EngagementResumed")]
    Resumed {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
    },
    /// Hours worked in a period. Heures prestées / gepresteerde uren.
    #[serde(rename = "HoursWorked")]
    HoursWorked {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// First day of the period.
        from: NaiveDate,
        /// Last day of the period, inclusive.
        until: NaiveDate,
        /// Hours in it.
        hours: Hours,
    },
    /// What the worker would have to prove for unemployment benefit. Jours à prouver / te bewijzen dagen.
    #[serde(rename = "BenefitDaysProposed")]
    BenefitDaysProposed {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// What is proposed.
        proposal: BenefitProposal,
    },
    /// A worker of the house confirmed what is to be proved. Confirmation / bevestiging.
    #[serde(rename = "BenefitDaysConfirmed")]
    BenefitDaysConfirmed {
        /// Whose.
        person: PersonId,
        /// The engagement.
        engagement: EngagementId,
        /// Days of work to prove.
        required_days: u32,
        /// Months in which they must lie.
        reference_months: u32,
    },
}

impl Event {
    /// Whose event it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Signed { person, .. }
            | Self::Started { person, .. }
            | Self::SkillsPlanSigned { person, .. }
            | Self::Extended { person, .. }
            | Self::WorkplaceChanged { person, .. }
            | Self::HoursScheduled { person, .. }
            | Self::AbsenceRecorded { person, .. }
            | Self::Ended { person, .. }
            | Self::Cancelled { person, .. }
            | Self::Amended { person, .. }
            | Self::Replanned { person, .. }
            | Self::Suspended { person, .. }
            | Self::Resumed { person, .. }
            | Self::HoursWorked { person, .. }
            | Self::BenefitDaysProposed { person, .. }
            | Self::BenefitDaysConfirmed { person, .. } => *person,
        }
    }

    /// The engagement that it belongs to.
    #[must_use]
    pub const fn engagement(&self) -> EngagementId {
        match self {
            Self::Signed { engagement, .. }
            | Self::Started { engagement, .. }
            | Self::SkillsPlanSigned { engagement, .. }
            | Self::Extended { engagement, .. }
            | Self::WorkplaceChanged { engagement, .. }
            | Self::HoursScheduled { engagement, .. }
            | Self::AbsenceRecorded { engagement, .. }
            | Self::Ended { engagement, .. }
            | Self::Cancelled { engagement, .. }
            | Self::Amended { engagement, .. }
            | Self::Replanned { engagement, .. }
            | Self::Suspended { engagement, .. }
            | Self::Resumed { engagement, .. }
            | Self::HoursWorked { engagement, .. }
            | Self::BenefitDaysProposed { engagement, .. }
            | Self::BenefitDaysConfirmed { engagement, .. } => *engagement,
        }
    }

    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::WorkplaceChanged { person, from_post, place, .. } => fact::of_place(*person, *place, *from_post),
            Self::Signed { person, place, .. }
            | Self::Started { person, place, .. }
            | Self::Extended { person, place, .. }
            | Self::Amended { person, place, .. }
            | Self::Replanned { person, place, .. }
            | Self::Ended { person, place, .. }
            | Self::Cancelled { person, place, .. } => fact::of_place(*person, *place, None),
            Self::SkillsPlanSigned { person, .. }
            | Self::HoursScheduled { person, .. }
            | Self::AbsenceRecorded { person, .. }
            | Self::Suspended { person, .. }
            | Self::Resumed { person, .. }
            | Self::HoursWorked { person, .. }
            | Self::BenefitDaysProposed { person, .. }
            | Self::BenefitDaysConfirmed { person, .. } => fact::of_person(*person),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Ended { .. } | Self::Cancelled { .. } | Self::Resumed { .. } => DayRank::Ends,
            Self::Signed { .. } | Self::Suspended { .. } => DayRank::Begins,
            Self::Started { .. } | Self::WorkplaceChanged { .. } => DayRank::Enters,
            Self::SkillsPlanSigned { .. }
            | Self::Extended { .. }
            | Self::HoursScheduled { .. }
            | Self::AbsenceRecorded { .. }
            | Self::Amended { .. }
            | Self::Replanned { .. }
            | Self::HoursWorked { .. }
            | Self::BenefitDaysProposed { .. }
            | Self::BenefitDaysConfirmed { .. } => DayRank::Within,
        }
    }
}
